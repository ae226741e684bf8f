"""What the privacy side owes is on the list of what is due; the notice comes first at the first sign-in."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from homeground.confidentiality import actions
from homeground.confidentiality.models import BreakGlass
from homeground.confidentiality.rules.vocabulary import Method, RequestKind
from homeground.desk.queries.due import due_list
from homeground.ground import clock
from homeground.people.roles import Role

pytestmark = pytest.mark.django_db
ZONE = "America/Denver"


@pytest.fixture
def director(clinic):
    return clinic.staff[Role.DIRECTOR].actor


@pytest.fixture
def late(cast, clinic, director, inside):
    """A request that is overdue, an emergency access nobody reviewed in time, a breach, a missing notice."""
    at, person = clock.now(), cast.patient.person.pk
    long_ago = at - timedelta(days=40)
    actions.open_request(
        person_id=person,
        kind=RequestKind.ACCESS,
        words="",
        received_on=long_ago.date(),
        owner_id=clinic.staff[Role.COUNSELOR].person.pk,
        by=director,
        at=long_ago,
    )
    actions.break_glass(
        person_id=person, reason="She fell.", by=clinic.staff[Role.FACILITATOR].actor, at=long_ago
    )
    actions.record_breach(
        discovered_on=long_ago.date(),
        happened_on=None,
        description="A letter went to the wrong house.",
        people_count=1,
        most_in_one_state=1,
        person_ids=[person],
        by=director,
        at=long_ago,
    )
    return person


def kinds(rows):
    return {each.kind for each in rows}


def test_rights_reviews_breaches_and_missing_notices_are_due_b17_f25_g06(late, director):
    found = due_list(clock.now(), ZONE)
    assert kinds(found.privacy) == {
        "right.access",
        "review",
        "breach.persons",
        "breach.authority",
        "notice",
    }
    assert {"right.access", "review", "notice"} <= kinds(found.late_privacy)
    assert late in found.names


def test_what_is_done_is_due_no_more(late, director):
    at = clock.now()
    actions.acknowledge_notice(
        person_id=late, version="1", digest="0" * 64, language="en", method=Method.PAPER, by=director, at=at
    )
    BreakGlass.objects.update(reviewed_at=at, reviewed_by_id=director.person_id, review="justified")
    left = kinds(due_list(clock.now(), ZONE).privacy)
    assert "notice" not in left and "review" not in left


def test_a_counselor_sees_the_requests_they_look_after(late, clinic):
    counselor = clinic.staff[Role.COUNSELOR].person.pk
    assert "right.access" in kinds(due_list(clock.now(), ZONE, counselor).privacy)
    someone = clinic.staff[Role.FACILITATOR].person.pk
    assert "right.access" not in kinds(due_list(clock.now(), ZONE, someone).privacy)


def test_the_page_and_the_command_tell_the_same(late, sign_in, clinic):
    said = sign_in(clinic.staff[Role.DIRECTOR]).get(reverse("desk:due")).content.decode()
    for words in ("A copy of the record", "Review of emergency access", "Breach: tell the people"):
        assert words in said
    told = StringIO()
    call_command("due", "--json", stdout=told)
    found = {each["kind"] for each in json.loads(told.getvalue())["due"]}
    assert {"privacy.right.access", "privacy.review", "privacy.breach.persons", "privacy.notice"} <= found


def test_the_list_costs_the_same_with_many(late, director, cast):
    counts = []
    for more in (0, 12):
        for _ in range(more):
            actions.open_request(
                person_id=late,
                kind=RequestKind.COMPLAINT,
                words="",
                received_on=clock.now().date(),
                owner_id=None,
                by=director,
                at=clock.now(),
            )
        with CaptureQueriesContext(connection) as statements:
            due_list(clock.now(), ZONE)
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_the_notice_comes_first_at_the_first_sign_in_until_it_is_given_f36(cast, director, sign_in, inside):
    patient, home = sign_in(cast.patient), reverse("desk:home")
    today, reading = reverse("desk:today"), reverse("confidentiality:notice_reading")
    assert patient.get(home)["Location"] == today  # a clinic without a notice asks nobody to read it
    actions.name_privacy_contact(
        title="The privacy office",
        phone="303-555-0100",
        email="privacy@example.org",
        by=director,
        at=clock.now(),
    )
    assert patient.get(home)["Location"] == reading
    patient.post(reading, {"later": "1"})
    assert patient.get(home)["Location"] == today
    again = sign_in(cast.patient)
    assert again.get(home)["Location"] == reading
    again.post(reading)
    assert sign_in(cast.patient).get(home)["Location"] == today
