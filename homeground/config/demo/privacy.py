"""The privacy side of the demo clinic: the notice and who was given it, two requests about records."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from homeground.chart.models import Patient
from homeground.confidentiality import actions as confidentiality
from homeground.confidentiality import queries
from homeground.confidentiality.models import NoticeAcknowledgement
from homeground.confidentiality.rules.vocabulary import Method, RequestKind
from homeground.config.demo.clinic import House
from homeground.ground.actor import require_account
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
