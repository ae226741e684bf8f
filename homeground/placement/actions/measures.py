"""Asking a patient to answer questionnaires, and what comes back, answer by answer."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.chart import queries as chart
from homeground.ground import seal
from homeground.ground.actor import Actor
from homeground.ground.ids import uuid7
from homeground.ground.models import Outbox
from homeground.placement.models import Administration, MeasureLink, MeasureMessage, Packet
from homeground.placement.queries.instruments import in_use, pinned
from homeground.placement.queries.measures import PacketNotHere, may_text
from homeground.placement.queries.on_call import on_call
from homeground.placement.rules.instruments.definition import Instrument
from homeground.placement.rules.instruments.secrecy import digest

LINK_LIFE = timedelta(hours=24)
"""How long a link may wait to be opened."""
HERE_LIFE = timedelta(minutes=30)
"""The same for a screen handed over in the clinic."""
ANSWERABLE = timedelta(days=3)
"""How long what was begun may be finished; afterwards it counts as abandoned, its answers kept."""
SECRET_BYTES = 24
MESSAGE = ("placement_measuremessage", "sealed_secret")


class PatientNotHere(Exception):
    """No such patient in the organization in scope."""


class NotInUse(Exception):
    """Nothing chosen, or a questionnaire that has no text here, was retired, or is for staff to rate."""


class NobodyAnswers(Exception):
    """The questionnaire needs somebody who answers at once, and nobody is on call (check H04)."""


class TextNotAllowed(Exception):
    """The person has not said that a text message is safe, or left no number (check B01)."""


class LinkSpent(Exception):
    """The link was opened before, has run out, was replaced by a newer one, or never was."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A packet was made. `secret` is shown or sent once and not kept."""

    packet_id: UUID
    secret: str


def send(
    *, patient_id: UUID, instruments: Sequence[str], mode: str, by_text: bool = False, by: Actor, at: datetime
) -> Sent:
    """Ask a patient to answer these questionnaires, by ids, in this order.

    `mode` says how: a link, the kiosk, with staff, or in the patient's own sign-in. `by_text` says that
    the link goes out as a text message, which the person's answers about safe contact must allow.
    Raises PatientNotHere, NotInUse, NobodyAnswers, TextNotAllowed.
    """
    chosen = _chosen(instruments, mode, at)
    patient = chart.patient_name(patient_id)
    if patient is None:
        raise PatientNotHere
    if by_text and not may_text(patient.person_id):
        raise TextNotAllowed
    return make_packet(
        patient_id=patient_id, chosen=chosen, occasion=Packet.Occasion.ONCE, mode=mode, by=by, at=at
    )


def make_packet(
    *,
    patient_id: UUID,
    chosen: Sequence[Instrument],
    occasion: str,
    mode: str,
    due_on: date | None = None,
    by: Actor,
    at: datetime,
) -> Sent:
    """Store a packet with its questionnaires, versions pinned, and one link to it. Five statements."""
    with transaction.atomic():
        packet = Packet.objects.create(
            organization_id=by.organization_id,
            patient_id=patient_id,
            occasion=occasion,
            mode=mode,
            due_on=due_on,
            made_at=at,
            made_by_id=by.account_id,
            answerable_until=at + ANSWERABLE,
        )
        Administration.objects.bulk_create(
            Administration(
                organization_id=by.organization_id,
                packet=packet,
                patient_id=patient_id,
                place=place,
                instrument=each.id,
                version=each.version,
            )
            for place, each in enumerate(chosen)
        )
        secret = _new_link(packet, by=by, at=at)[1]
        audit.record(
            by=by,
            at=at,
            event="placement.measure.sent",
            subject_kind="packet",
            subject_id=packet.pk,
            patient_id=patient_id,
            facts={"mode": mode, "occasion": occasion, "instruments": len(chosen)},
        )
    return Sent(packet.pk, secret)


def invite(*, packet_id: UUID, reminds: bool, by: Actor, at: datetime) -> None:
    """Lay a message with a new link ready for the gateway. Raises PacketNotHere, TextNotAllowed.

    A newer link replaces all earlier ones that were not opened, so that one link works at a time.
    """
    with transaction.atomic():
        packet = _locked(packet_id)
        person_id = packet.patient.person_id
        if not may_text(person_id):
            raise TextNotAllowed
        link, secret = _new_link(packet, by=by, at=at)
        message_id = uuid7()
        MeasureMessage.objects.create(
            id=message_id,
            organization_id=by.organization_id,
            link=link,
            sealed_secret=seal.close(secret, table=MESSAGE[0], row=message_id, column=MESSAGE[1]),
            reminds=reminds,
            made_at=at,
        )
        Outbox.objects.create(
            organization_id=by.organization_id,
            event="placement.measure.reminded" if reminds else "placement.measure.invited",
            subject_id=packet.pk,
            created_at=at,
        )
        _record(packet, "reminded" if reminds else "invited", by=by, at=at)


def open_link(*, secret: str, by: Actor, at: datetime) -> str:
    """Spend a link; gives the secret by which this one browser goes on. Raises LinkSpent.

    `by` is a visitor. The query `measures.link` has opened the house to them before.
    """
    with transaction.atomic():
        link = (
            MeasureLink.objects.select_for_update(of=("self",))
            .select_related("packet")
            .filter(
                digest=digest(secret),
                opened_at=None,
                ended_at=None,
                expires_at__gt=at,
                packet__withdrawn_at=None,
            )
            .first()
        )
        if link is None:
            raise LinkSpent
        visit = secrets.token_urlsafe(SECRET_BYTES)
        MeasureLink.objects.filter(pk=link.pk).update(opened_at=at, visit_digest=digest(visit))
        _record(link.packet, "opened", by=by, at=at)
    return visit


def open_here(*, packet_id: UUID, mode: str, by: Actor, at: datetime) -> str:
    """Open a packet in the browser in hand: at the kiosk, with staff, or in the patient's own sign-in.

    Gives the secret by which that browser goes on. Raises PacketNotHere, NobodyAnswers, NotInUse.
    """
    with transaction.atomic():
        packet = _locked(packet_id)
        codes = Administration.objects.filter(packet=packet).values_list("instrument", "version")
        _may_be_answered([pinned(*each) for each in codes], mode, at)
        packet.mode = mode
        Packet.objects.filter(pk=packet.pk).update(mode=mode)
        secret = _new_link(packet, by=by, at=at)[1]
        return open_link(secret=secret, by=by, at=at)


def withdraw(*, packet_id: UUID, by: Actor, at: datetime) -> None:
    """Ask no longer: links end, what was answered so far is kept. Raises PacketNotHere."""
    with transaction.atomic():
        packet = _locked(packet_id)
        Packet.objects.filter(pk=packet.pk).update(withdrawn_at=at)
        MeasureLink.objects.filter(packet=packet, ended_at=None).update(ended_at=at)
        Administration.objects.filter(packet=packet, completed_at=None, abandoned_at=None).update(
            abandoned_at=at
        )
        _record(packet, "withdrawn", by=by, at=at)


def _chosen(instruments: Sequence[str], mode: str, at: datetime) -> list[Instrument]:
    known = in_use()
    chosen = [known[code] for code in dict.fromkeys(instruments) if code in known]
    if not chosen or len(chosen) != len(set(instruments)):
        raise NotInUse
    _may_be_answered(chosen, mode, at)
    return chosen


def _may_be_answered(chosen: Sequence[Instrument], mode: str, at: datetime) -> None:
    if mode not in Packet.Mode.values:
        raise NotInUse
    if mode == Packet.Mode.STAFF:
        return
    if any(each.staff_only for each in chosen):
        raise NotInUse
    if any(each.attended for each in chosen) and on_call(at) is None:
        raise NobodyAnswers


def _new_link(packet: Packet, *, by: Actor, at: datetime) -> tuple[MeasureLink, str]:
    MeasureLink.objects.filter(packet=packet, opened_at=None, ended_at=None).update(ended_at=at)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    life = LINK_LIFE if packet.mode == Packet.Mode.LINK else HERE_LIFE
    link = MeasureLink.objects.create(
        organization_id=by.organization_id,
        packet=packet,
        digest=digest(secret),
        made_at=at,
        expires_at=at + life,
    )
    return link, secret


def _locked(packet_id: UUID) -> Packet:
    packet = (
        Packet.objects.select_for_update(of=("self",))
        .select_related("patient")
        .filter(pk=packet_id, withdrawn_at=None)
        .first()
    )
    if packet is None:
        raise PacketNotHere
    return packet


def _record(packet: Packet, verb: str, *, by: Actor, at: datetime) -> None:
    audit.record(
        by=by,
        at=at,
        event=f"placement.measure.{verb}",
        subject_kind="packet",
        subject_id=packet.pk,
        patient_id=packet.patient_id,
        facts={"mode": packet.mode},
    )
