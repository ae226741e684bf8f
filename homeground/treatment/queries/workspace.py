"""The workspace of one session: facts, the shared part once, one card a person, and what the guards say."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from homeground.ground.actor import Actor
from homeground.people import queries as people
from homeground.people.roles import Role
from homeground.plan import queries as plan
from homeground.timetable import queries as timetable
from homeground.treatment.models import Note, SharedPart, Takeover
from homeground.treatment.queries.ageing import ages
from homeground.treatment.queries.cards import (
    Attendee,
    NoteNow,
    SheetTaken,
    as_card,
    objectives_on,
    others_of_the_clinic,
    session_notes,
    sheet_taken,
)
from homeground.treatment.queries.limits import credentials, note_limits
from homeground.treatment.queries.standing import Behind, behind
from homeground.treatment.rules import signing
from homeground.treatment.rules.guards import Checked, check
from homeground.treatment.rules.ledger import day_of
from homeground.treatment.rules.name_guard import guard_of
from homeground.treatment.rules.signing import Decision, NoteKind

SEES_EVERY_NOTE = (Role.COUNSELOR, Role.DIRECTOR)


class WorkspaceNotHere(Exception):
    """No such appointment here, or not one whose notes this member may open."""


@dataclass(frozen=True, slots=True)
class CardNow:
    """One person's card. `note` is None until something was marked; `token` names what the reader saw."""

    person: Attendee
    note: NoteNow | None
    objectives: tuple[plan.Objective, ...] = field(repr=False)
    blank: Note = field(repr=False)

    @property
    def row(self) -> Note:
        """What is kept, or an empty note."""
        return self.blank if self.note is None else self.note.row

    @property
    def signed(self) -> bool:
        """Whether somebody signed it: from then on only addenda."""
        return self.row.signed_at is not None

    def token(self, shared: SharedPart | None) -> str:
        """What a signer saw: versions of the note, the shared part and the mark."""
        note = 0 if self.note is None else self.note.row.version
        return f"{note}.{0 if shared is None else shared.version}.{self.person.version}"


@dataclass(frozen=True, slots=True)
class Workspace:
    """A session's notes as one member may work on them. `sheet` is None before attendance was taken.

    `decision` says whether this member may sign; `writes` whether they may write at all. `leads` are the
    names of who led. `due_at` is the last moment a signature is in time.
    """

    appointment: timetable.AppointmentFacts
    kind: NoteKind
    sheet: SheetTaken | None
    cards: tuple[CardNow, ...]
    checked: Checked
    writes: bool
    decision: Decision
    due_at: datetime | None
    zone: str

    @property
    def away(self) -> tuple[Attendee, ...]:
        """Those who were not there: an absence and an outreach call, never a note."""
        return () if self.sheet is None else tuple(person for person in self.sheet.people if person.away)

    @property
    def unsigned(self) -> tuple[CardNow, ...]:
        """Cards nobody has signed."""
        return tuple(card for card in self.cards if not card.signed)

    @property
    def passing(self) -> tuple[CardNow, ...]:
        """Unsigned cards the guards have nothing to say about."""
        return tuple(card for card in self.unsigned if self.checked.passes(str(card.person.patient_id)))


def workspace(appointment_id: UUID, *, at: datetime, by: Actor) -> Workspace:
    """The notes of an appointment for this member. Raises WorkspaceNotHere.

    At most ten statements, however many people.
    """
    roster = timetable.roster(appointment_id)
    if roster is None or roster.appointment.cancelled:
        raise WorkspaceNotHere
    facts = roster.appointment
    leader = next((each for each in facts.leaders if each.person_id == by.person_id), None)
    took_over = leader is None and _took_over(appointment_id, by)
    if leader is None and not took_over and not by.has(*SEES_EVERY_NOTE):
        raise WorkspaceNotHere
    writes = leader is not None or took_over
    letters = leader.credentials if leader else _letters(by)
    kind = kind_of(facts)
    stands = behind(by.person_id, day_of(at, ZoneInfo(roster.zone))) if by.person_id else Behind()
    decision = signing.may_sign(
        letters,
        kind,
        leads=writes,
        table=credentials(),
        lapsed=stands.lapsed,
        unsupervised=stands.ended,
    )
    sheet = sheet_taken(appointment_id)
    if sheet is None:
        nothing = Checked({}, (), ())
        return Workspace(facts, kind, None, (), nothing, writes, decision, None, roster.zone)
    cards, checked = cards_of(sheet, staff_names(facts), at=at)
    due = ages([(sheet.pack, sheet.ends_at, sheet.zone)])[0].due_at
    return Workspace(facts, kind, sheet, cards, checked, writes, decision, due, sheet.zone)


def cards_of(
    sheet: SheetTaken, staff: tuple[str, ...], *, at: datetime
) -> tuple[tuple[CardNow, ...], Checked]:
    """The cards of everybody who was there, and what the guards say about them. Three statements."""
    on = day_of(sheet.starts_at, ZoneInfo(sheet.zone))
    limits = note_limits(sheet.pack, on)
    ids = [person.patient_id for person in sheet.there]
    notes, before = session_notes(sheet.session_id, ids, limits.last_notes)
    aims = objectives_on(ids, on)
    cards = tuple(
        CardNow(person, notes.get(person.patient_id), aims.get(person.patient_id, ()), Note())
        for person in sheet.there
    )
    checked = check(
        [as_card(card.row, card.person, card.objectives) for card in cards],
        shared=shared_text(sheet.shared),
        earlier=before,
        guard=guard_of(others_of_the_clinic(sheet.people, at)),
        staff=staff,
        limits=limits,
    )
    return cards, checked


def kind_of(facts: timetable.AppointmentFacts) -> NoteKind:
    """Which kind of note an appointment has."""
    return {"talk": NoteKind.INDIVIDUAL, "family": NoteKind.FAMILY}.get(facts.kind, NoteKind.GROUP)


def shared_text(shared: SharedPart | None) -> str:
    """The shared part as one text: what goes under the seal of every note."""
    if shared is None:
        return ""
    head = ". ".join(part.strip().rstrip(".") for part in (shared.topic, shared.method) if part.strip())
    return "\n".join(part for part in (f"{head}." if head else "", shared.text.strip()) if part)


def staff_names(facts: timetable.AppointmentFacts) -> tuple[str, ...]:
    """Names of the leaders may stand in notes."""
    return tuple(part for leader in facts.leaders for part in leader.name.split())


def _took_over(appointment_id: UUID, by: Actor) -> bool:
    if by.person_id is None:
        return False
    return Takeover.objects.filter(appointment_id=appointment_id, person_id=by.person_id).exists()


def _letters(by: Actor) -> str:
    return "" if by.person_id is None else people.person(by.person_id).credentials
