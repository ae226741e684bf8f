"""Notes of a session: by keyboard alone, with a killed server and browser, in two tabs, on a phone."""

import os
import re
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

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


def for_the_guide(part: Locator, name: str) -> None:
    """Keep a part of a page as it is printed in docs/guide, in the folder HG_PICTURES names."""
    folder = os.environ.get("HG_PICTURES")
    if folder:
        part.screenshot(path=Path(folder) / f"guide-{name}.png")


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
    for_the_guide(page.locator("section[aria-labelledby=shared-part]"), "shared")
    for_the_guide(cards.nth(1), "card")
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
    for_the_guide(cards.nth(0).locator("[data-told]"), "name")
    finished(page)


def about(page: Page, at: int) -> str:
    """Open the notes of one of the people of the list; returns the address."""
    page.goto("/desk/people/")
    page.get_by_role("table").get_by_role("link").nth(at).click()
    page.get_by_role("link", name="Notes", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Notes about")
    return page.url


@pytest.mark.parametrize("screen", ["desktop"])
def test_given_a_trainee_when_a_supervisor_asks_then_the_note_comes_back_and_is_co_signed(as_role):
    trainee, supervisor = as_role("counselor5"), as_role("counselor2")
    person = about(trainee, 12)
    finished(trainee, "notes-of-a-person")
    trainee.get_by_role("button", name="Contact").click()
    expect(trainee.get_by_role("main")).to_contain_text("waits for a co-signature")
    draft = trainee.url
    trainee.get_by_label("How, how long, with whom").fill("Telephone, nine minutes, with the person")
    trainee.get_by_label("What it was about").fill("The bus line changes on Monday and the way takes an hour")
    saved(trainee)
    expect(trainee.get_by_label("How it will read")).to_have_value(re.compile("Contact: Telephone"))
    finished(trainee, "notes-contact")
    twin = trainee.context.new_page()
    twin.goto(draft)
    twin.get_by_label("What was agreed").fill("A seat nearer home is looked for")
    saved(twin)
    trainee.get_by_label("What was agreed").fill("The scheduler calls on Friday")
    saved(trainee)
    expect(trainee.get_by_label("What was agreed")).to_have_value(
        "A seat nearer home is looked for The scheduler calls on Friday"
    )
    twin.close()
    trainee.get_by_role("button", name="Sign this note").click()
    expect(trainee.get_by_role("main")).to_contain_text("waits for co-signature")
    note = trainee.url
    supervisor.goto("/treatment/notes/")
    supervisor.locator(f"a[href='{urlsplit(note).path}']").click()
    supervisor.get_by_label("What should the author add?").fill("Which line, and from when on?")
    supervisor.get_by_role("button", name="Send it back").click()
    expect(supervisor.get_by_role("main")).to_contain_text("Sent back.")
    finished(supervisor)
    for_the_guide(supervisor.get_by_role("main"), "sent-back")
    trainee.goto("/treatment/notes/")
    returned = trainee.locator("section[aria-labelledby=returned]")
    returned.locator(f"a[href='{urlsplit(note).path}']").click()
    text = trainee.get_by_label("The note should read")
    text.fill(text.input_value() + " Line 15, from 23 November on.")
    trainee.get_by_label("Why?").fill("Asked by the supervisor")
    trainee.get_by_role("button", name="Sign the addendum").click()
    expect(trainee.locator("ins.added")).to_contain_text("Line 15")
    finished(trainee, "notes-addendum")
    for_the_guide(trainee.locator("section[aria-labelledby=addendum-1]"), "addendum")
    supervisor.goto(note)
    supervisor.get_by_role("button", name="Co-sign this note").click()
    expect(supervisor.get_by_role("main")).to_contain_text("Co-signed")
    trainee.goto(person)
    expect(trainee.locator(f"a[href='{urlsplit(note).path}']")).to_be_visible()


@pytest.mark.parametrize("screen", ["phone"])
def test_given_no_script_then_a_crisis_is_still_written_guarded_and_signed(as_role, opens):
    kept = as_role("counselor4").context.storage_state()
    page = opens("phone", storage_state=kept, java_script_enabled=False)
    about(page, 14)
    page.get_by_role("button", name="Crisis").click()
    page.get_by_label("What happened").fill("Called at noon after a quarrel and asked to talk")
    page.get_by_role("button", name="Sign this note").click()
    expect(page.get_by_role("main")).to_contain_text("Not signed yet")
    expect(page.get_by_role("main")).to_contain_text("Mark what was said or seen about risk.")
    finished(page)
    page.get_by_label("How the person is").fill("Calm after ten minutes, spoke in whole sentences")
    page.get_by_label("What you did").fill("Asked directly, stayed on the line, told the supervisor at 12:20")
    page.get_by_label("Safety plan and access to means").fill("Read the plan together; nothing at hand")
    page.get_by_label("Who follows up, and when").fill("The counselor calls tonight at eight")
    page.locator("input[value=asked_none]").check()
    page.get_by_role("button", name="Sign this note").click()
    expect(page.get_by_role("main")).to_contain_text("The note is signed.")
    finished(page)


@pytest.mark.parametrize("screen", ["desktop"])
def test_given_a_browser_closed_mid_word_then_the_note_begins_again_where_it_was(as_role, opens):
    page = as_role("counselor3")
    about(page, 16)
    page.get_by_role("button", name="Progress").click()
    where = page.url
    page.get_by_label("What helped and what did not").press_sequentially("Short walks in the bre")
    saved(page)
    kept = page.context.storage_state()
    page.context.close()
    again = opens("desktop", storage_state=kept)
    again.goto(where)
    expect(again.get_by_label("What helped and what did not")).to_have_value("Short walks in the bre")
    again.get_by_text("Begun by mistake?").click()
    again.get_by_label("Why do you give it up?").fill("Tried out")
    again.get_by_role("button", name="Give up this draft").click()
    expect(again.get_by_role("main")).to_contain_text("The draft is given up.")


@pytest.mark.parametrize("screen", ["desktop"])
def test_given_a_director_then_a_reviewers_questions_have_next_steps_and_private_notes_do_not_exist(as_role):
    author, director = as_role("counselor"), as_role("director")
    notes = about(author, 20)
    author.get_by_role("link", name="Your private notes").click()
    finished(author, "notes-private")
    author.locator("label:has(input[value=psychotherapy])").click()
    author.get_by_label("Day of the conversation").fill("11/16/2026")
    author.get_by_label("Note", exact=True).fill("The lighthouse came up again, and what it stood for.")
    author.get_by_role("button", name="Keep this note").click()
    expect(author.get_by_role("main")).to_contain_text("The lighthouse came up again")
    finished(author)
    secret = author.url
    answer = director.goto(secret)
    assert answer is not None and answer.status == 404
    director.goto(notes)
    assert "lighthouse" not in director.content()
    director.goto("/treatment/notes/")
    director.get_by_role("link", name="What a reviewer would ask").click()
    director.get_by_role("link", name="90 days").click()
    expect(director.get_by_role("heading", name="Not signed in time")).to_be_visible()
    finished(director, "notes-reviewer")
    director.get_by_role("link", name="Letters and supervision").click()
    expect(director.get_by_role("main")).to_contain_text("credential ends within 30 days")
    finished(director, "notes-supervision")
    director.goto("/treatment/curriculum/")
    finished(director, "notes-curriculum")
    director.goto(notes)
    director.get_by_role("link", name="Curriculum").click()
    expect(director.get_by_role("main")).to_contain_text("topics are still to come")
    finished(director, "notes-coverage")
