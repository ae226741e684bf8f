"""The house with one more page: the floor every page is compared with. Only the bench uses it."""

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from homeground.config.bench.privacy import bare
from homeground.config.urls import (  # noqa: F401
    handler400,
    handler403,
    handler404,
    handler500,
)
from homeground.config.urls import urlpatterns as house

QUERIES = 3
ROWS = 25


@login_required
def floor(request: HttpRequest) -> HttpResponse:
    """A page any Django site would have: a session, a sign-in, three queries, a list of 25 rows."""
    rows: list[tuple[object, ...]] = []
    for number in range(QUERIES):
        with connection.cursor() as cursor:
            cursor.execute(
                "select n, md5((n + %s)::text), now() from generate_series(1, %s) as n", [number, ROWS]
            )
            rows = cursor.fetchall()
    return render(request, "config/floor.html", {"rows": rows})


urlpatterns = [
    path("bench/floor/", floor, name="floor"),
    path("bench/patients/<uuid:patient_id>/", bare, name="bare"),
    *house,
]
