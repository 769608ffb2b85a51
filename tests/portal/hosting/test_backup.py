"""What was backed up is the same when restored into an empty folder: the snapshot by its id, and the database."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest

from making import code
from rongtong import facts
from rongtong.errors import InputError
from rongtong.portal.hosting import backup
from rongtong.portal.membership.models import Member
from rongtong.portal.registry.models import Current, Firm

pytestmark = pytest.mark.django_db


def quiet(_step: str, _share: float) -> None:
    """Report progress to nobody."""


@pytest.fixture
def small(tmp_path: Path, settings) -> Path:
    """An alliance folder with one small import and one uploaded paper."""
    settings.HOME = tmp_path / "home"
    file, paper = tmp_path / "甲.csv", settings.HOME / "portal" / "uploads" / "a.pdf"
    file.write_text(
        f"企业名称,统一社会信用代码,2021年营业收入（万元）\n青岛甲机械有限公司,{code(1)},5\n", encoding="utf-8"
    )
    alliance = facts.Alliance.open(settings.HOME, create=True)
    alliance.import_file(file, source="district_workbook", date="2022-06-30", year=2021)
    paper.parent.mkdir(parents=True)
    paper.write_bytes(b"%PDF-1.4")
    return settings.HOME


@pytest.fixture
def restored(small, tmp_path, settings):
    """Back up, do something else, restore into an empty folder; what each said of the snapshot."""

    def go(meanwhile=lambda: None) -> tuple[dict, dict]:
        told = backup.back_up(tmp_path / "b.tar.gz", quiet)
        meanwhile()
        settings.HOME = tmp_path / "other"
        return told, backup.restore(tmp_path / "b.tar.gz", quiet)

    return go


def test_the_snapshot_is_the_same_and_is_what_pages_show(restored, small):
    told, again = restored()
    made = facts.Alliance.open(small).settle().id
    assert (told["snapshot"], again, Current.objects.get().snapshot) == (made, told, made)


def test_the_firms_are_there_again(restored):
    restored()
    assert list(Firm.objects.values_list("name", "uscc")) == [("青岛甲机械有限公司", code(1))]


def test_what_people_wrote_is_there_again(restored):
    member = Member.objects.create(firm="f1", group="轴承组")
    restored(lambda: Member.objects.all().delete())
    assert list(Member.objects.values_list("pk", "firm", "group")) == [(member.pk, "f1", "轴承组")]


def test_papers_are_there_again(restored, tmp_path):
    restored()
    assert (tmp_path / "other" / "portal" / "uploads" / "a.pdf").read_bytes() == b"%PDF-1.4"


def test_a_file_under_two_names_is_there_under_both(restored, small, tmp_path):
    first = small / "portal" / "uploads" / "a.pdf"
    (first.parent / "b.pdf").hardlink_to(first)
    restored()
    again = tmp_path / "other" / "portal" / "uploads"
    assert [(again / name).read_bytes() for name in ("a.pdf", "b.pdf")] == [b"%PDF-1.4"] * 2


def test_the_original_is_there_again(restored, tmp_path, small):
    restored()
    names = [sorted(one.name for one in (home / "sources").iterdir()) for home in (small, tmp_path / "other")]
    assert names[0] == names[1] != []


def test_a_folder_with_data_is_not_restored_into(small, tmp_path):
    backup.back_up(tmp_path / "b.tar.gz", quiet)
    with pytest.raises(InputError, match="文件夹里已有联盟数据"):
        backup.restore(tmp_path / "b.tar.gz", quiet)


def test_a_file_that_is_there_is_not_written_over(small, tmp_path):
    (tmp_path / "b.tar.gz").write_bytes(b"other")
    with pytest.raises(InputError, match="同名文件已存在"):
        backup.back_up(tmp_path / "b.tar.gz", quiet)
    assert (tmp_path / "b.tar.gz").read_bytes() == b"other"


def test_another_file_is_no_backup(tmp_path, settings):
    settings.HOME = tmp_path / "other"
    (tmp_path / "b.tar.gz").write_bytes(b"other")
    with pytest.raises(InputError, match="不是备份文件"):
        backup.restore(tmp_path / "b.tar.gz", quiet)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("../evil", tarfile.REGTYPE),
        ("/etc/evil", tarfile.REGTYPE),
        ("sources/../../evil", tarfile.REGTYPE),
        ("elsewhere/evil", tarfile.REGTYPE),
        ("sources/evil", tarfile.SYMTYPE),
        ("sources/evil", tarfile.LNKTYPE),
    ],
)
def test_a_backup_with_anything_strange_in_it_writes_nothing(small, tmp_path, settings, name, kind):
    backup.back_up(tmp_path / "b.tar.gz", quiet)
    with tarfile.open(tmp_path / "b.tar.gz", "r:gz") as made, tarfile.open(tmp_path / "c.tar.gz", "w:gz") as changed:
        for one in made.getmembers():
            changed.addfile(one, made.extractfile(one))
        strange = tarfile.TarInfo(name)
        strange.type, strange.linkname = kind, "/etc/passwd"
        changed.addfile(strange)
    settings.HOME = tmp_path / "other"
    with pytest.raises(InputError, match="备份文件里有不该有的内容"):
        backup.restore(tmp_path / "c.tar.gz", quiet)
    assert not settings.HOME.exists()
