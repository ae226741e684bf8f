"""Made-up clinics from a seed, in the format of `model`: assumed distributions, nobody's data.

A clinic of n people has about one therapist for ten, adults with jobs, school runs, night shifts or courts,
some adolescents with school, people with and without video, and candidate groups in the morning, afternoon,
evening and at the weekend. `tight` above 1 means fewer staff and rooms for the same people.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate

from homeground.timetable.solver.model import Instance, Patient, Therapist, Track, Weights
from homeground.timetable.solver.week import Span

SLOTS, HOUR = 48, 2  # the half-hour grid of the benchmark format
DAY_SETS = ((0, 1, 3), (0, 2, 4), (1, 2, 3), (0, 1, 2), (2, 3, 4))
TOPICS = ("trauma", "dbt", "relapse", "experiential", "dual")
EVERY_WORKDAY = (0, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of core group: population, size, dose."""

    topic: str
    onsite: bool = True
    lo: int = 5
    hi: int = 12
    skill: str = "group"
    gender: str = ""
    youth: bool = False
    dual: bool = False
    lang: str = "en"


ADULT = (
    Kind("general"),
    Kind("general", onsite=False, hi=10),
    Kind("women", gender="F", hi=10),
    Kind("men", gender="M"),
    Kind("dual", dual=True, skill="dual", hi=10),
    Kind("spanish", lang="es", lo=4, hi=10),
)
YOUTH = (Kind("youth", youth=True, skill="youth", hi=10), Kind("youth", False, 5, 10, "youth", youth=True))


class Draws:
    """Numbers that look random and follow from a text alone, the same on every machine and version."""

    def __init__(self, seed: str) -> None:
        self.seed = seed
        self.count = 0

    def random(self) -> float:
        """A number from 0 up to, not including, 1."""
        self.count += 1
        return int.from_bytes(sha256(f"{self.seed}#{self.count}".encode()).digest()[:6]) / 2**48

    def below(self, end: int) -> int:
        """A whole number from 0 to end - 1."""
        return int(self.random() * end)

    def choice[T](self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[self.below(len(options))]

    def weighted[T](self, options: Sequence[T], weights: Sequence[float]) -> T:
        """One of the options, by weights that add up to 1."""
        at = self.random()
        sums = list(accumulate(weights))
        return next((each for each, upto in zip(options, sums, strict=True) if at < upto), options[-1])

    def sample(self, end: int, count: int) -> list[int]:
        """`count` different whole numbers below `end`."""
        rest = list(range(end))
        return [rest.pop(self.below(len(rest))) for _ in range(count)]


def generate(people: int, seed: int, tight: float = 1.0) -> Instance:
    """A clinic with `people` patients; the same arguments give the same clinic."""
    if people < 1 or tight <= 0:
        raise ValueError("people must be at least 1 and tight above 0")
    random = Draws(f"{people}/{seed}/{tight:g}")
    therapists = tuple(_therapist(random, at) for at in range(max(3, round(people / (10 * tight)))))
    tracks = _tracks(max(1, round(people / 55)))
    patients = tuple(_patient(random, at, therapists) for at in range(people))
    pairs = {tuple(sorted(random.sample(people, 2))) for _ in range(people // 15)}
    return Instance(
        name=f"made-{people}-s{seed}-t{tight:g}",
        therapists=therapists,
        tracks=tracks,
        patients=patients,
        group_rooms=max(2, round(len(therapists) / (2.4 * tight))),
        offices=max(2, round(len(therapists) / (1.5 * tight))),
        exclusions=tuple((one, other) for one, other in sorted(pairs)),
        weights=Weights(),
    )


def _at(day: int, start: float, end: float) -> Span:
    return day * SLOTS + round(start * HOUR), day * SLOTS + round(end * HOUR)


def _tracks(copies: int) -> tuple[Track, ...]:
    found: list[Track] = []

    def add(kind: Kind, meetings: tuple[Span, ...], special: bool = False, attend: int = 0) -> None:
        found.append(
            Track(
                id=len(found),
                kind="special" if special else "core",
                topic=kind.topic,
                meetings=meetings,
                onsite=kind.onsite,
                lo=kind.lo,
                hi=kind.hi,
                facilitators=1,
                skill=kind.skill,
                copies=copies,
                attend=attend,
                gender=kind.gender,
                youth=kind.youth,
                dual=kind.dual,
                lang=kind.lang,
            )
        )

    for start in (9.0, 13.0, 17.5):
        for days in DAY_SETS:
            for kind in ADULT if days[0] == 0 else ADULT[:5]:
                add(kind, tuple(_at(day, start, start + 3) for day in days))
        add(Kind("open week"), tuple(_at(day, start, start + 3) for day in EVERY_WORKDAY), attend=3)
    for days in DAY_SETS[:3]:
        for kind in YOUTH:
            add(kind, tuple(_at(day, 16, 18) for day in days))
    for online in (False, True):
        weekend = (_at(4, 17.5, 20.5), _at(5, 9, 12), _at(6, 9, 12))
        add(Kind("weekend", onsite=not online), weekend)
    for number, topic in enumerate(TOPICS):
        for turn in range(6):
            day, start = (number + turn) % 5, (12, 16, 16.5, 20.5, 8, 12.5)[turn]
            skill = topic if topic in ("trauma", "dual") else "group"
            kind = Kind(topic, turn % 2 == 0, 4, 14, skill, dual=topic == "dual")
            add(kind, (_at(day, start, start + 1),), special=True)
    return tuple(found)


def _therapist(random: Draws, at: int) -> Therapist:
    late = random.random() < 0.45
    free: list[Span] = []
    for day in EVERY_WORKDAY:
        start, end = (11, 20.5 if day == 4 else 21) if late else (8, 17)
        pause = start + 4 if not late else start + 5
        whole = random.random() < 0.5
        free += [_at(day, start, end)] if whole else [_at(day, start, pause), _at(day, pause + 1, end)]
    if random.random() < 0.25:
        free = free[1:] + [_at(5, 8, 14), _at(6, 8, 14)]
    skills = ["group", *(each for each in ("dual", "trauma", "youth") if random.random() < 0.4)]
    if at == 0 or random.random() < 0.5:
        skills.append("family")
    return Therapist(
        id=at,
        free=tuple(free),
        skills=tuple(skills),
        langs=("en", "es") if at == 1 or random.random() < 0.3 else ("en",),
        gender=random.choice(("F", "M")),
        max_minutes=random.choice((1440, 1560, 1680)),
        caseload=random.choice((11, 12, 13)),
    )


def _patient(random: Draws, at: int, therapists: tuple[Therapist, ...]) -> Patient:
    youth = random.random() < 0.12
    dual = not youth and random.random() < 0.3
    langs = random.weighted((("en",), ("es",), ("en", "es")), (0.84, 0.08, 0.08))
    topics = [] if youth else [topic for topic in TOPICS[:4] if random.random() < 0.22]
    if dual and random.random() < 0.5:
        topics.append("dual")
    counselors = [
        each.id
        for each in therapists
        if set(langs) & set(each.langs)
        and (not youth or "youth" in each.skills)
        and (not dual or "dual" in each.skills or not any("dual" in other.skills for other in therapists))
    ]
    family = random.random() < 0.45
    windows = [_at(day, 16, 21) for day in EVERY_WORKDAY if random.random() < 0.6] + [_at(5, 9, 15)]
    return Patient(
        id=at,
        busy=tuple(sorted(_obligations(random, youth))),
        travel=random.choice((5, 10, 15, 20, 25, 30, 35, 45, 55, 70)),
        remote=random.random() < 0.5,
        gender=random.weighted("FMX", (0.44, 0.52, 0.04)),
        youth=youth,
        dual=dual,
        langs=langs,
        priority=random.weighted((1, 2, 3), (0.6, 0.28, 0.12)),
        core_minutes=360 if youth else 540,
        min_days=3,
        max_days=random.choice((3, 4, 5)),
        min_day_minutes=120 if youth else 180,
        topics=tuple(topics),
        family=tuple(windows) if family else (),
        daypart=random.choice(("am", "pm", "eve")),
        counselors=tuple(counselors),
        family_counselors=tuple(
            each.id
            for each in therapists
            if family and "family" in each.skills and set(langs) & set(each.langs)
        ),
    )


def _obligations(random: Draws, youth: bool) -> list[Span]:
    if youth:
        busy = [_at(day, 8, 15) for day in EVERY_WORKDAY]
    else:
        work = random.weighted(("none", "office", "part", "shift", "night"), (0.28, 0.32, 0.15, 0.17, 0.08))
        days = sorted(random.sample(7, 5))
        busy = {
            "none": [],
            "office": [_at(day, 9, 17) for day in EVERY_WORKDAY],
            "part": [_at(day, 12, 16) for day in days[:4]],
            "shift": [_at(day, 14, 22) for day in days],
            "night": [_at(day, 0, 7) for day in days],
        }[work]
        if random.random() < 0.3:
            busy += [_at(day, 7.5, 8.5) for day in EVERY_WORKDAY] + [
                _at(day, 14.5, 16) for day in EVERY_WORKDAY
            ]
    if random.random() < 0.25:
        day, start = random.below(5), random.choice((9, 10, 13, 15))
        busy.append(_at(day, start, start + 2))
    return busy
