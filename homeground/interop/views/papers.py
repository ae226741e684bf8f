"""Papers about a person's rights as files: what was sent about them, and a letter about a breach."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from homeground.confidentiality.rules.asking import Request as Asking
from homeground.confidentiality.rules.vocabulary import Asker, Category, Channel, Purpose
from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.interop import actions
from homeground.interop.queries.papers import BreachNotHere
from homeground.interop.rules.packet import Format, Kind
from homeground.interop.views.own import handed_over
from homeground.people import queries as people

LISTS = frozenset({Kind.ACCOUNTING.value, Kind.INTERMEDIARY_LIST.value})


@require_POST
def own_accounting(request: Request) -> HttpResponse:
    """What we sent to others about who signed in, or what went to networks, as PDF (checks F12, F13)."""
    person_id = request.visit.actor.person_id
    if person_id is None:
        raise Http404
    return _paper(request, person_id, _wanted(request))


@require_POST
def accounting(request: Request, person_id: UUID) -> HttpResponse:
    """The same for a person who asked, to hand over or to send where they want it (check F24)."""
    return _paper(request, person_id, _wanted(request))


@require_POST
def breach_letter(request: Request, breach_id: UUID, person_id: UUID) -> HttpResponse:
    """The letter about a breach to one person it concerns; kept, as everything that leaves (check F27)."""
    return _paper(request, person_id, Kind.BREACH_LETTER, about=(breach_id,))


def _wanted(request: Request) -> Kind:
    wanted = request.POST.get("list", Kind.ACCOUNTING.value)
    if wanted not in LISTS:
        raise Http404
    return Kind(wanted)


def _paper(request: Request, person_id: UUID, kind: Kind, *, about: tuple[UUID, ...] = ()) -> HttpResponse:
    """It is the person's own: no consent is asked, and the trail has it (check F10)."""
    try:
        known = people.person(person_id)
        errand = actions.Errand(
            person_id=person_id,
            request=Asking(Asker.PATIENT, Purpose.OWN_REQUEST, frozenset({Category.PRESENCE}), Channel.PDF),
            kind=kind,
            house=request.visit.house,
            language=known.language,
            recipient=f"{known.given_name} {known.family_name}".strip(),
            about=about,
        )
        found = actions.release(errand=errand, format=Format.PDF, by=request.visit.actor, at=clock.now())
    except (people.PersonNotHere, BreachNotHere):
        raise Http404 from None
    return handed_over(found)
