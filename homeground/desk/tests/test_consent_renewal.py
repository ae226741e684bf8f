"""A consent that ends is somebody's task 30 and 7 days before, and the person is told (check F08)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from homeground.confidentiality import queries as confidentiality
from homeground.confidentiality.actions import Refused
from homeground.confidentiality.tests.factories import draft, permit, sign
from homeground.desk.queries.due import due_list
from homeground.ground import clock
from homeground.people.roles import Role

pytestmark = pytest.mark.django_db

ZONE, DAY = "America/Denver", timedelta(days=1)


@pytest.fixture
def by(cast):
    return cast.clinic.staff[Role.COUNSELOR].actor


def ends(cast, by, at, days, **changes):
    """A consent to tell the employer that ends so many days from now."""
    told = {"signed_at": at - timedelta(hours=1), "expires_at": at + days * DAY, **changes}
    return sign(cast, by, draft=draft(**told), at=at)


def tasks(at, counselor_id=None):
    found = due_list(at, ZONE, counselor_id).privacy
    return {each.subject_id: each for each in found if each.kind.startswith("consent.")}


def test_thirty_and_seven_days_before_its_end_it_is_the_counselors_task_f08(cast, by, inside):
    at, counselor = clock.now(), cast.patient_episode.counselor_id
    consent_id = ends(cast, by, at, 40)
    assert tasks(at + 9 * DAY) == {}
    month, week = tasks(at + 10 * DAY)[consent_id], tasks(at + 33 * DAY)[consent_id]
    assert (month.kind, week.kind) == ("consent.ending", "consent.last_days")
    assert month.owner_id == week.owner_id == counselor
    assert (month.due_on - month.since, week.due_on - week.since) == (30 * DAY, 7 * DAY)
    assert tasks(at + 32 * DAY)[consent_id].kind == "consent.ending"
    assert consent_id in tasks(at + 33 * DAY, counselor)
    assert tasks(at + 33 * DAY, cast.clinic.staff[Role.FACILITATOR].person.pk) == {}


def test_at_its_end_it_gives_nothing_and_is_nobodys_task_f08(cast, by, inside):
    at = clock.now()
    ends(cast, by, at, 40)
    assert permit(cast, by, at=at + 40 * DAY - timedelta(seconds=1)).categories
    for after in (timedelta(), timedelta(seconds=1)):
        with pytest.raises(Refused):
            permit(cast, by, at=at + 40 * DAY + after)
    assert tasks(at + 40 * DAY) == {}


def test_a_newer_consent_for_as_much_takes_its_place_and_one_for_less_does_not_f08(cast, by, inside):
    at = clock.now()
    consent_id = ends(cast, by, at, 20)
    ends(cast, by, at, 90, categories=frozenset(["attendance"]))
    ends(cast, by, at, 90, recipients=("Ore Works",))
    assert set(tasks(at)) == {consent_id}
    ends(cast, by, at, 90)
    assert tasks(at) == {}


def test_the_lists_show_it_with_its_owner_and_what_to_do_next_f08(cast, by, inside, sign_in):
    at, patient_id = clock.now(), cast.patient_episode.patient_id
    ends(cast, by, at, 20)
    counselor = sign_in(cast.clinic.staff[Role.COUNSELOR])
    page = counselor.get(reverse("desk:due")).content.decode()
    consents = reverse("desk:person_consents", args=[patient_id])
    assert "A consent ends: ask whether to renew it" in page and consents in page
    assert cast.patient_episode.counselor.family_name in page
    renew = reverse("desk:person_consent_form", args=[patient_id, "specific"])
    assert "ends soon" in (seen := counselor.get(consents).content.decode()) and renew in seen
    own = sign_in(cast.patient).get(reverse("desk:privacy")).content.decode()
    assert "This ends soon." in own and reverse("desk:consent_form", args=["specific"]) in own


def test_more_consents_that_end_cost_no_more_statements(cast, by, inside, django_assert_max_num_queries):
    at = clock.now()
    for _ in range(6):
        ends(cast, by, at, 20)
    with django_assert_max_num_queries(4):
        assert len(confidentiality.to_renew(at)) == 6
