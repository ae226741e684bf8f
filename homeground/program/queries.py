from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch, Subquery

from homeground.ground.visit import House
from homeground.program.models import Center, Closure, OpeningHours, Organization, Program, Space
from homeground.program.rules.clocks import WorkCalendar
from homeground.program.rules.federal_days import federal_days
from homeground.program.rules.hours import WeekFault, judge_week
from homeground.program.rules.opening import Hours, Opening
from homeground.program.rules.pack import RulePack, Severity, read_pack
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


@dataclass(frozen=True, slots=True)
class Judged:
    """A prescribed week outside its bounds. `blocks` when the pack says so; otherwise it is a warning."""

    below: bool
    minutes: int
    bound: int
    blocks: bool


_INTENSIVE = "2.1"


def judge_program(
    minutes: int, *, level: str, population: Population, pack_name: str, on: date
) -> Judged | None:
    """What the rule pack says about a week of so many minutes (checks A01 to A03). No statement.

    None when it is within its bounds, and at any level but 2.1, whose bounds they are. Raises PackNotHere.
    """
    if level != _INTENSIVE:
        return None
    found = judge_week(minutes, on=on, population=population, pack=pack(pack_name))
    if not found:
        return None
    (first, *_) = found
    return Judged(
        first.fault is WeekFault.BELOW_FLOOR, minutes, first.bound, first.severity is Severity.BLOCK
    )


def pack_names() -> tuple[str, ...]:
    """Every shipped rule pack, the usual one first. No statement."""
    found = resources.files("homeground.program") / "packs"
    names = sorted(each.name.removesuffix(".toml").replace("_", "-") for each in found.iterdir())
    return (_BASE, *(name for name in names if name != _BASE))


@dataclass(frozen=True, slots=True)
class ProgramShown:
    """A program as the page of centers shows it. `core_minutes` a week; `judged` by its own rule pack."""

    name: str
    level: str
    population: Population
    core_minutes: int
    rule_pack: str
    judged: Judged | None


@dataclass(frozen=True, slots=True)
class SpaceFacts:
    """A physical room as staff choose it."""

    id: UUID
    name: str
    kind: str
    seats: int


@dataclass(frozen=True, slots=True)
class CenterShown:
    """A center with everything in it, and the days from now on when it is closed."""

    id: UUID
    name: str
    street: str
    city: str
    state: str
    zip: str
    phone: str
    hours: tuple[Hours, ...]
    closures: tuple[tuple[date, str], ...]
    programs: tuple[ProgramShown, ...]
    spaces: tuple[SpaceFacts, ...]


def centers(on: date) -> tuple[CenterShown, ...]:
    """Every center of the organization in scope, by name. Five statements."""
    rows = Center.objects.order_by("name", "id").prefetch_related(
        Prefetch("opening_hours", OpeningHours.objects.order_by("weekday", "opens")),
        Prefetch("closures", Closure.objects.filter(on__gte=on).order_by("on")),
        Prefetch("programs", Program.objects.order_by("name", "id")),
        Prefetch("spaces", Space.objects.order_by("name", "id")),
    )
    return tuple(_center(row, on) for row in rows)


def _center(row: Center, on: date) -> CenterShown:
    return CenterShown(
        id=row.pk,
        name=row.name,
        street=row.street,
        city=row.city,
        state=row.state,
        zip=row.zip,
        phone=row.phone,
        hours=tuple(Hours(each.weekday, each.opens, each.closes) for each in row.opening_hours.all()),
        closures=tuple((each.on, each.name) for each in row.closures.all()),
        programs=tuple(_shown(each, on) for each in row.programs.all()),
        spaces=tuple(SpaceFacts(each.pk, each.name, each.kind, each.seats) for each in row.spaces.all()),
    )


def _shown(row: Program, on: date) -> ProgramShown:
    population = Population(row.population)
    judged = judge_program(
        row.core_minutes, level=row.level, population=population, pack_name=row.rule_pack, on=on
    )
    return ProgramShown(row.name, row.level, population, row.core_minutes, row.rule_pack, judged)


def any_house() -> bool:
    """True once an organization exists."""
    return Organization.objects.exists()


def houses() -> tuple[House, ...]:
    """Every organization of this installation, for the worker. One statement, needs no scope."""
    return tuple(_house(row) for row in Organization.objects.order_by("founded_at", "id"))


def spaces() -> tuple[SpaceFacts, ...]:
    """Every space of the organization in scope, by name. One statement."""
    rows = Space.objects.order_by("name", "id")
    return tuple(SpaceFacts(row.pk, row.name, row.kind, row.seats) for row in rows)


def work_calendar(around: date) -> WorkCalendar:
    """Which days count for business and working days near a day: federal holidays of the years around it,
    days on which every center is closed, weekdays on which one opens. One statement."""
    centers = Center.objects.annotate(
        shut=ArraySubquery(Closure.objects.filter(center=OuterRef("pk")).values("on")),
        opens=ArraySubquery(OpeningHours.objects.filter(center=OuterRef("pk")).values("weekday")),
    ).values_list("shut", "opens")
    shut, opens = [frozenset(row[0]) for row in centers], [day for row in centers for day in row[1]]
    return WorkCalendar(
        holidays=federal_days(range(around.year - 1, around.year + 3)),
        closed=frozenset.intersection(*shut) if shut else frozenset(),
        weekdays=frozenset(opens),
    )
