from django.http import HttpResponse
from django.views.decorators.http import require_safe

from homeground.front_door import queries, words
from homeground.front_door.forms import FindForm, PlacesForm
from homeground.front_door.rules.services import SERVICES, PlaceKind
from homeground.front_door.views.shell import page, page_number, public
from homeground.ground.visit import Request


@require_safe
def find(request: Request) -> HttpResponse:
    """Centers by state or near a ZIP code."""
    form = FindForm(request.GET) if request.GET else FindForm()
    found = _search(request, form, ()) if form.is_bound else None
    wrong = form.is_bound and found is None
    return public(request, "find.html", {"form": form, "found": found}, status=422 if wrong else 200)


@require_safe
def places(request: Request) -> HttpResponse:
    """Places to go for someone whom another kind of care suits better now; for staff."""
    asked = {"zip", "state"} & set(request.GET)
    form = PlacesForm(request.GET) if asked else PlacesForm(initial={"level": request.GET.get("level", "")})
    found = None
    if form.is_bound and form.is_valid():
        level = form.cleaned_data["level"]
        found = _search(request, form, sorted(SERVICES[PlaceKind(level)]) if level else ())
    context = {"form": form, "found": found, "words": words}
    return page(request, "places.html", context, status=422 if form.is_bound and found is None else 200)


def _search(request: Request, form: FindForm, wanted: tuple[str, ...] | list[str]) -> queries.Found | None:
    """The places asked for; None when the question has an error, which then stands at its field."""
    if not form.is_valid():
        return None
    number = page_number(request)
    try:
        if form.cleaned_data["zip"]:
            return queries.near_zip(form.cleaned_data["zip"], wanted=wanted, number=number)
        return queries.in_state(form.cleaned_data["state"], wanted=wanted, number=number)
    except queries.UnknownZip:
        form.unknown_zip()
    except queries.UnknownState:
        form.unknown_state()
    return None
