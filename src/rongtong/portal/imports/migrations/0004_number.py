from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("imports", "0003_contacts"),
    ]

    operations = [
        migrations.AddField(
            model_name="upload",
            name="number",
            field=models.CharField(blank=True, max_length=60, verbose_name="文号"),
        ),
    ]
