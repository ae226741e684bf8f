"""Somebody outside asks: a lawyer with a subpoena learns nothing, a hospital gets what it needs."""

import pytest
from playwright.sync_api import Page, expect

from journeys.looks import crisis_numbers, finished


@pytest.fixture
def director(as_role) -> Page:
    """The director at her desk."""
    return as_role("director")


@pytest.fixture
def plain(opens, screen) -> Page:
    """A visitor whose browser runs no script."""
    return opens(screen, java_script_enabled=False)


@pytest.fixture
def known(as_role, screen) -> str:
    """The name of somebody who is treated here, as the list of people writes it."""
    page = as_role("director")
    page.goto("/desk/people/")
    rows = page.locator("a.row-link")
    return rows.nth(0 if screen == "desktop" else 1).inner_text()


def write_down(page: Page, asker: str, subject: str) -> None:
    """A request as it came by fax."""
    page.goto("/interop/requests/new/")
    page.locator("input[name=came_by][value=fax]").check()
    page.get_by_label("Who asks", exact=True).select_option("lawyer")
    page.get_by_label("Name of who asks").fill(asker)
    page.get_by_label("Organization").fill("Sample Law")
    page.get_by_label("Address or fax for the answer").fill("1 Court Street")
    page.get_by_label("Whom they ask about").fill(subject)
    page.get_by_label("What for").select_option("proceeding")
    page.locator("input[name=categories][value=plan]").check()
    page.locator("input[name=paper][value=subpoena]").check()
    page.get_by_label("Number or mark on the paper").fill("26-CV-1")
    finished(page, "outside-new")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(asker)


def check_identity(page: Page) -> None:
    """The lawyer is who he says."""
    page.locator("input[name=how][value=called_back]").check()
    page.get_by_label("More").fill("the bar's directory")
    page.get_by_role("button", name="The identity is checked").click()
    expect(page.locator("main")).to_contain_text("Called back at a number we looked up ourselves")


def letter(page: Page) -> bytes:
    """The letter as it would be mailed."""
    address = page.get_by_role("link", name="Make the letter (PDF)").get_attribute("href")
    answer = page.request.get(address)
    assert answer.headers["content-type"] == "application/pdf"
    return answer.body()


def test_given_a_subpoena_when_a_lawyer_asks_then_nothing_leaves_and_nobody_learns_anything(
    director, known, screen
):
    asker = f"L. Sample, {screen}"
    write_down(director, asker, known)
    expect(director.locator("main")).not_to_contain_text("This person")
    check_identity(director)
    director.get_by_role("button", name="This person").first.click()
    expect(director.locator("#step-2 + p")).to_contain_text("inside alone")
    expect(director.locator("main")).to_contain_text("Nothing may be sent")
    expect(director.locator("main")).to_contain_text("A subpoena, a warrant or an order alone")
    expect(director.locator("main")).to_contain_text("recalled, still to be checked")
    expect(director.locator("main")).to_contain_text("together with a subpoena")
    director.get_by_role("button", name="Keep this decision").click()
    expect(director.locator("main")).to_contain_text("privacy exception")
    expect(director.locator("form[action$='/preview/']")).to_have_count(0)
    finished(director, "outside-subpoena")
    told = letter(director)
    write_down(director, asker, "Zz Nobody")
    check_identity(director)
    expect(director.locator("main")).to_contain_text("Nobody with a name like this")
    assert letter(director) == told
    director.get_by_role("button", name="Close this request").click()
    expect(director.locator("main")).to_contain_text("The request is closed.")
    director.goto("/interop/requests/")
    row = director.locator("tr[data-row]").filter(has_text=asker).first
    expect(row).to_contain_text("Nothing may be sent")
    finished(director, "outside-list")


def test_given_an_emergency_when_a_hospital_calls_then_it_gets_what_it_needs_and_the_patient_reads_it(
    as_role, screen
):
    counselor, patient = as_role("counselor"), as_role("patient")
    doctor = f"Dr. T. Sample, {screen}"
    name = own_name(patient)
    counselor.goto("/interop/script/")
    finished(counselor, "outside-script")
    counselor.get_by_role("link", name="Medical emergency").click()
    counselor.get_by_label("Who treats the person now").fill(doctor)
    counselor.get_by_label("Hospital, clinic or ambulance service").fill("County Hospital")
    counselor.get_by_label("Telephone or fax of this facility").fill("303-555-0177")
    counselor.get_by_label("Whom they treat").fill(name)
    counselor.get_by_label("What is the emergency").fill("Unconscious, slow breath.")
    counselor.locator("input[name=how][value=called_back]").check()
    finished(counselor, "outside-emergency")
    counselor.get_by_role("button", name="Go on: find the person").click()
    counselor.get_by_role("button", name="This person").first.click()
    expect(counselor.locator("main")).to_contain_text("It is documented at once")
    counselor.get_by_role("button", name="Keep this decision").click()
    finished(counselor, "outside-emergency-decided")
    counselor.get_by_role("button", name="Look at it before it leaves").click()
    expect(counselor.get_by_role("heading", level=1)).to_have_text("Before it leaves")
    expect(counselor.locator("main")).to_contain_text("County Hospital")
    finished(counselor, "outside-preview")
    counselor.get_by_role("button", name="Send it").click()
    expect(counselor.locator("#step-5 ~ ul")).to_contain_text(doctor)
    packet = counselor.request.get(counselor.get_by_role("link", name="The packet").get_attribute("href"))
    assert packet.body().startswith(b"%PDF")
    finished(counselor, "outside-sent")
    patient.goto("/desk/privacy/")
    expect(patient.locator("section[aria-labelledby=left]")).to_contain_text(doctor)
    expect(patient.locator("section[aria-labelledby=left]")).to_contain_text("to save my life or health")


def own_name(patient: Page) -> str:
    """The patient's name, as it stands in the record they may download."""
    patient.goto("/desk/privacy/")
    token = patient.locator("input[name=csrfmiddlewaretoken]").first.get_attribute("value")
    told = {"format": "json", "csrfmiddlewaretoken": str(token)}
    return str(patient.request.post("/interop/records/own/", form=told).json()["about"])


@pytest.mark.parametrize("language", ["en", "es"])
def test_given_no_script_when_records_are_asked_for_then_the_answer_says_the_same_to_all(
    plain, known, screen, language
):
    words = {
        "en": ("Ask for records", "Send", "We have your letter"),
        "es": ("Pedir papeles", "Enviar", "Tenemos su carta"),
    }[language]
    answers = []
    for subject in (known, "Zz Nobody"):
        plain.goto("/interop/ask/")
        if language == "es" and not answers:
            plain.get_by_role("button", name="Español").click()
            plain.goto("/interop/ask/")
        expect(plain.locator("html")).to_have_attribute("lang", language)
        expect(plain.get_by_role("heading", level=1)).to_have_text(words[0])
        plain.locator("select[name=asker_kind]").select_option("lawyer")
        plain.locator("input[name=asker_name]").fill(f"P. Sample, {screen}")
        plain.locator("input[name=asker_address]").fill("1 Court Street")
        plain.locator("input[name=subject]").fill(subject)
        plain.locator("textarea[name=words]").fill("All papers.")
        plain.get_by_role("button", name=words[1], exact=True).click()
        expect(plain.get_by_role("heading", level=1)).to_have_text(words[2])
        crisis_numbers(plain)
        answers.append(plain.locator("main").inner_text())
    assert answers[0] == answers[1]
    finished(plain, f"outside-ask-sent-{language}")
    plain.goto("/interop/ask/")
    crisis_numbers(plain)
    finished(plain, f"outside-ask-{language}")
