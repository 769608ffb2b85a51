"""A posting begins in the first state of its workflow, whatever that is called."""

from __future__ import annotations

from django.db import migrations, models

import rongtong.portal.postings.models


class Migration(migrations.Migration):
    dependencies = [("postings", "0005_stated")]

    operations = [
        migrations.AlterField(
            model_name="posting",
            name="state",
            field=models.CharField(db_index=True, default=rongtong.portal.postings.models.start, max_length=20),
        ),
    ]
