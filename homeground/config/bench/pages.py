"""The pages of the bench: lists, a patient's page, a sheet, and a write, on the demo clinic."""

import re
from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from homeground.chart import queries as chart
from homeground.config.access import TABLE
from homeground.config.bench.measure import Ask, Cost, cost
from homeground.config.reading import READS
from homeground.ground import clock, scope
from homeground.ground.access import HOUSE_ONLY, NoRecord
from homeground.people.demo import PASSWORD
from homeground.people.roles import Role
from homeground.program.queries import public_house
from homeground.treatment import queries as treatment


class NoDemo(Exception):
    """The bench needs the demo clinic: start `./run` once, or HG_HOME points elsewhere."""


def measured() -> list[Cost]:
    """Every page of the bench with its cost beside the floor. Raises NoDemo, PageFailed."""
    TABLE["floor"] = HOUSE_ONLY  # in this process only: the house itself has no such page
    house = public_house("")
    if house is None:
        raise NoDemo("no clinic here; start ./run once")
    director = _signed_in("director")
    patient = _signed_in("patient")
    floor = _get(director, reverse("floor"))
    patient_id, sheet_id = _subjects(house.id)
    pages: list[tuple[str, Ask]] = [
        ("list: people", _get(director, reverse("desk:people"))),
        ("list: requests", _get(director, reverse("front_door:inbox"))),
        ("list: calls", _get(director, reverse("treatment:outreach"))),
        ("patient page", _get(director, reverse("desk:patient", args=[patient_id]))),
        ("patient's own page", _get(patient, reverse("desk:today"))),
        ("director's home", _get(director, reverse("desk:home"))),
        ("sheet: open", _get(director, reverse("treatment:sheet", args=[sheet_id]))),
        ("sheet: save", _Saving(director, reverse("treatment:sheet", args=[sheet_id]))),
    ]
    return [cost(name, ask, floor) for name, ask in pages]


def opened() -> tuple[Client, UUID]:
    """The director signed in, and a patient whose page to open. Raises NoDemo."""
    TABLE["floor"] = HOUSE_ONLY
    TABLE["bare"] = frozenset({Role.DIRECTOR})
    READS["bare"] = NoRecord("what a page costs that asks nothing: for the bench alone")
    house = public_house("")
    if house is None:
        raise NoDemo("no clinic here; start ./run once")
    return _signed_in("director"), _subjects(house.id)[0]


def _signed_in(username: str) -> Client:
    client = Client()
    if not client.login(username=username, password=PASSWORD):
        raise NoDemo("the demo sign-ins are not here; start ./run once")
    return client


def _subjects(organization_id: UUID) -> tuple[UUID, UUID]:
    """A patient with a long history, and a sheet of the last days."""
    at = clock.now()
    with scope.entered(organization_id=organization_id):
        held = (each.meeting for each in treatment.sheets_between(at - timedelta(days=7), at))
        sheets = [each for each in held if each.group and each.ends_at < at]
        patients = chart.admitted_on(at.date())
    if not sheets or not patients:
        raise NoDemo("the demo clinic has no sheet to take; remove HG_HOME and start ./run again")
    return patients[0].patient.patient_id, max(sheets, key=lambda each: each.people).id


def _get(client: Client, url: str) -> Ask:
    return lambda: client.get(url)


class _Saving:
    """A sheet saved again and again. The page is read before each save, outside what is measured."""

    def __init__(self, client: Client, url: str) -> None:
        self.client, self.url, self.away = client, url, False
        self.sent = ""

    def before(self) -> None:
        """Read the page and turn the first person's mark; who has none yet is present."""
        self.away = not self.away
        page = self.client.get(self.url).content.decode()
        rows = re.findall(r'name="row" value="([^"]+)"', page)
        fields = {**{f"state-{row}": "P" for row in rows}, **form_fields(page)}
        turned = {f"state-{rows[0]}": "X" if self.away else "P", f"in-{rows[0]}": "", f"out-{rows[0]}": ""}
        self.sent = urlencode({**fields, **turned}, doseq=True)

    def __call__(self) -> HttpResponseBase:
        """Send the form encoded as browsers encode it."""
        return self.client.post(self.url, self.sent, content_type="application/x-www-form-urlencoded")


def form_fields(page: str) -> dict[str, object]:
    """What a browser would send back: every field as the page shows it."""
    fields: dict[str, object] = {"row": re.findall(r'name="row" value="([^"]+)"', page)}
    for tag in re.findall(r"<input[^>]*>", page):
        name, kind = re.search(r'name="([^"]*)"', tag), re.search(r'type="([^"]*)"', tag)
        if name is None or name[1] in ("csrfmiddlewaretoken", "row", "next", "q"):
            continue
        if kind and kind[1] in ("radio", "checkbox") and " checked" not in tag:
            continue
        value = re.search(r'value="([^"]*)"', tag)
        fields[name[1]] = value[1] if value else "on"
    return fields
