"""Files that people upload: kept whole or not at all, given back as downloads, papers and pictures also in a frame."""

from __future__ import annotations

import errno
import uuid
from pathlib import Path, PurePath
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404

from rongtong.errors import InputError
from rongtong.i18n import _

#: What is shown, and how it begins; whatever only bears such a name is not.
SHOWN = {
    ".pdf": ("application/pdf", b"%PDF-"),
    ".png": ("image/png", b"\x89PNG"),
    ".jpg": ("image/jpeg", b"\xff\xd8\xff"),
    ".jpeg": ("image/jpeg", b"\xff\xd8\xff"),
}


class Uploads(FileSystemStorage):
    """The folder of uploads. A file that the disk does not take is told of as such, and leaves nothing behind."""

    def _save(self, name: str, content: File[Any] | IO[Any]) -> str:
        part = str(PurePath(name).with_name(uuid.uuid4().hex))
        try:
            super()._save(part, content)  # type: ignore[misc]  # every storage has it, no stub names it
            return self._named(part, name)
        except OSError as error:
            self.delete(part)
            if told := _refused(error):
                mend = _("文件没有存下；请告诉管理员，处理后再交一次")
                raise InputError(told, place=PurePath(name).name, mend=mend) from error
            raise

    def _named(self, part: str, name: str) -> str:
        """Give what is whole its *name*, or one like it that nobody else has taken meanwhile."""
        try:
            Path(self.path(name)).touch(exist_ok=False)
        except FileExistsError:
            return self._named(part, self.get_available_name(name))
        Path(self.path(part)).replace(self.path(name))
        return name


def _refused(error: OSError) -> str:
    """What the disk would not do, in words; empty when it was something else."""
    words = {
        errno.ENOSPC: _("磁盘已满"),
        errno.EDQUOT: _("磁盘配额已用完"),
        errno.EFBIG: _("文件超过系统允许的大小"),
        errno.EROFS: _("所在磁盘只读"),
        errno.EACCES: _("没有权限"),
    }
    return words.get(error.errno or 0, "")


def stored(file: FieldFile, name: str = "") -> FileResponse:
    """The uploaded *file* as a download, called *name* where that is known: storage has its own names.

    Raises Http404 when there is none or it is gone.
    """
    if not file:
        raise Http404
    try:
        return FileResponse(file.open("rb"), as_attachment=True, filename=name)
    except FileNotFoundError:
        raise Http404 from None


def framed(file: FieldFile) -> FileResponse:
    """The uploaded *file* to be looked at. Raises Http404 when it is none of :data:`SHOWN`."""
    kind, beginning = SHOWN.get(PurePath(file.name or "").suffix.lower(), ("", b""))
    if not kind:
        raise Http404
    try:
        held = file.storage.open(str(file.name), "rb")
    except FileNotFoundError:
        raise Http404 from None
    if held.read(len(beginning)) != beginning:
        held.close()
        raise Http404
    held.seek(0)
    return FileResponse(held, content_type=kind, headers={"Content-Disposition": "inline"})
