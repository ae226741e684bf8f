"""A weekly measure answered from a text message on a phone, and the critical answer in it."""

import re

import pytest
from playwright.sync_api import Page, expect

from journeys.looks import crisis_numbers, finished


def open_measures_of(page: Page, place: int) -> str:
    """The measures of somebody in the list; gives the name."""
    page.goto("/desk/people/")
    link = page.locator("main table a").nth(place)
    name = link.inner_text()
    link.click()
    page.get_by_role("link", name="Measures", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    return name


def ask(page: Page, *names: str) -> str:
    """Ask for these questionnaires by link; gives the message, or the link where no text is safe."""
    for name in names:
        page.get_by_role("checkbox", name=re.compile(rf"^{re.escape(name)}:")).check()
    page.get_by_role("button", name="Ask", exact=True).click()
    return page.locator("textarea[readonly], input[readonly]").first.input_value()


def link_in(message: str) -> str:
    """The address a message holds."""
    return re.search(r"https?://\S+", message)[0]


def ask_somebody(page: Page, words: str, *names: str) -> str:
    """Ask the first person whose message is written in this language; gives the link."""
    for place in range(4, 25):
        open_measures_of(page, place)
        message = ask(page, *names)
        if words in message:
            return link_in(message)
    raise AssertionError(f"nobody is written to with {words!r}")


def answer_all(page: Page, choose: dict[str, str]) -> None:
    """Answer every question with the first choice, and those named with theirs, until it is over."""
    for _ in range(60):
        expect(page.locator("main h1")).to_be_visible()
        answers = page.locator("button[name=value]")
        if not answers.count():
            return
        question = page.locator(".question").inner_text()
        wanted = next((words for part, words in choose.items() if part in question), None)
        if wanted is None:
            answers.first.click()
        else:
            page.get_by_role("button", name=wanted, exact=True).click()
    raise AssertionError("the questions do not end")


@pytest.mark.parametrize("screen", ["desktop"])
def test_given_a_text_message_when_a_weekly_measure_is_answered_then_the_right_person_hears(as_role, opens):
    counselor = as_role("counselor")
    name = open_measures_of(counselor, 3)
    finished(counselor, "measures-person")
    link = link_in(ask(counselor, "BAM-IOP", "PHQ-9"))
    finished(counselor, "measures-link")

    phone = opens("phone")
    phone.goto(link)
    crisis_numbers(phone)
    finished(phone, "measures-welcome")
    phone.get_by_role("button", name="Begin").click()
    finished(phone, "measures-question")
    answer_all(phone, {"better off dead": "Several days"})
    expect(phone.get_by_role("heading", level=1)).to_have_text("Thank you for telling us")
    expect(phone.get_by_role("link", name="Call 988")).to_be_visible()
    finished(phone, "measures-help")

    # The person closes the browser here: what was said is heard all the same.
    phone.close()
    counselor.goto("/desk/")
    expect(counselor.locator("section", has=counselor.locator("#criticals"))).to_contain_text(name)
    counselor.goto("/placement/criticals/")
    row = counselor.locator("article.card", has_text=name).filter(has_text="Several days").first
    expect(row).to_contain_text("Thoughts of suicide or self-harm")
    finished(counselor, "measures-criticals")
    row.get_by_role("button", name="Take it on").click()
    row = counselor.locator("article.card", has_text=name).filter(has_text="took it on").first
    done = "Called at once. Safe at home with a sister; seen at 16:00."
    row.get_by_label("What was done").fill(done)
    row.get_by_role("button", name="Keep; a second person must agree").click()
    expect(counselor.get_by_role("alert").first).to_contain_text("Choose what came of it")
    row = counselor.locator("article.card", has_text=name).filter(has_text="took it on").first
    expect(row.get_by_label("What was done")).to_have_value(done)
    row.get_by_label("What came of it").select_option("talked")
    row.get_by_role("button", name="Keep; a second person must agree").click()
    expect(counselor.get_by_text("A second clinician must agree.").first).to_be_visible()

    director = as_role("director")
    director.goto("/placement/criticals/")
    row = director.locator("article.card", has_text=name).filter(has_text="Safe at home").first
    row.get_by_label("What was done").fill("Read it, spoke with the counselor. Agree.")
    row.get_by_role("button", name="Agree and close").click()
    expect(director.get_by_role("main")).to_contain_text("Closed by two people.")


@pytest.mark.parametrize("screen", ["desktop"])
def test_given_spanish_when_a_link_is_opened_then_questions_and_page_are_spanish_and_it_works_once(
    as_role, opens
):
    counselor = as_role("counselor")
    link = ask_somebody(counselor, "http", "GAD-7", "Craving and readiness rulers")
    phone = opens("phone")
    phone.goto(link)
    phone.get_by_role("button", name="Español").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Unas preguntas cortas")
    finished(phone, "measures-welcome-spanish")
    phone.get_by_role("button", name="Empezar").click()
    expect(phone.locator(".question")).to_contain_text("deseo de beber")
    finished(phone, "measures-spanish")
    answer_all(phone, {})
    expect(phone.get_by_role("heading", level=1)).to_have_text("Gracias")
    finished(phone, "measures-done")

    other = opens("phone")
    other.goto(link)
    expect(other.get_by_role("heading", level=1)).to_have_text("This link no longer works")
    crisis_numbers(other)
    finished(other, "measures-spent")


@pytest.mark.parametrize("screen", ["desktop"])
def test_given_no_script_when_a_link_is_answered_then_every_tap_is_kept(as_role, opens):
    counselor = as_role("counselor")
    link = ask_somebody(counselor, "your short questions", "PHQ-2")
    phone = opens("phone", java_script_enabled=False)
    phone.goto(link)
    phone.get_by_role("button", name="Begin").click()
    phone.get_by_role("button", name="Several days").click()
    phone.goto(link)
    expect(phone.get_by_role("main")).to_contain_text("Question 2 of 2")
    phone.get_by_role("button", name="Not at all").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Thank you")


def test_given_twelve_weeks_when_people_look_then_lines_and_lists_are_readable(as_role, screen):
    director = as_role("director")
    director.goto("/placement/caseload/?show=all")
    expect(director.locator("tbody tr").first).to_be_visible()
    finished(director, "measures-everybody")
    director.goto("/placement/instruments/")
    finished(director, "measures-instruments")
    director.goto("/desk/")
    finished(director, "measures-home")
    own = as_role("patient")
    own.goto("/placement/mine/")
    expect(own.locator("figure.trend").first).to_be_visible()
    finished(own, "measures-own")


def test_given_evenings_when_a_director_makes_the_roster_then_it_says_who_answers(as_role, screen):
    page = as_role("director")
    page.goto("/placement/on_call/")
    expect(page.get_by_role("heading", level=2).first).to_have_text("Who answers when")
    before = page.locator("tbody tr").count()
    page.get_by_label("Who", exact=True).select_option(index=1)
    month = "03" if screen == "phone" else "02"
    page.get_by_label("From", exact=True).fill(f"{month}/01/2027")
    page.get_by_label("To", exact=True).fill(f"{month}/02/2027")
    first, last = page.get_by_label("At", exact=True).all()
    first.fill("17:00")
    last.fill("8:00")
    page.get_by_role("button", name="Put on the roster").click()
    expect(page.locator("tbody tr")).to_have_count(before + 1)
    finished(page, "on-call")
    page.get_by_role("button", name="Take off").last.click()
    expect(page.locator("tbody tr")).to_have_count(before)
