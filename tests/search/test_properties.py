"""Search over names and texts that nobody thought of."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rongtong.sample.naming import businesses, full, trades
from rongtong.sample.parameters import industries
from rongtong.search import Filters, Index, build
from rongtong.search.readings import letters
from rongtong.search.spelling import fold

from .firms import bare

MANY = 300
often = settings(max_examples=150)


def made(seed: int) -> list[str]:
    """Names as the sample makes them; the last ones bear rare and Latin characters."""
    rng = np.random.default_rng(seed)
    industry = rng.integers(0, len(industries().industries), MANY)
    names = full(trades(MANY, rng), businesses(industry, rng), rng).to_pylist()
    return [*names, "青岛𬭎𠮷·璟碁（集团）股份有限公司", "重慶長樂ＡＢＢ電氣廠", "O'Neil & Söhne 3M(青島)", "绿行"]


def drawn(seed: int) -> list[str]:
    """Short names of three characters that come again and again."""
    rng = np.random.default_rng(seed)
    return ["".join(rng.choice(list("甲乙丙"), size)) for size in rng.integers(1, 12, MANY)]


NAMES, REPEATS = made(7), drawn(8)


def indexed(folder: Path, names: list[str]) -> Index:
    return build(bare(folder / "snapshot", names), folder / "index")


@pytest.fixture(scope="module")
def firms(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return indexed(tmp_path_factory.mktemp("firms"), NAMES)


@pytest.fixture(scope="module")
def repeats(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return indexed(tmp_path_factory.mktemp("repeats"), REPEATS)


def found(index: Index, text: str) -> set[str]:
    hits = index.search(text, limit=10 * MANY)
    assert hits.total == len(hits.firms)
    return {hit.name for hit in hits.firms}


@often
@given(st.sampled_from(NAMES), st.data())
def test_any_piece_of_a_name_finds_its_firm(firms, name, data):
    start = data.draw(st.integers(0, len(name) - 2))
    piece = name[start : start + data.draw(st.integers(2, 6))]
    wanted = {one for one in NAMES if all(word in fold(one) for word in map(fold, piece.split()))}
    assert wanted - found(firms, piece) == set()
    assert name in wanted


@often
@given(st.sampled_from(NAMES), st.data())
def test_any_beginning_of_its_pinyin_finds_a_firm(firms, name, data):
    sound = letters(pa.array([fold(name)]))[0].as_py()
    assert name in found(firms, sound[: data.draw(st.integers(1, len(sound)))])


@often
@given(st.text("甲乙丙", min_size=1, max_size=9))
def test_search_agrees_with_reading_every_name(repeats, text):
    assert found(repeats, text) == {name for name in REPEATS if text in name}


@often
@given(st.text("甲乙丙", min_size=1, max_size=3))
def test_the_name_itself_comes_first_then_names_that_begin_so(repeats, text):
    hits = [hit.name for hit in repeats.search(text, limit=MANY).firms]
    order = [0 if name == text else 1 if name.startswith(text) else 2 for name in hits]
    assert order == sorted(order)


@often
@given(st.text(max_size=60) | st.text('"():*^~+-/\\AND OR青岛\x00\ud800 ', max_size=60))
def test_any_text_is_answered(firms, text):
    hits = firms.search(text, Filters((text,), text), limit=3)
    assert hits.total >= len(hits.firms)


@pytest.mark.parametrize(
    "text", ["青岛" * 100_000, "a" * 100_000, "9" * 5_000, "q" * 200, " ".join(map(str, range(99)))]
)
def test_an_absurd_text_finds_nothing(firms, text):
    assert firms.search(text).total == 0


def test_a_word_said_a_thousand_times_is_said_once(firms):
    assert found(firms, "青 岛 " * 1000) == found(firms, "青 岛")
