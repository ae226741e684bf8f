"""What was signed is never changed, whatever bug the application has: see docs/adr/0008.

A version of a plan is frozen from the moment it is offered for signature; an assessment, a safety plan and
a review from the moment they are finished; signatures, results and draws from the start.
"""

from django.db import migrations

FREEZE = r"""
create function plan_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'plan: % is never changed', tg_table_name using errcode = 'integrity_constraint_violation';
end
$$;

create function plan_version_kept() returns trigger language plpgsql as $$
begin
  if old.offered_at is null then
    return case when tg_op = 'DELETE' then old else new end;
  end if;
  if tg_op = 'DELETE'
     or (new.plan_id, new.number, new.why, new.discharge_criteria, new.stay_weeks, new.offered_at, new.digest)
        is distinct from
        (old.plan_id, old.number, old.why, old.discharge_criteria, old.stay_weeks, old.offered_at, old.digest)
     or (old.in_force_at is not null and new.in_force_at is distinct from old.in_force_at)
     or (old.ended_at is not null and new.ended_at is distinct from old.ended_at)
     or (old.dropped_at is not null and new.dropped_at is distinct from old.dropped_at) then
    raise exception 'plan: an offered version is never changed'
      using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end
$$;
create trigger plan_version_kept before update or delete on plan_planversion
  for each row execute function plan_version_kept();

create function plan_content_kept() returns trigger language plpgsql as $$
declare
  row_ jsonb := to_jsonb(case when tg_op = 'DELETE' then old else new end);
  offered timestamptz;
begin
  if tg_table_name in ('plan_part', 'plan_goal') then
    select v.offered_at into offered from plan_planversion v where v.id = (row_->>'version_id')::uuid;
  elsif tg_table_name = 'plan_aim' then
    select v.offered_at into offered from plan_goal g join plan_planversion v on v.id = g.version_id
      where g.id = (row_->>'goal_id')::uuid;
  else
    select v.offered_at into offered from plan_aim a join plan_goal g on g.id = a.goal_id
      join plan_planversion v on v.id = g.version_id where a.id = (row_->>'aim_id')::uuid;
  end if;
  if offered is not null then
    raise exception 'plan: an offered version is never changed'
      using errcode = 'integrity_constraint_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end
$$;
create trigger plan_part_kept before insert or update or delete on plan_part
  for each row execute function plan_content_kept();
create trigger plan_goal_kept before insert or update or delete on plan_goal
  for each row execute function plan_content_kept();
create trigger plan_aim_kept before insert or update or delete on plan_aim
  for each row execute function plan_content_kept();
create trigger plan_intervention_kept before insert or update or delete on plan_intervention
  for each row execute function plan_content_kept();

create trigger plan_assessment_kept before update or delete on plan_assessment
  for each row when (old.signed_at is not null) execute function plan_refuse_change();
create trigger plan_review_kept before update or delete on plan_review
  for each row when (old.closed_at is not null) execute function plan_refuse_change();
create function plan_safety_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or to_jsonb(new) - 'looked_over_at' is distinct from to_jsonb(old) - 'looked_over_at' then
    raise exception 'plan: a finished safety plan is never changed'
      using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end
$$;
create trigger plan_safetyplan_kept before update or delete on plan_safetyplan
  for each row when (old.finished_at is not null) execute function plan_safety_kept();

create trigger plan_signature_kept before update or delete on plan_signature
  for each row execute function plan_refuse_change();
create trigger plan_refusal_kept before update or delete on plan_refusal
  for each row execute function plan_refuse_change();
create trigger plan_drugresult_kept before update or delete on plan_drugresult
  for each row execute function plan_refuse_change();
create trigger plan_draw_kept before update or delete on plan_draw
  for each row execute function plan_refuse_change();
create trigger plan_drawentry_kept before update or delete on plan_drawentry
  for each row execute function plan_refuse_change();
"""

THAW = """
drop trigger plan_version_kept on plan_planversion;
drop trigger plan_part_kept on plan_part;
drop trigger plan_goal_kept on plan_goal;
drop trigger plan_aim_kept on plan_aim;
drop trigger plan_intervention_kept on plan_intervention;
drop trigger plan_assessment_kept on plan_assessment;
drop trigger plan_review_kept on plan_review;
drop trigger plan_safetyplan_kept on plan_safetyplan;
drop trigger plan_signature_kept on plan_signature;
drop trigger plan_refusal_kept on plan_refusal;
drop trigger plan_drugresult_kept on plan_drugresult;
drop trigger plan_draw_kept on plan_draw;
drop trigger plan_drawentry_kept on plan_drawentry;
drop function plan_version_kept();
drop function plan_content_kept();
drop function plan_safety_kept();
drop function plan_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("plan", "0001_initial")]
    operations = [migrations.RunSQL(FREEZE, THAW)]
