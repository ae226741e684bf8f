"""The attendance sheet: by keyboard alone, by two people at once, twice, and on paper."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect

from journeys.house import present
from journeys.looks import finished, picture

ZONE = ZoneInfo("America/Denver")
EVENING = "Evening"


def open_past_sheet(page: Page, weeks_ago: int) -> None:
    """The first sheet of the evening group some weeks ago that was not cancelled; each test has its own."""
    day = present().astimezone(ZONE).date() - timedelta(weeks=weeks_ago)
    page.goto(f"/timetable/?on={day}")
    links = page.get_by_role("link", name=EVENING, exact=True)
    addresses = [link.get_attribute("href") or "" for link in links.all()]
    meetings = list(dict.fromkeys(address for address in addresses if "/appointments/" in address))
    for meeting in meetings:
        page.goto(meeting.replace("/timetable/appointments/", "/treatment/sheets/"))
        if people(page).count():
            return
    raise AssertionError("the evening group did not meet that week")


def people(page: Page) -> Locator:
    """The rows of the sheet."""
    return page.locator("tr[data-person]")


def state(page: Page, row: int) -> str:
    """The letter marked for somebody."""
    return people(page).nth(row).locator("[data-keys] input:checked").get_attribute("value") or ""


def mark(page: Page, row: int, letter: str) -> None:
    """Mark somebody by pressing the letter on the row's keys."""
    people(page).nth(row).locator("[data-keys] input:checked").focus()
    page.keyboard.press(letter)


def saved(page: Page) -> None:
    """Wait until everything typed is kept."""
    expect(page.locator("[data-saved][data-state=saved], [data-saved]:not([data-state])")).to_contain_text(
        "Saved"
    )


@pytest.mark.parametrize("screen", ["desktop"])
def test_given_a_sheet_when_only_the_keyboard_is_used_then_all_six_states_are_marked_and_kept(as_role):
    page = as_role("director")
    open_past_sheet(page, 2)
    assert people(page).count() >= 5
    keys = page.keyboard
    for _ in range(60):
        keys.press("Tab")
        if page.evaluate("() => Boolean(document.activeElement.closest('[data-person] [data-keys]'))"):
            break
    keys.press("x")
    keys.press("ArrowDown")
    keys.press("v")
    keys.press("ArrowDown")
    keys.press("a")
    keys.press("ArrowDown")
    keys.press("l")
    expect(people(page).nth(3).locator("[data-in]")).to_be_focused()
    keys.press("Control+a")
    keys.type("6:20p")
    keys.press("ArrowDown")
    expect(people(page).nth(4).locator("[data-in]")).to_be_focused()
    keys.press("Shift+Tab")
    keys.press("e")
    expect(people(page).nth(4).locator("[data-out]")).to_be_focused()
    keys.press("Control+a")
    keys.type("20:00")
    keys.press("Enter")
    page.wait_for_load_state()
    saved(page)
    page.reload()
    assert [state(page, row) for row in range(5)] == ["X", "V", "A", "L", "E"]
    expect(people(page).nth(3).locator("[data-in]")).to_have_value("18:20")
    minutes = [people(page).nth(row).locator("[data-minutes]").inner_text() for row in range(5)]
    assert minutes == ["0", "180", "0", "160", "105"], "presence within the session, without the break"
    finished(page, "sheet-marked")


@pytest.mark.parametrize("screen", ["desktop"])
def test_given_a_saved_sheet_when_it_is_saved_again_then_nothing_changes(as_role):
    page = as_role("director")
    open_past_sheet(page, 3)
    before = people(page).all_inner_texts(), page.locator("[data-saved]").inner_text()
    for _ in range(2):
        page.get_by_role("button", name="Save the sheet").click()
        page.wait_for_load_state()
        saved(page)
    assert (people(page).all_inner_texts(), page.locator("[data-saved]").inner_text()) == before


@pytest.mark.parametrize("screen", ["desktop"])
def test_given_two_people_at_one_sheet_when_both_mark_then_nobody_loses_a_mark_in_silence(as_role):
    first, second = as_role("director"), as_role("counselor")
    for page in (first, second):
        open_past_sheet(page, 7)
    mine = "A" if state(first, 0) != "A" else "V"
    mark(first, 0, mine)
    mark(first, 1, "x")
    saved(first)

    mark(second, 0, "x")
    expect(second.locator("[data-saved]")).to_contain_text("Not saved")
    second.get_by_role("button", name="Save the sheet").click()
    expect(second.get_by_role("alert").first).to_contain_text("Nothing was saved yet")
    expect(second.get_by_text("Keep theirs").first).to_be_visible()
    finished(second, "sheet-two-people")
    first.reload()
    assert state(first, 0) == mine, "the first mark stands until somebody decides"
    second.get_by_text("Keep theirs").first.click()
    second.get_by_role("button", name="Save the sheet").click()
    saved(second)

    mark(second, 2, "v")
    saved(second)
    first.reload()
    assert [state(first, row) for row in range(3)] == [mine, "X", "V"], "different rows stand side by side"


def test_given_times_that_cannot_be_when_the_sheet_is_sent_then_what_was_typed_stays(as_role):
    page = as_role("director")
    open_past_sheet(page, 5)
    page.get_by_label("Ended").fill("half past late")
    page.get_by_role("button", name="Save the sheet").click()
    expect(page.get_by_role("alert").first).to_contain_text("Nothing was saved yet")
    expect(page.get_by_label("Ended")).to_have_value("half past late")
    finished(page, "sheet-refused")
    page.get_by_label("Ended").fill("17:00")
    page.get_by_label("Began").fill("18:00")
    page.get_by_role("button", name="Save the sheet").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    expect(page.get_by_label("Ended")).to_have_value("17:00")


@pytest.mark.parametrize("screen", ["desktop"])
def test_given_a_sheet_when_it_is_printed_then_it_is_a_sign_in_sheet_with_initials_only(as_role, tmp_path):
    page = as_role("director")
    open_past_sheet(page, 6)
    names = [text.split("\n")[0].strip() for text in people(page).locator("th").all_inner_texts()]
    page.emulate_media(media="print")
    expect(page.get_by_role("columnheader", name="Signature")).to_be_visible()
    printed = page.locator("body").inner_text()
    assert names and not any(name in printed for name in names), "no full name is on the paper"
    picture(page, "sheet-printed")
    page.pdf(path=tmp_path / "sheet.pdf")
    assert re.match(rb"%PDF", (tmp_path / "sheet.pdf").read_bytes())
