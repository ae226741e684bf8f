"""The clinic's week as the fit question sees it, and the person who asks. Values only."""

from dataclasses import dataclass
from uuid import UUID

from homeground.timetable.rules.floor import Prescription
from homeground.timetable.rules.week import Meeting
from homeground.timetable.solver.week import Span


@dataclass(frozen=True, slots=True)
class ProgramOffer:
    """A program, for whom it is, and what it prescribes a week."""

    id: UUID
    population: str
    owed: Prescription


@dataclass(frozen=True, slots=True)
class OpenGroup:
    """A group that runs, its chairs and its gates. `taken` counts chairs from the day asked for onwards."""

    id: UUID
    name: str
    program_id: UUID
    kind: str
    track: str
    meetings: tuple[Meeting, ...]
    capacity: int
    taken: int
    language: str
    population: str
    gender: str
    dual: bool
    video: bool
    video_seats: bool
    attend: int

    @property
    def free(self) -> int:
        """Chairs nobody has."""
        return max(self.capacity - self.taken, 0)


@dataclass(frozen=True, slots=True)
class OpenHour:
    """A counselor's weekly hour that nobody has yet."""

    id: UUID
    staff_id: UUID
    meeting: Meeting
    by_video: bool


@dataclass(frozen=True, slots=True)
class ClinicWeek:
    """Programs, running groups and free counselor hours on one day."""

    programs: tuple[ProgramOffer, ...]
    groups: tuple[OpenGroup, ...]
    hours: tuple[OpenHour, ...]


@dataclass(frozen=True, slots=True)
class Seeker:
    """Someone who looks for a week. Spans are slots of the 15-minute week; None leaves a gate open.

    `held` are meetings the person keeps besides the core group: they need no journey of their own.
    `closed` are groups this person cannot have, for a reason the reader need not know.
    """

    busy: tuple[Span, ...]
    travel_minutes: int
    video: bool
    population: str
    language: str | None = None
    soft: tuple[Span, ...] = ()
    held: tuple[Span, ...] = ()
    gender: str = ""
    dual: bool = False
    daypart: str = "eve"
    counselor_id: UUID | None = None
    program_id: UUID | None = None
    closed: frozenset[UUID] = frozenset()
