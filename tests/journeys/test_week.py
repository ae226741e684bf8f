"""The week in the scheduler's hands, by keyboard alone: a seat, a sick week, a gradual return, a new week."""

from datetime import UTC, date, datetime, timedelta

from playwright.sync_api import Page, expect

from journeys.keys import Keys
from journeys.looks import finished

FAR = timedelta(weeks=5)  # what other walks look at is nearer


def shown_day(page: Page, label: str) -> date:
    """The day a field proposes."""
    shown = Keys(page).field(label).input_value()
    return datetime.strptime(shown, "%m/%d/%Y").replace(tzinfo=UTC).date()


def told(page: Page, words: str) -> None:
    expect(page.get_by_role("main")).to_contain_text(words)


def answer_a_caller(keys: Keys) -> None:
    """Somebody on the phone works in the daytime, and hears which evenings there are."""
    page = keys.page
    page.goto("/timetable/")
    keys.press("link", "Fit for a caller")
    keys.press("button", "Office hours")
    keys.press("button", "Show what fits")
    told(page, "home by 21:")
    finished(page, "caller")


def test_given_somebody_without_a_seat_then_a_chair_is_kept_given_back_waited_for_and_taken(as_role):
    page = as_role("scheduler")
    keys = Keys(page)
    answer_a_caller(keys)
    page.goto("/timetable/")
    keys.press("link", "Women's morning", within=page.get_by_role("table"))
    member = page.get_by_role("main").locator("a[href$='/fit/']").last
    name, fit = member.inner_text(), member.get_attribute("href")
    keys.enter(page.get_by_role("button", name="End the seat").last)
    told(page, "The seat has ended.")
    page.goto(fit)
    finished(page, "fit-offers")
    keys.press("button", "Keep for 72 hours")
    told(page, "is kept until")
    finished(page, "fit-kept")
    keys.press("button", "Give it back")
    told(page, "The chair is free again.")
    keys.choose("How soon does this person need a seat?", "")
    keys.press("button", "Put on the waiting list")
    told(page, name)
    finished(page, "waiting")
    page.goto("/timetable/")
    keys.press("link", "Women's morning", within=page.get_by_role("table"))
    told(page, f"The free chair fits {name}")
    finished(page, "group-offers")
    keys.press("button", "Keep this chair for 72 hours")
    told(page, "is kept until")
    keys.press("button", "Take the seat")
    told(page, "The seat is given from")
    finished(page, "fit-seated")
    page.goto("/timetable/waiting/")
    expect(page.get_by_role("main")).not_to_contain_text(name)


def test_given_an_appointment_when_it_moves_then_what_stands_in_the_way_is_said_before(as_role):
    page = as_role("scheduler")
    keys = Keys(page)
    page.goto("/timetable/")
    keys.choose("Whose week", "Basalt")
    keys.press("button", "Show this week")
    finished(page, "week-of-one")
    keys.press("link", "Week after")
    keys.press("link", "Afternoon")
    keys.write("From", "9:30")
    keys.write("To", "12:45")
    keys.press("button", "Look whether it is free")
    finished(page, "move-looked-at")
    keys.press("link", "The whole group")
    told(page, "seats used")


def test_given_a_sick_week_when_the_scheduler_repairs_it_then_every_meeting_has_somebody(as_role, screen):
    page = as_role("scheduler")
    keys = Keys(page)
    page.goto("/timetable/")
    keys.press("link", "Somebody is away")
    finished(page, "repair")
    keys.choose("Who is away", "Basalt")
    first = shown_day(page, "First day") + timedelta(weeks={"desktop": 3, "phone": 4}[screen])
    keys.write("First day", f"{first:%m/%d/%Y}")
    keys.write("Last day", f"{first + timedelta(days=4):%m/%d/%Y}")
    keys.press("button", "See what it touches")
    told(page, "touched")
    finished(page, "repair-proposal")
    rows = page.get_by_role("button", name="Do only this")
    touched = rows.count()
    assert touched > 1
    keys.enter(rows.first)
    told(page, "1 appointment is taken care of.")
    expect(rows).to_have_count(touched - 1)
    keys.press("button", "Do what is chosen")
    told(page, "Basalt Mockford")
    finished(page, "repair-done")
    page.goto("/timetable/repair/")
    keys.press("button", "Is there after all")
    expect(page.get_by_role("button", name="Is there after all")).to_have_count(0)


def test_given_nine_hours_when_a_counselor_plans_fewer_then_the_steps_stand_in_the_week(as_role, screen):
    page = as_role("counselor")
    keys = Keys(page)
    page.goto("/timetable/")
    keys.press("link", "Evening", within=page.get_by_role("table"), exact=True)
    fit = page.get_by_role("main").locator("a[href$='/fit/']")
    page.goto(fit.nth({"desktop": 0, "phone": 1}[screen]).get_attribute("href"))
    keys.press("link", "Plan the steps")
    finished(page, "taper")
    keys.press("button", "Show the sessions")
    expect(page.get_by_role("heading", name="What each step comes to")).to_be_visible()
    finished(page, "taper-shown")
    keys.press("button", "Plan these steps")
    expect(page.get_by_role("complementary").filter(has_text="Planned")).to_contain_text("From")
    finished(page, "taper-planned")


def somebody_short(page: Page) -> bool:
    """Open the hours of somebody for whom a make-up can be booked; False when there is nobody."""
    page.goto("/treatment/hours/")
    for address in [link.get_attribute("href") for link in page.locator("main a[href*='/hours/']").all()]:
        page.goto(address)
        if page.locator("#make-ups").get_by_role("button", name="Book").count():
            return True
    return False


def cancel_friday(keys: Keys) -> None:
    """The morning group loses its Friday, and everybody in it three hours."""
    page = keys.page
    page.goto("/timetable/")
    keys.press("link", "Morning", within=page.get_by_role("table"), exact=True)
    keys.enter(page.get_by_role("main").locator("a[href*='/appointments/']").filter(has_text="Fri").first)
    keys.press("button", "Cancel this appointment")
    told(page, "It counts as excused for everybody.")


def test_given_somebody_short_of_hours_when_a_make_up_is_booked_then_it_counts(as_role):
    page = as_role("director")
    keys = Keys(page)
    if not somebody_short(page):
        cancel_friday(keys)
        assert somebody_short(page)
    before = page.locator("#make-ups h3").inner_text()
    finished(page, "make-ups")
    keys.enter(page.locator("#make-ups").get_by_role("button", name="Book").first)
    told(page, "Booked.")
    after = page.locator("#make-ups h3")
    assert after.count() == 0 or after.inner_text() != before
    finished(page, "make-up-booked")


def begin_scenario(keys: Keys, name: str, monday: date) -> None:
    """A scenario on the design board that may run one more group."""
    page = keys.page
    keys.write("Name of the scenario", name)
    keys.write("From Monday", f"{monday:%m/%d/%Y}")
    keys.press("button", "Begin", exact=True)
    keys.enter(page.locator("summary").filter(has_text="Add a group"))
    keys.write("Name of the group", name)
    for day in ("Monday", "Wednesday", "Friday"):
        keys.tick(page.get_by_role("checkbox", name=day))
    keys.write("From", "6:30")
    keys.write("To", "9:45")
    keys.tick(keys.field("It must run"))


def begin_what_if(keys: Keys, name: str, monday: date) -> None:
    """A scenario with the usual groups to choose from, and one counselor more than there is."""
    page = keys.page
    keys.write("Name of the scenario", name)
    keys.write("From Monday", f"{monday:%m/%d/%Y}")
    keys.press("button", "Begin", exact=True)
    keys.press("button", "Take the usual set")
    told(page, "could begin more")
    keys.enter(page.locator("summary").filter(has_text="Groups, rooms and counselors"))
    keys.choose("Evening", "In any case")
    keys.write("Counselors more", "1")
    keys.press("button", "Keep this")
    told(page, "1 counselor more")


def solve(keys: Keys) -> None:
    """Ask the engine and wait until it has an answer."""
    keys.press("button", "Find the best week")
    expect(keys.page.locator("#run")).to_contain_text("people", timeout=90_000)
    keys.page.reload()


def test_given_two_ideas_when_the_director_compares_them_then_one_becomes_the_week(as_role, screen):
    page = as_role("director")
    keys = Keys(page)
    page.goto("/timetable/design/")
    finished(page, "design")
    monday = shown_day(page, "From Monday") + {"desktop": FAR, "phone": 2 * FAR}[screen]
    early = f"Early {screen}"
    begin_scenario(keys, early, monday)
    finished(page, "scenario-group")
    keys.press("button", "Add", exact=True)
    solve(keys)
    finished(page, "scenario-solved")
    keys.press("link", "All scenarios")
    begin_what_if(keys, f"With one more {screen}", monday)
    solve(keys)
    finished(page, "scenario-what-if")
    expect(page.get_by_role("button", name="Make it the week from")).to_have_count(0)
    keys.press("link", "All scenarios")
    expect(page.get_by_text("than now").or_(page.get_by_text("as many as now")).first).to_be_visible()
    finished(page, "scenarios-compared")
    keys.press("link", early)
    keys.press("button", "Make it the week from")
    told(page, "Groups that begin: 1")
    told(page, "made the week")
    finished(page, "scenario-published")
    page.goto(f"/timetable/?on={monday:%Y-%m-%d}")
    finished(page, "week-published")
    for name in (early, f"With one more {screen}"):
        page.goto("/timetable/design/")
        keys.press("link", name)
        keys.press("button", "Take this scenario off the board")
        told(page, "off the board")
