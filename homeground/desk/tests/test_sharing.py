"""A named recipient sees what one consent lists, by a secret address, and nothing once it has ended."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from homeground.confidentiality import actions as confidentiality
from homeground.confidentiality import queries as confidential
from homeground.confidentiality.actions import sharing
from homeground.confidentiality.models import SharingLink
from homeground.confidentiality.rules import notice
from homeground.confidentiality.rules.vocabulary import (
    Category,
    ConsentKind,
    EndsWith,
    Purpose,
    RestrictionKind,
)
from homeground.confidentiality.tests.factories import draft, family, sign
from homeground.ground import clock, scope
from homeground.people.roles import Role
from homeground.treatment.tests import factories

pytestmark = pytest.mark.django_db
NOTHING = b"Nothing is shared here now."
HOST = "testserver"


@pytest.fixture
def by(cast):
    return cast.clinic.staff[Role.COUNSELOR].actor


@pytest.fixture
def patient(cast, sign_in):
    return sign_in(cast.patient)


@pytest.fixture
def signed(cast, by):
    """The employer may know the days the patient came."""
    with scope.entered(organization_id=cast.clinic.id):
        only = draft(categories=frozenset({Category.ATTENDANCE}))
        return sign(cast, by, draft=only, at=clock.now())


@pytest.fixture
def anyone(cast):
    """A visitor without an account."""
    return Client(headers={"host": HOST})


def make(patient, consent_id):
    page = patient.post(reverse("desk:consent_links", args=[consent_id])).content.decode()
    return re.search(r'value="https?://[^/]+(/desk/[^"]+)"', page)[1]


def sent(cast):
    with scope.entered(organization_id=cast.clinic.id):
        return confidential.sent(cast.patient.person.pk)


def test_a_preview_opens_nothing_and_an_opening_is_accounted_for_f09_f11(cast, patient, signed, anyone):
    address = make(patient, signed)
    looked = anyone.get(address)
    assert looked.status_code == 200 and b"Wren" not in looked.content and sent(cast) == ()
    opened = anyone.post(address).content.decode()
    assert "Days and hours attended" in opened and notice.SHORT in opened
    assert "signed a written consent" in opened
    [line] = sent(cast)
    assert (line.recipient, line.categories, line.purpose) == ("Cobalt Works", ("attendance",), "employment")


def test_only_what_is_listed_is_shown_f22(cast, patient, signed, anyone):
    opened = anyone.post(make(patient, signed)).content.decode()
    assert "Level of care" not in opened and "Appointments" not in opened and "Plan" not in opened


ENDINGS = ("revoked", "part", "restricted", "taken_back", "too_old", "replaced")


@pytest.mark.parametrize("how", ENDINGS)
def test_at_the_next_request_there_is_nothing_f07(cast, by, patient, signed, anyone, how):
    address, at = make(patient, signed), clock.now()
    assert anyone.post(address).status_code == 200
    with scope.entered(organization_id=cast.clinic.id):
        if how in ("revoked", "part"):
            part = "attendance" if how == "part" else ""
            confidentiality.revoke_consent(
                consent_id=signed, revoked_at=at, category=part, by=cast.patient.actor, at=clock.now()
            )
        elif how == "restricted":
            confidentiality.restrict(
                person_id=cast.patient.person.pk,
                kind=RestrictionKind.AGREED,
                recipient_kind="employer",
                by=by,
                at=at,
            )
        elif how == "too_old":
            SharingLink.objects.update(made_at=at - 2 * sharing.LIFE, expires_at=at - timedelta(seconds=1))
    if how == "taken_back":
        assert patient.post(reverse("desk:links_ending", args=[signed])).status_code == 302
    elif how == "replaced":
        make(patient, signed)
    gone = anyone.post(address)
    assert gone.status_code == 404 and NOTHING in gone.content
    assert len(sent(cast)) == 1


def test_an_invented_address_and_an_ended_one_look_alike(cast, patient, signed, anyone):
    address = make(patient, signed)
    patient.post(reverse("desk:revocation", args=[signed]))
    bare = lambda page: re.sub(rb'nonce="[^"]*"|\b[A-Za-z0-9]{64}\b|/desk/given/[^"/]+', b"", page)  # noqa: E731
    ended, invented = anyone.get(address), anyone.get("/desk/given/invented/")
    assert (ended.status_code, invented.status_code) == (404, 404)
    assert bare(ended.content) == bare(invented.content)


def test_somebody_elses_consent_makes_no_address(patient, cast, by):
    with scope.entered(organization_id=cast.clinic.id):
        care = sign(
            cast,
            by,
            draft=draft(
                kind=ConsentKind.CARE_AND_PAY,
                purposes=frozenset({Purpose.TREATMENT}),
                ends_with=EndsWith.NEVER,
                expires_at=None,
            ),
            recipient_kind="",
            at=clock.now(),
        )
    assert patient.post(reverse("desk:consent_links", args=[care])).status_code == 404


@pytest.fixture
def times(cast, by):
    """The relative may know the times of appointments, and there is one ahead."""
    day = (clock.now() + timedelta(days=3)).date().isoformat()
    with scope.entered(organization_id=cast.clinic.id):
        factories.make_meeting(cast.clinic, [cast.patient_episode.patient], day)
        return sign(cast, by, **family(cast.relative, Category.APPOINTMENTS), at=clock.now())


def calendar_of(relative, consent_id):
    page = relative.post(reverse("desk:family_calendar", args=[consent_id])).content.decode()
    return re.search(r'value="https?://[^/]+(/desk/[^"]+)"', page)[1]


def test_a_relatives_calendar_says_times_and_nothing_else_f34(cast, times, sign_in, anyone):
    relative = sign_in(cast.relative)
    address = calendar_of(relative, times)
    feed = anyone.get(address)
    assert feed["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"SUMMARY:Appointment" in feed.content and b"Wren" not in feed.content
    assert [line.channel for line in sent(cast)] == ["feed"]


def test_the_calendar_is_gone_with_the_consent_f07(cast, patient, times, sign_in, anyone):
    address = calendar_of(sign_in(cast.relative), times)
    assert anyone.get(address).status_code == 200
    patient.post(reverse("desk:revocation", args=[times]))
    assert anyone.get(address).status_code == 404


def test_without_appointments_in_the_consent_there_is_no_calendar(cast, by, sign_in):
    with scope.entered(organization_id=cast.clinic.id):
        attendance = sign(cast, by, **family(cast.relative), at=clock.now())
    url = reverse("desk:family_calendar", args=[attendance])
    relative = sign_in(cast.relative)
    assert relative.post(url).status_code == 404
    assert b"in my calendar" not in relative.get(reverse("desk:shared")).content


def test_a_calendar_address_does_not_open_the_page(cast, times, sign_in, anyone):
    secret = calendar_of(sign_in(cast.relative), times).removesuffix(".ics").rsplit("/", 1)[1]
    assert anyone.post(f"/desk/given/{secret}/").status_code == 404
