"""Who may see and change weeks. Facilitators only look, at the groups they lead."""

from homeground.ground.access import Table
from homeground.people.roles import CLINICIANS, SCHEDULING, Role

LOOKS = SCHEDULING | {Role.FACILITATOR}
DIRECTS = frozenset({Role.DIRECTOR})
PLANNERS = frozenset({Role.DIRECTOR, Role.SCHEDULER})

PAGES: Table = {
    "timetable:week": LOOKS,
    "timetable:group": LOOKS,
    "timetable:appointment": LOOKS,
    "timetable:new_group": DIRECTS,
    "timetable:edit_group": DIRECTS,
    "timetable:group_end": DIRECTS,
    "timetable:closures": PLANNERS,
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
    "timetable:without": DIRECTS,
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
