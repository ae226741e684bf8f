from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("timetable", "0009_scenario_changed"),
    ]

    operations = [
        migrations.RemoveField(model_name="wish", name="words"),
        migrations.AddField(
            model_name="wish",
            name="words",
            field=models.BinaryField(blank=True),
        ),
    ]
