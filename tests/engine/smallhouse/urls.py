"""A page that says who the web is in the database, one that asks for a job, one that kills the web."""

import os
import signal

from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.urls import path

from engine.smallhouse.tasks import nothing


def healthz(request: HttpRequest) -> JsonResponse:
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        return JsonResponse({"role": cursor.fetchone()[0], "process": os.getpid()})


def fall(request: HttpRequest) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def job(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"job": nothing.defer()})


urlpatterns = [path("healthz", healthz), path("job", job), path("fall", fall)]
