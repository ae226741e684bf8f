"""Markers in every category of one patient's record, to be looked for in everything the house gives out.

A marker is a short word of its own for each field of text about a person; where it turns up, its category
has been told. Attendance is times and numbers: its marker is a number of minutes nothing else has. Medicines
stand in a section of the assessment. Bills are kept by no room yet (`test_bills_are_kept_nowhere`).
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cast import Cast
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from homeground.confidentiality.rules.vocabulary import Category
from homeground.ground import envelope, scope
from homeground.ground.privacy import PrivacyClass
from homeground.ground.sealed_text import SealedText
from homeground.people.roles import Role
from homeground.treatment.actions import private_note
from homeground.treatment.rules.private_note import Kind
from leaks.filling import Filler, coded
from leaks.pdf_words import words

C = Category
MINUTES = 173
"""Attendance is kept as times and numbers: the patient was there for this many, as nothing else is."""
# Where the text of a room belongs, unless a model of it is named below. A new room must choose.
OF_ROOM: dict[str, Category] = {
    "people": C.PRESENCE,
    "confidentiality": C.STAY,
    "chart": C.STAY,
    "placement": C.SCREENING,
    "plan": C.PLAN,
    "timetable": C.APPOINTMENTS,
    "treatment": C.PROGRESS_NOTES,
    "front_door": C.PRESENCE,
}
OF_MODEL: dict[str, Category] = {
    "people.SafeContact": C.CONTACT,
    "people.FormerSafeContact": C.CONTACT,
    "confidentiality.ConfidentialContact": C.CONTACT,
    # Paperwork of a person's rights: says that they are known here, nothing of their care.
    **dict.fromkeys(
        (
            "confidentiality.OutsideRequest",
            "confidentiality.RightsRequest",
            "confidentiality.BreakGlass",
            "confidentiality.LookReview",
            "confidentiality.Restriction",
            "confidentiality.NoticeAcknowledgement",
            "confidentiality.Affected",
            "confidentiality.Representative",
            "confidentiality.RiskAssessment",
        ),
        C.PRESENCE,
    ),
    "placement.Decision": C.LEVEL_OF_CARE,
    "plan.SafetyPlan": C.SAFETY,
    "plan.RiskFinding": C.SAFETY,
    "plan.Assessment": C.DIAGNOSIS,
    "plan.Section": C.DIAGNOSIS,
    "plan.SubstanceUse": C.DIAGNOSIS,
    "plan.DrugTest": C.TEST_RESULTS,
    "plan.DrugResult": C.TEST_RESULTS,
    "plan.Confirmation": C.TEST_RESULTS,
    "plan.Discussion": C.TEST_RESULTS,
    "treatment.PrivateNote": C.COUNSELING_NOTES,
}
# Text about people that is no patient's record, each with the reason.
NO_RECORD = {
    "treatment.SharedPart": "what a group did, in words about nobody; in a person's note it is marked there",
    "people.Account": "a sign-in name of staff and patients alike; says nothing about why",
    "audit.Entry": "the trail: coded facts; why is what staff wrote about their own act",
    "confidentiality.Breach": "an incident of the clinic; its people are named in Affected",
}


@dataclass(frozen=True)
class Marker:
    """A planted word: where it stands, and what is told when it turns up."""

    word: str
    field: str
    category: Category


MEDICINE = Marker("zqmedicineqz", "plan.Section.words of medication", C.MEDICATIONS)
ATTENDED = Marker("173 minutes", "treatment.Attendance.minutes", C.ATTENDANCE)


class Unclassified(Exception):
    """Text about a person in a room that has not said which part of a record it is."""


def category_of(model: type[models.Model]) -> Category | None:
    """Which part of a record the text of a model is; None for what is no patient's record."""
    label, room = model._meta.label, model._meta.app_label
    if label in NO_RECORD:
        return None
    try:
        return OF_MODEL.get(label) or OF_ROOM[room]
    except KeyError:
        raise Unclassified(f"{label}: name its category in tests/leaks/plants.py") from None


def texts() -> list[tuple[type[models.Model], models.Field]]:
    """Every field of free text that tells something about a person."""
    found = []
    for model in apps.get_models():
        if not model.__module__.startswith("homeground."):
            continue
        codes = coded(model)
        for field in model._meta.concrete_fields:
            told = model.privacy.of(field.name) in (PrivacyClass.IDENTIFYING, PrivacyClass.CLINICAL)
            free = isinstance(field, models.TextField | SealedText) or (
                isinstance(field, models.CharField) and not field.choices and (field.max_length or 0) >= 60
            )
            if told and free and field.name not in codes and category_of(model):
                found.append((model, field))
    return found


def furnish(cast: Cast, known: dict[str, Any], at: datetime) -> None:
    """Rows no URL names, but pages show: a rating, a decision against the advice, consents and requests."""
    owns, person = cast.clinic.owns(), cast.patient_episode.patient.person
    counselor = cast.clinic.staff[Role.COUNSELOR]
    by = {"recorded_at": at, "recorded_by_id": counselor.account.pk}

    def add(label: str, **fields: Any) -> None:
        apps.get_model(label).objects.create(**owns, **fields)

    screening = known["screening_id"]
    add("placement.DomainRating", screening_id=screening, domain="withdrawal", rating=2, reason="x")
    add(
        "placement.Decision",
        screening_id=screening,
        recommended="1.5",
        reasons=[],
        level="2.1",
        override_reason="x",
        decided_at=at,
        decided_by=counselor.person,
    )
    for code, told in (("goals", "x"), ("medication", MEDICINE.word)):
        add(
            "plan.Section",
            assessment_id=known["assessment_id"],
            code=code,
            voice="staff",
            words=told,
            saved_at=at,
            saved_by_id=counselor.account.pk,
        )
    _attend(cast, known, at)
    add(
        "confidentiality.Consent",
        person=person,
        kind="treatment",
        text_version="1",
        text_digest="a" * 64,
        method="paper",
        signed_at=at,
        **by,
    )


def _attend(cast: Cast, known: dict[str, Any], at: datetime) -> None:
    """Yesterday the patient was there, for a number of minutes that stands for nothing else."""
    owns, by_id = cast.clinic.owns(), cast.clinic.staff[Role.FACILITATOR].account.pk
    was = apps.get_model("timetable.Appointment").objects.get(pk=known["appointment_id"])
    starts_at, ends_at = at - timedelta(hours=26), at - timedelta(hours=23)
    held = apps.get_model("timetable.Appointment").objects.create(
        **owns, slot=was.slot, slot_on=starts_at.date(), starts_at=starts_at, ends_at=ends_at, made_at=at
    )
    session = apps.get_model("treatment.Session").objects.create(
        **owns, appointment=held, starts_at=starts_at, ends_at=ends_at, taken_at=ends_at, taken_by_id=by_id
    )
    apps.get_model("treatment.Attendance").objects.create(
        **owns,
        session=session,
        patient=cast.patient_episode.patient,
        state="late",
        in_at=ends_at - timedelta(minutes=MINUTES),
        out_at=ends_at,
        minutes=MINUTES,
        marked_at=ends_at,
        marked_by_id=by_id,
    )


def plant(cast: Cast, at: datetime) -> dict[str, Marker]:
    """Write a marker into every text about a person, into a new row where there is none; by their word.

    The cast's clinic holds one patient, so every row about a person is about her; staff keep their names.
    """
    marked = {(model._meta.label, field.name): _word(n, field) for n, (model, field) in enumerate(texts())}
    filler = Filler(cast, cast.clinic.staff[Role.COUNSELOR].person.pk, marked)
    filler.fill(model for model, _field in texts())
    planted: dict[str, Marker] = {}
    for model, field in texts():
        word = marked[model._meta.label, field.name]
        if (model in filler.made and filler.holds(model, field, word)) or _put(cast, model, field, word):
            planted[word] = Marker(word, f"{model._meta.label}.{field.name}", category_of(model))
    planted |= _sealed(cast, at)
    return planted | {each.word: each for each in (MEDICINE, ATTENDED)}


def _word(number: int, field: models.Field) -> str:
    return f"zq{number}qz@example.org" if isinstance(field, models.EmailField) else f"zq{number}qz"


def _put(cast: Cast, model: type[models.Model], field: models.Field, word: str) -> bool:
    """Put a word into every row that is there; False where a row stays as it was signed."""
    staff = [member.person.pk for member in cast.clinic.staff.values()]
    rows = model._base_manager.filter(organization_id=cast.clinic.id)
    if model._meta.label == "people.Person":
        rows = rows.exclude(pk__in=staff)
    elif model._meta.label == "plan.Section":
        rows = rows.exclude(code="medication")
    elif model._meta.label in ("people.SafeContact", "people.FormerSafeContact"):
        rows = rows.exclude(person_id__in=staff)
    try:
        with transaction.atomic():
            if not isinstance(field, SealedText):
                return bool(rows.update(**{field.name: word}))
            for row in rows:
                setattr(row, field.name, word)
                row.save(update_fields=[field.name])
            return bool(rows)
    except (DatabaseError, TypeError):
        return False


def _sealed(cast: Cast, at: datetime) -> dict[str, Marker]:
    """Markers behind seals: a request for help, and a private note of the counselor."""
    found = {}
    author = cast.clinic.staff[Role.COUNSELOR].actor
    with scope.entered(organization_id=cast.clinic.id, account_id=author.account_id):
        request = apps.get_model("front_door.HelpRequest").objects.get()
        key = envelope.key_for(subject_id=request.pk, by=author, at=at)
        for word, column, category in (
            ("zqsealed1qz", "sealed_contact", C.CONTACT),
            ("zqsealed2qz", "sealed_message", C.CONTACT),
        ):
            sealed = key.close(word, table=request._meta.db_table, row=request.pk, column=column)
            type(request).objects.filter(pk=request.pk).update(**{column: sealed})
            found[word] = Marker(word, f"front_door.HelpRequest.{column}", category)
        for word, kind, category in (
            ("zqsealed3qz", Kind.COUNSELING, C.COUNSELING_NOTES),
            ("zqsealed4qz", Kind.PSYCHOTHERAPY, C.PSYCHOTHERAPY_NOTES),
        ):
            private_note.write_private_note(
                patient_id=cast.patient_episode.patient_id,
                kind=kind,
                about_on=at.date(),
                text=word,
                by=author,
                at=at,
            )
            found[word] = Marker(word, "treatment.PrivateNote.sealed_text", category)
    # The letter that furniture received holds its own.
    found["zqsealed5qz"] = Marker("zqsealed5qz", "interop.ReceivedRecord.sealed_content", C.RECEIVED)
    return found


_WORD = re.compile(r"zq\w+?qz(?:@example\.org)?")


_ATTENDED = re.compile(rf"\b{MINUTES // 60} h {MINUTES % 60} min\b|(?<![\w.:/-]){MINUTES}(?![\w.:/-])")


def told_in(text: str, planted: dict[str, Marker]) -> set[Marker]:
    """The markers that stand in a text."""
    found = {planted[word] for word in set(_WORD.findall(text)) if word in planted}
    return found | {ATTENDED} if _ATTENDED.search(text) else found


def said_by(response: Any) -> str:
    """Everything an answer gives out: body, a PDF as its text, headers, cookies."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body.startswith(b"%PDF"):
        body = words(body).encode()
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return f"{body.decode(errors='replace')}\n{headers}\n{response.cookies}"


BEHIND = (
    "audit_entry",
    "ground_outbox",
    "procrastinate_jobs",
    "django_session",
    "ground_cache",
    "interop_release",
    "confidentiality_disclosure",
)
"""Where nothing of a record is written in plain text: trail, messages, jobs, what left and its account."""


def kept(tables: Collection[str], pattern: str) -> list[str]:
    """The tables of these in whose rows, as text, the pattern stands; a sealed column is text in hex."""
    tables = [table for table in tables if table in connection.introspection.table_names()]
    one = "select '{0}' where exists (select from \"{0}\" t where t::text ~ %s)"
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(one.format(t) for t in tables), [pattern] * len(tables))
        return sorted(name for (name,) in cursor.fetchall())
