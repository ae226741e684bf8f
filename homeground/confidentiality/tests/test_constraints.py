"""What the database refuses, whatever the software believes."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from homeground.confidentiality import models
from homeground.ground import scope
from homeground.people.roles import Role

AT = datetime(2026, 11, 21, 18, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = date(2026, 11, 21)


@pytest.fixture
def make(cast, inside):
    """Rows that are right, unless a test changes something."""
    person = cast.patient.person
    staff = cast.clinic.staff[Role.COUNSELOR]
    by_id = staff.account.pk
    right = {
        "Consent": {
            "person": person,
            "kind": "specific",
            "text_version": "1",
            "text_digest": "0" * 64,
            "method": "paper",
            "discloser": "Juniper House",
            "categories": ["attendance"],
            "recipient_kind": "employer",
            "recipients": ["Cobalt Works"],
            "purposes": ["employment"],
            "ends_with": "date",
            "expires_at": AT + timedelta(days=90),
            "signed_at": AT - HOUR,
            "recorded_at": AT,
            "recorded_by_id": by_id,
        },
        "Disclosure": {
            "permit_id": uuid4(),
            "person": person,
            "at": AT,
            "recipient_kind": "emergency",
            "recipient": "Dr. Sample",
            "purpose": "emergency",
            "categories": ["medications"],
            "description": "medications",
            "basis": "emergency",
            "rule": "base.emergency",
            "part2": True,
            "channel": "phone",
            "digest": "a" * 64,
            "emergency": "found unconscious",
            "facility": "General Hospital",
            "made_by_id": by_id,
        },
        "Restriction": {"person": person, "kind": "agreed", "starts_at": AT, "recorded_by_id": by_id},
        "RightsRequest": {
            "person": person,
            "kind": "access",
            "received_at": AT,
            "recorded_by_id": by_id,
            "clock": "clock.access",
            "due_on": DAY + timedelta(days=30),
        },
        "BreakGlass": {
            "person": person,
            "account_id": by_id,
            "opened_by": staff.person,
            "reason": "no one else is here",
            "starts_at": AT,
            "ends_at": AT + HOUR,
            "review_due_at": AT + 24 * HOUR,
        },
        "Breach": {
            "discovered_on": DAY,
            "description": "a letter went to the wrong house",
            "people_count": 3,
            "most_in_one_state": 3,
            "recorded_at": AT,
            "recorded_by_id": by_id,
        },
        "OutsideRequest": {
            "received_at": AT,
            "recorded_by_id": by_id,
            "came_by": "phone",
            "asker_kind": "lawyer",
            "asker_name": "A lawyer",
            "subject": "somebody",
            "purpose": "proceeding",
        },
        "Representative": {
            "person": person,
            "name": "Ash Testperson",
            "capacity": "guardian",
            "shown_by": "court paper",
            "starts_on": DAY,
            "checked_at": AT,
            "checked_by_id": by_id,
        },
    }

    def making(model, **changes):
        return getattr(models, model).objects.create(**cast.clinic.owns(), **{**right[model], **changes})

    return making


WRONG = [
    ("Consent", {"kind": "everything"}),
    ("Consent", {"method": "nod"}),
    ("Consent", {"recorded_at": AT - 2 * HOUR}),
    ("Consent", {"expires_at": AT - 2 * HOUR}),
    ("Consent", {"expires_at": None}),
    ("Consent", {"ends_with": "never", "expires_at": None}),
    ("Consent", {"ends_with": "end_of_treatment", "expires_at": None}),
    ("Consent", {"ends_with": "event", "expires_at": None}),
    ("Consent", {"categories": []}),
    ("Consent", {"recipients": []}),
    ("Consent", {"purposes": []}),
    ("Consent", {"discloser": ""}),
    ("Consent", {"categories": ["attendance", "counseling_notes"]}),
    ("Consent", {"signer": "parent"}),
    ("Disclosure", {"emergency": ""}),
    ("Disclosure", {"facility": ""}),
    ("Disclosure", {"recipient": ""}),
    ("Disclosure", {"description": ""}),
    ("Disclosure", {"categories": []}),
    ("Disclosure", {"digest": "no digest"}),
    ("Disclosure", {"basis": "because"}),
    ("Disclosure", {"basis": "consent"}),
    ("Disclosure", {"basis": "audit"}),
    ("Restriction", {"ends_at": AT - HOUR, "ended_by_id": uuid4()}),
    ("Restriction", {"ends_at": AT + HOUR}),
    ("RightsRequest", {"answer": "granted"}),
    ("RightsRequest", {"answered_at": AT, "answered_by_id": uuid4()}),
    ("RightsRequest", {"answer": "denied", "answered_at": AT, "answered_by_id": uuid4()}),
    ("RightsRequest", {"extended_to": DAY + timedelta(days=60), "extended_on": DAY}),
    ("RightsRequest", {"extended_to": DAY, "extended_on": DAY, "extended_why": "many pages"}),
    ("BreakGlass", {"reason": ""}),
    ("BreakGlass", {"ends_at": AT}),
    ("BreakGlass", {"ends_at": AT + 25 * HOUR}),
    ("BreakGlass", {"review": "justified"}),
    ("Breach", {"most_in_one_state": 4}),
    ("Breach", {"happened_on": DAY + timedelta(days=1)}),
    ("Breach", {"persons_told_on": DAY - timedelta(days=1)}),
    ("OutsideRequest", {"outcome": "refuse"}),
    ("OutsideRequest", {"identity_checked_at": AT}),
    ("Representative", {"ends_on": DAY}),
]


def test_the_database_refuses_every_row_that_cannot_be(make):
    for model in sorted({model for model, _changes in WRONG}):
        make(model)
    accepted = []
    for model, changes in WRONG:
        fresh = {"permit_id": uuid4()} if model == "Disclosure" else {}
        try:
            with transaction.atomic():
                make(model, **fresh, **changes)
        except IntegrityError:
            continue
        accepted.append((model, changes))
    assert accepted == []


def test_nobody_reviews_their_own_break_glass(make, cast):
    staff = cast.clinic.staff[Role.COUNSELOR].person
    with pytest.raises(IntegrityError), transaction.atomic():
        make("BreakGlass", reviewed_by=staff, reviewed_at=AT + HOUR, review="justified")


def test_a_request_names_nobody_before_the_identity_check(make, cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        make("OutsideRequest", person=cast.patient.person)


def test_nobody_represents_themselves(make, cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        make("Representative", holder=cast.patient.person)


def test_a_consent_is_revoked_once(make, cast):
    ending = {**cast.clinic.owns(), "consent": make("Consent"), "at": AT, "recorded_by_id": uuid4()}
    models.Revocation.objects.create(**ending)
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Revocation.objects.create(**ending)


def test_a_consent_does_not_end_before_it_was_signed(make, cast):
    ending = {**cast.clinic.owns(), "consent": make("Consent"), "recorded_by_id": uuid4()}
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Revocation.objects.create(**ending, at=AT - 2 * HOUR)


def test_a_permit_is_spent_once(make):
    first = make("Disclosure")
    with pytest.raises(IntegrityError), transaction.atomic():
        make("Disclosure", permit_id=first.permit_id)


def by_consent(make, consent, **changes):
    given = {"basis": "consent", "categories": ["attendance"], "permit_id": uuid4(), "consent": consent}
    return make("Disclosure", **{**given, **changes})


@pytest.mark.parametrize("at", [AT - 2 * HOUR, AT + timedelta(days=90)], ids=["not yet signed", "expired"])
def test_no_accounting_line_outside_the_life_of_its_consent(make, at):
    consent = make("Consent")
    by_consent(make, consent)
    with pytest.raises(IntegrityError), transaction.atomic():
        by_consent(make, consent, at=at)


@pytest.mark.parametrize("category", ["", "attendance"], ids=["all of it", "one part of it"])
def test_no_accounting_line_under_a_revoked_consent(make, cast, category):
    consent = make("Consent", categories=["attendance", "contact"])
    models.Revocation.objects.create(
        **cast.clinic.owns(), consent=consent, category=category, at=AT, recorded_by_id=uuid4()
    )
    by_consent(make, consent, at=AT - timedelta(minutes=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        by_consent(make, consent)


def test_no_accounting_line_under_somebody_elses_consent(make, cast):
    consent = make("Consent", person=cast.relative.person)
    with pytest.raises(IntegrityError), transaction.atomic():
        by_consent(make, consent)


@pytest.mark.parametrize("statement", ["update {} set organization_id = organization_id", "delete from {}"])
@pytest.mark.parametrize("model", ["Consent", "Disclosure"])
def test_what_was_signed_or_left_is_never_changed(make, model, statement):
    table = make(model)._meta.db_table
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_the_managers_refuse_too(make):
    make("Consent")
    with pytest.raises(TypeError):
        models.Consent.objects.update(language="es")
    with pytest.raises(TypeError):
        models.Consent.objects.all().delete()


def test_another_clinic_and_visitors_see_none_of_it(make, cast):
    for model in (kinds := ["Consent", "Disclosure", "RightsRequest", "OutsideRequest", "BreakGlass"]):
        make(model)
    with scope.entered(organization_id=cast.other_clinic.id):
        assert [model for model in kinds if getattr(models, model).objects.exists()] == []
    with scope.entered(organization_id=cast.clinic.id, channel=scope.Channel.PUBLIC):
        assert [model for model in kinds if getattr(models, model).objects.exists()] == []
