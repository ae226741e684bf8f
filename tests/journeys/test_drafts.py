"""Typed words in a shared browser: locked, back for who typed them, nothing for the next one (check G03)."""

import pytest
from playwright.sync_api import Page, expect

from journeys.conftest import sign_in
from journeys.test_notes import open_session, saved

WORDS = "Spoke of the blue bicycle and the locked shed"
STORED = "() => Object.entries(localStorage).concat(Object.entries(sessionStorage)).flat().join(' ')"


def silent(page: Page) -> None:
    """The clinic does not take what is typed; its pages and keys still answer."""
    page.route(
        "**/treatment/notes/sessions/**",
        lambda route: route.fulfill(status=408) if route.request.method == "POST" else route.continue_(),
    )


def typed(page: Page) -> None:
    silent(page)
    page.locator("[data-card] input[name$='.added']:not([type=hidden])").last.fill(WORDS)
    expect(page.locator("[data-saved]")).to_contain_text("kept in this browser")
    page.wait_for_function("Object.keys(localStorage).some((key) => key.startsWith('draft:'))")


@pytest.mark.parametrize("screen", ["desktop"])
def test_given_a_killed_browser_then_words_are_locked_and_come_back_to_the_same_person_alone(as_role, opens):
    page = as_role("counselor3")
    where = open_session(page, "Noches")
    typed(page)
    assert "bicycle" not in page.evaluate(STORED)
    left = page.context.storage_state()
    page.context.close()

    # The session is gone: the browser holds locked words, and nobody is signed in.
    shed = {**left, "cookies": []}
    visitor = opens("desktop", storage_state=shed)
    visitor.goto("/accounts/login/")
    assert "bicycle" not in visitor.evaluate(STORED) and "draft:" in visitor.evaluate(STORED)

    # Somebody else signs in at the same desk.
    other = as_role("director")
    other_state = other.context.storage_state()
    shared = opens("desktop", storage_state={**other_state, "origins": left["origins"]})
    shared.goto(where)
    expect(shared.locator("[data-notes]")).to_be_visible()
    shared.wait_for_load_state("networkidle")
    assert "bicycle" not in shared.content() and "bicycle" not in shared.evaluate(STORED)

    # The same person signs in again, in a new session.
    again = opens("desktop")
    sign_in(again, "counselor3")
    back = opens("desktop", storage_state={**again.context.storage_state(), "origins": left["origins"]})
    back.goto(where)
    expect(back.locator("[data-kept]")).to_contain_text(WORDS)
    back.locator("[data-kept-drop]").click()
    expect(back.locator("[data-kept]")).to_be_hidden()
    assert "draft:" not in back.evaluate(STORED)


def test_given_signing_out_then_nothing_typed_is_left_in_the_browser(opens):
    page = opens("desktop")
    sign_in(page, "counselor4")
    open_session(page, "Evening by video")
    typed(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("details.menu > summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_load_state("networkidle")
    stored = page.evaluate(STORED)
    assert "bicycle" not in stored and "draft:" not in stored


@pytest.mark.parametrize("screen", ["desktop"])
def test_given_a_browser_that_cannot_lock_then_words_stay_in_the_page_and_the_page_says_so(as_role):
    page = as_role("counselor2")
    page.add_init_script("Object.defineProperty(globalThis.crypto, 'subtle', { value: undefined })")
    open_session(page, "Weekend")
    expect(page.locator("[data-draft-open]")).to_contain_text("Nothing is kept in this browser")
    page.locator("[data-card] input[name$='.added']:not([type=hidden])").last.fill(
        "Asked for a copy of the page"
    )
    saved(page)
    assert "copy of the page" not in page.evaluate(STORED)
