"""Properties of the whole of facts, over imports, decisions and changes that nobody thought of."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from making import code, home, put, rows, table
from rongtong import facts
from rongtong.facts import Alliance

few = settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])

FIRMS = [
    {"name": "青岛喆昇精密轴承有限公司", "uscc": code(1)},
    {"name": "青岛喆昇精密轴承有限公司"},
    {"name": '青岛O\'璟"碁"软件有限公司', "uscc": code(2)},
    {"name": '青岛O\'璟"碁"软件有限公司 '},
    {"uscc": code(1)},
]
amounts = st.sampled_from([None, "1.00", "1.00", "2.00"])
claims = st.builds(lambda firm, amount: {**firm, "revenue[2021]": amount}, st.sampled_from(FIRMS), amounts)
records = st.builds(
    lambda firm, key, title: {**firm, **({"item": key} if key else {}), "ip.title": title},
    st.sampled_from(FIRMS), st.sampled_from([None, "ZL1", "ZL2"]), st.sampled_from([None, "甲", "乙"]),
)  # fmt: skip  # read by rows
parts = st.fixed_dictionaries(
    {
        "claims": st.lists(claims, min_size=1, max_size=4),
        "records": st.lists(records, max_size=3),
        "kind": st.sampled_from(["audit_report", "patent_office", "district_workbook"]),
        "date": st.sampled_from([None, "2022-06-30", "2021-12-31"]),
        "complete": st.sampled_from([(), ("ip:2019-2020",), ("ip:2021",)]),
    }
)
several = st.lists(parts, min_size=2, max_size=4)


def enter(alliance: Alliance, said: dict[str, Any], file: str) -> int:
    tables = [table(said["claims"]), *([table(said["records"], sheet="专利", list_id="ip")] if said["records"] else [])]
    return put(alliance, *tables, file=file, kind=said["kind"], date=said["date"], complete=said["complete"])


def known(alliance: Alliance) -> list[tuple[Any, ...]]:
    """Every fact but for firm ids, which follow from the order."""
    table = facts.facts_table(alliance.settle()).drop(["firm"])
    return sorted((tuple(row.values()) for row in table.to_pylist()), key=repr)


@few
@given(several, st.data())
def test_the_order_of_imports_does_not_matter(said, data):
    order = data.draw(st.permutations(range(len(said))))
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        first, second = home(Path(one)), home(Path(other))
        for alliance, numbers in ((first, range(len(said))), (second, order)):
            for n in numbers:
                enter(alliance, said[n], f"{n}.xlsx")
        assert first.settle().id == second.settle().id
        assert known(first) == known(second)
        ids = [firm for alliance in (first, second) for (firm,) in rows(alliance.settle(), "SELECT firm FROM firms")]
        own = {firm for (firm,) in rows(second.settle(), "SELECT firm FROM mentions")}
        assert set(ids) <= own


@few
@given(several, st.data())
def test_what_is_imported_again_changes_nothing(said, data):
    again = data.draw(st.lists(st.sampled_from(range(len(said))), min_size=1, max_size=3))
    with TemporaryDirectory() as folder:
        alliance = home(Path(folder))
        for n, one in enumerate(said):
            enter(alliance, one, f"{n}.xlsx")
        before = known(alliance)
        for n in again:
            enter(alliance, said[n], f"{n}.xlsx")
        assert known(alliance) == before


@few
@given(several)
def test_undo_in_any_number_leads_back_step_by_step(said):
    with TemporaryDirectory() as folder:
        alliance = home(Path(folder))
        ids = [alliance.settle().id]
        for n, one in enumerate(said):
            enter(alliance, one, f"{n}.xlsx")
            ids.append(alliance.settle().id)
        back = [alliance.settle().id]
        for number in range(len(said), 0, -1):
            alliance.undo(number)
            back.append(alliance.settle().id)
        assert back == ids[::-1]


@few
@given(several)
def test_a_pointer_to_a_snapshot_says_what_settling_anew_says(said):
    with TemporaryDirectory() as folder:
        alliance = home(Path(folder))
        for n, one in enumerate(said):
            enter(alliance, one, f"{n}.xlsx")
        first = alliance.settle().id
        shutil.rmtree(alliance.home / "snapshots")
        assert alliance.settle().id == first


@few
@given(several, st.data())
def test_a_merge_and_its_undo_lead_back(said, data):
    with TemporaryDirectory() as folder:
        alliance = home(Path(folder))
        for n, one in enumerate(said):
            enter(alliance, one, f"{n}.xlsx")
        before = alliance.settle()
        firms = [firm for (firm,) in rows(before, "SELECT firm FROM firms")]
        if len(firms) < 2:
            return
        pair = data.draw(st.permutations(firms))[:2]
        number = alliance.decide_same(*pair, sure=True)
        assert rows(alliance.settle(), "SELECT count(*) FROM firms") == [(len(firms) - 1,)]
        alliance.undo(number)
        assert alliance.settle().id == before.id


CLAIMS = [{**firm, "revenue[2021]": f"{n}.00", "registered_on": "2020-02-29"} for n, firm in enumerate(FIRMS[:3])]


@few
@given(st.data())
def test_verify_finds_any_changed_cell_of_a_part_or_snapshot(data):
    with TemporaryDirectory() as folder:
        alliance = home(Path(folder))
        put(alliance, table(CLAIMS), table([{**FIRMS[0], "ip.title": "甲"}], sheet="专利", list_id="ip"))
        snapshot = alliance.settle()
        before = failing(alliance, snapshot)
        files = sorted([*alliance.home.glob("claims/*/[0-9]*.parquet"), *snapshot.path.glob("*.parquet")])
        file = data.draw(st.sampled_from([file for file in files if pq.read_table(file).num_rows]))
        found = pq.read_table(file)
        column = data.draw(st.sampled_from(found.column_names))
        row = data.draw(st.integers(0, found.num_rows - 1))
        pq.write_table(changed(found, column, row), file)
        assert failing(alliance, snapshot) != before


def changed(found: pa.Table, column: str, row: int) -> pa.Table:
    """*found* with one cell emptied, or filled where it was empty."""
    at = found.column_names.index(column)
    kind = found.schema.field(column).type
    filled = pa.array(["x"]) if pa.types.is_string(kind) else pa.array([1]).cast(pa.int32()).cast(kind)
    values = found.column(column).combine_chunks()
    here = pa.array([n == row for n in range(len(values))])
    other = pa.scalar(None, kind) if values[row].is_valid else filled[0]
    return found.set_column(at, pa.field(column, kind), pc.if_else(here, other, values))


def failing(alliance: Alliance, snapshot: facts.Snapshot) -> list[str]:
    return [check.what for check in facts.verify(alliance, snapshot, deep=True) if not check.holds]


@few
@given(st.data())
def test_verify_finds_any_changed_byte_of_a_journal(data):
    with TemporaryDirectory() as folder:
        alliance = home(Path(folder))
        put(alliance, CLAIMS)
        alliance.undo(alliance.decide_same(FIRMS[0]["uscc"], FIRMS[2]["uscc"], by="经办", sure=True))
        put(alliance, CLAIMS[:1], file="乙")
        snapshot = alliance.settle()
        before = failing(alliance, snapshot)
        file = data.draw(st.sampled_from(sorted(alliance.home.glob("journal/*.json"))))
        raw = bytearray(file.read_bytes())
        raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
        file.write_bytes(raw)
        assert failing(alliance, snapshot) != before
