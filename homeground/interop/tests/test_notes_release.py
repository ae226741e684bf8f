"""Notes kept apart leave under a consent for them alone, by their author alone (checks F05, F11, F19)."""

import pytest
from django.urls import reverse
from leaks.pdf_words import words

from homeground.confidentiality import actions as confidentiality
from homeground.confidentiality import queries as confidential
from homeground.confidentiality.models import Disclosure
from homeground.confidentiality.rules import notice
from homeground.confidentiality.rules.vocabulary import CHART, Category, ConsentKind, EndsWith, Purpose
from homeground.confidentiality.tests.factories import AT, HOUR, draft, sign
from homeground.ground import clock, envelope, scope
from homeground.ground.visit import House
from homeground.interop import actions
from homeground.interop.actions.notes import OtherConsent, release_notes
from homeground.interop.models import Release
from homeground.interop.queries import ReleaseNotHere
from homeground.interop.rules.packet import Format
from homeground.people.roles import Role
from homeground.treatment.actions import private_note
from homeground.treatment.rules.private_note import Kind

pytestmark = pytest.mark.django_db

SAID = "Told in confidence"


@pytest.fixture
def by(cast):
    return cast.clinic.staff[Role.COUNSELOR].actor


@pytest.fixture
def within(cast, by):
    """The database as the author sees it: their own private notes are there."""
    with scope.entered(organization_id=cast.clinic.id, account_id=by.account_id):
        yield


def write(cast, by, text=SAID, kind=Kind.COUNSELING, at=AT):
    given = {"kind": kind, "about_on": at.date(), "text": text, "by": by, "at": at}
    return private_note.write_private_note(patient_id=cast.patient_episode.patient_id, **given).id


def note_consent(cast, by, *, at=AT, **changes):
    wanted = {
        "kind": ConsentKind.COUNSELING_NOTES,
        "categories": frozenset({Category.COUNSELING_NOTES}),
        "recipients": ("Dr. Sample",),
        "purposes": frozenset({Purpose.TREATMENT}),
        "signed_at": at - HOUR,
        "expires_at": at + 90 * 24 * HOUR,
    }
    return sign(cast, by, draft=draft(**{**wanted, **changes}), recipient_kind="provider", at=at)


@pytest.fixture
def hand_over(cast, by):
    clinic = cast.clinic.organization

    def handing(consent_id, *note_ids, by=by, at=AT, format=Format.JSON):
        return release_notes(
            patient_id=cast.patient_episode.patient_id,
            consent_id=consent_id,
            note_ids=note_ids,
            format=format,
            address="1 Sample Street",
            house=House(clinic.pk, clinic.name, clinic.neutral_name, clinic.phone, clinic.zone),
            by=by,
            at=at,
        )

    return handing


def test_the_author_hands_over_what_the_consent_names_with_notice_and_accounting(cast, by, within, hand_over):
    found = hand_over(note_consent(cast, by), write(cast, by), format=Format.FAX)
    said = words(found.body)
    assert SAID in said and notice.SHORT in said and "signed a written consent" in said
    [line] = confidential.sent(cast.patient.person.pk)
    assert (line.recipient, line.recipient_address) == ("Dr. Sample", "1 Sample Street")
    assert (line.categories, line.digest) == (("counseling_notes",), found.digest)
    assert line.consent_id and line.description == "counseling_notes: counseling_notes"


def test_no_other_consent_opens_them_f05_f19(cast, by, within, hand_over):
    note_id = write(cast, by)
    everything = sign(
        cast,
        by,
        draft=draft(
            kind=ConsentKind.CARE_AND_PAY,
            categories=CHART,
            recipients=("my treating providers",),
            purposes=frozenset({Purpose.TREATMENT, Purpose.PAYMENT, Purpose.OPERATIONS}),
            ends_with=EndsWith.NEVER,
            expires_at=None,
        ),
    )
    for consent_id in (everything, sign(cast, by)):
        with pytest.raises(OtherConsent):
            hand_over(consent_id, note_id)
    own = note_consent(cast, by)
    confidentiality.revoke_consent(consent_id=own, revoked_at=AT + HOUR, by=by, at=AT + HOUR)
    with pytest.raises(OtherConsent):
        hand_over(own, note_id, at=AT + HOUR)
    psychotherapy = write(cast, by, kind=Kind.PSYCHOTHERAPY)
    with pytest.raises(private_note.PrivateNoteNotHere):
        hand_over(note_consent(cast, by), psychotherapy)
    assert not Release.objects.exists() and not Disclosure.objects.exists()


def test_nobody_but_the_author_hands_them_over_or_sees_what_left_f19(cast, by, within, hand_over):
    consent_id, note_id = note_consent(cast, by), write(cast, by)
    found = hand_over(consent_id, note_id)
    director = cast.clinic.staff[Role.DIRECTOR].actor
    with scope.entered(organization_id=cast.clinic.id, account_id=director.account_id):
        with pytest.raises(private_note.PrivateNoteNotHere):
            hand_over(consent_id, note_id, by=director)
        with pytest.raises(ReleaseNotHere):
            actions.remake(release_id=found.id, by=director, at=AT)
    assert actions.remake(release_id=found.id, by=by, at=AT).body == found.body


def test_what_left_is_gone_with_the_notes_when_they_are_destroyed(cast, by, within, hand_over):
    found = hand_over(note_consent(cast, by), write(cast, by))
    patient_id = cast.patient_episode.patient_id
    private_note.destroy_private_notes(patient_id=patient_id, why="retention", by=by, at=AT)
    with pytest.raises(envelope.Shredded):
        actions.remake(release_id=found.id, by=by, at=AT)


def test_on_the_page_only_notes_of_ones_own_and_consents_for_them_can_be_chosen(cast, by, sign_in):
    patient_id, at = cast.patient_episode.patient_id, clock.now()
    url = reverse("interop:notes", args=[patient_id])
    client = sign_in(cast.clinic.staff[Role.COUNSELOR])
    with scope.entered(organization_id=cast.clinic.id, account_id=by.account_id):
        note_id = write(cast, by, at=at)
        assert "No consent for these notes holds." in client.get(url).content.decode()
        consent_id = note_consent(cast, by, at=at)
    told = {"consent": consent_id, "notes": [note_id], "format": "pdf", "address": "1 Sample Street"}
    page = client.get(url).content.decode()
    assert str(consent_id) in page and SAID not in page
    assert client.post(url, {**told, "notes": []}).status_code == 422
    handed = client.post(url, told)
    assert handed.status_code == 200 and SAID in words(handed.content)
    assert url in client.get(reverse("treatment:private_notes", args=[patient_id])).content.decode()
    director = sign_in(cast.clinic.staff[Role.DIRECTOR])
    assert director.post(url, told).status_code == 422
    release = reverse("interop:release", args=[Release.objects.get().pk])
    assert director.get(release).status_code == 404 and client.get(release).status_code == 200
