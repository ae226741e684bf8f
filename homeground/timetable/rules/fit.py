"""Does treatment fit a person's week? The solver's answer in the words of the product."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from uuid import UUID

from homeground.timetable.rules.clinic import ClinicWeek, OpenGroup, ProgramOffer, Seeker
from homeground.timetable.rules.counselor import WEEK, CounselorMeeting, counselor_meeting
from homeground.timetable.rules.floor import shortfall
from homeground.timetable.rules.week import EVENING, GRID, Meeting, clock, minute, spot
from homeground.timetable.solver.explain import Blocker
from homeground.timetable.solver.model import Instance, Patient, Plan, Therapist, Track
from homeground.timetable.solver.place import Board
from homeground.timetable.solver.place import Offer as Placed

IN_PERSON, BY_VIDEO = "in person", "video"
OFFERS, CHANGES = 8, 5
# One-to-one hours are matched afterwards (see `counselor`), with any start and length; the engine is
# given a counselor who is always there, so that no group is lost for want of one.
ALWAYS_THERE = Therapist(
    id=0, free=((0, WEEK.slots),), skills=(), langs=(), gender="", max_minutes=10**6, caseload=10**6
)


class Stands(StrEnum):
    """What can stand in the way and be changed. A gate is never among them."""

    BUSY = "busy"
    FULL = "full"
    VIDEO = "video"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing to change. BUSY: free this time; FULL: a seat in this group; VIDEO: join by video.

    HELD: a talk or a topic group of theirs has to move from this time.
    """

    kind: Stands
    weekday: int | None = None
    starts: time | None = None
    ends: time | None = None
    group_id: UUID | None = None
    group: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A complete week in one group. `minutes` count towards the program; `hours` is the same in hours.

    `home_by` is the latest return from a meeting in person, None by video. `evenings` counts the days on
    which the group ends after 17:00. `counselor` is None when no free counselor hour goes with it.
    `soft_minutes` are minutes of obligations that would have to give way.
    """

    group_id: UUID
    group: str
    meetings: tuple[Meeting, ...]
    minutes: int
    mode: str
    home_by: time | None
    days: int
    evenings: int
    counselor: CounselorMeeting | None
    free_seats: int
    soft_minutes: int = 0

    @property
    def hours(self) -> float:
        """Counted hours a week, to a tenth."""
        return round(self.minutes / 60, 1)

    @property
    def by_video(self) -> bool:
        """Whether the whole group is joined by video."""
        return self.mode == BY_VIDEO


@dataclass(frozen=True, slots=True)
class FitAnswer:
    """Offers, best first; without any, the smallest sets of changes that would make a week possible.

    `no_group` says that the clinic runs no group at all for this person: nothing they change would help.
    """

    fits: bool
    offers: tuple[Offer, ...] = ()
    changes: tuple[tuple[Change, ...], ...] = ()
    no_group: bool = False


def answer(clinic: ClinicWeek, seeker: Seeker) -> FitAnswer:
    """Every full week that one group gives this person, or what stands in the way of the nearest ones."""
    offers: list[tuple[float, Offer]] = []
    changes: list[tuple[Change, ...]] = []
    for program in clinic.programs:
        if program.population != seeker.population or seeker.program_id not in (None, program.id):
            continue
        asked = _Question.of(clinic, program, seeker)
        if asked.tracks:
            found, blocked = asked.ask()
            offers += found
            changes += blocked
    if offers:
        best = sorted(offers, key=lambda each: (each[0], each[1].group, str(each[1].group_id)))
        return FitAnswer(True, tuple(offer for _, offer in best[:OFFERS]))
    return FitAnswer(False, changes=tuple(sorted(changes, key=_size)[:CHANGES]), no_group=not changes)


def _size(changes: tuple[Change, ...]) -> tuple[int, int]:
    minutes = sum(minute(c.ends) - minute(c.starts) for c in changes if c.starts and c.ends)
    return len(changes), minutes


@dataclass(frozen=True, slots=True)
class _Question:
    """One program's groups as the engine's tracks: 2n in person, 2n + 1 by video."""

    clinic: ClinicWeek
    program: ProgramOffer
    seeker: Seeker
    groups: tuple[OpenGroup, ...]
    tracks: tuple[Track, ...]

    @staticmethod
    def of(clinic: ClinicWeek, program: ProgramOffer, seeker: Seeker) -> "_Question":
        groups = tuple(
            group
            for group in clinic.groups
            if group.program_id == program.id
            and group.kind == "core"
            and group.id not in seeker.closed
            and group.meetings
            and shortfall(group.meetings, group.attend, program.owed) is None
        )
        tracks = tuple(track for at, group in enumerate(groups) for track in _tracks(at, group))
        return _Question(clinic, program, seeker, groups, tracks)

    def ask(self) -> tuple[list[tuple[float, Offer]], list[tuple[Change, ...]]]:
        """Offers with their cost, and sets of changes when there is none."""
        patient = self._patient()
        instance = Instance("", (ALWAYS_THERE,), self.tracks, (patient,), 10**4, 10**4, grid=GRID)
        found = Board.of(instance, self._plan()).place(patient, 4 * OFFERS, partial=True)
        offers: dict[UUID, tuple[float, Offer]] = {}
        in_the_way: list[tuple[Change, ...]] = []
        for placed in found.offers:
            offer = self._offer(placed)
            if offer is None:
                continue
            met = self._held(offer)
            if met:
                in_the_way.append(met)
            elif offer.group_id not in offers or not offer.by_video:
                offers[offer.group_id] = (placed.cost, offer)
        if offers:
            return list(offers.values()), []
        return [], [*dict.fromkeys(in_the_way), *self._changes(found.changes)]

    def _held(self, offer: Offer) -> tuple[Change, ...]:
        """What the person keeps besides, and would have to move for this week."""
        slots = WEEK.spans(each.span for each in offer.meetings)
        return tuple(
            self._when(Stands.HELD, *span) for span in self.seeker.held if slots & WEEK.spans([span])
        )

    def _when(self, kind: Stands, start: int, end: int) -> Change:
        weekday, starts = spot(start)
        return Change(kind, weekday, clock(starts), clock(starts + (end - start) * GRID))

    def _patient(self) -> Patient:
        seeker, owed = self.seeker, self.program.owed
        languages = {group.language for group in self.groups}
        return Patient(
            id=-1,
            busy=seeker.busy,
            soft=seeker.soft,
            travel=seeker.travel_minutes,
            remote=seeker.video,
            gender=seeker.gender,
            youth=seeker.population == "adolescent",
            dual=seeker.dual,
            langs=(seeker.language,) if seeker.language else tuple(sorted(languages)),
            priority=1,
            core_minutes=owed.core_minutes,
            min_days=owed.min_days,
            max_days=owed.max_days,
            min_day_minutes=owed.min_day_minutes,
            topics=(),
            family=(),
            daypart=seeker.daypart,
            counselors=(ALWAYS_THERE.id,),
            family_counselors=(),
        )

    def _plan(self) -> Plan:
        """The taken chairs, filled with people who have no name."""
        core: dict[int, tuple[int, tuple[int, ...]]] = {}
        for track in self.tracks:
            every = tuple(range(len(track.meetings)))
            for _ in range(min(self.groups[track.id // 2].taken, track.hi)):
                core[len(core)] = (track.id, every)
        return Plan(copies={track.id: 1 for track in self.tracks}, core=core)

    def _offer(self, placed: Placed) -> Offer | None:
        at, chosen = placed.core
        group, video = self.groups[at // 2], bool(at % 2)
        meetings = tuple(sorted(group.meetings[each] for each in chosen))
        if shortfall(meetings, 0, self.program.owed) is not None:
            return None  # the engine does not know of breaks
        latest = max(minute(each.ends) for each in meetings)
        return Offer(
            group_id=group.id,
            group=group.name,
            meetings=meetings,
            minutes=sum(each.minutes for each in meetings),
            mode=BY_VIDEO if video else IN_PERSON,
            home_by=None if video else clock(latest + self.seeker.travel_minutes),
            days=len({each.weekday for each in meetings}),
            evenings=len({each.weekday for each in meetings if minute(each.ends) > EVENING}),
            counselor=counselor_meeting(self.clinic.hours, self.seeker, meetings, video),
            free_seats=group.free,
            soft_minutes=self._soft(meetings, video),
        )

    def _soft(self, meetings: Iterable[Meeting], video: bool) -> int:
        slots = WEEK.spans(each.span for each in meetings)
        kept = slots if video else WEEK.widen(slots, WEEK.margin(self.seeker.travel_minutes))
        return WEEK.minutes(kept & WEEK.spans(self.seeker.soft))

    def _changes(self, sets: Iterable[tuple[Blocker, ...]]) -> list[tuple[Change, ...]]:
        """Each set in the product's words; a group's two tracks say the same."""
        return list(dict.fromkeys(tuple(self._change(each) for each in blockers) for blockers in sets))

    def _change(self, blocker: Blocker) -> Change:
        if blocker.kind == "busy":
            start, end = (int(at) for at in blocker.what)
            return self._when(Stands.BUSY, start, end)
        if blocker.kind == "full":
            group = self.groups[int(blocker.what[0]) // 2]
            return Change(Stands.FULL, group_id=group.id, group=group.name)
        return Change(Stands.VIDEO)


def _tracks(at: int, group: OpenGroup) -> Iterator[Track]:
    """A group in person, by video, or both where an in-person group has seats by video."""
    for video in (False, True):
        if video and not (group.video or group.video_seats) or not video and group.video:
            continue
        yield Track(
            id=2 * at + video,
            kind="core",
            topic="",
            meetings=tuple(each.span for each in group.meetings),
            onsite=not video,
            lo=0,
            hi=group.capacity,
            facilitators=0,
            skill="",
            copies=1,
            attend=group.attend if group.attend < len(group.meetings) else 0,
            gender=group.gender,
            youth=group.population == "adolescent",
            dual=group.dual,
            lang=group.language,
        )
