"""Free texts lie sealed. Text that stands in the columns already would stay plain: then it refuses to run."""

from django.db import migrations, models

from homeground.ground.begun import refuse_if_written


class Migration(migrations.Migration):

    dependencies = [
        ('chart', '0002_discharge'),
        ('people', '0003_notices'),
        ('timetable', '0007_scenarios'),
        ('treatment', '0006_sealed_passages'),
    ]

    operations = [
        refuse_if_written(
            'treatment_note',
            'treatment_sharedpart',
            'treatment_takeover',
        ),
        migrations.RemoveConstraint(
            model_name='addendum',
            name='treatment_addendum_says_why',
        ),
        migrations.RemoveConstraint(
            model_name='discarded',
            name='treatment_discarded_says_why',
        ),
        migrations.RemoveConstraint(
            model_name='note',
            name='treatment_note_signed_says_something',
        ),
        migrations.RemoveConstraint(
            model_name='sentback',
            name='treatment_sentback_says_why',
        ),
        migrations.RemoveConstraint(
            model_name='takeover',
            name='treatment_takeover_says_why',
        ),
        migrations.AddField(
            model_name='sharedpart',
            name='lesson',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='addendum',
            name='text',
            field=models.BinaryField(),
        ),
        migrations.AlterField(
            model_name='addendum',
            name='why',
            field=models.BinaryField(),
        ),
        migrations.AlterField(
            model_name='cosignature',
            name='remark',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='discarded',
            name='why',
            field=models.BinaryField(),
        ),
        migrations.AlterField(
            model_name='note',
            name='added',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='note',
            name='next_note',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='note',
            name='quote',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='note',
            name='risk_note',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='note',
            name='shared',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='note',
            name='text',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='note',
            name='waived',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='passage',
            name='text',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='sentback',
            name='words',
            field=models.BinaryField(),
        ),
        migrations.AlterField(
            model_name='sharedpart',
            name='method',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='sharedpart',
            name='text',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='sharedpart',
            name='topic',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='takeover',
            name='why',
            field=models.BinaryField(),
        ),
        migrations.AddConstraint(
            model_name='addendum',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('text', b''), _negated=True), models.Q(('why', b''), _negated=True)), name='treatment_addendum_says_why'),
        ),
        migrations.AddConstraint(
            model_name='discarded',
            constraint=models.CheckConstraint(condition=models.Q(('why', b''), _negated=True), name='treatment_discarded_says_why'),
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=models.CheckConstraint(condition=models.Q(('signed_at', None), models.Q(('text', b''), _negated=True), _connector='OR'), name='treatment_note_signed_says_something'),
        ),
        migrations.AddConstraint(
            model_name='sentback',
            constraint=models.CheckConstraint(condition=models.Q(('words', b''), _negated=True), name='treatment_sentback_says_why'),
        ),
        migrations.AddConstraint(
            model_name='takeover',
            constraint=models.CheckConstraint(condition=models.Q(('why', b''), _negated=True), name='treatment_takeover_says_why'),
        ),
    ]
