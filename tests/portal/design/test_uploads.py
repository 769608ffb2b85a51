"""What is uploaded is what it says, no larger than is taken, under a name that can be kept."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import ValidationError

from rongtong.portal.design.forms import PaperField, UploadField

PDF, PNG, JPEG = b"%PDF-1.4\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"


def paper(name: str, content: bytes) -> SimpleUploadedFile:
    return PaperField().clean(SimpleUploadedFile(name, content))


def told(name: str, content: bytes) -> list[str]:
    """What the field says against a file."""
    with pytest.raises(ValidationError) as wrong:
        paper(name, content)
    return wrong.value.messages


@pytest.mark.parametrize(("name", "content"), [("a.pdf", PDF), ("a.PDF", PDF), ("a.png", PNG), ("a.jpg", JPEG)])
def test_a_paper_that_is_what_its_name_says_is_taken_whole(name, content):
    assert paper(name, content).read() == content


@pytest.mark.parametrize(
    ("name", "content"), [("a.pdf", b"MZ\x90\x00"), ("a.pdf", PNG), ("a.png", PDF), ("a.jpg", PDF)]
)
def test_a_paper_that_only_bears_the_name_is_refused(name, content):
    assert told(name, content) == ["文件内容不是 PDF 或照片，请重新扫描后上传"]


def test_another_kind_of_file_is_refused():
    assert told("a.exe", PDF) == ["这种文件读不了；请上传 .pdf、.png、.jpg、.jpeg"]


def test_a_file_over_the_limit_is_refused(settings):
    settings.UPLOAD_LIMIT = 1 << 20
    assert told("a.pdf", PDF.ljust((1 << 20) + 1)) == ["文件超过 1 MB，请拆开再传"]


def test_a_file_of_the_limit_is_taken(settings):
    settings.UPLOAD_LIMIT = 1 << 20
    assert paper("a.pdf", PDF.ljust(1 << 20)).size == 1 << 20


def test_a_workbook_over_the_limit_is_refused_as_a_paper_is(settings):
    settings.UPLOAD_LIMIT = 1
    with pytest.raises(ValidationError, match="文件超过"):
        UploadField(suffixes=(".csv",)).clean(SimpleUploadedFile("a.csv", b"ab"))


def test_a_name_of_ninety_characters_is_cut_and_keeps_what_kind_it_is():
    assert paper("企" * 90 + ".pdf", PDF).name == "企" * 38 + ".pdf"


def test_a_name_that_fits_stays():
    assert paper("企" * 38 + ".pdf", PDF).name == "企" * 38 + ".pdf"
