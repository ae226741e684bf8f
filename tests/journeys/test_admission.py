"""From a screening to a stay: red flags first, then the level of care, then the admission."""

import re

from playwright.sync_api import Page, expect

from journeys.looks import finished


def begin(page: Page) -> None:
    """Open the oldest screening that waits, or screen somebody again."""
    page.goto("/placement/screenings/")
    waiting = page.locator("a.row-link")
    if not waiting.count():
        page.goto("/placement/screenings/?show=decided")
        page.locator("a.row-link").first.click()
        page.get_by_role("button", name="Screen again").click()
    else:
        waiting.first.click()


def unfold(page: Page, section: str) -> None:
    """Open a section of the screening that is folded away."""
    if not page.locator(f"details#{section}[open]").count():
        page.locator(f"#{section} > summary").click()


def save(page: Page, button: str) -> None:
    """Send a section, and see that it was kept."""
    with page.expect_navigation():
        page.get_by_role("button", name=button).click()
    expect(page.get_by_role("status").first).to_contain_text("Saved.")


def rate(page: Page, domain: str, rating: int) -> None:
    page.locator(f"input[name={domain}][value='{rating}']").check()
    page.locator(f"[name={domain}_reason]").fill("Said so in our talk")


def test_given_a_screening_when_a_counselor_decides_then_the_person_is_admitted(as_role, screen):
    page = as_role("counselor")
    begin(page)
    finished(page, "screening-empty")
    unfold(page, "red_flags")
    page.get_by_role("button", name="Save red flags").click()
    expect(page.get_by_role("alert").first).to_contain_text("none of these")
    finished(page, "screening-wrong")
    page.get_by_label("Uses GHB").check()
    save(page, "Save red flags")
    expect(page.get_by_role("alert").first).to_contain_text("Today.")
    finished(page, "screening-red-flag")
    unfold(page, "red_flags")
    page.get_by_label("Uses GHB").uncheck()
    page.get_by_label(re.compile("^None of these")).check()
    save(page, "Save red flags")
    unfold(page, "facts")
    page.get_by_label("Yes").first.check()
    save(page, "Save answers")
    unfold(page, "ratings")
    for domain in ("withdrawal", "body", "mind", "home", "goals"):
        rate(page, domain, 0)
    rate(page, "use", 2)
    save(page, "Save ratings")
    expect(page.locator("#decision")).to_contain_text("Intensive outpatient (2.1)")
    finished(page, "screening-rated")
    page.locator("input[name=level][value='2.1']").check()
    page.get_by_role("button", name="Decide this level").click()
    finished(page, "screening-decided")
    page.get_by_role("link", name="Admit this person").click()
    finished(page, "admission")
    if screen == "phone":
        return  # at the desk the same person was admitted already
    page.get_by_label("Given name").fill("Rowan")
    page.get_by_label("Family name").fill("Madeup")
    page.get_by_label("Date of birth").fill("2/3/1991")
    page.get_by_label(re.compile("Adult")).first.check()
    page.get_by_label("Signed now, on paper").check()
    page.get_by_role("button", name="Admit", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rowan Madeup")
    expect(page.get_by_role("main")).to_contain_text("in force")
    finished(page, "stay")
