"""What notes cost: the guards while typing, and the statements of opening, saving and signing a group."""

import statistics
import time
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random
from uuid import UUID

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from homeground.config.bench.measure import FRAME
from homeground.config.bench.pages import NoDemo
from homeground.ground import clock, scope
from homeground.ground.actor import Actor
from homeground.people import queries as people
from homeground.program.queries import public_house
from homeground.timetable import queries as timetable
from homeground.treatment.actions import drafts, signing
from homeground.treatment.actions.drafts import Change
from homeground.treatment.queries.limits import note_limits
from homeground.treatment.queries.notes import sessions_to_sign
from homeground.treatment.queries.workspace import workspace
from homeground.treatment.rules.guards import Card, check
from homeground.treatment.rules.name_guard import Guard, Named
from homeground.treatment.rules.similarity import Written

ATTENDEES, EARLIER, PATIENTS, ROUNDS = 15, 20, 120, 40
WORDS = [f"word{n}" for n in range(600)]


@dataclass(frozen=True, slots=True)
class GuardCost:
    """Milliseconds of all guards over a group while one of its notes is typed on.

    `cpu` figures are processor time of this process: they do not grow with what else the machine does.
    `first` is the first look at the group, when nothing of it was read before.
    """

    attendees: int
    earlier: int
    p50_ms: float
    p95_ms: float
    cpu_p95_ms: float
    first_ms: float
    first_cpu_ms: float


@dataclass(frozen=True, slots=True)
class Statements:
    """Statements the database was asked for a group of this size, without those that frame transactions."""

    people: int
    open: int
    save: int
    sign_all: int


def guard_cost() -> GuardCost:
    """The guards over fifteen notes with twenty earlier ones each, and the names of a clinic. No database.

    Each round one note has grown by some words, as every pause of somebody who types asks for.
    """
    chance = Random(5)
    names = [(f"Given{n}ia", f"Family{n}son") for n in range(PATIENTS)]
    guard = Guard([Named(str(n), *name, here=n < ATTENDEES) for n, name in enumerate(names)])
    cards = [Card(str(n), _text(chance), names[n], aims=2, served=("o",)) for n in range(ATTENDEES)]
    earlier = {
        str(n): [Written(f"{n}/{k}", _text(chance), names[n]) for k in range(EARLIER)]
        for n in range(ATTENDEES)
    }
    limits = note_limits("us-default", clock.now().date())
    limits = type(limits)(limits.thresholds, limits.fewest_words, EARLIER)
    shared = _text(chance)
    wall, cpu = [], []
    for turn in range(ROUNDS + 1):
        grown = cards[turn % ATTENDEES]
        text = f"{grown.text} {' '.join(chance.choices(WORDS, k=3))}"
        cards[turn % ATTENDEES] = replace(grown, text=text)
        began, worked = time.perf_counter(), time.process_time()
        check(cards, shared=shared, earlier=earlier, guard=guard, limits=limits)
        wall.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - worked) * 1000)
    return GuardCost(
        attendees=ATTENDEES,
        earlier=EARLIER,
        p50_ms=round(statistics.median(wall[1:]), 1),
        p95_ms=round(statistics.quantiles(wall[1:], n=20)[-1], 1),
        cpu_p95_ms=round(statistics.quantiles(cpu[1:], n=20)[-1], 1),
        first_ms=round(wall[0], 1),
        first_cpu_ms=round(cpu[0], 1),
    )


def _text(chance: Random) -> str:
    return " ".join(f"{' '.join(chance.choices(WORDS, k=14)).capitalize()}." for _ in range(9))


def statements() -> list[Statements]:
    """Sessions of the demo by size: opened, saved, signed, and all of it undone. Raises NoDemo."""
    house = public_house("")
    if house is None:
        raise NoDemo("no clinic here; start ./run once")
    at = clock.now()
    found: dict[int, Statements] = {}
    with scope.entered(organization_id=house.id):
        for held in sessions_to_sign(at):
            if held.missing == held.people and held.people not in found:
                with transaction.atomic():
                    found[held.people] = _measured(house.id, held.appointment_id, held.people)
                    transaction.set_rollback(True)
    if not found:
        raise NoDemo("no session has notes to sign; remove HG_HOME and start ./run again")
    return [found[size] for size in sorted(found)]


def _measured(organization_id: UUID, appointment_id: UUID, size: int) -> Statements:
    at = clock.now()
    by = _leader(organization_id, appointment_id)
    opened = _counted(lambda: workspace(appointment_id, at=at, by=by))
    ids = [card.person.patient_id for card in workspace(appointment_id, at=at, by=by).cards]
    chance = Random(size)
    changes = [Change(who, "added", _text(chance)) for who in ids] + [Change(None, "topic", "Planning")]
    save = _counted(lambda: drafts.save_drafts(appointment_id=appointment_id, changes=changes, by=by, at=at))
    sign = _counted(
        lambda: signing.sign_notes(
            appointment_id=appointment_id,
            chosen=ids,
            seen={},
            waived=dict.fromkeys(ids, "bench"),
            by=by,
            at=at + timedelta(seconds=1),
        )
    )
    return Statements(size, opened, save, sign)


def _leader(organization_id: UUID, appointment_id: UUID) -> Actor:
    roster = timetable.roster(appointment_id)
    assert roster is not None
    leader = roster.appointment.leaders[0]
    held = people.roles_of(leader.person_id)[0]
    return Actor(organization_id, held.account_id, leader.person_id, frozenset({held.role.value}))


def _counted(do: object) -> int:
    assert callable(do)
    with CaptureQueriesContext(connection) as captured:
        do()
    return sum(not each["sql"].startswith(FRAME) for each in captured.captured_queries)
