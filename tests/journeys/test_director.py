"""The director's day begins with who is below the floor; and the pictures of the README."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from journeys.looks import crisis_numbers, finished

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"


def test_given_short_weeks_when_the_director_arrives_then_nothing_must_be_pressed_to_see_them(
    as_role, screen
):
    page = as_role("director")
    page.goto("/desk/")
    below = page.locator("section[aria-labelledby=below]")
    expect(below.get_by_role("heading")).to_contain_text("below the week")
    row = below.locator("tbody tr").first
    expect(row).to_contain_text(" of 9 h")
    for heading in ("Missing", "Days left", "What fits"):
        told = below.get_by_role("columnheader", name=heading)
        expect(told if screen == "desktop" else row.locator(f"[data-label='{heading}']")).to_be_visible()
    finished(page, "desk-director")


@pytest.mark.parametrize("screen", ["desktop"])
@pytest.mark.parametrize(
    "username", ["counselor", "facilitator", "scheduler", "front_desk", "biller", "administrator"]
)
def test_given_a_task_when_its_person_arrives_then_the_first_page_and_every_door_of_the_rail_open(
    as_role, username
):
    page = as_role(username)
    page.goto("/desk/")
    finished(page, f"desk-{username}")
    doors = page.locator("header.rail nav a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    assert doors
    doors += page.locator(".heading a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    for door in doors[1:]:
        answer = page.goto(door)
        assert answer is not None and answer.status == 200, f"{username} is shown {door} and may not enter"
        finished(page, f"{username}-{door.strip('/').replace('/', '-')}")


def test_given_the_family_when_they_arrive_then_they_see_only_what_is_shared(as_role):
    page = as_role("family")
    page.goto("/desk/")
    crisis_numbers(page)
    finished(page, "desk-family")


def test_given_the_catalogue_when_it_opens_then_every_component_keeps_the_rules(page):
    page.goto("/style/")
    expect(page.get_by_role("table").first).to_be_visible()
    finished(page, "style")


@pytest.mark.parametrize("screen", ["phone"])
def test_given_a_phone_when_a_table_stacks_then_it_is_still_a_table(as_role):
    page = as_role("director")
    page.goto("/desk/")
    groups = page.get_by_role("group", name="Groups").get_by_role("table")
    expect(groups.get_by_role("columnheader", name="Seats taken")).to_be_attached()
    row = groups.get_by_role("row").nth(1)
    expect(row.get_by_role("cell")).to_have_count(4)
    size = page.viewport_size
    assert size is not None
    assert all(
        (box := cell.bounding_box()) and box["x"] + box["width"] <= size["width"]
        for cell in row.get_by_role("cell").all()
    )


@pytest.mark.parametrize("language", ["English", "Español"])
def test_given_a_patient_when_they_look_at_their_pages_then_the_words_are_neutral(as_role, language):
    page = as_role("patient")
    page.goto("/desk/")
    if language == "Español":
        page.get_by_role("button", name="Español").click()
    for path in ("/desk/today/", "/desk/week/", "/people/me/"):
        page.goto(path)
        expect(page.locator("html")).to_have_attribute("lang", "es" if language == "Español" else "en")
        assert "treatment" not in page.title().lower() and "juniper" not in page.title().lower()
        crisis_numbers(page)
        finished(page, f"patient-{path.strip('/').split('/')[-1]}-{language[:2].lower()}")


def test_given_an_hour_missing_when_a_make_up_is_offered_then_one_press_books_it(as_role):
    page = as_role("director")
    page.goto("/desk/")
    below = page.locator("section[aria-labelledby=below]")
    row = below.locator("tbody tr").filter(has=page.get_by_role("button", name="Book")).first
    who = row.get_by_role("link").first.inner_text()
    row.get_by_role("button", name="Book").click()
    expect(page.get_by_role("main")).to_contain_text("Booked.")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Hours of {who}")
    finished(page, "hours-make-up")


def test_given_the_demo_clinic_when_pictures_are_taken_then_the_readme_shows_what_there_is(
    as_role, screen, tmp_path
):
    folder = PICTURES if "HG_README_PICTURES" in os.environ else tmp_path
    page = as_role("director" if screen == "desktop" else "patient")
    page.goto("/desk/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    taken = folder / ("desk.png" if screen == "desktop" else "phone.png")
    page.screenshot(path=taken)
    assert taken.stat().st_size > 20_000
