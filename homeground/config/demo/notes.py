"""Twelve weeks of notes: drafted from marks that grow with the weeks, signed the same evening, mostly."""

import random
from collections import defaultdict
from datetime import datetime, timedelta
from uuid import UUID

from homeground.audit import actions as audit
from homeground.config.demo.clinic import House
from homeground.config.demo.patients import SEED
from homeground.config.demo.sayings import REMARKS, TALKS, TOPICS, Topic
from homeground.ground.actor import require_account
from homeground.people.models import Person
from homeground.plan import queries as plan
from homeground.timetable.models import Booking
from homeground.treatment.models import Attendance, Note, SharedPart, Signature
from homeground.treatment.queries.curriculum import course
from homeground.treatment.queries.workspace import shared_text
from homeground.treatment.rules import signing
from homeground.treatment.rules.drafter import draft
from homeground.treatment.rules.participation import (
    Engagement,
    NextStep,
    Objective,
    Participation,
    Progress,
    Response,
    Risk,
    SkillLevel,
)
from homeground.treatment.rules.vocabulary import AWAY

LEFT_FOR_THE_VISITOR = timedelta(days=4)
EARLY = (
    (Engagement.LISTENED, (Response.RELATED,)),
    (Engagement.INVITED, (Response.AMBIVALENT,)),
    (Engagement.INVITED, ()),
    (Engagement.DRIFTED, (Response.FEEDBACK,)),
    (Engagement.WITHDREW, ()),
)
LATER = (
    (Engagement.ACTIVE, (Response.RELATED, Response.SUPPORTED)),
    (Engagement.ACTIVE, (Response.INSIGHT,)),
    (Engagement.INVITED, (Response.RELATED,)),
    (Engagement.ACTIVE, (Response.FEEDBACK, Response.SUPPORTED)),
    (Engagement.LISTENED, (Response.RELATED,)),
    (Engagement.ACTIVE, (Response.QUESTIONED,)),
)


def write(house: House, at: datetime) -> int:
    """Write and sign the notes of every sheet but those of the last days; returns how many there are."""
    chance = random.Random(SEED)
    leaders = _leaders()
    names = {s.person.pk: (require_account(s.actor), s.person) for s in house.staff.values()}
    notes: list[Note] = []
    signatures: list[Signature] = []
    shared: dict[UUID, SharedPart] = {}
    seen: defaultdict[UUID, int] = defaultdict(int)
    turn: defaultdict[UUID, int] = defaultdict(int)
    rows = list(
        Attendance.objects.filter(session__ends_at__lt=at - LEFT_FOR_THE_VISITOR)
        .exclude(state__in=sorted(AWAY))
        .select_related("session__appointment__slot", "patient__person")
        .order_by("session__starts_at", "session_id", "patient__person__family_name")
    )
    aims = plan.objectives_of({row.patient_id for row in rows}, at.date())
    for row in rows:
        session, slot = row.session, row.session.appointment.slot
        person_id = leaders.get(session.appointment_id)
        if person_id is None or row.minutes == 0:
            continue
        account_id, person = names[person_id]
        if session.pk not in shared and slot is not None:
            next_topic = TOPICS[turn[slot.group_id] % len(TOPICS)]
            turn[slot.group_id] += 1
            shared[session.pk] = _shared(house, row, next_topic, account_id)
        topic = _topic(shared.get(session.pk))
        week, seen[row.patient_id] = seen[row.patient_id] // 3, seen[row.patient_id] + 1
        marks = _marks(chance, topic, week, [str(each.id) for each in aims.get(row.patient_id, ())])
        signed_at = session.ends_at + timedelta(minutes=chance.choice((6, 9, 14, 22, 35, 55, 600)))
        note = _note(house, row, marks, topic, aims.get(row.patient_id, ()), person_id, account_id, signed_at)
        note.shared = shared_text(shared.get(session.pk))
        notes.append(note)
        signatures.append(_signature(note, person, account_id, signed_at))
    SharedPart.objects.bulk_create(shared.values())
    Note.objects.bulk_create(notes, batch_size=500)
    Signature.objects.bulk_create(signatures, batch_size=1000)
    audit.record(
        by=house.by("director"),
        at=at,
        event="treatment.notes.imported",
        subject_kind="organization",
        subject_id=house.organization_id,
        facts={"notes": len(notes)},
    )
    return len(notes)


def _leaders() -> dict[UUID, UUID]:
    rows = Booking.objects.filter(staff__isnull=False, released_at=None)
    return {
        appointment: staff for appointment, staff in rows.values_list("appointment_id", "staff_id") if staff
    }


def _topic(shared: SharedPart | None) -> Topic | None:
    return None if shared is None else next(each for each in TOPICS if each.title == shared.topic)


def _shared(house: House, row: Attendance, topic: Topic, account_id: UUID) -> SharedPart:
    return SharedPart(
        organization_id=house.organization_id,
        session_id=row.session_id,
        topic=topic.title,
        lesson=course().number_of(topic.title),
        method=topic.method,
        text=topic.did,
        changed_at=row.session.ends_at,
        changed_by_id=account_id,
    )


def _marks(chance: random.Random, topic: Topic | None, week: int, aims: list[str]) -> Participation:
    engagement, responses = chance.choice(EARLY if chance.random() > week / 6 else LATER)
    quiet = engagement in (Engagement.WITHDREW, Engagement.DRIFTED)
    level = chance.choice((SkillLevel.TALKED, SkillLevel.PROMPTED)) if week < 4 else SkillLevel.UNAIDED
    return Participation(
        engagement=engagement if topic else None,
        responses=responses if topic else (),
        skills=(topic.skill,) if topic and not quiet else (),
        skill_level=level if topic and not quiet else None,
        quote=chance.choice(topic.quotes) if topic and chance.random() < 0.6 and not quiet else "",
        added=chance.choice(REMARKS if topic else TALKS),
        objectives=tuple(aims[:1]) if chance.random() < 0.5 else tuple(aims[-1:]),
        progress=chance.choice((Progress.FORWARD, Progress.FORWARD, Progress.SAME)) if aims else None,
        risk=Risk.NONE_SEEN if topic else Risk.ASKED_NONE,
        next_steps=(chance.choice((NextStep.PRACTICE, NextStep.EXERCISE, NextStep.SUPPORT_PERSON)),)
        if not quiet
        else (NextStep.COUNSELOR,),
    )


def _note(
    house: House,
    row: Attendance,
    marks: Participation,
    topic: Topic | None,
    aims: tuple[plan.Objective, ...],
    person_id: UUID,
    account_id: UUID,
    signed_at: datetime,
) -> Note:
    person = row.patient.person
    text = draft(
        marks,
        name=person.called or person.given_name,
        topic=topic.title if topic else "",
        objectives=[Objective(str(each.id), each.words, each.goal) for each in aims],
    ).text
    return Note(
        organization_id=house.organization_id,
        kind=signing.NoteKind.GROUP if topic else signing.NoteKind.INDIVIDUAL,
        patient_id=row.patient_id,
        session_id=row.session_id,
        starts_at=row.in_at or row.session.starts_at,
        ends_at=row.out_at or row.session.ends_at,
        minutes=row.minutes,
        engagement=marks.engagement or "",
        responses=list(marks.responses),
        skills=list(marks.skills),
        skill_level=marks.skill_level or "",
        quote=marks.quote,
        added=marks.added,
        objectives=[UUID(each) for each in marks.objectives],
        progress=marks.progress or "",
        risk=marks.risk or "",
        next_steps=list(marks.next_steps),
        text=text,
        version=2,
        opened_at=row.session.ends_at,
        author_id=person_id,
        changed_at=signed_at,
        changed_by_id=account_id,
        signed_at=signed_at,
        signed_by_id=account_id,
    )


def _signature(note: Note, person: Person, account_id: UUID, signed_at: datetime) -> Signature:
    name = f"{person.given_name} {person.family_name}"
    sealed = signing.Sealed(
        note_id=str(note.pk),
        kind=signing.NoteKind(note.kind),
        patient_id=str(note.patient_id),
        starts_at=note.starts_at,
        ends_at=note.ends_at,
        minutes=note.minutes,
        shared=note.shared,
        text=note.text,
        objectives=tuple(str(each) for each in note.objectives),
        signer_id=str(person.pk),
        signer=name,
        credential=person.credentials,
        signed_at=signed_at,
    )
    return Signature(
        organization_id=note.organization_id,
        note=note,
        person=person,
        account_id=account_id,
        name=name,
        credential=person.credentials,
        signed_at=signed_at,
        digest=signing.digest(sealed),
    )
