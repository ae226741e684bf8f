"""Staff start a consent for somebody, hand a screen over to sign it, and record what was said or shown."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeground.audit import actions as audit
from homeground.confidentiality import actions as confidentiality
from homeground.confidentiality.actions import proposals
from homeground.confidentiality.queries import proposals as waiting
from homeground.confidentiality.queries.proposals import OnScreen, ProposalNotHere
from homeground.confidentiality.rules.offers import OFFERS
from homeground.confidentiality.rules.vocabulary import ConsentKind, Signer
from homeground.desk.forms import RepresentativeForm, SigningForm, StaffConsentForm
from homeground.desk.queries.consents import NobodyHere, PersonConsents, person_consents
from homeground.desk.views.consents import full_name, language, sign, signing_page
from homeground.desk.words import CONSENT_KINDS
from homeground.ground import clock
from homeground.ground.actor import Actor
from homeground.ground.visit import Request
from homeground.people import queries as people
from homeground.timetable.rules.occurrences import local_day

COOKIE, PATH = "signing", "/desk/sign/"


@require_safe
def consents(request: Request, patient_id: UUID) -> HttpResponse:
    """A person's consents; opening the page is part of their record."""
    found = _read(request, patient_id)
    audit.record(
        by=request.visit.actor,
        at=clock.now(),
        event="desk.consents.read",
        subject_kind="patient",
        subject_id=patient_id,
        patient_id=patient_id,
    )
    return _page(request, found, RepresentativeForm())


@require_http_methods(["GET", "HEAD", "POST"])
def consent_form(request: Request, patient_id: UUID, kind: str) -> HttpResponse:
    """Fill in a consent for somebody: they read and sign it on their phone or on a screen here."""
    found = _read(request, patient_id)
    form = _form(request, found, kind)
    if request.method == "POST" and form.is_valid() and _propose(request, found, form):
        messages.success(request, _("Ready to read and sign."))
        return redirect("desk:person_consents", patient_id=patient_id)
    context = {"page": found, "form": form, "kind": CONSENT_KINDS[form.kind]}
    return render(request, "desk/person_consent_form.html", context, status=422 if form.errors else 200)


@require_POST
def screen(request: Request, patient_id: UUID, proposal_id: UUID) -> HttpResponse:
    """Hand this very screen over: whoever works here is signed out before the text is shown."""
    _waits(request, patient_id, proposal_id)
    if request.POST.get("here") != "yes":  # it signs somebody out: only the button itself means it
        return redirect("desk:person_consents", patient_id=patient_id)
    secret = proposals.hand_over_screen(proposal_id=proposal_id, by=request.visit.actor, at=clock.now())
    logout(request)
    response = redirect("desk:sign_here")
    response.set_cookie(
        COOKIE,
        secret,
        max_age=int(proposals.SCREEN_LIFE.total_seconds()),
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


@require_POST
def withdrawal(request: Request, patient_id: UUID, proposal_id: UUID) -> HttpResponse:
    """What was filled in is not to be signed after all."""
    _waits(request, patient_id, proposal_id)
    proposals.decline_proposal(proposal_id=proposal_id, by=request.visit.actor, at=clock.now())
    messages.success(request, _("Taken back. Nothing was signed."))
    return redirect("desk:person_consents", patient_id=patient_id)


@require_POST
def ending(request: Request, patient_id: UUID, consent_id: UUID) -> HttpResponse:
    """The person said, or wrote, that a consent shall end: it holds from now on (check F07)."""
    found, at = _read(request, patient_id), clock.now()
    if consent_id not in {each.id for each in found.permissions if each.may_stop}:
        raise Http404
    confidentiality.revoke_consent(consent_id=consent_id, revoked_at=at, by=request.visit.actor, at=at)
    messages.success(request, _("Ended. From now on nothing is shared by it."))
    return redirect("desk:person_consents", patient_id=patient_id)


@require_POST
def representatives(request: Request, patient_id: UUID) -> HttpResponse:
    """Note who may sign for or with a person, and by which paper this was shown."""
    found, form = _read(request, patient_id), RepresentativeForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    at = clock.now()
    confidentiality.record_representative(
        person_id=found.person_id,
        holder_id=None,
        name=form.cleaned_data["name"],
        capacity=Signer(form.cleaned_data["capacity"]),
        shown_by=form.cleaned_data["shown_by"],
        starts_on=local_day(at, request.visit.house.zone),
        ends_on=None,
        by=request.visit.actor,
        at=at,
    )
    messages.success(request, _("Noted."))
    return redirect("desk:person_consents", patient_id=patient_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_here(request: Request) -> HttpResponse:
    """The one text a screen was handed over for. It knows nobody, and nothing else of anybody."""
    try:
        shown = _on_screen(request)
    except ProposalNotHere:
        return _given_back(request, _("This page has ended. Please ask us."), status=410)
    found, by = shown.proposed, Actor(organization_id=request.visit.house.id, account_id=shown.by_id)
    if request.method != "POST":
        response = signing_page(request, found, address=PATH)
        # Left alone, the screen asks again when its time is over and then shows nothing of anybody.
        response.headers["Refresh"] = str(int(proposals.SCREEN_LIFE.total_seconds()) + 1)
        return response
    if request.POST.get("answer") == "no":
        proposals.decline_proposal(proposal_id=found.id, by=by, at=clock.now())
        return _given_back(request, _("You said no. Your care stays the same."))
    form = SigningForm(request.POST, cosigner=found.cosigner)
    if not sign(request, found, form, by=by):
        return signing_page(request, found, form, status=422, address=PATH)
    return _given_back(request, _("Signed. You can ask us for a copy."))


def _on_screen(request: Request) -> OnScreen:
    secret, house = request.COOKIES.get(COOKIE, ""), request.visit.house
    if not secret:
        raise ProposalNotHere
    return waiting.on_screen(secret, house.id, language(), house.zone, clock.now())


def _given_back(request: Request, said: str, *, status: int = 200) -> HttpResponse:
    """Thanks, and no way on: the screen goes back to who works here."""
    response = render(request, "desk/signed_here.html", {"said": said}, status=status)
    response.delete_cookie(COOKIE, path=PATH)
    return response


def _read(request: Request, patient_id: UUID) -> PersonConsents:
    try:
        return person_consents(patient_id, clock.now(), request.visit.house.zone)
    except NobodyHere:
        raise Http404 from None


def _waits(request: Request, patient_id: UUID, proposal_id: UUID) -> None:
    if proposal_id not in {each.id for each in _read(request, patient_id).waiting}:
        raise Http404


def _page(
    request: Request, found: PersonConsents, form: RepresentativeForm, *, status: int = 200
) -> HttpResponse:
    context = {"page": found, "form": form, "kinds": CONSENT_KINDS, "zone": request.visit.house.zone}
    return render(request, "desk/person_consents.html", context, status=status)


def _form(request: Request, found: PersonConsents, kind: str) -> StaffConsentForm:
    if kind not in {each.value for each in OFFERS}:
        raise Http404
    zone = request.visit.house.zone
    return StaffConsentForm(
        request.POST or None,
        kind=ConsentKind(kind),
        language=language(),
        today=local_day(clock.now(), zone),
        zone=zone,
        others=[(each.id, each.name, each.capacity.value) for each in found.others],
    )


def _propose(request: Request, found: PersonConsents, form: StaffConsentForm) -> bool:
    """Keep what was filled in; False, and the reason at its field, when it cannot be signed like this."""
    at, username = clock.now(), form.cleaned_data.get("relative", "").strip()
    relative = people.family_member(username, at) if username else None
    if username and (relative is None or form.recipient_kind_chosen != "family"):
        form.add_error("relative", _("No family member signs in here by this name."))
        return False
    try:
        proposals.propose(
            person_id=found.person_id,
            draft=form.draft(person=full_name(found.person_id), discloser=request.visit.house.name),
            recipient_kind=form.recipient_kind_chosen,
            recipient_id=relative,
            recipient_address=form.cleaned_data.get("recipient_address", ""),
            representative_id=form.other("signs"),
            cosigner_id=form.other("cosigner"),
            by=request.visit.actor,
            at=at,
        )
    except confidentiality.ConsentFaulty as refusal:
        form.tell(refusal.faults)
        return False
    return True
