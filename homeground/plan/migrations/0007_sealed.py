"""Free texts lie sealed. Text that stands in the columns already would stay plain: then it refuses to run."""

from django.db import migrations, models

EMPTY = """
do $$
declare
  name text;
begin
  foreach name in array array[
    'plan_assessment', 'plan_problem', 'plan_planversion', 'plan_review', 'plan_riskfinding',
    'plan_safetyplan', 'plan_drugtest', 'plan_dischargeplan', 'plan_dischargesummary', 'plan_followup',
    'plan_certification', 'plan_incident'
  ] loop
    if pg_relation_size(name::regclass) > 0 then
      raise exception 'this house was begun before texts were sealed: begin it anew (CHANGELOG.md)';
    end if;
  end loop;
end
$$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('chart', '0002_discharge'),
        ('people', '0004_sealed_contacts'),
        ('plan', '0006_known_words'),
    ]

    operations = [
        migrations.RunSQL(EMPTY, migrations.RunSQL.noop),
        migrations.RemoveConstraint(
            model_name='certification',
            name='plan_certification_signed',
        ),
        migrations.RemoveConstraint(
            model_name='deferral',
            name='plan_deferral_reasoned',
        ),
        migrations.RemoveConstraint(
            model_name='dischargeplan',
            name='plan_discharge_counselor_first',
        ),
        migrations.RemoveConstraint(
            model_name='dischargeplan',
            name='plan_discharge_signed_or_refused',
        ),
        migrations.RemoveConstraint(
            model_name='dischargesummary',
            name='plan_summary_has_words',
        ),
        migrations.RemoveConstraint(
            model_name='incident',
            name='plan_incident_has_words',
        ),
        migrations.RemoveConstraint(
            model_name='incident',
            name='plan_incident_reported_by_someone',
        ),
        migrations.RemoveConstraint(
            model_name='problem',
            name='plan_problem_has_words',
        ),
        migrations.RemoveConstraint(
            model_name='refusal',
            name='plan_refusal_reasoned',
        ),
        migrations.RemoveConstraint(
            model_name='riskfinding',
            name='plan_risk_reasoned',
        ),
        migrations.RemoveConstraint(
            model_name='section',
            name='plan_section_deferred_by_staff',
        ),
        migrations.RemoveConstraint(
            model_name='substanceuse',
            name='plan_substance_once',
        ),
        migrations.AlterField(
            model_name='aim',
            name='measure',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='aim',
            name='words',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='certification',
            name='reason',
            field=models.BinaryField(),
        ),
        migrations.AlterField(
            model_name='deferral',
            name='why',
            field=models.BinaryField(),
        ),
        migrations.AlterField(
            model_name='dischargeplan',
            name='aftercare_with',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='dischargeplan',
            name='keeps_well',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='dischargeplan',
            name='no_aftercare_why',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='dischargeplan',
            name='person_refused',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='dischargeplan',
            name='referrals',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='dischargeplan',
            name='when_hard',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='dischargesummary',
            name='words',
            field=models.BinaryField(),
        ),
        migrations.AlterField(
            model_name='discussion',
            name='person_said',
            field=models.BinaryField(),
        ),
        migrations.AlterField(
            model_name='discussion',
            name='response',
            field=models.BinaryField(),
        ),
        migrations.AlterField(
            model_name='drugresult',
            name='found',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='drugtest',
            name='panel',
            field=models.BinaryField(),
        ),
        migrations.AlterField(
            model_name='followup',
            name='words',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='goal',
            name='words',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='incident',
            name='no_report_why',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='incident',
            name='words',
            field=models.BinaryField(),
        ),
        migrations.AlterField(
            model_name='intervention',
            name='frequency',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='intervention',
            name='who',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='intervention',
            name='words',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='part',
            name='words',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='planversion',
            name='discharge_criteria',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='planversion',
            name='why',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='problem',
            name='words',
            field=models.BinaryField(),
        ),
        migrations.AlterField(
            model_name='progress',
            name='words',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='refusal',
            name='reason',
            field=models.BinaryField(),
        ),
        migrations.AlterField(
            model_name='return',
            name='words',
            field=models.BinaryField(),
        ),
        migrations.AlterField(
            model_name='review',
            name='person_said',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='review',
            name='reasoning',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='riskfinding',
            name='basis',
            field=models.BinaryField(),
        ),
        migrations.AlterField(
            model_name='riskfinding',
            name='without_plan',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='safetyplan',
            name='own_ways',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='safetyplan',
            name='people',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='safetyplan',
            name='places',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='safetyplan',
            name='professionals',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='safetyplan',
            name='safer',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='safetyplan',
            name='signs',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='section',
            name='deferred',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='section',
            name='words',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='substanceuse',
            name='amount',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='substanceuse',
            name='frequency',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='substanceuse',
            name='last_use',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='substanceuse',
            name='route',
            field=models.BinaryField(blank=True),
        ),
        migrations.AlterField(
            model_name='substanceuse',
            name='substance',
            field=models.BinaryField(),
        ),
        migrations.AddConstraint(
            model_name='certification',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', b''), _negated=True), models.Q(('credential', ''), _negated=True)), name='plan_certification_signed'),
        ),
        migrations.AddConstraint(
            model_name='deferral',
            constraint=models.CheckConstraint(condition=models.Q(('why', b''), _negated=True), name='plan_deferral_reasoned'),
        ),
        migrations.AddConstraint(
            model_name='dischargeplan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('person_refused', b''), ('person_signed_at', None)), ('signed_at__isnull', False), _connector='OR'), name='plan_discharge_counselor_first'),
        ),
        migrations.AddConstraint(
            model_name='dischargeplan',
            constraint=models.CheckConstraint(condition=models.Q(('person_signed_at', None), ('person_refused', b''), _connector='OR'), name='plan_discharge_signed_or_refused'),
        ),
        migrations.AddConstraint(
            model_name='dischargesummary',
            constraint=models.CheckConstraint(condition=models.Q(('words', b''), _negated=True), name='plan_summary_has_words'),
        ),
        migrations.AddConstraint(
            model_name='incident',
            constraint=models.CheckConstraint(condition=models.Q(('words', b''), _negated=True), name='plan_incident_has_words'),
        ),
        migrations.AddConstraint(
            model_name='incident',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('no_report_why', b''), ('reported_at', None), ('reported_by', None)), models.Q(('reported_at__isnull', False), ('reported_by__isnull', False)), _connector='OR'), name='plan_incident_reported_by_someone'),
        ),
        migrations.AddConstraint(
            model_name='problem',
            constraint=models.CheckConstraint(condition=models.Q(('words', b''), _negated=True), name='plan_problem_has_words'),
        ),
        migrations.AddConstraint(
            model_name='refusal',
            constraint=models.CheckConstraint(condition=models.Q(('reason', b''), _negated=True), name='plan_refusal_reasoned'),
        ),
        migrations.AddConstraint(
            model_name='riskfinding',
            constraint=models.CheckConstraint(condition=models.Q(('basis', b''), _negated=True), name='plan_risk_reasoned'),
        ),
        migrations.AddConstraint(
            model_name='section',
            constraint=models.CheckConstraint(condition=models.Q(('voice', 'staff'), ('deferred', b''), _connector='OR'), name='plan_section_deferred_by_staff'),
        ),
    ]
