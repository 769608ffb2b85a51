"""What ``rongtong check`` notices: figures, verdicts and lists that are not what they were made from."""

from __future__ import annotations

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from django.db import connection

from rongtong.portal.audit import last_entry
from rongtong.portal.audit.models import Trail
from rongtong.portal.audit.operations import record
from rongtong.portal.hosting import checking
from rongtong.portal.registry import current, projections
from rongtong.portal.registry.models import Current, Firm


@pytest.fixture
def wrong(own_home, db):
    """What is wrong, of the things that are proved."""
    proved = {"台账在平台都有记录", "快照核对", "预审结果核对", "操作记录的链条", "页面数据与快照一致"}
    return lambda: {one.what: one.mend for one in checking.findings() if not one.well and one.what in proved}


def test_nothing_is_wrong_with_what_was_made(wrong):
    assert wrong() == {}


def test_a_projection_changed_together_with_its_digest_is_noticed(wrong, own_firm):
    Firm.objects.filter(id=own_firm.id).update(name="别的企业")
    Current.objects.update(digest=projections.digest())
    assert wrong() == {"页面数据与快照一致": "请运行 rongtong project 重建"}


def test_a_changed_verdict_is_noticed(wrong, own_home):
    folder = own_home / "results" / next(iter(current.pointer().results.values()))
    file = next(one for one in sorted(folder.glob("*.parquet")) if "verdict" in pq.read_schema(one).names)
    table = pq.read_table(file)
    at = table.schema.get_field_index("verdict")
    pq.write_table(table.set_column(at, "verdict", pc.if_else(True, "qualified", table.column(at))), file)
    assert list(wrong()) == ["预审结果核对"]


@pytest.mark.parametrize("name", ["conflicts", "titles"])
def test_a_changed_table_that_queues_or_titles_are_read_from_is_noticed(wrong, own_home, name):
    file = next((own_home / "snapshots" / current.pointer().snapshot).rglob(f"*{name}*.parquet"))
    table = pq.read_table(file)
    pq.write_table(table.slice(1), file)
    assert "快照核对" in wrong()


def test_a_trail_cut_at_its_end_is_noticed(wrong, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for n in range(3):
            record(actor=None, act="test", subject="", detail={"n": n})
    last = Trail.objects.latest("number").number
    assert (last_entry.kept()[0], wrong()) == (last, {})
    with connection.cursor() as cursor:
        trigger, table = ("audit_trail_no_change", " ON audit_trail") if connection.vendor == "postgresql" else (
            "audit_trail_no_delete", "")  # fmt: skip
        cursor.execute(f"DROP TRIGGER {trigger}{table}")
        cursor.execute("DELETE FROM audit_trail WHERE number = %s", [last])
    found = {one.what: one.wrong for one in checking.findings() if not one.well}
    assert found["操作记录的链条"] == f"末尾被删改：平台记到第 {last} 条"


def test_an_earlier_entry_that_is_kept_late_does_not_take_the_place_of_a_later(own_home, db):
    first, last = Trail(number=4, hash="a"), Trail(number=5, hash="b")
    last_entry.keep(last)
    last_entry.keep(first)
    assert last_entry.kept() == (5, "b")
