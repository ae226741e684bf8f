"""Does treatment fit? For somebody on the phone who is not a patient yet."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.timetable import queries
from homeground.timetable.forms.caller import CallerForm
from homeground.timetable.views.shell import page, staff_choices, today


@require_http_methods(["GET", "HEAD", "POST"])
def caller(request: Request) -> HttpResponse:
    """Type when they cannot come; read which weeks fit, or what would make room. Nothing is kept."""
    form = CallerForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" and not form.preset_pressed else 200
        return page(request, "caller.html", {"form": form}, status=status)
    told = form.cleaned_data
    answer = queries.fit(
        busy=told["week"],
        travel_minutes=told["travel"],
        video=told["video"],
        population=told["population"],
        language=told["language"] or None,
        on=today(request, clock.now()),
    )
    context = {"form": CallerForm(initial=told), "answer": answer, "names": dict(staff_choices())}
    return page(request, "caller.html", context)
