"""One card a person: the note of a session as it stands, beside what attendance and plan say."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, Model, OuterRef, Q, QuerySet, Window
from django.db.models.functions import Coalesce, JSONObject, RowNumber

from homeground.ground import envelope
from homeground.ground.sealed_text import opened_hex, sealed_hex
from homeground.plan import queries as plan
from homeground.program import queries as program
from homeground.treatment.models import (
    Addendum,
    Attendance,
    CoSignature,
    Note,
    SentBack,
    Session,
    SharedPart,
    Signature,
)
from homeground.treatment.rules.drafter import draft
from homeground.treatment.rules.guards import Card
from homeground.treatment.rules.name_guard import Named
from homeground.treatment.rules.participation import (
    Engagement,
    NextStep,
    Objective,
    Participation,
    Progress,
    Pronoun,
    Response,
    Risk,
    Skill,
    SkillLevel,
)
from homeground.treatment.rules.signing import NoteKind
from homeground.treatment.rules.similarity import Written
from homeground.treatment.rules.vocabulary import AWAY, State

SEEN_SINCE = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody on a sheet that was taken, with the times that count for them."""

    patient_id: UUID
    given: str = field(repr=False)
    family: str = field(repr=False)
    called: str = field(repr=False)
    state: State
    in_at: datetime | None
    out_at: datetime | None
    minutes: int
    version: int

    @property
    def name(self) -> str:
        """What staff call them."""
        return f"{self.called or self.given} {self.family}".strip()

    @property
    def first_name(self) -> str:
        """How a note speaks of them."""
        return self.called or self.given

    @property
    def names(self) -> tuple[str, ...]:
        """All their names."""
        return tuple(each for each in (self.given, self.family, self.called) if each)

    @property
    def away(self) -> bool:
        """Whether they were not there: no note is written then (check D09)."""
        return self.state in AWAY


@dataclass(frozen=True, slots=True)
class SheetTaken:
    """A sheet that was taken: the session held, who was there, and what its notes share."""

    session_id: UUID
    starts_at: datetime
    ends_at: datetime
    breaks: tuple[tuple[datetime, datetime], ...]
    kind: NoteKind
    group_topic: str
    pack: str
    zone: str
    shared: SharedPart | None
    people: tuple[Attendee, ...]

    @property
    def topic(self) -> str:
        """What the session was about: as written, else as the group's topic says."""
        return (self.shared.topic if self.shared else "") or self.group_topic

    @property
    def there(self) -> tuple[Attendee, ...]:
        """Those who were there, by family name."""
        return tuple(person for person in self.people if not person.away)


def sheet_taken(appointment_id: UUID) -> SheetTaken | None:
    """A sheet that was taken and the shared part of its notes; None before. Two statements.

    The second brings the keys of everybody on it and of the clinic: their texts then open without another.
    """
    rows = list(
        Attendance.objects.filter(session__appointment_id=appointment_id)
        .select_related("session", "session__shared_part", "patient__person")
        .annotate(
            pack=Coalesce(
                "session__appointment__slot__group__program__rule_pack",
                "session__appointment__counselor_seat__episode__program__rule_pack",
            ),
            zone=program.zone_of_row(),
            group_kind=F("session__appointment__slot__group__kind"),
            group_topic=F("session__appointment__slot__group__topic"),
        )
        .order_by("patient__person__family_name", "patient__person__given_name", "patient_id")
    )
    if not rows:
        return None
    session = rows[0].session
    envelope.keys_of([*(row.patient_id for row in rows), session.organization_id])
    people = tuple(_attendee(row) for row in rows)
    return SheetTaken(
        session.pk,
        session.starts_at,
        session.ends_at,
        tuple((each.lower, each.upper) for each in session.breaks),
        {None: NoteKind.INDIVIDUAL, "family": NoteKind.FAMILY}.get(rows[0].group_kind, NoteKind.GROUP),
        rows[0].group_topic or "",
        rows[0].pack,
        rows[0].zone,
        _shared_part(session),
        people,
    )


@dataclass(frozen=True, slots=True)
class Signed:
    """A name under a note: whose, with which letters, when."""

    person_id: UUID
    name: str = field(repr=False)
    credential: str
    at: datetime
    remark: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Amended:
    """An addendum: how the note reads from then on, why, and who says so."""

    number: int
    text: str = field(repr=False)
    why: str = field(repr=False)
    name: str = field(repr=False)
    credential: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NoteNow:
    """A note with everybody who signed it, in the order they did, and what was added."""

    row: Note = field(repr=False)
    signatures: tuple[Signed, ...]
    cosignature: Signed | None
    addenda: tuple[Amended, ...]
    asked: tuple[Signed, ...] = ()

    @property
    def sent_back(self) -> Signed | None:
        """What a supervisor asks for and nobody has answered by an addendum; None when nothing."""
        if not self.asked:
            return None
        last = self.asked[-1]
        return None if self.addenda and self.addenda[-1].at > last.at else last

    @property
    def reads(self) -> str:
        """The wording that holds: the last addendum's, else the note's own."""
        return self.addenda[-1].text if self.addenda else self.row.text

    @property
    def waits(self) -> bool:
        """Whether it is signed and still owed a co-signature."""
        return self.row.cosign_owed and self.cosignature is None


def notes_now(rows: QuerySet[Note]) -> list[NoteNow]:
    """These notes with signatures, co-signature, addenda and what was sent back. One statement.

    One more a person whose key was not looked up yet, where something was said beside a note.
    """
    here = OuterRef("pk")
    signed = {"person": "person_id", "name": "name", "credential": "credential", "at": "signed_at"}
    return [
        NoteNow(
            row,
            tuple(_signed(each) for each in row.signed_rows),
            _signed(row.cosigned_rows[0], CoSignature, "remark") if row.cosigned_rows else None,
            tuple(_amended(each) for each in row.added_rows),
            tuple(_signed(each, SentBack, "words") for each in row.asked_rows),
        )
        for row in rows.annotate(
            signed_rows=_rows(Signature.objects.filter(note=here).order_by("signed_at", "id"), **signed),
            cosigned_rows=_rows(
                CoSignature.objects.filter(note=here), id="id", said=sealed_hex("remark"), **signed
            ),
            asked_rows=_rows(
                SentBack.objects.filter(note=here).order_by("sent_at", "id"),
                id="id",
                person="person_id",
                name="name",
                credential="credential",
                at="sent_at",
                said=sealed_hex("words"),
            ),
            added_rows=_rows(
                Addendum.objects.filter(note=here).order_by("number"),
                id="id",
                number="number",
                text=sealed_hex("text"),
                why=sealed_hex("why"),
                name="name",
                credential="credential",
                at="written_at",
            ),
        )
    ]


def participation_of(row: Note) -> Participation:
    """What was marked in a note."""
    return Participation(
        engagement=Engagement(row.engagement) if row.engagement else None,
        responses=tuple(Response(each) for each in row.responses),
        skills=tuple(Skill(each) for each in row.skills),
        skill_level=SkillLevel(row.skill_level) if row.skill_level else None,
        quote=row.quote,
        added=row.added,
        objectives=tuple(str(each) for each in row.objectives),
        progress=Progress(row.progress) if row.progress else None,
        risk=Risk(row.risk) if row.risk else None,
        risk_note=row.risk_note,
        next_steps=tuple(NextStep(each) for each in row.next_steps),
        next_note=row.next_note,
    )


def drafted(row: Note, person: Attendee, topic: str, objectives: Sequence[plan.Objective]) -> str:
    """What the drafter makes of the marks of a note."""
    return draft(
        participation_of(row),
        name=person.first_name,
        pronoun=Pronoun.NAME,
        topic=topic,
        objectives=[Objective(str(each.id), each.words, each.goal) for each in objectives],
    ).text


def as_card(row: Note, person: Attendee, objectives: Sequence[plan.Objective]) -> Card:
    """A note as the guards look at it."""
    return Card(
        str(person.patient_id),
        row.text,
        person.names,
        aims=len(objectives),
        served=tuple(str(each) for each in row.objectives),
        risk=Risk(row.risk) if row.risk else None,
        risk_note=row.risk_note,
        quoted=tuple(
            wording for each in objectives for wording in (each.words.rstrip("."), each.goal.rstrip("."))
        ),
    )


def session_notes(
    session_id: UUID, patient_ids: Collection[UUID], last: int
) -> tuple[dict[UUID, NoteNow], dict[str, tuple[Written, ...]]]:
    """A session's notes by patient, and each patient's last signed ones of others. One statement."""
    order = Window(RowNumber(), partition_by="patient_id", order_by=F("starts_at").desc())
    rows = Note.objects.filter(
        Q(session_id=session_id) | Q(signed_at__isnull=False, patient_id__in=patient_ids)
    )
    # One more than wanted: the session's own note may be among the latest.
    nth = rows.annotate(nth=order).filter(Q(session_id=session_id) | Q(nth__lte=last + 1))
    here: dict[UUID, NoteNow] = {}
    before: dict[str, list[tuple[datetime, Written]]] = {}
    for note in notes_now(nth):
        row = note.row
        if row.session_id == session_id:
            here[row.patient_id] = note
        else:
            found = before.setdefault(str(row.patient_id), [])
            found.append((row.starts_at, Written(str(row.pk), row.text)))
    return here, {
        who: tuple(written for _at, written in sorted(each, key=lambda one: one[0], reverse=True)[:last])
        for who, each in before.items()
    }


def others_of_the_clinic(here: Sequence[Attendee], at: datetime) -> tuple[Named, ...]:
    """Everybody whose name the guard looks for: people of the session, and whom the clinic saw lately.

    One statement.
    """
    present = {person.patient_id for person in here}
    rows = (
        Attendance.objects.filter(session__starts_at__gte=at - SEEN_SINCE)
        .exclude(patient_id__in=present)
        .order_by()
        .values_list(
            "patient_id",
            "patient__person__given_name",
            "patient__person__family_name",
            "patient__person__called",
        )
        .distinct()
    )
    return (
        *(Named(str(each.patient_id), each.given, each.family, each.called) for each in here),
        *(Named(str(who), given, family, called, here=False) for who, given, family, called in rows),
    )


def objectives_on(patient_ids: Collection[UUID], on: date) -> Mapping[UUID, tuple[plan.Objective, ...]]:
    """The objectives of each person's plan in force on a day. One statement."""
    return plan.objectives_of(patient_ids, on)


def _rows(rows: Any, **fields: str | Func) -> Any:
    return ArraySubquery(rows.values_list(JSONObject(**fields)))


def _signed(found: Mapping[str, Any], model: type[Model] = Signature, column: str = "") -> Signed:
    return Signed(
        UUID(found["person"]),
        found["name"],
        found["credential"],
        datetime.fromisoformat(found["at"]),
        opened_hex(model, column, found["said"], row=found["id"]) if column else "",
    )


def _amended(found: Mapping[str, Any]) -> Amended:
    return Amended(
        found["number"],
        opened_hex(Addendum, "text", found["text"], row=found["id"]),
        opened_hex(Addendum, "why", found["why"], row=found["id"]),
        found["name"],
        found["credential"],
        datetime.fromisoformat(found["at"]),
    )


def _shared_part(session: Session) -> SharedPart | None:
    # Loaded with the sheet: no statement.
    found: SharedPart | None = getattr(session, "shared_part", None)
    return found


def _attendee(row: Attendance) -> Attendee:
    person = row.patient.person
    return Attendee(
        row.patient_id,
        person.given_name,
        person.family_name,
        person.called,
        State(row.state),
        row.in_at,
        row.out_at,
        row.minutes,
        row.version,
    )
