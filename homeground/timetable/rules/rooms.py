"""Which room each meeting of a new group is held in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from homeground.timetable.rules.week import GRID, Meeting
from homeground.timetable.solver.week import Span, Week

WEEK = Week.of(GRID)


@dataclass(frozen=True, slots=True)
class Room:
    """A room for groups, its seats, and when of the week it is taken."""

    id: UUID
    seats: int
    taken: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Wants:
    """A group that needs a room for so many people at each of its meetings."""

    id: UUID
    seats: int
    meetings: tuple[Meeting, ...]


def rooms_for(wanting: Iterable[Wants], rooms: Sequence[Room]) -> dict[UUID, tuple[UUID | None, ...]]:
    """For each group the room of each of its meetings, None where no room with enough seats is free.

    The largest groups choose first. One room for the whole week is preferred, the smallest that is enough;
    otherwise each meeting has its own.
    """
    taken = {room.id: WEEK.spans(room.taken) for room in rooms}
    by_size = sorted(rooms, key=lambda room: (room.seats, str(room.id)))
    found: dict[UUID, tuple[UUID | None, ...]] = {}
    for each in sorted(wanting, key=lambda want: (-want.seats, str(want.id))):
        enough = [room.id for room in by_size if room.seats >= each.seats]
        whole = WEEK.spans(meeting.span for meeting in each.meetings)
        same = next((room for room in enough if not taken[room] & whole), None)
        chosen = []
        for meeting in each.meetings:
            slots = WEEK.span(meeting.span)
            room = same or next((room for room in enough if not taken[room] & slots), None)
            if room is not None:
                taken[room] |= slots
            chosen.append(room)
        found[each.id] = tuple(chosen)
    return found
