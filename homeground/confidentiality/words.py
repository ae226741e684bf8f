"""Words for the codes of this room, for staff."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeground.confidentiality.rules.clocks import Duty, Standing
from homeground.confidentiality.rules.glass import Cause
from homeground.confidentiality.rules.incident import Factor, Rating
from homeground.confidentiality.rules.vocabulary import Answer, RequestKind, Review

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
KINDS: dict[RequestKind, Promise] = {
    RequestKind.ACCESS: _("A copy of the record"),
    RequestKind.AMENDMENT: _("A correction"),
    RequestKind.RESTRICTION: _("Less sharing"),
    RequestKind.CONFIDENTIAL_CONTACT: _("Another way to be reached"),
    RequestKind.ACCOUNTING: _("A list of what was sent"),
    RequestKind.INTERMEDIARY_LIST: _("A list of who got it through an intermediary"),
    RequestKind.COMPLAINT: _("A complaint"),
}
ANSWERS: dict[Answer, Promise] = {
    Answer.GRANTED: _("Granted"),
    Answer.PARTLY: _("Granted in part"),
    Answer.DENIED: _("Denied"),
    Answer.WITHDRAWN: _("Withdrawn by the person"),
}
STANDINGS: dict[Standing, tuple[str, Promise]] = {
    Standing.OPEN: ("", _("in time")),
    Standing.DUE_SOON: ("notice", _("due soon")),
    Standing.OVERDUE: ("stop", _("overdue")),
    Standing.ANSWERED: ("ok", _("answered")),
}
DUTIES: dict[Duty, Promise] = {
    Duty.PERSONS: _("The people it concerns, by letter"),
    Duty.AUTHORITY: _("The U.S. Department of Health and Human Services"),
    Duty.MEDIA: _("The media of the state"),
    Duty.STATE: _("The attorney general of the state"),
}
FACTORS: dict[Factor, Promise] = {
    Factor.NATURE: _("What information it was: how telling, how easy to find the person"),
    Factor.RECIPIENT: _("Who got it: would they harm, are they bound to keep it"),
    Factor.ACQUIRED: _("Whether it was really seen or taken"),
    Factor.MITIGATED: _("What was done about it: returned, destroyed, promised in writing"),
}
RATINGS: dict[Rating, Promise] = {
    Rating.LOW: _("Little risk"),
    Rating.MEDIUM: _("Some risk"),
    Rating.HIGH: _("Much risk"),
}
