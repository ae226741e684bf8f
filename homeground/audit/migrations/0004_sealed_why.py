"""What somebody wrote as their reason lies sealed; the hash of an entry covers it as it lies."""

from django.db import migrations, models

from homeground.ground.begun import refuse_if_written

DIGEST = r"""
create or replace function audit_digest(e audit_entry, previous text) returns text
language sql stable as $$
  select encode(sha256(convert_to(jsonb_build_array(
    previous, e.id, e.organization_id, extract(epoch from e.at), e.account_id, e.person_id, e.roles, e.event,
    e.subject_kind, e.subject_id, e.patient_id, e.address, encode(e.why, 'hex'), e.facts, e.number
  )::text, 'UTF8')), 'hex')
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0003_retention"),
    ]

    operations = [
        refuse_if_written("audit_entry"),
        migrations.RemoveField(model_name="entry", name="why"),
        migrations.AddField(
            model_name="entry",
            name="why",
            field=models.BinaryField(blank=True),
        ),
        migrations.RunSQL(DIGEST, migrations.RunSQL.noop),
    ]
