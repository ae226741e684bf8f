"""Bad input where it matters: refused in words, beside the field, and nothing typed is lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from journeys.looks import finished


def refused(page: Page, button: str) -> None:
    """Send the form and see that it came back with words instead of being stored."""
    with page.expect_response(lambda answer: answer.request.method == "POST") as told:
        page.get_by_role("button", name=button).click()
    assert told.value.status == 422
    expect(page.get_by_role("alert").first).to_be_visible()


@pytest.mark.parametrize(
    ("when", "starts", "ends"),
    [
        ("13/45/2026", "9", "17"),
        ("11/24/1626", "9", "17"),
        ("11/24/2926", "9", "17"),
        ("11/24/2026", "17:00", "9:00"),
        ("11/24/2026", "never", "9:00"),
        ("", "9", "17"),
    ],
)
@pytest.mark.parametrize("screen", ["phone"])
def test_given_a_busy_time_that_cannot_be_when_it_is_added_then_the_form_says_why(
    as_role, when, starts, ends
):
    page = open_busy_times(as_role("scheduler"))
    page.get_by_label("Or once on").fill(when)
    page.get_by_label("From").first.fill(starts)
    page.get_by_label("To", exact=True).first.fill(ends)
    refused(page, "Add this time")
    expect(page.get_by_label("From").first).to_have_value(starts)
    expect(page.get_by_label("Or once on")).to_have_value(when)
    if when == "":
        finished(page, "busy-times-refused")


def open_busy_times(page: Page) -> Page:
    """The busy times of the first person of the list."""
    page.goto("/desk/people/")
    page.locator("a.row-link").first.click()
    page.get_by_role("link", name="Obligations").click()
    return page


@pytest.mark.parametrize("megabytes", [2, 10])
@pytest.mark.parametrize("screen", ["desktop"])
def test_given_a_huge_calendar_when_staff_reads_it_in_then_words_say_so(as_role, tmp_path, megabytes):
    huge = tmp_path / "huge.ics"
    huge.write_bytes(b"BEGIN:VCALENDAR\r\n" + b"X-PAD:0\r\n" * (megabytes * 1_048_576 // 9))
    page = open_busy_times(as_role("scheduler"))
    page.locator("input[name=calendar]").set_input_files(huge)
    with page.expect_response(lambda answer: answer.request.method == "POST") as told:
        page.get_by_role("button", name="Read this calendar").click()
    assert told.value.status in (413, 422)
    expect(page.get_by_role("main")).to_contain_text(re.compile("too (big|large)"))


@pytest.mark.parametrize("screen", ["desktop"])
def test_given_a_group_nobody_could_attend_when_it_is_opened_then_each_field_says_why(as_role):
    page = as_role("director")
    page.goto("/timetable/groups/new/")
    page.get_by_label("Name", exact=True).fill("Impossible")
    page.get_by_label("Chairs").fill("0")
    page.locator("[name=starts_0]").fill("18:00")
    page.get_by_label("First day").fill("31/31/2026")
    refused(page, "Begin this group")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Impossible")
    expect(page.locator("[name=starts_0]")).to_have_value("18:00")
    finished(page, "group-refused")


@pytest.mark.parametrize("screen", ["desktop"])
@pytest.mark.parametrize(
    "path",
    [
        "/desk/people/00000000-0000-7000-8000-000000000000/",
        "/treatment/sheets/00000000-0000-7000-8000-000000000000/",
        "/timetable/groups/00000000-0000-7000-8000-000000000000/",
        "/front_door/requests/00000000-0000-7000-8000-000000000000/",
    ],
)
def test_given_an_id_nobody_has_when_it_is_opened_then_it_is_not_there(as_role, path):
    page = as_role("director")
    answer = page.goto(path)
    assert answer is not None and answer.status == 404
    finished(page, "not-there")
