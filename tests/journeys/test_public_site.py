"""Somebody looks for help: no account, no script, nobody else asked, in English or Spanish."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from journeys.looks import crisis_numbers, finished

SAMPLES = Path(__file__).parent / "samples"
PUBLIC = ("/", "/check/", "/fit/", "/help/", "/find/", "/family/")


@pytest.fixture
def plain(opens, screen) -> Page:
    """A visitor whose browser runs no script."""
    return opens(screen, java_script_enabled=False)


def named(path: str) -> str:
    """A file name for the picture of a page."""
    return path.strip("/") or "home"


@pytest.mark.parametrize("path", PUBLIC)
def test_given_no_script_when_a_public_page_opens_then_the_numbers_and_the_way_out_are_there(plain, path):
    plain.goto(path)
    crisis_numbers(plain)
    expect(plain.locator("html")).to_have_attribute("lang", "en")
    finished(plain, f"public-{named(path)}")


@pytest.mark.parametrize("screen", ["phone"])
@pytest.mark.parametrize("path", PUBLIC)
def test_given_a_spanish_reader_when_a_public_page_opens_then_it_speaks_spanish(plain, path):
    plain.goto("/")
    plain.get_by_role("button", name="Español").click()
    expect(plain.locator("html")).to_have_attribute("lang", "es")
    plain.goto(path)
    expect(plain.locator("html")).to_have_attribute("lang", "es")
    crisis_numbers(plain)
    finished(plain, f"public-{named(path)}-es")


def test_given_a_red_flag_when_the_questions_are_answered_then_the_first_line_says_whom_to_call(plain):
    plain.goto("/check/")
    answer(plain, "self_harm", "yes")
    answer(plain, "home", "yes")
    plain.get_by_role("button", name="Show what may help").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Call now")
    expect(plain.get_by_role("main")).to_contain_text("Call or text 988 now")
    assert "qualify" not in plain.content()
    crisis_numbers(plain)
    finished(plain, "public-check-red-flag")


def test_given_no_red_flag_when_the_questions_are_answered_then_the_way_leads_to_a_talk(plain):
    plain.goto("/check/")
    for name in ("emergency", "self_harm", "past_withdrawal", "stopped_drinking", "sedatives", "body"):
        answer(plain, name, "no")
    answer(plain, "life", "yes")
    plain.get_by_role("button", name="Show what may help").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Talk to us")
    expect(plain.get_by_role("main")).to_contain_text("Work, school and family can go on")
    finished(plain, "public-check-talk")


def answer(page: Page, name: str, value: str) -> None:
    """Choose an answer as a person does: by its words."""
    page.locator(f"label:has(input[name={name}][value={value}])").click()


def test_given_no_script_when_office_hours_are_pressed_then_evening_groups_fit(plain):
    plain.goto("/fit/")
    plain.get_by_role("button", name="Office hours").click()
    expect(plain.locator("input[name=week]:checked")).not_to_have_count(0)
    finished(plain, "public-fit-painted")
    plain.get_by_role("button", name="Show my week").click()
    expect(plain.get_by_role("heading", name="Yes. Your week could look like this.")).to_be_visible()
    expect(plain.locator("[aria-labelledby=answer-title]")).to_contain_text("18:00–21:15")
    finished(plain, "public-fit-yes")


@pytest.mark.parametrize("sample", ["google_office_hours.ics", "outlook_night_shift.ics"])
def test_given_a_calendar_file_when_it_is_handed_in_then_its_times_count_and_its_titles_do_not(page, sample):
    page.goto("/fit/")
    page.locator("input[name=calendar]").set_input_files(SAMPLES / sample)
    page.get_by_role("button", name="Show my week").click()
    expect(page.locator("[aria-labelledby=answer-title]")).to_contain_text(
        "We added the busy times from your calendar"
    )
    expect(page.locator("[aria-labelledby=answer-title]")).to_contain_text(
        "Yes. Your week could look like this."
    )
    assert page.locator("input[name=week]:checked").count() >= 40
    assert "Made-up" not in page.content()
    finished(page, f"public-fit-{sample.split('_')[0]}")


def test_given_a_week_without_room_when_it_is_shown_then_the_smallest_change_is_named(page):
    page.goto("/fit/")
    page.get_by_text("Write the hours instead").click()
    for day in range(7):
        page.locator(f"input[name=week-text-{day}]").fill("7-23")
    page.get_by_role("button", name="Show my week").click()
    expect(page.locator("[aria-labelledby=answer-title]")).to_contain_text("Not with today’s open seats")
    finished(page, "public-fit-no")


def test_given_a_picture_instead_of_a_calendar_when_it_is_handed_in_then_words_say_so(page, tmp_path):
    wrong = tmp_path / "holiday.ics"
    wrong.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(5000))
    page.goto("/fit/")
    page.get_by_text("Write the hours instead").click()
    page.locator("input[name=week-text-0]").fill("8-12")
    page.locator("input[name=calendar]").set_input_files(wrong)
    page.get_by_role("button", name="Show my week").click()
    expect(page.locator("input[name=week-text-0]")).to_have_value("8-12")
    expect(page.locator(".error-summary, [role=alert]").first).to_be_visible()
    finished(page, "public-fit-wrong-file")


@pytest.mark.parametrize("screen", ["desktop"])
@pytest.mark.parametrize("megabytes", [2, 10, 13])
def test_given_a_file_far_too_large_when_it_is_handed_in_then_words_say_so(page, tmp_path, megabytes):
    huge = tmp_path / "huge.ics"
    huge.write_bytes(b"BEGIN:VCALENDAR\r\n" + b"X-PAD:0\r\n" * (megabytes * 1_048_576 // 9))
    page.goto("/fit/")
    page.locator("input[name=calendar]").set_input_files(huge)
    with page.expect_response(lambda response: response.request.method == "POST") as told:
        page.get_by_role("button", name="Show my week").click()
    assert told.value.status in (413, 422)
    expect(page.get_by_role("main")).to_contain_text(re.compile("large|big"))
    crisis_numbers(page)
    finished(page, f"public-fit-{megabytes}-megabytes")


def ask(page: Page) -> None:
    """Fill in a request with the least it needs."""
    page.goto("/help/")
    answer(page, "who", "me")
    page.get_by_label("What may we call you?").fill("Sparrow")
    answer(page, "contact_kind", "phone")
    page.get_by_label("Your phone number or email").fill("303-555-0188")


def test_given_only_an_alias_when_help_is_asked_for_then_a_time_is_promised(plain):
    ask(plain)
    for name, value in (("may_leave_message", "no"), ("may_text", "no"), ("may_name_us", "no")):
        answer(plain, name, value)
    plain.get_by_role("button", name="Send my request").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("We have your request")
    expect(plain.get_by_role("main")).to_contain_text(re.compile(r"by \w{3} \d+ \w{3}, \d\d:\d\d"))
    crisis_numbers(plain)
    finished(plain, "public-help-sent")


def test_given_no_answer_about_what_is_safe_when_it_is_sent_then_nothing_typed_is_lost(plain):
    ask(plain)
    plain.get_by_label("What would you like us to know?").fill("I work nights.")
    plain.get_by_role("button", name="Send my request").click()
    expect(plain.get_by_label("What may we call you?")).to_have_value("Sparrow")
    expect(plain.get_by_label("Your phone number or email")).to_have_value("303-555-0188")
    expect(plain.get_by_label("What would you like us to know?")).to_have_value("I work nights.")
    expect(plain.get_by_text("Please choose yes or no. We need to know what is safe.").first).to_be_visible()
    finished(plain, "public-help-refused")


def test_given_a_number_nobody_can_call_when_it_is_sent_then_the_field_says_how_to_write_it(plain):
    ask(plain)
    plain.get_by_label("Your phone number or email").fill("call me maybe")
    plain.get_by_role("button", name="Send my request").click()
    expect(plain.get_by_text("We cannot read this phone number.").first).to_be_visible()
    expect(plain.get_by_label("Your phone number or email")).to_have_value("call me maybe")


def test_given_the_directory_when_a_zip_code_is_typed_then_the_nearest_center_comes_first(plain, directory):
    plain.goto("/find/")
    plain.get_by_label("ZIP code").fill("80202")
    plain.get_by_role("button", name="Show centers").click()
    miles = [float(text.split()[0]) for text in plain.locator("ol.list .figures").all_inner_texts()]
    assert len(miles) > 3 and miles == sorted(miles)
    expect(plain.get_by_role("main")).to_contain_text("Last seen in the directory on")
    finished(plain, "public-find-zip")


def test_given_the_directory_when_a_state_is_chosen_then_its_centers_are_listed(plain, directory):
    plain.goto("/find/")
    plain.get_by_label("Or a state").select_option("CO")
    plain.get_by_role("button", name="Show centers").click()
    expect(plain.get_by_text(", CO ").first).to_be_visible()
    finished(plain, "public-find-state")


@pytest.mark.parametrize("screen", ["phone"])
@pytest.mark.parametrize("query", ["?zip=99999", "?zip=abc", "?state=XX", "?zip=80202&page=999"])
def test_given_a_question_nobody_can_answer_when_it_is_asked_then_the_page_says_what_to_do(
    plain, directory, query
):
    plain.goto(f"/find/{query}")
    crisis_numbers(plain)
    finished(plain, "public-find-nothing")


def test_given_a_page_that_is_not_there_when_it_is_asked_for_then_the_way_back_and_the_numbers_are(plain):
    plain.goto("/treatment/of/nobody/")
    crisis_numbers(plain)
    finished(plain, "public-404")


def test_given_someone_comes_near_when_the_exit_is_pressed_then_the_page_is_gone(opens, screen):
    page = opens(screen, leaves_to="https://www.weather.gov")
    page.route("https://www.weather.gov/**", lambda route: route.fulfill(body="Weather"))
    page.goto("/help/")
    page.get_by_label("What may we call you?").fill("Sparrow")
    page.locator("[data-quick-exit]").first.click()
    page.wait_for_url("https://www.weather.gov/")
    page.go_back()
    assert not page.url.endswith("/help/"), "the way back does not lead to the page that was left"
