from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from homeground.people.roles import Role
from homeground.timetable.models import Circumstances, Seat
from homeground.treatment import actions, queries
from homeground.treatment.rules.sheet import Mark
from homeground.treatment.rules.vocabulary import CallResult, ShortReason, State
from homeground.treatment.tests import factories
from homeground.treatment.tests.spec_hours import local

pytestmark = pytest.mark.django_db

TUESDAY, THURSDAY = "2026-11-24", "2026-11-26"
SUNDAY, MONDAY, FRIDAY = date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 27)
AFTER = local(f"{TUESDAY} 21:05")
ZONE = "America/Denver"


@pytest.fixture
def people(clinic):
    return factories.make_patients(clinic, 3)


@pytest.fixture
def meeting(clinic, people):
    return factories.make_meeting(clinic, people)


def take(clinic, meeting, *marks, day=TUESDAY):
    return actions.take_attendance(
        appointment_id=meeting.id,
        marks=marks or [Mark(patient.pk, State.PRESENT) for patient in meeting.patients],
        starts_at=local(f"{day} 18:00"),
        ends_at=local(f"{day} 21:00"),
        breaks=[(local(f"{day} 19:30"), local(f"{day} 19:45"))],
        by=clinic.staff[Role.COUNSELOR].actor,
        at=local(f"{day} 21:05"),
    )


def open_sheet(clinic, meeting, role=Role.COUNSELOR, at=AFTER):
    return queries.sheet(meeting.id, zone=ZONE, at=at, by=clinic.staff[role].actor)


def row_of(sheet, patient):
    return next(row for row in sheet.rows if row.patient_id == patient.pk)


def statements(ask):
    """How many statements a question costs."""
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)


def test_an_untaken_sheet_shows_everyone_expected_as_present(clinic, people, meeting, inside):
    sheet = open_sheet(clinic, meeting)
    assert (sheet.name, sheet.topic, sheet.space, sheet.saved_at) == (
        "Evening group",
        "Triggers",
        "Cedar",
        None,
    )
    assert sheet.leaders == ("Facilitator Sample",)
    assert [(row.patient_id, row.mark.state, row.kept) for row in sheet.rows] == [
        (patient.pk, "present", None) for patient in people
    ]


@pytest.fixture
def by_video(clinic, people):
    return factories.make_meeting(clinic, people, video=people[:1])


def test_someone_with_a_video_seat_is_expected_by_video(clinic, people, by_video, inside):
    sheet = open_sheet(clinic, by_video)
    assert [row.mark.state for row in sheet.rows] == ["video", "present", "present"]


def test_a_taken_sheet_shows_the_marks_as_they_were_typed(clinic, meeting, people, inside):
    late = Mark(people[0].pk, State.LATE, in_at=local(f"{TUESDAY} 18:10"))
    take(clinic, meeting, late, *[Mark(patient.pk, State.PRESENT) for patient in people[1:]])
    sheet = open_sheet(clinic, meeting)
    row = row_of(sheet, people[0])
    assert (row.mark.state, row.mark.in_at, row.mark.out_at, row.mark.based_on) == (
        "late",
        local(f"{TUESDAY} 18:10"),
        None,
        1,
    )
    assert (row.kept.minutes, sheet.saved_at) == (155, AFTER)


def test_the_sheet_says_what_a_person_owes_this_week(clinic, meeting, people, inside):
    before = row_of(open_sheet(clinic, meeting), people[0]).hours
    take(clinic, meeting)
    after = row_of(open_sheet(clinic, meeting), people[0]).hours
    assert (before.minutes, before.planned_minutes, before.short_as_planned) == (0, 165, 375)
    assert (after.minutes, after.planned_minutes, after.short_as_planned) == (165, 0, 375)


def test_someone_marked_and_then_taken_off_the_roster_keeps_the_row(clinic, meeting, people, inside):
    take(clinic, meeting)
    meeting.appointment.bookings.filter(patient=people[0]).update(released_at=AFTER)
    row = row_of(open_sheet(clinic, meeting), people[0])
    assert (row.name, row.kept.minutes) == ("Rowan Sample01", 165)
    take(clinic, meeting)
    assert not take(clinic, meeting).changed


def test_a_sheet_costs_the_same_for_eight_and_for_thirty_people(clinic, cast, request):
    eight = factories.make_meeting(clinic, factories.make_patients(clinic, 8))
    thirty = factories.make_meeting(clinic, factories.make_patients(clinic, 30), THURSDAY)
    request.getfixturevalue("inside")
    costs = {statements(lambda meeting=meeting: open_sheet(clinic, meeting)) for meeting in (eight, thirty)}
    assert max(costs) <= 12
    for meeting, day in ((eight, TUESDAY), (thirty, THURSDAY)):
        take(clinic, meeting, day=day)
    taken = {statements(lambda meeting=meeting: open_sheet(clinic, meeting)) for meeting in (eight, thirty)}
    assert len(costs) == len(taken) == 1
    assert max(taken) <= 12


@pytest.fixture
def three_evenings(clinic, people):
    """Everyone is expected on Tuesday, Thursday and Saturday: 495 minutes without the breaks."""
    return [factories.make_meeting(clinic, people, day) for day in (TUESDAY, THURSDAY, "2026-11-28")]


@pytest.fixture
def nine_hours(clinic, people):
    return [
        factories.make_meeting(clinic, people, day, pause=False) for day in (TUESDAY, THURSDAY, "2026-11-28")
    ]


def names(found):
    return {row.name for row in found}


def test_who_comes_to_everything_planned_and_stays_short_is_below_the_floor(
    clinic, people, three_evenings, inside
):
    found = queries.below_floor(MONDAY)
    assert {row.patient_id for row in found} >= {patient.pk for patient in people}
    row = next(row for row in found if row.patient_id == people[0].pk)
    assert (row.minutes, row.planned_minutes, row.floor, row.missing) == (0, 495, 540, 45)
    assert (row.days_left, row.week_starts_on) == (6, SUNDAY)


def test_who_will_reach_the_floor_is_not_named(clinic, people, nine_hours, inside):
    assert not {row.patient_id for row in queries.below_floor(MONDAY)} & {patient.pk for patient in people}


def test_an_absence_puts_a_person_below_the_floor_and_a_reason_explains_it(
    clinic, people, nine_hours, inside
):
    who = people[0].pk
    take(clinic, nine_hours[0], Mark(who, State.ABSENT), *[Mark(p.pk, State.PRESENT) for p in people[1:]])
    below = [row for row in queries.below_floor(date(2026, 11, 25)) if row.patient_id == who]
    assert [(row.missing, row.days_left) for row in below] == [(180, 4)]
    actions.explain_short_week(
        patient_id=who,
        week_starts_on=SUNDAY,
        reason=ShortReason.ILLNESS,
        on=date(2026, 11, 25),
        by=clinic.staff[Role.COUNSELOR].actor,
        at=AFTER,
    )
    assert who not in {row.patient_id for row in queries.below_floor(date(2026, 11, 25))}
    assert queries.hours_of(who, FRIDAY).reason == "illness"


def test_a_counselor_is_told_of_their_own_patients(clinic, people, three_evenings, inside):
    counselor, director = (clinic.staff[role].person.pk for role in (Role.COUNSELOR, Role.DIRECTOR))
    assert len(queries.below_floor(MONDAY, staff_person_id=counselor)) == 4
    assert queries.below_floor(MONDAY, staff_person_id=director) == ()


@pytest.fixture
def another_evening(clinic, people, three_evenings):
    """An open Friday in another group of the program, and seats, so that make-ups may be offered."""
    for place, patient in enumerate(people, start=1):
        Seat.objects.create(
            **clinic.owns(),
            group=three_evenings[0].appointment.slot.group,
            episode=patient.episodes.get(),
            place=place,
            starts_on=date(2026, 10, 5),
            seated_at=AFTER,
            seated_by_id=clinic.staff[Role.COUNSELOR].account.pk,
        )
        Circumstances.objects.create(**clinic.owns(), person_id=patient.person_id)
    return factories.make_meeting(clinic, [], "2026-11-27")


def test_make_ups_that_fit_the_week_are_named_beside_each_person(clinic, people, another_evening, inside):
    row = next(row for row in queries.below_floor(MONDAY) if row.patient_id == people[0].pk)
    assert [each.id for each in row.make_ups] == [another_evening.id]
    ledger = queries.weeks_of(people[0].pk, MONDAY, at=local("2026-11-23 09:00"))
    assert [each.id for each in ledger.make_ups] == [another_evening.id]


def test_who_is_below_the_floor_costs_the_same_for_any_number_of_people(
    clinic, people, another_evening, request
):
    few = statements_inside(clinic, lambda: queries.below_floor(MONDAY))
    for patient in factories.make_patients(clinic, 27):
        Seat.objects.create(
            **clinic.owns(),
            group=another_evening.appointment.slot.group,
            episode=patient.episodes.get(),
            place=patient.number,
            starts_on=date(2026, 10, 5),
            seated_at=AFTER,
            seated_by_id=clinic.staff[Role.COUNSELOR].account.pk,
        )
    many = statements_inside(clinic, lambda: queries.below_floor(MONDAY))
    assert few == many <= 14


def statements_inside(clinic, ask):
    from homeground.ground import scope

    with scope.entered(organization_id=clinic.id):
        return statements(ask)


def test_the_ledger_of_a_patient_costs_the_same_for_any_number_of_weeks(clinic, people, nine_hours, inside):
    who = people[0].pk
    assert statements(lambda: queries.hours_of(who, MONDAY)) == 4
    assert statements(lambda: queries.weeks_of(who, MONDAY, count=20)) == 4
    assert statements(lambda: queries.week_of_everyone(MONDAY)) == 4


def test_what_the_clinic_cancelled_is_neither_expected_nor_planned_d21(clinic, people, nine_hours, inside):
    take(clinic, nine_hours[0], Mark(people[0].pk, State.ABSENT))
    before = queries.hours_of(people[0].pk, MONDAY)
    factories.cancel(clinic, nine_hours[0], AFTER)
    after = queries.hours_of(people[0].pk, MONDAY)
    assert (before.missed, before.expected) == (1, 1)
    assert (after.missed, after.excused, after.expected) == (0, 1, 0)


def test_a_week_ends_with_the_clinics_midnight_not_with_greenwichs(clinic, people, request):
    late = factories.make_meeting(clinic, people, "2026-11-28", pause=False)
    request.getfixturevalue("inside")
    take(clinic, late, day="2026-11-28")
    assert queries.hours_of(people[0].pk, date(2026, 11, 28)).minutes == 165
    assert queries.hours_of(people[0].pk, date(2026, 11, 29)).minutes == 0


def test_calls_are_owed_from_the_day_of_the_absence_until_they_are_made(clinic, meeting, people, inside):
    take(clinic, meeting, Mark(people[0].pk, State.ABSENT), *[Mark(p.pk, State.PRESENT) for p in people[1:]])
    tuesday = date.fromisoformat(TUESDAY)
    assert queries.calls_today(tuesday - timedelta(days=1)) == ()
    call = queries.calls_today(tuesday)[0]
    assert (call.name, call.group, call.may_leave_message, call.may_text) == (
        "Rowan Sample01",
        "Evening group",
        False,
        True,
    )
    assert statements(lambda: queries.calls_today(tuesday)) == 3
    by = clinic.staff[Role.FRONT_DESK].actor
    actions.record_call(outreach_id=call.outreach_id, result=CallResult.NO_ANSWER, by=by, at=AFTER)
    assert queries.calls_today(tuesday) == ()
    with pytest.raises(actions.CallNotOwed):
        actions.record_call(outreach_id=call.outreach_id, result=CallResult.REACHED, by=by, at=AFTER)


def test_sheets_that_are_over_and_not_taken_are_due(clinic, three_evenings, inside):
    tuesday, thursday, _saturday = three_evenings
    friday_noon = local("2026-11-27 12:00")
    leader, other = (clinic.staff[role].person.pk for role in (Role.FACILITATOR, Role.COUNSELOR))
    assert [due.id for due in queries.sheets_due(friday_noon)] == [tuesday.id, thursday.id]
    take(clinic, tuesday)
    assert [due.id for due in queries.sheets_due(friday_noon, leader)] == [thursday.id]
    assert queries.sheets_due(friday_noon, other) == ()
    assert statements(lambda: queries.sheets_due(friday_noon)) == 2
    factories.cancel(clinic, thursday, friday_noon)
    assert queries.sheets_due(friday_noon) == ()


@pytest.mark.parametrize(
    ("first_day", "refusal"),
    [(MONDAY, actions.NotAWeek), (date(2026, 12, 6), actions.NotAWeek), (date(2026, 11, 15), None)],
)
def test_only_a_week_that_has_begun_and_is_short_is_explained(clinic, people, inside, first_day, refusal):
    def explain(reason=ShortReason.HOLIDAY):
        actions.explain_short_week(
            patient_id=people[0].pk,
            week_starts_on=first_day,
            reason=reason,
            on=FRIDAY,
            by=clinic.staff[Role.COUNSELOR].actor,
            at=AFTER,
        )

    if refusal:
        with pytest.raises(refusal):
            explain()
        return
    explain()
    explain(ShortReason.FAMILY)
    assert queries.weeks_of(people[0].pk, FRIDAY).weeks[1].hours.reason == "family"


def test_a_week_that_reached_its_floor_needs_no_reason(clinic, people, nine_hours, inside):
    for meeting, day in zip(nine_hours, (TUESDAY, THURSDAY, "2026-11-28"), strict=True):
        actions.take_attendance(
            appointment_id=meeting.id,
            marks=[Mark(people[0].pk, State.PRESENT)],
            starts_at=local(f"{day} 18:00"),
            ends_at=local(f"{day} 21:00"),
            breaks=[],
            by=clinic.staff[Role.COUNSELOR].actor,
            at=local(f"{day} 21:05"),
        )
    assert queries.hours_of(people[0].pk, date(2026, 11, 28)).minutes == 540
    with pytest.raises(actions.NotShort):
        actions.explain_short_week(
            patient_id=people[0].pk,
            week_starts_on=SUNDAY,
            reason=ShortReason.OTHER,
            on=date(2026, 11, 28),
            by=clinic.staff[Role.COUNSELOR].actor,
            at=local("2026-11-28 21:10"),
        )
