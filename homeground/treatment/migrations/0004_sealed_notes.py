"""Signed notes stand still: the database refuses to change or delete them, whoever asks."""

from django.db import migrations

KEEP = r"""
create function treatment_keep_signed() returns trigger language plpgsql as $$
begin
  if old.signed_at is null then
    return case when tg_op = 'DELETE' then old else new end;
  end if;
  raise exception 'a signed note is never changed; write an addendum' using errcode = 'restrict_violation';
end
$$;

create function treatment_keep() returns trigger language plpgsql as $$
begin
  raise exception 'what was signed is never changed' using errcode = 'restrict_violation';
end
$$;

create trigger treatment_note_kept before update or delete on treatment_note
  for each row execute function treatment_keep_signed();
create trigger treatment_signature_kept before update or delete on treatment_signature
  for each row execute function treatment_keep();
create trigger treatment_cosignature_kept before update or delete on treatment_cosignature
  for each row execute function treatment_keep();
create trigger treatment_addendum_kept before update or delete on treatment_addendum
  for each row execute function treatment_keep();
create trigger treatment_takeover_kept before update or delete on treatment_takeover
  for each row execute function treatment_keep();
"""

UNDO = """
drop trigger treatment_note_kept on treatment_note;
drop trigger treatment_signature_kept on treatment_signature;
drop trigger treatment_cosignature_kept on treatment_cosignature;
drop trigger treatment_addendum_kept on treatment_addendum;
drop trigger treatment_takeover_kept on treatment_takeover;
drop function treatment_keep();
drop function treatment_keep_signed();
"""


class Migration(migrations.Migration):
    dependencies = [("treatment", "0003_notes")]
    operations = [migrations.RunSQL(KEEP, UNDO)]
