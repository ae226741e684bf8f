from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.chart import queries as chart
from homeground.confidentiality import actions as confidentiality
from homeground.confidentiality import queries as confidential
from homeground.confidentiality.rules.asking import Relationship, Request
from homeground.confidentiality.rules.decide import INSIDE
from homeground.confidentiality.rules.labels import label
from homeground.confidentiality.rules.permit import Permit
from homeground.confidentiality.rules.vocabulary import Category
from homeground.ground import envelope
from homeground.ground.actor import Actor, require_account
from homeground.ground.ids import uuid7
from homeground.ground.models import Use
from homeground.ground.visit import House
from homeground.interop.models import Release
from homeground.interop.queries import ReleaseNotHere, papers
from homeground.interop.queries.papers import Apart
from homeground.interop.queries.record import NoChart, assemble, labels
from homeground.interop.rules import packet, typeset
from homeground.interop.rules.letters import NOTE_SECTIONS
from homeground.interop.rules.packet import MEDIA, Content, Format, Kind, Section
from homeground.people import queries as people
from homeground.treatment.actions import private_note
from homeground.treatment.rules.private_note import Kind as NoteKind

_TABLE, _COLUMN = "interop_release", "sealed"
NOTE_CATEGORIES = {
    NoteKind.COUNSELING: Category.COUNSELING_NOTES,
    NoteKind.PSYCHOTHERAPY: Category.PSYCHOTHERAPY_NOTES,
}


@dataclass(frozen=True, slots=True)
class Packet:
    """What is handed over: the bytes, how to name them neutrally, and their digest in the accounting."""

    id: UUID
    body: bytes = field(repr=False)
    media_type: str
    digest: str


class DigestDiffers(Exception):
    """The packet made again is not the one that left: the file or the typesetter was changed."""


@dataclass(frozen=True, slots=True)
class Errand:
    """What shall leave: about whom, asked by whom, as what, to whom. A look and the sending take the same.

    `recipient_address` gives way to the one the person asked for when it goes to them (check F24).
    `confirmed_why` confirms a ground nobody has read in the law yet. `statement` stands before the parts, as
    the circumstances of a report. `about` are the breach of a letter, or the author's own notes.
    """

    person_id: UUID
    request: Request
    kind: Kind
    house: House
    language: str
    recipient: str = field(repr=False)
    relationship: Relationship = Relationship()
    recipient_address: str = field(default="", repr=False)
    confirmed_why: str = field(default="", repr=False)
    outside_request_id: UUID | None = None
    statement: str = field(default="", repr=False)
    about: tuple[UUID, ...] = ()


def release(*, errand: Errand, format: Format, by: Actor, at: datetime) -> Packet:
    """The one way out: decide under a lock, assemble what is permitted, account for it, and hand it over.

    All in one transaction: a revocation that came before stops it, one that comes meanwhile waits. The
    content is kept sealed under the person's own key, so that the same packet can be made again; that of
    notes kept apart under the key of these notes, for their author alone.

    Raises NoChart, TooMuch, and what confidentiality.actions.permit and record_disclosure raise.
    """
    with transaction.atomic():
        errand = _addressed(errand, at)
        permit, content = _assembled(errand, by=by, at=at)
        body = _written(content, format)
        disclosure_id = confidentiality.record_disclosure(
            permit=permit,
            digest=packet.digest(body),
            description=f"{errand.kind.value}: {', '.join(sorted(permit.categories))}",
            recipient=errand.recipient,
            recipient_address=errand.recipient_address,
            by=by,
            at=at,
        )
        row = uuid7()
        subject_id, use = _key(errand.person_id, errand.kind)
        key = envelope.key_for(subject_id=subject_id, use=use, by=by, at=at)
        Release.objects.create(
            id=row,
            organization_id=by.organization_id,
            person_id=errand.person_id,
            disclosure_id=disclosure_id,
            kind=errand.kind.value,
            format=format.value,
            digest=packet.digest(body),
            sealed=key.close(packet.canonical(content), table=_TABLE, row=row, column=_COLUMN),
            made_at=at,
            made_by_id=require_account(by),
        )
    return _packet(row, body, format)


def preview(*, errand: Errand, by: Actor, at: datetime) -> Content:
    """What `release` would hand over, to be looked at by who decides; the Permit ends unused.

    Looking is part of the patient's record. Raises what `release` raises before it accounts.
    """
    with transaction.atomic():
        permit, content = _assembled(_addressed(errand, at), by=by, at=at)
        patient = chart.patient_of_person(permit.person_id)
        audit.record(
            by=by,
            at=at,
            event="interop.preview.read",
            subject_kind="outside_request",
            subject_id=errand.outside_request_id,
            patient_id=patient.patient_id if patient else None,
            facts={"categories": " ".join(sorted(permit.categories))},
        )
    return content


def _addressed(errand: Errand, at: datetime) -> Errand:
    """What goes to the person, or who acts for them, goes where they asked for (check F24)."""
    if errand.request.asker not in INSIDE:
        return errand
    chosen = confidential.confidential_contact(errand.person_id, at).address
    return replace(errand, recipient_address=chosen) if chosen else errand


def _assembled(errand: Errand, *, by: Actor, at: datetime) -> tuple[Permit, Content]:
    patient = chart.patient_of_person(errand.person_id)
    record_labels = labels(patient.patient_id) if patient else ()
    if errand.kind is Kind.COUNSELING_NOTES:
        part2 = any(each.part2 for each in record_labels)
        record_labels = tuple(
            label(each, part2=part2, author_id=by.person_id) for each in errand.request.categories
        )
    permit = confidentiality.permit(
        person_id=errand.person_id,
        request=errand.request,
        labels=record_labels,
        relationship=errand.relationship,
        zone=errand.house.zone,
        confirmed_why=errand.confirmed_why,
        outside_request_id=errand.outside_request_id,
        by=by,
        at=at,
    )
    content = assemble(
        permit,
        kind=errand.kind,
        house=errand.house,
        language=errand.language,
        recipient=errand.recipient,
        recipient_address=errand.recipient_address,
        record_labels=record_labels,
        at=at,
        apart=_apart(errand, permit, by, at),
    )
    return permit, replace(content, text=errand.statement) if errand.statement else content


def _apart(errand: Errand, permit: Permit, by: Actor, at: datetime) -> Apart | None:
    """What a packet says instead of parts of the chart; None for a packet or letter of the chart."""
    language = "es" if errand.language == "es" else "en"
    match errand.kind:
        case Kind.ACCOUNTING:
            return papers.accounting(permit, language, at, errand.house.zone)
        case Kind.INTERMEDIARY_LIST:
            return papers.intermediaries(permit, language, at, errand.house.zone)
        case Kind.BREACH_LETTER:
            return papers.breach_letter(permit, next(iter(errand.about), None), language, errand.house)
        case Kind.COUNSELING_NOTES:
            return Apart(sections=_notes(errand, permit, language, by, at))
    return None


def _notes(errand: Errand, permit: Permit, language: str, by: Actor, at: datetime) -> tuple[Section, ...]:
    """The author's own notes of the permitted kinds, opened; another's does not exist for them."""
    patient = chart.patient_of_person(permit.person_id)
    opened = [private_note.read_private_note(note_id=each, by=by, at=at) for each in errand.about]
    if patient is None or any(each.patient_id != patient.patient_id for each in opened):
        raise private_note.PrivateNoteNotHere
    author = people.person(by.person_id).name if by.person_id else ""
    found: dict[Category, list[tuple[str, ...]]] = {}
    for each in opened:
        category = NOTE_CATEGORIES[each.kind]
        if not permit.decision.allows(category):
            raise private_note.PrivateNoteNotHere
        found.setdefault(category, []).append((each.about_on.isoformat(), each.text, author))
    return tuple(
        Section(category.value, *NOTE_SECTIONS[language][category], rows=tuple(sorted(rows)))
        for category, rows in found.items()
    )


def _key(person_id: UUID, kind: Kind) -> tuple[UUID, Use]:
    """Whose key seals what left: notes kept apart go with the key of these notes when it is destroyed."""
    patient = chart.patient_of_person(person_id) if kind is Kind.COUNSELING_NOTES else None
    return (patient.patient_id, Use.PRIVATE_NOTES) if patient else (person_id, Use.RECORD)


def remake(*, release_id: UUID, by: Actor, at: datetime) -> Packet:
    """The same packet again, byte for byte, for who must show what left. Reading it is audited.

    One with notes kept apart exists for who made it alone, their author (check F19). Raises
    ReleaseNotHere, DigestDiffers, and envelope.Shredded when the key it is sealed with was destroyed.
    """
    with transaction.atomic():
        row = Release.objects.filter(pk=release_id).first()
        if row is None or (row.kind == Kind.COUNSELING_NOTES and row.made_by_id != by.account_id):
            raise ReleaseNotHere
        subject_id, use = _key(row.person_id, Kind(row.kind))
        key = envelope.key_of(subject_id, use=use)
        content = packet.read(key.unseal(row.sealed, table=_TABLE, row=row.pk, column=_COLUMN))
        body = _written(content, Format(row.format))
        if packet.digest(body) != row.digest:
            raise DigestDiffers
        audit.record(
            by=by,
            at=at,
            event="interop.release.remade",
            subject_kind="release",
            subject_id=row.pk,
            patient_id=row.person_id,
            facts={"digest": row.digest},
        )
    return _packet(row.pk, body, Format(row.format))


def _written(content: Content, format: Format) -> bytes:
    if format in (Format.PDF, Format.FAX):
        return typeset.pdf(content, cover=format is Format.FAX)
    return packet.as_json(content) if format is Format.JSON else packet.as_csv(content)


def _packet(id: UUID, body: bytes, format: Format) -> Packet:
    # The name of a file on somebody's disk says nothing about what is in it.
    return Packet(id, body, MEDIA[format], packet.digest(body))


__all__ = ["DigestDiffers", "Errand", "NoChart", "Packet", "preview", "release", "remake"]
