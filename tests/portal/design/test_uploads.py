"""Uploads that the disk does not take: told on the form, what was written stays, and no piece is left behind."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.cooperation import introduced
from rongtong.errors import InputError
from rongtong.portal.design.files import Uploads
from rongtong.portal.introductions.models import Message
from rongtong.portal.meetings.models import Meeting
from rongtong.portal.people.models import Role


@pytest.fixture
def full(settings, tmp_path, monkeypatch) -> Path:
    """A folder of uploads whose disk is full after one byte."""

    def save(self, name, content):
        (Path(self.location) / name).parent.mkdir(parents=True, exist_ok=True)
        (Path(self.location) / name).write_bytes(b"x")
        raise OSError(errno.ENOSPC, "No space left on device", name)

    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(FileSystemStorage, "_save", save)
    return tmp_path


def files(folder: Path) -> list[Path]:
    return [one for one in folder.rglob("*") if one.is_file()]


def pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("图纸.pdf", b"%PDF-1.4")


def test_a_message_that_the_disk_does_not_take_keeps_its_text(person, own_firm, far_firm, client_of, request):
    number = introduced(person, own_firm, far_firm)["introductions", "own"]
    folder, before = request.getfixturevalue("full"), Message.objects.count()
    url = reverse("introductions:write", args=[number])
    answer = client_of(Role.FIRM).post(url, {"text": "请看附件", "attachment": pdf()})
    text = answer.content.decode()
    assert (answer.status_code, "磁盘已满" in text, "图纸.pdf" in text, "请看附件" in text) == (422, True, True, True)
    assert (files(folder), Message.objects.count()) == ([], before)


def test_a_sheet_that_the_disk_does_not_take_is_told_on_the_form(person, own_firm, far_firm, client_of, request):
    need = introduced(person, own_firm, far_firm)["need", "own"]
    folder = request.getfixturevalue("full")
    given = {"title": "专场", "on": "2022-10-20", "needs": [need], "file": SimpleUploadedFile("签到.csv", b"x")}
    answer = client_of(Role.SECRETARIAT).post(reverse("meetings:new"), given)
    assert (answer.status_code, "磁盘已满" in answer.content.decode()) == (422, True)
    assert (files(folder), Meeting.objects.count()) == ([], 0)


def test_what_else_goes_wrong_is_no_matter_of_the_disk(tmp_path, monkeypatch):
    def save(self, name, content):
        raise OSError(errno.EIO, "I/O error")

    monkeypatch.setattr(FileSystemStorage, "_save", save)
    with pytest.raises(OSError, match="I/O error"):
        Uploads(location=tmp_path).save("a.pdf", ContentFile(b"x"))


def test_a_name_that_was_taken_meanwhile_is_not_overwritten(tmp_path):
    there = Uploads(location=tmp_path)
    (tmp_path / "a.pdf").write_bytes(b"first")
    kept = there._save("a.pdf", ContentFile(b"second"))
    assert (tmp_path / "a.pdf").read_bytes() == b"first"
    assert (tmp_path / kept).read_bytes() == b"second"
    assert len(files(tmp_path)) == 2


def test_a_full_disk_is_bad_input_with_its_mend(full):
    with pytest.raises(InputError, match="磁盘已满") as told:
        Uploads(location=full).save("threads/a.pdf", ContentFile(b"x"))
    assert (told.value.place, bool(told.value.mend)) == ("a.pdf", True)
