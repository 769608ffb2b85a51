"""Contacts that were written into other columns of a sign-in sheet are not kept."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from rongtong.portal.contacting import without_contacts


def cut(apps: Any, _schema: Any) -> None:
    """Leave them out of whatever was read as words."""
    for one in apps.get_model("meetings", "Line").objects.all():
        one.name = without_contacts(one.name, "").strip()
        one.need_text, one.note = (without_contacts(told, "…") for told in (one.need_text, one.note))
        one.save(update_fields=["name", "need_text", "note"])


class Migration(migrations.Migration):
    """No column changes."""

    dependencies = [("meetings", "0004_line_firm_index")]
    operations = [migrations.RunPython(cut, migrations.RunPython.noop)]
