"""The attendance sheet of one appointment, as it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from homeground.chart import queries as chart
from homeground.confidentiality import queries as confidentiality
from homeground.ground.actor import Actor
from homeground.ground.statement import Statement
from homeground.people.roles import Role
from homeground.timetable import queries as timetable
from homeground.treatment.models import Attendance, Session
from homeground.treatment.queries.hours import weeks
from homeground.treatment.rules.ledger import Hours, day_of
from homeground.treatment.rules.sheet import Held, Mark, Span, as_typed
from homeground.treatment.rules.vocabulary import State

SEES_EVERY_SHEET = (Role.FRONT_DESK, Role.COUNSELOR, Role.DIRECTOR)


class SheetNotHere(Exception):
    """No such appointment here, or not one this member may open."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A saved mark: what it says, the minutes it counts, when it was made and by which account."""

    mark: Mark
    minutes: int
    marked_at: datetime
    marked_by_id: UUID


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One person of the sheet. `hours` is their week, None for someone without an open stay."""

    patient_id: UUID
    name: str
    by_video: bool
    make_up: bool
    consented: bool
    kept: Kept | None
    hours: Hours | None

    @property
    def mark(self) -> Mark:
        """What the row shows first: the saved mark, else present, or by video for a video seat."""
        if self.kept is not None:
            return self.kept.mark
        return Mark(self.patient_id, State.VIDEO if self.by_video else State.PRESENT)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One appointment's sheet. `saved_at` is None until it was saved once."""

    appointment_id: UUID
    name: str
    topic: str
    leaders: tuple[str, ...]
    space: str
    video: bool
    cancelled: bool
    planned: Span
    held: Held
    saved_at: datetime | None
    rows: tuple[SheetRow, ...]


def expected_at(appointment_id: UUID, *, by: Actor) -> timetable.Roster:
    """The roster of an appointment this member may open: their own for facilitators, else any.

    Raises SheetNotHere. Two statements.
    """
    found = timetable.roster(appointment_id)
    if found is None:
        raise SheetNotHere
    leads = by.person_id in {leader.person_id for leader in found.appointment.leaders}
    if not leads and not by.has(*SEES_EVERY_SHEET):
        raise SheetNotHere
    return found


def planned(found: timetable.AppointmentFacts) -> Held:
    """When the appointment was to begin and end, and its break."""
    pause = (found.break_starts_at, found.break_ends_at)
    return Held(
        Span(found.starts_at, found.ends_at), (Span(pause[0], pause[1]),) if pause[0] and pause[1] else ()
    )


def kept_mark(row: Attendance, span: Span) -> Mark:
    """A saved row as it would be typed."""
    kept = Mark(row.patient_id, State(row.state), row.in_at, row.out_at, based_on=row.version)
    return as_typed(kept, span)


def held(row: Session) -> Held:
    """The times and breaks of a saved session."""
    return Held(
        Span(row.starts_at, row.ends_at), tuple(Span(pause.lower, pause.upper) for pause in row.breaks)
    )


def sheet(appointment_id: UUID, *, zone: str, at: datetime, by: Actor) -> Sheet:
    """The sheet of an appointment for this member. `zone` is the clinic's: its day says which week is shown.

    Raises SheetNotHere. Seven statements, however many people; eight when someone left the roster.
    """
    found = expected_at(appointment_id, by=by)
    facts = found.appointment
    session, marks = _saved(appointment_id)
    was_held = planned(facts) if session is None else held(session)
    on = day_of(was_held.span.starts_at, ZoneInfo(zone))
    return Sheet(
        appointment_id=facts.id,
        name=facts.group,
        topic=facts.topic,
        leaders=tuple(f"{leader.name}, {leader.credentials}".rstrip(", ") for leader in facts.leaders),
        space=facts.space,
        video=facts.video,
        cancelled=bool(facts.cancelled),
        planned=planned(facts).span,
        held=was_held,
        saved_at=None if session is None else session.taken_at,
        rows=_rows(found.people, marks, was_held.span, on=on, at=at),
    )


_MARK = ("patient_id", "state", "in_at", "out_at", "minutes", "version", "marked_at", "marked_by_id")
_HELD = ("starts_at", "ends_at", "breaks", "taken_at")


def _saved(appointment_id: UUID) -> tuple[Session | None, dict[UUID, Attendance]]:
    """What is kept of a sheet: the session, and the marks by patient. One statement."""
    session, marks = None, {}
    for row in _SAVED.rows(appointment_id=appointment_id):
        session = Session(**dict(zip(_HELD, row, strict=False)))
        mark = Attendance(**dict(zip(_MARK, row[len(_HELD) :], strict=True)))
        if mark.patient_id is not None:  # a session that was saved with nobody in it
            marks[mark.patient_id] = mark
    return session, marks


_SAVED = Statement(
    lambda appointment_id: Session.objects.filter(appointment_id=appointment_id).values_list(
        *_HELD, *(f"attendances__{name}" for name in _MARK)
    )
)


def _rows(
    expected: Sequence[timetable.Attendee],
    marks: dict[UUID, Attendance],
    span: Span,
    *,
    on: date,
    at: datetime,
) -> tuple[SheetRow, ...]:
    consents = confidentiality.treatment_consents(
        [person.person_id for person in expected], min(at, span.ends_at)
    )
    people = {person.patient_id for person in expected}
    hours = _hours(people | marks.keys(), on)
    rows = [
        SheetRow(
            patient_id=person.patient_id,
            name=person.name,
            by_video=person.by_video,
            make_up=person.make_up,
            consented=person.person_id in consents,
            kept=_kept(marks.get(person.patient_id), span),
            hours=hours.get(person.patient_id),
        )
        for person in expected
    ]
    left = [who for who in marks if who not in people]
    names = chart.patient_names(left) if left else {}
    rows += [
        SheetRow(
            patient_id=who,
            name=names[who].name,
            by_video=False,
            make_up=False,
            consented=True,
            kept=_kept(marks[who], span),
            hours=hours.get(who),
        )
        for who in left
    ]
    return tuple(rows)


def _kept(row: Attendance | None, span: Span) -> Kept | None:
    if row is None:
        return None
    return Kept(kept_mark(row, span), row.minutes, row.marked_at, row.marked_by_id)


def _hours(patient_ids: set[UUID], on: date) -> dict[UUID, Hours]:
    stays = chart.admitted_on(on, patient_ids)
    return {who: found[0].hours for who, found in weeks(stays, on).of.items()}
