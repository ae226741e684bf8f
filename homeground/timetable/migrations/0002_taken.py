"""How many chairs and which counselor hours are taken, for visitors too: see docs/adr/0007.

The function runs with the rights of whoever asks and opens the inside channel for its two counts only.
"""

from django.db import migrations

TAKEN = """
create function timetable_taken(from_on date) returns table (kind text, subject_id uuid, taken integer)
language plpgsql set search_path = public, pg_temp as $$
declare
  clinic uuid := nullif(current_setting('app.organization', true), '')::uuid;
  channel text := coalesce(current_setting('app.channel', true), '');
begin
  perform set_config('app.channel', 'inside', true);
  return query
    select 'group'::text, seat.group_id, count(distinct seat.place)::integer
      from timetable_seat seat
      where seat.organization_id = clinic and (seat.ends_on is null or seat.ends_on > from_on)
      group by seat.group_id
    union all
    select 'hour'::text, seat.hour_id, 1
      from timetable_counselorseat seat
      where seat.organization_id = clinic and (seat.ends_on is null or seat.ends_on > from_on)
      group by seat.hour_id;
  perform set_config('app.channel', channel, true);
end
$$;
revoke all on function timetable_taken(date) from public;
do $$ begin
  if exists (select from pg_roles where rolname = 'homeground_app') then
    grant execute on function timetable_taken(date) to homeground_app;
  end if;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("timetable", "0001_initial")]
    operations = [migrations.RunSQL(TAKEN, "drop function timetable_taken(date)")]
