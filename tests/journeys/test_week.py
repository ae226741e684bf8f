"""The week in the scheduler's hands: somebody is away, a gradual return, a new week tried out."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from journeys.looks import finished

FAR = timedelta(weeks=5)  # what other walks look at is nearer


def test_given_a_sick_week_when_the_scheduler_repairs_it_then_every_meeting_has_somebody(as_role):
    page = as_role("scheduler")
    page.goto("/timetable/")
    page.get_by_role("link", name="Somebody is away").click()
    finished(page, "repair")
    page.get_by_label("Who is away").select_option(label="Basalt Mockford")
    today = datetime.strptime(page.get_by_label("First day").input_value(), "%m/%d/%Y").replace(tzinfo=UTC)
    first = today + FAR
    page.get_by_label("First day").fill(f"{first:%m/%d/%Y}")
    page.get_by_label("Last day").fill(f"{first + timedelta(days=2):%m/%d/%Y}")
    page.get_by_label("Last day").press("Enter")
    expect(page.get_by_role("main")).to_contain_text("touched")
    finished(page, "repair-proposal")
    if page.get_by_role("button", name="Do what is chosen").count():
        page.get_by_role("button", name="Do what is chosen").press("Enter")
        expect(page.get_by_role("main")).to_contain_text("Basalt Mockford")
    finished(page, "repair-done")
    page.goto("/timetable/waiting/")
    finished(page, "waiting")


def test_given_nine_hours_when_a_counselor_plans_fewer_then_each_step_says_its_sessions(as_role):
    page = as_role("counselor")
    page.goto("/desk/people/")
    page.locator("a.row-link").last.click()
    page.locator("a[href$='/fit/']").first.click()
    page.get_by_role("link", name="Plan the steps").click()
    finished(page, "taper")
    page.get_by_role("button", name="Show the sessions").press("Enter")
    expect(page.get_by_role("heading", name="What each step comes to")).to_be_visible()
    finished(page, "taper-shown")


def test_given_an_idea_when_the_director_asks_the_engine_then_cost_and_bound_meet(as_role):
    page = as_role("director")
    page.goto("/timetable/design/")
    finished(page, "design")
    page.get_by_label("Name of the scenario").fill("More mornings")
    page.get_by_label("Program").select_option(index=0)
    page.get_by_role("button", name="Begin").click()
    page.get_by_text("Add a group").click()
    page.get_by_label("Name of the group").fill("Early")
    for day in ("Monday", "Wednesday", "Friday"):
        page.locator("label").filter(has_text=day).first.click()
    page.get_by_label("From", exact=True).fill("6:30")
    page.get_by_label("To", exact=True).fill("9:45")
    finished(page, "scenario-group")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("button", name="Find the best week").click()
    expect(page.locator("#run")).to_contain_text("people", timeout=90_000)
    page.reload()
    expect(page.get_by_role("button", name="Make it the week from")).to_be_visible()
    finished(page, "scenario-solved")
    page.get_by_role("button", name="Take this scenario off the board").click()
    expect(page.get_by_role("main")).to_contain_text("off the board")
