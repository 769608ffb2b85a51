"""``rongtong fields``: what the engines can know about a firm."""

from __future__ import annotations

from typing import Any

from rongtong.cli import output
from rongtong.cli.options import AsJson
from rongtong.definitions.catalogue import Field, catalogue
from rongtong.definitions.wording import worded
from rongtong.i18n import _


def run(as_json: AsJson = False) -> None:
    """Print the field catalogue."""
    fields = catalogue().fields.values()
    if as_json:
        output.document({"fields": [as_dict(field) for field in fields]})
    else:
        output.show(output.table([_("编号"), _("名称"), _("种类"), _("单位"), _("含义")], map(line, fields)))


def kind(field: Field) -> str:
    """The kind of a field in words."""
    if field.kind == "list":
        return _("记录清单")
    return _("逐年") if field.per_year else _("单值")


def line(field: Field) -> list[str]:
    """A field as a line for a person."""
    return [field.id, worded(field.label), kind(field), field.stored_unit, worded(field.definition)]


def as_dict(field: Field) -> dict[str, Any]:
    """A field as a JSON object."""
    return {
        "id": field.id,
        "label": field.label,
        "label_en": field.label_en,
        "unit": field.stored_unit or None,
        "kind": field.kind,
        "type": None if field.kind == "list" else field.type,
        "per_year": field.per_year,
        "values": list(field.values),
        "definition": field.definition,
        "source": field.source,
        "sensitivity": field.sensitivity,
        "attributes": [
            {"id": a.id, "label": a.label, "type": a.type, "values": list(a.values)} for a in field.attributes
        ],
        "subsets": [{"id": s.id, "label": s.label, "within": list(s.within)} for s in field.subsets],
    }
