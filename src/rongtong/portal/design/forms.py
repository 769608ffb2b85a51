"""How forms look: one field template, errors under the field that they are about; the browser's own date field."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any, TypeVar

from django import forms
from django.conf import settings
from django.forms.renderers import DjangoTemplates
from django.utils.translation import gettext as _

from rongtong.definitions.days import months_after
from rongtong.errors import InputError
from rongtong.i18n import joined
from rongtong.portal.days import today
from rongtong.portal.design.files import SHOWN
from rongtong.qualify.forward import FURTHEST

LONGEST_NAME = 120
F = TypeVar("F", bound=forms.Form)


class Renderer(DjangoTemplates):
    """Django's forms with our own field."""

    field_template_name = "design/field.html"


def not_later(day: datetime.date) -> None:
    """Refuse a day that has not come yet."""
    if day > today():
        raise forms.ValidationError(_("日期不能晚于今天"))


def not_far(day: datetime.date) -> None:
    """Refuse a day for which nothing can be foreseen."""
    if day > (last := months_after(today(), 12 * FURTHEST)):
        raise forms.ValidationError(_("日期不能晚于 {last}").format(last=last))


def fitting(name: str) -> str:
    """A file's name of at most 120 bytes, as file systems hold it with something added; its suffix stays."""
    path = PurePath(name)
    stem = path.stem.encode()[: LONGEST_NAME - len(path.suffix.encode())].decode(errors="ignore")
    return f"{stem}{path.suffix}" if len(path.suffix.encode()) < LONGEST_NAME else stem


@contextmanager
def told_on(form: forms.BaseForm) -> Iterator[None]:
    """What cannot be done with a form is told on it, and what was filled in stays."""
    try:
        yield
    except InputError as error:
        form.add_error(None, error.sentence)


def checked(form: F) -> F:
    """*form*, whose answers can be read. Raises InputError with what is wrong with it."""
    if not form.is_valid():
        told = [one for errors in form.errors.values() for one in errors]
        raise InputError(joined(dict.fromkeys(map(str, told)), "；"), mend=_("请回到上一页，刷新后再试"))
    return form


def refused() -> InputError:
    """What is said of a form that no page of ours sends."""
    return InputError(_("提交的内容不完整"), mend=_("请回到上一页，刷新后再试"))


class UploadField(forms.FileField):
    """A file of one of *suffixes*, no larger than *limit* bytes and than the portal takes."""

    def __init__(self, *, suffixes: Sequence[str], limit: int | None = None, **kwargs: Any) -> None:
        self.suffixes, self.limit = tuple(suffixes), limit
        super().__init__(widget=forms.FileInput(attrs={"accept": ",".join(suffixes)}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The file, under a name that can be kept."""
        file = super().clean(data, initial)
        if not file:
            return file
        if not str(file.name).lower().endswith(self.suffixes):
            raise forms.ValidationError(_("这种文件读不了；请上传 {kinds}").format(kinds=joined(self.suffixes)))
        limit = min(self.limit or settings.UPLOAD_LIMIT, settings.UPLOAD_LIMIT)
        if (file.size or 0) > limit:
            raise forms.ValidationError(_("文件超过 {n} MB，请拆开再传").format(n=limit >> 20))
        file.name = fitting(str(file.name))
        return file


class PaperField(UploadField):
    """A paper that was scanned or photographed, and is what its name says."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(suffixes=tuple(SHOWN), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The file, when it begins as such files do."""
        file = super().clean(data, initial)
        if file:
            _kind, beginning = SHOWN[PurePath(str(file.name)).suffix.lower()]
            if file.read(len(beginning)) != beginning:
                raise forms.ValidationError(_("文件内容不是 PDF 或照片，请重新扫描后上传"))
            file.seek(0)
        return file


class DayInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Checks(forms.CheckboxSelectMultiple):
    """Boxes to tick in groups, the first of them open, with a field to look for one."""

    template_name = "design/checks.html"
