"""What a supervisor and a director do about notes: send back, look over what a reviewer would stop at."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.people.queries import PersonNotHere
from homeground.treatment import note_words
from homeground.treatment.actions import signing, supervising
from homeground.treatment.forms import LicenceForm, SupervisionForm
from homeground.treatment.queries.compliance import compliance as find
from homeground.treatment.queries.notes import NoteNotHere
from homeground.treatment.queries.supervised import colleagues
from homeground.treatment.views import note
from homeground.treatment.views.shell import page, today

PERIODS = (7, 30, 90)


@require_POST
def returns(request: Request, note_id: UUID) -> HttpResponse:
    """Send a note back to its author with words, instead of co-signing it now."""
    at, words = clock.now(), request.POST.get("words", "")[:2000]
    try:
        supervising.send_back(note_id=note_id, words=words, by=request.visit.actor, at=at)
    except NoteNotHere:
        raise Http404 from None
    except signing.MayNotSign as refused:
        return note.shown(request, note_id, at, reasons=refused.decision.reasons, status=422)
    except signing.NothingSaid:
        return note.shown(request, note_id, at, words_missing=True, status=422)
    except signing.NotOwed:
        messages.warning(request, _("This note waits for no co-signature, or for its author."))
    else:
        messages.success(request, _("Sent back. It comes to you again once the author has added to it."))
    return redirect("treatment:note", note_id=note_id)


@require_safe
def compliance(request: Request) -> HttpResponse:
    """What a reviewer of notes would stop at, each with the next step."""
    at, asked = clock.now(), request.GET.get("days", "30")
    days = int(asked) if asked in {str(each) for each in PERIODS} else 30
    found = find(at, days=days)
    context = {
        "found": found,
        "days": days,
        "periods": PERIODS,
        "sections": [(each, *note_words.FINDINGS[each.finding]) for each in found.found],
        "drafts": [(each, note_words.KINDS[each.kind]) for each in found.drafts],
    }
    return page(request, "compliance.html", context)


@require_safe
def supervision(request: Request) -> HttpResponse:
    """Who answers for whose notes, and which letters end when."""
    return _staff(request, clock.now())


def _staff(
    request: Request, at: datetime, *, form: SupervisionForm | LicenceForm | None = None
) -> HttpResponse:
    on = today(request, at)
    rows = colleagues(on)
    context = {
        "rows": rows,
        "on": on,
        "supervision_form": form
        if isinstance(form, SupervisionForm)
        else SupervisionForm(people=rows, on=on),
        "licence_form": form if isinstance(form, LicenceForm) else LicenceForm(people=rows),
        "form": form,
    }
    return page(request, "supervision.html", context, status=422 if form else 200)


@require_POST
def supervisions(request: Request) -> HttpResponse:
    """Record who answers for a colleague's notes."""
    at = clock.now()
    on = today(request, at)
    form = SupervisionForm(request.POST, people=colleagues(on), on=on)
    if form.is_valid():
        data = form.cleaned_data
        try:
            supervising.record_supervision(
                person_id=data["person"],
                supervisor_id=data["supervisor"] or None,
                starts_on=data["starts_on"],
                ends_on=_after(data["through"]),
                by=request.visit.actor,
                at=at,
            )
        except (PersonNotHere, supervising.OwnSupervisor):
            form.add_error("supervisor", _("Choose somebody else."))
        except supervising.NotAPeriod:
            form.add_error("through", _("The last day must come after the first."))
        else:
            messages.success(request, _("Recorded."))
            return redirect("treatment:supervision")
    return _staff(request, at, form=form)


@require_POST
def licences(request: Request) -> HttpResponse:
    """Record until when a colleague's letters hold."""
    at = clock.now()
    form = LicenceForm(request.POST, people=colleagues(today(request, at)))
    if form.is_valid():
        data = form.cleaned_data
        try:
            supervising.record_licence(
                person_id=data["person"],
                letters=data["letters"],
                state=data["state"],
                ends_on=data["through"] + timedelta(days=1),
                by=request.visit.actor,
                at=at,
            )
        except PersonNotHere:
            form.add_error("person", _("Choose somebody else."))
        except supervising.NotTheirLetters:
            form.add_error("letters", _("These letters do not stand after this person’s name."))
        else:
            messages.success(request, _("Recorded."))
            return redirect("treatment:supervision")
    return _staff(request, at, form=form)


def _after(through: date | None) -> date | None:
    return None if through is None else through + timedelta(days=1)
