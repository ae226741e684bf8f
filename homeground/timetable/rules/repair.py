"""What to do with the appointments that somebody, a room or a day has been taken from.

Every appointment gets one way out; together they cost as little as can be. Most of all nobody should lose
a session, then as few as possible should meet a stranger, then rooms should not be wasted.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

LOST_SESSION = 100  # for each person; a stranger or another room never weighs as much as one lost session
STRANGER, STRANGER_IN_TALK, OTHER_ROOM, EMPTY_CHAIR = 3, 6, 2, 0.01
VIDEO = 4
TRIES = 20_000


class Kind(StrEnum):
    """The ways out."""

    STAYS = "stays"
    SUBSTITUTE = "substitute"
    ROOM = "room"
    VIDEO = "video"
    CANCEL = "cancel"


class Lost(StrEnum):
    """What was taken away."""

    STAFF = "staff"
    SPACE = "space"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Loss:
    """What was taken away from a day up to and not including another; a whole day has no `subject_id`."""

    what: Lost
    subject_id: UUID | None
    first: date
    until: date


@dataclass(frozen=True, slots=True)
class Touched:
    """An appointment that cannot be held as planned.

    `people` are expected, `in_person` of them in the room, `without_video` cannot join by video. `others`
    lead it besides the one who is away. `leads_group` are the staff this group knows.
    """

    id: UUID
    starts_at: datetime
    ends_at: datetime
    talk: bool
    people: int
    in_person: int
    without_video: int
    others: tuple[UUID, ...] = ()
    leads_group: tuple[UUID, ...] = ()
    may_video: bool = False


@dataclass(frozen=True, slots=True)
class Free:
    """A member of staff or a room, with the times it is taken by appointments that stay.

    An `office` is a room for talks; no group is sent there.
    """

    id: UUID
    taken: tuple[tuple[datetime, datetime], ...] = ()
    seats: int = 0
    office: bool = False

    def at(self, touched: Touched) -> bool:
        """Whether nothing else wants it then."""
        return not any(starts < touched.ends_at and touched.starts_at < ends for starts, ends in self.taken)


@dataclass(frozen=True, slots=True)
class Way:
    """One way out: who leads or which room in `by_id`, and what it costs."""

    kind: Kind
    cost: float
    by_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """What is proposed for one appointment, and every other way, cheapest first."""

    touched: Touched
    way: Way
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Repair:
    """The whole proposal. `bound` is what no repair can undercut: when it equals `cost`, none is better."""

    pieces: tuple[Piece, ...]
    cost: float
    bound: float

    @property
    def proven(self) -> bool:
        """Whether no cheaper repair exists."""
        return self.cost - self.bound < 1e-6

    @property
    def lost(self) -> int:
        """How many people lose a session."""
        return sum(piece.touched.people for piece in self.pieces if piece.way.kind is Kind.CANCEL)


def ways(touched: Touched, lost: Lost, staff: Iterable[Free], rooms: Iterable[Free]) -> tuple[Way, ...]:
    """Every way out of one appointment, cheapest first. Cancelling is always one."""
    found = [Way(Kind.CANCEL, LOST_SESSION * max(touched.people, 1))]
    if lost is Lost.STAFF and touched.others:
        found.append(Way(Kind.STAYS, 0))
    elif lost is Lost.STAFF:
        found += [_substitute(touched, each) for each in staff if each.at(touched)]
    if lost is Lost.SPACE:
        found += [
            Way(Kind.ROOM, OTHER_ROOM + EMPTY_CHAIR * (room.seats - touched.in_person), room.id)
            for room in rooms
            if room.seats >= touched.in_person and (touched.talk or not room.office) and room.at(touched)
        ]
    if lost is not Lost.STAFF and touched.may_video:
        found.append(Way(Kind.VIDEO, VIDEO + LOST_SESSION * touched.without_video))
    return tuple(sorted(found, key=lambda way: (way.cost, way.kind, str(way.by_id))))


def _substitute(touched: Touched, who: Free) -> Way:
    if who.id in touched.leads_group:
        return Way(Kind.SUBSTITUTE, 1, who.id)
    return Way(Kind.SUBSTITUTE, STRANGER_IN_TALK if touched.talk else STRANGER, who.id)


def repair(touched: Iterable[Touched], lost: Lost, staff: Sequence[Free], rooms: Sequence[Free]) -> Repair:
    """The cheapest repair of all these appointments together.

    Appointments that overlap in time compete for people and rooms and are solved together, exactly; others
    are independent. Only a tangle of more than `TRIES` combinations ends early, with its bound.
    """
    pieces: list[Piece] = []
    cost = bound = 0.0
    for knot in _knots(touched):
        found = {each.id: ways(each, lost, staff, rooms) for each in knot}
        chosen, proven = _untangle(knot, found)
        paid = sum(way.cost for way in chosen)
        cost += paid
        bound += paid if proven else sum(found[each.id][0].cost for each in knot)
        pieces += [Piece(each, way, found[each.id]) for each, way in zip(knot, chosen, strict=True)]
    return Repair(tuple(pieces), cost, bound)


def _knots(touched: Iterable[Touched]) -> Iterator[list[Touched]]:
    """Runs of appointments that overlap one another, in order of time."""
    knot: list[Touched] = []
    until: datetime | None = None
    for each in sorted(touched, key=lambda one: (one.starts_at, one.ends_at, str(one.id))):
        if until is not None and each.starts_at >= until:
            yield knot
            knot, until = [], None
        knot.append(each)
        until = each.ends_at if until is None else max(until, each.ends_at)
    if knot:
        yield knot


def _untangle(knot: Sequence[Touched], found: Mapping[UUID, tuple[Way, ...]]) -> tuple[list[Way], bool]:
    """The cheapest ways for one knot by branch and bound, and whether that is proven."""
    least = [0.0]
    for each in reversed(knot):
        least.append(least[-1] + found[each.id][0].cost)
    least.reverse()
    best: list[Way] = [next(w for w in found[each.id] if w.kind is Kind.CANCEL) for each in knot]
    best_cost = sum(way.cost for way in best)
    tries = 0

    def branch(at: int, chosen: list[Way], paid: float) -> None:
        nonlocal best, best_cost, tries
        tries += 1
        if paid + least[at] >= best_cost - 1e-9 or tries > TRIES:
            return
        if at == len(knot):
            best, best_cost = list(chosen), paid
            return
        for way in found[knot[at].id]:
            if not _clashes(knot, at, way, chosen):
                branch(at + 1, [*chosen, way], paid + way.cost)

    branch(0, [], 0.0)
    return best, tries <= TRIES


def _clashes(knot: Sequence[Touched], at: int, way: Way, chosen: Sequence[Way]) -> bool:
    """Whether somebody or a room would be in two places."""
    if way.by_id is None:
        return False
    return any(
        other.by_id == way.by_id
        and knot[before].starts_at < knot[at].ends_at
        and knot[at].starts_at < knot[before].ends_at
        for before, other in enumerate(chosen)
    )
