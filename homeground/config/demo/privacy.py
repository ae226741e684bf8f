"""The privacy side of the demo clinic: the notice and who has it, requests, consents, a lawyer's letter."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from homeground.chart.models import Patient
from homeground.confidentiality import actions as confidentiality
from homeground.confidentiality import queries
from homeground.confidentiality.models import NoticeAcknowledgement
from homeground.confidentiality.rules.elements import Draft
from homeground.confidentiality.rules.vocabulary import (
    Asker,
    Category,
    ConsentKind,
    EndsWith,
    Method,
    Paper,
    Purpose,
    RequestKind,
)
from homeground.config.demo.clinic import House, member
from homeground.ground.actor import require_account
from homeground.people.models import Person
from homeground.people.roles import Role
from homeground.program import queries as program

WITHOUT = 2
"""So many of the newest people have not been given the notice yet."""


def keep_private(house: House, at: datetime) -> None:
    """Name the contact of the notice, note its receipts, and open two requests, one of them late."""
    by = house.by("director")
    confidentiality.name_privacy_contact(
        title="The privacy office (made up)",
        phone="303-555-0120",
        email="privacy@example.org",
        by=by,
        at=at - timedelta(days=90),
    )
    clinic = program.house(house.organization_id)
    assert clinic is not None
    texts = {language: queries.privacy_notice(clinic.name, language) for language in ("en", "es")}
    patients = list(Patient.objects.select_related("person").order_by("number"))
    given = []
    for patient in patients[: len(patients) - WITHOUT]:
        text = texts["es" if patient.person.language == "es" else "en"]
        given.append(
            NoticeAcknowledgement(
                organization_id=house.organization_id,
                person=patient.person,
                text_version=text.version,
                text_digest=text.digest,
                language=text.language,
                method=Method.SCREEN.value,
                at=min(patient.since, at - timedelta(minutes=1)),
                recorded_by_id=require_account(by),
            )
        )
    NoticeAcknowledgement.objects.bulk_create(given)
    today = at.astimezone(ZoneInfo(clinic.zone)).date()
    for patient, kind, days in zip(
        patients[5:7], (RequestKind.ACCESS, RequestKind.AMENDMENT), (33, 4), strict=True
    ):
        confidentiality.open_request(
            person_id=patient.person_id,
            kind=kind,
            words="",
            received_on=today - timedelta(days=days),
            owner_id=by.person_id,
            by=by,
            at=at - timedelta(days=days),
        )


def share(house: House, at: datetime) -> None:
    """Consents as a clinic has them, one for a sister who signs in, one that ends soon; a lawyer's letter."""
    clinic = program.house(house.organization_id)
    assert clinic is not None
    patients = list(Patient.objects.select_related("person").order_by("number")[2:4])
    sister = Person.objects.create(
        organization_id=house.organization_id,
        given_name="Larkspur",
        family_name=patients[0].person.family_name,
        registered_at=at - timedelta(days=30),
    )
    member(house, sister, "family2", Role.FAMILY, at - timedelta(days=30))
    _sign(
        house,
        patients[0].person,
        clinic.name,
        at - timedelta(days=20),
        days=110,
        party=("family", f"Larkspur {sister.family_name}", Purpose.SUPPORT),
        recipient_id=sister.pk,
    )
    _sign(
        house,
        patients[1].person,
        clinic.name,
        at - timedelta(days=80),
        days=85,
        party=("employer", "Cobalt Works (made up)", Purpose.EMPLOYMENT),
    )
    by = house.by("director")
    confidentiality.receive_outside_request(
        came_by="letter",
        asker_kind=Asker.LAWYER,
        asker_name="L. Standin",
        asker_organization="Standin and Placeholder (made up)",
        asker_address="1 Court Street, Denver",
        subject="Somebody Notreal",
        purpose=Purpose.PROCEEDING,
        categories=[Category.ATTENDANCE],
        paper=Paper.SUBPOENA,
        paper_reference="26-0001",
        paper_on=at.date() - timedelta(days=3),
        words="Please send all days of attendance.",
        owner_id=by.person_id,
        by=by,
        at=at - timedelta(days=1),
    )


def _sign(
    house: House,
    person: Person,
    discloser: str,
    at: datetime,
    *,
    days: int,
    party: tuple[str, str, Purpose],
    recipient_id: UUID | None = None,
) -> None:
    """A consent to tell one recipient the days and hours attended, signed on the clinic's screen."""
    kind, name, purpose = party
    confidentiality.sign_consent(
        person_id=person.pk,
        draft=Draft(
            kind=ConsentKind.SPECIFIC,
            person=f"{person.given_name} {person.family_name}",
            discloser=discloser,
            categories=frozenset({Category.ATTENDANCE}),
            recipients=(name,),
            purposes=frozenset({purpose}),
            ends_with=EndsWith.DATE,
            expires_at=at + timedelta(days=days),
            ending_words="",
            signature=f"{person.given_name} {person.family_name}",
            signed_at=at,
        ),
        language="en",
        method=Method.SCREEN.value,
        recipient_kind=kind,
        recipient_id=recipient_id,
        by=house.by("counselor"),
        at=at,
    )
