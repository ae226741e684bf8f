"""Measures as staff see them: one person, one questionnaire, everybody in treatment."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from homeground.audit import actions as audit
from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.people import queries as people
from homeground.people.roles import Role
from homeground.placement import actions
from homeground.placement.actions.measures import LINK_LIFE
from homeground.placement.forms import SendForm
from homeground.placement.queries import measures, trends
from homeground.placement.queries.caseload import caseload as everybody
from homeground.placement.queries.critical import open_criticals
from homeground.placement.queries.instruments import in_use
from homeground.placement.queries.measures import PacketNotHere, may_text
from homeground.placement.views.answering import remember
from homeground.placement.views.shell import draw

_REFUSALS = {
    actions.NotInUse: gettext_lazy("Choose questionnaires that can be answered this way."),
    actions.NobodyAnswers: gettext_lazy(
        "Nobody is on call, so this one is asked together with staff only. A director can name somebody."
    ),
}


@require_safe
def patient(request: Request, patient_id: UUID) -> HttpResponse:
    """How one person's measures went, what is waiting, and a way to ask again."""
    return _patient(request, patient_id, _form(request))


def _form(request: Request) -> SendForm:
    choices = [(code, f"{each.name}: {each.about}") for code, each in in_use().items()]
    return SendForm(request.POST if request.method == "POST" else None, instruments=choices)


def _patient(request: Request, patient_id: UUID, form: SendForm, status: int = 200) -> HttpResponse:
    at, visit = clock.now(), request.visit
    try:
        page = trends.patient_measures(patient_id, at, visit.house.zone)
    except trends.PatientNotHere:
        raise Http404 from None
    if status == 200:
        audit.record(
            by=visit.actor,
            at=at,
            event="placement.measure.read",
            subject_kind="patient",
            subject_id=patient_id,
            patient_id=patient_id,
        )
    context = {
        "page": page,
        "form": form,
        "criticals": open_criticals(patient_id),
        "may_text": may_text(page.patient.person_id),
        "contact": people.contact(page.patient.person_id),
        "now": at,
    }
    return draw(request, "measures.html", context, status=status)


@require_POST
def packets(request: Request, patient_id: UUID) -> HttpResponse:
    """Ask one person to answer questionnaires."""
    form = _form(request)
    if not form.is_valid():
        return _patient(request, patient_id, form, status=422)
    told, visit, at = form.cleaned_data, request.visit, clock.now()
    try:
        sent = actions.send(
            patient_id=patient_id,
            instruments=told["instruments"],
            mode=told["mode"],
            by=visit.actor,
            at=at,
        )
    except actions.PatientNotHere:
        raise Http404 from None
    except tuple(_REFUSALS) as refusal:
        form.add_error("instruments", str(_REFUSALS[type(refusal)]))
        return _patient(request, patient_id, form, status=422)
    if told["mode"] == "link":
        return _show_link(request, patient_id, sent.secret)
    return _here(request, actions.open_link(secret=sent.secret, by=visit.actor, at=at), told["mode"])


def _show_link(request: Request, patient_id: UUID, secret: str) -> HttpResponse:
    """The message to send, shown once; no cache keeps the page."""
    patient = trends.patient_measures(patient_id, clock.now(), request.visit.house.zone).patient
    person = people.person(patient.person_id)
    context = {
        "patient": patient,
        "language": person.language,
        "contact": people.contact(patient.person_id),
        "may_text": may_text(patient.person_id),
        "link": request.build_absolute_uri(reverse("placement:ask", args=[secret])),
        "until": clock.now() + LINK_LIFE,
    }
    response = draw(request, "measure_link.html", context)
    add_never_cache_headers(response)
    return response


def _here(request: Request, visit: str, mode: str) -> HttpResponse:
    """Go on in this browser; alone only after whoever works here is signed out."""
    if mode == "kiosk":
        logout(request)
    return remember(redirect("placement:check"), visit)


@require_POST
def visits(request: Request, packet_id: UUID) -> HttpResponse:
    """Answer a waiting packet on this screen."""
    at, mode = clock.now(), request.POST.get("mode", "")
    try:
        patient_id = measures.packet_patient(packet_id, at)
        opened = actions.open_here(packet_id=packet_id, mode=mode, by=request.visit.actor, at=at)
    except PacketNotHere:
        raise Http404 from None
    except tuple(_REFUSALS) as refusal:
        messages.error(request, str(_REFUSALS[type(refusal)]))
        return redirect("placement:measures", patient_id=patient_id)
    return _here(request, opened, mode)


@require_POST
def withdrawal(request: Request, packet_id: UUID) -> HttpResponse:
    """Ask no longer."""
    at = clock.now()
    try:
        patient_id = measures.packet_patient(packet_id, at)
        actions.withdraw(packet_id=packet_id, by=request.visit.actor, at=at)
    except PacketNotHere:
        raise Http404 from None
    messages.success(request, _("Withdrawn. What was answered so far is kept."))
    return redirect("placement:measures", patient_id=patient_id)


@require_safe
def administration(request: Request, administration_id: UUID) -> HttpResponse:
    """One questionnaire, answer by answer, with the licence it is shown under."""
    try:
        page = measures.administration(administration_id)
    except PacketNotHere:
        raise Http404 from None
    audit.record(
        by=request.visit.actor,
        at=clock.now(),
        event="placement.administration.read",
        subject_kind="administration",
        subject_id=administration_id,
        patient_id=page.patient.patient_id,
    )
    return draw(request, "administration.html", {"page": page})


@require_safe
def caseload(request: Request) -> HttpResponse:
    """Who worsens, who improves, who is due. A counselor begins with their own people."""
    visit, at = request.visit, clock.now()
    mine = (
        request.GET.get("show") != "all"
        if not visit.actor.has(Role.DIRECTOR)
        else (request.GET.get("show") == "mine")
    )
    page = everybody(at, visit.house.zone, counselor_id=visit.actor.person_id if mine else None)
    today = at.astimezone(ZoneInfo(visit.house.zone)).date()
    return draw(request, "caseload.html", {"page": page, "mine": mine, "today": today})
