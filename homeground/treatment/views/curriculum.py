from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from homeground.chart import queries as chart
from homeground.ground import clock
from homeground.ground.visit import Request
from homeground.program import queries as program
from homeground.treatment.queries import curriculum
from homeground.treatment.views.shell import page, today


@require_safe
def library(request: Request) -> HttpResponse:
    """The course, lesson by lesson, with its hours beside the floor."""
    course = curriculum.course()
    floor = program.pack("us-default").number("loc.adult_floor_min_week", today(request, clock.now()))
    context = {
        "course": course,
        "minutes": course.hours_a_week * 60,
        "floor": floor,
        "short": course.shortfall(floor),
    }
    return page(request, "curriculum.html", context)


@require_safe
def coverage(request: Request, patient_id: UUID) -> HttpResponse:
    """What one person has had of the course, and what they miss."""
    name = chart.patient_name(patient_id)
    if name is None:
        raise Http404
    found = curriculum.coverage_of(patient_id)
    missed = [each for each in found if not each.had_on]
    return page(
        request,
        "coverage.html",
        {"name": name.name, "rows": found, "missed": missed, "patient_id": patient_id},
    )
