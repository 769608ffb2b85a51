"""What was withdrawn before anybody outside its firm had read it is discarded, and read by its author alone."""

from __future__ import annotations

from typing import Any

from django.db import migrations

#: What was done last before a posting was withdrawn as a draft, or before its firm had confirmed it.
UNREAD = {"", "hand_in", "return_to_author", "send_back"}


def discard(apps: Any, _schema: Any) -> None:
    """Find them by their steps."""
    for one in apps.get_model("postings", "Posting").objects.filter(state="withdrawn"):
        done: list[str] = list(one.steps.order_by("pk").values_list("transition", flat=True))
        if done[-1:] == ["withdraw"] and (done[-2:-1] or [""])[0] in UNREAD:
            one.steps.filter(transition="withdraw").update(transition="discard")
            one.state = "discarded"
            one.save(update_fields=["state"])


class Migration(migrations.Migration):
    """No column changes."""

    dependencies = [("postings", "0003_wishes_and_excludes")]
    operations = [migrations.RunPython(discard, migrations.RunPython.noop)]
