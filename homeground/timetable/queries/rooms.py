"""Which rooms the new groups of a plan would have."""

from uuid import UUID

from homeground.program import queries as program
from homeground.timetable.models import CounselorHour, Group, Slot, Solving
from homeground.timetable.models.span import lasting
from homeground.timetable.queries.design import candidate_meetings
from homeground.timetable.rules.rooms import Room, Wants, rooms_for
from homeground.timetable.rules.week import minute, span
from homeground.timetable.solver.week import Span


def rooms_of_plan(solving_id: UUID) -> dict[UUID, tuple[UUID | None, ...]]:
    """For each new group of a plan, by candidate, the room of each of its meetings in order; None: none free.

    Groups that go on and counselors' hours keep their rooms, those that end give theirs up. Groups by video
    need none and are left out. Six statements.
    """
    row = Solving.objects.select_related("scenario").get(pk=solving_id)
    chosen = list(row.chosen.select_related("candidate"))
    wanting = [
        Wants(each.candidate.pk, each.candidate.capacity, candidate_meetings(each.candidate))
        for each in chosen
        if each.candidate is not None and not each.candidate.video
    ]
    if not wanting:
        return {}
    monday, scenario = row.scenario.starts_on, row.scenario
    goes_on = {each.group_id for each in chosen}
    ending = Slot.objects.filter(group__program_id=scenario.program_id, group__kind="core")
    ending = ending.exclude(group__in=[each for each in goes_on if each])
    there = Group.objects.filter(lasting(monday))
    slots = Slot.objects.filter(group__in=there, space__isnull=False).exclude(pk__in=ending)
    hours = CounselorHour.objects.filter(lasting(monday), space__isnull=False)
    taken: dict[UUID, list[Span]] = {}
    for rows in (slots, hours):
        for room, weekday, starts, ends in rows.values_list("space_id", "weekday", "starts", "ends"):
            taken.setdefault(room, []).append(span(weekday, minute(starts), minute(ends)))
    rooms = [
        Room(each.id, each.seats, tuple(taken.get(each.id, ())))
        for each in program.spaces()
        if each.kind == "group"
    ]
    return rooms_for(wanting, rooms)
