"""One note of no group session, while it is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from homeground.chart import queries as chart
from homeground.ground.actor import Actor
from homeground.people import queries as people
from homeground.plan import queries as plan
from homeground.program import queries as program
from homeground.program.rules.pack import RulePack
from homeground.timetable.queries.caseload import patients_of
from homeground.treatment.models import Discarded, Note, Passage
from homeground.treatment.queries.ageing import ages
from homeground.treatment.queries.cards import (
    NoteNow,
    notes_now,
    objectives_on,
    others_of_the_clinic,
    participation_of,
)
from homeground.treatment.queries.limits import credentials, note_limits
from homeground.treatment.queries.note_facts import Fact, facts_of
from homeground.treatment.queries.notes import NoteNotHere
from homeground.treatment.queries.standing import behind
from homeground.treatment.queries.workspace import SEES_EVERY_NOTE
from homeground.treatment.rules import outlines, signing
from homeground.treatment.rules.guards import Card, Problem, check
from homeground.treatment.rules.ledger import day_of
from homeground.treatment.rules.name_guard import guard_of
from homeground.treatment.rules.outlines import Part
from homeground.treatment.rules.participation import Objective, Risk
from homeground.treatment.rules.signing import Decision, NoteKind
from homeground.treatment.rules.similarity import Written

DEFAULT_PACK = "us-default"


class PatientNotHere(Exception):
    """No such chart here, or not one of this member's people."""


@dataclass(frozen=True, slots=True)
class Single:
    """A note of no group session as one member may work on it. `row` is unsigned or sealed.

    `facts` are filled in by the house; `problems` what the guards say; `due_at` the last moment in time.
    """

    note: NoteNow
    name: str = field(repr=False)
    first_name: str = field(repr=False)
    parts: Mapping[Part, str] = field(repr=False)
    objectives: tuple[plan.Objective, ...] = field(repr=False)
    facts: tuple[Fact, ...] = field(repr=False)
    problems: tuple[Problem, ...]
    writes: bool
    discarded: bool
    decision: Decision
    due_at: datetime
    zone: str

    @property
    def row(self) -> Note:
        """The note's row."""
        return self.note.row

    @property
    def kind(self) -> NoteKind:
        """What the note is about."""
        return NoteKind(self.note.row.kind)

    @property
    def passes(self) -> bool:
        """Whether it can be signed without a further word."""
        return not any(each.blocks or each.asks for each in self.problems)

    @property
    def token(self) -> str:
        """What a signer saw."""
        return f"{self.note.row.version}.0.0"


def may_write_about(patient_id: UUID, by: Actor, on: date) -> str:
    """The name of a person this member may write about. Raises PatientNotHere. Two statements at most.

    Who leads groups writes about the people in them; counselors and directors about everybody.
    """
    name = chart.patient_name(patient_id)
    if name is None or by.person_id is None:
        raise PatientNotHere
    if not by.has(*SEES_EVERY_NOTE) and patient_id not in patients_of(by.person_id, on):
        raise PatientNotHere
    return name.name


def single(note_id: UUID, *, by: Actor, at: datetime) -> Single:
    """One note of no group session. Raises NoteNotHere. At most fourteen statements.

    Only its author writes; counselors and directors may look.
    """
    found = notes_now(Note.objects.filter(pk=note_id, session=None).select_related("patient__person"))
    if not found:
        raise NoteNotHere
    row = found[0].row
    writes = row.author_id == by.person_id
    if not writes and not by.has(*SEES_EVERY_NOTE):
        raise NoteNotHere
    zone, pack, stay = frame(row)
    on = day_of(row.starts_at, zone)
    aims = objectives_on([row.patient_id], on).get(row.patient_id, ())
    parts = parts_of(row)
    person = row.patient.person
    names = tuple(each for each in (person.given_name, person.family_name, person.called) if each)
    author = people.person(row.author_id)
    stands = behind(row.author_id, day_of(at, zone))
    return Single(
        found[0],
        f"{person.called or person.given_name} {person.family_name}".strip(),
        person.called or person.given_name,
        parts,
        aims,
        facts_of(NoteKind(row.kind), row.patient_id, stay, row.ends_at, zone),
        problems(row, names, author.name, parts, aims, pack, at),
        writes,
        Discarded.objects.filter(note=row).exists(),
        signing.may_sign(
            author.credentials,
            NoteKind(row.kind),
            leads=writes,
            table=credentials(),
            lapsed=stands.lapsed,
            unsupervised=stands.ended,
        ),
        ages([(pack.name, row.ends_at, str(zone))])[0].due_at,
        str(zone),
    )


def frame(row: Note) -> tuple[ZoneInfo, RulePack, chart.EpisodeFacts | None]:
    """The zone, the rule pack and the stay a note of no session falls under. Two statements at most."""
    stay = chart.open_episode(row.patient_id, row.starts_at.date())
    if stay is not None:
        return ZoneInfo(stay.rules.zone), stay.rules.pack, stay
    house = program.house(row.organization_id)
    zone = ZoneInfo(house.zone if house else "UTC")
    return zone, program.pack(DEFAULT_PACK), None


def parts_of(row: Note) -> dict[Part, str]:
    """The words under each heading. One statement."""
    return {Part(each.part): each.text for each in Passage.objects.filter(note=row)}


def composed(row: Note, first_name: str, parts: Mapping[Part, str], aims: tuple[plan.Objective, ...]) -> str:
    """The text of a note of no group session from its parts and marks."""
    return outlines.compose(
        NoteKind(row.kind),
        parts,
        participation_of(row),
        name=first_name,
        objectives=[Objective(str(each.id), each.words, each.goal) for each in aims],
    )


def problems(
    row: Note,
    names: tuple[str, ...],
    author: str,
    parts: Mapping[Part, str],
    aims: tuple[plan.Objective, ...],
    pack: RulePack,
    at: datetime,
) -> tuple[Problem, ...]:
    """What the guards say about one note beside the person's last ones. Two statements."""
    kind = NoteKind(row.kind)
    limits = note_limits(pack.name, row.starts_at.date())
    earlier = (
        Note.objects.filter(patient_id=row.patient_id, signed_at__isnull=False)
        .exclude(pk=row.pk)
        .order_by("-starts_at", "-id")
        .only("text")[: limits.last_notes]
    )
    key = str(row.pk)
    card = Card(
        key,
        row.text,
        names,
        aims=len(aims),
        served=tuple(str(each) for each in row.objectives),
        risk=Risk(row.risk) if row.risk else None,
        risk_note=row.risk_note,
        quoted=tuple(words for each in aims for words in (each.words.rstrip("."), each.goal.rstrip("."))),
        linked=kind in outlines.SERVES_AN_OBJECTIVE,
        missing=tuple(part.value for part in outlines.missing(kind, parts)),
        asks_risk=kind in outlines.ASKS_RISK,
    )
    checked = check(
        [card],
        earlier={key: [Written(str(each.pk), each.text, names) for each in earlier]},
        guard=guard_of(others_of_the_clinic((), at)),
        staff=tuple(author.split()),
        limits=limits,
    )
    return checked.cards[key]
