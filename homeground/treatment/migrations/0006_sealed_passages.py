"""The parts of a signed note stand still with it; what was sent back or discarded is written once."""

from django.db import migrations

KEEP = r"""
create function treatment_keep_passages() returns trigger language plpgsql as $$
declare
  row treatment_passage;
begin
  row := case when tg_op = 'DELETE' then old else new end;
  if exists (select from treatment_note n where n.id = row.note_id and n.signed_at is not null)
    or (tg_op = 'UPDATE' and old.note_id <> new.note_id) then
    raise exception 'a signed note is never changed; write an addendum' using errcode = 'restrict_violation';
  end if;
  return row;
end
$$;

create trigger treatment_passage_kept before insert or update or delete on treatment_passage
  for each row execute function treatment_keep_passages();
create trigger treatment_sentback_kept before update or delete on treatment_sentback
  for each row execute function treatment_keep();
create trigger treatment_discarded_kept before update or delete on treatment_discarded
  for each row execute function treatment_keep();
"""

UNDO = """
drop trigger treatment_passage_kept on treatment_passage;
drop trigger treatment_sentback_kept on treatment_sentback;
drop trigger treatment_discarded_kept on treatment_discarded;
drop function treatment_keep_passages();
"""


class Migration(migrations.Migration):
    dependencies = [("treatment", "0005_note_kinds")]
    operations = [migrations.RunSQL(KEEP, UNDO)]
