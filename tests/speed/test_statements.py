"""How many statements a whole request runs: session, sign-in, scope, membership, and the page's own.

Every page is counted with few rows and with many: equal counts, within the limits of docs/operate/speed.md.
Statements that only frame a transaction do not count.
"""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from furniture import make_request

from homeground.config.bench.measure import FRAME
from homeground.ground import clock
from homeground.people.roles import Role
from homeground.timetable.models import Seat
from homeground.treatment.rules.ledger import day_of
from homeground.treatment.tests import browser, factories
from homeground.treatment.tests.spec_hours import DENVER

pytestmark = pytest.mark.django_db

LIST, PATIENT, SHEET, HOME = 12, 20, 12, 46
GROUP = 14  # a group's page also asks the rules of its program and who waits for its free chair
FEW, MANY = 2, 24
# A request sets its scope in one statement. Inside a test's transaction it also reads and restores the
# former one, which no visitor pays for: however many there are, they count as the one.
SCOPE = ("select set_config(", "select coalesce(current_setting(")


@pytest.fixture
def director(clinic, sign_in):
    """A director who has been here before: the first request of a session also writes it."""
    client = sign_in(clinic.staff[Role.DIRECTOR])
    client.get(reverse("desk:people"))
    return client


def counted(ask):
    """The statements of one request that answers as it should."""
    with CaptureQueriesContext(connection) as captured:
        answer = ask()
    assert answer.status_code in (200, 302)
    return 1 + sum(not each["sql"].startswith((*FRAME, *SCOPE)) for each in captured.captured_queries)


def day(days):
    return day_of(clock.now() + timedelta(days=days), DENVER).isoformat()


class House:
    """A clinic whose group grows."""

    def __init__(self, cast, director):
        self.cast, self.clinic, self.director = cast, cast.clinic, director
        self.group = factories.make_group(self.clinic)
        self.patients = []

    def grow(self, count):
        """This many more people with a chair, and as many requests for help."""
        fresh = factories.make_patients(self.clinic, count)
        self.patients += fresh
        by_id = self.clinic.staff[Role.SCHEDULER].account.pk
        for patient in fresh:
            Seat.objects.create(
                **self.clinic.owns(),
                group=self.group,
                episode=patient.episodes.get(),
                place=patient.number,
                starts_on=patient.episodes.get().starts_on,
                seated_at=clock.now(),
                seated_by_id=by_id,
            )
        for _ in range(count):
            make_request(self.cast)


@pytest.fixture
def house(cast, director):
    return House(cast, director)


def away(client, meeting):
    """Everyone was away: that owes a call each."""
    fields = browser.opened(client, meeting)
    return {name: "X" if name.startswith("state-") else value for name, value in fields.items()}


@pytest.mark.parametrize(
    "page",
    [
        "desk:people",
        "front_door:inbox",
        "treatment:outreach",
        "treatment:sheets",
        "treatment:week",
        "timetable:week",
        "timetable:group",
    ],
)
def test_a_list_runs_the_same_few_statements_for_two_rows_and_for_many(house, page):
    where = reverse(page, args=[house.group.pk] if page == "timetable:group" else [])
    counts = []
    for number, size in enumerate((FEW, MANY), start=1):
        house.grow(size)
        factories.make_meeting(house.clinic, house.patients, day(number))
        held = factories.make_meeting(house.clinic, house.patients, day(-number))
        factories.make_meeting(house.clinic, house.patients, day(-2 - number))
        answer = house.director.post(browser.url(held), away(house.director, held))
        assert answer.status_code == 302
        counts.append(counted(lambda: house.director.get(where)))
    assert counts[0] == counts[1] <= (GROUP if page == "timetable:group" else LIST)


def test_a_directors_home_runs_the_same_statements_for_two_people_and_for_many(house):
    counts = []
    for number, size in enumerate((FEW, MANY), start=1):
        house.grow(size)
        factories.make_meeting(house.clinic, house.patients, day(number))
        held = factories.make_meeting(house.clinic, house.patients, day(-number))
        house.director.post(browser.url(held), away(house.director, held))
        counts.append(counted(lambda: house.director.get(reverse("desk:home"))))
    assert counts[0] == counts[1] <= HOME


def test_a_patients_page_runs_the_same_few_statements_for_any_number_of_appointments(house):
    house.grow(FEW)
    page = reverse("desk:patient", args=[house.patients[0].pk])
    factories.make_meeting(house.clinic, house.patients, day(1))
    few = counted(lambda: house.director.get(page))
    house.grow(MANY)
    for ahead in range(2, 10):
        factories.make_meeting(house.clinic, house.patients, day(ahead))
    assert counted(lambda: house.director.get(page)) == few <= PATIENT


def test_a_sheet_opens_and_saves_with_the_same_few_statements_for_two_people_and_for_many(house):
    counts = []
    for number, size in enumerate((FEW, MANY), start=1):
        house.grow(size)
        meeting = factories.make_meeting(house.clinic, house.patients, day(-number))
        where = browser.url(meeting)
        fresh = counted(lambda where=where: house.director.get(where))
        marks = away(house.director, meeting)
        first = counted(lambda where=where, marks=marks: house.director.post(where, marks))
        kept = counted(lambda where=where: house.director.get(where))
        marks = {name: "P" if name.startswith("state-") else value for name, value in marks.items()}
        marks |= {k: v for k, v in browser.opened(house.director, meeting).items() if "state" not in k}
        again = counted(lambda where=where, marks=marks: house.director.post(where, marks))
        counts.append((fresh, first, kept, again))
    assert counts[0] == counts[1]
    assert max(counts[0]) <= SHEET
