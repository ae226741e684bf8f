"""The fit panel of a patient: the week, the offers, one click to a seat."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from homeground.chart import queries as chart
from homeground.ground import clock
from homeground.ground.templatetags.ui import day
from homeground.ground.ui.week_grid import GridItem
from homeground.ground.visit import Request
from homeground.people import queries as people
from homeground.people.roles import CLINICIANS
from homeground.timetable import actions, queries, words
from homeground.timetable.forms import EndForm, SeatForm
from homeground.timetable.queries import CounselorMeeting, HeldSeat, HourWithPerson, Offer, PersonWeek
from homeground.timetable.rules.week import DAY, GRID, Meeting, minute, spot
from homeground.timetable.solver.week import Span
from homeground.timetable.views.shell import page, staff_choices, today

SLOTS_A_DAY = DAY // GRID


@require_safe
def fit(request: Request, episode_id: UUID) -> HttpResponse:
    """Left the person's week, right their seat, or the offers or the smallest changes.

    Who has a seat is shown other weeks only when asked: `?weeks=other`.
    """
    return show(request, episode_id, other=request.GET.get("weeks") == "other")


@require_POST
def seats(request: Request, episode_id: UUID) -> HttpResponse:
    """Seat the patient in a group, with a counselor's hour where one came with the offer."""
    form = SeatForm(request.POST)
    if not form.is_valid():
        return show(request, episode_id, trouble=_("The first day could not be read. Please choose again."))
    told = form.cleaned_data
    try:
        given = actions.seat(
            episode_id=episode_id,
            group_id=told["group"],
            counselor_hour_id=told["hour"],
            by_video=told["by_video"],
            sessions=told["sessions"],
            starts_on=told["starts_on"],
            by=request.visit.actor,
            at=clock.now(),
        )
    except (actions.GroupNotHere, actions.EpisodeNotHere, actions.HourNotHere, people.PersonNotHere):
        raise Http404 from None
    except (actions.Refused, actions.DoubleBooked) as error:
        return show(request, episode_id, trouble=str(words.refused(error)))
    messages.success(request, _("The seat is given from %(day)s on.") % {"day": day(told["starts_on"])})
    for missed in given.left_out:
        messages.warning(request, _("Not on %(day)s: every chair is promised.") % {"day": day(missed)})
    return redirect("timetable:fit", episode_id)


@require_POST
def seat_end(request: Request, seat_id: UUID) -> HttpResponse:
    """End a seat from a day on."""
    group_id = queries.group_of_seat(seat_id)
    if group_id is None:
        raise Http404
    back, form = reverse("timetable:group", args=[group_id]), EndForm(request.POST)
    if not form.is_valid():
        return _day_unread(request, form, back)
    try:
        actions.unseat(
            seat_id=seat_id, ends_on=form.cleaned_data["ends_on"], by=request.visit.actor, at=clock.now()
        )
    except actions.SeatNotHere:
        raise Http404 from None
    except actions.Refused as error:
        form.add_error("ends_on", str(words.refused(error)))
        return _day_unread(request, form, back)
    messages.success(request, _("The seat has ended. The chair is free from that day on."))
    return redirect(back)


@require_POST
def talk_end(request: Request, counselor_seat_id: UUID) -> HttpResponse:
    """End a patient's weekly hour with a counselor from a day on."""
    episode_id = queries.episode_of_talk(counselor_seat_id)
    if episode_id is None:
        raise Http404
    back, form = reverse("timetable:fit", args=[episode_id]), EndForm(request.POST)
    if not form.is_valid():
        return _day_unread(request, form, back)
    try:
        actions.end_counselor_hour(
            counselor_seat_id=counselor_seat_id,
            ends_on=form.cleaned_data["ends_on"],
            by=request.visit.actor,
            at=clock.now(),
        )
    except actions.SeatNotHere:
        raise Http404 from None
    messages.success(request, _("The hour has ended and is free for somebody else."))
    return redirect(back)


def _day_unread(request: Request, form: EndForm, back: str) -> HttpResponse:
    """The day as it was typed, with what is wrong beside it; nothing was changed."""
    return page(request, "ending.html", {"form": form, "back": back}, status=422)


def show(request: Request, episode_id: UUID, *, trouble: str = "", other: bool = False) -> HttpResponse:
    """Draw the panel; with `trouble` it says what was refused, and answers 422."""
    now = today(request, clock.now())
    episode = chart.episode(episode_id, now) or chart.open_episode(episode_id, now)
    if episode is None:
        raise Http404
    answer, week = queries.fit_for(episode, on=now)
    held = queries.held_seats(episode.id, now)
    talks = [each for each in queries.counselor_hours(now) if each.episode_id == episode.id]
    seated = any(each.core for each in held)
    own = {each.group_id for each in held}
    offers = [each for each in answer.offers if each.group_id not in own] if other or not seated else []
    context = {
        "episode": episode,
        "offers": offers,
        "changes": () if seated else answer.changes,
        "week": week,
        "held": held,
        "seated": seated,
        "other": other,
        "talks": talks,
        "kept": queries.kept_for([episode.id]).get(episode.id),
        "waits": queries.waits(episode.id),
        "urgencies": words.URGENCIES,
        "may_taper": request.visit.actor.has(*CLINICIANS),
        "today": now,
        "items": [*_busy(week), *_held(held, talks), *_offered(offers[:1], talks)],
        "names": dict(staff_choices()),
        "starts_on": max(now, episode.starts_on),
        "trouble": trouble,
        "obligations_url": reverse("timetable:obligations", args=[episode.patient.person_id]),
    }
    return page(request, "fit.html", context, status=422 if trouble else 200)


def _busy(week: PersonWeek) -> list[GridItem]:
    """What the person has to do besides treatment."""
    return [
        *(_span(span, _("busy")) for span in _by_day(week.busy)),
        *(_span(span, _("could move")) for span in _by_day(week.soft)),
    ]


def _held(held: Iterable[HeldSeat], talks: Iterable[HourWithPerson]) -> list[GridItem]:
    """The groups and counselor hours the person has."""
    return [
        *(_met(each, seat.group, "seat") for seat in held for each in seat.meetings),
        *(_met(talk.meeting, _("Counselor"), "seat") for talk in talks),
    ]


def _offered(offers: Iterable[Offer], talks: list[HourWithPerson]) -> list[GridItem]:
    """The groups that could be theirs, each with its counselor hour unless they have one."""
    items = []
    for offer in offers:
        items += [_met(each, offer.group, "offer") for each in offer.meetings]
        if offer.counselor and not talks:
            items.append(_met(offer.counselor, _("Counselor"), "offer"))
    return items


def _met(meeting: Meeting | CounselorMeeting, label: str, kind: str) -> GridItem:
    return GridItem(meeting.weekday, minute(meeting.starts), minute(meeting.ends), label, kind=kind)


def _by_day(spans: Iterable[Span]) -> Iterator[Span]:
    """Spans cut at midnight, as the week shows them."""
    for start, end in spans:
        cuts = [start, *range((start // SLOTS_A_DAY + 1) * SLOTS_A_DAY, end, SLOTS_A_DAY), end]
        yield from pairwise(cuts)


def _span(span: Span, label: str) -> GridItem:
    weekday, starts = spot(span[0])
    return GridItem(weekday, starts, starts + (span[1] - span[0]) * GRID, label, kind="busy")
