"""The staff desk in a browser, with every member of the cast."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from homeground.audit.models import Entry
from homeground.front_door.models import Call, Closing, Conversion
from homeground.front_door.tests.factories import received
from homeground.ground import scope
from homeground.people.roles import DOOR, Role

pytestmark = pytest.mark.django_db
INBOX = "/front_door/"
ADMITTED = {role.value for role in DOOR}


def ask(clinic):
    with scope.entered(organization_id=clinic.id):
        return received(clinic.staff[Role.FRONT_DESK].actor)


@pytest.fixture
def asked(clinic):
    return ask(clinic)


@pytest.fixture
def desk(clinic, sign_in):
    return sign_in(clinic.staff[Role.FRONT_DESK])


def url(asked, verb=""):
    return f"/front_door/requests/{asked}/{verb}"


def test_every_page_of_the_desk_admits_the_door_and_nobody_else(cast, asked, sign_in):
    for name, member in cast.everyone().items():
        client = sign_in(member)
        for path in (INBOX, url(asked), "/front_door/places/"):
            expected = 200 if name in ADMITTED else 302 if member is None else 403
            if name == "other clinic's counselor":
                expected = 404 if path == url(asked) else 200
            assert client.get(path).status_code == expected, (name, path)


def test_every_verb_of_the_desk_refuses_who_is_not_of_the_door(cast, asked, sign_in):
    for name, member in cast.everyone().items():
        if name in ADMITTED:
            continue
        for verb in ("calls/", "closing/", "screening/"):
            answer = sign_in(member).post(
                url(asked, verb), {"result": "reached", "reason": "other", "given_name": "x"}
            )
            expected = 302 if member is None else 404 if name == "other clinic's counselor" else 403
            assert answer.status_code == expected, (name, verb)
    assert not Call.objects.exists() and not Closing.objects.exists() and not Conversion.objects.exists()


def test_the_inbox_names_the_guest_and_the_promise_in_the_clinics_time(desk, asked):
    page = desk.get(INBOX).content.decode()
    assert "River" in page and "Wed 18 Nov, 10:15" in page and "5550142" not in page


def test_the_page_of_a_request_shows_the_contact_and_what_is_not_allowed(desk, asked):
    page = desk.get(url(asked)).content.decode()
    assert "303-555-0142" in page and "No message" in page and "Do not say who we are" in page
    assert Entry.objects.filter(event="front_door.request.read", subject_id=asked).count() == 1


def statements(client, path):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    housekeeping = ("SAVEPOINT", "RELEASE", "select set_config", "select coalesce(current_setting")
    return len([each for each in captured if not each["sql"].startswith(housekeeping)])


def test_the_inbox_takes_the_same_number_of_statements_for_one_row_and_for_many(desk, clinic, asked):
    desk.get(INBOX)
    one = statements(desk, INBOX)
    for _ in range(20):
        ask(clinic)
    assert statements(desk, INBOX) == one
    assert one <= 12


def test_a_call_is_written_down_and_sending_it_again_changes_nothing(desk, asked):
    told = {"result": "no_answer", "note": "Busy line", "once": str(uuid4())}
    for _ in range(2):
        answer = desk.post(url(asked, "calls/"), told)
        assert answer.status_code == 302 and answer.url == url(asked)
    assert Call.objects.count() == 1
    assert "Busy line" in desk.get(url(asked)).content.decode()


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"result": "sang"},
        {"result": "message"},
        {"result": "reached", "note": "n" * 1001},
        {"result": "reached", "note": "null \x00"},
    ],
)
def test_a_call_that_makes_no_sense_is_refused_and_the_note_kept(desk, asked, told):
    answer = desk.post(url(asked, "calls/"), {"note": "Kept words", **told})
    assert answer.status_code == 422 and not Call.objects.exists()
    if "note" not in told:
        assert "Kept words" in answer.content.decode()


def test_a_request_is_closed_with_a_reason_and_only_once(desk, asked):
    assert desk.post(url(asked, "closing/"), {}).status_code == 422
    assert desk.post(url(asked, "closing/"), {"reason": "bored"}).status_code == 422
    assert desk.post(url(asked, "closing/"), {"reason": "declined"}).status_code == 302
    again = desk.post(url(asked, "closing/"), {"reason": "other"}, follow=True)
    assert "Nothing was changed" in again.content.decode()
    assert Closing.objects.get().reason == "declined"


def test_a_screening_begins_and_the_front_desk_stays_at_the_door(desk, asked):
    assert desk.post(url(asked, "screening/"), {"given_name": ""}).status_code == 422
    assert desk.post(url(asked, "screening/"), {"given_name": "n" * 101}).status_code == 422
    answer = desk.post(url(asked, "screening/"), {"given_name": "River"})
    assert answer.status_code == 302 and answer.url == url(asked)
    assert Conversion.objects.count() == 1
    assert "became a screening" in desk.get(url(asked)).content.decode()


def test_a_counselor_goes_on_to_the_screening(clinic, sign_in, asked):
    counselor = sign_in(clinic.staff[Role.COUNSELOR])
    answer = counselor.post(url(asked, "screening/"), {"given_name": "River"})
    assert answer.status_code == 302 and answer.url.startswith("/placement/")
    assert str(Conversion.objects.get().screening_id) in answer.url


@pytest.mark.parametrize("verb", ["", "calls/", "closing/", "screening/"])
def test_an_unknown_request_is_not_there(desk, verb):
    told = {"result": "reached", "reason": "other", "given_name": "River"}
    path = url(uuid4(), verb)
    assert (desk.post(path, told) if verb else desk.get(path)).status_code == 404
    assert desk.get("/front_door/requests/1/").status_code == 404


@pytest.mark.parametrize("verb", ["calls/", "closing/", "screening/"])
def test_a_verb_is_never_done_by_a_get(desk, asked, verb):
    assert desk.get(url(asked, verb)).status_code == 405


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 30, "\u0663"])
def test_a_strange_page_number_gives_a_page(desk, asked, page):
    assert desk.get(INBOX, {"page": page}).status_code == 200


def test_the_desk_writes_no_name_to_the_log(desk, asked, caplog):
    desk.get(url(asked))
    desk.post(url(asked, "calls/"), {"result": "sang", "note": "River called"})
    assert "River" not in caplog.text
