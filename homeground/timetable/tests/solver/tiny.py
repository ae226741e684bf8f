"""Tiny clinics for comparison with brute force: few groups, few people, many collisions."""

from random import Random

from homeground.timetable.solver.model import Incumbent, Instance, Patient, Therapist, Track, Weights
from homeground.timetable.solver.week import Span

TOPICS = ("trauma", "dbt")
DAYS = (0, 1, 2)


def clinic(seed: int) -> Instance:
    """A clinic of up to five people whose groups, hours and obligations collide often."""
    random = Random(seed)
    grid = random.choice((60, 60, 30))
    therapists = tuple(_therapist(random, at, grid) for at in range(random.choice((1, 2, 2))))
    tracks = tuple(_core(random, at, grid) for at in range(random.choice((2, 3))))
    tracks += tuple(_special(random, len(tracks) + at, grid) for at in range(random.choice((0, 1, 2))))
    patients = tuple(_patient(random, at, grid, therapists, tracks) for at in range(random.choice((2, 3, 5))))
    pairs = [(one, other) for one in range(len(patients)) for other in range(one)]
    return Instance(
        name="tiny",
        therapists=therapists,
        tracks=tracks,
        patients=patients,
        group_rooms=2,
        offices=random.choice((1, 2, 2)),
        exclusions=tuple(pair for pair in pairs if random.random() < 0.15),
        weights=Weights(),
        grid=grid,
    )


def _hours(random: Random, grid: int, many: int, first: int = 8, last: int = 14) -> tuple[Span, ...]:
    unit = 60 // grid
    found = set()
    for _ in range(many):
        start = random.choice(DAYS) * 24 + random.randint(first, last)
        found.add((start * unit, (start + random.choice((1, 1, 2))) * unit))
    return tuple(sorted(found))


def _therapist(random: Random, at: int, grid: int) -> Therapist:
    unit = 60 // grid
    free = tuple((day * 24 * unit + 8 * unit, day * 24 * unit + 13 * unit) for day in DAYS)
    return Therapist(
        id=at,
        free=free if random.random() < 0.8 else _hours(random, grid, 5),
        skills=("group", "family"),
        langs=("en",),
        gender="F",
        max_minutes=random.choice((390, 600, 900)),
        caseload=random.choice((1, 3, 5)),
    )


def _core(random: Random, at: int, grid: int) -> Track:
    unit = 60 // grid
    clock = random.choice((8, 9, 10, 12))
    attend = random.choice((0, 0, 2))
    days = DAYS if attend else random.choice(((0, 1), (1, 2), (0, 2)))
    return Track(
        id=at,
        kind="core",
        topic="general",
        meetings=tuple(((day * 24 + clock) * unit, (day * 24 + clock + 1) * unit) for day in days),
        onsite=random.random() < 0.6,
        lo=random.choice((0, 1)),
        hi=random.choice((1, 2, 3)),
        facilitators=1,
        skill="group",
        copies=random.choice((1, 2)),
        attend=attend,
        gender=random.choice(("", "", "", "F")),
        youth=random.random() < 0.1,
        dual=random.random() < 0.05,
        lang="en",
    )


def _special(random: Random, at: int, grid: int) -> Track:
    unit = 60 // grid
    start = random.choice(DAYS) * 24 + random.randint(8, 12)
    return Track(
        id=at,
        kind="special",
        topic=random.choice(TOPICS),
        meetings=((start * unit, (start + 1) * unit),),
        onsite=random.random() < 0.6,
        lo=0,
        hi=random.choice((1, 2)),
        facilitators=1,
        skill="group",
        copies=1,
        attend=0,
        gender="",
        youth=False,
        dual=False,
        lang="en",
        adults=random.random() < 0.3,
    )


def _patient(
    random: Random, at: int, grid: int, therapists: tuple[Therapist, ...], tracks: tuple[Track, ...]
) -> Patient:
    everybody = tuple(each.id for each in therapists)
    offered = sorted({each.topic for each in tracks if each.kind == "special"})
    held = Incumbent(
        core=random.choice((None, tracks[0].id)),
        therapist=random.choice((None, everybody[0])),
        start=random.choice((None, 8 * 60 // grid)),
    )
    return Patient(
        id=at,
        busy=_hours(random, grid, random.choice((0, 0, 1, 3))),
        soft=_hours(random, grid, random.choice((0, 0, 1))),
        travel=random.choice((0, 30, 60)),
        remote=random.random() < 0.4,
        gender=random.choice("FM"),
        youth=random.random() < 0.15,
        dual=random.random() < 0.3,
        langs=("en",),
        priority=random.choice((1, 2, 3)),
        core_minutes=120,
        min_days=2,
        max_days=3,
        min_day_minutes=60,
        topics=tuple(topic for topic in offered if random.random() < 0.35),
        family=_hours(random, grid, 3) if random.random() < 0.4 else (),
        daypart=random.choice(("am", "pm")),
        counselors=everybody,
        family_counselors=everybody[:1],
        incumbent=held if random.random() < 0.3 else Incumbent(),
    )
