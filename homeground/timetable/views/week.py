"""The staff week and a group with its members."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from homeground.ground import clock
from homeground.ground.ui.week_grid import GridItem
from homeground.ground.visit import Request
from homeground.people.roles import Role
from homeground.timetable import queries, words
from homeground.timetable.access import PLANNERS
from homeground.timetable.forms import FIRST, LAST
from homeground.timetable.forms.week import ROOM, STAFF, WhoseForm
from homeground.timetable.queries import AppointmentFacts, GroupWithSeats, WaitingPerson
from homeground.timetable.queries.clashes import Clash, rooms_taken
from homeground.timetable.queries.judged import judge_group
from homeground.timetable.rules.occurrences import at_clock
from homeground.timetable.rules.week import clock as time_of
from homeground.timetable.views.shell import (
    own_or_404,
    page,
    schedules,
    space_choices,
    staff_choices,
    today,
    zone,
)

WEEK = timedelta(weeks=1)

type Chosen = tuple[str, UUID] | None


@require_safe
def week(request: Request) -> HttpResponse:
    """The week's appointments with the seats used, and the groups behind them; of all, a room or a person."""
    now, may_seat = today(request, clock.now()), schedules(request)
    monday = _monday(request.GET.get("on", ""), now)
    leader = None if may_seat else request.visit.actor.person_id
    found = queries.appointments_between(
        _midnight(request, monday), _midnight(request, monday + WEEK), staff_id=leader
    )
    whose = WhoseForm(request.GET, staff=staff_choices(), rooms=space_choices()) if may_seat else None
    chosen = whose.chosen() if whose else None
    talks = request.GET.get("show") == "talks"
    context = {
        "monday": monday,
        "sunday": monday + WEEK - timedelta(days=1),
        "before": monday - WEEK,
        "after": monday + WEEK,
        "is_now": monday == _monday("", now),
        "whose": whose,
        "items": [_item(request, each, chosen) for each in found if _shown(each, chosen, talks)],
        "tabs": () if chosen else _tabs(monday, found, talks),
        "keeps": _keeps(chosen, talks),
        "trouble": _trouble(found),
        **_groups(request, now, leader),
    }
    return page(request, "week.html", context)


@require_safe
def group(request: Request, group_id: UUID) -> HttpResponse:
    """One group: when, who leads, who sits there."""
    now = today(request, clock.now())
    own_or_404(request, group_id, now)
    found = next((each for each in queries.groups_with_seats(now) if each.group.id == group_id), None)
    if found is None:
        raise Http404
    start = clock.now()
    context = {
        "found": found,
        "members": queries.members(group_id, now),
        "judged": judge_group(found.group, now),
        "ahead": [
            each
            for each in queries.appointments_between(start, start + 2 * WEEK)
            if each.group_id == group_id
        ],
        "today": now,
        "first": _first_to_offer(request, found),
        "may_seat": schedules(request),
        "may_set_up": request.visit.actor.has(Role.DIRECTOR),
    }
    return page(request, "group.html", context)


def _first_to_offer(request: Request, found: GroupWithSeats) -> WaitingPerson | None:
    """Who waits and is the first whom a free chair of this group fits."""
    if not schedules(request) or not found.group.free:
        return None
    waiting = queries.waiting_list(today(request, clock.now()))
    return next((each for each in waiting if each.offer and each.offer.group_id == found.group.id), None)


def _groups(request: Request, now: date, leader: UUID | None) -> dict[str, object]:
    """The groups behind the week, and who may do what with them."""
    return {
        "groups": queries.groups_with_seats(now, leader_id=leader),
        "may_set_up": request.visit.actor.has(Role.DIRECTOR),
        "may_plan": request.visit.actor.has(*PLANNERS),
        "may_seat": schedules(request),
    }


def _shown(each: AppointmentFacts, chosen: Chosen, talks: bool) -> bool:
    """Whether an appointment belongs to the week that is looked at."""
    if chosen is None:
        return (each.kind == queries.TALK) is talks
    kind, key = chosen
    return each.space_id == key if kind == ROOM else any(key == one.person_id for one in each.leaders)


def _keeps(chosen: Chosen, talks: bool) -> str:
    """What the links to other weeks carry on."""
    if chosen is not None:
        return f"&of={chosen[0]}:{chosen[1]}"
    return "&show=talks" if talks else ""


def _trouble(found: tuple[AppointmentFacts, ...]) -> list[tuple[AppointmentFacts, Clash | None]]:
    """What wants a person's eye, and what is held in the room it wanted."""
    taken = rooms_taken([each.id for each in found if each.lacks_space])
    return [(each, taken.get(each.id)) for each in found if each.lacks_space or each.lacks_leader]


def _monday(text: str, now: date) -> date:
    """The Monday of the week asked for; this week for anything that is no date of this century."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = now
    if not FIRST <= day < LAST:
        day = now
    return day - timedelta(days=day.weekday())


def _tabs(monday: date, found: tuple[AppointmentFacts, ...], talks: bool) -> list[dict[str, object]]:
    """Groups and talks, each on a week of its own: together they would not be readable."""
    here = f"{reverse('timetable:week')}?on={monday.isoformat()}"
    count = sum(1 for each in found if each.kind == queries.TALK)
    return [
        {"label": _("Groups"), "url": here, "current": not talks, "count": len(found) - count},
        {"label": _("Talks"), "url": f"{here}&show=talks", "current": talks, "count": count},
    ]


def _midnight(request: Request, on: date) -> datetime:
    return at_clock(on, time_of(0), request.visit.house.zone)


def _item(request: Request, each: AppointmentFacts, chosen: Chosen) -> GridItem:
    starts, ends = each.starts_at.astimezone(zone(request)), each.ends_at.astimezone(zone(request))
    begins = starts.hour * 60 + starts.minute
    length = int((each.ends_at - each.starts_at).total_seconds() // 60)
    if each.cancelled:
        detail, kind = str(words.CANCELLED[each.cancelled]), "cancelled"
    elif chosen is not None and chosen[0] == STAFF:
        detail, kind = _("by video") if each.video else each.space or _("no room"), "seat"
    elif chosen is not None or each.kind == queries.TALK:
        detail, kind = ", ".join(leader.name for leader in each.leaders), "seat" if chosen else "busy"
    else:
        detail = ngettext("%(used)s of %(all)s seat", "%(used)s of %(all)s seats", each.capacity) % {
            "used": each.people,
            "all": each.capacity,
        }
        kind = "notice" if each.lacks_space or each.lacks_leader else "seat"
    return GridItem(
        weekday=starts.weekday(),
        starts=begins,
        ends=min(begins + length, 24 * 60) if ends > starts else begins + 15,
        label=each.group or _("Talk"),
        detail=detail,
        url=reverse("timetable:appointment", args=[each.id]),
        kind=kind,
    )
