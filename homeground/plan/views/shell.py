"""What the pages of this room share."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from homeground.audit import actions as audit
from homeground.chart import queries as chart
from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.plan import labels
from homeground.plan.actions.drafts import Written
from homeground.plan.forms import TypedInput
from homeground.plan.rules.typed import plain, token
from homeground.plan.words import own


def zone(request: Request) -> ZoneInfo:
    """The clinic's time zone."""
    return ZoneInfo(request.visit.house.zone)


def today(request: Request, at: datetime | None = None) -> date:
    """The clinic's day."""
    return timezone.localdate(at or clock.now(), zone(request))


def stay_of(request: Request, patient_id: UUID) -> chart.EpisodeFacts:
    """The patient's open stay, or 404."""
    stay = chart.open_episode(patient_id, today(request))
    if stay is None:
        raise Http404
    return stay


def own_patient(request: Request) -> chart.PatientName:
    """The chart of the person who is signed in, or 404."""
    person_id = request.visit.actor.person_id
    found = chart.patient_of_person(person_id) if person_id else None
    if found is None:
        raise Http404
    return found


def looked(request: Request, patient_id: UUID, what: str) -> None:
    """That a page of a person's record was opened is part of the record."""
    audit.record(
        by=request.visit.actor,
        at=clock.now(),
        event=f"plan.{what}.read",
        subject_kind="patient",
        subject_id=patient_id,
        patient_id=patient_id,
    )


def draw(
    request: Request, template: str, context: Mapping[str, object], *, status: int = 200
) -> HttpResponse:
    """Draw a page with times in the clinic's zone."""
    with timezone.override(zone(request)):
        shown = {"labels": labels, "own": own, "today": today(request), **context}
        return render(request, f"plan/{template}", shown, status=status)


def wants_json(request: Request) -> bool:
    """Whether a script asks, which shows the answer itself."""
    return request.headers.get("Accept") == "application/json"


def kept(
    request: Request,
    typed: TypedInput,
    written: Written,
    now: Mapping[str, str],
    url: str,
    *,
    document: str = "",
) -> HttpResponse:
    """Answer a save without conflicts or to a script: what is kept, what is not, and why.

    `document` is the digest of the whole text, when the writer has seen all of it.
    """
    if not wants_json(request):
        return redirect(url)
    here = timezone.localtime(clock.now(), zone(request))
    return JsonResponse(
        {
            "saved": _("Saved %(time)s") % {"time": f"{here:%H:%M}"},
            "seen": {
                name: token(plain(each.text))
                for name, each in typed.fields.items()
                if name not in written.conflicts
            },
            "theirs": {
                name: _("Somebody else wrote meanwhile: “%(theirs)s”") % {"theirs": now.get(name, "")}
                for name in written.conflicts
            },
            "errors": {name: str(error) for name, error in typed.errors.items()},
            "document": document,
        }
    )
