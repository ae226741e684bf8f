"""A patient fills in a consent, reads it, signs it or says no, and keeps a copy."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from homeground.audit import actions as audit
from homeground.chart import queries as chart
from homeground.confidentiality import actions as confidentiality
from homeground.confidentiality.actions import proposals
from homeground.confidentiality.queries import ConsentNotHere
from homeground.confidentiality.queries import proposals as waiting
from homeground.confidentiality.queries.proposals import ProposalNotHere, Proposed
from homeground.confidentiality.rules.offers import OFFERS
from homeground.confidentiality.rules.vocabulary import ConsentKind
from homeground.desk.forms import ConsentForm, SigningForm
from homeground.desk.words import CONSENT_KINDS
from homeground.ground import clock
from homeground.ground.actor import Actor
from homeground.ground.visit import Request
from homeground.interop.queries.copies import consent_copy
from homeground.interop.rules import typeset
from homeground.people import queries as people
from homeground.timetable.rules.occurrences import local_day


@require_GET
def kinds(request: Request) -> HttpResponse:
    """Which kind of consent: each is a form of its own."""
    _person(request)
    return render(
        request, "desk/consent_kinds.html", {"kinds": CONSENT_KINDS, "address": "desk:consent_form"}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def consent_form(request: Request, kind: str) -> HttpResponse:
    """Who, what, what for and how long; then the text is read before anything is signed."""
    person_id, form = _person(request), _form(request, _kind(kind))
    if request.method == "POST" and form.is_valid():
        try:
            proposal_id = proposals.propose(
                person_id=person_id,
                draft=form.draft(person=full_name(person_id), discloser=request.visit.house.name),
                recipient_kind=form.recipient_kind_chosen,
                recipient_address=form.cleaned_data.get("recipient_address", ""),
                by=request.visit.actor,
                at=clock.now(),
            )
        except confidentiality.ConsentFaulty as refusal:
            form.tell(refusal.faults)
        else:
            return redirect("desk:proposal", proposal_id=proposal_id)
    status = 422 if form.errors else 200
    context = {"form": form, "kind": CONSENT_KINDS[form.kind]}
    return render(request, "desk/consent_form.html", context, status=status)


@require_GET
def proposal(request: Request, proposal_id: UUID) -> HttpResponse:
    """The text to read, and where to sign."""
    return signing_page(request, _own(request, proposal_id))


@require_POST
def signature(request: Request, proposal_id: UUID) -> HttpResponse:
    """Sign what was read."""
    found = _own(request, proposal_id)
    form = SigningForm(request.POST, cosigner=found.cosigner)
    if found.cosigner or found.representative:  # who signs with or for a person comes to the clinic
        raise Http404
    if not sign(request, found, form, by=request.visit.actor):
        return signing_page(request, found, form, status=422)
    messages.success(request, _("Signed. You can stop it here at any time."))
    return redirect("desk:privacy")


@require_POST
def refusal(request: Request, proposal_id: UUID) -> HttpResponse:
    """Say no: nothing changes."""
    found = _own(request, proposal_id)
    proposals.decline_proposal(proposal_id=found.id, by=request.visit.actor, at=clock.now())
    messages.info(request, _("You said no. Your care stays the same."))
    return redirect("desk:privacy")


@require_GET
def copy(request: Request, consent_id: UUID) -> HttpResponse:
    """What was signed, to keep: the person's own, so no consent is asked (check F10)."""
    at, person_id = clock.now(), _person(request)
    try:
        found = waiting.signed_text(consent_id)
    except ConsentNotHere:
        raise Http404 from None
    if found.person_id != person_id:
        raise Http404
    audit.record(
        by=request.visit.actor,
        at=at,
        event="desk.consent.copied",
        subject_kind="consent",
        subject_id=consent_id,
        patient_id=person_id,
    )
    return HttpResponse(
        typeset.pdf(consent_copy(found, request.visit.house)),
        content_type="application/pdf",
        headers={"Content-Disposition": 'attachment; filename="document.pdf"', "Cache-Control": "no-store"},
    )


def language() -> str:
    """The language of the page: "en" or "es"."""
    return "es" if (get_language() or "en").startswith("es") else "en"


def full_name(person_id: UUID) -> str:
    """The name a consent carries."""
    found = people.person(person_id)
    return f"{found.given_name} {found.family_name}".strip()


def signing_page(
    request: Request,
    found: Proposed,
    form: SigningForm | None = None,
    *,
    status: int = 200,
    address: str = "",
) -> HttpResponse:
    """The text in the language of the page, with its digest, and the place to sign."""
    initial = {"language": found.text.language, "digest": found.text.digest}
    shown = form or SigningForm(initial=initial, cosigner=found.cosigner)
    context = {
        "found": found,
        "lines": found.text.text.strip().splitlines(),
        "kind": CONSENT_KINDS[found.kind],
        "form": shown,
        "address": address,
        "here": bool(address),
    }
    return render(request, "desk/proposal.html", context, status=status)


def sign(request: Request, found: Proposed, form: SigningForm, *, by: Actor) -> bool:
    """Sign with what was typed; False, and the reason at its field, when it cannot be."""
    if not form.is_valid():
        return False
    told = form.cleaned_data
    try:
        proposals.sign_proposal(
            proposal_id=found.id,
            signature=told["signature"],
            cosignature=told.get("cosignature", ""),
            language=told["language"],
            zone=request.visit.house.zone,
            state=chart.state_of_care(found.person_id),
            read_digest=told["digest"],
            by=by,
            at=clock.now(),
        )
    except ProposalNotHere:
        raise Http404 from None
    except (confidentiality.ConsentFaulty, confidentiality.NeedsConfirmation) as refusal:
        form.tell(refusal.faults)
        return False
    except confidentiality.TextChanged:
        form.add_error(None, _("The text has changed. Please read it once more."))
        return False
    return True


def _kind(kind: str) -> ConsentKind:
    if kind not in {each.value for each in OFFERS}:
        raise Http404
    return ConsentKind(kind)


def _form(request: Request, kind: ConsentKind) -> ConsentForm:
    zone = request.visit.house.zone
    return ConsentForm(
        request.POST or None,
        kind=kind,
        language=language(),
        today=local_day(clock.now(), zone),
        zone=zone,
    )


def _own(request: Request, proposal_id: UUID) -> Proposed:
    try:
        found = waiting.proposal(proposal_id, language(), request.visit.house.zone)
    except ProposalNotHere:
        raise Http404 from None
    if found.person_id != _person(request):
        raise Http404
    return found


def _person(request: Request) -> UUID:
    person_id = request.visit.actor.person_id
    if person_id is None:
        raise Http404
    return person_id
