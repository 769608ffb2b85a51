"""What people wrote on a sign-in sheet is cut from the reasons that both sides read."""

from __future__ import annotations

import re
from typing import Any

from django.db import migrations

#: Behind the title of the meeting, in either language.
_WRITTEN = re.compile(r"(?P<met>”(?:见面)?)：.*", re.DOTALL)


def cut(apps: Any, _schema: Any) -> None:
    """Leave day and title."""
    made = apps.get_model("introductions", "Introduction").objects
    for one in made.filter(reasons__icontains="meeting"):
        one.reasons = [
            told | {"text": _WRITTEN.sub(r"\g<met>", told["text"])} if told.get("kind") == "meeting" else told
            for told in one.reasons
        ]
        one.save(update_fields=["reasons"])


class Migration(migrations.Migration):
    """No column changes."""

    dependencies = [("introductions", "0005_file_names")]
    operations = [migrations.RunPython(cut, migrations.RunPython.noop)]
