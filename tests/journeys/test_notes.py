"""Notes of a session: by keyboard alone, with a killed server and browser, in two tabs, on a phone."""

import time
from collections import Counter
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from journeys.looks import finished, picture


@dataclass(frozen=True)
class Seen:
    """What the facilitator saw of one person: number keys a row, then their words and one line more."""

    took_part: str
    did: str
    practiced: str
    how_far: str
    objective: str
    progress: str
    risk: str
    next: str
    said: str
    more: str


SEEN = (
    Seen("1", "1", "1", "1", "1", "1", "1", "1", "Payday is when it starts",
         "Drew the way from the bank to the corner store and marked the bus stop as the place to turn"),
    Seen("2", "2", "1", "2", "1", "1", "1", "2", "I left the room and that was new",
         "Brought last week’s page filled in and read two lines of it"),
    Seen("3", "1", "5", "3", "2", "2", "2", "3", "My jaw gives it away",
         "Spoke of a night shift, four hours of sleep and a quiet drive home"),
    Seen("1", "3", "8", "1", "1", "1", "1", "4", "Sunday afternoon is the hole",
         "Asked what to say to a cousin who still drinks at family dinners"),
    Seen("2", "1", "3", "2", "2", "1", "1", "1", "Short is easier than explaining",
         "Told of turning down a ride on Friday because of who sat in the car"),
    Seen("3", "2", "6", "3", "1", "2", "1", "2", "I had never added it up",
         "Worked on the money page and wanted a copy for the landlord"),
    Seen("1", "4", "7", "1", "2", "1", "1", "1", "He said yes before I finished",
         "Described a talk with the shift lead about mornings off"),
    Seen("2", "6", "4", "2", "1", "2", "2", "3", "One will not hurt is a lie I know by heart",
         "Was silent for the first hour, then spoke without stopping"),
    Seen("1", "1", "9", "1", "2", "1", "1", "4", "I will call before, not after",
         "Put three names on a card and tried the first number in the break"),
    Seen("3", "4", "5", "2", "1", "1", "1", "1", "For a minute there was only the room",
         "Stood by the window during the exercise and came back to the circle"),
    Seen("2", "3", "8", "1", "2", "1", "1", "2", "If it is on the fridge my wife asks about it",
         "Planned Saturday from breakfast on and laughed about it"),
    Seen("1", "7", "2", "2", "1", "3", "2", "3", "I promised one thing, not ten",
         "Told of one evening of use a week ago and of the morning after, with the son’s game at noon"),
)  # fmt: skip


class Hands:
    """A keyboard that counts: keys that are not typing, typed letters, and no mouse."""

    def __init__(self, page: Page) -> None:
        self.page, self.keys, self.letters = page, 0, 0

    def press(self, *names: str) -> None:
        for name in names:
            self.page.keyboard.press(name)
            self.keys += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.letters += len(text)


def open_session(page: Page, group: str) -> str:
    """The latest session of the group with notes to sign."""
    page.goto("/treatment/notes/")
    page.get_by_role("link", name=group, exact=True).last.click()
    expect(page.locator("[data-notes]")).to_be_visible()
    return page.url


def saved(page: Page) -> None:
    expect(page.locator("[data-saved][data-state=saved]")).to_contain_text("Saved")


def take_attendance(page: Page, hands: Hands, group: str, day: str) -> None:
    """From today's sheets to the one of this evening, and save it as it proposes: everybody was there."""
    page.goto("/treatment/sheets/")
    page.get_by_role("link", name=group, exact=True).and_(page.locator(f"tr:has-text('{day}') a")).focus()
    hands.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(group)
    page.get_by_role("button", name="Save the sheet").focus()
    hands.press("Enter")
    expect(page.locator("[data-saved]")).to_contain_text("Saved")


@pytest.mark.parametrize("screen", ["desktop"])
def test_given_twelve_people_when_a_facilitator_uses_the_keyboard_alone_then_every_note_is_signed(as_role):
    page = as_role("facilitator2")
    take_attendance(page, Hands(page), "Evening", "Tue 17 Nov")
    page.get_by_role("link", name="Write the notes").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-notes]")).to_be_visible()
    finished(page)
    cards = page.locator("[data-card]:has([data-marks])")
    people = cards.count()
    assert people == 12
    pages = Counter[str]()
    page.on("framenavigated", lambda frame: pages.update([frame.url]))
    page.evaluate("() => { window.clicks = 0; addEventListener('mousedown', () => window.clicks++, true); }")
    hands, began = Hands(page), time.monotonic()
    while page.evaluate("document.activeElement.id") != "shared.topic":
        hands.press("Tab")
        assert hands.keys < 30
    hands.type("Triggers and the road to use")
    hands.press("Tab")
    hands.type("Cognitive behavioral, worksheet")
    hands.press("Tab")
    hands.type("The group drew the steps from a trigger to use and marked the earliest place to turn.")
    hands.press("Tab")
    for at, seen in enumerate(SEEN):
        write_one(hands, cards.nth(at), seen, first=at == 0)
    saved(page)
    expect(page.locator("[data-sign-all]")).to_have_text(f"Sign the {people} that pass")
    clicks = page.evaluate("window.clicks")
    picture(page, "notes-workspace")
    hands.press("Control+Enter")
    expect(page.get_by_role("main")).to_contain_text(f"{people} notes signed.")
    seconds = time.monotonic() - began
    expect(page.locator("[data-card] .prose")).to_have_count(people)
    for text in page.locator("[data-card] .prose").all_inner_texts():
        assert "serves the objective “" in text or "served the objective “" in text, text
    finished(page)
    at_reading_speed = hands.letters / LETTERS_A_MINUTE + hands.keys / 2 / 60
    print(  # noqa: T201  # the figures of the journey, shown with -s
        f"{people} people: {clicks} clicks, {hands.keys} keys beyond {hands.letters} typed letters,"
        f" {sum(pages.values())} page load(s); {seconds:.0f} s by a machine that types,"
        f" {at_reading_speed:.1f} minutes at 40 words a minute"
    )
    assert clicks <= 15
    assert hands.keys <= 16 * people + 40
    assert sum(pages.values()) <= 2
    assert at_reading_speed <= 10


LETTERS_A_MINUTE = 200
"""Forty words a minute, five letters a word; every other key takes half a second."""


def write_one(hands: Hands, card: Locator, seen: Seen, *, first: bool) -> None:
    """One card from its first row to its last line, by number keys and Enter."""
    if not first:
        hands.press("Control+ArrowDown")
    has = card.locator("input[name$='.objectives']").count()
    hands.press(seen.took_part, seen.did, "Enter", seen.practiced, "Enter", seen.how_far)
    if has:
        hands.press(seen.objective if int(seen.objective) <= has else "1", "Enter")
    hands.press(seen.progress, seen.risk, seen.next, "Enter")
    hands.type(seen.said)
    hands.press("Enter")
    hands.type(seen.more)


@pytest.mark.parametrize("screen", ["desktop"])
def test_given_a_killed_server_and_a_killed_browser_then_no_word_is_lost(as_role, opens):
    page = as_role("facilitator")
    where = open_session(page, "Morning")
    box = page.locator("[data-card] input[name$='.added']").first
    page.route(
        "**/treatment/notes/sessions/**",
        lambda route: route.fulfill(status=408) if route.request.method == "POST" else route.continue_(),
    )
    box.fill("Wrote this while the clinic did not answer")
    expect(page.locator("[data-saved]")).to_contain_text("kept in this browser")
    kept = page.context.storage_state()
    page.context.close()
    again = opens("desktop", storage_state=kept)
    again.goto(where)
    expect(again.locator("[data-kept]")).to_contain_text("Wrote this while the clinic did not answer")
    finished(again)
    again.locator("[data-kept-take]").click()
    saved(again)
    again.reload()
    expect(again.locator("[data-card] input[name$='.added']").first).to_have_value(
        "Wrote this while the clinic did not answer"
    )


@pytest.mark.parametrize("screen", ["desktop"])
def test_given_two_tabs_when_both_write_in_one_field_then_both_texts_stay(as_role):
    one, other = as_role("counselor2"), as_role("counselor2")
    where = open_session(one, "Weekend")
    other.goto(where)
    one.locator("[name='shared.text']").fill("Opened with a round of names.")
    saved(one)
    other.locator("[name='shared.text']").fill("Closed with a reading.")
    saved(other)
    expect(other.locator("[name='shared.text']")).to_have_value(
        "Opened with a round of names. Closed with a reading."
    )
    expect(other.locator("[data-both]")).to_contain_text("Both texts are kept")


@pytest.mark.parametrize("screen", ["phone"])
def test_given_a_phone_then_the_page_works_and_says_where_a_name_stands(as_role):
    page = as_role("counselor4")
    open_session(page, "Evening by video")
    cards = page.locator("[data-card]")
    other = cards.nth(1).locator("h2").inner_text().split()
    cards.nth(0).locator("[data-marks] .mark").first.click()
    cards.nth(0).locator("input[name$='.added']:not([type=hidden])").fill(
        f"Sat beside {other[0]} {other[1]} and spoke little of the week"
    )
    saved(page)
    expect(cards.nth(0).locator("[data-told]")).to_contain_text("May name another patient")
    finished(page)
