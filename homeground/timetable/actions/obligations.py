"""What a person has to do besides treatment: times only, never what for. And who must not meet here."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.ground.actor import Actor, require_account
from homeground.people import queries as people
from homeground.timetable.actions.diary import refusing
from homeground.timetable.calendar_file import Busy
from homeground.timetable.models import Circumstances, NoContact, Obligation
from homeground.timetable.rules.week import GRID, cell_spans, clock, minute, spot

MOST = 3000
DAYPARTS = ("am", "pm", "eve")
FARTHEST_MINUTES = 240


class ObligationNotHere(Exception):
    """No such obligation in the organization in scope."""


class EndsBeforeStart(Exception):
    """An obligation ends after it starts."""


class TooManyObligations(Exception):
    """More obligations than a person can have: the calendar file is not one person's."""


class OutOfReason(Exception):
    """A way of more than four hours, or a part of the day nobody knows."""


class SamePerson(Exception):
    """A person cannot be kept apart from themself."""


class AlreadyApart(Exception):
    """The pair is recorded."""


class PairNotHere(Exception):
    """No such pair in the organization in scope."""


def add_weekly(
    *, person_id: UUID, weekday: int, starts: time, ends: time, hard: bool, by: Actor, at: datetime
) -> UUID:
    """Add a time that repeats every week. Raises PersonNotHere, EndsBeforeStart."""
    if ends <= starts:
        raise EndsBeforeStart
    row = Obligation(organization_id=by.organization_id, weekday=weekday, starts=starts, ends=ends, hard=hard)
    return _add(row, person_id, by, at)


def add_dated(
    *, person_id: UUID, starts_at: datetime, ends_at: datetime, hard: bool, by: Actor, at: datetime
) -> UUID:
    """Add a time on one date. Raises PersonNotHere, EndsBeforeStart."""
    if ends_at <= starts_at:
        raise EndsBeforeStart
    row = Obligation(organization_id=by.organization_id, starts_at=starts_at, ends_at=ends_at, hard=hard)
    return _add(row, person_id, by, at)


def paint_week(*, person_id: UUID, cells: frozenset[tuple[int, int]], by: Actor, at: datetime) -> None:
    """Make the person's weekly hard obligations cover exactly these half-hours (weekday, 0 to 47).

    A day that was not changed keeps its exact times; soft and dated obligations stay. Raises PersonNotHere.
    """
    with transaction.atomic():
        people.require_person(person_id)
        rows = Obligation.objects.select_for_update().filter(
            person_id=person_id, weekday__isnull=False, hard=True
        )
        before = {weekday: _touched(rows, weekday) for weekday in range(7)}
        changed = [day for day in range(7) if before[day] != {cell for cell in cells if cell[0] == day}]
        Obligation.objects.filter(pk__in=[row.pk for row in rows if row.weekday in changed]).delete()
        Obligation.objects.bulk_create(
            Obligation(
                organization_id=by.organization_id,
                person_id=person_id,
                weekday=weekday,
                starts=starts,
                ends=ends,
            )
            for weekday in changed
            for starts, ends in _stretches({cell for cell in cells if cell[0] == weekday})
        )
        _told("timetable.obligations.painted", person_id, by, at, {"days": len(changed)})


def take_calendar(*, person_id: UUID, busy: Sequence[Busy], by: Actor, at: datetime) -> int:
    """Take over the busy times of a calendar file in place of those imported before; returns how many.

    Only start, end and the soft mark are kept. Raises PersonNotHere, TooManyObligations.
    """
    spans = [each for each in busy if each.end > each.start]
    if len(spans) > MOST:
        raise TooManyObligations
    with transaction.atomic():
        people.require_person(person_id)
        Obligation.objects.filter(person_id=person_id, imported=True).delete()
        Obligation.objects.bulk_create(
            Obligation(
                organization_id=by.organization_id,
                person_id=person_id,
                starts_at=each.start,
                ends_at=each.end,
                hard=not each.soft,
                imported=True,
            )
            for each in spans
        )
        _told("timetable.obligations.imported", person_id, by, at, {"count": len(spans)})
    return len(spans)


def remove_obligation(*, obligation_id: UUID, by: Actor, at: datetime) -> UUID:
    """Take an obligation away; returns whose it was. Raises ObligationNotHere."""
    with transaction.atomic():
        row = Obligation.objects.select_for_update().filter(pk=obligation_id).first()
        if row is None:
            raise ObligationNotHere
        row.delete()
        _told("timetable.obligation.removed", row.person_id, by, at)
    return row.person_id


def remove_imported(*, person_id: UUID, by: Actor, at: datetime) -> int:
    """Take away every time that came from a calendar file; returns how many. Raises PersonNotHere."""
    with transaction.atomic():
        people.require_person(person_id)
        gone, _ = Obligation.objects.filter(person_id=person_id, imported=True).delete()
        _told("timetable.obligations.imported_removed", person_id, by, at, {"count": gone})
    return gone


def record_circumstances(
    *,
    person_id: UUID,
    travel_minutes: int,
    video_possible: bool,
    daypart: str,
    dual: bool | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """How far a person travels (minutes one way), whether video is possible, and what part of the day suits.

    `dual` None leaves the mark for co-occurring conditions as it is. Raises PersonNotHere, OutOfReason.
    """
    if not 0 <= travel_minutes <= FARTHEST_MINUTES or daypart not in DAYPARTS:
        raise OutOfReason
    with transaction.atomic():
        people.require_person(person_id)
        values = {"travel_minutes": travel_minutes, "video_possible": video_possible, "daypart": daypart}
        if dual is not None:
            values["dual"] = dual
        Circumstances.objects.update_or_create(
            person_id=person_id,
            defaults=values,
            create_defaults={**values, "organization_id": by.organization_id},
        )
        _told("timetable.circumstances.recorded", person_id, by, at)


def keep_apart(*, one_id: UUID, other_id: UUID, by: Actor, at: datetime) -> UUID:
    """Record two persons who must not meet here. Clinicians only; neither is ever told.

    Raises PersonNotHere, SamePerson, AlreadyApart.
    """
    if one_id == other_id:
        raise SamePerson
    low, high = sorted((one_id, other_id))
    with transaction.atomic():
        people.require_person(low)
        people.require_person(high)
        with refusing({"timetable_no_contact_once": AlreadyApart()}):
            row = NoContact.objects.create(
                organization_id=by.organization_id,
                one_id=low,
                other_id=high,
                recorded_at=at,
                recorded_by_id=require_account(by),
            )
        # Not under a patient's id: who asks for their own trail must not learn of the other.
        audit.record(
            by=by,
            at=at,
            event="timetable.no_contact.recorded",
            subject_kind="no_contact",
            subject_id=row.pk,
        )
    return row.pk


def lift_no_contact(*, pair_id: UUID, by: Actor, at: datetime) -> None:
    """Two persons may meet here again. Clinicians only. Raises PairNotHere."""
    with transaction.atomic():
        gone, _ = NoContact.objects.filter(pk=pair_id).delete()
        if not gone:
            raise PairNotHere
        audit.record(
            by=by,
            at=at,
            event="timetable.no_contact.lifted",
            subject_kind="no_contact",
            subject_id=pair_id,
        )


def _add(row: Obligation, person_id: UUID, by: Actor, at: datetime) -> UUID:
    with transaction.atomic():
        people.require_person(person_id)
        if Obligation.objects.filter(person_id=person_id).count() >= MOST:
            raise TooManyObligations
        row.person_id = person_id
        row.save(force_insert=True)
        _told("timetable.obligation.added", person_id, by, at)
    return row.pk


def _told(
    event: str, person_id: UUID, by: Actor, at: datetime, facts: dict[str, audit.Fact] | None = None
) -> None:
    audit.record(
        by=by,
        at=at,
        event=event,
        subject_kind="person",
        subject_id=person_id,
        # A chart carries the id of its person.
        patient_id=person_id,
        facts=facts,
    )


def _touched(rows: Iterable[Obligation], weekday: int) -> set[tuple[int, int]]:
    """The half-hours a weekday's obligations touch."""
    found = set()
    for row in rows:
        if row.weekday == weekday and row.starts and row.ends:
            first, last = minute(row.starts) // 30, -(-minute(row.ends) // 30)
            found |= {(weekday, half) for half in range(first, last)}
    return found


def _stretches(cells: set[tuple[int, int]]) -> list[tuple[time, time]]:
    return [
        (clock(spot(start)[1]), clock(spot(start)[1] + (end - start) * GRID))
        for start, end in cell_spans(cells)
    ]
