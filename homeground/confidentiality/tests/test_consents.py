from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import uuid4

import pytest

from homeground.audit.models import Entry
from homeground.confidentiality import actions, queries
from homeground.confidentiality.models import Consent
from homeground.confidentiality.rules import wording
from homeground.ground import scope
from homeground.people.queries import PersonNotHere
from homeground.people.roles import Role

AT = datetime(2026, 11, 21, 18, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def by(clinic):
    return clinic.staff[Role.COUNSELOR].actor


@pytest.fixture
def record(cast, by, inside):
    def recording(**changes):
        given = {
            "person_id": cast.patient.person.pk,
            "kind": "treatment",
            "language": "en",
            "method": "paper",
            "signed_at": AT - HOUR,
            "by": by,
            "at": AT,
        }
        return actions.record_consent(**{**given, **changes})

    return recording


def test_a_consent_holds_from_its_signature_on(record, cast):
    record()
    person = cast.patient.person.pk
    assert queries.treatment_consents([person], AT) == {person}
    assert queries.treatment_consents([person], AT - 2 * HOUR) == frozenset()


def test_a_consent_ends_when_it_is_revoked(record, cast, by):
    consent_id = record()
    actions.revoke_consent(consent_id=consent_id, revoked_at=AT, by=by, at=AT)
    person = cast.patient.person.pk
    assert queries.treatment_consents([person], AT - timedelta(minutes=1)) == {person}
    assert queries.treatment_consents([person], AT) == frozenset()
    assert queries.consents_in_force(person, AT) == ()


def test_who_signed_again_after_revoking_is_treated_again(record, cast, by):
    actions.revoke_consent(consent_id=record(), revoked_at=AT, by=by, at=AT)
    record(signed_at=AT + HOUR, at=AT + HOUR)
    person = cast.patient.person.pk
    assert queries.treatment_consents([person], AT + HOUR) == {person}


def test_what_was_signed_can_be_proved(record):
    record(language="es")
    row = Consent.objects.get()
    text = wording.current("treatment", "es").text
    assert row.text_digest == sha256(text.encode()).hexdigest()
    assert (row.text_version, row.language) == ("2026-11", "es")


def test_a_language_without_a_text_gets_the_english_one_and_says_so(record):
    record(language="fr")
    assert Consent.objects.get().language == "en"


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"kind": "everything"}, actions.UnknownKind),
        ({"method": "nod"}, actions.UnknownMethod),
        ({"signed_at": AT + HOUR}, actions.SignedLater),
        ({"person_id": uuid4()}, PersonNotHere),
    ],
)
def test_a_consent_that_cannot_be_is_refused(record, changes, refusal):
    with pytest.raises(refusal):
        record(**changes)
    assert not Consent.objects.exists()


def test_another_clinics_person_cannot_consent_here(record, cast):
    with pytest.raises(PersonNotHere):
        record(person_id=cast.other_clinic.staff[Role.COUNSELOR].person.pk)


def test_a_revocation_that_cannot_be_is_refused(record, by):
    consent_id = record()
    revoke = actions.revoke_consent
    with pytest.raises(actions.ConsentNotHere):
        revoke(consent_id=uuid4(), revoked_at=AT, by=by, at=AT)
    with pytest.raises(actions.SignedLater):
        revoke(consent_id=consent_id, revoked_at=AT + HOUR, by=by, at=AT)
    with pytest.raises(actions.RevokedBeforeSigned):
        revoke(consent_id=consent_id, revoked_at=AT - 2 * HOUR, by=by, at=AT)
    revoke(consent_id=consent_id, revoked_at=AT, by=by, at=AT)
    with pytest.raises(actions.AlreadyRevoked):
        revoke(consent_id=consent_id, revoked_at=AT, by=by, at=AT)


def test_both_are_in_the_audit_trail_without_words_of_the_person(record, by):
    actions.revoke_consent(consent_id=record(), revoked_at=AT, by=by, at=AT)
    events = list(Entry.objects.order_by("id").values_list("event", flat=True))
    assert events == ["confidentiality.consent.recorded", "confidentiality.consent.revoked"]


def test_one_question_for_a_whole_roster(record, cast, django_assert_num_queries):
    record()
    with django_assert_num_queries(1):
        queries.treatment_consents([cast.patient.person.pk, *(uuid4() for _ in range(30))], AT)


def test_another_clinic_sees_no_consent(record, cast):
    record()
    with scope.entered(organization_id=cast.other_clinic.id):
        assert queries.treatment_consents([cast.patient.person.pk], AT) == frozenset()
