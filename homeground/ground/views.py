from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from homeground.ground.ui import catalogue


def healthz(request: HttpRequest) -> HttpResponse:
    """200 once the web can serve and the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return JsonResponse({"status": "ok"})


def style(request: HttpRequest) -> HttpResponse:
    """The living catalogue of components; only in the demo."""
    if not settings.HG_DEMO:
        raise Http404
    return render(request, "ground/style.html", catalogue.context(request))


def _error(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, f"ground/errors/{status}.html", status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 in calm words."""
    return _error(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 in calm words."""
    return _error(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 in calm words; the same page for what does not exist and what belongs to another clinic."""
    return _error(request, 404)


def failed(request: HttpRequest) -> HttpResponse:
    """500 in calm words, without asking the database for anything."""
    return _error(request, 500)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: sent from elsewhere, or kept open until the session ended."""
    return render(request, "ground/errors/forged.html", status=403)
