"""A patient signs, sees who looked, and stops it; a relative sees attendance only, then nothing."""

import os
import re

from playwright.sync_api import Page, expect

from journeys.conftest import sign_in
from journeys.looks import crisis_numbers, finished
from journeys.walks import choose

NAME = "Wren Demoson"


def open_consents(page: Page) -> None:
    """Staff: from the list of people to the consents of the patient who signs in."""
    page.goto(f"/desk/people/?q={NAME.split()[0]}")
    page.locator("a.row-link").first.click()
    page.get_by_role("link", name="Consents", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Consents of")


def start_for_family(page: Page, who: str, username: str = "family") -> None:
    """Staff fill in that a relative who signs in here may know the days that were attended."""
    open_consents(page)
    page.get_by_role("link", name="One person or place").click()
    choose(page, "recipient_kind", "family")
    page.get_by_label("Their name").fill(who)
    page.get_by_label("the days and hours I came").check()
    choose(page, "purpose", "support")
    choose(page, "until", "three_months")
    page.get_by_label("Sign-in name of the family member").fill(username)
    page.get_by_role("button", name="Ready to sign").click()
    expect(page.get_by_role("main")).to_contain_text("Ready to read and sign.")


def fill_in(page: Page, who: str) -> None:
    """A patient: my work may know the days I came, for one year."""
    page.goto("/desk/privacy/")
    page.get_by_role("link", name="Let someone know something").click()
    finished(page, "consent-kinds")
    page.get_by_role("link", name="One person or place").click()
    page.get_by_role("button", name="Read the text").click()
    expect(page.get_by_role("alert").first).to_contain_text("Tick at least one thing.")
    finished(page, "consent-form-faults")
    choose(page, "recipient_kind", "employer")
    page.get_by_label("Their name").fill(who)
    page.get_by_label("the days and hours I came").check()
    choose(page, "purpose", "employment")
    choose(page, "until", "one_year")
    page.get_by_role("button", name="Read the text").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Read and sign")


def test_given_a_phone_when_a_patient_signs_then_a_link_works_until_it_is_stopped(as_role, opens, screen):
    who = f"Cobalt Works {screen}"
    page = as_role("patient")
    fill_in(page, who)
    expect(page.get_by_role("article")).to_contain_text("the days and hours I came")
    finished(page, "proposal")
    page.get_by_label("Your full name").fill(NAME)
    page.get_by_label("I have read this").check()
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("You can stop it here at any time.")
    finished(page, "privacy-signed")
    crisis_numbers(page)
    expect(page.get_by_role("heading", name="Who looked at my record")).to_be_visible()
    with page.expect_download() as copy:
        page.get_by_role("link", name=re.compile(f"My copy: {who}")).click()
    assert copy.value.suggested_filename == "document.pdf"
    page.get_by_role("button", name=f"Make a link for them: {who}").click()
    address = page.get_by_label("Link").input_value()
    finished(page, "link-once")

    outside = opens(screen)
    outside.goto(address)
    assert NAME not in outside.content()
    finished(outside, "given-closed")
    outside.get_by_role("button", name="Open it").click()
    expect(outside.get_by_role("heading", name="Days and hours attended")).to_be_visible()
    expect(outside.get_by_role("main")).to_contain_text("42 CFR part 2 prohibits")
    finished(outside, "given-open")

    page.goto("/desk/privacy/")
    expect(page.locator("section[aria-labelledby=left]")).to_contain_text(who)
    page.get_by_role("button", name=re.compile(f"Stop this: {who}")).click()
    expect(page.get_by_role("status").first).to_contain_text("Stopped.")
    outside.goto(address)
    expect(outside.get_by_role("main")).to_contain_text("Nothing is shared here now.")
    finished(outside, "given-nothing")


def test_given_a_screen_of_the_clinic_when_it_is_handed_over_then_it_knows_nobody(opens, screen):
    who = f"Linden {screen} {os.urandom(2).hex()}"
    tablet = opens(screen)
    sign_in(tablet, "counselor")  # a session of its own: handing the screen over ends it
    start_for_family(tablet, who, username="")
    finished(tablet, "person-consents")
    tablet.get_by_role("button", name=f"Sign here now: {who}").click()
    expect(tablet.get_by_role("article")).to_contain_text(who)
    finished(tablet, "sign-here")
    crisis_numbers(tablet)
    tablet.get_by_role("button", name="Sign", exact=True).click()
    expect(tablet.get_by_role("alert").first).to_contain_text("Type your name to sign.")
    tablet.get_by_label("Your full name").fill(NAME)
    tablet.get_by_label("I have read this").check()
    tablet.get_by_role("button", name="Sign", exact=True).click()
    expect(tablet.get_by_role("main")).to_contain_text("Please give this screen back.")
    finished(tablet, "signed-here")
    tablet.goto("/desk/people/")
    expect(tablet.locator("input[name=password]")).to_be_visible()
    tablet.goto("/desk/sign/")
    expect(tablet.get_by_role("main")).to_contain_text("This page has ended.")


def test_given_a_consent_when_it_ends_then_the_relatives_page_is_empty_again(as_role, screen):
    who = f"Tamarack Demoson {screen}"
    start_for_family(as_role("counselor"), who)
    relative = as_role("family")
    relative.goto("/desk/shared/")
    patient = as_role("patient")
    patient.goto("/desk/privacy/")
    patient.get_by_role("link", name=re.compile(f"Read and sign, or say no: {who}")).click()
    patient.get_by_role("button", name="Español").click()
    expect(patient.get_by_role("article")).to_contain_text("los días y las horas que vine")
    finished(patient, "proposal-es")
    patient.get_by_label("Su nombre completo").fill(NAME)
    patient.get_by_label("Lo leí, o me lo leyeron").check()
    patient.get_by_role("button", name="Firmar").click()
    expect(patient.get_by_role("status").first).to_contain_text("Puede pararlo aquí")
    finished(patient, "privacy-es")

    relative.reload()
    expect(relative.get_by_role("heading", name="Was here")).to_be_visible()
    expect(relative.get_by_role("heading", name="Coming up")).to_have_count(0)
    finished(relative, "shared-attendance")
    relative.get_by_role("button", name="Español").click()
    expect(relative.get_by_role("heading", name="Estuvo aquí")).to_be_visible()
    finished(relative, "shared-attendance-es")
    patient.get_by_role("button", name=re.compile(who)).last.click()
    patient.get_by_role("button", name="English").click()
    relative.reload()
    expect(relative.get_by_role("main")).to_contain_text("Ahora no hay nada que ver aquí.")
    finished(relative, "shared-nothing-es")
    relative.get_by_role("button", name="English").click()
    expect(relative.get_by_role("main")).to_contain_text("Nothing is shared with you here now.")
    expect(relative.get_by_role("heading", name="Was here")).to_have_count(0)
    finished(relative, "shared-nothing")


def test_given_a_worry_when_it_is_sent_without_script_then_a_clinician_finds_it(opens, as_role, screen):
    page = opens(screen, java_script_enabled=False)
    page.goto("/family/")
    page.get_by_role("link", name="I worry about someone").click()
    crisis_numbers(page)
    page.get_by_label("What worries you?").fill("Somebody I love does not eat any more.")
    finished(page, "worry")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("We can not tell you if a person comes here.")
    finished(page, "worry-sent")
    clinician = as_role("director")
    clinician.goto("/front_door/worries/")
    finished(clinician, "worries")
    clinician.locator("main ul.list a").last.click()
    expect(clinician.get_by_role("main")).to_contain_text("does not eat any more")
    finished(clinician, "worry-read")
    clinician.get_by_role("button", name="Looked into: close").click()
    expect(clinician.get_by_role("main")).to_contain_text("Closed.")
