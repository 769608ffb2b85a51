"""Signs are nothing to a search any more: they go from what earlier needs and offers are found by."""

from __future__ import annotations

import re
from typing import Any

from django.db import migrations

SIGNS = re.compile(r"[^\w\n]+|_+")


def without_signs(apps: Any, _editor: Any) -> None:
    """A line a reading stays a line."""
    kind = apps.get_model("postings", "Posting")
    for one in kind.objects.only("found_by").iterator():
        kind.objects.filter(pk=one.pk).update(found_by=SIGNS.sub("", one.found_by))


class Migration(migrations.Migration):
    dependencies = [("postings", "0006_begins")]
    operations = [migrations.RunPython(without_signs, migrations.RunPython.noop)]
