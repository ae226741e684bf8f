"""From a request for help to an attended group: in the demo clinic, and in one that began empty."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page

from journeys import walks
from journeys.conftest import sign_in
from journeys.house import present
from journeys.looks import crisis_numbers, finished

ZONE = ZoneInfo("America/Denver")


@dataclass(frozen=True)
class Clinic:
    """Where a journey happens, and who is who there."""

    name: str
    origin: str
    works: Callable[[str], Page]  # a window in which somebody with this task is signed in
    leader: str


@pytest.fixture
def demo_clinic(origin, as_role) -> Clinic:
    """Every task has its person."""
    return Clinic("demo", origin, as_role, "Quartz")


@pytest.fixture
def empty_clinic(empty, opens, screen) -> Clinic:
    """The director does everything on the first day."""
    windows: list[Page] = []

    def works(_task: str) -> Page:
        if not windows:
            windows.append(opens(screen, at=empty.origin))
            sign_in(windows[0], empty.username, empty.password)
        return windows[0]

    return Clinic("empty", empty.origin, works, "First Director")


def now() -> datetime:
    """This minute where the clinics are."""
    return present().astimezone(ZONE).replace(second=0, microsecond=0)


@pytest.mark.parametrize("kind", ["demo", "empty"])
def test_given_a_long_week_when_someone_asks_then_they_are_seated_and_attend_a_group(
    kind, request, opens, screen
):
    clinic: Clinic = request.getfixturevalue(f"{kind}_clinic")
    mark = os.urandom(3).hex()
    guest = walks.Guest(f"Wren {mark}", "Wren", f"Madeup{mark}")
    group = f"Weekend {mark}"

    def look(page: Page, name: str) -> None:
        finished(page, f"{kind}-{name}")

    visitor = opens(screen, at=clinic.origin)
    walks.see_whether_it_fits(visitor)
    walks.learn_that_nothing_fits(visitor)
    crisis_numbers(visitor)
    look(visitor, "fit-no")

    director = clinic.works("director")
    director.goto("/desk/")
    look(director, "home-director")
    walks.open_group(director, group, clinic.leader, now().date())
    look(director, "group")

    walks.see_whether_it_fits(visitor)
    walks.learn_that_it_fits(visitor, group)
    look(visitor, "fit-yes")
    walks.ask_for_help(visitor, guest)
    look(visitor, "help-sent")

    desk = clinic.works("front_desk")
    walks.find_in_the_inbox(desk, guest)
    look(desk, "request")
    walks.write_down_a_call(desk)

    counselor = clinic.works("counselor")
    walks.find_in_the_inbox(counselor, guest)
    walks.begin_screening(counselor, guest)
    look(counselor, "screening-begun")
    walks.screen(counselor)
    look(counselor, "screening-recommended")
    walks.decide(counselor)
    look(counselor, "screening-decided")
    stay = walks.admit(counselor, guest, now().date())
    look(counselor, "stay")
    walks.enter_the_week(counselor)
    look(counselor, "busy-times")
    counselor.get_by_role("link", name="Find a group").first.click()
    look(counselor, "fit-panel")
    counselor.go_back()
    walks.seat(counselor, group)
    look(counselor, "seated")

    director = clinic.works("director")
    walks.bring_forward(director, group, now())
    look(director, "appointment")
    walks.open_sheet(director, group)
    look(director, "sheet")
    minutes = walks.hold_the_session(director, guest, now())
    look(director, "sheet-saved")
    walks.see_the_hours(director, guest, minutes)
    look(director, "hours")

    link = walks.make_sign_in_link(director, stay, f"wren.{mark}")
    patient = opens(screen, at=clinic.origin)
    walks.arrive_by_link(patient, link)
    crisis_numbers(patient)
    look(patient, "patient-today")
