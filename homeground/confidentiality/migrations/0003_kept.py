"""What was signed or has left the house is never changed; what contradicts it is refused.

A revocation before the signature, and an accounting line whose consent had not begun or had ended, are
mistakes of the software, so the database stops them. The web role may add rows and read them.
"""

from django.db import migrations

KEEP = r"""
create function confidentiality_refuse() returns trigger language plpgsql as $$
begin
  raise exception '% is never changed', tg_table_name;
end
$$;

create trigger confidentiality_consent_kept before update or delete on confidentiality_consent
  for each row execute function confidentiality_refuse();
create trigger confidentiality_revocation_kept before update or delete on confidentiality_revocation
  for each row execute function confidentiality_refuse();
create trigger confidentiality_notice_kept before update or delete on confidentiality_noticeacknowledgement
  for each row execute function confidentiality_refuse();
create trigger confidentiality_disclosure_kept before update or delete on confidentiality_disclosure
  for each row execute function confidentiality_refuse();

create function confidentiality_revoked_after() returns trigger language plpgsql as $$
begin
  if exists (select from confidentiality_consent c where c.id = new.consent_id and c.signed_at > new.at) then
    raise exception 'a consent cannot end before it was signed' using errcode = 'check_violation';
  end if;
  return new;
end
$$;

create trigger confidentiality_revocation_after before insert on confidentiality_revocation
  for each row execute function confidentiality_revoked_after();

create function confidentiality_disclosed_within() returns trigger language plpgsql as $$
begin
  if new.consent_id is not null and not exists (
    select from confidentiality_consent c
     where c.id = new.consent_id and c.person_id = new.person_id
       and c.signed_at <= new.at and (c.expires_at is null or c.expires_at > new.at)
       and not exists (
         select from confidentiality_revocation r
          where r.consent_id = c.id and r.at <= new.at and (r.category = '' or r.category = any (new.categories))
       )
  ) then
    raise exception 'the consent does not hold for this disclosure' using errcode = 'check_violation';
  end if;
  return new;
end
$$;

create trigger confidentiality_disclosure_within before insert on confidentiality_disclosure
  for each row execute function confidentiality_disclosed_within();

do $$ begin
  if exists (select from pg_roles where rolname = 'homeground_app') then
    revoke update, delete, truncate on confidentiality_consent, confidentiality_revocation,
      confidentiality_noticeacknowledgement, confidentiality_disclosure from homeground_app;
  end if;
end $$;
"""

UNKEEP = """
drop trigger confidentiality_disclosure_within on confidentiality_disclosure;
drop function confidentiality_disclosed_within();
drop trigger confidentiality_revocation_after on confidentiality_revocation;
drop function confidentiality_revoked_after();
drop trigger confidentiality_consent_kept on confidentiality_consent;
drop trigger confidentiality_revocation_kept on confidentiality_revocation;
drop trigger confidentiality_notice_kept on confidentiality_noticeacknowledgement;
drop trigger confidentiality_disclosure_kept on confidentiality_disclosure;
drop function confidentiality_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("confidentiality", "0002_consents_and_rights")]
    operations = [migrations.RunSQL(KEEP, UNKEEP)]
