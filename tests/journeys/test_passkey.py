"""A counselor adds a passkey and signs in with it; a patient signs in by a one-time link."""

import pytest
from playwright.sync_api import Page, expect

from homeground.people.demo import PASSWORD
from journeys.looks import finished

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_authenticator(page: Page) -> Page:
    """Give the browser a fingerprint reader that always says yes."""
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return page


def sign_in(page: Page, username: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Name to sign in with").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/desk/**")


def test_given_a_passkey_when_a_counselor_comes_back_then_no_password_is_needed(page):
    with_authenticator(page)
    sign_in(page, "counselor")
    page.goto("/accounts/2fa/webauthn/add/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it you?")
    finished(page, "sign-in-again")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Add a passkey")
    finished(page, "passkey-add")
    page.get_by_label("Name").fill("My phone")
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Add a passkey")
    page.goto("/accounts/2fa/webauthn/")
    expect(page.get_by_role("main")).to_contain_text("My phone")
    finished(page, "passkey-list")
    page.goto("/accounts/logout/")
    finished(page, "sign-out")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.goto("/accounts/login/")
    finished(page, "sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/desk/**")
    tidy(page)


def tidy(page: Page) -> None:
    """Take the passkey away again: the demo is shared with other journeys."""
    page.goto("/accounts/2fa/webauthn/")
    page.get_by_role("link", name="Remove").first.click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    finished(page, "passkey-remove")
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_role("main")).to_contain_text("You have no passkey yet.")


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/2fa/",
        "/accounts/sessions/",
        "/accounts/password/change/",
        "/people/me/",
        "/people/accounts/",
        "/placement/screenings/",
    ],
)
def test_given_a_director_when_a_page_about_signing_in_opens_then_it_is_well_made(as_role, path):
    page = as_role("director")
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    finished(page, "staff" + path.replace("/", "-").rstrip("-"))
