from django.db import migrations, models

from homeground.ground.begun import refuse_if_written


class Migration(migrations.Migration):
    dependencies = [
        ("timetable", "0009_scenario_changed"),
    ]

    operations = [
        refuse_if_written("timetable_wish"),
        migrations.RemoveField(model_name="wish", name="words"),
        migrations.AddField(
            model_name="wish",
            name="words",
            field=models.BinaryField(blank=True),
        ),
    ]
