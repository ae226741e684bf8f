"""The keys under which this browser keeps what staff type until the clinic has it."""

from base64 import b64encode

from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from homeground.ground import drafts
from homeground.ground.actor import require_account
from homeground.ground.visit import Request


@require_safe
def draft_key(request: Request) -> HttpResponse:
    """The key of this session, or with ?mark= of a former one of the same account."""
    account_id = require_account(request.visit.actor)
    mark = request.GET.get("mark") or drafts.mark(account_id, request.session.session_key or "")
    try:
        key = drafts.key(account_id, mark)
    except drafts.NoSuchKey:
        raise Http404 from None
    return JsonResponse({"mark": mark, "key": b64encode(key).decode()})
