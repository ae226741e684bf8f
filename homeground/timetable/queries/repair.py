"""Which appointments an absence, a lost room or a closed day touches, and what could be done."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Q

from homeground.people import queries as people
from homeground.program import queries as program
from homeground.timetable.models import Away, Booking, Circumstances, Group, Leading
from homeground.timetable.queries.appointments import (
    TALK,
    AppointmentFacts,
    Roster,
    appointments_between,
    rosters,
)
from homeground.timetable.rules.occurrences import at_clock
from homeground.timetable.rules.repair import Free, Loss, Lost, Repair, Touched, repair

type Taken = dict[UUID, tuple[tuple[datetime, datetime], ...]]


@dataclass(frozen=True, slots=True)
class AwayFacts:
    """Somebody is away from `starts_on` up to and not including `ends_on`."""

    id: UUID
    staff_id: UUID
    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Proposal:
    """A repair with the appointments it speaks of, by id."""

    repair: Repair
    rosters: dict[UUID, Roster]


def proposal(loss: Loss, *, zone: str, at: datetime, leading: Collection[str]) -> Proposal:
    """The best repair of everything that is ahead and needs what was lost.

    `leading` are the roles whose members may lead. At most nine statements, however many are touched.
    """
    start, end = max(at, at_clock(loss.first, time(), zone)), at_clock(loss.until, time(), zone)
    ids = [each.id for each in appointments_between(start, end) if not each.cancelled and _needs(each, loss)]
    touched = {each.appointment.id: each for each in rosters(ids)} if ids else {}
    if not touched:
        return Proposal(Repair((), 0, 0), {})
    absent = {each.staff_id for each in away_between(loss.first, loss.until)} | {loss.subject_id}
    taken = _taken(start, end, except_for=touched)
    staff = [
        Free(each.id, taken["staff"].get(each.id, ()))
        for each in people.staff(leading)
        if each.id not in absent
    ]
    rooms = [
        Free(each.id, taken["space"].get(each.id, ()), each.seats, office=each.kind == "office")
        for each in program.spaces()
        if each.id != loss.subject_id
    ]
    return Proposal(repair(_touched(touched.values(), loss), loss.what, staff, rooms), touched)


def away_between(first: date, until: date) -> tuple[AwayFacts, ...]:
    """Who is away on any day from `first` up to and not including `until`, by day. One statement."""
    rows = Away.objects.filter(withdrawn_at=None, starts_on__lt=until, ends_on__gt=first)
    return tuple(
        AwayFacts(row.pk, row.staff_id, _name(row), row.starts_on, row.ends_on)
        for row in rows.select_related("staff").order_by("starts_on", "id")
    )


def _needs(each: AppointmentFacts, loss: Loss) -> bool:
    if loss.what is Lost.STAFF:
        return any(leader.person_id == loss.subject_id for leader in each.leaders)
    if loss.what is Lost.SPACE:
        return each.space_id == loss.subject_id
    return not each.video


def _taken(start: datetime, end: datetime, *, except_for: Collection[UUID]) -> dict[str, Taken]:
    """When staff and rooms are taken by appointments other than these. One statement."""
    rows = (
        Booking.objects.filter(released_at=None, patient=None, starts_at__lt=end, ends_at__gt=start)
        .exclude(appointment__in=except_for)
        .values_list("staff_id", "space_id", "starts_at", "ends_at")
    )
    found: dict[str, defaultdict[UUID, list[tuple[datetime, datetime]]]] = {
        "staff": defaultdict(list),
        "space": defaultdict(list),
    }
    for staff, space, starts, ends in rows:
        found["staff" if staff else "space"][staff or space].append((starts, ends))
    return {kind: {who: tuple(times) for who, times in each.items()} for kind, each in found.items()}


def _touched(found: Iterable[Roster], loss: Loss) -> list[Touched]:
    """The rosters as the rule sees them. Three statements."""
    found = list(found)
    groups = {each.appointment.group_id for each in found if each.appointment.group_id}
    leads: defaultdict[UUID, list[UUID]] = defaultdict(list)
    known = Leading.objects.filter(group__in=groups).order_by("starts_on", "id")
    for group, staff in known.values_list("group_id", "staff_id"):
        leads[group].append(staff)
    video = set(
        Group.objects.filter(Q(video=True) | Q(video_seats=True), pk__in=groups).values_list("pk", flat=True)
    )
    persons = {person.person_id for each in found for person in each.people}
    can = set(
        Circumstances.objects.filter(person__in=persons, video_possible=True).values_list(
            "person_id", flat=True
        )
    )
    return [_one(each, loss, leads, video, can) for each in found]


def _one(
    each: Roster,
    loss: Loss,
    leads: dict[UUID, list[UUID]],
    video: set[UUID],
    can: set[UUID],
) -> Touched:
    facts = each.appointment
    in_person = [person for person in each.people if not person.by_video]
    return Touched(
        id=facts.id,
        starts_at=facts.starts_at,
        ends_at=facts.ends_at,
        talk=facts.kind == TALK,
        people=len(each.people),
        in_person=len(in_person),
        without_video=sum(person.person_id not in can for person in in_person),
        others=tuple(leader.person_id for leader in facts.leaders if leader.person_id != loss.subject_id)
        if loss.what is Lost.STAFF
        else (),
        leads_group=tuple(leads.get(facts.group_id, ())) if facts.group_id else (),
        may_video=facts.kind == TALK or facts.group_id in video,
    )


def _name(row: Away) -> str:
    return f"{row.staff.called or row.staff.given_name} {row.staff.family_name}".strip()
