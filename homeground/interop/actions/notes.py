"""Notes kept apart leave under a consent of their own, put together by their author alone (F05, F19).

Nobody else can open them, so nobody else can send them: neither the director nor the desk for requests.
Source: 42 CFR 2.31(b); 45 CFR 164.508(a)(2).
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from homeground.chart import queries as chart
from homeground.confidentiality import queries as confidential
from homeground.confidentiality.queries import ConsentNotHere, Signed
from homeground.confidentiality.rules.asking import Request
from homeground.confidentiality.rules.vocabulary import AUTHORS_ONLY, Asker, ConsentKind
from homeground.ground.actor import Actor
from homeground.ground.visit import House
from homeground.interop.actions.releases import Errand, Packet, release
from homeground.interop.queries.record import NoChart
from homeground.interop.rules.packet import Format, Kind, channel_of


class OtherConsent(Exception):
    """The consent is of another class, has ended, or is another person's: it opens no notes kept apart."""


class NoNoteChosen(Exception):
    """Which notes shall leave is said one by one."""


def release_notes(
    *,
    patient_id: UUID,
    consent_id: UUID,
    note_ids: Collection[UUID],
    format: Format,
    address: str,
    house: House,
    by: Actor,
    at: datetime,
) -> Packet:
    """Hand over one's own notes about a patient to whom their consent for these notes alone names.

    The decision is made anew under the person's lock, the line in the accounting written with it. Raises
    NoChart, OtherConsent, NoNoteChosen, treatment's PrivateNoteNotHere for a note somebody else wrote, and
    what `release` raises.
    """
    if not note_ids:
        raise NoNoteChosen
    with transaction.atomic():
        patient = chart.patient_name(patient_id)
        if patient is None:
            raise NoChart
        signed = _consent(consent_id, patient.person_id, at)
        facts = signed.facts
        errand = Errand(
            person_id=patient.person_id,
            request=Request(
                asker=Asker(facts.recipient_kind),
                purpose=min(facts.purposes),
                categories=facts.lists(at) & AUTHORS_ONLY,
                channel=channel_of(format),
                name=facts.recipients[0],
                asker_id=facts.recipient_id,
            ),
            kind=Kind.COUNSELING_NOTES,
            house=house,
            language=signed.language,
            recipient=facts.recipients[0],
            recipient_address=address,
            about=tuple(note_ids),
        )
        return release(errand=errand, format=format, by=by, at=at)


def _consent(consent_id: UUID, person_id: UUID, at: datetime) -> Signed:
    try:
        signed = confidential.consent(consent_id, at)
    except ConsentNotHere:
        raise OtherConsent from None
    kind = signed.facts.kind
    if signed.person_id != person_id or kind is not ConsentKind.COUNSELING_NOTES or not signed.in_force:
        raise OtherConsent
    return signed
