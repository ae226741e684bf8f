"""The public site as a visitor's browser gets it."""

import json
import re
from datetime import date, time
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from homeground.front_door.models import Listing
from homeground.front_door.tests.test_directory import SAMPLES
from homeground.timetable.models import Group, Slot

pytestmark = pytest.mark.django_db
PAGES = ["/", "/check/", "/fit/", "/help/", "/help/sent/", "/find/", "/family/"]
WRITES = re.compile(r"\s*(insert|update|delete|merge|copy)\b", re.I)


@pytest.fixture
def visitor(cast):
    return Client()


@pytest.fixture
def evening(clinic):
    """A core group of nine counted hours, Tuesday to Thursday evening."""
    group = Group.objects.create(
        **clinic.owns(),
        program=clinic.adult,
        name="Evening group",
        track="evening",
        capacity=10,
        population="adult",
        starts_on=date(2026, 1, 5),
    )
    for weekday in (1, 2, 3):
        Slot.objects.create(**clinic.owns(), group=group, weekday=weekday, starts=time(18), ends=time(21))
    return group


def writes(client, call):
    with CaptureQueriesContext(connection) as captured:
        answer = call(client)
    return answer, [each["sql"] for each in captured if WRITES.match(each["sql"])]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_carries_the_crisis_numbers_and_asks_nothing_of_others(visitor, path, language):
    visitor.cookies["language"] = language
    answer = visitor.get(path)
    page = answer.content.decode()
    assert answer.status_code == 200 and f'<html lang="{language}"' in page
    for number in ("tel:911", "tel:988", "tel:18006624357"):
        assert number in page
    assert "data-quick-exit" in page
    assert not re.findall(r"<script(?![^>]*src=)|\sstyle=|\son[a-z]+=", page)
    sources = re.findall(r'(?:src|href)="(https?:[^"]+)"', page)
    assert sources == ["https://www.weather.gov/"]


@pytest.mark.parametrize("path", PAGES)
def test_a_public_page_takes_no_more_than_twelve_statements_and_writes_nothing(visitor, evening, path):
    with CaptureQueriesContext(connection) as captured:
        visitor.get(path)
    asked = [
        each["sql"] for each in captured if "set_config" not in each["sql"] and "SAVEPOINT" not in each["sql"]
    ]
    assert len(asked) <= 12
    assert not [sql for sql in asked if WRITES.match(sql)]


@pytest.mark.parametrize("path", PAGES)
def test_a_public_page_needs_no_account_and_leaves_no_session(visitor, path):
    answer = visitor.get(path)
    assert "visit" not in answer.cookies


@pytest.mark.parametrize("path", PAGES)
def test_the_title_of_a_tab_tells_nothing(visitor, path):
    title = re.search(r"<title>(.*?)</title>", visitor.get(path).content.decode())[1].lower()
    assert not any(
        word in title for word in ("treatment", "drug", "alcohol", "help", "recovery", "detox", "crisis")
    )


def test_home_shows_a_week_from_the_groups_that_run(visitor, evening):
    page = visitor.get("/").content.decode()
    assert "How can we help?" in page and "Evening group" in page and "9 h a week" in page


def test_the_self_check_answers_and_keeps_nothing(visitor, caplog):
    told = {"stopped_drinking": "yes", "past_withdrawal": "yes", "home": "no"}
    answer, written = writes(visitor, lambda client: client.post("/check/", told))
    page = answer.content.decode()
    assert answer.status_code == 200 and written == [] and caplog.text == ""
    assert "visit" not in answer.cookies
    body = page[page.index("<main") :]
    assert body.index("Call 911") < body.index("Why")


@pytest.mark.parametrize("told", [{"home": "maybe"}, {"home": "\x00"}, {"emergency": "y" * 5000}])
def test_a_forged_answer_is_refused_and_an_empty_check_is_answered(visitor, told):
    assert visitor.post("/check/", told).status_code == 422
    assert visitor.post("/check/", {"unknown": "yes"}).status_code == 200


def fit(client, **told):
    return client.post("/fit/", {"travel": "25", "age": "adult", "language": "any", **told})


def test_a_free_week_fits_and_leads_to_the_request_with_the_group_alone(visitor, evening):
    answer, written = writes(visitor, fit)
    page = answer.content.decode()
    assert answer.status_code == 200 and written == []
    assert "Yes. Your week could look like this." in page and "Tuesday 18:00–21:00" in page
    assert "Home by 21:25" in page
    assert f'href="/help/?group={evening.pk}"' in page
    asked = visitor.get(f"/help/?group={evening.pk}").content.decode()
    assert f'value="{evening.pk}"' in asked and "You ask about the group “Evening group”." in asked


def test_a_busy_evening_is_told_as_the_smallest_change(visitor, evening):
    answer = fit(visitor, **{"week-text-1": "17-22"})
    page = answer.content.decode()
    assert answer.status_code == 200 and "Not with today" in page and "Keep Tuesday free from" in page


def test_an_age_without_any_group_is_told_kindly(visitor, evening):
    page = fit(visitor, age="adolescent").content.decode()
    assert "We have no group for this today" in page


def test_a_preset_button_without_script_draws_the_page_again(visitor):
    answer = fit(visitor, **{"week-preset": "office"})
    assert answer.status_code == 200 and "error-summary" not in answer.content.decode()


CALENDAR = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//test//EN\r
BEGIN:VEVENT\r
UID:1\r
DTSTAMP:20260101T000000Z\r
DTSTART:20260106T173000\r
DTEND:20260106T193000\r
RRULE:FREQ=WEEKLY\r
SUMMARY:Private words nobody may keep\r
END:VEVENT\r
END:VCALENDAR\r
"""


def test_a_calendar_file_gives_its_times_and_its_words_reach_nothing(visitor, evening, caplog, capfd):
    file = SimpleUploadedFile("family-court.ics", CALENDAR.encode(), "text/calendar")
    with CaptureQueriesContext(connection) as captured:
        answer = fit(visitor, calendar=file)
    page = answer.content.decode()
    assert answer.status_code == 200 and "We added the busy times" in page and "Keep Tuesday free" in page
    told = page + caplog.text + "".join(capfd.readouterr()) + json.dumps([each["sql"] for each in captured])
    assert "Private words" not in told and "family-court" not in told
    written = [each["sql"] for each in captured if WRITES.match(each["sql"])]
    assert all("ground_bucket" in sql for sql in written)


@pytest.mark.parametrize(
    "content", [b"", b"no calendar at all", b"\xff\xfe" * 50, b"BEGIN:VCALENDAR\r\n", b"x" * 1_100_000]
)
def test_a_file_that_is_no_calendar_is_told_at_its_field_and_the_week_is_kept(visitor, content):
    file = SimpleUploadedFile("x.ics", content, "text/calendar")
    answer = fit(visitor, calendar=file, **{"week-text-2": "8-17"})
    assert answer.status_code == 422 and "calendar" in answer.context["form"].errors
    assert 'value="2-16"' in answer.content.decode()


@pytest.mark.parametrize(
    "told",
    [
        {"travel": ""},
        {"travel": "-5"},
        {"travel": "9999"},
        {"travel": "far"},
        {"age": "ageless"},
        {"language": "xx"},
        {"week-text-0": "whenever"},
        {"travel": "\x00"},
    ],
)
def test_wrong_input_of_the_fit_page_is_told_at_its_field(visitor, told):
    answer = fit(visitor, **told)
    assert answer.status_code == 422 and answer.context["form"].errors


def test_many_files_from_one_address_are_asked_to_wait(visitor):
    for _ in range(20):
        fit(visitor, calendar=SimpleUploadedFile("x.ics", b"no calendar", "text/calendar"))
    answer = fit(visitor, calendar=SimpleUploadedFile("x.ics", CALENDAR.encode(), "text/calendar"))
    assert answer.status_code == 422 and b"try again in a minute" in answer.content


@pytest.fixture
def directory(cast, capsys):
    call_command("directory", "import", str(SAMPLES / "zip_codes.csv"))
    call_command("directory", "import", str(SAMPLES / "centers.csv"), "--seen-on", "2026-11-18")


def listing_statements(client, path):
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    return answer, [each["sql"] for each in captured if "front_door_listing" in each["sql"]]


@pytest.mark.parametrize("query", ["state=WA", "zip=98101", "zip=98101-1234"])
def test_a_search_is_one_statement_tells_its_rule_and_when_each_was_seen(visitor, directory, query):
    answer, asked = listing_statements(visitor, f"/find/?{query}")
    page = answer.content.decode()
    assert answer.status_code == 200 and len(asked) == 1
    assert "Harbor Hall" in page and "Nobody can pay for a place" in page
    assert "Last seen in the directory on Wednesday 18 November 2026" in page


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("zip=00000", "zip"),
        ("zip=abc", "zip"),
        ("zip=9810", "zip"),
        ("zip=%00", "zip"),
        ("zip=%FF%FE", "zip"),
        ("state=ZZ", "state"),
        ("zip=&state=", "zip"),
        ("zip=" + "9" * 3000, "zip"),
    ],
)
def test_an_unknown_place_is_told_at_its_field(visitor, directory, query, field):
    answer = visitor.get(f"/find/?{query}")
    assert answer.status_code == 422 and set(answer.context["form"].errors) == {field}


@pytest.mark.parametrize("page", ["0", "-3", "x", "2", "999999", "9" * 40])
def test_any_page_of_a_search_answers(visitor, directory, page):
    assert visitor.get(f"/find/?zip=80202&page={page}").status_code == 200


def test_a_long_list_comes_in_pages_that_keep_the_question(visitor, directory):
    first = Listing.objects.first()
    Listing.objects.bulk_create(
        Listing(
            key=f"key {n}",
            name=f"Place {n:02}",
            city="Denver",
            state="CO",
            zip="80202",
            source="test",
            latitude=first.latitude,
            longitude=first.longitude,
            last_seen_on=first.last_seen_on,
        )
        for n in range(30)
    )
    page = visitor.get("/find/?zip=80202").content.decode()
    assert "Page 1 of 2" in page and "zip=80202&amp;page=2" in page


def test_places_for_staff_put_the_kind_of_care_first(directory, clinic, sign_in):
    from homeground.people.roles import Role

    client = sign_in(clinic.staff[Role.COUNSELOR])
    page = client.get("/front_door/places/?level=residential&zip=80202").content.decode()
    assert page.index("Cottonwood Recovery Residence") < page.index("Juniper House")
    assert "offers this" in page and "We get nothing for naming them" in page
    assert client.get("/front_door/places/?level=heaven&zip=80202").status_code == 422
    assert client.get("/front_door/places/?level=residential&zip=00000").status_code == 422


def test_family_asks_on_behalf_and_knows_nobody(visitor):
    page = visitor.get("/family/").content.decode()
    assert 'href="/help/?for=other"' in page and "naloxone" in page
    form = visitor.get("/help/?for=other").content.decode()
    assert re.search(r'value="other"[^>]*checked', form)


@pytest.mark.parametrize("path", ["/", "/family/", "/find/", "/help/sent/"])
def test_a_page_to_read_takes_no_post(visitor, path):
    assert visitor.post(path, {}).status_code == 405


@pytest.mark.parametrize("path", ["/check/", "/fit/"])
def test_a_forged_post_to_a_public_form_is_refused(cast, path):
    assert Client(enforce_csrf_checks=True).post(path, {"travel": "5"}).status_code == 403


def test_an_unknown_group_in_the_address_is_harmless(visitor):
    assert visitor.get(f"/help/?group={uuid4()}").status_code == 200
    assert visitor.get("/help/?group=%3Cscript%3E&for=x").status_code == 200
