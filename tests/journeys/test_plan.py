"""A counselor and a patient write a plan on two screens; a reviewer follows one objective."""

import os
import re

from playwright.sync_api import Page, expect

from journeys.looks import crisis_numbers, finished

SAVED = re.compile("Saved")


def person(page: Page, name: str) -> None:
    """Open the plan of somebody in treatment."""
    page.goto(f"/desk/people/?q={name}")
    page.locator("a.row-link").first.click()
    page.get_by_role("link", name="Plan", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Plan of")


def kept(page: Page) -> None:
    """What was typed is saved by itself."""
    expect(page.locator("form[data-typed] [data-saved]")).to_have_text(SAVED)


def test_given_a_plan_when_counselor_and_person_change_it_then_the_person_signs(as_role):
    mark = os.urandom(2).hex()
    counselor = as_role("counselor")
    person(counselor, "Wren Demoson")
    finished(counselor, "plan")
    counselor.get_by_role("button", name=re.compile("Change the plan")).click()
    expect(counselor.get_by_role("heading", level=1)).to_contain_text("draft")
    counselor.get_by_label("Why this version").fill("More help on weekends")
    counselor.get_by_label("How it is seen or counted").first.fill(f"Counted together every Monday {mark}")
    kept(counselor)
    finished(counselor, "plan-draft")

    patient = as_role("patient")
    patient.goto("/plan/mine/")
    expect(patient.get_by_role("heading", name="We are writing your plan")).to_be_visible()
    mine = patient.get_by_label("What I want").first
    mine.fill("I want quiet evenings with my girl")
    kept(patient)
    finished(patient, "my-plan-draft")
    crisis_numbers(patient)

    counselor.reload()
    expect(counselor.get_by_label("Goal, in the person's own words").first).to_have_value(
        "I want quiet evenings with my girl"
    )
    counselor.get_by_label("How often").first.fill("")
    kept(counselor)
    counselor.get_by_label("How often").first.fill("3 times a week")
    counselor.get_by_role("button", name="Sign and offer to the person").click()
    expect(counselor.get_by_role("main")).to_contain_text("Waits for the person's signature")
    finished(counselor, "plan-offered")

    patient.goto("/plan/mine/")
    expect(patient.get_by_role("heading", name="Your plan is ready for you")).to_be_visible()
    finished(patient, "my-plan-offered")
    patient.get_by_role("button", name="Yes, I sign this plan").click()
    expect(patient.get_by_role("status").first).to_contain_text("You signed your plan")
    counselor.reload()
    expect(counselor.get_by_role("main")).to_contain_text("In force")
    expect(counselor.get_by_role("heading", name=re.compile("What changed since"))).to_be_visible()
    finished(counselor, "plan-in-force")
    person(counselor, "Wren Demoson")
    counselor.get_by_role("link", name="Copy for the person").click()
    expect(counselor.get_by_role("heading", name="When I need help")).to_be_visible()
    finished(counselor, "plan-copy")
    counselor.get_by_role("link", name="Español").click()
    expect(counselor.get_by_role("heading", name="Cuando necesito ayuda")).to_be_visible()


def test_given_twelve_weeks_when_a_reviewer_opens_an_objective_then_its_whole_story_is_there(as_role):
    page = as_role("director")
    page.goto("/desk/")
    page.get_by_role("link", name=re.compile(r"things? (is|are) due")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What is due")
    finished(page, "due")
    person(page, "Linden")
    page.get_by_role("link", name="Assessment", exact=True).click()
    finished(page, "assessment")
    page.get_by_role("link", name="Plan", exact=True).click()
    page.locator("section[aria-labelledby=now] a").first.click()
    story = page.locator("ol.timeline").first
    expect(story).to_contain_text("The problem")
    expect(story).to_contain_text("Version 1")
    expect(story).to_contain_text("Review:")
    finished(page, "objective")


def test_given_an_objective_when_the_stay_ends_then_its_story_goes_from_assessment_to_discharge(
    as_role, screen
):
    page = as_role("director")
    person(page, {"desktop": "Dove", "phone": "Jay"}[screen])
    page.get_by_role("link", name="Plan", exact=True).click()
    page.locator("section[aria-labelledby=now] a").first.click()
    objective = page.url
    story = page.locator("ol.timeline").first
    expect(story.get_by_role("link", name="Assessment")).to_be_visible()
    story.get_by_role("link", name="What is planned for afterwards").click()
    page.get_by_label("If there is none, why").fill("Wants to wait until the new job has begun")
    page.get_by_label("Naloxone").select_option("has_it")
    page.get_by_role("button", name="Keep", exact=True).click()
    page.get_by_label("Last day").fill("11/20/2026")
    page.get_by_label("Why it ends").select_option("own_wish")
    page.get_by_role("button", name="End the stay after this day").click()
    page.goto(objective)
    expect(story).to_contain_text("The stay was ended.")
    finished(page, "objective-ended")
    story.get_by_role("link", name="How it went, and what comes after").click()
    expect(page.get_by_role("main")).to_contain_text("Ended by their own wish")
    finished(page, "ending-ended")


def test_given_a_hard_night_when_a_person_wrote_it_down_then_it_opens_without_a_network(as_role):
    sign = f"I stop answering the phone {os.urandom(2).hex()}"
    page = as_role("patient")
    page.goto("/plan/mine/safety/")
    page.get_by_label("How I notice that it gets bad").fill(sign)
    kept(page)
    finished(page, "my-safety")
    page.reload()
    page.get_by_role("button", name="This is my plan now").click()
    page.get_by_role("link", name="Open it to read, print or keep").click()
    expect(page.get_by_role("main")).to_contain_text(sign)
    page.get_by_role("button", name="Keep it on this phone").click()
    expect(page.get_by_text("This page is kept on this phone.")).to_be_visible()
    finished(page, "my-card")
    page.reload()
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("main")).to_contain_text(sign)
    expect(page.locator("a[href='tel:988']").first).to_be_attached()
    page.context.set_offline(False)
    page.get_by_role("button", name="Take it off this phone").click()
    expect(page.get_by_role("button", name="Keep it on this phone")).to_be_visible()


def test_given_tests_to_take_when_the_machine_draws_then_a_result_is_talked_over(as_role):
    page = as_role("counselor")
    page.goto("/plan/draws/")
    finished(page, "draws")
    page.get_by_label("How many people").fill("2")
    page.get_by_role("button", name="Draw", exact=True).click()
    expect(page.get_by_role("heading", name="How to repeat it")).to_be_visible()
    finished(page, "draw")
    page.locator("ol.list a").first.click()
    finished(page, "tests")
    page.locator("main ul.list a").first.click()
    finished(page, "test")
    page.get_by_label("Unexpected result").check()
    page.get_by_role("button", name="Record the result").click()
    if page.get_by_role("alert").count():  # collected before it was ordered: the form says so
        expect(page.get_by_role("alert")).to_contain_text("after it was ordered")
    finished(page, "test-recorded")


def test_given_a_review_when_nothing_speaks_for_it_then_it_is_not_closed(as_role, screen):
    page = as_role("director")
    person(page, "Hazel" if screen == "phone" else "Heron")
    page.get_by_role("button", name=re.compile("review", re.I)).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Review of")
    page.get_by_label("Continue at this level").check()
    page.get_by_label("Makes progress; goals are not reached yet").check()
    page.get_by_role("button", name="Sign and close the review").click()
    expect(page.get_by_role("alert").first).to_contain_text("Write why")
    finished(page, "review-refused")
    for box in page.get_by_label("How it goes").all():
        box.select_option("some")
    page.get_by_label("Why care continues here, changes or ends").fill("Needs the evenings")
    kept(page)
    page.get_by_label("Continue at this level").check()
    page.get_by_label("Makes progress; goals are not reached yet").check()
    page.get_by_role("button", name="Sign and close the review").click()
    expect(page.get_by_role("main")).to_contain_text("Needs the evenings")
    finished(page, "review-closed")


def test_given_a_person_who_leaves_soon_when_both_sign_then_the_plan_for_afterwards_stands(as_role):
    counselor = as_role("counselor")
    person(counselor, "Wren Demoson")
    counselor.get_by_role("link", name="Wren Demoson").first.click()
    counselor.goto(counselor.locator("a[href*='/chart/episodes/']").first.get_attribute("href"))
    counselor.get_by_role("link", name="Plan the end").click()
    expect(counselor.get_by_role("heading", level=1)).to_contain_text("End of the stay")
    again = counselor.get_by_role("button", name="Take the signatures back")
    if again.count():
        again.click()
    mark = f"My brother and the garden {os.urandom(2).hex()}"
    counselor.get_by_label("What keeps me well").fill(mark)
    counselor.get_by_label("What I do when it gets hard again").fill("I call Sam")
    counselor.get_by_label("If there is none, why").fill("Decided next week")
    counselor.get_by_label("Family").select_option("not_wanted")
    counselor.get_by_role("button", name="Keep", exact=True).click()
    finished(counselor, "ending-draft")
    counselor.get_by_role("button", name="Sign what is kept").click()
    expect(counselor.get_by_role("main")).to_contain_text("waits for the person's signature")

    patient = as_role("patient")
    patient.goto("/plan/mine/")
    patient.get_by_role("link", name="My time after this").click()
    expect(patient.get_by_role("main")).to_contain_text(mark)
    finished(patient, "my-leaving")
    crisis_numbers(patient)
    patient.get_by_role("button", name="Yes, I sign this").click()
    expect(patient.get_by_role("main")).to_contain_text("You signed this")

    counselor.reload()
    expect(counselor.get_by_text("waits for the person's signature")).to_have_count(0)
    counselor.get_by_label("Last day").fill("11/20/2026")
    counselor.get_by_label("Why it ends").select_option("completed")
    counselor.get_by_role("button", name="End the stay after this day").click()
    expect(counselor.get_by_role("alert").first).to_contain_text("Give the person their copy")
    finished(counselor, "ending-refused")


def test_given_an_incident_when_it_is_written_down_then_the_state_is_due_to_be_told(as_role, screen):
    page = as_role("director")
    person(page, "Hazel" if screen == "phone" else "Heron")
    page.get_by_role("link", name="Incidents", exact=True).click()
    page.get_by_label("What happened").select_option("overdose")
    page.get_by_label("Time", exact=True).fill("06:00")
    page.get_by_label("What was seen and done").fill("Found by a neighbor; naloxone given")
    page.get_by_role("button", name="Write it down").click()
    finished(page, "incidents")
    page.goto("/desk/due/?show=all")
    expect(page.get_by_text("Report an incident to the state").first).to_be_visible()
