"""One page that says who the web is in the database, and one that kills the web."""

import os
import signal

from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.urls import path


def healthz(request: HttpRequest) -> JsonResponse:
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        return JsonResponse({"role": cursor.fetchone()[0], "process": os.getpid()})


def fall(request: HttpRequest) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


urlpatterns = [path("healthz", healthz), path("fall", fall)]
