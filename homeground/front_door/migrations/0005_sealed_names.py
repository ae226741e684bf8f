from django.db import migrations, models

from homeground.ground.begun import refuse_if_written


class Migration(migrations.Migration):
    dependencies = [
        ("front_door", "0004_worry"),
        ("timetable", "0008_what_if"),
    ]

    operations = [
        refuse_if_written("front_door_helprequest"),
        migrations.RemoveConstraint(
            model_name="helprequest",
            name="front_door_request_alias",
        ),
        migrations.RemoveField(model_name="helprequest", name="alias"),
        migrations.AddField(
            model_name="helprequest",
            name="alias",
            field=models.BinaryField(default=b""),
            preserve_default=False,
        ),
        migrations.RemoveField(model_name="helprequest", name="good_hours"),
        migrations.AddField(
            model_name="helprequest",
            name="good_hours",
            field=models.BinaryField(blank=True),
        ),
        migrations.AddConstraint(
            model_name="helprequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("alias", b""), _negated=True), name="front_door_request_alias"
            ),
        ),
    ]
