from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from uuid import UUID

from django.db.models import OuterRef, Subquery

from homeground.ground.visit import House
from homeground.program.models import Center, Organization, Program, Space
from homeground.program.rules.clocks import WorkCalendar
from homeground.program.rules.opening import Hours, Opening
from homeground.program.rules.pack import RulePack, read_pack
from homeground.program.rules.vocabulary import Population, WeekDefinition


def house(organization_id: UUID) -> House | None:
    """One organization's public facts. One statement."""
    row = Organization.objects.filter(pk=organization_id).first()
    return _house(row) if row else None


def public_house(host: str) -> House | None:
    """The organization whose public site answers at this host name, else the one that answers everywhere."""
    rows = list(Organization.objects.filter(host__in=["", host]).order_by("-host", "founded_at")[:1])
    return _house(rows[0]) if rows else None


def _house(row: Organization) -> House:
    return House(id=row.pk, name=row.name, neutral_name=row.neutral_name, phone=row.phone, zone=row.zone)


def openings() -> tuple[Opening, ...]:
    """The opening hours and closed days of every center of the organization in scope. Three statements."""
    centers = Center.objects.prefetch_related("opening_hours", "closures").order_by("name")
    return tuple(
        Opening(
            hours=tuple(Hours(row.weekday, row.opens, row.closes) for row in center.opening_hours.all()),
            closed_on=frozenset(row.on for row in center.closures.all()),
        )
        for center in centers
    )


class PackNotHere(LookupError):
    """No rule pack of this name is shipped."""


_BASE = "us-default"


@cache
def pack(name: str) -> RulePack:
    """The shipped rule pack of this name; all others lie over us-default. No statement, read once.

    Raises PackNotHere, and BadPack when a shipped file is wrong (a test reads them all).
    """
    file = resources.files("homeground.program") / "packs" / f"{name.replace('-', '_')}.toml"
    if not file.is_file():
        raise PackNotHere(name)
    return read_pack(file.read_text(encoding="utf-8"), base=None if name == _BASE else pack(_BASE))


@dataclass(frozen=True, slots=True)
class ProgramRules:
    """What a program's hours are measured by. `zone` is the clinic's time zone, in which its days begin."""

    id: UUID
    population: Population
    week: WeekDefinition
    pack: RulePack
    zone: str


def zone_of_row() -> Subquery:
    """The time zone of the organization a row belongs to, to annotate a query of another room with."""
    return Subquery(Organization.objects.filter(pk=OuterRef("organization_id")).values("zone"))


def program_rules(program_ids: Collection[UUID]) -> dict[UUID, ProgramRules]:
    """How each of these programs counts a week; ids that are not here are left out. One statement."""
    return {
        row.pk: ProgramRules(
            id=row.pk,
            population=Population(row.population),
            week=WeekDefinition(row.week),
            pack=pack(row.rule_pack),
            zone=row.zone,
        )
        for row in Program.objects.filter(pk__in=program_ids).annotate(zone=zone_of_row())
    }


@dataclass(frozen=True, slots=True)
class ProgramFacts:
    """A program as staff choose it: its name, where it is, for whom, and its level of care."""

    id: UUID
    name: str
    center: str
    level: str
    population: Population


def programs() -> tuple[ProgramFacts, ...]:
    """Every program of the organization in scope, by center and name. One statement."""
    rows = Program.objects.select_related("center").order_by("center__name", "name", "id")
    return tuple(
        ProgramFacts(
            id=row.pk,
            name=row.name,
            center=row.center.name,
            level=row.level,
            population=Population(row.population),
        )
        for row in rows
    )


def any_house() -> bool:
    """True once an organization exists."""
    return Organization.objects.exists()


def houses() -> tuple[House, ...]:
    """Every organization of this installation, for the worker. One statement, needs no scope."""
    return tuple(_house(row) for row in Organization.objects.order_by("founded_at", "id"))


@dataclass(frozen=True, slots=True)
class SpaceFacts:
    """A physical room as staff choose it."""

    id: UUID
    name: str
    kind: str
    seats: int


def spaces() -> tuple[SpaceFacts, ...]:
    """Every space of the organization in scope, by name. One statement."""
    rows = Space.objects.order_by("name", "id")
    return tuple(SpaceFacts(row.pk, row.name, row.kind, row.seats) for row in rows)


def work_calendar(around: date) -> WorkCalendar:
    """Which days count for business and working days near a day: federal holidays of the years around it,
    days on which every center is closed, weekdays on which one opens. Three statements."""
    centers = openings()
    years = range(around.year - 1, around.year + 3)
    return WorkCalendar(
        holidays=_federal_holidays(years.start, years.stop),
        closed=frozenset.intersection(*(each.closed_on for each in centers)) if centers else frozenset(),
        weekdays=frozenset(hours.weekday for each in centers for hours in each.hours),
    )


@cache
def _federal_holidays(first: int, stop: int) -> frozenset[date]:
    # Loaded where it is used: most pages count no business days.
    import holidays

    return frozenset(holidays.country_holidays("US", years=range(first, stop)))
