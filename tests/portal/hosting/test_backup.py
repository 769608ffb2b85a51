"""What was backed up is the same when restored into an empty folder: the snapshot by its id, and the database."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from making import code
from rongtong import facts
from rongtong.errors import InputError
from rongtong.portal.hosting import backup, preparing, restoring
from rongtong.portal.membership.models import Member
from rongtong.portal.people.models import User
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
def elsewhere(tmp_path, settings, monkeypatch):
    """Go on with an empty folder and a database taken for empty: there is one for all tests."""

    def go() -> None:
        settings.HOME = tmp_path / "other"
        monkeypatch.setattr(restoring, "occupied", lambda: False)

    return go


@pytest.fixture
def restored(small, tmp_path, elsewhere):
    """Back up, do something else, restore into an empty folder; what each said of the snapshot."""

    def go(meanwhile=lambda: None) -> tuple[dict, dict]:
        told = backup.back_up(tmp_path / "b.tar.gz", quiet)
        meanwhile()
        elsewhere()
        return told, restoring.restore(tmp_path / "b.tar.gz", quiet)

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
        restoring.restore(tmp_path / "b.tar.gz", quiet)


def test_a_file_that_is_there_is_not_written_over(small, tmp_path):
    (tmp_path / "b.tar.gz").write_bytes(b"other")
    with pytest.raises(InputError, match="同名文件已存在"):
        backup.back_up(tmp_path / "b.tar.gz", quiet)
    assert (tmp_path / "b.tar.gz").read_bytes() == b"other"


def test_another_file_is_no_backup(tmp_path, settings):
    settings.HOME = tmp_path / "other"
    (tmp_path / "b.tar.gz").write_bytes(b"other")
    with pytest.raises(InputError, match="不是备份文件"):
        restoring.restore(tmp_path / "b.tar.gz", quiet)


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
        restoring.restore(tmp_path / "c.tar.gz", quiet)
    assert left(settings.HOME) == []


def left(home: Path) -> list[Path]:
    return [one for one in home.rglob("*") if one.is_file()]


def changed(archive: Path, contents) -> None:
    """Pack *archive* again with what *contents* makes of each file's name and bytes."""
    with tarfile.open(archive, "r:gz") as made, tarfile.open(archive.with_name("c.tar.gz"), "w:gz") as again:
        for one in made.getmembers():
            packed = contents(one.name, made.extractfile(one).read())
            one.size = len(packed)
            again.addfile(one, io.BytesIO(packed))
    archive.with_name("c.tar.gz").replace(archive)


@pytest.mark.parametrize(
    ("part", "wrong", "said"),
    [
        ("sources/", b"other", "原件 甲.csv：原件缺失或被改动过"),
        ("claims/", b"{}", "导入数据 甲.csv"),
        ("journal/", b"{}", "台账链"),
        ("backup.json", b"{}", "不是备份文件"),
        ("backup.json", b"\xff", "不是备份文件"),
        ("database.json", b"[{", "备份里的数据库读不进来"),
    ],
)
@pytest.mark.usefixtures("small")
def test_a_backup_that_was_changed_writes_nothing(tmp_path, elsewhere, part, wrong, said):
    backup.back_up(tmp_path / "b.tar.gz", quiet)
    changed(tmp_path / "b.tar.gz", lambda name, was: wrong if name.startswith(part) else was)
    elsewhere()
    with pytest.raises(InputError, match=said):
        restoring.restore(tmp_path / "b.tar.gz", quiet)
    assert left(tmp_path / "other") == []


def test_half_of_a_backup_writes_nothing(small, tmp_path, settings):
    backup.back_up(tmp_path / "b.tar.gz", quiet)
    whole = (tmp_path / "b.tar.gz").read_bytes()
    (tmp_path / "b.tar.gz").write_bytes(whole[: len(whole) // 2])
    settings.HOME = tmp_path / "other"
    with pytest.raises(InputError, match="备份文件不完整或已损坏"):
        restoring.restore(tmp_path / "b.tar.gz", quiet)
    assert left(settings.HOME) == []


def test_accounts_of_another_database_are_not_written_over(small, tmp_path, settings):
    backup.back_up(tmp_path / "b.tar.gz", quiet)
    User.objects.filter(phone="13800000001").update(name="改名")
    settings.HOME = tmp_path / "other"
    with pytest.raises(InputError, match="数据库里已有账号"):
        restoring.restore(tmp_path / "b.tar.gz", quiet)
    assert (left(settings.HOME), User.objects.get(phone="13800000001").name) == ([], "改名")


def test_a_restore_that_was_killed_is_not_served_and_begins_again(small, tmp_path, settings):
    told = backup.back_up(tmp_path / "b.tar.gz", quiet)
    settings.HOME = tmp_path / "other"
    with tarfile.open(tmp_path / "b.tar.gz", "r:gz") as archive:
        archive.extractall(settings.HOME / ".restoring", filter="data")
    (settings.HOME / ".restoring" / "claims").rename(settings.HOME / "claims")
    with pytest.raises(InputError, match="上一次恢复没有完成"):
        preparing.prepare(quiet)
    assert restoring.restore(tmp_path / "b.tar.gz", quiet) == told
    assert not (settings.HOME / ".restoring").exists()
