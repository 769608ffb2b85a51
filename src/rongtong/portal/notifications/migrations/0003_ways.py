"""A channel may be called anything, and its address need not be one of e-mail: the table of channels says what is."""

from __future__ import annotations

from django.db import migrations, models

import rongtong.portal.notifications.ways


def _channel() -> models.CharField[str, str]:
    return models.CharField(choices=rongtong.portal.notifications.ways.choices, max_length=20)


class Migration(migrations.Migration):
    dependencies = [("notifications", "0002_business_day")]

    operations = [
        migrations.AlterField("delivery", "channel", _channel()),
        migrations.AlterField("preference", "channel", _channel()),
        migrations.AlterField("preference", "address", models.CharField(blank=True, max_length=254)),
    ]
