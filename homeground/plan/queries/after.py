"""What is owed after a stay has ended, on the same list as what open stays owe."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Value

from homeground.chart import queries as chart
from homeground.plan.models import DischargeSummary, FollowUp
from homeground.plan.queries.due import Due
from homeground.plan.rules.deadlines import Left, after, standing
from homeground.plan.rules.ending import WAYS, Way
from homeground.program import queries as program

LOOKS_BACK = timedelta(days=180)
_CALLED = (Way.UNPLANNED, Way.NOT_REACHED)


def due_after(on: date, at: datetime) -> tuple[Due, ...]:
    """What stays that ended in the last half year still owe, urgent first. Three statements at most."""
    ended = [each for each in chart.ended_since(on - LOOKS_BACK) if each[1].ends_on <= on]
    if not ended:
        return ()
    ids = [stay.id for stay, _how in ended]
    summed = DischargeSummary.objects.filter(episode__in=ids).values_list("episode", Value("summary"))
    called = FollowUp.objects.filter(episode__in=ids).values_list("episode", Value("call"))
    done = set(summed.union(called, all=True))
    calendar, own = program.work_calendar(on), program.pack("us-default")
    found = []
    for stay, how in ended:
        zone = ZoneInfo(stay.rules.zone)
        last_on = how.ends_on - timedelta(days=1)
        left = Left(
            last_on=last_on,
            told_at=max(how.at, datetime.combine(last_on, time(), zone)),
            pack=stay.rules.pack,
            own=own,
            zone=zone,
            unplanned=WAYS[how.reason.value] in _CALLED,
            summed_up=(stay.id, "summary") in done,
            called=(stay.id, "call") in done,
        )
        found += [
            Due(
                patient_id=stay.patient.patient_id,
                episode_id=stay.id,
                name=stay.patient.name,
                counselor_id=stay.counselor_id,
                deadline=each,
                standing=standing(each, on, at),
            )
            for each in after(left, calendar, on)
        ]
    return tuple(sorted(found, key=lambda each: (each.deadline.due_on, each.name, each.deadline.kind)))
