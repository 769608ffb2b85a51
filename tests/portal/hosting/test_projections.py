"""What the database keeps of the snapshot is proved against it: a row that was changed is told, and put right."""

from __future__ import annotations

import pytest

from rongtong.cli import project
from rongtong.portal import hosting
from rongtong.portal.hosting import checking
from rongtong.portal.registry import projections
from rongtong.portal.registry.models import Firm


@pytest.fixture
def rebuilt(db, own_home, monkeypatch, capsys):
    """What ``rongtong project`` answers, as the exit code and whether it says that nothing had changed."""
    monkeypatch.setattr(hosting, "settle_in", lambda _home: None)

    def run() -> tuple[int, bool]:
        code = project.run(own_home)
        return code, "与原来一致" in capsys.readouterr().out

    return run


def test_projections_that_nobody_touched_are_the_same_again(rebuilt):
    assert rebuilt() == (0, True)


def test_a_changed_row_is_told_and_put_right(rebuilt, own_firm):
    Firm.objects.filter(id=own_firm.id).update(name="别的企业")
    assert (rebuilt(), Firm.objects.get(id=own_firm.id).name) == ((1, False), own_firm.name)


@pytest.mark.parametrize("name", ["id", "n", "uscc", "name", "district"])
def test_every_field_counts(own_firm, name):
    before = projections.digest()
    Firm.objects.filter(id=own_firm.id).update(**{name: 9_999 if name == "n" else f"{own_firm.id}9"[-18:]})
    assert projections.digest() != before


def test_a_removed_row_counts(own_firm):
    before = projections.digest()
    own_firm.delete()
    assert projections.digest() != before


def test_what_is_wrong_with_them_is_found(own_firm):
    Firm.objects.filter(id=own_firm.id).update(name="别的企业")
    found = {one.what: one.mend for one in checking.findings() if not one.well}
    assert found["页面数据与快照一致"] == "请运行 rongtong project 重建"
