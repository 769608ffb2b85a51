"""Firms drawn near the bounds of the rulebooks, everything known; and ways to forget some of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

CENT = Decimal("0.01")
AMOUNTS = [Decimal(n) for n in (0, 9_999_999, 10_000_000, 30_000_000, 100_000_000)]
NEAR = st.sampled_from([-CENT, Decimal(0), CENT])
COMPLETE = {"awards": (2019, 2022), "negative_records": (2019, 2022), "ip": (1949, 2022), "titles": (1949, 2022),
            "financing": (2019, 2022)}  # fmt: skip
NEGATIVE = ["经营异常名录", "严重失信", "安全事故", "质量事故", "环境污染事故", "偷漏税", "网络数据安全事故"]
#: What is not said of an entry in a register has not happened: forgotten, it is another firm's story.
ENTRY = ("year", "listed_on", "removed_on")
maybe = st.booleans()


def level(*values: str) -> st.SearchStrategy[str]:
    return st.sampled_from(values)


@st.composite
def share(draw: st.DrawFn, of: Decimal, *bounds: str) -> Decimal:
    """An amount whose ratio to *of* lies on, or a cent beside, a bound."""
    amount = (of * Decimal(draw(st.sampled_from(bounds))) + draw(NEAR)).quantize(CENT)
    return max(amount, Decimal(0))


@st.composite
def scalars(draw: st.DrawFn) -> dict[str, Any]:
    revenue, assets = draw(st.sampled_from(AMOUNTS)), draw(st.sampled_from(AMOUNTS))
    first = draw(st.sampled_from(AMOUNTS))
    second = (first * Decimal(draw(st.sampled_from(["1", "1.01", "1.04", "1.1"])))).quantize(CENT)
    third = draw(share(second, "1", "1.07", "1.08", "1.09", "1.1", "0.8"))
    staff = draw(st.sampled_from([0, 100, 1000]))
    rd = draw(st.one_of(share(revenue, "0.01", "0.03", "0.1"), st.sampled_from([Decimal(10**6), Decimal(5 * 10**6)])))
    return {
        "revenue[2021]": revenue,
        "main_revenue[2021]": draw(st.one_of(st.just(third), share(revenue, "0.5", "0.6", "0.7", "0.8"))),
        "main_revenue[2020]": second, "main_revenue[2019]": first,
        "rd_expense[2021]": rd, "rd_expense[2020]": draw(st.sampled_from([Decimal(0), Decimal(19_000_000) , rd])),
        "net_profit[2021]": draw(share(revenue, "0.02", "0.06", "0.1")),
        "total_assets[2021]": assets, "total_liabilities[2021]": draw(share(assets, "0.5", "0.55", "0.7", "0.75")),
        "staff[2021]": staff, "rd_staff[2021]": draw(st.sampled_from([0, staff // 20, staff // 10, staff // 5])),
        "segment_years[2021]": draw(st.sampled_from([Decimal(n) for n in ("1.9", "2", "3.9", "6", "10", "30")])),
        "independent_legal_person": draw(level(True, True, True, False)),
        "size_class": draw(level("微型", "小型", "中型", "大型")),
        "product_prohibited": draw(level(False, False, False, True)),
        **{name: draw(maybe) for name in ("fills_gap", "six_bases", "time_honoured", "serves_chain_leader")},
        **{name: draw(maybe) for name in ("quality_award", "qms_certified", "own_brand", "strategic_emerging")},
        "standards_count": draw(st.integers(0, 2)),
        "digital_level": draw(level("一级", "二级", "三级", "四级")),
        "rd_institution_level": draw(level("无", "市级以下", "市级", "省级", "国家级")),
        "local_score": draw(st.sampled_from([Decimal(n) for n in ("0", "7.5", "15")])),
    }  # fmt: skip


@st.composite
def lists(draw: st.DrawFn) -> dict[str, Any]:
    year = st.integers(2018, 2022)
    ip = st.fixed_dictionaries({"kind": level("发明专利", "实用新型", "软件著作权"), "related": maybe,
                                "own_development": maybe, "high_value": maybe,
                                "granted_on": level("2020-10-30", "2020-10-31", "2022-10-01"),
                                "acquired_on": level("2021-10-31", "2021-11-01")})  # fmt: skip
    won = level("科技奖励", "创客中国500强企业组")
    award = st.fixed_dictionaries(
        {"kind": won, "level": level("市级", "省级", "国家级"), "rank": st.integers(1, 6), "year": year}
    )
    round_ = st.fixed_dictionaries(
        {"amount": st.sampled_from([Decimal(5 * 10**6), Decimal(2 * 10**7)]), "year": year, "investor_qualified": maybe}
    )
    title = st.fixed_dictionaries({"kind": level("高新技术企业", "创新型中小企业"), "granted_on": st.just("2019-11-01"),
                                   "valid_until": level("2022-10-30", "2022-10-31")})  # fmt: skip
    entry = {"listed_on": level("2022-10-31", "2022-11-01"), "removed_on": level("2022-10-31", "2022-11-01")}
    bad = st.fixed_dictionaries({"kind": st.sampled_from(NEGATIVE), "year": year}, optional=entry)
    records = {"ip": draw(st.lists(ip, max_size=3)), "awards": draw(st.lists(award, max_size=2)),
               "financing": draw(st.lists(round_, max_size=3)), "titles": draw(st.lists(title, max_size=2)),
               "negative_records": draw(st.one_of(st.just([]), st.lists(bad, max_size=1)))}  # fmt: skip
    ends = {
        f"{name}!{end}": year
        for name, years in COMPLETE.items()
        for end, year in zip(("from", "to"), years, strict=True)
    }
    return records | ends


firms = st.builds(lambda a, b: a | b, scalars(), lists())


@st.composite
def forgetful(draw: st.DrawFn, firm: dict[str, Any]) -> dict[str, Any]:
    """What is left of *firm* when some scalars, records, attributes and completeness statements are forgotten."""
    kept = level(True, True, False)
    lists_and_ends = {name: value for name, value in firm.items() if name in COMPLETE or "!" in name}
    left = {name: value for name, value in firm.items() if draw(kept)} | lists_and_ends
    for name in COMPLETE:
        how = draw(level("keep", "keep", "attributes", "records", "completeness"))
        if how == "attributes":
            left[name] = [
                {key: value for key, value in record.items() if key in ENTRY or draw(kept)} for record in firm[name]
            ]
        if how == "records":
            left[name] = firm[name][1:]
        if how in ("records", "completeness"):
            left = {key: value for key, value in left.items() if not key.startswith(f"{name}!")}
    return left
