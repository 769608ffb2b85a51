"""What kind of file it is, by its content, and its sheets."""

from __future__ import annotations

import zipfile
from pathlib import Path

from rongtong.errors import InputError
from rongtong.i18n import _
from rongtong.workbooks.calamine import read_workbook_file
from rongtong.workbooks.delimited import read_delimited
from rongtong.workbooks.sheets import Sheet

#: What a workbook may unpack to, in bytes; a full sheet of 1,048,576 rows with thirty columns takes about 1.5 GB.
LARGEST = 4 << 30
_PARTS = 5_000
_RATIO = 400
_SMALL = 64 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf", b"SQLite format 3",
    b"PAR1", b"ARROW1", b"MZ", b"\x7fELF", b"BM", b"II*\0", b"MM\0*",
)  # fmt: skip  # read by rows
_BOOKS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml", "xl/_rels/workbook.xml.rels")


def read_sheets(path: Path) -> list[Sheet]:
    """The sheets of a workbook or text file. Raises InputError when it is neither, locked, broken or too big."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.strip():
        raise InputError(_("文件是空的"), mend=_("请检查文件是否上传完整"))
    if head.startswith(b"PK"):
        check_zip(path)
        return read_workbook_file(path)
    if head.startswith(_OLE):
        _check_ole(path)
        return read_workbook_file(path)
    _refuse_foreign(head)
    return read_delimited(path)


def _refuse_foreign(head: bytes) -> None:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<", b"mime-version", b"\xff\xfe<\0")):
        raise InputError(
            _("文件是网页或 XML，不是工作簿（有的系统把网页存成 .xls）"),
            mend=_("请用 Excel 打开并另存为 .xlsx 后再导入"),
        )
    if head.startswith(_FOREIGN):
        raise InputError(_("文件不是工作簿"), mend=_("请导入 .xlsx、.xls 或 .csv 文件"))


def check_zip(path: Path) -> int:
    """The size a zipped workbook says it unpacks to. Raises InputError for a bomb or another kind of archive."""
    try:
        with zipfile.ZipFile(path) as parts:
            infos = parts.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError):
        raise InputError(_("工作簿已损坏，读不出来"), mend=_("请用 Excel 打开并另存为 .xlsx 后再导入")) from None
    size = sum(info.file_size for info in infos)
    swollen = any(i.file_size > _SMALL and i.file_size > _RATIO * max(i.compress_size, 1) for i in infos)
    if len(infos) > _PARTS or size > LARGEST or swollen:
        raise InputError(_("文件解压后大得不正常，已拒绝读取"), mend=_("请用 Excel 打开并另存为 .xlsx 后再导入"))
    if any(info.flag_bits & 1 for info in infos):
        raise InputError(_("文件加了密码"), mend=_("请在 Excel 中取消密码后再导入"))
    if not {info.filename for info in infos} & set(_BOOKS):
        raise InputError(_("压缩包里没有工作簿"), mend=_("请导入 .xlsx、.xls 或 .csv 文件"))
    return size


def _check_ole(path: Path) -> None:
    """An OLE file that holds an encrypted package is a locked .xlsx; one without a workbook is another document."""
    content = path.read_bytes()
    if _utf16("EncryptedPackage") in content:
        raise InputError(_("文件加了密码"), mend=_("请在 Excel 中取消密码后再导入"))
    if _utf16("Workbook") not in content and _utf16("Book") not in content:
        raise InputError(_("文件不是工作簿"), mend=_("请导入 .xlsx、.xls 或 .csv 文件"))


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")
