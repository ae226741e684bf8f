"""What staff read where a seat, a move or a plan is refused. Codes in, sentences out."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeground.timetable import actions
from homeground.timetable.actions import Reason
from homeground.timetable.rules.floor import Short
from homeground.timetable.rules.gates import Gate

type Words = str | Promise

DAYPARTS = [("am", _("Mornings")), ("pm", _("Afternoons")), ("eve", _("Evenings"))]
REASONS = [
    (Reason.STAFF.value, _("Nobody can lead it")),
    (Reason.WEATHER.value, _("Weather")),
    (Reason.ROOM.value, _("No room")),
    (Reason.HOLIDAY.value, _("Holiday")),
    (Reason.OTHER.value, _("Another reason")),
]
LEVELS: list[tuple[str, Words]] = [
    ("1.5", _("1.5 Outpatient therapy")),
    ("2.1", _("2.1 Intensive outpatient")),
]
LOSSES: list[tuple[str, Words]] = [
    ("staff", _("Somebody is away")),
    ("space", _("A room cannot be used")),
    ("day", _("Nobody can come in")),
]
LEFT_OUT: dict[str, Words] = {
    "busy": _("other times of theirs are in the way"),
    "full": _("every chair of a fitting group is taken"),
    "video": _("the group meets by video, which is not possible for them"),
    "staff": _("nobody is free to lead a fitting group"),
    "room": _("no room is free for a fitting group"),
}
DESIGN: dict[type[Exception], Words] = {
    actions.NotAMonday: _("A new week begins on a Monday after today."),
    actions.TooManyScenarios: _("Four scenarios stand on the board. Take one off first."),
    actions.AlreadyPublished: _("This plan is the week already."),
    actions.OnlyWhatIf: _(
        "This plan counts with rooms or people the clinic has not. Set them up first, then ask again."
    ),
    actions.PlanIsStale: _(
        "People, groups or the scenario have changed since this plan was made. Nothing was done."
        " Please ask the engine again."
    ),
}
URGENCIES: list[tuple[int, Words]] = [(1, _("This week")), (2, _("Soon")), (3, _("In order"))]
LEFT: list[tuple[str, Words]] = [
    ("elsewhere", _("Goes elsewhere")),
    ("no_longer", _("Wants no seat now")),
]
CANCELLED: dict[str, Words] = dict(REASONS)
TAKEN: dict[str, Words] = {
    "space": _("That room is taken at this time."),
    "staff": _("The person who leads is taken at this time."),
    "patient": _("A patient has another appointment at this time."),
}
GATES: dict[Gate, Words] = {
    Gate.POPULATION: _("Adults and adolescents are never in one group."),
    Gate.PROGRAM: _("This group belongs to another program."),
    Gate.GENDER: _("This group is for people of another gender."),
    Gate.DUAL: _("This group is for people with co-occurring conditions."),
    Gate.LANGUAGE: _("This group speaks another language."),
}
SHORT: dict[Short, Words] = {
    Short.MINUTES: _("This group has %(found)s of the %(wanted)s minutes a week the program prescribes."),
    Short.TOO_FEW_DAYS: _("This group meets on %(found)s days; the program prescribes at least %(wanted)s."),
    Short.TOO_MANY_DAYS: _("This group meets on %(found)s days; the program allows at most %(wanted)s."),
    Short.SHORT_DAY: _("One day of this group has %(found)s minutes; the program prescribes %(wanted)s."),
}
SEATS: dict[type[actions.Refused], Words] = {
    actions.NotAvailable: _("This group is not available. Please choose another."),
    actions.GroupFull: _("The last chair was just taken. Please choose another group."),
    actions.AlreadySeated: _("This patient already has a seat in a core group. End that seat first."),
    actions.EpisodeNotOpen: _("The stay does not cover that day."),
    actions.GroupNotRunning: _("The group does not run on that day."),
    actions.NoVideoSeats: _("This group cannot be joined by video."),
    actions.NotTheseSessions: _("The sessions of this group have changed. Please look at the week again."),
    actions.HourTaken: _("Somebody else has this counselor hour now. Please choose again."),
    actions.EndsBeforeToday: _("A seat that was used ends today at the earliest."),
}


def refused(error: actions.Refused | actions.DoubleBooked) -> Words:
    """The sentence for a seat that cannot be given or ended."""
    if isinstance(error, actions.DoubleBooked):
        return TAKEN[error.resource]
    if isinstance(error, actions.NotForThisPerson):
        return GATES[error.gate]
    if isinstance(error, actions.BelowFloor):
        return str(SHORT[error.by.kind]) % {"found": error.by.found, "wanted": error.by.wanted}
    return SEATS[type(error)]


def changed(error: Exception) -> Words:
    """What came in between, where a repair could not be carried out."""
    if isinstance(error, actions.DoubleBooked):
        return TAKEN[error.resource]
    if isinstance(error, actions.AlreadyCancelled):
        return _("It was cancelled in the meantime.")
    if isinstance(error, actions.AlreadyBegun):
        return _("It has begun in the meantime.")
    return _("It is not in the calendar any more.")
