from django.db import migrations, models

from homeground.ground.begun import refuse_if_written


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_sealed_contacts"),
        ("placement", "0004_known_words"),
    ]

    operations = [
        refuse_if_written(
            "placement_decision",
            "placement_dismissal",
            "placement_disposition",
            "placement_domainrating",
        ),
        migrations.RemoveConstraint(
            model_name="decision",
            name="placement_override_reasoned",
        ),
        migrations.RemoveConstraint(
            model_name="dismissal",
            name="placement_dismissal_reasoned",
        ),
        migrations.RemoveConstraint(
            model_name="disposition",
            name="placement_disposition_reasoned",
        ),
        migrations.RemoveConstraint(
            model_name="domainrating",
            name="placement_rating_reasoned",
        ),
        migrations.RemoveField(model_name="decision", name="override_reason"),
        migrations.AddField(
            model_name="decision",
            name="override_reason",
            field=models.BinaryField(blank=True),
        ),
        migrations.RemoveField(model_name="dismissal", name="done"),
        migrations.AddField(
            model_name="dismissal",
            name="done",
            field=models.BinaryField(default=b""),
            preserve_default=False,
        ),
        migrations.RemoveField(model_name="disposition", name="why_no_plan"),
        migrations.AddField(
            model_name="disposition",
            name="why_no_plan",
            field=models.BinaryField(blank=True),
        ),
        migrations.RemoveField(model_name="domainrating", name="reason"),
        migrations.AddField(
            model_name="domainrating",
            name="reason",
            field=models.BinaryField(default=b""),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("level", models.F("recommended")),
                    models.Q(("override_reason", b""), _negated=True),
                    _connector="OR",
                ),
                name="placement_override_reasoned",
            ),
        ),
        migrations.AddConstraint(
            model_name="dismissal",
            constraint=models.CheckConstraint(
                condition=models.Q(("done", b""), _negated=True), name="placement_dismissal_reasoned"
            ),
        ),
        migrations.AddConstraint(
            model_name="disposition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("safety_plan", "not_now"), _negated=True),
                    models.Q(("why_no_plan", b""), _negated=True),
                    _connector="OR",
                ),
                name="placement_disposition_reasoned",
            ),
        ),
        migrations.AddConstraint(
            model_name="domainrating",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", b""), _negated=True), name="placement_rating_reasoned"
            ),
        ),
    ]
