"""A note of no group session: the page on which it is written, and what is done to it."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.treatment import note_words
from homeground.treatment.actions import signing, single
from homeground.treatment.actions.drafts import Change
from homeground.treatment.queries.notes import NoteNotHere
from homeground.treatment.queries.single import Single
from homeground.treatment.queries.single import single as find
from homeground.treatment.rules.marks import NotAChange
from homeground.treatment.views import notes_page, single_page
from homeground.treatment.views.shell import page, zone

REFUSED = (single.NotTheAuthor, single.NoDraft, single.NotATime, NotAChange, ValueError)


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: Request, note_id: UUID) -> HttpResponse:
    """The page of a draft; a POST keeps what was typed, as JSON when script asks for it."""
    at = clock.now()
    if request.method != "POST":
        return _shown(request, note_id, at)
    try:
        changes, times = _typed(request)
        kept = single.keep_note(note_id=note_id, changes=changes, times=times, by=request.visit.actor, at=at)
    except NoteNotHere:
        raise Http404 from None
    except REFUSED as refused:
        if request.accepts("text/html"):
            return _shown(request, note_id, at, refused=_words(refused))
        return JsonResponse({"refused": _words(refused)}, status=422)
    if request.accepts("text/html"):
        return redirect("treatment:draft", note_id=note_id)
    return JsonResponse(_as_json(request, note_id, kept, at))


def _as_json(request: Request, note_id: UUID, kept: single.Kept, at: datetime) -> dict[str, Any]:
    """What the page has to learn: the text, fields two windows changed, the new version."""
    fields: dict[str, Any] = {f"{note_id}.text": kept.text}
    for each in kept.collisions:
        fields[f"{note_id}.{each.name}"] = each.value if isinstance(each.value, str) else list(each.value)
    return {
        "saved": _("Saved %(time)s") % {"time": f"{at.astimezone(zone(request)):%H:%M}"},
        "fields": fields,
        "both": [f"{note_id}.{each.name}" for each in kept.collisions],
        "note": _("This note was also changed in another window. Both texts are kept: please read."),
        "versions": {str(note_id): kept.version},
        "shared": 0,
        "late": [],
        "late_note": "",
    }


@require_safe
def draft_checks(request: Request, note_id: UUID) -> HttpResponse:
    """What the guards say now, for the page that is being typed on."""
    found = _found(request, note_id, clock.now())
    told = [{"words": each.words, "blocks": each.blocks} for each in single_page.told(found)]
    asks = not found.passes and not any(each.blocks for each in found.problems)
    return JsonResponse(
        {
            "cards": {str(note_id): {"passes": found.passes, "asks": asks, "told": told}},
            "passing": int(found.passes),
            "sign_all": _("Sign this note"),
        }
    )


@require_POST
def signature(request: Request, note_id: UUID) -> HttpResponse:
    """Keep what was typed last, then sign."""
    at = clock.now()
    try:
        changes, times = _typed(request)
        found = single.sign_note(
            note_id=note_id,
            seen=request.POST.get(f"seen.{note_id}", ""),
            waived=request.POST.get(f"waive.{note_id}", ""),
            changes=changes,
            times=times,
            by=request.visit.actor,
            at=at,
        )
    except NoteNotHere:
        raise Http404 from None
    except signing.MayNotSign:
        return _shown(request, note_id, at, refused=_("What is saved stands below. You cannot sign it."))
    except REFUSED as refused:
        return _shown(request, note_id, at, refused=_words(refused))
    return _after(request, note_id, found)


def _after(request: Request, note_id: UUID, found: single.SignedOne) -> HttpResponse:
    if found.signed:
        messages.success(request, _("The note is signed."))
        return redirect("treatment:note", note_id=note_id)
    if found.changed:
        messages.warning(request, _("Something changed after you looked. Read it again, then sign."))
    else:
        messages.warning(request, _("Not signed yet: see what is said beside the note."))
    return redirect("treatment:draft", note_id=note_id)


@require_POST
def withdrawal(request: Request, note_id: UUID) -> HttpResponse:
    """Give up a draft that was begun by mistake."""
    at, why = clock.now(), request.POST.get("why", "")
    try:
        single.discard_note(note_id=note_id, why=why, by=request.visit.actor, at=at)
    except NoteNotHere:
        raise Http404 from None
    except signing.NothingSaid:
        return _shown(request, note_id, at, why_missing=True)
    except REFUSED as refused:
        return _shown(request, note_id, at, refused=_words(refused))
    messages.success(request, _("The draft is given up. Nobody owes it any more."))
    return redirect("treatment:notes")


def _typed(request: Request) -> tuple[tuple[Change, ...], single.Times | None]:
    """What was typed, and the times when one of them changed. Raises NotAChange, ValueError."""
    found = notes_page.read_changes(request.POST)
    changed = {each.name: str(each.value) for each in found if each.value != each.was}
    rest = tuple(each for each in found if each.name not in (*single_page.TIMES, "text"))
    if not changed.keys() & set(single_page.TIMES):
        return rest, None
    on, starts, ends = (changed.get(name, "") for name in single_page.TIMES)
    return rest, single.Times(
        date.fromisoformat(on) if on else None,
        time.fromisoformat(starts) if starts else None,
        time.fromisoformat(ends) if ends else None,
    )


def _words(refused: Exception) -> str:
    if isinstance(refused, single.NotATime):
        return _("Check day and times: not in the future, and not longer than twelve hours.")
    if isinstance(refused, single.NoDraft):
        return _("This note is signed or given up. Add to it instead.")
    if isinstance(refused, single.NotTheAuthor):
        return _("Somebody else is writing this note.")
    return _("Not saved. Open the page again to see why.")


def _found(request: Request, note_id: UUID, at: datetime) -> Single:
    try:
        return find(note_id, by=request.visit.actor, at=at)
    except NoteNotHere:
        raise Http404 from None


def _shown(
    request: Request, note_id: UUID, at: datetime, *, refused: str = "", why_missing: bool = False
) -> HttpResponse:
    found = _found(request, note_id, at)
    context = {
        "found": found,
        "shown": single_page.shown(found, zone(request)),
        "kind": note_words.KINDS[found.kind],
        "refusals": [note_words.REFUSALS[each] for each in found.decision.reasons if found.writes],
        "refused": refused,
        "why_missing": why_missing,
        "account": request.visit.actor.account_id,
        "checks_url": reverse("treatment:draft_checks", args=[note_id]),
        "at": at,
    }
    return page(request, "single_note.html", context, status=422 if refused or why_missing else 200)
