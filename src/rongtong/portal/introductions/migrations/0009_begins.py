"""A introduction begins in the first state of its workflow, whatever that is called."""

from __future__ import annotations

from django.db import migrations, models

import rongtong.portal.introductions.models


class Migration(migrations.Migration):
    dependencies = [("introductions", "0008_limits")]

    operations = [
        migrations.AlterField(
            model_name="introduction",
            name="state",
            field=models.CharField(db_index=True, default=rongtong.portal.introductions.models.start, max_length=20),
        ),
    ]
