"""Notes of a session: by keyboard alone, with a killed server and browser, in two tabs, on a phone."""

import time
from collections import Counter

import pytest
from playwright.sync_api import Page, expect

from journeys.looks import finished, picture

SAID = (
    ("Payday is when it starts", "Came straight from work and stayed for the whole session"),
    ("I left the room and that was new", "Brought last week’s page filled in and read two lines of it"),
    ("My jaw gives it away", "Spoke of a night shift, four hours of sleep and a quiet drive home"),
    ("Sunday afternoon is the hole", "Asked what to say to a cousin who still drinks at family dinners"),
    (
        "Short is easier than explaining",
        "Told of turning down a ride on Friday because of who sat in the car",
    ),
    ("I had never added it up", "Worked on the money page and wanted a copy for the landlord"),
    ("He said yes before I finished", "Described a talk with the shift lead about mornings off"),
    (
        "One will not hurt is a lie I know by heart",
        "Was silent for the first hour, then spoke without stopping",
    ),
    ("I will call before, not after", "Put three names on a card and tried the first number in the break"),
    (
        "For a minute there was only the room",
        "Stood by the window during the exercise and came back to the circle",
    ),
    (
        "If it is on the fridge my wife asks about it",
        "Planned Saturday from breakfast on and laughed about it",
    ),
    ("I promised one thing, not ten", "Spoke about the son’s game and what time the bus leaves"),
)


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


@pytest.mark.parametrize("screen", ["desktop"])
def test_given_a_group_when_a_facilitator_uses_the_keyboard_alone_then_every_note_is_written_and_signed(
    as_role,
):
    page = as_role("facilitator2")
    open_session(page, "Evening")
    finished(page)
    cards = page.locator("[data-card]:has([data-marks])")
    people = cards.count()
    assert people >= 5
    pages = Counter[str]()
    page.on("framenavigated", lambda frame: pages.update([frame.url]))
    hands, began = Hands(page), time.monotonic()
    while page.evaluate("document.activeElement.id") != "shared.topic":
        hands.press("Tab")
        assert hands.keys < 30
    hands.type("Triggers and the road to use")
    hands.press("Tab")
    hands.type("Cognitive behavioral, worksheet")
    hands.press("Tab")
    hands.type(
        "The group drew the steps from a trigger to use and everybody marked the earliest place to turn."
    )
    hands.press("Tab")
    for at in range(people):
        card = cards.nth(at)
        objectives = card.locator("input[name$='.objectives']").count()
        quote, added = SAID[at % len(SAID)]
        hands.press(str(1 + at % 3))
        hands.press(str(1 + at % 4), "Enter")
        hands.press("1", "Enter", "2")
        if objectives:
            hands.press("1", "Enter")
        hands.press("1", "1", str(1 + at % 3), "Enter")
        hands.type(quote)
        hands.press("Enter")
        hands.type(added)
        if at + 1 < people:
            hands.press("Control+ArrowDown")
    saved(page)
    expect(page.locator("[data-sign-all]")).to_have_text(f"Sign the {people} that pass")
    picture(page, "notes-workspace")
    hands.press("Control+Enter")
    expect(page.get_by_role("main")).to_contain_text(f"{people} notes signed.")
    seconds = time.monotonic() - began
    finished(page)
    print(  # noqa: T201  # the figures of the journey, shown with -s
        f"{people} people: {hands.keys} keys beyond {hands.letters} typed letters, 0 clicks,"
        f" {sum(pages.values())} page load(s), {seconds:.0f} s by a machine that types"
    )
    assert hands.keys <= 16 * people + 40
    assert sum(pages.values()) <= 2
    # A fair typist writes five letters a second and needs half a second for a key: ten minutes for twelve.
    assert (hands.letters / 5 + hands.keys / 2) / people * 12 <= 600


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
