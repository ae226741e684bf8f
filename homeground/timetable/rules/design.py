"""A program's week as a question to the engine, and the engine's answer in the product's words.

The engine chooses which groups run, who leads the new ones and who joins. One-to-one hours stay as they are:
they are busy times of those who have them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from homeground.timetable.rules.clinic import Seeker
from homeground.timetable.rules.floor import Prescription, shortfall
from homeground.timetable.rules.week import GRID, Meeting
from homeground.timetable.solver import (
    Board,
    Incumbent,
    Instance,
    Patient,
    Plan,
    Summary,
    Therapist,
    Track,
    Wishes,
    summary,
)
from homeground.timetable.solver.model import SOLO_MINUTES
from homeground.timetable.solver.week import Span, Week, runs

WEEK = Week.of(GRID)
A_WEEK_OF_WORK = 40 * 60
ELSEWHERE = "elsewhere"  # the topic of groups of other programs: they take rooms and leaders, nobody joins
SECONDS = 30.0
PATIENCE = timedelta(seconds=4 * SECONDS)  # after it nobody works on a run any more: its worker was killed


@dataclass(frozen=True, slots=True)
class Idea:
    """A group that runs (`running`) or could; `ours`: of the program in question; `must`, `drop`: pinned.

    Members come to `attend` of its meetings, to all when it is 0.
    """

    id: UUID
    name: str
    meetings: tuple[Meeting, ...]
    capacity: int
    language: str
    gender: str = ""
    youth: bool = False
    dual: bool = False
    video: bool = False
    leaders: tuple[UUID, ...] = ()
    running: bool = False
    ours: bool = True
    must: bool = False
    drop: bool = False
    attend: int = 0


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody who is to be placed; `now` is the group they sit in, `by_video` how. `urgency` 1 is first.

    `comes` are the meetings of that group they come to, by position; none named: all.

    `talks` are their one-to-one hours: nothing else fits then, but there is no way to travel around them.
    """

    id: UUID
    seeker: Seeker
    owed: Prescription
    now: UUID | None = None
    by_video: bool = False
    urgency: int = 2
    talks: tuple[Span, ...] = ()
    comes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Staffer:
    """Somebody who may lead; `busy` are their one-to-one hours. `extra`: counted with, but not there."""

    id: UUID
    busy: tuple[Span, ...] = ()
    extra: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """Everything the engine is told. `apart` are pairs of askers who must not meet."""

    ideas: tuple[Idea, ...]
    askers: tuple[Asker, ...]
    staff: tuple[Staffer, ...]
    rooms: int
    apart: tuple[tuple[UUID, UUID], ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """The question in the engine's terms, with the week that runs now."""

    instance: Instance
    running: Plan
    wishes: Wishes


@dataclass(frozen=True, slots=True)
class Found:
    """The answer: which groups run with whom to lead, where each goes (None: left out), and why not."""

    leaders: Mapping[UUID, tuple[UUID, ...]]
    places: Mapping[UUID, UUID | None]
    why: Mapping[UUID, str]
    figures: Summary


def ask(question: Question) -> Asked:
    """The question as an instance. Ids are positions, so that the engine never sees a real one."""
    staff = {each.id: at for at, each in enumerate(question.staff)}
    ideas = {each.id: at for at, each in enumerate(question.ideas)}
    askers = {each.id: at for at, each in enumerate(question.askers)}
    languages = tuple(sorted({each.language for each in question.ideas}))
    instance = Instance(
        name="",
        therapists=tuple(_therapist(at, each, languages) for at, each in enumerate(question.staff)),
        tracks=tuple(_track(at, each) for at, each in enumerate(question.ideas)),
        patients=tuple(_patient(at, each, ideas, languages) for at, each in enumerate(question.askers)),
        group_rooms=question.rooms,
        offices=0,
        exclusions=tuple(
            (askers[one], askers[other]) for one, other in question.apart if one in askers and other in askers
        ),
        grid=GRID,
    )
    runs_now = {at: each for at, each in enumerate(question.ideas) if each.running and not each.drop}
    led = {at: tuple(staff[who] for who in each.leaders[:1] if who in staff) for at, each in runs_now.items()}
    return Asked(
        instance=instance,
        running=Plan(
            copies=dict.fromkeys(runs_now, 1),
            facilitators=led,
            core={
                askers[each.id]: (
                    ideas[each.now],
                    each.comes or tuple(range(len(question.ideas[ideas[each.now]].meetings))),
                )
                for each in question.askers
                if each.now is not None and ideas.get(each.now) in runs_now
            },
        ),
        wishes=Wishes(
            run=frozenset(at for at, each in enumerate(question.ideas) if each.must or not each.ours),
            drop=frozenset(at for at, each in enumerate(question.ideas) if each.drop),
            leaders={at: who for at, who in led.items() if who},
        ),
    )


def read(question: Question, asked: Asked, plan: Plan) -> Found:
    """The engine's plan in the product's ids."""
    board, told = _explaining(asked.instance, plan)
    places: dict[UUID, UUID | None] = {}
    why: dict[UUID, str] = {}
    for at, each in enumerate(question.askers):
        found = plan.core.get(at)
        places[each.id] = question.ideas[found[0]].id if found else None
        if found is None:
            answer = board.place(told[at], 1, partial=True, explain=True)
            why[each.id] = answer.changes[0][0].kind if answer.changes and answer.changes[0] else "none"
    return Found(
        leaders={
            question.ideas[at].id: tuple(question.staff[who].id for who in plan.facilitators.get(at, ()))
            for at, copies in plan.copies.items()
            if copies and question.ideas[at].ours
        },
        places=places,
        why=why,
        figures=summary(asked.instance, plan),
    )


def _explaining(instance: Instance, plan: Plan) -> tuple[Board, tuple[Patient, ...]]:
    """The plan with a counselor who is always there: for want of a talk, which nobody asks for, nobody is
    left out, and it must not hide what keeps somebody out of a group.
    """
    there = len(instance.therapists)
    always = Therapist(there, ((0, WEEK.slots),), (), (), "", A_WEEK_OF_WORK * 100, len(instance.patients))
    told = tuple(replace(each, counselors=(there,)) for each in instance.patients)
    offices = len(instance.patients)
    whole = replace(
        instance, therapists=(*instance.therapists, always), patients=told, offices=max(offices, 1)
    )
    return Board.of(whole, plan), told


def weighed(asked: Asked, cost: float | None) -> float | None:
    """A cost of the engine as minutes of group a week that stay unserved, each weighed by urgency.

    One-to-one hours are not asked for, so what the engine counts for them is taken off again.
    """
    if cost is None:
        return None
    unmet = asked.instance.weights.unmet
    talks = SOLO_MINUTES * sum(each.priority for each in asked.instance.patients)
    return max(cost / unmet - talks, 0.0)


def suits(idea: Idea, owed: Prescription) -> bool:
    """Whether the group alone gives the hours the program prescribes."""
    return shortfall(idea.meetings, 0, owed) is None


def _therapist(at: int, who: Staffer, languages: tuple[str, ...]) -> Therapist:
    free = WEEK.spans([(0, WEEK.slots)]) & ~WEEK.spans(who.busy)
    return Therapist(
        id=at,
        free=runs(free),
        skills=("",),  # the engine asks for the skill a group names; ours name none
        langs=languages,
        gender="",
        max_minutes=A_WEEK_OF_WORK,
        caseload=0,
    )


def _track(at: int, idea: Idea) -> Track:
    return Track(
        id=at,
        kind="core" if idea.ours else "special",
        topic="" if idea.ours else ELSEWHERE,
        meetings=tuple(each.span for each in idea.meetings),
        onsite=not idea.video,
        lo=0,
        hi=idea.capacity,
        facilitators=1 if idea.leaders or not idea.running else 0,
        skill="",
        copies=1,
        attend=idea.attend if idea.ours and idea.attend < len(idea.meetings) else 0,
        gender=idea.gender,
        youth=idea.youth,
        dual=idea.dual,
        lang=idea.language,
    )


def _patient(at: int, asker: Asker, ideas: Mapping[UUID, int], languages: tuple[str, ...]) -> Patient:
    seeker, owed = asker.seeker, asker.owed
    remote = seeker.video or asker.by_video
    busy, travel = WEEK.spans(seeker.busy), 0 if asker.by_video else seeker.travel_minutes
    if not remote:  # the way is walked here, so that the engine does not walk it around talks as well
        busy, travel = WEEK.widen(busy, WEEK.margin(travel)), 0
    return Patient(
        id=at,
        busy=runs(busy | WEEK.spans(asker.talks)),
        soft=seeker.soft,
        travel=travel,
        remote=remote,
        gender=seeker.gender,
        youth=seeker.population == "adolescent",
        dual=seeker.dual,
        langs=(seeker.language,) if seeker.language else languages,
        priority=4 - asker.urgency,  # the engine weighs 3 most
        core_minutes=owed.core_minutes,
        min_days=owed.min_days,
        max_days=owed.max_days,
        min_day_minutes=owed.min_day_minutes,
        topics=(),
        family=(),
        daypart=seeker.daypart,
        counselors=(),
        family_counselors=(),
        incumbent=Incumbent(core=ideas.get(asker.now) if asker.now else None),
    )
