"""The notes about one person: the list, a new one, and what only its author may ever read."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from homeground.chart import queries as chart
from homeground.ground import clock, envelope
from homeground.ground.visit import Request
from homeground.people.roles import CLINICIANS
from homeground.treatment import note_words
from homeground.treatment.actions import private_note as private
from homeground.treatment.actions import single
from homeground.treatment.forms import NewNoteForm, PrivateNoteForm
from homeground.treatment.queries.person_notes import person_notes as find
from homeground.treatment.queries.private_note import my_private_notes
from homeground.treatment.queries.single import PatientNotHere
from homeground.treatment.rules.private_note import Kind, belongs_in_chart
from homeground.treatment.rules.signing import NoteKind
from homeground.treatment.views.shell import page, today, zone


@require_http_methods(["GET", "HEAD", "POST"])
def person_notes(request: Request, patient_id: UUID) -> HttpResponse:
    """A person's signed notes and the reader's drafts; a POST begins a note of the kind chosen."""
    at = clock.now()
    if request.method != "POST":
        return _list(request, patient_id, at)
    form = NewNoteForm(request.POST)
    if not form.is_valid():
        return _list(request, patient_id, at, form=form)
    now = at.astimezone(zone(request))
    wall = now.time().replace(second=0, microsecond=0)
    try:
        note_id = single.begin_note(
            patient_id=patient_id,
            kind=NoteKind(form.cleaned_data["kind"]),
            times=single.Times(now.date(), wall, wall),
            by=request.visit.actor,
            at=at,
        )
    except PatientNotHere:
        raise Http404 from None
    return redirect("treatment:draft", note_id=note_id)


def _list(
    request: Request, patient_id: UUID, at: datetime, *, form: NewNoteForm | None = None
) -> HttpResponse:
    number = request.GET.get("page", "1")
    number_of = int(number) if number.isdecimal() and 0 < int(number) < 1000 else 1
    try:
        found = find(
            patient_id, by=request.visit.actor, at=at, zone=request.visit.house.zone, number=number_of
        )
    except PatientNotHere:
        raise Http404 from None
    context = {
        "found": found,
        "kinds": [(kind, note_words.KINDS[kind]) for kind in found.kinds],
        "lines": [(each, note_words.KINDS[each.kind]) for each in found.lines],
        "drafts": [(each, note_words.KINDS[each.kind]) for each in found.drafts],
        "number": number_of,
        "form": form,
        "may_keep": request.visit.actor.has(*CLINICIANS),
    }
    return page(request, "person_notes.html", context, status=422 if form else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def private_notes(request: Request, patient_id: UUID) -> HttpResponse:
    """One's own private notes about a person, closed; a POST writes another one."""
    at = clock.now()
    form = PrivateNoteForm(request.POST or None, initial={"about_on": today(request, at)})
    if request.method != "POST" or not form.is_valid():
        return _private(request, patient_id, form)
    try:
        written = private.write_private_note(
            patient_id=patient_id,
            kind=Kind(form.cleaned_data["kind"]),
            about_on=form.cleaned_data["about_on"],
            text=form.cleaned_data["text"],
            by=request.visit.actor,
            at=at,
        )
    except private.PatientNotHere:
        raise Http404 from None
    except private.ConversationToCome:
        form.add_error("about_on", _("A note is about a conversation that took place."))
        return _private(request, patient_id, form)
    except envelope.Shredded:
        form.add_error(None, _("Private notes about this person were destroyed for good. Write none."))
        return _private(request, patient_id, form)
    return _kept(request, written)


def _kept(request: Request, written: private.Written) -> HttpResponse:
    messages.success(request, _("Kept for your eyes alone."))
    if written.belongs_in_chart:
        messages.warning(request, _("Some of it looks like a fact of the chart. See beside the note."))
    return redirect("treatment:private_note", private_note_id=written.id)


def _private(request: Request, patient_id: UUID, form: PrivateNoteForm) -> HttpResponse:
    name = chart.patient_name(patient_id)
    if name is None:
        raise Http404
    rows = my_private_notes(patient_id, request.visit.actor)
    context = {
        "name": name.name,
        "patient_id": patient_id,
        "rows": [(each, note_words.PRIVATE[each.kind]) for each in rows],
        "form": form,
    }
    return page(request, "private_notes.html", context, status=422 if form.errors else 200)


@require_safe
def private_note(request: Request, private_note_id: UUID) -> HttpResponse:
    """One's own private note, opened; nobody else's exists."""
    try:
        found = private.read_private_note(note_id=private_note_id, by=request.visit.actor, at=clock.now())
    except (private.PrivateNoteNotHere, envelope.Shredded):
        raise Http404 from None
    name = chart.patient_name(found.patient_id)
    context = {
        "found": found,
        "kind": note_words.PRIVATE[found.kind],
        "name": name.name if name else "",
        "hints": [note_words.BELONGS[each] for each in belongs_in_chart(found.text)],
    }
    return page(request, "private_note.html", context)
