"""Words for the codes of this room, for staff."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeground.confidentiality.rules.glass import Cause
from homeground.confidentiality.rules.vocabulary import Review

CAUSES: dict[Cause, Promise] = {
    Cause.DANGER: _("Danger to life or health now"),
    Cause.CALL: _("The person, or somebody about them, is on the phone or at the door"),
    Cause.COVER: _("I stand in for a colleague who is away"),
    Cause.TRANSPORT: _("An ambulance or a hospital needs to know"),
    Cause.OTHER: _("Something else, told below"),
}
REVIEWS: dict[Review, Promise] = {
    Review.JUSTIFIED: _("It was needed"),
    Review.NOT_JUSTIFIED: _("It was not needed"),
}
