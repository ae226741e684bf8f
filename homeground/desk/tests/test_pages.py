from datetime import timedelta

import pytest
from django.urls import reverse
from furniture import make_appointment, make_group, make_outreach, make_request

from homeground.audit.models import Entry
from homeground.ground import clock
from homeground.people.roles import Role
from homeground.timetable.models import Wish

pytestmark = pytest.mark.django_db

PARTS = {
    Role.DIRECTOR: {"below", "requests", "calls", "today", "groups"},
    Role.COUNSELOR: {"below", "requests", "calls", "today"},
    Role.FRONT_DESK: {"requests", "calls", "today"},
    Role.SCHEDULER: {"today", "groups"},
    Role.FACILITATOR: {"today"},
    Role.BILLER: set(),
    Role.ADMINISTRATOR: set(),
}
HEADINGS = {"below", "requests", "calls", "today", "groups"}


@pytest.fixture
def ahead(cast):
    """The patient is expected in two days."""
    return make_appointment(cast, make_group(cast), starts_at=clock.now() + timedelta(days=2))


@pytest.mark.parametrize("role", PARTS)
def test_the_first_page_shows_the_parts_of_the_role_and_no_other(cast, sign_in, role):
    page = sign_in(cast.clinic.staff[role]).get(reverse("desk:home")).content.decode()
    assert {part for part in HEADINGS if f'id="{part}"' in page} == PARTS[role]


def test_patients_and_family_land_on_their_own_pages(cast, sign_in):
    assert sign_in(cast.patient).get(reverse("desk:home")).url == reverse("desk:today")
    assert sign_in(cast.relative).get(reverse("desk:home")).url == reverse("desk:shared")


def test_the_director_sees_requests_past_their_promise_and_calls_owed(cast, sign_in, ahead):
    make_request(cast)
    make_outreach(cast, make_appointment(cast, ahead.slot.group))
    page = sign_in(cast.clinic.staff[Role.DIRECTOR]).get(reverse("desk:home"))
    assert b"1 past the promised time" in page.content
    assert b"1 person was away" in page.content


def test_a_patient_sees_what_comes_next_and_no_word_of_treatment(cast, sign_in, ahead):
    page = sign_in(cast.patient).get(reverse("desk:today")).content.decode()
    assert "room Cedar" in page
    for word in ("Evening", "group", "therapy", "recovery", "treatment", "Juniper House"):
        assert word.casefold() not in page.casefold()


def test_family_sees_nothing_about_anyone(cast, sign_in, ahead):
    page = sign_in(cast.relative).get(reverse("desk:shared")).content.decode()
    assert "Wren" not in page
    assert "Cedar" not in page


class TestAWish:
    def test_reaches_the_front_desk_and_is_taken_care_of(self, cast, sign_in):
        patient, desk = sign_in(cast.patient), sign_in(cast.clinic.staff[Role.FRONT_DESK])
        sent = {"kind": "other_time", "words": "My shift changed."}
        assert patient.post(reverse("desk:wishes"), sent).status_code == 302
        assert b"My shift changed." in desk.get(reverse("desk:home")).content
        wish = Wish.objects.get()
        assert desk.post(reverse("desk:wish_answer", args=[wish.pk])).status_code == 302
        assert b"My shift changed." not in desk.get(reverse("desk:home")).content
        assert Entry.objects.filter(event__startswith="timetable.wish.").count() == 2

    def test_sent_twice_is_one_wish(self, cast, sign_in):
        patient = sign_in(cast.patient)
        for _ in range(2):
            patient.post(reverse("desk:wishes"), {"kind": "call_me"})
        assert Wish.objects.count() == 1

    @pytest.mark.parametrize(
        "sent",
        [
            {},
            {"kind": "free lunch"},
            {"kind": "call_me", "words": "x" * 501},
            {"kind": "call_me", "words": "\x00"},
        ],
    )
    def test_that_is_not_one_is_answered_at_the_field_and_keeps_the_words(self, cast, sign_in, sent):
        response = sign_in(cast.patient).post(reverse("desk:wishes"), {"words": "Keep me", **sent})
        assert response.status_code == 422
        assert not Wish.objects.exists()
        if "words" not in sent:
            assert b"Keep me" in response.content


class TestThePatientsPage:
    def test_is_in_the_audit_trail_each_time_it_is_opened(self, cast, sign_in):
        url = reverse("desk:patient", args=[cast.patient_episode.patient_id])
        assert sign_in(cast.clinic.staff[Role.COUNSELOR]).get(url).status_code == 200
        entry = Entry.objects.get(event="desk.patient.read")
        assert entry.patient_id == cast.patient_episode.patient_id
        assert entry.account_id == cast.clinic.staff[Role.COUNSELOR].account.pk

    def test_shows_no_hours_to_the_scheduler(self, cast, sign_in):
        url = reverse("desk:patient", args=[cast.patient_episode.patient_id])
        assert b"Hours this week" not in sign_in(cast.clinic.staff[Role.SCHEDULER]).get(url).content
        assert b"Hours this week" in sign_in(cast.clinic.staff[Role.COUNSELOR]).get(url).content


@pytest.mark.parametrize(
    ("search", "found"), [("", True), ("wren", True), ("TESTP", True), ("1001", True), ("nobody", False)]
)
def test_people_are_found_by_a_part_of_the_name_or_the_number(cast, sign_in, search, found):
    page = sign_in(cast.clinic.staff[Role.COUNSELOR]).get(reverse("desk:people"), {"q": search})
    assert (b"Testperson" in page.content) is found


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999", ""])
def test_a_page_number_that_is_none_shows_a_page(cast, sign_in, number):
    page = sign_in(cast.clinic.staff[Role.COUNSELOR]).get(reverse("desk:people"), {"page": number})
    assert page.status_code == 200
