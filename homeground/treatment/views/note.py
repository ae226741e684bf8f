"""One signed note, and the lists of what waits for a signature."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.people.roles import Role
from homeground.treatment import note_words
from homeground.treatment.actions import signing
from homeground.treatment.queries.cards import Amended, NoteNow
from homeground.treatment.queries.notes import NoteNotHere, returned_to, sessions_to_sign, to_cosign
from homeground.treatment.queries.person_notes import drafts_owed
from homeground.treatment.queries.workspace import SEES_EVERY_NOTE
from homeground.treatment.rules.merge import Words, difference
from homeground.treatment.rules.signing import NotAllowed, NoteKind
from homeground.treatment.views.shell import page


@dataclass(frozen=True)
class ShownAddendum:
    """An addendum with its difference to the wording before it."""

    addendum: Amended
    difference: tuple[Words, ...]


@require_safe
def notes(request: Request) -> HttpResponse:
    """What is not signed, one's own and what one answers for, and what waits for a co-signature."""
    at, actor = clock.now(), request.visit.actor
    own = None if actor.has(Role.DIRECTOR) else actor.person_id
    drafts = drafts_owed(at, author_id=own)
    returned = returned_to(actor.person_id) if actor.person_id else ()
    context = {
        "sessions": sessions_to_sign(at, own),
        "drafts": [(each, note_words.KINDS[each.kind]) for each in drafts],
        "returned": [(each, note_words.KINDS[each.kind]) for each in returned],
        "cosign": to_cosign() if actor.has(*SEES_EVERY_NOTE) else None,
        "may_oversee": actor.has(Role.DIRECTOR),
        "mine": actor.person_id,
    }
    return page(request, "notes.html", context)


@require_safe
def note(request: Request, note_id: UUID) -> HttpResponse:
    """One note with everything that was added to it."""
    return shown(request, note_id, clock.now())


@require_POST
def cosignature(request: Request, note_id: UUID) -> HttpResponse:
    """Sign under a note that waits for it."""
    at = clock.now()
    try:
        signing.cosign(
            note_id=note_id, remark=request.POST.get("remark", "")[:300], by=request.visit.actor, at=at
        )
    except NoteNotHere:
        raise Http404 from None
    except signing.MayNotSign as refused:
        return shown(request, note_id, at, reasons=refused.decision.reasons, status=422)
    except signing.NotOwed:
        messages.warning(request, _("This note waits for no co-signature."))
    else:
        messages.success(request, _("Co-signed."))
    return redirect("treatment:note", note_id=note_id)


@require_POST
def addenda(request: Request, note_id: UUID) -> HttpResponse:
    """Say how a signed note reads from now on."""
    at = clock.now()
    text, why = request.POST.get("text", ""), request.POST.get("why", "")
    try:
        signing.add_to(note_id=note_id, text=text, why=why, by=request.visit.actor, at=at)
    except NoteNotHere:
        raise Http404 from None
    except signing.MayNotSign as refused:
        reasons = refused.decision.reasons
        return shown(request, note_id, at, reasons=reasons, typed=(text, why), status=422)
    except (signing.NothingSaid, signing.NotSigned):
        return shown(request, note_id, at, typed=(text, why), status=422)
    messages.success(request, _("The addendum is signed."))
    return redirect("treatment:note", note_id=note_id)


def shown(
    request: Request,
    note_id: UUID,
    at: datetime,
    *,
    reasons: tuple[NotAllowed, ...] = (),
    typed: tuple[str, str] | None = None,
    words_missing: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The page of one note; what was refused comes back with what was typed."""
    try:
        found = signing.read_note(note_id=note_id, by=request.visit.actor, at=at)
    except NoteNotHere:
        raise Http404 from None
    context = {
        **_facts(request, found),
        "refusals": [note_words.REFUSALS[each] for each in reasons],
        "words_missing": words_missing,
        "nothing_said": typed is not None and not reasons,
        "typed_text": typed[0] if typed else found.reads,
        "typed_why": typed[1] if typed else "",
    }
    return page(request, "note.html", context, status=status)


def _facts(request: Request, found: NoteNow) -> dict[str, object]:
    person = found.row.patient.person
    return {
        "note": found,
        "row": found.row,
        "name": f"{person.called or person.given_name} {person.family_name}".strip(),
        "kind": note_words.KINDS[NoteKind(found.row.kind)],
        "amended": _amended(found),
        "may_cosign": request.visit.actor.has(*SEES_EVERY_NOTE),
        "own": found.row.author_id == request.visit.actor.person_id,
    }


def _amended(found: NoteNow) -> list[ShownAddendum]:
    before, shown = found.row.text, []
    for each in found.addenda:
        shown.append(ShownAddendum(each, difference(before, each.text)))
        before = each.text
    return shown
