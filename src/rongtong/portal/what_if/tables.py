"""Firms as lists: one step short, with whom to call; moved by a bound; judged otherwise by another edition."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

import django_tables2 as tables
import pyarrow as pa
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tables2.data import TableData

from rongtong.definitions.wording import worded
from rongtong.i18n import joined
from rongtong.portal.design.tables import LinkedFirmTable, VerdictColumn, WayColumn, few
from rongtong.portal.people.queries import Person
from rongtong.portal.what_if.words import Words
from rongtong.report.clauses import Clauses


class ShortTable(LinkedFirmTable):
    """One row a firm that is one step short."""

    steps = tables.Column(verbose_name=gettext_lazy("差这一步"), orderable=False)
    titles = tables.Column(verbose_name=gettext_lazy("现有称号"), orderable=False)

    class Meta(LinkedFirmTable.Meta):
        pass

    def __init__(self, *args: Any, words: Words, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = words

    def render_steps(self, record: dict[str, Any]) -> SafeString:
        """Each step of which any would do, and how far it is."""
        told = self._told(record)
        kind = "is-unknown" if record["open"] else "is-no"
        word = _("缺数据") if record["open"] else _("差条件")
        lines = format_html_join("", "<div>{} <b>{}</b></div>", told)
        return format_html(
            '<div class="rt-step"><span class="rt-chip {}">{}</span><div>{}</div></div>', kind, word, lines
        )

    def value_steps(self, record: dict[str, Any]) -> str:
        """The same in one cell."""
        return "\n".join(" ".join(filter(None, one)) for one in self._told(record))

    def render_titles(self, value: list[str]) -> str:
        """The titles in force."""
        return joined(map(worded, value)) or "—"

    def _told(self, record: dict[str, Any]) -> list[tuple[str, str]]:
        each = zip(record["steps"], record["margins"], record["ends"], strict=True)
        return [(self.words.step(step), self.words.lacking(step, margin, end)) for step, margin, end in each]


class CalledTable(ShortTable):
    """The same with whom to call, for those who see the contacts of these firms."""

    person = tables.Column(accessor="firm", verbose_name=gettext_lazy("联系人"), orderable=False)
    phone = tables.Column(accessor="firm", verbose_name=gettext_lazy("电话"), orderable=False)

    class Meta(ShortTable.Meta):
        pass

    def __init__(self, *args: Any, look: Callable[[list[str]], dict[str, Person]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.look = look

    @cached_property
    def people(self) -> dict[str, Person]:
        """Whom to call at the firms that are shown."""
        return self.look([row.record["firm"] for row in self.paginated_rows])

    def render_person(self, value: str) -> str:
        """Name and position."""
        found = self.people.get(value)
        return " ".join(filter(None, (found.name, found.position))) if found else "—"

    def render_phone(self, value: str) -> SafeString:
        """The number, to be called by a tap."""
        number = self.value_phone(value)
        return format_html('<a href="tel:{}">{}</a>', number, number) if number else SafeString("—")

    def value_phone(self, value: str) -> str:
        """The number alone."""
        found = self.people.get(value)
        return found.phone if found else ""


class Arrow(TableData):  # type: ignore[misc]  # django-tables2 has no types
    """An Arrow table, of which only the page that is shown becomes Python."""

    data: pa.Table

    def __len__(self) -> int:
        """How many there are."""
        return int(self.data.num_rows)

    def __getitem__(self, key: slice) -> list[dict[str, Any]]:
        first = key.start or 0
        found: list[dict[str, Any]] = self.data.slice(first, (key.stop or len(self)) - first).to_pylist()
        return found

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.data.to_pylist())


class MovedTable(LinkedFirmTable):
    """One row a firm whose verdict would be another."""

    before = VerdictColumn(verbose_name=gettext_lazy("现在的结论"))
    after = VerdictColumn(verbose_name=gettext_lazy("改后的结论"))

    class Meta(LinkedFirmTable.Meta):
        orderable = False


class DifferingTable(MovedTable):
    """One row a firm that is judged otherwise, and the clauses that say why."""

    way = WayColumn(verbose_name=gettext_lazy("差别"))
    before = VerdictColumn(verbose_name=gettext_lazy("原来的结论"))
    after = VerdictColumn(verbose_name=gettext_lazy("现在的结论"))
    old = tables.Column(verbose_name=gettext_lazy("原来没满足的"), orderable=False)
    new = tables.Column(verbose_name=gettext_lazy("现在没满足的"), orderable=False)

    class Meta(LinkedFirmTable.Meta):
        sequence = ("name", "uscc", "district", "way", "before", "after", "old", "new")

    def __init__(self, *args: Any, sides: tuple[Clauses, Clauses], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sides = sides

    def render_old(self, value: list[str]) -> str:
        """The first of the clauses that were not met."""
        return few(map(self.sides[0].called, value)) or "—"

    def value_old(self, value: list[str]) -> str:
        """All of them."""
        return joined(map(self.sides[0].called, value), "；")

    def render_new(self, value: list[str]) -> str:
        """The first of the clauses that are not met."""
        return few(map(self.sides[1].called, value)) or "—"

    def value_new(self, value: list[str]) -> str:
        """All of them."""
        return joined(map(self.sides[1].called, value), "；")
