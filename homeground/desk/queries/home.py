from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from homeground.desk.queries.due import DueList, due_list, own_people
from homeground.front_door import queries as front_door
from homeground.ground.actor import Actor
from homeground.people import queries as people
from homeground.people.roles import CLINICIANS, DOOR, SCHEDULING, Role
from homeground.placement.queries import critical as critical_answers
from homeground.timetable import queries as timetable
from homeground.timetable.queries.wishes import WaitingWish, waiting_wishes
from homeground.treatment import queries as treatment
from homeground.treatment.queries.notes import SessionToSign, sessions_to_sign, to_cosign


@dataclass(frozen=True, slots=True)
class Home:
    """The first page of a member of staff: only the parts their role works with are filled.

    None means the part is not theirs; an empty tuple means there is nothing to do in it.
    """

    changed: bool = False
    criticals: tuple[critical_answers.Open, ...] | None = None
    below_floor: tuple[treatment.BelowFloor, ...] | None = None
    due: DueList | None = None
    requests: front_door.Waiting | None = None
    calls: tuple[treatment.CallOwed, ...] | None = None
    sheets: tuple[treatment.Meeting, ...] | None = None
    notes: tuple[SessionToSign, ...] | None = None
    cosign: int = 0
    wishes: tuple[WaitingWish, ...] | None = None
    today: tuple[timetable.AppointmentFacts, ...] | None = None
    groups: tuple[timetable.GroupWithSeats, ...] | None = None


def home(actor: Actor, at: datetime, zone: str) -> Home:
    """What waits for this member of staff now. Constant statements whatever the clinic's size."""
    on = at.astimezone(ZoneInfo(zone)).date()
    midnight = datetime.combine(on, time(), ZoneInfo(zone))
    mine = actor.person_id if actor.has(Role.FACILITATOR) and not actor.has(*CLINICIANS) else None
    attends = actor.has(Role.FACILITATOR, *CLINICIANS)
    return Home(
        changed=actor.person_id is not None and "week" in people.notices_of(actor.person_id),
        criticals=critical_answers.open_criticals() if actor.has(*CLINICIANS) else None,
        below_floor=treatment.below_floor(on, at=at) if actor.has(*CLINICIANS) else None,
        due=due_list(at, zone, own_people(actor)) if actor.has(*CLINICIANS) else None,
        requests=front_door.waiting(at) if actor.has(*DOOR) else None,
        calls=treatment.calls_today(on) if actor.has(*DOOR) else None,
        sheets=treatment.sheets_due(at, staff_person_id=mine) if attends else None,
        notes=_notes(actor, at) if attends else None,
        cosign=len(to_cosign()) if actor.has(*CLINICIANS) else 0,
        wishes=waiting_wishes() if actor.has(*SCHEDULING) else None,
        today=timetable.appointments_between(midnight, midnight + timedelta(days=1), staff_id=mine)
        if attends or actor.has(*SCHEDULING)
        else None,
        groups=timetable.groups_with_seats(on) if actor.has(Role.SCHEDULER, Role.DIRECTOR) else None,
    )


def _notes(actor: Actor, at: datetime) -> tuple[SessionToSign, ...]:
    """A leader's own sessions with notes missing; a director sees what is past its time, of everybody."""
    if actor.has(Role.DIRECTOR):
        return tuple(each for each in sessions_to_sign(at) if each.escalated)
    return sessions_to_sign(at, actor.person_id)
