"""The shelf and worked examples as lists."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongtong.definitions.wording import worded
from rongtong.i18n import joined
from rongtong.portal.design.tables import Table
from rongtong.portal.design.templatetags.design import quoted
from rongtong.portal.rulebooks import examples
from rongtong.portal.rulebooks.examples import Run
from rongtong.portal.rulebooks.queries import Edition, Span
from rongtong.qualify.rulebook import Rulebook


def days(spans: list[Span]) -> str:
    """When something applies, in words."""
    return joined(map(str, spans), "；")


class ShelfTable(Table):
    """One row an edition."""

    title = tables.Column(accessor="book__file__title", verbose_name=gettext_lazy("规则"))
    edition = tables.Column(accessor="book__edition", verbose_name=gettext_lazy("版本"))
    document = tables.Column(accessor="book__file__source", verbose_name=gettext_lazy("文件"))
    authority = tables.Column(accessor="book__file__authority", verbose_name=gettext_lazy("由谁认定"))
    territory = tables.Column(accessor="book__file__territory", verbose_name=gettext_lazy("适用地域"))
    new = tables.Column(accessor="key", verbose_name=gettext_lazy("适用于申报"))
    review = tables.Column(accessor="key", verbose_name=gettext_lazy("适用于复核"))
    verified = tables.Column(accessor="unverified", verbose_name=gettext_lazy("与原文核对"), empty_values=())

    class Meta(Table.Meta):
        orderable = False
        attrs = {"class": "table rt-table is-cards"}

    def render_title(self, record: Edition, value: str) -> SafeString:
        """The title, leading to the rulebook."""
        url = reverse("rulebooks:rulebook", args=[record.key])
        now = format_html(' <span class="rt-chip is-yes">{}</span>', _("现行")) if record.in_force else ""
        return format_html('<a href="{}">{}</a>{}', url, worded(value), now)

    def value_title(self, value: str) -> str:
        """The title alone."""
        return worded(value)

    def render_document(self, record: Edition) -> SafeString:
        """The document that it stands in."""
        source = record.book.file.source
        return format_html("{} {}", quoted(source.document), quoted(f"{source.number} {source.part}".strip()))

    def value_document(self, record: Edition) -> str:
        """The same without its language."""
        source = record.book.file.source
        return f"{source.document} {source.number} {source.part}".strip()

    def render_authority(self, value: str) -> str:
        """The authority in words."""
        return worded(value)

    def render_territory(self, value: str) -> str:
        """The territory in words."""
        return worded(value)

    def render_new(self, record: Edition) -> str:
        """When it applies to new applications."""
        return days(record.spans("new")) or "—"

    def render_review(self, record: Edition) -> str:
        """When it applies to re-examinations."""
        return days(record.spans("review")) or "—"

    def render_verified(self, record: Edition) -> SafeString:
        """Whether every clause was compared with the document, else how many were not."""
        kind = "is-unknown" if record.unverified else "is-yes"
        return format_html('<span class="rt-chip {}">{}</span>', kind, self.value_verified(record))

    def value_verified(self, record: Edition) -> str:
        """The same in words."""
        n, of = len(record.unverified), len(record.cited)
        return _("{n} 条待核，共 {of} 条").format(n=n, of=of) if n else _("{of} 条全部已核").format(of=of)


class ExampleTable(Table):
    """One row a worked example."""

    title = tables.Column(accessor="example", verbose_name=gettext_lazy("算例"))
    purpose = tables.Column(accessor="example__expected__purpose", verbose_name=gettext_lazy("用途"))
    given = tables.Column(accessor="example", verbose_name=gettext_lazy("给定的数据"))
    wanted = tables.Column(accessor="outcome__wanted", verbose_name=gettext_lazy("应得"))
    found = tables.Column(accessor="outcome__found", verbose_name=gettext_lazy("实得"))
    passes = tables.Column(accessor="outcome__passes", verbose_name=gettext_lazy("相符"))

    class Meta(Table.Meta):
        orderable = False
        attrs = {"class": "table rt-table is-cards"}

    def __init__(self, *args: Any, book: Rulebook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.book = book

    def render_title(self, record: Run) -> str:
        """What it is called."""
        return quoted(examples.title(self.book, record.example))

    def value_title(self, record: Run) -> str:
        """The same without its language."""
        return examples.title(self.book, record.example)

    def render_purpose(self, value: str) -> str:
        """New application or re-examination."""
        return _("复核") if value == "review" else _("申报")

    def render_given(self, record: Run) -> SafeString:
        """What differs from the firm that is given in full."""
        return _lines(examples.given(record.example) or [_("与基准企业相同")])

    def value_given(self, record: Run) -> str:
        """The same in one cell."""
        return "\n".join(examples.given(record.example)) or _("与基准企业相同")

    def render_wanted(self, record: Run) -> SafeString:
        """What must come out."""
        return _lines(examples.said(self.book, record.outcome.wanted))

    def value_wanted(self, record: Run) -> str:
        """The same in one cell."""
        return "\n".join(examples.said(self.book, record.outcome.wanted))

    def render_found(self, record: Run) -> SafeString:
        """What came out."""
        return _lines(examples.said(self.book, record.outcome.found))

    def value_found(self, record: Run) -> str:
        """The same in one cell."""
        return "\n".join(examples.said(self.book, record.outcome.found))

    def render_passes(self, value: bool) -> SafeString:
        """Whether both are the same."""
        kind, word = ("is-yes", _("相符")) if value else ("is-no", _("不符"))
        return format_html('<span class="rt-chip {}">{}</span>', kind, word)

    def value_passes(self, value: bool) -> str:
        """The same in words."""
        return _("相符") if value else _("不符")


def _lines(texts: list[str]) -> SafeString:
    lines = format_html_join("", "<div>{}</div>", ((one,) for one in texts))
    return format_html('<div lang="zh">{}</div>', lines)
