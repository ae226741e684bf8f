from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from homeground.chart import queries as chart
from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.people.roles import Role
from homeground.program import queries as program
from homeground.treatment import note_words
from homeground.treatment.actions import handouts as actions
from homeground.treatment.forms import HandoutForm
from homeground.treatment.queries import curriculum
from homeground.treatment.rules.handout import Rights
from homeground.treatment.views.shell import page, today


@require_safe
def library(request: Request) -> HttpResponse:
    """The course, lesson by lesson, with its hours beside the floor, and the clinic's leaflets."""
    return _library(request)


def _library(request: Request, form: HandoutForm | None = None) -> HttpResponse:
    course, leaflets = curriculum.course(), curriculum.handouts()
    floor = program.pack("us-default").number("loc.adult_floor_min_week", today(request, clock.now()))
    titles = {lesson.title for lesson in course.lessons}
    context = {
        "course": course,
        "minutes": course.hours_a_week * 60,
        "floor": floor,
        "short": course.shortfall(floor),
        "lessons": [
            (lesson, [each for each in leaflets if each.topic == lesson.title]) for lesson in course.lessons
        ],
        "others": [each for each in leaflets if each.topic not in titles],
        "rights": {code.value: words for code, words in note_words.RIGHTS.items()},
        "form": form or HandoutForm(),
        "may_add": request.visit.actor.has(Role.COUNSELOR, Role.DIRECTOR),
    }
    return page(request, "curriculum.html", context, status=422 if form else 200)


@require_POST
def handouts(request: Request) -> HttpResponse:
    """Take a leaflet into the library, with the right to use it."""
    form = HandoutForm(request.POST, request.FILES)
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.add_handout(
                topic=data["topic"],
                title=data["title"],
                rights=Rights(data["rights"]),
                holder=data["holder"],
                content=data["file"].read(),
                by=request.visit.actor,
                at=clock.now(),
            )
        except actions.NotFit as refused:
            form.add_error("file", str(note_words.UNFIT[refused.reason]))
        except actions.AlreadyThere:
            form.add_error("file", _("This file is in the library already."))
        else:
            messages.success(request, _("The leaflet is in the library."))
            return redirect("treatment:curriculum")
    return _library(request, form)


@require_safe
def handout(request: Request, handout_id: UUID) -> HttpResponse:
    """A leaflet to save and print; it is never shown inside our own pages."""
    try:
        content = curriculum.handout_file(handout_id)
    except curriculum.HandoutNotHere:
        raise Http404 from None
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="leaflet.pdf"'  # a title may tell too much
    return answer


@require_POST
def handout_withdrawal(request: Request, handout_id: UUID) -> HttpResponse:
    """Take a leaflet out of the library."""
    try:
        actions.withdraw_handout(handout_id=handout_id, by=request.visit.actor, at=clock.now())
    except curriculum.HandoutNotHere:
        raise Http404 from None
    messages.success(request, _("The leaflet is out of the library."))
    return redirect("treatment:curriculum")


@require_safe
def coverage(request: Request, patient_id: UUID) -> HttpResponse:
    """What one person has had of the course, what they miss, and where it could be made up."""
    name = chart.patient_name(patient_id)
    if name is None:
        raise Http404
    found = curriculum.lessons_of(patient_id, clock.now())
    missed = [each for each in found if not each.had_on]
    return page(
        request,
        "coverage.html",
        {"name": name.name, "rows": found, "missed": missed, "patient_id": patient_id},
    )
