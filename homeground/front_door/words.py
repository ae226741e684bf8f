"""The words of this room's codes."""

from django.utils.translation import gettext_lazy as _

from homeground.front_door.rules.calls import CallResult, ClosingReason
from homeground.front_door.rules.services import PlaceKind

RESULTS = {
    CallResult.REACHED: _("Reached: we talked"),
    CallResult.MESSAGE: _("Left a message"),
    CallResult.NO_ANSWER: _("No answer, no message left"),
    CallResult.UNSAFE: _("Not safe to talk: nothing was said"),
}
REASONS = {
    ClosingReason.ELSEWHERE: _("They found care elsewhere"),
    ClosingReason.DECLINED: _("They no longer want help now"),
    ClosingReason.UNREACHABLE: _("We could not reach them"),
    ClosingReason.DUPLICATE: _("The same person asked twice"),
    ClosingReason.OTHER: _("Another reason"),
}
LANGUAGES = {"en": _("English"), "es": _("Spanish")}
KINDS = {"phone": _("Call"), "text": _("Text"), "email": _("Email")}
PLACES = {
    PlaceKind.RESIDENTIAL: _("Residential care"),
    PlaceKind.DETOX: _("Withdrawal care"),
    PlaceKind.INTENSIVE: _("Intensive outpatient"),
    PlaceKind.OUTPATIENT: _("Outpatient"),
}
