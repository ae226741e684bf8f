"""A patient fills in a consent, reads its text, signs it or says no; what is missing is said at its field."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from homeground.audit.models import Entry
from homeground.chart.models import Episode
from homeground.confidentiality.models import Consent, Proposal
from homeground.confidentiality.rules import words
from homeground.confidentiality.rules.vocabulary import Category, ConsentKind
from homeground.confidentiality.tests.factories import AT
from homeground.ground import clock, scope
from homeground.people.models import Person
from homeground.program.models import Center

pytestmark = pytest.mark.django_db
SPECIFIC = {
    "recipient_kind": "family",
    "recipient": "Linden Sample",
    "categories": ["attendance"],
    "purpose": "support",
    "until": "three_months",
}
COURT = {"recipient": "Officer Sample", "categories": ["attendance"], "until": "one_year"}


@pytest.fixture
def patient(cast, sign_in):
    return sign_in(cast.patient)


def fill_in(client, kind="specific", **changes):
    """Send the form of a class; the answer."""
    given = {**(SPECIFIC if kind == "specific" else {}), **changes}
    return client.post(reverse("desk:consent_form", args=[kind]), given)


def read(client, **changes):
    """Fill in a consent and open its text: the address of the page, and the page."""
    answer = fill_in(client, **changes)
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"], client.get(answer["Location"]).content.decode()


def hidden(page):
    """What the page sends along: language and digest of the text it shows."""
    return {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("language", "digest")}


def sign(client, page_url, page, **changes):
    given = {**hidden(page), "signature": "Wren Testperson", "agree": "on", **changes}
    return client.post(f"{page_url}signature/", given)


def test_a_patient_signs_and_stops_it(cast, patient):
    url, page = read(patient)
    assert "the days and hours I came" in page and "Linden Sample" in page
    assert not Consent.objects.exists() or not Consent.objects.filter(kind="specific").exists()
    assert sign(patient, url, page).status_code == 302
    with scope.entered(organization_id=cast.clinic.id):
        row = Consent.objects.get(kind="specific")
    assert (row.signed_name, row.method, row.signer) == ("Wren Testperson", "screen", "patient")
    assert row.categories == ["attendance"] and row.recipients == ["Linden Sample"]
    assert row.text_digest == hidden(page)["digest"]
    shown = patient.get(reverse("desk:privacy")).content.decode()
    assert "Linden Sample (family)" in shown and "Stop this" in shown
    patient.post(reverse("desk:revocation", args=[row.pk]))
    assert "It has ended." in patient.get(reverse("desk:privacy")).content.decode()
    assert patient.get(url).status_code == 404, "what was signed waits no more"


def test_what_was_read_in_spanish_is_what_was_signed(cast, patient):
    patient.post(reverse("set_language"), {"language": "es"})
    url, page = read(patient)
    assert "los días y las horas que vine" in page
    sign(patient, url, page)
    with scope.entered(organization_id=cast.clinic.id):
        row = Consent.objects.get(kind="specific")
    assert row.language == "es" and "puede compartir esto sobre mí" in row.signed_text


def test_a_text_that_changed_since_it_was_read_is_not_signed(cast, patient):
    url, page = read(patient)
    answer = sign(patient, url, page, digest="0" * 64)
    assert answer.status_code == 422 and b"The text has changed" in answer.content
    with scope.entered(organization_id=cast.clinic.id):
        assert not Consent.objects.filter(kind="specific").exists()


MISSING = (
    ("specific", {"recipient_kind": ""}, "recipient_kind", "Choose who may get it."),
    ("specific", {"recipient": ""}, "recipient", "Use a name"),
    ("specific", {"recipient": "Anyone"}, "recipient", "Use a name"),
    ("specific", {"categories": []}, "categories", "Tick at least one thing."),
    ("specific", {"purpose": ""}, "purpose", "Choose what it is for."),
    ("specific", {"until": ""}, "until", "Say when this ends."),
    ("specific", {"until": "date", "ends_on": ""}, "ends_on", "Say when this ends."),
    ("specific", {"until": "date", "ends_on": "11/24/2020"}, "ends_on", "Say when this ends."),
    ("specific", {"until": "event", "ending_words": " "}, "ending_words", "Say when this ends."),
    ("supervision", {**COURT, "recipient": "The court"}, "recipient", "name of the person at the court"),
    ("intermediary", {**COURT, "purpose": "treatment", "members": ""}, "members", "one on each line"),
)


@pytest.mark.parametrize(("kind", "changes", "field", "says"), MISSING)
def test_each_missing_element_says_so_at_its_field_f01_f31(cast, patient, kind, changes, field, says):
    answer = fill_in(patient, kind, **changes)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert says in str(answer.context["form"].errors[field])
    with scope.entered(organization_id=cast.clinic.id):
        assert not Proposal.objects.exists()


@pytest.mark.parametrize(("changes", "field"), [({"signature": " "}, "signature"), ({"agree": ""}, "agree")])
def test_without_a_name_and_a_tick_nothing_is_signed_f01(cast, patient, changes, field):
    url, page = read(patient)
    answer = sign(patient, url, page, **changes)
    assert answer.status_code == 422 and list(answer.context["form"].errors) == [field]
    with scope.entered(organization_id=cast.clinic.id):
        assert not Consent.objects.filter(kind="specific").exists()


def test_care_and_payment_is_told_with_its_warnings_and_may_last_f02_f03(cast, patient):
    every = [each.value for each in Category if each.value not in ("counseling_notes", "psychotherapy_notes")]
    url, page = read(patient, kind="care_and_pay", categories=every, until="never")
    assert words.CARE_CLASS in page
    assert "share it again" in page and "If I do not sign" in page and "only when I stop it" in page
    assert sign(patient, url, page).status_code == 302


@pytest.mark.parametrize("until", ["never", "end_of_treatment"])
def test_a_consent_for_one_person_must_end_f03(patient, until):
    assert fill_in(patient, until=until).status_code == 422


def test_care_and_payment_takes_no_other_purpose_f04(cast, patient):
    read(patient, kind="care_and_pay", categories=["stay"], until="never", purpose="employment")
    with scope.entered(organization_id=cast.clinic.id):
        assert Proposal.objects.get().purposes == ["operations", "payment", "treatment"]


@pytest.mark.parametrize(
    ("kind", "categories"),
    [("specific", ["attendance", "counseling_notes"]), ("counseling_notes", ["counseling_notes", "stay"])],
)
def test_private_notes_are_signed_alone_f05(patient, kind, categories):
    changes = {**SPECIFIC, "recipient_kind": "provider", "purpose": "treatment"}
    answer = fill_in(patient, kind, **{**changes, "categories": categories})
    assert answer.status_code == 422 and list(answer.context["form"].errors) == ["categories"]


def test_declining_private_notes_changes_nothing_f05(cast, patient):
    changes = {**SPECIFIC, "recipient_kind": "provider", "purpose": "treatment"}
    url, page = read(patient, kind="counseling_notes", **{**changes, "categories": ["counseling_notes"]})
    assert "My care here stays the same if I say no." in page
    assert patient.post(f"{url}refusal/").status_code == 302
    with scope.entered(organization_id=cast.clinic.id):
        assert not Consent.objects.filter(kind="counseling_notes").exists()
        assert Episode.objects.get(pk=cast.patient_episode.pk).ends_on is None
        assert Entry.objects.filter(event="confidentiality.proposal.declined").count() == 1


def test_a_court_case_is_signed_alone_f06(patient, cast):
    court = {
        "recipient_kind": "lawyer",
        "recipient": "L. Sample",
        "categories": ["stay"],
        "until": "one_year",
    }
    read(patient, kind="proceeding", **court, purpose="employment")
    with scope.entered(organization_id=cast.clinic.id):
        assert Proposal.objects.get().purposes == ["proceeding"]
    assert fill_in(patient, purpose="proceeding").status_code == 422


def test_every_kind_can_be_filled_in_and_read(patient):
    assert fill_in(patient, "treatment").status_code == 404
    page = patient.get(reverse("desk:consent_kinds")).content.decode()
    for kind in ("specific", "care_and_pay", "counseling_notes", "supervision", "proceeding", "intermediary"):
        url = reverse("desk:consent_form", args=[kind])
        assert url in page and patient.get(url).status_code == 200
    assert set(ConsentKind) - {"treatment", "prescription_monitoring"} == {
        *("specific", "care_and_pay", "counseling_notes", "supervision", "proceeding", "intermediary")
    }


def test_the_last_day_counts_to_its_end_in_the_clinics_zone(cast, patient):
    day = clock.now().date() + timedelta(days=40)
    _url, page = read(patient, until="date", ends_on=f"{day:%m/%d/%Y}")
    assert f"on {words.day(day, 'en')}" in page
    with scope.entered(organization_id=cast.clinic.id):
        assert Proposal.objects.get().expires_at.astimezone(None).timestamp()


def test_a_copy_to_keep_is_a_tagged_pdf_of_ones_own(cast, patient, sign_in):
    url, page = read(patient)
    sign(patient, url, page)
    with scope.entered(organization_id=cast.clinic.id):
        consent_id = Consent.objects.get(kind="specific").pk
    answer = patient.get(reverse("desk:consent_copy", args=[consent_id]))
    assert answer["Content-Type"] == "application/pdf" and b"pdfuaid:part" in answer.content
    assert answer["Content-Disposition"] == 'attachment; filename="document.pdf"'
    with scope.entered(organization_id=cast.clinic.id):
        assert Entry.objects.filter(event="desk.consent.copied").count() == 1


def minor(cast, state):
    """The patient is fourteen and is treated in a state."""
    with scope.entered(organization_id=cast.clinic.id):
        Person.objects.filter(pk=cast.patient.person.pk).update(born_on=date(2012, 6, 1))
        Center.objects.filter(pk=cast.clinic.center.pk).update(state=state)


def test_a_minor_signs_alone_where_the_state_says_so_f21(cast, patient):
    minor(cast, "CA")
    url, page = read(patient)
    assert sign(patient, url, page).status_code == 302


def test_a_minor_elsewhere_is_asked_to_come_with_a_parent_f21(cast, patient):
    minor(cast, "NY")
    url, page = read(patient)
    answer = sign(patient, url, page)
    assert answer.status_code == 422 and b"At your age a parent signs too." in answer.content
    with scope.entered(organization_id=cast.clinic.id):
        assert not Consent.objects.filter(kind="specific").exists()


def test_somebody_elses_proposal_is_not_there(cast, patient, sign_in):
    with scope.entered(organization_id=cast.clinic.id):
        other = Proposal.objects.create(
            **cast.clinic.owns(),
            person=cast.relative.person,
            kind="specific",
            discloser="Juniper House",
            ends_with="event",
            ending_words="x",
            made_at=AT,
            made_by_id=cast.relative.account.pk,
        ).pk
    for name in ("proposal", "signature", "refusal"):
        url = reverse(f"desk:{name}", args=[other])
        assert (patient.get(url) if name == "proposal" else patient.post(url)).status_code == 404
    assert sign_in(cast.relative).get(reverse("desk:proposal", args=[other])).status_code == 403
