"""The trail as a table."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from rongtong.portal.audit.models import Trail
from rongtong.portal.design.tables import Table
from rongtong.portal.masking import without_phones

#: What the trail's page tells: which thing, when, in which way. All else is what people wrote, reported or judged: it
#: stands in the trail, and is shown where the rights to it are asked, not here.
SHOWN = frozenset((
    "capacity", "cell", "channel", "complete", "contacts", "date", "district", "due", "duty", "entry", "field",
    "fields", "firm", "given", "group", "heading", "how", "introductions", "kept", "kind", "left", "line",
    "months", "need", "number", "on", "origin", "page", "path", "personalised", "phone", "purpose", "right",
    "role", "row", "rows", "rulebook", "run", "same", "seal_seen", "sheet", "side", "slot", "source", "spread",
    "taken", "title", "transition", "until", "url", "valid_until", "when", "year",
))  # fmt: skip  # read by rows


def told(name: str, value: object) -> str:
    """A detail as the trail's page shows it: telephones masked, what is not :data:`SHOWN` withheld."""
    if name not in SHOWN:
        return str(_("（从略）"))
    return without_phones(str(value))


class TrailTable(Table):
    """Who wrote what, when."""

    number = tables.Column(verbose_name=_("序号"))
    at = tables.DateTimeColumn(verbose_name=_("时间"), format="Y-m-d H:i:s")
    actor = tables.Column(verbose_name=_("操作人"))
    act = tables.Column(verbose_name=_("操作"))
    subject = tables.Column(verbose_name=_("对象"))
    detail = tables.Column(verbose_name=_("内容"), orderable=False)

    def render_detail(self, value: dict[str, object]) -> str:
        """The detail without what only those in charge of a firm may see."""
        return "，".join(f"{name}：{told(name, one)}" for name, one in sorted(value.items()) if one not in (None, ""))

    def value_detail(self, value: dict[str, object]) -> str:
        """The same in an export."""
        return self.render_detail(value)

    class Meta(Table.Meta):
        model = Trail
        fields = ("number", "at", "actor", "act", "subject", "detail")
