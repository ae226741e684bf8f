"""The chain is linked by the database at commit.

Linking at commit keeps the lock on an organization's head for a moment only, and two transactions
that take other locks in between cannot deadlock on it. The functions run as their owner, because the
web role may insert entries and nothing else.
"""

from django.db import migrations

LINK = r"""
create function audit_digest(e audit_entry, previous text) returns text
language sql stable as $$
  select encode(sha256(convert_to(jsonb_build_array(
    previous, e.id, e.organization_id, extract(epoch from e.at), e.account_id, e.person_id, e.roles, e.event,
    e.subject_kind, e.subject_id, e.patient_id, e.address, e.why, e.facts, e.number
  )::text, 'UTF8')), 'hex')
$$;

create function audit_link() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  head audit_head;
  entry audit_entry;
  channel text := current_setting('app.channel', true);
begin
  -- A visitor may add an entry but not read one; an owner without BYPASSRLS is held to that too.
  perform set_config('app.channel', 'inside', true);
  insert into audit_head (organization_id, number, hash) values (new.organization_id, 0, '')
    on conflict (organization_id) do nothing;
  select * into head from audit_head where organization_id = new.organization_id for update;
  entry := new;
  entry.number := head.number + 1;
  entry.hash := audit_digest(entry, head.hash);
  update audit_entry set number = entry.number, previous_hash = head.hash, hash = entry.hash where id = new.id;
  update audit_head set number = entry.number, hash = entry.hash where organization_id = new.organization_id;
  perform set_config('app.channel', coalesce(channel, ''), true);
  return null;
end
$$;

create constraint trigger audit_entry_link after insert on audit_entry
  deferrable initially deferred for each row execute function audit_link();

create function audit_refuse() returns trigger language plpgsql as $$
begin
  if old.number is null and new is distinct from null and tg_op = 'UPDATE' then
    return new;
  end if;
  raise exception 'audit entries are never changed';
end
$$;

create trigger audit_entry_kept before update or delete on audit_entry
  for each row execute function audit_refuse();

do $$ begin
  if exists (select from pg_roles where rolname = 'homeground_app') then
    revoke update, delete, truncate on audit_entry from homeground_app;
    revoke insert, update, delete, truncate on audit_head from homeground_app;
  end if;
end $$;
"""

UNLINK = """
drop trigger audit_entry_kept on audit_entry;
drop function audit_refuse();
drop trigger audit_entry_link on audit_entry;
drop function audit_link();
drop function audit_digest(audit_entry, text);
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(LINK, UNLINK)]
