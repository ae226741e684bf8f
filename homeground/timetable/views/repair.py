"""Repair: somebody is away, a room or a day is lost; what it touches, and the best way out."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.people import queries as people
from homeground.people.roles import LEADING
from homeground.timetable import actions, queries, words
from homeground.timetable.forms import LossForm
from homeground.timetable.queries import AppointmentFacts, Proposal
from homeground.timetable.rules.repair import Kind, Loss, Lost, Piece, Way
from homeground.timetable.views.shell import page, space_choices, staff_choices, today

KEYS = ("what", "staff", "space", "first", "last")
ONLY = "only"


@dataclass(frozen=True, slots=True)
class Choice:
    """One way out as the page offers it."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One appointment that is touched, with the ways out; `trouble` says what came in between."""

    id: UUID
    facts: AppointmentFacts
    people: int
    choices: tuple[Choice, ...]
    cancels: bool
    trouble: str | Promise


@require_safe
def repair(request: Request) -> HttpResponse:
    """Choose what was lost and when; then see what it touches and what is proposed."""
    if "what" not in request.GET:
        on = today(request, clock.now())
        return _form(request, _asked(initial={"what": "staff", "first": on, "last": on}))
    form = _asked(request.GET)
    return _proposal(request, form) if form.is_valid() else _form(request, form, status=422)


@require_POST
def mending(request: Request) -> HttpResponse:
    """Carry out the pieces that were chosen, all or none."""
    form = _asked(request.POST)
    if not form.is_valid():
        return _form(request, form, status=422)
    steps = _steps(request.POST)
    if steps is None:
        raise Http404
    try:
        done = actions.mend(loss=_loss(form), steps=steps, by=request.visit.actor, at=clock.now())
    except people.PersonNotHere:
        raise Http404 from None
    except actions.StaleRepair as error:
        return _proposal(request, form, error.refused)
    told = ngettext("%(n)s appointment is taken care of.", "%(n)s appointments are taken care of.", done)
    messages.success(request, told % {"n": done})
    if ONLY in request.POST:  # one piece of several: the others are looked at again
        rest = urlencode({key: form[key].value() or "" for key in KEYS})
        return redirect(f"{reverse('timetable:repair')}?{rest}")
    return redirect("timetable:repair")


@require_POST
def away_withdrawal(request: Request, away_id: UUID) -> HttpResponse:
    """Somebody is there after all."""
    try:
        actions.withdraw_away(away_id=away_id, by=request.visit.actor, at=clock.now())
    except actions.AwayNotHere:
        raise Http404 from None
    messages.success(request, _("Withdrawn. Appointments that were changed stay as they are."))
    return redirect("timetable:repair")


def _asked(told: QueryDict | None = None, *, initial: dict[str, object] | None = None) -> LossForm:
    return LossForm(told, initial=initial, staff=staff_choices(), spaces=space_choices())


def _loss(form: LossForm) -> Loss:
    told = form.cleaned_data
    what = Lost(told["what"])
    subject = None if what is Lost.DAY else told[what.value]
    return Loss(what, subject, told["first"], told["last"] + timedelta(days=1))


def _steps(told: QueryDict) -> list[actions.Step] | None:
    """The chosen pieces, or the only one whose button was pressed; None when they cannot be read."""
    steps = []
    wanted = f"piece-{told[ONLY]}" if ONLY in told else "piece-"
    for name, value in told.items():
        if not name.startswith(wanted) or not value:
            continue
        kind, _colon, by_id = str(value).partition(":")
        try:
            steps.append(
                actions.Step(UUID(name.removeprefix("piece-")), Kind(kind), UUID(by_id) if by_id else None)
            )
        except ValueError:
            return None
    return steps


def _form(request: Request, form: LossForm, *, status: int = 200) -> HttpResponse:
    on = today(request, clock.now())
    context = {"form": form, "away": queries.away_between(on, on + timedelta(days=366))}
    return page(request, "repair.html", context, status=status)


def _proposal(request: Request, form: LossForm, refused: dict[UUID, Exception] | None = None) -> HttpResponse:
    loss = _loss(form)
    found = queries.proposal(loss, zone=request.visit.house.zone, at=clock.now(), leading=LEADING)
    names = {**dict(staff_choices()), **dict(space_choices())}
    context = {
        "form": form,
        "told": [(key, form[key].value() or "") for key in KEYS],
        "found": found,
        "rows": [_row(piece, found, names, refused or {}) for piece in found.repair.pieces],
        "subject": names.get(loss.subject_id, ""),
        "stale": bool(refused),
        "gone": {
            str(words.changed(error)) for each, error in (refused or {}).items() if each not in found.rosters
        },
    }
    return page(request, "repair_proposal.html", context, status=422 if refused else 200)


def _row(piece: Piece, found: Proposal, names: dict[object, object], refused: dict[UUID, Exception]) -> Row:
    roster = found.rosters[piece.touched.id]
    return Row(
        id=piece.touched.id,
        facts=roster.appointment,
        people=len(roster.people),
        choices=tuple(_choice(way, way is piece.way, names) for way in piece.ways),
        cancels=piece.way.kind is Kind.CANCEL,
        trouble=words.changed(refused[piece.touched.id]) if piece.touched.id in refused else "",
    )


def _choice(way: Way, chosen: bool, names: dict[object, object]) -> Choice:
    value = f"{way.kind.value}:{way.by_id}" if way.by_id else way.kind.value
    name = {"name": names.get(way.by_id, "")}
    labels = {
        Kind.STAYS: _("The others lead it"),
        Kind.SUBSTITUTE: _("%(name)s leads") % name,
        Kind.ROOM: _("In %(name)s") % name,
        Kind.VIDEO: _("By video"),
        Kind.CANCEL: _("Cancel it"),
    }
    return Choice(value, labels[way.kind], chosen)
