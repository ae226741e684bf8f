"""Taking attendance: one sheet, one save, one transaction."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from homeground.audit import actions as audit
from homeground.confidentiality import queries as confidentiality
from homeground.ground.actor import Actor, require_account
from homeground.timetable import queries as timetable
from homeground.treatment.models import Attendance, Outreach, Session
from homeground.treatment.queries.sheet import expected_at, held, kept_mark, planned
from homeground.treatment.rules import sheet as rules
from homeground.treatment.rules.ledger import day_of
from homeground.treatment.rules.sheet import Expected, Held, Mark, Problem, Span
from homeground.treatment.rules.vocabulary import State


class SheetRefused(Exception):
    """Nothing was written. `problems` are all faults; `conflicts` the people whose row somebody else
    changed meanwhile; `times_changed` says the same of the session's own times."""

    def __init__(
        self,
        problems: Sequence[Problem],
        conflicts: Collection[UUID] = frozenset(),
        *,
        times_changed: bool = False,
    ) -> None:
        super().__init__("sheet refused")
        self.problems = tuple(problems)
        self.conflicts = frozenset(conflicts)
        self.times_changed = times_changed


@dataclass(frozen=True, slots=True)
class Taken:
    """What a save did: how many rows it changed, and whether it changed anything at all."""

    session_id: UUID
    rows_changed: int
    changed: bool


def take_attendance(
    *,
    appointment_id: UUID,
    marks: Collection[Mark],
    starts_at: datetime,
    ends_at: datetime,
    breaks: Sequence[tuple[datetime, datetime]],
    by: Actor,
    at: datetime,
    times_seen: tuple[datetime, datetime, Sequence[tuple[datetime, datetime]]] | None = None,
) -> Taken:
    """Save a sheet: what was held, and who was there. Saving the same again changes nothing.

    A row or the times changed by somebody else since the writer saw them are not overwritten; without
    `times_seen` (start, end, breaks) the times are not compared. An absence makes no service but a call
    due on the clinic's day of the session; a corrected mark withdraws the call.
    Raises SheetNotHere, SheetRefused, NotSignedIn. At most twelve statements.
    """
    account = require_account(by)
    typed = _held(starts_at, ends_at, breaks)
    seen = None if times_seen is None else _held(*times_seen)
    with transaction.atomic():
        found = expected_at(appointment_id, by=by)
        book = _Book.opened(found, typed, by=by, account=account, at=at)
        settled = book.settle(marks, typed, seen)
        changes = book.write(settled)
        if changes or book.times_changed:
            book.record(changes)
    return Taken(book.session.pk, len(changes), bool(changes) or book.times_changed)


@dataclass(frozen=True, slots=True)
class _Settled:
    """A sheet nobody objects to."""

    held: Held
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class _Change:
    """A row as it is to be, and the state it had before, empty for a new one."""

    row: Attendance
    was: str


@dataclass(slots=True)
class _Book:
    """One save of one sheet, with what is kept so far."""

    found: timetable.Roster
    by: Actor
    account: UUID
    at: datetime
    session: Session
    rows: Mapping[UUID, Attendance]
    times_changed: bool

    @classmethod
    def opened(
        cls, found: timetable.Roster, typed: Held, *, by: Actor, account: UUID, at: datetime
    ) -> "_Book":
        """Lock what is kept, or begin it: two writers of one sheet follow each other here."""
        session = _locked(found.appointment.id)
        fresh = False
        if session is None:
            session = _begun(found, typed, by=by, account=account, at=at)
            fresh = _added(session)
            if not fresh:
                session = Session.objects.select_for_update().get(appointment_id=found.appointment.id)
        rows = {} if fresh else {row.patient_id: row for row in session.attendances.all()}
        return cls(found, by, account, at, session, rows, times_changed=fresh)

    def settle(self, marks: Collection[Mark], typed: Held, seen: Held | None) -> _Settled:
        """Bring the writer's sheet together with what is kept. Raises SheetRefused with all that is wrong."""
        kept_times = held(self.session)
        times = typed if self.times_changed else rules.merge_times(typed, kept_times, seen)
        kept = {who: kept_mark(row, kept_times.span) for who, row in self.rows.items()}
        merged = rules.merge(marks, kept)
        marked = {mark.patient_id for mark in marks}
        all_marks = merged.marks + tuple(mark for who, mark in kept.items() if who not in marked)
        shown = times or typed
        problems = rules.check_sheet(all_marks, self._expected(all_marks, shown), held=shown, at=self.at)
        if problems or merged.conflicts or times is None:
            raise SheetRefused(problems, merged.conflicts, times_changed=times is None)
        return _Settled(times, all_marks)

    def _expected(self, marks: Iterable[Mark], times: Held) -> Expected:
        """Who may be marked. Someone who left the roster keeps the row they have."""
        people = {person.patient_id: person.person_id for person in self.found.people}
        there = [people[mark.patient_id] for mark in marks if not mark.away and mark.patient_id in people]
        until = min(self.at, max(times.span.starts_at, times.span.ends_at))
        consents = confidentiality.treatment_consents(there, until) if there else frozenset()
        left = self.rows.keys() - people.keys()
        return Expected(
            people=frozenset(people) | left,
            consented=frozenset(who for who, person in people.items() if person in consents) | left,
            planned=planned(self.found.appointment).span,
            cancelled=bool(self.found.appointment.cancelled),
        )

    def write(self, settled: _Settled) -> list[_Change]:
        """Write what differs from what is kept, and nothing else."""
        if held(self.session) != settled.held:
            self._write_times(settled.held)
        changes = list(self._changes(settled))
        if changes:
            Attendance.objects.bulk_create(
                [change.row for change in changes],
                update_conflicts=True,
                unique_fields=["session", "patient"],
                update_fields=["state", "in_at", "out_at", "minutes", "version", "marked_at", "marked_by_id"],
            )
            self._write_calls(changes, settled.held)
            if not self.times_changed:
                Session.objects.filter(pk=self.session.pk).update(taken_at=self.at, taken_by_id=self.account)
        return changes

    def _write_times(self, times: Held) -> None:
        self.times_changed = True
        Session.objects.filter(pk=self.session.pk).update(
            starts_at=times.span.starts_at,
            ends_at=times.span.ends_at,
            breaks=_ranges(times),
            taken_at=self.at,
            taken_by_id=self.account,
        )

    def _changes(self, settled: _Settled) -> Iterator[_Change]:
        for mark in settled.marks:
            there = rules.presence(mark, settled.held)
            row = self.rows.get(mark.patient_id)
            now = (mark.state.value, there.in_at, there.out_at, there.minutes)
            if row is not None and (row.state, row.in_at, row.out_at, row.minutes) == now:
                continue
            new = Attendance(
                organization_id=self.by.organization_id,
                session=self.session,
                patient_id=mark.patient_id,
                state=mark.state.value,
                in_at=there.in_at,
                out_at=there.out_at,
                minutes=there.minutes,
                marked_at=self.at,
                marked_by_id=self.account,
            )
            if row is not None:
                new.pk, new.version = row.pk, row.version + 1
            yield _Change(new, "" if row is None else row.state)

    def _write_calls(self, changes: Iterable[_Change], times: Held) -> None:
        """A call for everyone newly absent; the call of a corrected mark is withdrawn (check D09).

        An excused absence owes none: the clinic knows why.
        """
        turned = [change for change in changes if State.ABSENT in (change.row.state, change.was)]
        calls = [change.row for change in turned if change.row.state != change.was]
        if not calls:
            return
        due_on = day_of(times.span.starts_at, ZoneInfo(self.found.zone))
        Outreach.objects.bulk_create(
            [
                Outreach(
                    organization_id=self.by.organization_id,
                    patient_id=row.patient_id,
                    attendance=row,
                    due_on=due_on,
                    opened_at=self.at,
                    withdrawn_at=None if row.state == State.ABSENT else self.at,
                )
                for row in calls
            ],
            update_conflicts=True,
            unique_fields=["attendance"],
            update_fields=["withdrawn_at"],
        )

    def record(self, changes: Sequence[_Change]) -> None:
        """One entry for the sheet, one for each person whose row changed."""
        notes = [
            audit.Note(
                "treatment.attendance.taken",
                "session",
                self.session.pk,
                facts={"rows": len(changes), "times": self.times_changed},
            )
        ]
        notes += [
            audit.Note(
                "treatment.attendance.marked",
                "attendance",
                change.row.pk,
                change.row.patient_id,
                {"state": change.row.state, "was": change.was, "minutes": change.row.minutes},
            )
            for change in changes
        ]
        audit.record_all(notes=notes, by=self.by, at=self.at)


def _held(starts_at: datetime, ends_at: datetime, breaks: Sequence[tuple[datetime, datetime]]) -> Held:
    return Held(Span(starts_at, ends_at), tuple(Span(*pause) for pause in breaks))


def _locked(appointment_id: UUID) -> Session | None:
    return Session.objects.select_for_update().filter(appointment_id=appointment_id).first()


def _added(session: Session) -> bool:
    """Keep the first row of a session; False when another writer was faster. Waits for that writer."""
    try:
        with transaction.atomic():
            session.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def _begun(found: timetable.Roster, typed: Held, *, by: Actor, account: UUID, at: datetime) -> Session:
    """The first row of a session. Times that make no sense are refused later; the plan stands in."""
    sound = typed.span.forward and all(pause.forward for pause in typed.breaks)
    times = typed if sound else planned(found.appointment)
    return Session(
        organization_id=by.organization_id,
        appointment_id=found.appointment.id,
        starts_at=times.span.starts_at,
        ends_at=times.span.ends_at,
        breaks=_ranges(times),
        taken_at=at,
        taken_by_id=account,
    )


def _ranges(times: Held) -> list[DateTimeTZRange]:
    return [DateTimeTZRange(pause.starts_at, pause.ends_at) for pause in times.breaks]
