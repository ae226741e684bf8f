"""What a gradual return starts from, and what of it is planned."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from homeground.timetable.models import Group, Seat, SeatSlot, Slot
from homeground.timetable.models.span import lasting
from homeground.timetable.queries.board import meeting
from homeground.timetable.rules.taper import Step
from homeground.timetable.rules.week import Meeting


@dataclass(frozen=True, slots=True)
class TaperBase:
    """The core group a stay sits in: its sessions by slot, and the steps planned after a day.

    Where members come to some of the sessions, only those are there that this one comes to.
    """

    group: str
    meetings: dict[UUID, Meeting]
    planned: tuple[Step, ...]


def taper_base(episode_id: UUID, on: date) -> TaperBase | None:
    """What a stay could step down from on this day, None without a seat in a core group. Three statements."""
    seats = list(
        Seat.objects.filter(lasting(on), episode_id=episode_id, group__kind=Group.Kind.CORE, hold=None)
        .select_related("group")
        .order_by("starts_on")
    )
    if not seats or seats[0].starts_on > on:
        return None
    slots = Slot.objects.filter(group_id=seats[0].group_id).order_by("weekday", "starts")
    meetings = {slot.pk: meeting(slot) for slot in slots}
    comes: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for seat, slot in SeatSlot.objects.filter(seat__in=seats).values_list("seat_id", "slot_id"):
        comes[seat].append(slot)
    own = comes[seats[0].pk] if seats[0].group.attend else []
    return TaperBase(
        group=seats[0].group.name,
        meetings={slot: each for slot, each in meetings.items() if not own or slot in own},
        planned=tuple(_step(seat, comes[seat.pk], meetings) for seat in seats if seat.starts_on > on),
    )


def _step(seat: Seat, named: list[UUID], meetings: dict[UUID, Meeting]) -> Step:
    slots = tuple(slot for slot in meetings if not named or slot in named)
    return Step(
        seat.starts_on, slots, sum(meetings[slot].minutes for slot in slots), len(slots) == len(meetings)
    )
