"""What is left to do: people below the floor, calls after an absence, sheets nobody has taken."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F

from homeground.ground.statement import Statement, one_of
from homeground.people import queries as people
from homeground.timetable import queries as timetable
from homeground.timetable.queries.expected import Meeting, group_names, meetings_between
from homeground.treatment.models import Outreach, Session
from homeground.treatment.queries.hours import midnight, stays_of, weeks

SHEETS_BACK = timedelta(days=28)
SHOWN = 100


@dataclass(frozen=True, slots=True)
class BelowFloor:
    """Someone whose week stays below the floor even when they come to everything planned.

    `days_left` counts today. `make_ups` are the sessions that would fit their week, in order of time.
    """

    patient_id: UUID
    name: str
    minutes: int
    planned_minutes: int
    floor: int
    days_left: int
    week_starts_on: date
    make_ups: tuple[timetable.OpenAppointment, ...]

    @property
    def missing(self) -> int:
        """Minutes to make up."""
        return self.floor - self.minutes - self.planned_minutes


def below_floor(
    on: date, *, staff_person_id: UUID | None = None, at: datetime | None = None
) -> tuple[BelowFloor, ...]:
    """Who ends this week below the floor as things stand, the most missing first; of one counselor if given.

    An explained week is left out. Make-ups begin at `at` or later, without it from the start of the day
    on. At most fourteen statements, however many people.
    """
    stays = stays_of(on, staff_person_id)
    found = weeks(stays, on)
    short = [
        (stay, hours)
        for stay in stays
        if (hours := found.of[stay.patient.patient_id][0].hours).short_as_planned and not hours.reason
    ]
    if not short:
        return ()
    start = at or midnight(on, found.zone)
    end = midnight(max(hours.week.ends_on for _stay, hours in short), found.zone)
    open_to = timetable.open_for_make_ups([stay.patient.patient_id for stay, _hours in short], start, end)
    rows = [
        BelowFloor(
            patient_id=stay.patient.patient_id,
            name=stay.patient.name,
            minutes=hours.minutes,
            planned_minutes=hours.planned_minutes,
            floor=hours.floor,
            days_left=hours.week.days_left(on),
            week_starts_on=hours.week.starts_on,
            make_ups=tuple(
                each
                for each in open_to.get(stay.patient.patient_id, ())
                if each.starts_at < midnight(hours.week.ends_on, found.zone)
            ),
        )
        for stay, hours in short
    ]
    return tuple(sorted(rows, key=lambda row: -row.missing))


@dataclass(frozen=True, slots=True)
class CallOwed:
    """A call to make because someone was away, with how that person may be reached without harm."""

    outreach_id: UUID
    patient_id: UUID
    name: str
    due_on: date
    group: str
    starts_at: datetime
    phone: str
    may_leave_message: bool
    may_text: bool
    may_name_us: bool
    good_hours: str


def calls_today(on: date) -> tuple[CallOwed, ...]:
    """Calls due by this day that nobody has made: today's first, then the latest ones. Four statements."""
    rows = _OWED.rows(on=on)
    reach = people.contacts({row["person_id"] for row in rows}) if rows else {}
    # Asked for apart: planning one statement over nine tables takes longer than running both.
    groups = group_names({row["appointment_id"] for row in rows}) if rows else {}
    return tuple(
        _call(row, groups.get(row["appointment_id"], ""), reach.get(row["person_id"], people.Contact()))
        for row in rows
    )


_OWED = Statement(
    lambda on: (
        Outreach.objects.filter(due_on__lte=on, made_at=None, withdrawn_at=None)
        .order_by("-due_on", "opened_at", "id")
        .values(
            "id",
            "patient_id",
            "due_on",
            starts_at=F("attendance__session__starts_at"),
            appointment_id=F("attendance__session__appointment_id"),
            called=F("patient__person__called"),
            given_name=F("patient__person__given_name"),
            family_name=F("patient__person__family_name"),
            person_id=F("patient__person_id"),
        )[:SHOWN]
    )
)


def _call(row: Mapping[str, Any], group: str, reach: people.Contact) -> CallOwed:
    """Who never answered about safe contact allows nothing."""
    return CallOwed(
        outreach_id=row["id"],
        patient_id=row["patient_id"],
        name=f"{row['called'] or row['given_name']} {row['family_name']}".strip(),
        due_on=row["due_on"],
        group=group,
        starts_at=row["starts_at"],
        phone=reach.phone,
        may_leave_message=reach.may_leave_message,
        may_text=reach.may_text,
        may_name_us=reach.may_name_us,
        good_hours=reach.good_hours,
    )


def sheets_due(at: datetime, staff_person_id: UUID | None = None) -> tuple[Meeting, ...]:
    """Meetings of the last four weeks that are over and have no sheet, oldest first. Two statements."""
    over = [
        meeting
        for meeting in meetings_between(at - SHEETS_BACK, at, staff_id=staff_person_id)
        if meeting.ends_at <= at and meeting.people
    ]
    taken = _taken(over)
    return tuple(meeting for meeting in over if meeting.id not in taken)


@dataclass(frozen=True, slots=True)
class SheetOfToday:
    """A meeting of a day and whether its sheet was taken."""

    meeting: Meeting
    taken: bool


def sheets_between(
    start: datetime, end: datetime, staff_person_id: UUID | None = None
) -> tuple[SheetOfToday, ...]:
    """Meetings that begin in this time, with whether each has a sheet. Two statements."""
    meetings = meetings_between(start, end, staff_id=staff_person_id)
    taken = _taken(meetings)
    return tuple(SheetOfToday(meeting, meeting.id in taken) for meeting in meetings)


def _taken(meetings: list[Meeting] | tuple[Meeting, ...]) -> set[UUID]:
    return {id for (id,) in _TAKEN.rows(appointment_ids=[meeting.id for meeting in meetings])}


_TAKEN = Statement(
    lambda appointment_ids: Session.objects.filter(one_of("appointment_id", appointment_ids)).values_list(
        "appointment_id"
    )
)
