"""What must hold for every number: it is read exactly, whichever way it is written, or it is reported."""

import re
from decimal import ROUND_HALF_UP, Decimal, localcontext

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rongtong.facts.reading.values import ValueSpec, read_column
from rongtong.facts.reading.values.columns import read_cell
from rongtong.facts.reading.values.numerals import read_numeral, write_numeral

YUAN = ValueSpec(type="money", unit="元")
TEN_THOUSAND = ValueSpec(type="money", unit="万元")
WIDE = str.maketrans("0123456789.,-%", "０１２３４５６７８９．，－％")
#: Amounts in cents, so that every one is exact to the cent, up to hundreds of thousand million yuan.
CENTS = st.integers(min_value=-(10**15), max_value=10**15)


def plainly(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def forms(yuan: Decimal) -> list[tuple[str, ValueSpec]]:
    """Ways of writing an amount that leave no doubt."""
    with localcontext() as context:
        context.prec = 60
        ten_thousands, hundred_millions = yuan / 10**4, yuan / 10**8
    written = plainly(ten_thousands)
    texts = [
        (f"{yuan:f}", YUAN),
        (f"{yuan:,f}", YUAN),
        (f"{yuan:f}元", YUAN),
        (f"¥{abs(yuan):f}" if yuan >= 0 else f"-¥{abs(yuan):f}", YUAN),
        (f"({abs(yuan):,f})" if yuan < 0 else f"{yuan:,f}", YUAN),
        (written, TEN_THOUSAND),
        (f"{written}万元", YUAN),
        (f" {written} 万 ", TEN_THOUSAND),
        (f"{plainly(hundred_millions)}亿元", TEN_THOUSAND),
        (f"{plainly(hundred_millions)}亿", ValueSpec(type="money")),
        (f"{yuan:e}" if len(str(abs(yuan))) < 15 else f"{yuan:f}", YUAN),
    ]
    return [*texts, *((text.translate(WIDE), spec) for text, spec in texts)]


#: What is said of a cell that was read, and seems too much.
DOUBTED = "超过 100 亿元，中小企业少有"


@settings(max_examples=40)
@given(CENTS)
def test_an_amount_is_the_same_in_every_form(cents: int) -> None:
    yuan = Decimal(cents).scaleb(-2)
    for text, spec in forms(yuan):
        assert read_column(pa.array([text]), spec).values.to_pylist() == [yuan], text


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=15))
def test_amounts_are_rounded_half_up_to_the_cent(value: Decimal) -> None:
    with localcontext() as context:
        context.prec = 60
        expected = (value * 10_000).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert read_column(pa.array([plainly(value)]), TEN_THOUSAND).values.to_pylist() == [expected]


@given(st.integers(min_value=0, max_value=10**16 - 1))
def test_chinese_numerals_come_back(value: int) -> None:
    assert read_numeral(write_numeral(value)) == value


@given(st.text("零一二三五十百千万亿两", min_size=1, max_size=8))
def test_a_numeral_is_read_only_if_it_is_written_in_full(text: str) -> None:
    value = read_numeral(text)
    assert value is None or write_numeral(value) == re.sub("^一十", "十", text.replace("两", "二"))


@example("9.9e99")
@given(st.text("0123456789.,-+()（），．０５eE %'", max_size=12))
def test_no_string_of_digits_becomes_another_number(text: str) -> None:
    reading = read_column(pa.array([text]), YUAN)
    value = reading.values.to_pylist()[0]
    if value is not None and not len(reading.problems):
        assert value == honest(text), text


def honest(text: str) -> Decimal | None:
    """What the only other reader in this house, a regular expression and ``Decimal``, makes of the text."""
    plain = re.sub(r"\s", "", text.translate(str.maketrans("（），．０５", "(),.05"))).removeprefix("'")
    if plain.startswith("(") and plain.endswith(")"):
        plain = f"-{plain[1:-1]}"
    plain = re.sub(r"(?<=\d),(?=\d{3}(\D|$|\d{3}))", "", plain)
    number = Decimal(plain)
    return number.quantize(Decimal("0.01"), ROUND_HALF_UP)


NUMERIC = "0123456789.,-（１２，．￥ 万元亿%人年"
MONEY = [ValueSpec(type="money", unit=unit) for unit in (None, "元", "万元", "亿元")]
SPECS = [*MONEY, *(ValueSpec(type=kind) for kind in ("integer", "ratio", "text", "code"))]
WRITTEN = st.one_of(
    st.text(NUMERIC, max_size=10),
    st.text(max_size=12),
    st.from_regex(r"-?[0-9]{1,12}(,[0-9]{3})?(\.[0-9]{1,9})?(万元|亿|元|%)?", fullmatch=True),
)


@given(WRITTEN, st.sampled_from(SPECS))
def test_the_whole_column_reads_as_the_single_cell_does(text: str, spec: ValueSpec) -> None:
    reading, cell = read_column(pa.array([text]), spec), read_cell(text, spec)
    if cell.bare is None and text:
        assert (reading.values.to_pylist(), reading.empty.to_pylist()) == ([cell.value], [cell.empty])
        reasons = [one for one in reading.problems["reason"].to_pylist() if one != DOUBTED]
        assert reasons == ([cell.reason] if cell.reason else [])


@given(st.lists(st.one_of(st.none(), st.text(max_size=6), st.text(NUMERIC, max_size=6))), st.sampled_from(SPECS))
def test_every_cell_is_accounted_for_once(texts: list[str | None], spec: ValueSpec) -> None:
    reading = read_column(pa.array(texts, pa.string()), spec)
    refused = {p["at"] for p in reading.problems.to_pylist() if p["severity"] == "problem"}
    read = {at for at, value in enumerate(reading.values.to_pylist()) if value is not None}
    empty = {at for at, said_nothing in enumerate(reading.empty.to_pylist()) if said_nothing}
    stated = [at for at, text in enumerate(texts) if text]
    assert sorted([*refused, *read, *empty]) == stated


@pytest.mark.parametrize("row", ["万", "一千", "亿万"])
def test_a_numeral_without_end_is_none(row):
    assert read_numeral(row * 10_000) is None


@pytest.mark.parametrize("sign", "\u202a\u202b\u202d\u202e\u202c\u2066\u2067\u2068\u2069")
def test_no_sign_that_turns_a_text_round_is_kept(sign):
    spec = ValueSpec(type="text")
    read = read_column(pa.array([f"青岛{sign}喆昇机械有限公司"], pa.string()), spec)
    assert read.values.to_pylist() == ["青岛喆昇机械有限公司"]
