"""Who may see and change weeks. Facilitators only look, at the groups they lead."""

from homeground.ground.access import ManyPeople, NoRecord, OnePerson, Reads, Table, Way, Ways
from homeground.people.roles import CLINICIANS, SCHEDULING, Role

LOOKS = SCHEDULING | {Role.FACILITATOR}
DIRECTS = frozenset({Role.DIRECTOR})
PLANNERS = frozenset({Role.DIRECTOR, Role.SCHEDULER})

PAGES: Table = {
    "timetable:week": LOOKS,
    "timetable:caller": SCHEDULING,
    "timetable:group": LOOKS,
    "timetable:appointment": LOOKS,
    "timetable:new_group": DIRECTS,
    "timetable:edit_group": DIRECTS,
    "timetable:group_end": DIRECTS,
    "timetable:closures": PLANNERS,
    "timetable:reopening": PLANNERS,
    "timetable:hours": DIRECTS,
    "timetable:hour_end": DIRECTS,
    "timetable:hour_removal": DIRECTS,
    "timetable:cancellation": SCHEDULING,
    "timetable:moves": SCHEDULING,
    "timetable:substitutes": SCHEDULING,
    "timetable:make_ups": SCHEDULING,
    "timetable:obligations": SCHEDULING,
    "timetable:painted": SCHEDULING,
    "timetable:calendar_file": SCHEDULING,
    "timetable:calendar_removal": SCHEDULING,
    "timetable:circumstances": SCHEDULING,
    "timetable:obligation_removal": SCHEDULING,
    "timetable:apart": CLINICIANS,
    "timetable:apart_removal": CLINICIANS,
    "timetable:fit": SCHEDULING,
    "timetable:seats": SCHEDULING,
    "timetable:seat_end": SCHEDULING,
    "timetable:talk_end": SCHEDULING,
    "timetable:taper": CLINICIANS,
    "timetable:steps_down": CLINICIANS,
    "timetable:design": DIRECTS,
    "timetable:scenarios": DIRECTS,
    "timetable:scenario": DIRECTS,
    "timetable:progress": DIRECTS,
    "timetable:discarding": DIRECTS,
    "timetable:candidates": DIRECTS,
    "timetable:usual_set": DIRECTS,
    "timetable:assumptions": DIRECTS,
    "timetable:solvings": DIRECTS,
    "timetable:candidate_removal": DIRECTS,
    "timetable:stop": DIRECTS,
    "timetable:publication": DIRECTS,
    "timetable:repair": SCHEDULING,
    "timetable:mending": SCHEDULING,
    "timetable:away_withdrawal": SCHEDULING,
    "timetable:waiting": SCHEDULING,
    "timetable:leaving": SCHEDULING,
    "timetable:waits": SCHEDULING,
    "timetable:holds": SCHEDULING,
    "timetable:release": SCHEDULING,
}

_TIMES = frozenset({"presence", "appointments"})
_LEVEL = _TIMES | {"level_of_care"}
_LISTS = ManyPeople(_TIMES)
_TEMPLATE = NoRecord("groups, hours and rooms of the clinic")
_OF_STAY = "episode__patient__person"


def _of(by: str, parts: frozenset[str], *names: str) -> Reads:
    return {f"timetable:{name}": OnePerson(by, parts) for name in names}


WAYS: Ways = {
    "seat_id": Way("timetable.Seat", _OF_STAY),
    "counselor_seat_id": Way("timetable.CounselorSeat", _OF_STAY),
    "waiting_id": Way("timetable.Waiting", _OF_STAY),
    "hold_id": Way("timetable.Hold", f"seat__{_OF_STAY}"),
    "obligation_id": Way("timetable.Obligation", "person"),
    "pair_id": Way("timetable.NoContact", "one"),
    "wish_id": Way("timetable.Wish", "patient__person"),
}
READS: Reads = {
    **{
        f"timetable:{name}": _LISTS
        for name in (
            "week",
            "group",
            "appointment",
            "cancellation",
            "moves",
            "substitutes",
            "make_ups",
            "repair",
            "mending",
            "away_withdrawal",
            "waiting",
            "group_end",
            "hours",
            "hour_end",
        )
    },
    **{
        f"timetable:{name}": _TEMPLATE
        for name in (
            "caller",
            "new_group",
            "edit_group",
            "closures",
            "reopening",
            "hour_removal",
            "design",
            "scenarios",
            "scenario",
            "progress",
            "discarding",
            "candidates",
            "usual_set",
            "assumptions",
            "solvings",
            "candidate_removal",
            "stop",
            "publication",
        )
    },
    **_of("person_id", _TIMES, "obligations", "painted", "calendar_file", "calendar_removal"),
    **_of("person_id", _TIMES, "circumstances", "apart"),
    **_of("obligation_id", _TIMES, "obligation_removal"),
    **_of("pair_id", _TIMES, "apart_removal"),
    **_of("episode_id", _TIMES, "fit", "seats", "waits", "holds"),
    **_of("episode_id", _LEVEL, "taper", "steps_down"),
    **_of("seat_id", _TIMES, "seat_end"),
    **_of("counselor_seat_id", _TIMES, "talk_end"),
    **_of("waiting_id", _TIMES, "leaving"),
    **_of("hold_id", _TIMES, "release"),
}
