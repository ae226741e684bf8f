"""Notes beside the groups: contacts, absences followed up, progress, a crisis; a trainee's four."""

import random
import tomllib
from datetime import datetime, time, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from homeground.chart import queries as chart
from homeground.config.demo.clinic import House
from homeground.config.demo.patients import SEED
from homeground.ground.actor import require_account
from homeground.people.models import Person
from homeground.plan import queries as plan
from homeground.treatment.models import CoSignature, Licence, Note, SentBack, Signature, Supervision
from homeground.treatment.queries.note_facts import Fact, as_text
from homeground.treatment.rules import signing
from homeground.treatment.rules.outlines import Part, compose
from homeground.treatment.rules.participation import (
    NextStep,
    Objective,
    Participation,
    Progress,
    Risk,
)
from homeground.treatment.rules.signing import NoteKind

DENVER = ZoneInfo("America/Denver")
TRAINEE, SUPERVISOR = "counselor5", "counselor2"
_TOLD = tomllib.loads((Path(__file__).parent / "single_notes.toml").read_text("utf-8"))
SAID: dict[NoteKind, list[dict[Part, str]]] = {
    NoteKind(kind): [{Part(part): words for part, words in row.items()} for row in rows]
    for kind, rows in _TOLD.items()
}


def write(house: House, at: datetime) -> int:
    """Write and sign notes of the last weeks beside the groups; returns how many there are."""
    chance = random.Random(SEED)
    stays = chart.admitted_on(at.date())
    _stand_behind(house, at)
    aims = plan.objectives_of([stay.patient.patient_id for stay in stays], at.date())
    notes: list[Note] = []
    for number, stay in enumerate(stays):
        author = ("counselor", "counselor2", "counselor4")[number % 3]
        on = at - timedelta(days=6 + number % 15)
        outlook = aims.get(stay.patient.patient_id, ())
        kind, parts, marks = _told(number, chance, [str(each.id) for each in outlook])
        notes.append(_note(house, stay, kind, parts, marks, outlook, author, _in_the_week(on, 15), chance))
    for number, stay in enumerate(stays[:4]):
        parts = SAID[NoteKind.CONTACT][number]
        begun = _in_the_week(at - timedelta(days=4 - number // 2), 11)
        marks = Participation(next_steps=(NextStep.COUNSELOR,))
        note = _note(house, stay, NoteKind.CONTACT, parts, marks, (), TRAINEE, begun, chance)
        note.cosign_owed = True
        notes.append(note)
    Note.objects.bulk_create(notes)
    Signature.objects.bulk_create(_signature(house, note, Signature) for note in notes)
    _supervise(house, notes[-4:], at)
    return len(notes)


def _told(
    number: int, chance: random.Random, aims: list[str]
) -> tuple[NoteKind, dict[Part, str], Participation]:
    """One note by turns: progress, contact, outreach, and for one person a crisis that was met."""
    kind = (NoteKind.PROGRESS, NoteKind.OUTREACH, NoteKind.CONTACT)[number % 3]
    if number == 5:
        told = "A wish not to wake up was said once, no intent; 988 and our number are on the phone"
        return NoteKind.CRISIS, SAID[NoteKind.CRISIS][0], Participation(risk=Risk.CONCERN, risk_note=told)
    parts = SAID[kind][number // 3 % len(SAID[kind])]
    if kind is not NoteKind.PROGRESS:
        return kind, parts, Participation()
    marks = Participation(
        objectives=tuple(aims[:1]),
        progress=chance.choice((Progress.FORWARD, Progress.SAME)),
        risk=Risk.NONE_SEEN,
        next_steps=(NextStep.SUPPORT_PERSON,),
    )
    return kind, parts, marks


def _in_the_week(at: datetime, hour: int) -> datetime:
    """That hour of the day, on the Friday before where the day is of a weekend."""
    on = at.astimezone(DENVER).date()
    return datetime.combine(on - timedelta(days=max(0, on.weekday() - 4)), time(hour), DENVER)


def _note(
    house: House,
    stay: chart.EpisodeFacts,
    kind: NoteKind,
    parts: dict[Part, str],
    marks: Participation,
    aims: tuple[plan.Objective, ...],
    author: str,
    begun: datetime,
    chance: random.Random,
) -> Note:
    staff = house.staff[author]
    account = require_account(staff.actor)
    ended = begun + timedelta(minutes=chance.choice((8, 12, 20, 35)))
    signed = ended + timedelta(minutes=chance.choice((5, 12, 40, 300, 1700)))
    text = compose(
        kind,
        parts,
        marks,
        name=stay.patient.name.split()[0],
        objectives=[Objective(str(each.id), each.words, each.goal) for each in aims],
    )
    since = f"{stay.starts_on:%a} {stay.starts_on.day} {stay.starts_on:%b %Y}"
    return Note(
        organization_id=house.organization_id,
        kind=kind.value,
        patient_id=stay.patient.patient_id,
        starts_at=begun,
        ends_at=ended,
        objectives=[UUID(each) for each in marks.objectives],
        progress=marks.progress or "",
        risk=marks.risk or "",
        risk_note=marks.risk_note,
        next_steps=list(marks.next_steps),
        text=text,
        shared=as_text((Fact("Stay", f"{stay.program_name}, level {stay.level}, since {since}"),)),
        version=3,
        opened_at=begun,
        author=staff.person,
        changed_at=signed,
        changed_by_id=account,
        signed_at=signed,
        signed_by_id=account,
        late=signed > ended + timedelta(hours=24),
    )


def _signature[Row: (Signature, CoSignature, SentBack)](
    house: House, note: Note, kind: type[Row], person: Person | None = None, **fields: object
) -> Row:
    """A name under a note: its author's unless another person is given."""
    who = person or note.author
    actor = next(each.actor for each in house.staff.values() if each.person == who)
    name = f"{who.given_name} {who.family_name}"
    at = note.signed_at
    assert at is not None
    sealed = signing.Sealed(
        note_id=str(note.pk),
        kind=NoteKind(note.kind),
        patient_id=str(note.patient_id),
        starts_at=note.starts_at,
        ends_at=note.ends_at,
        minutes=None,
        shared=note.shared,
        text=note.text,
        objectives=tuple(str(each) for each in note.objectives),
        signer_id=str(who.pk),
        signer=name,
        credential=who.credentials,
        signed_at=at,
    )
    return kind(
        organization_id=house.organization_id,
        note=note,
        person=who,
        account_id=require_account(actor),
        name=name,
        credential=who.credentials,
        digest=signing.digest(sealed),
        **({"signed_at": at} if kind is Signature else fields),
    )


def _stand_behind(house: House, at: datetime) -> None:
    """A trainee has a supervisor; the letters of one facilitator end within the month."""
    owns = {"organization_id": house.organization_id, "recorded_at": at}
    by = require_account(house.by("director"))
    Supervision.objects.create(
        **owns,
        supervisee=house.staff[TRAINEE].person,
        supervisor=house.staff[SUPERVISOR].person,
        starts_on=(at - timedelta(weeks=10)).date(),
        recorded_by_id=by,
    )
    Licence.objects.create(
        **owns,
        person=house.staff["facilitator"].person,
        letters="CAS",
        state="CO",
        ends_on=(at + timedelta(days=21)).date(),
        recorded_by_id=by,
    )


def _supervise(house: House, notes: list[Note], at: datetime) -> None:
    """Of the trainee's four notes one is co-signed, one was sent back, two wait."""
    supervisor = house.staff[SUPERVISOR].person
    soon = at - timedelta(hours=20)
    _signature(house, notes[0], CoSignature, supervisor, signed_at=soon, remark="").save(force_insert=True)
    asked = "Which day was agreed, and who tells the front desk?"
    _signature(house, notes[1], SentBack, supervisor, sent_at=soon, words=asked).save(force_insert=True)
