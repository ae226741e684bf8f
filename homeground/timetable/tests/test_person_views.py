"""Busy times in the browser: typed, painted, imported, and who must not meet."""

from datetime import date, time, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from homeground.ground.templatetags.ui import day
from homeground.people.roles import Role
from homeground.timetable.models import (
    Circumstances,
    NoContact,
    Obligation,
)
from homeground.timetable.rules.occurrences import at_clock
from homeground.timetable.tests.factories import (
    ZONE,
    make_patient,
    url,
)

NOWHERE = uuid4()


def typed(**change):
    return {"weekday": "0", "on": "", "starts": "8a", "ends": "5p", "hard": "hard", **change}


def test_a_time_is_typed_the_way_people_type(person, desk):
    assert desk.post(url("obligations", person.pk), typed()).status_code == 302
    assert desk.post(url("obligations", person.pk), typed(weekday="", on="11/24/2026")).status_code == 302
    weekly, dated = Obligation.objects.order_by("weekday")
    assert (weekly.weekday, weekly.starts, weekly.ends) == (0, time(8), time(17))
    assert dated.starts_at == at_clock(date(2026, 11, 24), time(8), ZONE)


@pytest.mark.parametrize(
    "change",
    [
        {"weekday": "7"},
        {"weekday": ""},
        {"on": "11/24/2026"},
        {"weekday": "", "on": "13/45/2026"},
        {"starts": "", "ends": ""},
        {"starts": "5p", "ends": "8a"},
        {"starts": "\x00"},
        {"hard": "granite"},
        {"starts": "9" * 10_000},
    ],
)
def test_a_time_that_makes_no_sense_is_refused(person, desk, change):
    assert desk.post(url("obligations", person.pk), typed(**change)).status_code == 422
    assert Obligation.objects.count() == 0


def test_the_painted_week_is_saved(person, desk):
    sent = {"week": ["0-16", "0-17", "9-99"], "week-was": "0" * 84}
    assert desk.post(url("painted", person.pk), sent).status_code == 302
    [row] = Obligation.objects.all()
    assert (row.weekday, row.starts, row.ends) == (0, time(8), time(9))
    page = desk.get(url("obligations", person.pk)).content.decode()
    assert "8:00" in page


def test_a_preset_marks_without_saving(person, desk):
    page = desk.post(url("painted", person.pk), {"week-preset": "office", "week-was": "0" * 84})
    assert page.status_code == 200
    assert Obligation.objects.count() == 0


def calendar(text, name="week.ics"):

    return {"calendar": SimpleUploadedFile(name, text)}


def test_a_calendar_file_leaves_only_times(person, desk, today):

    sample = (Path(__file__).parent / "samples" / "office_week.ics").read_bytes()
    assert desk.post(url("calendar_file", person.pk), calendar(sample)).status_code == 302
    assert Obligation.objects.filter(imported=True).count() >= 60
    assert b"A title nobody may see" not in desk.get(url("obligations", person.pk)).content


@pytest.mark.parametrize("content", [b"", b"not a calendar", b"x" * 1_200_000])
def test_a_file_that_is_no_calendar_is_refused(person, desk, content):
    assert desk.post(url("calendar_file", person.pk), calendar(content)).status_code == 422
    assert desk.post(url("calendar_file", person.pk), {}).status_code == 422
    assert Obligation.objects.count() == 0


@pytest.mark.parametrize("minutes", ["", "-1", "241", "far", "1e9"])
def test_travel_out_of_reason_is_refused(person, desk, minutes):
    sent = {"travel_minutes": minutes, "daypart": "eve"}
    assert desk.post(url("circumstances", person.pk), sent).status_code == 422
    assert Circumstances.objects.count() == 0


def test_circumstances_are_saved(person, desk):
    sent = {"travel_minutes": "25", "daypart": "am", "video_possible": "on"}
    assert desk.post(url("circumstances", person.pk), sent).status_code == 302
    assert Circumstances.objects.get().travel_minutes == 25


def test_an_obligation_is_removed_once(clinic, person, desk):
    row = Obligation.objects.create(**clinic.owns(), person=person, weekday=1, starts=time(9), ends=time(10))
    assert b"Remove Tuesday 09:00" in desk.get(url("obligations", person.pk)).content
    assert desk.post(url("obligation_removal", row.pk)).status_code == 302
    assert desk.post(url("obligation_removal", row.pk)).status_code == 404


def test_imported_times_of_two_weeks_are_listed_and_the_coming_week_is_painted(clinic, person, desk, today):
    for days in (1, 2, 10, 30, 31):
        begins = at_clock(today + timedelta(days=days), time(9), ZONE)
        ends = begins + timedelta(hours=1)
        Obligation.objects.create(
            **clinic.owns(), person=person, starts_at=begins, ends_at=ends, imported=True
        )
    page = desk.get(url("obligations", person.pk)).content.decode()
    assert page.count("from the calendar</span>") == 3
    assert f"{day(today + timedelta(days=10))}, 09:00–10:00" in page
    assert "2 more times from the calendar come later." in page
    assert page.count('class="grid-item busy ') == 2


def test_everything_imported_is_removed_at_once_and_nothing_else(clinic, person, desk, today):
    begins = at_clock(today + timedelta(days=1), time(9), ZONE)
    times = {"starts_at": begins, "ends_at": begins + timedelta(hours=1)}
    Obligation.objects.create(**clinic.owns(), person=person, **times, imported=True)
    Obligation.objects.create(**clinic.owns(), person=person, weekday=1, starts=time(9), ends=time(10))
    assert desk.get(url("calendar_removal", person.pk)).status_code == 405
    told = desk.post(url("calendar_removal", person.pk), follow=True)
    assert b"1 time was removed." in told.content
    assert Obligation.objects.get().weekday == 1
    assert desk.post(url("calendar_removal", NOWHERE)).status_code == 404


def test_only_clinicians_see_who_is_kept_apart(clinic, sign_in, person, desk):
    other = make_patient(clinic, 3002).patient.person
    counselor = sign_in(clinic.staff[Role.COUNSELOR])
    assert desk.get(url("apart", person.pk)).status_code == 403
    assert b"must not meet" not in desk.get(url("obligations", person.pk)).content
    assert counselor.post(url("apart", person.pk), {"other": other.pk}).status_code == 302
    assert counselor.post(url("apart", person.pk), {"other": other.pk}).status_code == 422
    assert counselor.post(url("apart", person.pk), {"other": person.pk}).status_code == 422
    pair = NoContact.objects.get()
    assert desk.post(url("apart_removal", pair.pk)).status_code == 403
    assert counselor.post(url("apart_removal", pair.pk)).status_code == 302


def test_only_clinicians_mark_co_occurring_conditions(clinic, sign_in, person, desk):
    way = {"travel_minutes": "20", "daypart": "eve"}
    counselor = sign_in(clinic.staff[Role.COUNSELOR])
    assert b"Co-occurring conditions" in counselor.get(url("obligations", person.pk)).content
    assert counselor.post(url("circumstances", person.pk), {**way, "dual": "on"}).status_code == 302
    assert Circumstances.objects.get(person=person).dual
    assert b"Co-occurring conditions" not in desk.get(url("obligations", person.pk)).content
    assert desk.post(url("circumstances", person.pk), way).status_code == 302
    assert Circumstances.objects.get(person=person).dual
    assert counselor.post(url("circumstances", person.pk), way).status_code == 302
    assert not Circumstances.objects.get(person=person).dual
