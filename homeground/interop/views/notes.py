"""An author hands over their own notes, to whom a consent for these notes alone names."""

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from homeground.chart import queries as chart
from homeground.confidentiality import actions as confidentiality
from homeground.confidentiality import queries as confidential
from homeground.confidentiality.rules import words as plain
from homeground.confidentiality.rules.vocabulary import ConsentKind
from homeground.ground import clock, envelope
from homeground.ground.visit import Request
from homeground.interop.actions.notes import OtherConsent, release_notes
from homeground.interop.forms import NotesForm
from homeground.interop.rules.packet import MEDIA
from homeground.interop.views.own import NAMED
from homeground.treatment.actions.private_note import PrivateNoteNotHere
from homeground.treatment.queries.private_note import my_private_notes, private_note_kinds


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notes(request: Request, patient_id: UUID) -> HttpResponse:
    """Choose a consent and notes; a POST hands the packet over and accounts for it."""
    at, name = clock.now(), chart.patient_name(patient_id)
    if name is None:
        raise Http404
    consents, mine = _consents(name.person_id, at), _mine(request, patient_id)
    form = NotesForm(request.POST or None, consents=consents, notes=mine)
    if request.method == "POST" and form.is_valid():
        handed = _released(request, patient_id, form, at)
        if handed is not None:
            return handed
    context = {"name": name.name, "patient_id": patient_id, "form": form, "consents": consents, "notes": mine}
    return render(request, "interop/notes.html", context, status=422 if form.errors else 200)


def _released(request: Request, patient_id: UUID, form: NotesForm, at: datetime) -> HttpResponse | None:
    """The packet; None, and why in the form, when it may not leave."""
    visit = request.visit
    try:
        found = release_notes(patient_id=patient_id, **form.wish(), house=visit.house, by=visit.actor, at=at)
    except (OtherConsent, confidentiality.Refused):
        form.add_error("consent", _("This consent does not allow it now. Nothing has left."))
    except (PrivateNoteNotHere, envelope.Shredded):
        form.add_error("notes", _("One of these notes is of a kind this consent does not name."))
    else:
        headers = {"Content-Disposition": NAMED[found.media_type], "Cache-Control": "no-store"}
        return HttpResponse(found.body, content_type=MEDIA[form.wish()["format"]], headers=headers)
    return None


def _consents(person_id: UUID, at: datetime) -> list[tuple[str, str]]:
    """Consents for notes kept apart that hold now, in words."""
    return [
        (
            str(each.facts.id),
            f"{plain.recipients(each.facts.recipients, 'en')}: {plain.listed(each.parts, 'en')}",
        )
        for each in confidential.consents_of(person_id, at)
        if each.in_force and each.facts.kind is ConsentKind.COUNSELING_NOTES
    ]


def _mine(request: Request, patient_id: UUID) -> list[tuple[str, str]]:
    """The reader's own notes about this person, by day and kind, closed."""
    words = private_note_kinds()
    return [
        (str(each.id), f"{each.about_on.isoformat()}: {words[each.kind]}")
        for each in my_private_notes(patient_id, request.visit.actor)
    ]
