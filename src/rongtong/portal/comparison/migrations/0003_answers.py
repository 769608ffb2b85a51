from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comparison", "0002_rights"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="comparison",
            name="decided",
        ),
        migrations.AddField(
            model_name="comparison",
            name="stamp",
            field=models.CharField(blank=True, max_length=64),
        ),
    ]
