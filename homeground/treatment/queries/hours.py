"""The hours ledger from the database: what each person's weeks add up to."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from homeground.chart import queries as chart
from homeground.ground.periods import Period
from homeground.ground.statement import Statement, one_of
from homeground.program import queries as program
from homeground.program.rules.hours import WeekBounds, population_on, week_bounds
from homeground.timetable import queries as timetable
from homeground.timetable.queries.expected import ExpectedTime, expected_between
from homeground.treatment.models import Attendance, ShortWeek
from homeground.treatment.rules.ledger import (
    Hours,
    LedgerEntry,
    Standing,
    Week,
    counted_minutes,
    day_of,
    week_hours,
    week_of,
)
from homeground.treatment.rules.vocabulary import State

FLOOR_LEVEL = "2.1"


class NotAdmitted(Exception):
    """No such patient here, or no stay that covers the day."""


@dataclass(frozen=True, slots=True)
class Dated:
    """One session of a person as the ledger page lists it. `state` is empty while no sheet was taken."""

    appointment_id: UUID
    name: str
    starts_at: datetime
    state: str
    entry: LedgerEntry


@dataclass(frozen=True, slots=True)
class PatientWeek:
    """A week of one person with its sessions in order of time."""

    hours: Hours
    sessions: tuple[Dated, ...]


@dataclass(frozen=True, slots=True)
class _Measure:
    """How one person's weeks are counted."""

    rules: program.ProgramRules
    born_on: date | None
    level: str

    def weeks(self, on: date, count: int) -> list[Week]:
        """The week of the day and those before it, newest first."""
        weeks = [week_of(on, self.rules.week)]
        while len(weeks) < count:
            weeks.append(weeks[-1].before())
        return weeks

    def bounds(self, on: date) -> WeekBounds:
        """Floor and ceiling of a week; other levels of care than intensive outpatient owe no floor."""
        population = population_on(
            on, born_on=self.born_on, program=self.rules.population, pack=self.rules.pack
        )
        bounds = week_bounds(on, population=population, pack=self.rules.pack)
        return bounds if self.level in ("", FLOOR_LEVEL) else WeekBounds(0, bounds.ceiling)


@dataclass(frozen=True, slots=True)
class Weeks:
    """Weeks by patient id, newest first, and the zone whose days they are made of."""

    zone: ZoneInfo
    of: dict[UUID, tuple[PatientWeek, ...]]


def weeks(stays: Sequence[chart.EpisodeFacts], on: date, *, count: int = 1) -> Weeks:
    """The last `count` weeks of these people, the week of `on` first. Three statements.

    Booked sessions without a mark count as planned, also when their sheet is overdue.
    """
    measures = {stay.patient.patient_id: _Measure(stay.rules, stay.born_on, stay.level) for stay in stays}
    if not measures:
        return Weeks(ZoneInfo("UTC"), {})
    spans = {who: measure.weeks(on, count) for who, measure in measures.items()}
    zone = ZoneInfo(stays[0].rules.zone)
    since = midnight(min(all_weeks[-1].starts_on for all_weeks in spans.values()), zone)
    until = midnight(max(all_weeks[0].ends_on for all_weeks in spans.values()), zone)
    dated = _dated(measures.keys(), since, until, zone)
    reasons = _reasons(measures.keys(), since.date())
    return Weeks(
        zone,
        {
            who: tuple(_patient_week(week, measure, dated[who], reasons[who]) for week in spans[who])
            for who, measure in measures.items()
        },
    )


def _patient_week(
    week: Week, measure: _Measure, dated: Iterable[Dated], reasons: Iterable[tuple[date, str]]
) -> PatientWeek:
    sessions = tuple(sorted((d for d in dated if week.holds(d.entry.on)), key=lambda d: d.starts_at))
    hours = week_hours(
        week,
        (d.entry for d in sessions),
        bounds=measure.bounds(week.starts_on),
        reason=next((reason for first, reason in reasons if week.holds(first)), ""),
    )
    return PatientWeek(hours, sessions)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The moment a day of the clinic begins."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _dated(
    patient_ids: Collection[UUID], since: datetime, until: datetime, zone: ZoneInfo
) -> dict[UUID, list[Dated]]:
    """Everything marked and everything booked but not marked. Two statements."""
    found: defaultdict[UUID, list[Dated]] = defaultdict(list)
    marked = set()
    rows = _MARKED.rows(patient_ids=list(patient_ids), since=since, until=until)
    for who, appointment, name, starts_at, state, minutes, cancelled in rows:
        marked.add((who, appointment))
        entry = LedgerEntry(day_of(starts_at, zone), minutes, _standing(State(state), cancelled is not None))
        found[who].append(Dated(appointment, name or "", starts_at, state, entry))
    for booked in expected_between(patient_ids, since, until):
        if (booked.patient_id, booked.appointment_id) not in marked:
            found[booked.patient_id].append(_to_come(booked, zone))
    return found


_MARKED = Statement(
    lambda patient_ids, since, until: Attendance.objects.filter(
        one_of("patient_id", patient_ids), session__starts_at__gte=since, session__starts_at__lt=until
    ).values_list(
        "patient_id",
        "session__appointment_id",
        "session__appointment__slot__group__name",
        "session__starts_at",
        "state",
        "minutes",
        "session__appointment__cancellation__id",
    )
)


def _standing(state: State, cancelled: bool) -> Standing:
    """A mark as the ledger sees it; an absence from what the clinic cancelled is none (check D21)."""
    if state in (State.ABSENT, State.EXCUSED) and cancelled:
        return Standing.CANCELLED
    return {State.ABSENT: Standing.MISSED, State.EXCUSED: Standing.EXCUSED}.get(state, Standing.ATTENDED)


def _to_come(booked: ExpectedTime, zone: ZoneInfo) -> Dated:
    """A booked session as it would count when the person is there from start to end."""
    session = Period(booked.starts_at, booked.ends_at)
    breaks = (
        [Period(booked.break_starts_at, booked.break_ends_at)]
        if booked.break_starts_at and booked.break_ends_at
        else []
    )
    minutes = counted_minutes(session=session, breaks=breaks, presence=[session])
    entry = LedgerEntry(day_of(booked.starts_at, zone), minutes, Standing.PLANNED)
    return Dated(booked.appointment_id, booked.group, booked.starts_at, "", entry)


def _reasons(patient_ids: Collection[UUID], since: date) -> dict[UUID, list[tuple[date, str]]]:
    found: defaultdict[UUID, list[tuple[date, str]]] = defaultdict(list)
    for who, first, reason in _REASONS.rows(patient_ids=list(patient_ids), since=since):
        found[who].append((first, reason))
    return found


_REASONS = Statement(
    lambda patient_ids, since: (
        ShortWeek.objects.filter(one_of("patient_id", patient_ids), week_starts_on__gte=since)
        .order_by("-week_starts_on")
        .values_list("patient_id", "week_starts_on", "reason")
    )
)


def hours_of(patient_id: UUID, on: date) -> Hours:
    """One patient's week that holds this day. Raises NotAdmitted. Four statements."""
    stay = chart.open_episode(patient_id, on)
    hours = None if stay is None else hours_in(stay, on)
    if hours is None:
        raise NotAdmitted
    return hours


def hours_in(stay: chart.EpisodeFacts, on: date) -> Hours | None:
    """The week of a stay that holds this day, None when the stay begins after it. Three statements."""
    hours = weeks([stay], on).of[stay.patient.patient_id][0].hours
    return hours if hours.week.ends_on > stay.starts_on else None


@dataclass(frozen=True, slots=True)
class Ledger:
    """A patient's weeks, newest first, and what would fit the week that runs when it stays short."""

    patient: chart.PatientName
    program_name: str
    weeks: tuple[PatientWeek, ...]
    make_ups: tuple[timetable.OpenAppointment, ...]


def weeks_of(patient_id: UUID, on: date, *, count: int = 8, at: datetime | None = None) -> Ledger:
    """One patient's last weeks of this stay. Raises NotAdmitted. Four statements, however many weeks.

    With `at` also the sessions from then on that would make up what is missing this week: at most nine more.
    """
    stay = chart.open_episode(patient_id, on)
    if stay is None:
        raise NotAdmitted
    found = weeks([stay], on, count=count)
    # Nobody owes hours for weeks that were over before they came.
    mine = tuple(week for week in found.of[patient_id] if week.hours.week.ends_on > stay.starts_on)
    make_ups: tuple[timetable.OpenAppointment, ...] = ()
    if at is not None and mine and mine[0].hours.short_as_planned:
        end = midnight(mine[0].hours.week.ends_on, found.zone)
        make_ups = timetable.open_for_make_up(patient_id, at, end)
    return Ledger(stay.patient, stay.program_name, mine, make_ups)


@dataclass(frozen=True, slots=True)
class PatientHours:
    """One patient's current week in a list."""

    patient: chart.PatientName
    counselor_id: UUID | None
    hours: Hours


def week_of_everyone(on: date, *, staff_person_id: UUID | None = None) -> tuple[PatientHours, ...]:
    """Every admitted patient's current week by name, or those of one counselor. Four statements."""
    stays = stays_of(on, staff_person_id)
    found = weeks(stays, on).of
    return tuple(
        PatientHours(stay.patient, stay.counselor_id, found[stay.patient.patient_id][0].hours)
        for stay in stays
    )


def stays_of(on: date, staff_person_id: UUID | None) -> list[chart.EpisodeFacts]:
    """Everyone admitted on a day, or those of one counselor, by name. One statement."""
    return [
        stay
        for stay in chart.admitted_on(on)
        if staff_person_id is None or stay.counselor_id == staff_person_id
    ]
