"""Which free counselor hour goes with a week of group."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from uuid import UUID

from homeground.timetable.rules.clinic import OpenHour, Seeker
from homeground.timetable.rules.week import GRID, Meeting
from homeground.timetable.solver.week import Week

WEEK = Week.of(GRID)


@dataclass(frozen=True, slots=True)
class CounselorMeeting:
    """A weekly hour with a counselor. `same` says that it is the person's own counselor."""

    hour_id: UUID
    staff_id: UUID
    weekday: int
    starts: time
    ends: time
    by_video: bool
    same: bool


def counselor_meeting(
    hours: Iterable[OpenHour], seeker: Seeker, meetings: Sequence[Meeting], group_by_video: bool
) -> CounselorMeeting | None:
    """The hour that suits best: the person's own counselor, no extra journey, soonest in the week.

    An hour in person keeps the way clear before and after it; None when no free hour fits.
    """
    found = [
        (rank, each, by_video)
        for each in hours
        for rank, by_video in _ways(each, seeker, meetings, group_by_video)
    ]
    if not found:
        return None
    _, hour, by_video = min(found, key=lambda way: way[0])
    return CounselorMeeting(
        hour_id=hour.id,
        staff_id=hour.staff_id,
        weekday=hour.meeting.weekday,
        starts=hour.meeting.starts,
        ends=hour.meeting.ends,
        by_video=by_video,
        same=hour.staff_id == seeker.counselor_id,
    )


def _ways(
    hour: OpenHour, seeker: Seeker, meetings: Sequence[Meeting], group_by_video: bool
) -> list[tuple[tuple[int, int, int, str], bool]]:
    slots = WEEK.span(hour.meeting.span)
    kept = WEEK.widen(slots, WEEK.margin(seeker.travel_minutes))
    groups = WEEK.spans(each.span for each in meetings)
    busy = WEEK.spans(seeker.busy)
    there = group_by_video or hour.meeting.weekday not in {each.weekday for each in meetings}
    same = 0 if hour.staff_id == seeker.counselor_id else 1
    first = hour.meeting.span[0]
    ways = []
    if not kept & busy and not (kept if group_by_video else slots) & groups:
        ways.append(((same, int(there), first, str(hour.id)), False))
    if hour.by_video and seeker.video and not slots & busy:
        apart = slots if group_by_video else kept
        if not apart & groups:
            ways.append(((same, 0, first, str(hour.id)), True))
    return ways
