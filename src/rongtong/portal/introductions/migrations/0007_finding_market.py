"""A finding says of which need and of which market it is, apart."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column; what was found before is found anew."""

    dependencies = [("introductions", "0006_met")]
    operations = [
        migrations.AddField("finding", "market", models.CharField(default="", max_length=64)),
    ]
