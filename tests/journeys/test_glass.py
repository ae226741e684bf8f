"""A chart is opened in need and reviewed; a breach has its days; a right is asked for and answered."""

import pytest
from playwright.sync_api import Page, expect

from homeground.config.demo import names
from journeys.looks import finished

# The demo's patient sits in the evening group; the facilitator who signs in leads other groups.
WHO = f"{names.GIVEN[0]} {names.FAMILY[0]}"


def chart_of(director: Page) -> str:
    """Where the director finds the chart of the demo's patient."""
    director.goto(f"/desk/people/?q={WHO.replace(' ', '+')}")
    link = director.get_by_role("main").get_by_role("link", name=WHO).first
    address = link.get_attribute("href")
    assert address is not None
    return address


def test_given_somebody_not_his_when_he_must_care_for_them_then_it_opens_is_reviewed_and_the_person_sees_it(
    as_role, screen
):
    director, facilitator = as_role("director"), as_role("facilitator")
    chart = chart_of(director)
    answer = facilitator.goto(chart)
    assert answer is not None and answer.status == 403
    assert WHO not in facilitator.content()
    facilitator.get_by_role("link", name="open it in an emergency").click()
    expect(facilitator.get_by_role("main")).to_contain_text("Told at once")
    finished(facilitator, "glass")
    facilitator.get_by_role("button", name="Open the chart").click()
    expect(facilitator.get_by_role("alert")).to_contain_text("Without a reason the chart stays closed.")
    facilitator.get_by_text("Danger to life or health now").click()
    facilitator.get_by_label("What has happened, in a sentence").fill(f"She fell in the hall ({screen}).")
    facilitator.get_by_label("I know that this is recorded").check()
    facilitator.get_by_role("button", name="Open the chart").click()
    expect(facilitator.get_by_role("heading", level=1)).to_have_text(WHO)
    banner = facilitator.get_by_role("region", name="Emergency access")
    expect(banner).to_contain_text("Emergency access until 14:")
    finished(facilitator, "glass-open")

    director.goto("/confidentiality/reviews/")
    row = director.get_by_role("row").filter(has_text=f"She fell in the hall ({screen}).")
    expect(row).to_contain_text(WHO)
    finished(director, "glass-reviews")
    opener = row.get_by_role("link").first
    name = opener.inner_text()
    opener.click()
    director.get_by_text("It was needed", exact=True).click()
    director.get_by_label("What you found").fill("She was hurt, and nobody else was there.")
    finished(director, "glass-review")
    director.get_by_role("button", name="Record the review").click()
    expect(director.get_by_role("status")).to_contain_text("Your review is recorded.")

    director.goto("/desk/looks/")
    asked = director.get_by_role("row").filter(has_text=WHO).filter(has_text="emergency access")
    expect(asked.first).to_be_visible()
    finished(director, "looks")

    banner.get_by_role("button", name="Give it back").click()
    expect(facilitator.get_by_role("status")).to_contain_text("The chart is closed again.")
    closed = facilitator.goto(chart)
    assert closed is not None and closed.status == 403

    patient = as_role("patient")
    patient.goto("/desk/privacy/")
    looked = patient.locator("section[aria-labelledby=looked]")
    expect(looked).to_contain_text(name)


def test_given_a_letter_in_the_wrong_house_when_it_is_recorded_then_its_days_stand_there(as_role, screen):
    director = as_role("director")
    director.goto("/confidentiality/breaches/")
    director.get_by_label("Day it was found out").fill("11/17/2026")
    director.get_by_label("What happened").fill(f"A letter went to the wrong house ({screen}).")
    director.get_by_label("Which state").fill("CO")
    director.get_by_role("button", name="Record it").click()
    duties = director.locator("section[aria-labelledby=duties]")
    expect(duties).to_contain_text("by Thursday 17 December 2026")
    expect(duties).to_contain_text("by Monday 1 March 2027")
    director.get_by_text("Weigh the four factors").click()
    finished(director, "breach")
    for number in range(4):
        factor = director.locator("details fieldset").nth(number)
        factor.get_by_text("Little risk").click()
        director.locator("details textarea").nth(number).fill("It came back unopened.")
    director.get_by_role("button", name="Record the assessment").click()
    expect(duties).to_contain_text("Nobody has to be told.")
    director.get_by_role("button", name="Close this breach").click()
    expect(director.get_by_role("main")).to_contain_text("Closed")
    finished(director, "breach-closed")


def test_given_a_wish_when_it_is_answered_then_the_person_reads_the_answer(as_role, screen):
    patient, director = as_role("patient"), as_role("director")
    patient.goto("/desk/privacy/")
    patient.get_by_text("Something in it is wrong", exact=True).click()
    wish = f"My street is wrong ({screen})."
    patient.get_by_label("Tell us more").fill(wish)
    patient.locator("section[aria-labelledby=ask]").get_by_role("button", name="Send").click()
    expect(patient.get_by_role("status")).to_contain_text("We have it.")

    director.goto("/confidentiality/requests/")
    finished(director, "requests")
    rows = director.get_by_role("row").filter(has_text=WHO).filter(has_text="A correction")
    rows.last.get_by_role("link").click()
    expect(director.get_by_role("main")).to_contain_text(wish)
    finished(director, "request")
    director.get_by_text("Granted", exact=True).click()
    told = f"We corrected the street ({screen})."
    director.get_by_label("What we tell the person").fill(told)
    director.get_by_role("button", name="Give this answer").click()
    expect(director.get_by_role("status")).to_contain_text("Answered.")
    patient.goto("/desk/privacy/")
    expect(patient.get_by_role("main")).to_contain_text(told)


@pytest.mark.parametrize("screen", ["phone"])
def test_given_no_script_when_the_pages_open_then_they_say_the_same(as_role, opens, screen):
    director = as_role("director")
    plain = opens(screen, storage_state=director.context.storage_state(), java_script_enabled=False)
    for path, heading in (
        ("/confidentiality/requests/", "Rights people make use of"),
        ("/confidentiality/reviews/", "Emergency access"),
        ("/confidentiality/breaches/", "Breaches"),
        ("/confidentiality/notice/contact/", "Privacy notice"),
        ("/desk/looks/", "Charts opened outside one's work"),
        ("/desk/due/", "What is due"),
        ("/confidentiality/notice/", "Notice of Privacy Practices"),
    ):
        plain.goto(path)
        expect(plain.get_by_role("heading", level=1)).to_contain_text(heading)
        finished(plain, f"plain-{path.strip('/').replace('/', '-')}")
