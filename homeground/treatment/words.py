"""The words of this room's codes."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeground.treatment.rules.ledger import WeekStanding
from homeground.treatment.rules.sheet import Fault
from homeground.treatment.rules.vocabulary import KEYS, CallResult, ShortReason, State

STATES: dict[State, Promise] = {
    State.PRESENT: _("Present"),
    State.LATE: _("Late"),
    State.LEFT_EARLY: _("Left early"),
    State.ABSENT: _("Absent"),
    State.EXCUSED: _("Excused"),
    State.VIDEO: _("By video"),
}
KEY_WORDS: tuple[tuple[str, Promise], ...] = tuple((key, STATES[state]) for key, state in KEYS.items())

FAULTS: dict[Fault, Promise] = {
    Fault.CANCELLED: _("This session was cancelled. Nothing can be recorded for it."),
    Fault.NOT_HELD_YET: _("This session has not begun. Save the sheet once it has."),
    Fault.ENDS_BEFORE_START: _("The end must come after the start."),
    Fault.FAR_FROM_PLAN: _("This is more than 12 hours from the planned time. Move the session first."),
    Fault.BREAK_BACKWARD: _("A break must end after it starts."),
    Fault.BREAK_OUTSIDE: _("A break must lie within the session."),
    Fault.BREAKS_OVERLAP: _("Two breaks overlap."),
    Fault.NOT_ON_ROSTER: _("Someone on this sheet is not expected in this session. Open the sheet again."),
    Fault.TWICE: _("This person stands on the sheet twice."),
    Fault.IN_MISSING: _("Late: write when they came."),
    Fault.OUT_MISSING: _("Left early: write when they left."),
    Fault.OUT_BEFORE_IN: _("Out must come after in."),
    Fault.IN_OUTSIDE: _("In must lie within the session."),
    Fault.OUT_OUTSIDE: _("Out must lie within the session."),
    Fault.AWAY_WITH_TIMES: _("Away, but a time is written. Clear the time or choose another state."),
    Fault.NO_CONSENT: _(
        "No consent to treat is in force. Ask them to sign first, then mark them; until then mark A or X."
    ),
}

RESULTS: dict[CallResult, Promise] = {
    CallResult.REACHED: _("Reached: we talked"),
    CallResult.MESSAGE: _("Left a message"),
    CallResult.NO_ANSWER: _("No answer"),
    CallResult.UNSAFE: _("Not safe to talk: nothing was said"),
}

REASONS: dict[ShortReason, Promise] = {
    ShortReason.HOLIDAY: _("Holiday"),
    ShortReason.ILLNESS: _("Illness"),
    ShortReason.CLINIC: _("The clinic cancelled"),
    ShortReason.FAMILY: _("Family"),
    ShortReason.WORK: _("Work"),
    ShortReason.OTHER: _("Another reason"),
}

STANDINGS: dict[WeekStanding, tuple[Promise, str]] = {
    WeekStanding.REACHED: (_("Reached"), "ok"),
    WeekStanding.OPEN: (_("On track"), "accent"),
    WeekStanding.SHORT: (_("Short"), "stop"),
    WeekStanding.SHORT_EXPLAINED: (_("Short, explained"), "notice"),
}
