from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.treatment import note_words
from homeground.treatment.actions import drafts, signing
from homeground.treatment.queries.curriculum import course, next_lesson
from homeground.treatment.queries.workspace import Workspace, WorkspaceNotHere, workspace
from homeground.treatment.rules.marks import NotAChange
from homeground.treatment.views import notes_page
from homeground.treatment.views.shell import page, zone

REFUSED = (drafts.NotTheWriter, drafts.SheetNotTaken, drafts.NobodyBehind)


@require_http_methods(["GET", "HEAD", "POST"])
def session(request: Request, appointment_id: UUID) -> HttpResponse:
    """The workspace of a session; a POST keeps what was typed, as JSON when script asks for it."""
    at = clock.now()
    if request.method != "POST":
        return _shown(request, appointment_id, at)
    try:
        saved = drafts.save_drafts(
            appointment_id=appointment_id,
            changes=notes_page.read_changes(request.POST),
            by=request.visit.actor,
            at=at,
        )
    except WorkspaceNotHere:
        raise Http404 from None
    except (NotAChange, *REFUSED):
        if request.accepts("text/html"):
            return _shown(request, appointment_id, at, broken=True, status=422)
        return JsonResponse({"refused": _("Not saved. Open the page again to see why.")}, status=422)
    if request.accepts("text/html"):
        return redirect("treatment:session_notes", appointment_id=appointment_id)
    return JsonResponse(_as_json(request, saved, at))


def _as_json(request: Request, saved: drafts.Saved, at: datetime) -> dict[str, Any]:
    """What the page has to learn: texts of the drafter, fields two people changed, new tokens."""
    shared = 0 if saved.shared is None else saved.shared.version
    fields: dict[str, Any] = {
        f"{row.patient_id}.text": row.text for row in saved.notes if row.hand_at is None
    }
    for each in saved.collisions:
        value = each.value if isinstance(each.value, str) else list(each.value)
        fields[f"{each.patient_id or 'shared'}.{each.name}"] = value
    return {
        "saved": _("Saved %(time)s") % {"time": f"{at.astimezone(zone(request)):%H:%M}"},
        "fields": fields,
        "both": [f"{each.patient_id or 'shared'}.{each.name}" for each in saved.collisions],
        "note": _("Somebody else wrote here at the same time. Both texts are kept: please read."),
        "versions": {str(row.patient_id): row.version for row in saved.notes},
        "shared": shared,
        "late": [str(each) for each in saved.too_late],
        "late_note": _("This note was signed meanwhile. Add to it instead."),
    }


@require_safe
def checks(request: Request, appointment_id: UUID) -> HttpResponse:
    """What the guards say now, for the page that is being typed on."""
    found = _found(request, appointment_id, clock.now())
    cards = notes_page.shown_cards(found)
    return JsonResponse(
        {
            "cards": {
                card.id: {
                    "passes": card.passes,
                    "asks": card.asks,
                    "told": [{"words": each.words, "blocks": each.blocks} for each in card.told],
                }
                for card in cards
                if not card.card.signed
            },
            "passing": len(found.passing),
            "sign_all": _sign_all(found),
        }
    )


@require_POST
def signatures(request: Request, appointment_id: UUID) -> HttpResponse:
    """Keep what was typed last, then sign one note or all that pass."""
    at = clock.now()
    try:
        found = signing.sign_notes(
            appointment_id=appointment_id,
            chosen=notes_page.read_chosen(request.POST),
            seen=notes_page.read_seen(request.POST),
            waived=notes_page.read_waived(request.POST),
            changes=notes_page.read_changes(request.POST),
            by=request.visit.actor,
            at=at,
        )
    except WorkspaceNotHere:
        raise Http404 from None
    except (NotAChange, *REFUSED, signing.MayNotSign):
        return _shown(request, appointment_id, at, broken=True, status=422)
    _tell(request, found)
    return redirect("treatment:session_notes", appointment_id=appointment_id)


def _tell(request: Request, found: signing.SignedNow) -> None:
    if found.signed:
        count = len(found.signed)
        text = ngettext("%(count)s note signed.", "%(count)s notes signed.", count) % {"count": count}
        messages.success(request, text)
    if found.changed:
        messages.warning(request, _("Something changed after you looked. Read it again, then sign."))
    if found.held_back:
        messages.warning(request, _("Not signed yet: see what is said beside the note."))


@require_POST
def takeovers(request: Request, appointment_id: UUID) -> HttpResponse:
    """Write the notes of a session somebody else led."""
    at = clock.now()
    try:
        signing.take_over(
            appointment_id=appointment_id, why=request.POST.get("why", ""), by=request.visit.actor, at=at
        )
    except WorkspaceNotHere:
        raise Http404 from None
    except signing.NothingSaid:
        return _shown(request, appointment_id, at, why_missing=True, status=422)
    messages.success(request, _("The notes of this session are yours to write."))
    return redirect("treatment:session_notes", appointment_id=appointment_id)


def _found(request: Request, appointment_id: UUID, at: datetime) -> Workspace:
    try:
        return workspace(appointment_id, at=at, by=request.visit.actor)
    except WorkspaceNotHere:
        raise Http404 from None


def _next(found: Workspace) -> str:
    """What the group's rotation brings next, while nothing is written about the topic."""
    if found.sheet is None or (found.sheet.shared is not None and found.sheet.shared.topic):
        return ""
    lesson = next_lesson(found.appointment.group_id, found.sheet.starts_at)
    return lesson.title if lesson else ""


def _sign_all(found: Workspace) -> str:
    count = len(found.passing)
    return ngettext("Sign the %(count)s that passes", "Sign the %(count)s that pass", count) % {
        "count": count
    }


def _shown(
    request: Request,
    appointment_id: UUID,
    at: datetime,
    *,
    broken: bool = False,
    why_missing: bool = False,
    status: int = 200,
) -> HttpResponse:
    found = _found(request, appointment_id, at)
    with timezone.override(zone(request)):
        context = {
            "found": found,
            "cards": notes_page.shown_cards(found),
            "shared": None if found.sheet is None else found.sheet.shared,
            "kind": note_words.KINDS[found.kind],
            "refusals": [note_words.REFUSALS[each] for each in found.decision.reasons],
            "sign_all": _sign_all(found),
            "account": request.visit.actor.account_id,
            "checks_url": reverse("treatment:checks", args=[appointment_id]),
            "course": course(),
            "next": _next(found),
            "broken": broken,
            "why_missing": why_missing,
            "at": at,
        }
        return page(request, "session_notes.html", context, status=status)
