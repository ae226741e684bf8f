"""What a person has to do besides treatment: the week the fit question asks about."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from homeground.ground.periods import Period
from homeground.program import queries as program
from homeground.timetable.calendar_file import Busy, Reading, weekly_pattern
from homeground.timetable.models import Circumstances, NoContact, Obligation
from homeground.timetable.rules.occurrences import Weekly, occurrences
from homeground.timetable.rules.week import GRID, cell_spans, minute, span
from homeground.timetable.solver.week import Span, Week, runs

PATTERN_WEEKS = 4
WEEK = Week.of(GRID)


@dataclass(frozen=True, slots=True)
class ObligationFacts:
    """One obligation, never what it is for. Weekly: `weekday` (0 = Monday), `starts`, `ends` and the days
    between which it holds (`until_on` exclusive). Dated: `starts_at`, `ends_at`. Soft ones may give way."""

    id: UUID
    weekday: int | None
    starts: time | None
    ends: time | None
    from_on: date | None
    until_on: date | None
    starts_at: datetime | None
    ends_at: datetime | None
    hard: bool
    imported: bool


@dataclass(frozen=True, slots=True)
class PersonWeek:
    """A person's typical week. `busy` and `soft` are slots of the 15-minute week and share none."""

    obligations: tuple[ObligationFacts, ...]
    busy: tuple[Span, ...]
    soft: tuple[Span, ...]
    travel_minutes: int
    video: bool
    daypart: str
    dual: bool

    @property
    def painted(self) -> frozenset[tuple[int, int]]:
        """The half-hours that weekly hard obligations touch: what the painter changes."""
        return frozenset(
            (each.weekday, half)
            for each in self.obligations
            if each.hard and each.weekday is not None and each.starts and each.ends
            for half in range(minute(each.starts) // 30, -(-minute(each.ends) // 30))
        )

    @property
    def cells(self) -> frozenset[tuple[int, int]]:
        """The half-hours (weekday, 0 to 47) that hard obligations touch, for the week painter."""
        return frozenset(
            divmod(slot * GRID // 30, 48) for start, end in self.busy for slot in range(start, end)
        )


def busy_of(person_id: UUID, *, on: date) -> PersonWeek:
    """The typical week of a person from a day on. At most three statements.

    A dated obligation belongs to the week when it takes that time in at least half of the next four weeks.
    """
    return busy_of_all([person_id], on=on)[person_id]


def busy_of_all(person_ids: Collection[UUID], *, on: date) -> dict[UUID, PersonWeek]:
    """The typical week of each of these people from a day on. At most three statements for all."""
    rows: dict[UUID, list[Obligation]] = {person: [] for person in person_ids}
    for row in _in_force(Obligation.objects.filter(person__in=person_ids), on):
        rows[row.person_id].append(row)
    at_home = {row.person_id: row for row in Circumstances.objects.filter(person__in=person_ids)}
    zone = next((_zone(row) for own in rows.values() for row in own if row.starts_at), "UTC")
    return {person: _week(rows[person], at_home.get(person), on, zone) for person in person_ids}


def _week(rows: list[Obligation], at_home: Circumstances | None, on: date, zone: str) -> PersonWeek:
    dated = [row for row in rows if row.starts_at]
    hard_cells: frozenset[int] = frozenset()
    soft_cells: frozenset[int] = frozenset()
    if dated:
        pattern = weekly_pattern(_reading(dated, zone), starts_on=on, weeks=PATTERN_WEEKS)
        hard_cells, soft_cells = pattern.hard, pattern.soft
    hard = WEEK.spans([*_weekly_spans(rows, hard=True), *_cell_spans(hard_cells)])
    soft = WEEK.spans([*_weekly_spans(rows, hard=False), *_cell_spans(soft_cells)])
    return PersonWeek(
        obligations=tuple(_facts(row) for row in rows),
        busy=runs(hard),
        soft=runs(soft & ~hard),
        travel_minutes=at_home.travel_minutes if at_home else 0,
        video=at_home.video_possible if at_home else False,
        daypart=at_home.daypart if at_home else "eve",
        dual=at_home.dual if at_home else False,
    )


def hard_times(
    person_ids: Collection[UUID], start: datetime, end: datetime
) -> dict[UUID, tuple[Period, ...]]:
    """Every hard obligation of these people between two moments, as dated times. At most two statements."""
    rows = list(_in_force(Obligation.objects.filter(person__in=person_ids, hard=True), start.date()))
    found: dict[UUID, list[Period]] = {person: [] for person in person_ids}
    if rows:
        zone = _zone(rows[0])
        for row in rows:
            found[row.person_id] += _periods(row, start, end, zone)
    return {person: tuple(periods) for person, periods in found.items()}


@dataclass(frozen=True, slots=True)
class NoContactFacts:
    """A pair of persons who must not meet here, seen from one of them. For clinicians only."""

    id: UUID
    other_id: UUID
    other: str
    recorded_at: datetime


def no_contacts(person_id: UUID) -> tuple[NoContactFacts, ...]:
    """Whom this person must not meet here. For clinicians only. One statement."""
    rows = NoContact.objects.filter(Q(one_id=person_id) | Q(other_id=person_id)).select_related(
        "one", "other"
    )
    found = []
    for row in rows.order_by("recorded_at", "id"):
        other = row.other if row.one_id == person_id else row.one
        name = f"{other.called or other.given_name} {other.family_name}".strip()
        found.append(NoContactFacts(row.pk, other.pk, name, row.recorded_at))
    return tuple(found)


def _in_force(rows: QuerySet[Obligation], on: date) -> QuerySet[Obligation]:
    """Weekly ones that have not ended, dated ones from the day before on (zones differ by hours)."""
    return rows.filter(
        Q(weekday__isnull=False) & (Q(until_on=None) | Q(until_on__gt=on))
        | Q(ends_at__date__gte=on - timedelta(days=1))
    ).order_by("weekday", "starts", "starts_at", "id")


def _weekly_spans(rows: list[Obligation], *, hard: bool) -> Iterator[Span]:
    for row in rows:
        if row.hard is hard and row.weekday is not None and row.starts and row.ends:
            yield span(row.weekday, minute(row.starts), minute(row.ends))


def _cell_spans(cells: frozenset[int]) -> tuple[Span, ...]:
    return cell_spans(divmod(cell, 48) for cell in cells)


def _zone(row: Obligation) -> str:
    house = program.house(row.organization_id)
    return house.zone if house else "UTC"


def _reading(rows: list[Obligation], zone: str) -> Reading:
    there = ZoneInfo(zone)
    busy = tuple(
        Busy(row.starts_at.astimezone(there), row.ends_at.astimezone(there), soft=not row.hard)
        for row in rows
        if row.starts_at and row.ends_at
    )
    return Reading(busy=busy, skipped=())


def _periods(row: Obligation, start: datetime, end: datetime, zone: str) -> Iterator[Period]:
    if row.starts_at and row.ends_at:
        yield Period(row.starts_at, row.ends_at)
        return
    if row.weekday is None or row.starts is None or row.ends is None:
        return
    first = start.astimezone(ZoneInfo(zone)).date() - timedelta(days=1)
    weekly = Weekly(row.weekday, row.starts, row.ends, row.from_on or first, row.until_on)
    for when in occurrences(weekly, first=first, until=end.date() + timedelta(days=2), zone=zone):
        yield Period(when.starts_at, when.ends_at)


def _facts(row: Obligation) -> ObligationFacts:
    return ObligationFacts(
        id=row.pk,
        weekday=row.weekday,
        starts=row.starts,
        ends=row.ends,
        from_on=row.from_on,
        until_on=row.until_on,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        hard=row.hard,
        imported=row.imported,
    )
