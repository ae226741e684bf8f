"""Unsigned work: until when it is in time, and to whom by name it goes once it is not."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from homeground.people import queries as people
from homeground.people.roles import Role
from homeground.program import queries as program
from homeground.treatment.queries.limits import deadline
from homeground.treatment.queries.standing import behind_all
from homeground.treatment.rules.ledger import day_of

BLOCKING_RULE = "note.block_billing_hours"


@dataclass(frozen=True, slots=True)
class Age:
    """How old unsigned work is: `due_at` the last moment in time, `blocks_at` when it holds back a claim."""

    due_at: datetime
    blocks_at: datetime

    def overdue(self, at: datetime) -> bool:
        """Past its time: the named person sees it too."""
        return at > self.due_at

    def blocks(self, at: datetime) -> bool:
        """So old that it holds back a claim."""
        return at > self.blocks_at


def ages(held: Collection[tuple[str, datetime, str]]) -> list[Age]:
    """The age of each piece of work, given its rule pack, its end and its zone, in the same order.

    Three statements where a pack counts working days, else none.
    """
    closed: tuple[date, ...] | None = None
    found = []
    for pack_name, ended_at, zone_name in held:
        pack, zone = program.pack(pack_name), ZoneInfo(zone_name)
        on = day_of(ended_at, zone)
        limit = deadline(pack, on)
        if limit.business_days is not None and closed is None:
            calendar = program.work_calendar(on)
            closed = tuple(calendar.holidays | calendar.closed)
        due = limit.due_at(ended_at, zone, closed or ())
        found.append(Age(due, max(due, ended_at + timedelta(hours=pack.number(BLOCKING_RULE, on)))))
    return found


@dataclass(frozen=True, slots=True)
class Answers:
    """Who answers for a colleague's unsigned work: a supervisor on record, else a director."""

    person_id: UUID | None
    name: str = field(repr=False)


def who_answers(person_ids: Collection[UUID], on: date) -> Mapping[UUID, Answers]:
    """The named person for each of these colleagues on a day. Two statements at most."""
    if not person_ids:
        return {}
    found = behind_all(person_ids, on)
    if all(each.supervisor_id for each in found.values()):
        return {who: Answers(each.supervisor_id, each.supervisor) for who, each in found.items()}
    directors = people.staff([Role.DIRECTOR.value])
    first = Answers(directors[0].id, directors[0].name) if directors else Answers(None, "")
    return {
        who: Answers(each.supervisor_id, each.supervisor) if each.supervisor_id else first
        for who, each in found.items()
    }
