"""What a form must be told beyond what a guess can give, by the name of its URL, for the leak matrix.

A form that no page of the furniture offers is sent with its example alone.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

type Said = str | list[str] | Callable[[datetime, dict[str, Any]], Any]


def _in_days(days: int) -> Callable[[datetime, dict[str, Any]], str]:
    return lambda at, known: (at + timedelta(days=days)).date().isoformat()


def _calendar(at: datetime, known: dict[str, Any]) -> SimpleUploadedFile:
    text = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"
    return SimpleUploadedFile("a.ics", text, content_type="text/calendar")


_WORDS: dict[str, Said] = {"words": "Said plainly."}
_TIME: dict[str, Said] = {"date": _in_days(9), "starts": "09:00", "ends": "12:00"}

EXAMPLES: dict[str, dict[str, Said]] = {
    "chart:consents": {
        "signed_on": _in_days(-2),
        "signed_time": "09:00",
        "language": "en",
        "method": "paper",
    },
    "confidentiality:breaches": {"state": "CO"},
    "confidentiality:notice_given": {"method": "paper", "language": "en", "why": "Said plainly."},
    "desk:ending_call": {"result": "reached", **_WORDS},
    "desk:ending_refusal": {"person_refused": "Said plainly."},
    "desk:ending_summary": _WORDS,
    "desk:person_consent_form": {"relative": "relative"},
    "front_door:help": {"contact": "303-555-0142"},
    "interop:agreements": {"ends_on": _in_days(300)},
    "interop:identity": {"how": "called_back", "more": "Said plainly."},
    "people:account": {"username": "wren.new", "role": "patient"},
    "people:accounts": {"username": "somebody.new"},
    "placement:dismissals": {"done": "Said plainly."},
    "plan:confirmation": {"outcome": "confirmed"},
    "plan:discussion": {"person_said": "Said plainly.", "response": "Said plainly."},
    "plan:incidents": {"happened_on": _in_days(-2)},
    "plan:laboratory": {"laboratory": "A laboratory"},
    "plan:my_change": _WORDS,
    "program:new_center": {"state": "CO", "zip_code": "80202", "phone": "303-555-0142"},
    "timetable:calendar_file": {"calendar": _calendar},
    "timetable:cancellation": {"reason": "Said plainly."},
    "timetable:closures": {"on": _in_days(400)},
    "timetable:holds": {
        "group": lambda at, known: str(known["group_id"]),
        "starts_on": _in_days(2),
        "days": "3",
    },
    "timetable:moves": _TIME,
    "timetable:obligations": {"on": ""},
    "timetable:steps_down": {"starts_on": _in_days(7), "group": lambda at, known: str(known["group_id"])},
    "timetable:substitutes": {"why": "Said plainly."},
    "timetable:waits": {"urgency": "2"},
    "treatment:licences": {
        "licence-letters": "LPC",
        "licence-state": "CO",
        "licence-through": _in_days(300),
    },
    "treatment:make_ups": {"appointment": lambda at, known: str(known["appointment_id"])},
}


def example(name: str, at: datetime, known: dict[str, Any]) -> dict[str, Any]:
    """What this form is told: by words that are fixed, or that follow from the day and the furniture."""
    return {key: said(at, known) if callable(said) else said for key, said in EXAMPLES.get(name, {}).items()}


# Forms the house refuses as things stand in the furniture. The refusal is searched like any answer.
_NOTHING_THERE = "confidentiality:glass_ending desk:consent_ending desk:consent_links desk:family_calendar"
_NOTHING_THERE += " desk:look timetable:reopening timetable:make_ups timetable:publication timetable:stop"
_INVENTED_ADDRESS = "desk:given desk:sign_here people:sign_in placement:ask placement:check"
_NOT_ITS_TIME = "confidentiality:extension desk:ending_close placement:admission placement:decision"
_NOT_ITS_TIME += " placement:facts placement:ratings placement:red_flags plan:assessment_signature"
_NOT_ITS_TIME += " plan:certifications plan:confirmation plan:discussion plan:laboratory plan:review_closing"
_NOT_ITS_TIME += " timetable:seats treatment:addenda treatment:signature treatment:signatures"
_NOT_ITS_TIME += " treatment:withdrawal"
_MORE_THAN_A_GUESS = "confidentiality:notice_given people:account people:person placement:dismissals"
_MORE_THAN_A_GUESS += " placement:instruments timetable:apart timetable:cancellation timetable:holds"
_MORE_THAN_A_GUESS += " timetable:mending timetable:moves timetable:steps_down timetable:substitutes"
_MORE_THAN_A_GUESS += " timetable:waits treatment:draft treatment:licences treatment:make_ups treatment:sheet"
NOT_TAKEN = frozenset(f"{_NOTHING_THERE} {_INVENTED_ADDRESS} {_NOT_ITS_TIME} {_MORE_THAN_A_GUESS}".split())
