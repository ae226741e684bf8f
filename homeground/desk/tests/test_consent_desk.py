"""Staff start a consent, a screen is handed over to sign it, and what was said or shown is recorded."""

import re
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from homeground.audit.models import Entry
from homeground.confidentiality.actions import proposals
from homeground.confidentiality.models import Consent, Proposal, Representative
from homeground.confidentiality.tests.factories import family, sign
from homeground.desk.views.consent_desk import COOKIE
from homeground.ground import clock, scope
from homeground.people.models import Person
from homeground.people.roles import Role
from homeground.program.models import Center

pytestmark = pytest.mark.django_db
FILLED = {
    "recipient_kind": "family",
    "recipient": "Linden Sample",
    "categories": ["attendance"],
    "purpose": "support",
    "until": "three_months",
}


@pytest.fixture
def counselor(cast, sign_in):
    return sign_in(cast.clinic.staff[Role.COUNSELOR])


@pytest.fixture
def patient_id(cast):
    return cast.patient_episode.patient_id


def address(name, patient_id, *more):
    return reverse(f"desk:{name}", args=[patient_id, *more])


def start(client, patient_id, **changes):
    """Fill in a consent for the patient; the answer."""
    return client.post(address("person_consent_form", patient_id, "specific"), {**FILLED, **changes})


def waiting(cast):
    with scope.entered(organization_id=cast.clinic.id):
        return Proposal.objects.filter(closed_at=None).get().pk


def hand_over(client, cast, patient_id):
    return client.post(address("screen", patient_id, waiting(cast)), {"here": "yes"})


def signed(cast):
    with scope.entered(organization_id=cast.clinic.id):
        return Consent.objects.filter(kind="specific").first()


def answer_here(client, **changes):
    page = client.get(reverse("desk:sign_here")).content.decode()
    hidden = {n: re.search(rf'name="{n}" value="([^"]*)"', page)[1] for n in ("language", "digest")}
    told = {**hidden, "signature": "Wren Testperson", "agree": "on", **changes}
    return client.post(reverse("desk:sign_here"), told)


def test_a_screen_is_handed_over_and_knows_nobody_d22(cast, counselor, patient_id):
    assert start(counselor, patient_id).status_code == 302
    answer = hand_over(counselor, cast, patient_id)
    assert answer["Location"] == reverse("desk:sign_here")
    assert (
        settings.SESSION_COOKIE_NAME not in counselor.cookies
        or not counselor.cookies[settings.SESSION_COOKIE_NAME].value
    ), "who works here is signed out"
    assert counselor.get(address("person_consents", patient_id)).status_code == 302, "to sign in again"
    shown = counselor.get(reverse("desk:sign_here"))
    assert b"the days and hours I came" in shown.content and shown["Refresh"] == "301"
    assert b"/desk/people/" not in shown.content
    done = answer_here(counselor)
    assert done.status_code == 200 and b"Please give this screen back." in done.content
    row = signed(cast)
    assert (row.method, row.signed_name) == ("screen", "Wren Testperson")
    assert row.recorded_by_id == cast.clinic.staff[Role.COUNSELOR].account.pk
    assert counselor.get(reverse("desk:sign_here")).status_code == 410, "one text, once"


def test_a_screen_left_alone_shows_nothing_after_five_minutes_d22(cast, counselor, patient_id):
    start(counselor, patient_id)
    hand_over(counselor, cast, patient_id)
    with scope.entered(organization_id=cast.clinic.id):
        Proposal.objects.update(screen_until=clock.now() - timedelta(seconds=1))
    gone = counselor.get(reverse("desk:sign_here"))
    assert gone.status_code == 410 and b"Linden" not in gone.content
    assert timedelta(minutes=5) == proposals.SCREEN_LIFE


def test_an_invented_secret_and_none_look_alike(client, cast):
    none = client.get(reverse("desk:sign_here"))
    client.cookies[COOKIE] = "invented"
    invented = client.get(reverse("desk:sign_here"))
    assert (none.status_code, invented.status_code) == (410, 410)


def test_saying_no_on_the_screen_signs_nothing(cast, counselor, patient_id):
    start(counselor, patient_id)
    hand_over(counselor, cast, patient_id)
    assert b"Your care stays the same." in answer_here(counselor, answer="no").content
    assert signed(cast) is None


def test_what_staff_filled_in_waits_on_the_phone(cast, counselor, patient_id, sign_in):
    start(counselor, patient_id, relative="relative")
    patient = sign_in(cast.patient)
    assert b"Read and sign, or say no: Linden Sample" in patient.get(reverse("desk:privacy")).content
    url = reverse("desk:proposal", args=[waiting(cast)])
    page = patient.get(url).content.decode()
    hidden = {n: re.search(rf'name="{n}" value="([^"]*)"', page)[1] for n in ("language", "digest")}
    patient.post(f"{url}signature/", {**hidden, "signature": "Wren T", "agree": "on"})
    assert signed(cast).recipient_person_id == cast.relative.person.pk


def test_a_sign_in_name_nobody_of_the_family_has_is_told_at_its_field(counselor, patient_id):
    for name in ("nobody", "wren"):
        answer = start(counselor, patient_id, relative=name)
        assert answer.status_code == 422 and "relative" in answer.context["form"].errors


def test_taking_it_back_leaves_nothing_to_sign(cast, counselor, patient_id):
    start(counselor, patient_id)
    assert counselor.post(address("withdrawal", patient_id, waiting(cast))).status_code == 302
    with scope.entered(organization_id=cast.clinic.id):
        assert not Proposal.objects.filter(closed_at=None).exists()


def test_a_revocation_in_writing_holds_at_once_f07(cast, counselor, patient_id, sign_in):
    by = cast.clinic.staff[Role.COUNSELOR].actor
    with scope.entered(organization_id=cast.clinic.id):
        consent_id = sign(cast, by, **family(cast.relative), at=clock.now())
    relative = sign_in(cast.relative)
    assert b"shares this with you" in relative.get(reverse("desk:shared")).content
    assert counselor.post(address("consent_ending", patient_id, consent_id)).status_code == 302
    assert b"Nothing is shared with you here now." in relative.get(reverse("desk:shared")).content
    assert counselor.post(address("consent_ending", patient_id, consent_id)).status_code == 404


@pytest.fixture
def minor(cast):
    """The patient is fourteen, in a state where a parent signs too, and the parent's paper was seen."""
    with scope.entered(organization_id=cast.clinic.id):
        Person.objects.filter(pk=cast.patient.person.pk).update(born_on=date(2012, 6, 1))
        Center.objects.filter(pk=cast.clinic.center.pk).update(state="NY")


def test_a_minor_and_a_parent_sign_on_one_screen_f21(cast, counselor, patient_id, minor):
    told = {"name": "Marlow Testperson", "capacity": "parent", "shown_by": "Birth certificate"}
    assert counselor.post(address("representatives", patient_id), told).status_code == 302
    with scope.entered(organization_id=cast.clinic.id):
        parent = Representative.objects.get().pk
    start(counselor, patient_id, cosigner=str(parent))
    hand_over(counselor, cast, patient_id)
    assert answer_here(counselor, cosignature="").status_code == 422, "both sign"
    assert answer_here(counselor, cosignature="Marlow Testperson").status_code == 200
    assert (signed(cast).cosigned_name, signed(cast).cosigner_id) == ("Marlow Testperson", parent)


def test_a_minor_alone_is_refused_on_the_screen_f21(cast, counselor, patient_id, minor):
    start(counselor, patient_id)
    hand_over(counselor, cast, patient_id)
    answer = answer_here(counselor)
    assert answer.status_code == 422 and b"At your age a parent signs too." in answer.content
    assert signed(cast) is None


def test_another_persons_proposal_is_not_opened_under_this_one(cast, counselor, patient_id, inside):
    other = Proposal.objects.create(
        **cast.clinic.owns(),
        person=cast.relative.person,
        kind="specific",
        discloser="x",
        ends_with="event",
        ending_words="x",
        made_at=clock.now(),
        made_by_id=cast.relative.account.pk,
    ).pk
    for name in ("screen", "withdrawal"):
        assert counselor.post(address(name, patient_id, other)).status_code == 404


def test_looking_at_consents_is_in_the_trail_and_costs_the_same_for_many(cast, counselor, patient_id):
    url = address("person_consents", patient_id)
    counselor.get(url)
    with CaptureQueriesContext(connection) as one:
        counselor.get(url)
    with scope.entered(organization_id=cast.clinic.id):
        assert Entry.objects.filter(event="desk.consents.read").count() == 2
        for _ in range(4):
            sign(cast, cast.clinic.staff[Role.COUNSELOR].actor, at=clock.now())
    start(counselor, patient_id)
    start(counselor, patient_id)
    counselor.get(url)
    with CaptureQueriesContext(connection) as many:
        counselor.get(url)
    assert len(many) <= len(one) + 2  # revocations and the person's key, once there is a consent
