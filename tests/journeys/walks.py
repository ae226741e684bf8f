"""What people do on their way through the house, one function a step, in their own words."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

SAMPLES = Path(__file__).parent / "samples"
LONG_WEEK = "google_long_week.ics"


@dataclass(frozen=True)
class Guest:
    """Somebody who asks for help. Every name is invented."""

    alias: str
    given_name: str
    family_name: str


def choose(page: Page, name: str, value: str) -> None:
    """Choose one answer of a question."""
    page.locator(f"input[name='{name}'][value='{value}']").check()


def see_whether_it_fits(page: Page) -> None:
    """A visitor hands in the calendar of a long week."""
    page.goto("/")
    page.get_by_role("link", name="Does it fit my week?").first.click()
    page.locator("input[name=calendar]").set_input_files(SAMPLES / LONG_WEEK)
    page.get_by_role("button", name="Show my week").click()


def learn_that_nothing_fits(page: Page) -> None:
    """The answer is honest and does not end there."""
    expect(page.get_by_role("heading", name="Not with today’s open seats")).to_be_visible()
    expect(page.get_by_role("link", name="Ask us to find a way")).to_be_visible()


def learn_that_it_fits(page: Page, group: str) -> None:
    """The answer names days and times."""
    expect(page.get_by_role("heading", name="Yes. Your week could look like this.")).to_be_visible()
    expect(page.get_by_role("heading", name=group)).to_be_visible()
    expect(page.get_by_role("article").first).to_contain_text("18:00–21:15")


def open_group(page: Page, name: str, leader: str, starts_on: date) -> None:
    """A director opens a group of one chair: Friday evening, Saturday and Sunday, nine hours in all."""
    page.goto("/timetable/")
    page.get_by_role("link", name="New group").click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Program").select_option(label=re_option(page, "Program", "Adult"))
    page.get_by_label("Track").select_option("weekend")
    page.get_by_label("Chairs").fill("1")
    for day, starts, ends, pause, resume in (
        (4, "6p", "9:15 pm", "19:30", "19:45"),
        (5, "14", "17:15", "15:30", "15:45"),
        (6, "2 pm", "5:15 pm", "15:30", "15:45"),
    ):
        for part, told in (("starts", starts), ("ends", ends), ("pause", pause), ("resume", resume)):
            page.locator(f"[name={part}_{day}]").fill(told)
    page.get_by_label("First day").fill(f"{starts_on:%m/%d/%Y}")
    page.locator("label:has(input[name=leaders])").filter(has_text=leader).first.click()
    page.get_by_role("button", name="Begin this group").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    expect(page.get_by_role("main")).to_contain_text("0 of 1 seats used")


def re_option(page: Page, label: str, part: str) -> str:
    """The whole text of the option that contains `part`."""
    options = page.get_by_label(label).locator("option").all_inner_texts()
    return next(option for option in options if part in option)


def ask_for_help(page: Page, guest: Guest) -> None:
    """From the answer on, a visitor asks for that week with an alias and one telephone number."""
    page.get_by_role("link", name="Ask for this week").first.click()
    choose(page, "who", "me")
    page.get_by_label("What may we call you?").fill(guest.alias)
    choose(page, "contact_kind", "phone")
    page.get_by_label("Your phone number or email").fill("303-555-0188")
    for name, value in (("may_leave_message", "no"), ("may_text", "yes"), ("may_name_us", "no")):
        choose(page, name, value)
    page.get_by_role("button", name="Send my request").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We have your request")


def find_in_the_inbox(page: Page, guest: Guest) -> None:
    """Front desk opens the request."""
    page.goto("/front_door/")
    page.get_by_role("link", name=guest.alias, exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(guest.alias)
    expect(page.get_by_role("main")).to_contain_text("Do not say who we are")


def write_down_a_call(page: Page) -> None:
    """Front desk reached the guest and says so."""
    page.locator("label:has(input[name=result])").filter(has_text="Reached: we talked").click()
    page.get_by_label("Note").first.fill("Wants evenings.")
    page.get_by_role("button", name="Write down this call").click()
    expect(page.get_by_role("main")).to_contain_text("The call is written down.")


def begin_screening(page: Page, guest: Guest) -> None:
    """The request becomes a screening of a named person."""
    page.get_by_label("First name or alias").fill(guest.given_name)
    page.get_by_label("Last name").fill(guest.family_name)
    page.get_by_role("button", name="Begin screening").click()


FACTS = ("motivated", "accountable", "wavering", "use_soon", "home_safe", "copes_with_structure", "transport")
RATINGS = {"withdrawal": 0, "body": 0, "mind": 1, "use": 2, "home": 1, "goals": 2}


def screen(page: Page) -> None:
    """A counselor asks for red flags first, then the facts, then rates the six domains with a reason each."""
    flags = page.locator("#red_flags")
    flags.locator("input[name=none]").check()
    flags.get_by_role("button", name="Save red flags").click()
    for fact in FACTS:
        choose(page, fact, "yes")
    page.get_by_role("button", name="Save answers").click()
    for domain, rating in RATINGS.items():
        choose(page, domain, str(rating))
        page.locator(f"[name={domain}_reason]").fill("Said so, and seems so.")
    page.get_by_role("button", name="Save ratings").click()


def decide(page: Page) -> None:
    """The recommendation stands there with its reasons; the counselor decides as it says."""
    expect(page.get_by_role("heading", name="Supports considering")).to_be_visible()
    expect(page.locator("#decision")).to_contain_text("2.1")
    choose(page, "level", "2.1")
    page.get_by_role("button", name="Decide this level").click()
    expect(page.get_by_role("heading", name="Decided")).to_be_visible()


def admit(page: Page, guest: Guest, starts_on: date) -> str:
    """The person becomes a patient, consent first; returns the address of the stay."""
    page.get_by_role("link", name="Admit this person").click()
    page.get_by_label("Given name").fill(guest.given_name)
    page.get_by_label("Family name").fill(guest.family_name)
    page.get_by_label("Date of birth").fill("11/24/1990")
    page.get_by_label("First day").fill(f"{starts_on:%m/%d/%Y}")
    page.locator("label:has(input[name=program])").filter(has_text="Adult program").click()
    choose(page, "consent", "screen")
    page.get_by_role("button", name="Admit", exact=True).click()
    page.wait_for_url("**/chart/episodes/**")
    expect(page.get_by_role("main")).to_contain_text("Admitted.")
    return page.url


def enter_the_week(page: Page) -> None:
    """From the stay to the busy times: the calendar file, travel and video."""
    page.get_by_role("link", name="When can this person not come?").click()
    page.locator("input[name=calendar]").set_input_files(SAMPLES / LONG_WEEK)
    page.get_by_role("button", name="Read this calendar").click()
    expect(page.get_by_role("main")).to_contain_text("came from a calendar")
    assert "Made-up" not in page.content(), "the titles of a calendar are not kept"
    page.get_by_label("Travel, minutes one way").fill("20")
    page.locator("form[action$='/circumstances/']").get_by_role("button", name="Save").click()


def seat(page: Page, group: str) -> None:
    """The week that fits is one click away."""
    page.get_by_role("link", name="Find a group").first.click()
    page.get_by_role("button", name=f"Seat in {group}").click()
    expect(page.get_by_text(f"Seated in {group} since").first).to_be_visible()


def bring_forward(page: Page, group: str, now: datetime) -> None:
    """A director moves the next meeting of the group to this very hour, so that it can be held.

    It is planned for a minute only: the next walk, minutes later, has the same leader.
    """
    starts = now + timedelta(minutes=4)
    ends = min(starts + timedelta(minutes=1), now.replace(hour=23, minute=59))
    page.goto("/timetable/")
    page.locator("a.row-link", has_text=group).click()
    page.get_by_role("heading", name="Next two weeks").locator("xpath=following-sibling::ul[1]").get_by_role(
        "link"
    ).first.click()
    move = page.locator("form[action$='/moves/']")
    move.get_by_label("Day").fill(f"{starts:%m/%d/%Y}")
    move.get_by_label("From").fill(f"{starts:%H:%M}")
    move.get_by_label("To").fill(f"{ends:%H:%M}")
    move.get_by_role("button", name="Move it").click()
    expect(page.get_by_text("moved", exact=True).first).to_be_visible()


def open_sheet(page: Page, group: str) -> None:
    """From today's sheets to the one of this group."""
    page.goto("/treatment/sheets/")
    page.get_by_role("link", name=group).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(group)


def hold_the_session(page: Page, guest: Guest, now: datetime) -> int:
    """It began a little early and lasted half an hour; everybody is there. Returns the minutes counted."""
    began = max(now - timedelta(minutes=1), now.replace(hour=0, minute=0))
    ended = min(began + timedelta(minutes=30), now.replace(hour=23, minute=59))
    for field in ("break-from-1", "break-to-1"):
        page.locator(f"[name={field}]").fill("")
    page.get_by_label("Began").fill(f"{began:%H:%M}")
    page.get_by_label("Ended").fill(f"{ended:%H:%M}")
    page.get_by_role("button", name="Save the sheet").click()
    expect(page.locator("[data-saved]")).to_contain_text("Saved")
    row = page.locator("tr[data-person]").filter(has_text=guest.family_name)
    minutes = row.locator("[data-minutes]").inner_text()
    assert minutes == f"{(ended - began).seconds // 60}"
    return int(minutes)


def see_the_hours(page: Page, guest: Guest, minutes: int) -> None:
    """The ledger of the week has the minutes."""
    page.goto("/treatment/hours/")
    page.get_by_role("link", name=guest.family_name).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(guest.family_name)
    this_week = page.locator("section[aria-labelledby=week-1]")
    expect(this_week.get_by_role("row").filter(has_text="Present")).to_contain_text(str(minutes))


def make_sign_in_link(page: Page, stay: str, username: str) -> str:
    """The counselor lets the patient sign in and reads out the link."""
    page.goto(stay)
    page.get_by_role("link", name="Safe contact and sign-in").click()
    page.get_by_label("Name to sign in with").fill(username)
    choose(page, "role", "patient")
    page.get_by_role("button", name="Make account and link").click()
    return page.get_by_label("Link").input_value()


def arrive_by_link(page: Page, link: str) -> None:
    """The patient opens the link on a telephone, reads the privacy notice if there is one, and sees today."""
    page.goto(link)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state()
    read = page.get_by_role("button", name="I have it")
    if read.count():
        read.click()
    page.wait_for_url("**/desk/today/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
