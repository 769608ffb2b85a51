"""Verify: whatever is changed afterwards, in whatever file, is found and named, and never a crash."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from making import code, home
from rongtong import facts
from rongtong.facts import Alliance, Snapshot


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two imports, a merge, a decided value and a corrected cell, settled."""
    folder = tmp_path_factory.mktemp("made")
    rows = [["青岛喆昇有限公司", code(1), 100, "约三千"], ["青岛璟碁软件有限公司", None, 7, 5]]
    for name, more in (("甲.xlsx", 0), ("乙.xlsx", 1)):
        book = openpyxl.Workbook()
        book.active.append(["企业名称", "统一社会信用代码", "2021年营业收入（元）", "2021年研发费用（元）"])
        for row in rows:
            book.active.append([*row[:2], row[2] + more, *row[3:]])
        book.save(folder / name)
    alliance = home(folder / "home")
    for name in ("甲.xlsx", "乙.xlsx"):
        alliance.import_file(folder / name, date="2022-06-30", year=2021, complete=["ip:2020"], by="经办")
    alliance.decide_value("青岛喆昇有限公司", "revenue[2021]", "101元", by="经办")
    alliance.correct_reading(1, "Sheet", "C3", "8元", by="经办")
    alliance.decide_same("青岛喆昇有限公司", "青岛璟碁软件有限公司", by="经办")
    alliance.settle()
    return folder / "home"


@pytest.fixture
def copied(made, tmp_path) -> Alliance:
    shutil.copytree(made, tmp_path / "home")
    return Alliance.open(tmp_path / "home")


def newest(alliance: Alliance) -> Snapshot:
    """The snapshot of all five entries."""
    (found,) = (
        path.parent
        for path in (alliance.home / "snapshots").glob("*/manifest.json")
        if '"head": 5' in path.read_text(encoding="utf-8")
    )
    return Snapshot(found)


def failing(alliance: Alliance) -> list[str]:
    return [check.what for check in facts.verify(alliance, newest(alliance), deep=True) if not check.holds]


def test_what_nobody_touched_holds(copied):
    checks = list(facts.verify(copied, newest(copied), deep=True))
    assert [check for check in checks if not check.holds] == []


def test_without_depth_only_the_snapshot_is_read(copied):
    shutil.rmtree(copied.home / "claims")
    assert [check.holds for check in facts.verify(copied, newest(copied))] == [True]


def test_a_snapshot_still_holds_after_more_has_happened(copied):
    snapshot = newest(copied)
    copied.undo(5)
    copied.undo(1)
    assert [check for check in facts.verify(copied, snapshot, deep=True) if not check.holds] == []


def one(paths: list[Path]) -> Path:
    return sorted(paths)[0]


def flip(path: Path) -> None:
    """Change the byte in the middle."""
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)


def turn(path: Path) -> None:
    """Let a table's rows stand the other way round."""
    found = pq.read_table(path)
    pq.write_table(found.take(list(range(found.num_rows))[::-1]), path)


def edit(path: Path, **new: object) -> None:
    """Change a JSON file, laid out as it was."""
    text = path.read_text(encoding="utf-8")
    end = "\n" if text.endswith("\n") else ""
    changed = json.dumps({**json.loads(text), **new}, ensure_ascii=False, sort_keys=bool(end), indent=1)
    path.write_text(changed + end, encoding="utf-8")


def part(alliance: Alliance) -> Path:
    return alliance.home / "claims" / alliance.state().imports[0].part


HARM: dict[str, tuple[str, Callable[[Alliance], object]]] = {
    "a source's byte": ("原件 甲.xlsx", lambda a: flip(a.home / "sources" / a.state().imports[0].source)),
    "a source gone": ("原件 甲.xlsx", lambda a: (a.home / "sources" / a.state().imports[0].source).unlink()),
    "a part's rows": ("导入数据 甲.xlsx", lambda a: turn(part(a) / "0.parquet")),
    "a part's table gone": ("导入数据 甲.xlsx", lambda a: (part(a) / "0.parquet").unlink()),
    "a part's table no table": ("导入数据 甲.xlsx", lambda a: (part(a) / "0.parquet").write_text("x")),
    "a part's problems gone": ("原件 甲.xlsx", lambda a: (part(a) / "problems.parquet").unlink()),
    "a part's date": ("导入数据 甲.xlsx", lambda a: edit(part(a) / "part.json", date="2023-01-01")),
    "a part's rank": ("导入数据 甲.xlsx", lambda a: edit(part(a) / "part.json", source_kind="audit_report")),
    "a part undescribed": ("导入数据 甲.xlsx", lambda a: (part(a) / "part.json").write_text("{}")),
    "a part's list of tables": ("导入数据 甲.xlsx", lambda a: (part(a) / "part.json").write_text("[]")),
    "a part gone": ("导入数据 甲.xlsx", lambda a: shutil.rmtree(part(a))),
    "the last entry's author": ("快照所依据的台账", lambda a: edit(a.home / "journal/000005.json", by="别人")),
    "the first entry's author": ("台账链", lambda a: edit(a.home / "journal/000001.json", by="别人")),
    "an entry gone": ("台账链", lambda a: (a.home / "journal/000003.json").unlink()),
    "the last entry gone": ("快照所依据的台账", lambda a: (a.home / "journal/000005.json").unlink()),
    "the reference date": ("重新核定 reference_date", lambda a: edit(manifest(a), reference_date="2023-01-01")),
    "the head": ("快照所依据的台账", lambda a: edit(manifest(a), head_hash="0" * 64)),
    "the id": ("快照编号", lambda a: edit(manifest(a), id="0" * 32)),
    "no digests": ("快照的表", lambda a: edit(manifest(a), digests=None)),
    "a table's rows": ("快照的表", lambda a: turn(newest(a).path / "claims.parquet")),
    "a table gone": ("快照的表", lambda a: (newest(a).path / "conflicts.parquet").unlink()),
    "a table more": ("快照的表", lambda a: pq.write_table(pa.table({"n": [1]}), newest(a).path / "list_ip.parquet")),
}


def manifest(alliance: Alliance) -> Path:
    return newest(alliance).path / "manifest.json"


@pytest.mark.parametrize("harm", HARM)
def test_harm_is_named(copied, harm):
    what, do = HARM[harm]
    do(copied)
    assert failing(Alliance.open(copied.home))[0] == what


def test_an_erased_original_is_said_to_be_erased(copied):
    source = copied.state().imports[0].source
    copied.log.append("erase", {"source": source}, by="", check=lambda _entries: None)
    (copied.home / "sources" / source).unlink()
    checks = list(facts.verify(copied, copied.settle(), deep=True))
    assert [(check.holds, check.difference) for check in checks if check.what == "原件 甲.xlsx"] == [
        (True, "已按规定删除")
    ]
