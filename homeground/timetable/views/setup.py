"""Setting up groups and counselors' hours. For the director."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.people import queries as people
from homeground.program import queries as program
from homeground.timetable import actions, queries
from homeground.timetable.actions import GroupPlan, SlotTimes
from homeground.timetable.forms import EndForm, HourForm
from homeground.timetable.forms.group import GroupForm
from homeground.timetable.views.shell import page, space_choices, staff_choices, today

GONE = (actions.GroupNotHere, actions.ProgramNotHere, actions.SpaceNotHere, people.PersonNotHere)
REFUSALS = (
    actions.NoTimes,
    actions.TooManySessions,
    actions.BadSlot,
    actions.SlotInUse,
    actions.TooFewChairs,
    actions.TooManyChairs,
    actions.DoubleBooked,
)


@require_http_methods(["GET", "HEAD", "POST"])
def new_group(request: Request) -> HttpResponse:
    """Begin a group."""
    now = today(request, clock.now())
    form = _form(request, initial={"starts_on": now, "capacity": 10})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.open_group(
                program_id=form.cleaned_data["program"],
                plan=_plan(form.cleaned_data),
                starts_on=form.cleaned_data["starts_on"],
                by=request.visit.actor,
                at=clock.now(),
            )
        except GONE:
            raise Http404 from None
        except REFUSALS as error:
            _explain(form, error)
        else:
            messages.success(request, _("The group stands in the calendar for the next eight weeks."))
            return redirect("timetable:group", made)
    return page(request, "group_form.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_group(request: Request, group_id: UUID) -> HttpResponse:
    """Change what a group is."""
    now = today(request, clock.now())
    found = queries.group_plan(group_id, now)
    if found is None:
        raise Http404
    form = _form(request, initial=found, is_new=False)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_group(
                group_id=group_id, plan=_plan(form.cleaned_data), by=request.visit.actor, at=clock.now()
            )
        except GONE:
            raise Http404 from None
        except REFUSALS as error:
            _explain(form, error)
        else:
            messages.success(request, _("The group is changed."))
            return redirect("timetable:group", group_id)
    context = {"form": form, "group_id": group_id, "name": found["name"]}
    return page(request, "group_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def hours(request: Request) -> HttpResponse:
    """The counselors' weekly hours for talks."""
    form = HourForm(request.POST or None, staff=staff_choices(), spaces=space_choices())
    if request.method == "POST" and form.is_valid():
        try:
            actions.keep_hour(**_hour(form.cleaned_data), by=request.visit.actor, at=clock.now())
        except GONE:
            raise Http404 from None
        except actions.BadSlot:
            form.add_error("ends", _("It must end after it begins."))
        except actions.HourTwice:
            form.add_error("starts", _("This counselor keeps an hour at that time already."))
        else:
            messages.success(request, _("The hour is kept."))
            return redirect("timetable:hours")
    return _hours(request, form, status=422 if form.errors else 200)


@require_POST
def hour_removal(request: Request, hour_id: UUID) -> HttpResponse:
    """Give up an hour nobody has."""
    try:
        actions.drop_hour(hour_id=hour_id, by=request.visit.actor, at=clock.now())
    except actions.HourNotHere:
        raise Http404 from None
    except actions.HourInUse:
        messages.error(request, _("A patient has or had this hour. It stays."))
    else:
        messages.success(request, _("The hour is removed."))
    return redirect("timetable:hours")


@require_POST
def hour_end(request: Request, hour_id: UUID) -> HttpResponse:
    """An hour ends on a day, also when somebody has it."""
    form = EndForm(request.POST)
    try:
        if not form.is_valid():
            messages.error(request, _("Write the first day without this hour, like 11/24/2026."))
        elif actions.end_hour(
            hour_id=hour_id, ends_on=form.cleaned_data["ends_on"], by=request.visit.actor, at=clock.now()
        ):
            messages.success(request, _("The hour ends. Find the patient another hour with a counselor."))
        else:
            messages.success(request, _("The hour ends."))
    except actions.HourNotHere:
        raise Http404 from None
    except (actions.EndsTooEarly, actions.EndedBefore):
        messages.error(request, _("It ends today at the earliest, and not later than it ends already."))
    else:
        if form.is_valid():
            return redirect("timetable:hours")
    return _hours(request, HourForm(staff=staff_choices(), spaces=space_choices()), ended=hour_id, status=422)


def _hours(request: Request, form: HourForm, *, ended: UUID | None = None, status: int = 200) -> HttpResponse:
    """The list with both forms; `ended` is the hour whose typed end comes back."""
    now = today(request, clock.now())
    hours = queries.counselor_hours(now)
    if ended is not None and all(each.id != ended for each in hours):
        raise Http404
    context = {
        "form": form,
        "hours": hours,
        "today": now,
        "ended": ended,
        "typed": request.POST.get("ends_on", "")[:40],
    }
    return page(request, "hours.html", context, status=status)


def _form(request: Request, *, initial: dict[str, Any], is_new: bool = True) -> GroupForm:
    programs = [(each.id, f"{each.center}: {each.name}") for each in program.programs()]
    return GroupForm(
        request.POST or None,
        initial=initial,
        programs=programs,
        spaces=space_choices(),
        staff=staff_choices(),
        is_new=is_new,
    )


def _hour(told: dict[str, Any]) -> dict[str, Any]:
    ids = {"staff_id": told["staff"], "space_id": told["space"]}
    return ids | {name: told[name] for name in ("weekday", "starts", "ends", "by_video")}


def _plan(told: dict[str, Any]) -> GroupPlan:
    slots = tuple(
        SlotTimes(
            weekday=day,
            starts=told[f"starts_{day}"],
            ends=told[f"ends_{day}"],
            break_starts=told[f"pause_{day}"],
            break_ends=told[f"resume_{day}"],
            space_id=told["space"],
        )
        for day in range(7)
        if told[f"starts_{day}"] is not None
    )
    same = (
        "name",
        "kind",
        "track",
        "topic",
        "capacity",
        "language",
        "gender",
        "dual",
        "video",
        "video_seats",
    )
    values = {name: told[name] for name in same} | {"attend": told["attend"] or 0}
    return GroupPlan(**values, slots=slots, leaders=frozenset(told["leaders"]))


def _explain(form: Form, error: Exception) -> None:
    """The sentence at its field."""
    if isinstance(error, actions.BadSlot):
        form.add_error(f"ends_{error.weekday}", _("It must end after it begins, with the break inside."))
    elif isinstance(error, actions.NoTimes):
        form.add_error("starts_0", _("A group meets at least once a week. Write its times."))
    elif isinstance(error, actions.TooManySessions):
        form.add_error("attend", _("The group has fewer sessions than that."))
    elif isinstance(error, actions.TooFewChairs):
        form.add_error("capacity", _("%(n)s people hold a chair.") % {"n": error.held})
    elif isinstance(error, actions.TooManyChairs):
        most = _("The rules %(pack)s allow at most %(n)s people in such a group.")
        form.add_error("capacity", most % {"pack": error.pack, "n": error.cap})
    elif isinstance(error, actions.SlotInUse):
        form.add_error(
            None,
            _("People are booked at these times. Keep the times, or begin a new group with the other times."),
        )
    else:
        form.add_error("leaders", _("A leader has another appointment at that time."))
