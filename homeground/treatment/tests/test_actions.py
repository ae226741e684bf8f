from datetime import timedelta

import pytest

from homeground.audit.models import Entry
from homeground.people.roles import Role
from homeground.treatment import actions, queries
from homeground.treatment.models import Attendance, Outreach, Session
from homeground.treatment.rules.sheet import Fault, Mark
from homeground.treatment.rules.vocabulary import State
from homeground.treatment.tests import factories
from homeground.treatment.tests.spec_hours import local

pytestmark = pytest.mark.django_db

DAY = "2026-11-24"
AFTER = local(f"{DAY} 21:05")
PAUSE = (local(f"{DAY} 19:30"), local(f"{DAY} 19:45"))


def at(clock):
    return local(f"{DAY} {clock}")


@pytest.fixture
def meeting(clinic):
    return factories.make_meeting(clinic, factories.make_patients(clinic, 3))


@pytest.fixture
def take(clinic, inside):
    """Save a sheet as a member of staff; the times are the planned ones unless told."""

    def taken(
        meeting, *marks, by=Role.FACILITATOR, at=AFTER, starts="18:00", ends="21:00", breaks=(PAUSE,), **more
    ):
        return actions.take_attendance(
            appointment_id=meeting.id,
            marks=marks,
            starts_at=local(f"{DAY} {starts}"),
            ends_at=local(f"{DAY} {ends}"),
            breaks=breaks,
            by=clinic.staff[by].actor,
            at=at,
            **more,
        )

    return taken


def present(meeting):
    return [Mark(patient.pk, State.PRESENT) for patient in meeting.patients]


def kept(meeting):
    rows = Attendance.objects.filter(session__appointment=meeting.appointment)
    return {row.patient_id: row for row in rows}


def problems(refusal):
    return [(p.fault, p.field, p.patient_id) for p in refusal.value.problems]


def test_a_sheet_keeps_what_was_held_who_was_there_and_how_many_minutes_count(meeting, take):
    one, two, three = (patient.pk for patient in meeting.patients)
    take(
        meeting,
        Mark(one, State.PRESENT),
        Mark(two, State.LATE, in_at=at("18:10"), out_at=at("20:50")),
        Mark(three, State.ABSENT),
        ends="20:55",
    )
    session = Session.objects.get(appointment=meeting.appointment)
    assert (session.starts_at, session.ends_at) == (at("18:00"), at("20:55"))
    assert [(pause.lower, pause.upper) for pause in session.breaks] == [PAUSE]
    rows = kept(meeting)
    assert {who: (row.state, row.minutes) for who, row in rows.items()} == {
        one: ("present", 160),
        two: ("late", 145),
        three: ("absent", 0),
    }
    assert (rows[three].in_at, rows[three].out_at) == (None, None)


def test_saving_the_same_sheet_again_changes_nothing(meeting, take):
    marks = [Mark(meeting.patients[0].pk, State.LATE, in_at=at("18:10")), *present(meeting)[1:]]
    assert take(meeting, *marks).changed
    before = (
        list(Attendance.objects.order_by("id").values()),
        list(Session.objects.values()),
        Entry.objects.count(),
    )
    again = take(meeting, *marks, at=AFTER + timedelta(minutes=5))
    assert not again.changed
    assert before == (
        list(Attendance.objects.order_by("id").values()),
        list(Session.objects.values()),
        Entry.objects.count(),
    )


def test_only_the_row_that_changed_gets_a_new_version_and_an_entry(meeting, take):
    take(meeting, *present(meeting))
    who = meeting.patients[0].pk
    take(meeting, Mark(who, State.LATE, in_at=at("18:20"), based_on=1), *present(meeting)[1:])
    assert sorted(row.version for row in kept(meeting).values()) == [1, 1, 2]
    assert Entry.objects.filter(event="treatment.attendance.marked", patient_id=who).count() == 2
    assert Entry.objects.filter(event="treatment.attendance.marked").count() == 4
    assert Entry.objects.filter(event="treatment.attendance.taken").count() == 2


def test_a_change_of_the_times_recounts_everyone_who_was_there_to_the_end(meeting, take):
    one, two, three = (patient.pk for patient in meeting.patients)
    marks = (
        Mark(one, State.PRESENT),
        Mark(two, State.LEFT_EARLY, out_at=at("20:00")),
        Mark(three, State.ABSENT),
    )
    take(meeting, *marks)
    take(meeting, *(Mark(m.patient_id, m.state, m.in_at, m.out_at, based_on=1) for m in marks), ends="20:30")
    assert {who: (row.minutes, row.version) for who, row in kept(meeting).items()} == {
        one: (135, 2),
        two: (105, 1),
        three: (0, 1),
    }


def test_everything_wrong_is_said_at_once_and_nothing_is_written(meeting, take, clinic):
    one, two, three = (patient.pk for patient in meeting.patients)
    outsider = factories.make_patients(clinic, 1)[0]
    with pytest.raises(actions.SheetRefused) as refused:
        take(
            meeting,
            Mark(one, State.LATE),
            Mark(two, State.LATE, in_at=at("20:00"), out_at=at("19:00")),
            Mark(three, State.LEFT_EARLY, out_at=at("21:30")),
            Mark(outsider.pk, State.PRESENT),
        )
    assert problems(refused) == [
        (Fault.IN_MISSING, "in", one),
        (Fault.OUT_BEFORE_IN, "out", two),
        (Fault.OUT_OUTSIDE, "out", three),
        (Fault.NOT_ON_ROSTER, "state", outsider.pk),
    ]
    assert not Session.objects.exists()
    assert not Attendance.objects.exists()


@pytest.mark.parametrize(
    ("times", "fault"),
    [
        ({"starts": "20:00", "ends": "20:00"}, Fault.ENDS_BEFORE_START),
        ({"starts": "21:00", "ends": "18:00"}, Fault.ENDS_BEFORE_START),
        ({"breaks": ((PAUSE[1], PAUSE[0]),)}, Fault.BREAK_BACKWARD),
        ({"at": local(f"{DAY} 17:30")}, Fault.NOT_HELD_YET),
    ],
)
def test_a_session_that_cannot_have_been_is_refused_d03(meeting, take, times, fault):
    with pytest.raises(actions.SheetRefused) as refused:
        take(meeting, *present(meeting), **times)
    assert fault in [problem.fault for problem in refused.value.problems]
    assert not Session.objects.exists()


def test_a_cancelled_session_takes_no_attendance_d21(meeting, take, clinic):
    factories.cancel(clinic, meeting, AFTER)
    with pytest.raises(actions.SheetRefused) as refused:
        take(meeting, *present(meeting))
    assert problems(refused) == [(Fault.CANCELLED, "starts", None)]


def test_nobody_is_marked_present_without_a_consent_to_treat_b16(clinic, take):
    signed, unsigned = (
        factories.make_patients(clinic, 1)[0],
        factories.make_patients(clinic, 1, consented=False)[0],
    )
    meeting = factories.make_meeting(clinic, [signed, unsigned])
    with pytest.raises(actions.SheetRefused) as refused:
        take(meeting, *present(meeting))
    assert problems(refused) == [(Fault.NO_CONSENT, "state", unsigned.pk)]
    take(meeting, Mark(signed.pk, State.PRESENT), Mark(unsigned.pk, State.ABSENT))
    assert kept(meeting)[unsigned.pk].minutes == 0


def test_a_consent_signed_after_the_session_does_not_reach_back_b16(clinic, take):
    patient = factories.make_patients(clinic, 1, consented=False)[0]
    factories.consent(clinic, patient, signed="2026-11-25 09:00")
    meeting = factories.make_meeting(clinic, [patient])
    with pytest.raises(actions.SheetRefused):
        take(meeting, *present(meeting), at=local("2026-11-25 10:00"))


def test_an_absence_owes_a_call_on_the_day_of_the_session_d09(meeting, take):
    absent = meeting.patients[0].pk
    take(meeting, Mark(absent, State.ABSENT), *present(meeting)[1:], at=local("2026-11-25 09:00"))
    call = Outreach.objects.get()
    assert (call.patient_id, call.due_on.isoformat(), call.made_at, call.withdrawn_at) == (
        absent,
        DAY,
        None,
        None,
    )


def test_an_excused_absence_owes_no_call(meeting, take):
    take(meeting, Mark(meeting.patients[0].pk, State.EXCUSED), *present(meeting)[1:])
    assert not Outreach.objects.exists()


def test_correcting_an_absence_withdraws_the_call_and_marking_it_again_asks_for_it_again(meeting, take):
    who, rest = meeting.patients[0].pk, present(meeting)[1:]
    take(meeting, Mark(who, State.ABSENT), *rest)
    take(meeting, Mark(who, State.PRESENT, based_on=1), *rest)
    assert Outreach.objects.get().withdrawn_at == AFTER
    take(meeting, Mark(who, State.ABSENT, based_on=2), *rest)
    assert Outreach.objects.get().withdrawn_at is None


def test_a_row_somebody_else_changed_meanwhile_is_not_overwritten(meeting, take):
    who, rest = meeting.patients[0].pk, present(meeting)[1:]
    take(meeting, Mark(who, State.LATE, in_at=at("18:20")), *rest, by=Role.FRONT_DESK)
    with pytest.raises(actions.SheetRefused) as refused:
        take(meeting, Mark(who, State.ABSENT, based_on=0), *rest)
    assert refused.value.conflicts == {who}
    assert kept(meeting)[who].state == "late"


def test_a_row_left_untouched_takes_what_somebody_else_saved(meeting, take):
    one, two, three = (patient.pk for patient in meeting.patients)
    take(meeting, *present(meeting))
    take(meeting, Mark(one, State.ABSENT, based_on=1), *present(meeting)[1:], by=Role.FRONT_DESK)
    take(
        meeting,
        Mark(one, State.PRESENT, based_on=1, seen=Mark(one, State.PRESENT)),
        Mark(two, State.EXCUSED, based_on=1, seen=Mark(two, State.PRESENT)),
        Mark(three, State.PRESENT, based_on=1, seen=Mark(three, State.PRESENT)),
    )
    assert {who: row.state for who, row in kept(meeting).items()} == {
        one: "absent",
        two: "excused",
        three: "present",
    }


def test_times_somebody_else_changed_meanwhile_are_not_overwritten(meeting, take):
    seen = (at("18:00"), at("21:00"), [PAUSE])
    take(meeting, *present(meeting))
    take(meeting, *present(meeting), ends="20:30", times_seen=seen)
    with pytest.raises(actions.SheetRefused) as refused:
        take(meeting, *present(meeting), ends="20:45", times_seen=seen)
    assert refused.value.times_changed
    take(meeting, *present(meeting), ends="21:00", times_seen=seen)
    assert Session.objects.get().ends_at == at("20:30")


def test_someone_added_to_the_roster_after_the_page_was_opened_is_left_unmarked(meeting, take, clinic):
    take(meeting, *present(meeting)[:2])
    assert len(kept(meeting)) == 2


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.COUNSELOR, Role.DIRECTOR, Role.FRONT_DESK])
def test_who_takes_attendance(meeting, take, role):
    assert take(meeting, *present(meeting), by=role).changed


def test_a_facilitator_takes_only_their_own_groups(clinic, take):
    meeting = factories.make_meeting(
        clinic, factories.make_patients(clinic, 1), leader=clinic.staff[Role.COUNSELOR]
    )
    with pytest.raises(queries.SheetNotHere):
        take(meeting, *present(meeting))


@pytest.fixture
def elsewhere(cast):
    return factories.make_meeting(cast.other_clinic, factories.make_patients(cast.other_clinic, 1))


def test_another_clinics_appointment_is_not_here(elsewhere, take):
    with pytest.raises(queries.SheetNotHere):
        take(elsewhere, *present(elsewhere), by=Role.DIRECTOR)


@pytest.mark.parametrize("count", [1, 8, 30])
def test_a_save_is_at_most_twelve_statements_however_many_people(
    clinic, take, count, django_assert_max_num_queries
):
    meeting = factories.make_meeting(clinic, factories.make_patients(clinic, count))
    absent = Mark(meeting.patients[0].pk, State.ABSENT)
    with django_assert_max_num_queries(12):
        take(meeting, absent, *present(meeting)[1:])
    changed = [Mark(patient.pk, State.LATE, in_at=at("18:10"), based_on=1) for patient in meeting.patients]
    with django_assert_max_num_queries(12):
        take(meeting, *changed, ends="20:45")
    with django_assert_max_num_queries(12):
        take(meeting, *changed, ends="20:45")
