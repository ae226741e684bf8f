from django.db import migrations, models

from homeground.ground.begun import refuse_if_written


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_notices"),
    ]

    operations = [
        refuse_if_written(
            "people_formersafecontact",
            "people_safecontact",
        ),
        migrations.RemoveField(model_name="formersafecontact", name="email"),
        migrations.AddField(
            model_name="formersafecontact",
            name="email",
            field=models.BinaryField(blank=True),
        ),
        migrations.RemoveField(model_name="formersafecontact", name="good_hours"),
        migrations.AddField(
            model_name="formersafecontact",
            name="good_hours",
            field=models.BinaryField(blank=True),
        ),
        migrations.RemoveField(model_name="formersafecontact", name="phone"),
        migrations.AddField(
            model_name="formersafecontact",
            name="phone",
            field=models.BinaryField(blank=True),
        ),
        migrations.RemoveField(model_name="safecontact", name="email"),
        migrations.AddField(
            model_name="safecontact",
            name="email",
            field=models.BinaryField(blank=True),
        ),
        migrations.RemoveField(model_name="safecontact", name="good_hours"),
        migrations.AddField(
            model_name="safecontact",
            name="good_hours",
            field=models.BinaryField(blank=True),
        ),
        migrations.RemoveField(model_name="safecontact", name="phone"),
        migrations.AddField(
            model_name="safecontact",
            name="phone",
            field=models.BinaryField(blank=True),
        ),
    ]
