from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from homeground.front_door import check_words
from homeground.front_door.forms import CheckForm
from homeground.front_door.rules.self_check import advise
from homeground.front_door.views.shell import public
from homeground.ground.visit import Request


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: Request) -> HttpResponse:
    """About ten questions and an honest next step. The answers are read once and kept nowhere."""
    if request.method != "POST":
        return public(request, "check.html", {"form": CheckForm()})
    form = CheckForm(request.POST)
    if not form.is_valid():
        return public(request, "check.html", {"form": form}, status=422)
    advice = advise(form.answers())
    return public(request, "check_answer.html", {"advice": advice, "words": check_words.answer(advice)})
