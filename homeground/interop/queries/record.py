"""Puts together what a Permit allows, and nothing else. Every function here needs one."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from homeground.chart import queries as chart
from homeground.confidentiality.rules import notice, words
from homeground.confidentiality.rules.asking import Obligation
from homeground.confidentiality.rules.labels import Label, high_water, label
from homeground.confidentiality.rules.permit import Permit
from homeground.confidentiality.rules.vocabulary import CHART, Category
from homeground.ground.visit import House
from homeground.interop.queries.papers import Apart
from homeground.interop.queries.received import received_under_notice
from homeground.interop.queries.sources import SOURCES
from homeground.interop.rules.columns import FORMAT, codes
from homeground.interop.rules.letters import MOST, SECTIONS, TEXTS, TITLES
from homeground.interop.rules.packet import Content, Kind, Section
from homeground.people import queries as people


class NoChart(Exception):
    """The person has no chart here, so there is no record to release."""


class TooMuch(Exception):
    """The permit allows more than this kind of letter may hold: ask for less (minimum necessary)."""


def labels(patient_id: UUID) -> tuple[Label, ...]:
    """The labels of every part of a patient's record, from the programs it was written in. Two statements.

    Somebody in a part 2 program and in another carries both marks (check F33). What another program sent with
    the notice of 42 CFR 2.32 carries its mark whatever the programs here are (check B18).
    """
    marks = chart.part2_marks(patient_id)
    found = [label(category, part2=part2) for part2 in sorted(marks) for category in sorted(CHART)]
    if received_under_notice(patient_id):
        found.append(label(Category.RECEIVED, part2=True, under_notice=True))
    return tuple(found)


def assemble(
    permit: Permit,
    *,
    kind: Kind,
    house: House,
    language: str,
    recipient: str,
    recipient_address: str,
    record_labels: tuple[Label, ...],
    at: datetime,
    apart: Apart | None = None,
) -> Content:
    """Everything a packet says: the permitted parts, the notice and the explanation where due (F09, F10).

    A letter is refused when the permit allows more than it may hold. `apart` is what a packet says instead of
    parts of the chart. Raises NoChart, TooMuch.
    """
    if not permit.categories <= MOST[kind]:
        raise TooMuch
    here = ZoneInfo(house.zone)
    known = language if language in TITLES else "en"
    noticed = Obligation.NOTICE in permit.decision.obligations
    sections = apart.sections if apart else _parts(permit, kind, known, record_labels, at, here)
    with_it = notice.accompanying(permit.explained_in(known), known)
    return Content(
        kind=kind,
        language=known,
        title=TITLES[known][kind],
        # A letter names us as neutrally as our messages do; a record says whose it is.
        sender=house.name if kind is Kind.RECORD else house.neutral_name,
        about=_name(permit),
        recipient=recipient,
        recipient_address=recipient_address,
        purpose=words.purposes([permit.request.purpose], known),
        made_on=at.astimezone(here).date().isoformat(),
        made_at=int(at.timestamp()),
        text=apart.text if apart else TEXTS[known][kind],
        sections=sections,
        notice=with_it.notice if noticed else "",
        explanation=with_it.explanation if noticed else "",
        marks=high_water(each for each in record_labels if permit.decision.allows(each.category)).codes,
        format=FORMAT if kind is Kind.RECORD else "",
    )


def _parts(
    permit: Permit,
    kind: Kind,
    language: str,
    record_labels: tuple[Label, ...],
    at: datetime,
    here: ZoneInfo,
) -> tuple[Section, ...]:
    """The permitted parts of the chart. Raises NoChart."""
    patient = chart.patient_of_person(permit.person_id)
    if patient is None:
        raise NoChart
    return tuple(
        Section(
            category.value,
            *SECTIONS[language][category],
            rows=read(permit, patient.patient_id, at, here),
            marks=high_water(each for each in record_labels if each.category is category).codes,
            columns=codes(category) if kind is Kind.RECORD else (),
        )
        for category, read in SOURCES.items()
        if permit.decision.allows(category)
    )


def _name(permit: Permit) -> str:
    found = people.person(permit.person_id)
    return f"{found.given_name} {found.family_name}".strip()
