"""The end of retention: the database itself refuses to remove anything younger than six years."""

import homeground.ground.ids
import homeground.ground.rls
from django.db import migrations, models


PURGE = r"""
create or replace function audit_refuse() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.number is null then
    return new;
  end if;
  if tg_op = 'DELETE' and old.at < now() - interval '6 years' and exists (
    select from audit_purge p where p.organization_id = old.organization_id and p.through >= old.number
  ) then
    return old;
  end if;
  raise exception 'audit entries are never changed';
end
$$;

create function audit_forget(organization uuid, last_number bigint, happened timestamptz) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  link audit_entry;
  removed bigint;
begin
  if exists (
    select from audit_entry e
    where e.organization_id = organization and e.number <= last_number and e.at >= now() - interval '6 years'
  ) then
    raise exception 'audit entries are kept for six years';
  end if;
  select * into strict link from audit_entry e where e.organization_id = organization and e.number = last_number;
  insert into audit_purge (id, organization_id, through, hash, purged_at)
    values (gen_random_uuid(), organization, last_number, link.hash, happened);
  delete from audit_entry e where e.organization_id = organization and e.number <= last_number;
  get diagnostics removed = row_count;
  return removed;
end
$$;

do $$ begin
  if exists (select from pg_roles where rolname = 'homeground_app') then
    revoke insert, update, delete, truncate on audit_purge from homeground_app;
    revoke execute on function audit_forget(uuid, bigint, timestamptz) from public, homeground_app;
  end if;
end $$;
"""

UNPURGE = "drop function audit_forget(uuid, bigint, timestamptz);"


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0002_chain'),
    ]

    operations = [
        migrations.CreateModel(
            name='Purge',
            fields=[
                ('id', models.UUIDField(default=homeground.ground.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('organization_id', models.UUIDField(db_index=True, editable=False)),
                ('through', models.BigIntegerField(help_text='The number of the last entry that was removed')),
                ('hash', models.CharField(max_length=64)),
                ('purged_at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
                'constraints': [homeground.ground.rls.TenantPolicy(name='audit_purge_tenant')],
            },
        ),
        migrations.RunSQL(PURGE, UNPURGE),
    ]
