"""The words a person reads at the upload field, in plain language (grade 6 or lower)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeground.timetable.calendar_file.reading import Refusal, SkipReason

refusal_words: dict[Refusal, str | Promise] = {
    Refusal.TOO_LARGE: _("This file is too big. Please give a calendar file of less than 1 MB."),
    Refusal.TOO_MANY_EVENTS: _("This calendar has more than 5,000 events. Please export fewer months."),
    Refusal.TOO_MANY_OCCURRENCES: _("This calendar has too many events to read. Please export fewer months."),
    Refusal.REPEATS_TOO_OFTEN: _(
        "This calendar has an event that repeats many times a day. Please remove that event, or mark your "
        "busy times by hand."
    ),
    Refusal.BAD_INTERVAL: _(
        "This calendar has an event that repeats every zero days. Please remove that event, or mark your "
        "busy times by hand."
    ),
    Refusal.NOT_A_CALENDAR: _("This is not a calendar file. The name of a calendar file ends in .ics."),
    Refusal.UNREADABLE_TEXT: _("We could not read the text in this file. Please export your calendar again."),
    Refusal.CUT_OFF: _("This calendar file is not complete. Please export your calendar again."),
    Refusal.OTHER_CALENDAR_SCALE: _(
        "This calendar counts its dates in a way we cannot read. Please mark your busy times by hand."
    ),
    Refusal.TOO_SLOW: _("Reading this file took too long. Please mark your busy times by hand."),
    Refusal.TOO_MUCH_MEMORY: _("This calendar is too big to read. Please export fewer months."),
    Refusal.UNREADABLE: _("We could not read this calendar file. Please mark your busy times by hand."),
    Refusal.BUSY_NOW: _("Many people are using this page right now. Please try again in a minute."),
}

skip_words: dict[SkipReason, str | Promise] = {
    SkipReason.BROKEN_TIMES: _("We could not read the time of one event, so we left it out."),
    SkipReason.BROKEN_REPEAT: _("We could not read how often one event repeats, so we left it out."),
}
