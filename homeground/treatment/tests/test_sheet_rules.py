from uuid import UUID, uuid4

import pytest

from homeground.treatment.rules import sheet
from homeground.treatment.rules.sheet import Expected, Fault, Held, Mark, Span
from homeground.treatment.rules.vocabulary import State
from homeground.treatment.tests.spec_hours import local

WREN, SAGE, ROWAN = uuid4(), uuid4(), uuid4()


def at(clock: str):
    return local(f"2026-11-24 {clock}")


def of(clock_from: str, clock_to: str) -> Span:
    return Span(at(clock_from), at(clock_to))


EVENING = of("18:00", "21:00")
PAUSE = of("19:30", "19:45")
HELD = Held(EVENING, (PAUSE,))
EXPECTED = Expected(
    people=frozenset({WREN, SAGE}), consented=frozenset({WREN, SAGE}), planned=EVENING, cancelled=False
)


def mark(state: State = State.PRESENT, came: str = "", left: str = "", who: UUID = WREN, **more) -> Mark:
    return Mark(who, state, at(came) if came else None, at(left) if left else None, **more)


def faults(*marks: Mark, held: Held = HELD, expected: Expected = EXPECTED, now: str = "21:05") -> list[tuple]:
    return [
        (p.fault, p.field, p.patient_id) for p in sheet.check_sheet(marks, expected, held=held, at=at(now))
    ]


@pytest.mark.parametrize(
    "row",
    [
        mark(),
        mark(State.VIDEO),
        mark(State.LATE, "18:10"),
        mark(State.LATE, "18:10", "20:50"),
        mark(State.LEFT_EARLY, left="20:30"),
        mark(State.ABSENT),
        mark(State.EXCUSED),
        mark(State.PRESENT, "18:00", "21:00"),
    ],
)
def test_a_mark_that_makes_sense_passes(row):
    assert faults(row) == []


@pytest.mark.parametrize(
    ("row", "fault", "field"),
    [
        (mark(State.LATE), Fault.IN_MISSING, "in"),
        (mark(State.LEFT_EARLY), Fault.OUT_MISSING, "out"),
        (mark(State.LATE, "20:00", "19:00"), Fault.OUT_BEFORE_IN, "out"),
        (mark(State.LATE, "19:00", "19:00"), Fault.OUT_BEFORE_IN, "out"),
        (mark(State.PRESENT, "17:50"), Fault.IN_OUTSIDE, "in"),
        (mark(State.LATE, "21:00"), Fault.IN_OUTSIDE, "in"),
        (mark(State.LEFT_EARLY, left="21:01"), Fault.OUT_OUTSIDE, "out"),
        (mark(State.LEFT_EARLY, left="17:00"), Fault.OUT_OUTSIDE, "out"),
        (mark(State.ABSENT, "18:10"), Fault.AWAY_WITH_TIMES, "in"),
        (mark(State.EXCUSED, left="20:00"), Fault.AWAY_WITH_TIMES, "out"),
    ],
)
def test_a_mark_that_makes_no_sense_is_named_at_its_field(row, fault, field):
    assert faults(row) == [(fault, field, WREN)]


def test_someone_who_is_not_on_the_roster_is_refused():
    assert faults(mark(who=ROWAN)) == [(Fault.NOT_ON_ROSTER, "state", ROWAN)]


def test_a_person_stands_on_a_sheet_once():
    assert faults(mark(), mark(State.ABSENT)) == [(Fault.TWICE, "state", WREN)] * 2


def test_nobody_is_served_without_a_consent_to_treat_b16():
    expected = Expected(EXPECTED.people, frozenset({SAGE}), EVENING, cancelled=False)
    assert faults(mark(), mark(who=SAGE), expected=expected) == [(Fault.NO_CONSENT, "state", WREN)]
    assert faults(mark(State.ABSENT), expected=expected) == []


@pytest.mark.parametrize(
    ("held", "fault", "field"),
    [
        (Held(of("20:00", "20:00")), Fault.ENDS_BEFORE_START, "ends"),
        (Held(of("20:00", "18:00")), Fault.ENDS_BEFORE_START, "ends"),
        (Held(EVENING, (of("19:45", "19:30"),)), Fault.BREAK_BACKWARD, "break"),
        (Held(EVENING, (of("20:50", "21:10"),)), Fault.BREAK_OUTSIDE, "break"),
        (Held(EVENING, (of("17:50", "18:10"),)), Fault.BREAK_OUTSIDE, "break"),
        (Held(EVENING, (PAUSE, of("19:40", "19:50"))), Fault.BREAKS_OVERLAP, "break"),
        (Held(of("05:00", "08:00")), Fault.FAR_FROM_PLAN, "starts"),
    ],
)
def test_a_session_that_makes_no_sense_is_refused_d03(held, fault, field):
    assert faults(mark(), held=held) == [(fault, field, None)]


def test_a_sheet_is_not_taken_before_the_session_begins():
    assert faults(mark(), now="17:59") == [(Fault.NOT_HELD_YET, "starts", None)]
    assert faults(mark(), now="18:00") == []


def test_an_early_start_does_not_open_a_sheet_of_another_time_of_day():
    held = Held(of("10:00", "13:00"))
    assert faults(mark(), held=held, now="13:05") == [(Fault.NOT_HELD_YET, "starts", None)]


def test_a_cancelled_session_has_no_attendance():
    expected = Expected(EXPECTED.people, EXPECTED.consented, EVENING, cancelled=True)
    assert faults(mark(), expected=expected) == [(Fault.CANCELLED, "starts", None)]


def test_all_problems_are_named_at_once():
    found = faults(
        mark(State.LATE),
        mark(State.LEFT_EARLY, who=SAGE),
        mark(who=ROWAN),
        held=Held(EVENING, (of("20:50", "21:10"),)),
    )
    assert [fault for fault, _field, _who in found] == [
        Fault.BREAK_OUTSIDE,
        Fault.IN_MISSING,
        Fault.OUT_MISSING,
        Fault.NOT_ON_ROSTER,
    ]


def test_the_minutes_of_a_mark_a04():
    found = sheet.presence(mark(State.LATE, "18:10", "20:50"), HELD)
    assert (found.in_at, found.out_at, found.minutes) == (at("18:10"), at("20:50"), 145)


def test_someone_away_has_no_time_and_no_minutes_d09():
    assert sheet.presence(mark(State.ABSENT), HELD) == sheet.Presence(None, None, 0)


def test_a_kept_mark_follows_the_session_where_it_followed_it_before():
    kept = mark(State.LATE, "18:10", "21:00", based_on=3)
    typed = sheet.as_typed(kept, EVENING)
    assert (typed.in_at, typed.out_at, typed.based_on) == (at("18:10"), None, 3)
    assert sheet.presence(typed, Held(of("18:00", "20:45"))).out_at == at("20:45")


def test_late_keeps_the_time_it_needs_even_at_the_first_minute():
    assert sheet.as_typed(mark(State.LATE, "18:00", "21:00"), EVENING).in_at == at("18:00")
    assert sheet.as_typed(mark(State.LEFT_EARLY, "18:00", "21:00"), EVENING).out_at == at("21:00")


def merged(mine: Mark, theirs: Mark | None) -> tuple[Mark, bool]:
    found = sheet.merge([mine], {theirs.patient_id: theirs} if theirs else {})
    return found.marks[0], mine.patient_id in found.conflicts


SEEN = mark(State.PRESENT)


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        (mark(State.LATE, "18:10"), None, "mine"),
        (mark(State.LATE, "18:10", based_on=2), mark(State.ABSENT, based_on=2), "mine"),
        (mark(State.LATE, "18:10", based_on=1), mark(State.LATE, "18:10", based_on=2), "mine"),
        (mark(State.PRESENT, based_on=1, seen=SEEN), mark(State.ABSENT, based_on=2), "theirs"),
        (mark(State.ABSENT, based_on=0, seen=SEEN), mark(State.PRESENT, based_on=1), "mine"),
        (mark(State.ABSENT, based_on=1, seen=SEEN), mark(State.LATE, "18:10", based_on=2), "conflict"),
        (mark(State.PRESENT, based_on=1), mark(State.ABSENT, based_on=2), "conflict"),
        (mark(State.LATE, "18:10", based_on=1), mark(State.LATE, "18:20", based_on=2), "conflict"),
        (mark(State.PRESENT, based_on=0), mark(State.ABSENT, based_on=1), "conflict"),
    ],
)
def test_two_writers_never_overwrite_each_other(mine, theirs, expected):
    kept, conflict = merged(mine, theirs)
    assert conflict == (expected == "conflict")
    assert kept == (theirs if expected == "theirs" else mine)


SHORTER, LONGER = Held(of("18:00", "20:30")), Held(of("18:00", "21:15"))


@pytest.mark.parametrize(
    ("typed", "kept", "seen", "expected"),
    [
        (SHORTER, HELD, None, SHORTER),
        (SHORTER, HELD, HELD, SHORTER),
        (HELD, SHORTER, HELD, SHORTER),
        (SHORTER, SHORTER, HELD, SHORTER),
        (LONGER, SHORTER, HELD, None),
    ],
)
def test_two_writers_never_overwrite_each_others_times(typed, kept, seen, expected):
    assert sheet.merge_times(typed, kept, seen) == expected
