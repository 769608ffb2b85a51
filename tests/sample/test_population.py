"""Who is in the sample: counts, codes, names, and what goes with what."""

import re
from collections import Counter
from decimal import Decimal

import numpy as np
import pyarrow.compute as pc
import pytest

from rongtong.sample.parameters import industries, names, world
from rongtong.sample.population import Population, populate

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
INNER = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def valid(code: str) -> bool:
    """GB 32100-2015 and, at places 9–17, GB 11714, one character after the other."""
    outer = sum(ALPHABET.index(sign) * pow(3, place, 31) for place, sign in enumerate(code[:17]))
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    inner = (11 - sum(INNER.index(s) * w for s, w in zip(code[8:16], weights, strict=True)) % 11) % 11
    return ALPHABET[(31 - outer % 31) % 31] == code[17] and "0123456789X"[inner] == code[16]


@pytest.mark.parametrize("code", ["91370200264574251E", "914403001922038216", "9144030071526726XG"])
def test_the_check_used_here_knows_real_codes(code: str) -> None:
    assert valid(code)


def test_every_code_is_valid_and_nobody_elses(city: Population) -> None:
    codes = city.firms["uscc"].to_pylist()
    assert [code for code in codes if not valid(code)] == []
    assert len(set(codes)) == len(codes)


def test_codes_begin_with_a_region_of_the_city_but_for_firms_from_elsewhere(city: Population) -> None:
    ours = city.firms.filter(pc.not_equal(city.firms["role"], "elsewhere"))
    regions = {code[2:8] for code in ours["uscc"].to_pylist()}
    assert regions == {district.code for district in world().districts}


def titles(population: Population) -> dict[str, int]:
    held = Counter(population.lists["titles"]["kind"].to_pylist())
    return {tier.id: held[tier.kind] for tier in world().tiers}


def test_titles_held_are_those_of_october_2022(city: Population) -> None:
    assert titles(city) == {"national": 151, "provincial": 320, "municipal": 7654}


def test_counts_of_titles_scale_with_the_firms() -> None:
    assert titles(populate(200, 7)) == {"national": 4, "provincial": 7, "municipal": 178}


def test_lists_of_titles_overlap_as_stated(city: Population) -> None:
    ledger = city.lists["titles"]
    kinds = [tier.kind for tier in world().tiers]
    national, provincial, municipal = (
        set(ledger.filter(pc.equal(ledger["kind"], kind))["n"].to_pylist()) for kind in kinds
    )
    assert (len(national & provincial), len(provincial & municipal)) == (131, 288)
    assert len(national | provincial | municipal) < 151 + 320 + 7654


def test_nobody_holds_a_title_twice(city: Population) -> None:
    held = city.lists["titles"].select(["n", "kind"]).to_pylist()
    assert len({tuple(one.values()) for one in held}) == len(held)


def test_no_title_was_granted_after_the_reference_date_and_all_run_out_later(city: Population) -> None:
    ledger = city.lists["titles"]
    assert pc.max(ledger["granted_on"]).as_py() < world().reference_date
    assert pc.all(pc.greater(ledger["valid_until"], ledger["granted_on"])).as_py()


def test_nobody_was_granted_a_title_in_the_year_of_registration_or_before(city: Population) -> None:
    ledger = city.lists["titles"]
    registered = city.firms["registered_on"].take(ledger["n"])
    assert pc.all(pc.less(pc.year(registered), pc.year(ledger["granted_on"]))).as_py()


def test_names_are_distinct(city: Population) -> None:
    repeated = [name for name, count in Counter(city.firms["name"].to_pylist()).items() if count > 1]
    assert repeated == []


def test_no_trade_name_is_one_that_people_know(city: Population) -> None:
    known = re.compile(f"^(青岛市?|山东|烟台|潍坊|威海|济南|日照)?({'|'.join(names().never)})")
    assert [name for name in city.firms["name"].to_pylist() if known.match(name)] == []


@pytest.mark.parametrize("character", list(names().rare))
def test_rare_characters_occur(city: Population, character: str) -> None:
    assert pc.any(pc.match_substring(city.firms["name"], character)).as_py()


def test_all_24_chains_but_those_no_industry_serves_have_firms(city: Population) -> None:
    served = {chain for industry in industries().industries for chain in industry.chains}
    assert set(city.firms["chain"].to_pylist()) == served
    assert served <= {chain for chains in world().chains.values() for chain in chains}
    assert sum(map(len, world().chains.values())) == 24


@pytest.mark.parametrize("slot", ["rd_intensity[2021]", "segment_years[2021]", "ip.class_1", "revenue[2021]"])
def test_holders_of_higher_titles_tend_to_be_better(city: Population, slot: str) -> None:
    ledger = city.lists["titles"]
    best = ledger.filter(pc.equal(ledger["kind"], "专精特新小巨人"))["n"]
    ordinary = city.firms.filter(pc.equal(city.firms["role"], "ordinary"))
    assert pc.mean(city.firms[slot].take(best)).as_py() > pc.mean(ordinary[slot]).as_py()


def test_by_no_means_all_holders_meet_the_research_condition_of_today(city: Population) -> None:
    ledger = city.lists["titles"]
    holders = city.firms.take(ledger.filter(pc.equal(ledger["kind"], "市级专精特新"))["n"])
    meets = pc.and_(
        pc.greater_equal(holders["rd_intensity[2021]"], 0.03), pc.greater_equal(holders["rd_expense[2021]"], 1e6)
    )
    assert 0.3 < pc.mean(meets).as_py() < 0.7


def test_the_median_revenue_of_an_industry_is_the_stated_one(city: Population) -> None:
    first = industries().industries[0]
    ours = city.firms.filter(
        pc.and_(pc.equal(city.firms["industry"], first.name), pc.equal(city.firms["role"], "ordinary"))
    )
    median = np.median(ours["revenue[2021]"].cast("double").to_numpy()) / 10_000
    assert median == pytest.approx(first.revenue[0], rel=0.15)


def test_2020_was_a_worse_year_than_2021(city: Population) -> None:
    before, after = (pc.mean(city.firms[f"main_revenue_growth[{year}]"]).as_py() for year in (2020, 2021))
    assert after - before == pytest.approx(Decimal("0.1"), abs=Decimal("0.03"))


def test_a_large_factory_reaches_every_line_of_the_size_standard(city: Population) -> None:
    """300/2011: a class needs all its lower bounds; 1,000 heads and 400 million yuan for industry."""
    factories = city.firms.filter(pc.starts_with(city.firms["industry_code"], "3"))
    large = pc.and_(
        pc.greater_equal(factories["staff[2021]"], 1000), pc.greater_equal(factories["revenue[2021]"], 4 * 10**8)
    )
    assert pc.equal(factories["size_class"], "大型").to_pylist() == large.to_pylist()
    assert pc.any(large).as_py()


def test_a_firm_founded_last_year_has_no_revenue_before(city: Population) -> None:
    young = city.firms.filter(pc.equal(pc.year(city.firms["registered_on"]), 2021))
    assert young.num_rows > 0
    assert (young["revenue[2020]"].null_count, young["revenue[2021]"].null_count) == (young.num_rows, 0)


def test_subsets_of_rights_are_within_what_contains_them(city: Population) -> None:
    for part, whole in (("class_1_own", "class_1"), ("class_1_high_value", "class_1"), ("class_1", "invention")):
        assert pc.all(pc.less_equal(city.firms[f"ip.{part}"], city.firms[f"ip.{whole}"])).as_py()


def test_listed_patents_agree_with_the_stated_counts(city: Population) -> None:
    ip = city.lists["ip"]
    class_1 = ip.filter(pc.and_(pc.equal(ip["kind"], "发明专利"), ip["related"]))
    counted = class_1.group_by("n").aggregate([("number", "count")])
    stated = city.firms["ip.class_1"].take(counted["n"])
    assert stated.to_pylist() == counted["number_count"].to_pylist()
    assert pc.count_distinct(ip["number"]).as_py() == ip.num_rows


def test_the_same_seed_draws_the_same_and_another_another() -> None:
    assert populate(300, 5).firms.equals(populate(300, 5).firms)
    assert not populate(300, 5).firms.equals(populate(300, 6).firms)


@pytest.mark.slow
def test_a_quarter_million_firms_keep_names_and_codes_apart() -> None:
    firms = populate(250_000, 1).firms
    assert (pc.count_distinct(firms["uscc"]).as_py(), pc.count_distinct(firms["name"]).as_py()) == (250_000, 250_000)
