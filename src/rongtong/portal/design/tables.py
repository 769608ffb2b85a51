"""Lists: sorted and paged on the page, and whole as Excel or CSV that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import datetime
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from unicodedata import east_asian_width

import django_tables2 as tables
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.encoding import escape_uri_path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from xlsxwriter import Workbook

from rongtong.i18n import joined
from rongtong.portal.days import today
from rongtong.portal.design.templatetags.design import VERDICTS, verdict
from rongtong.report.clauses import way

PAGE = 25
#: Of a column of a workbook, in letters: what is longer stands in several lines.
WIDEST = 48
A4 = 9
EXPORT, FORMS = "export", ("xlsx", "csv")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What a spreadsheet would take for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Table(tables.Table):  # type: ignore[misc]  # django-tables2 has no types
    """The base of every list; *said* are the lines that say of what it is, on a sheet of their own in a workbook."""

    said: tuple[str, ...] = ()

    class Meta:
        template_name = "design/table.html"
        attrs = {"class": "table rt-table"}
        empty_text = ""
        per_page_field = "-"  # pages are as long as ours are, whatever an address says


class FirmTable(Table):
    """The base of lists of things about firms: whose they are comes first."""

    name = tables.Column(verbose_name=gettext_lazy("企业名称"))
    uscc = tables.Column(verbose_name=gettext_lazy("统一社会信用代码"), attrs={"td": {"class": "rt-code"}})
    district = tables.Column(verbose_name=gettext_lazy("所属区市"))

    class Meta(Table.Meta):
        pass


class LinkedFirmTable(FirmTable):
    """The same where a name leads to the firm; rows say its id as ``firm``."""

    name = tables.Column(verbose_name=gettext_lazy("企业名称"), linkify=("registry:firm", {"firm": tables.A("firm")}))

    class Meta(Table.Meta):
        attrs = {"class": "table rt-table is-cards"}


class VerdictColumn(tables.Column):  # type: ignore[misc]  # django-tables2 has no types
    """A verdict: its chip on the page, its word in a file."""

    def render(self, value: str) -> SafeString:
        """The chip."""
        return verdict(value)

    def value(self, value: str) -> str:
        """The word."""
        return _(VERDICTS[value][1])


class WayColumn(tables.Column):  # type: ignore[misc]  # django-tables2 has no types
    """How the verdicts of two editions differ: its chip on the page, its words in a file."""

    def render(self, value: str) -> SafeString:
        """The chip."""
        told = way(value)
        return format_html('<span class="rt-chip is-{}">{}</span>', told.style, told.value)

    def value(self, value: str) -> str:
        """The words."""
        return str(way(value).value)


class PairTable(FirmTable):
    """The base of lists of pairs, a thing and the firm that it is about; columns of the thing are ``0__…``."""

    name = tables.Column(accessor="1__name", verbose_name=gettext_lazy("企业名称"))
    uscc = tables.Column(accessor="1__uscc", verbose_name=gettext_lazy("统一社会信用代码"))
    district = tables.Column(accessor="1__district", verbose_name=gettext_lazy("所属区市"))

    class Meta(Table.Meta):
        pass


def few(told: Iterable[str], most: int = 3) -> str:
    """The first of what is *told*, and how many there are."""
    every = list(told)
    shown = joined(every[:most], "；")
    return shown if len(every) <= most else _("{shown} 等 {n} 条").format(shown=shown, n=len(every))


def show(request: HttpRequest, template: str, table: Table, *, name: str, **context: Any) -> HttpResponseBase:
    """The page of a list, or with ``?export=xlsx|csv`` the whole list as the file *name*."""
    tables.RequestConfig(request, paginate={"per_page": PAGE}).configure(table)
    if form := form_of(request):
        return export(table, name, form)
    return render(request, template, {"table": table, **context})


def whole(text: str) -> int:
    """The number that an address says in *text*; 0 where it says none."""
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def form_of(request: HttpRequest) -> str:
    """The form in which the whole list is asked for; "" when its page is."""
    form = request.GET.get(EXPORT, "")
    return form if form in FORMS else ""


def export(table: Table, name: str, form: str) -> HttpResponseBase:
    """The whole of *table* as a file called *name* and the day."""
    answer = _csv(table) if form == "csv" else _xlsx(table, name)
    file = escape_uri_path(f"{_(name)}_{today():%Y%m%d}.{form}")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{file}"
    return answer


def local(value: Any) -> Any:
    """*value*, a moment as the clock on the wall here shows it."""
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        return timezone.localtime(value).replace(tzinfo=None, microsecond=0)
    return value


def safe(value: Any) -> Any:
    """*value* for a CSV cell: text that would be run as a formula is quoted."""
    value = local(value)
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _csv(table: Table) -> StreamingHttpResponse:
    def lines() -> Iterator[str]:
        yield "\ufeff"
        for row in table.as_values():
            line = io.StringIO()
            csv.writer(line).writerow([safe(value) for value in row])
            yield line.getvalue()

    return StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")


def _xlsx(table: Table, name: str) -> HttpResponse:
    held = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(held, {"in_memory": True, "default_date_format": "yyyy-mm-dd", **options}) as book:
        sheet = book.add_worksheet(_(name)[:31])
        head = book.add_format({"bold": True, "bg_color": "#E9F1F8", "bottom": 1})
        lines = book.add_format({"text_wrap": True, "valign": "top"})
        wide: Counter[int] = Counter()
        for number, row in enumerate(table.as_values()):
            for column, value in enumerate(row):
                _write(sheet, number, column, value, head if not number else lines if isinstance(value, str) else None)
                wide[column] = max(wide[column], _width(value))
        _lay_out(sheet, wide)
        if table.said:
            book.add_worksheet(_("说明")).write_column(0, 0, table.said)
    return HttpResponse(held.getvalue(), content_type=XLSX)


def _lay_out(sheet: Any, wide: Mapping[int, int]) -> None:
    """Columns as wide as what they hold; on paper the whole width on a page, with the headings on each."""
    for column, width in wide.items():
        sheet.set_column(column, column, min(width + 2, WIDEST))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)


def _width(value: Any) -> int:
    """How wide a cell is in letters; a Chinese character is as wide as two."""
    lines = str(value if value is not None else "").split("\n")
    return max(sum(1 + (east_asian_width(one) in "WFA") for one in line) for line in lines)


def _write(sheet: Any, row: int, column: int, value: Any, form: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, form)
    elif isinstance(value, bool | int | float) or hasattr(value, "isoformat"):
        sheet.write(row, column, local(value), form)
    else:
        sheet.write_string(row, column, str(value), form)
