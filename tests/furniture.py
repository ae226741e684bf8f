"""One of everything a URL can name, for the tests that walk all URLs."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from cast import Cast, make_person

from homeground.confidentiality.actions import (
    break_glass,
    note_identity,
    open_request,
    receive_outside_request,
    record_breach,
    record_consent,
    restrict,
)
from homeground.confidentiality.models import Proposal
from homeground.confidentiality.rules.vocabulary import (
    Asker,
    Category,
    Paper,
    Purpose,
    RequestKind,
    RestrictionKind,
)
from homeground.front_door.models import HelpRequest, Worry
from homeground.ground import envelope, scope
from homeground.ground.ids import uuid7
from homeground.interop.actions.received import Paper as ReceivedPaper
from homeground.interop.actions.received import receive_record
from homeground.interop.models import Release
from homeground.interop.rules import packet
from homeground.interop.rules.received import Way
from homeground.people.roles import Role
from homeground.placement.models import Administration, CriticalAnswer, OnCall, Packet, Screening
from homeground.plan.models import Draw, DrugTest, Incident, Review, SubstanceUse
from homeground.plan.tests.factories import make_assessment, make_plan, make_version, put_in_force
from homeground.program.rules.vocabulary import Population
from homeground.timetable.models import (
    Appointment,
    Away,
    Booking,
    Candidate,
    CounselorHour,
    CounselorSeat,
    Group,
    Hold,
    Leading,
    NoContact,
    Obligation,
    Scenario,
    Seat,
    Slot,
    Solving,
    Waiting,
    Wish,
)
from homeground.treatment.models import Attendance, Handout, Note, Outreach, Session

SEATED = datetime(2026, 10, 5, 16, tzinfo=UTC)
RECEIVED = "zqsealed5qz\n\n42 CFR part 2 prohibits unauthorized use or disclosure of these records."
"""A letter with the marker that tests/leaks looks for."""
HELD = datetime(2026, 11, 17, 1, tzinfo=UTC)


def make_group(cast: Cast) -> Group:
    """An evening group led by the facilitator, with the patient in its first chair."""
    clinic, owns = cast.clinic, cast.clinic.owns()
    group = Group.objects.create(
        **owns,
        program=clinic.adult,
        name="Evening",
        track=Group.Track.EVENING,
        capacity=12,
        population=Population.ADULT,
        starts_on=date(2026, 9, 1),
    )
    for weekday in (0, 1, 3):
        Slot.objects.create(
            **owns, group=group, weekday=weekday, starts=time(18), ends=time(21), space=clinic.room
        )
    Leading.objects.create(
        **owns, group=group, staff=clinic.staff[Role.FACILITATOR].person, starts_on=date(2026, 9, 1)
    )
    Seat.objects.create(
        **owns,
        group=group,
        episode=cast.patient_episode,
        place=1,
        starts_on=date(2026, 10, 5),
        seated_at=SEATED,
        seated_by_id=clinic.staff[Role.SCHEDULER].account.pk,
    )
    return group


def make_scenario(cast: Cast) -> dict[str, Any]:
    """A scenario with a candidate, and a run that has ended."""
    owns = cast.clinic.owns()
    scenario = Scenario.objects.create(
        **owns,
        program=cast.clinic.adult,
        name="More mornings",
        starts_on=date(2027, 1, 4),
        made_at=SEATED,
        made_by_id=uuid7(),
    )
    candidate = Candidate.objects.create(
        **owns,
        scenario=scenario,
        name="Early",
        track="morning",
        days=[0, 2, 4],
        starts=time(7),
        ends=time(10, 15),
        break_minutes=15,
        capacity=8,
    )
    run = Solving.objects.create(
        **owns,
        scenario=scenario,
        asked_at=SEATED,
        asked_by_id=uuid7(),
        started_at=SEATED,
        ended_at=SEATED,
        failed="engine",
    )
    return {"scenario_id": scenario.pk, "candidate_id": candidate.pk, "solving_id": run.pk}


def make_hold(cast: Cast) -> Hold:
    """A chair kept for the patient in a group that has not begun."""
    owns = cast.clinic.owns()
    group = Group.objects.create(
        **owns,
        program=cast.clinic.adult,
        name="Later",
        track=Group.Track.MORNING,
        capacity=12,
        population=Population.ADULT,
        starts_on=date(2027, 9, 1),
    )
    seat = Seat.objects.create(
        **owns,
        group=group,
        episode=cast.patient_episode,
        place=1,
        starts_on=group.starts_on,
        seated_at=SEATED,
        seated_by_id=uuid7(),
    )
    until = SEATED + timedelta(days=3)
    return Hold.objects.create(**owns, seat=seat, until=until, held_at=SEATED, held_by_id=uuid7())


def make_appointment(cast: Cast, group: Group, starts_at: datetime = HELD) -> Appointment:
    """A dated meeting of the group with its room, leader and the patient booked."""
    owns = cast.clinic.owns()
    ends_at = starts_at + timedelta(hours=3)
    slot = group.slots.first()
    appointment = Appointment.objects.create(
        **owns, slot=slot, slot_on=starts_at.date(), starts_at=starts_at, ends_at=ends_at, made_at=SEATED
    )
    taken = {"appointment": appointment, "starts_at": starts_at, "ends_at": ends_at}
    Booking.objects.create(**owns, **taken, space=cast.clinic.room)
    Booking.objects.create(**owns, **taken, staff=cast.clinic.staff[Role.FACILITATOR].person)
    Booking.objects.create(**owns, **taken, patient=cast.patient_episode.patient)
    return appointment


def make_request(cast: Cast) -> HelpRequest:
    """Somebody asked for help."""
    return HelpRequest.objects.create(
        **cast.clinic.owns(),
        alias="Someone",
        contact_kind="phone",
        sealed_contact=b"",
        may_leave_message=False,
        may_text=False,
        may_name_us=False,
        language="en",
        received_at=SEATED,
        promised_at=SEATED + timedelta(minutes=15),
        once=uuid7(),
    )


def arguments(cast: Cast) -> dict[str, Any]:
    """What each argument of a URL may be: rows of the cast's clinic, one of everything."""
    clinic, owns, episode = cast.clinic, cast.clinic.owns(), cast.patient_episode
    person, by_id = episode.patient.person, clinic.staff[Role.COUNSELOR].account.pk
    group = make_group(cast)
    appointment = make_appointment(cast, group)
    hour = CounselorHour.objects.create(
        **owns, staff=clinic.staff[Role.COUNSELOR].person, weekday=4, starts=time(10), ends=time(11)
    )
    one, other = sorted([person.pk, make_person(clinic, "Somebody", "Else").pk], key=lambda key: key.int)
    return {
        "request_id": make_request(cast).pk,
        "account_id": cast.patient.account.pk,
        "membership_id": cast.relative.account.memberships.get().pk,
        "person_id": person.pk,
        "episode_id": episode.pk,
        "patient_id": episode.patient.pk,
        "screening_id": Screening.objects.create(
            **owns, person=person, opened_at=SEATED, opened_by_id=by_id
        ).pk,
        "group_id": group.pk,
        "hour_id": hour.pk,
        "center_id": clinic.center.pk,
        "space_id": clinic.room.pk,
        "appointment_id": appointment.pk,
        "pair_id": NoContact.objects.create(
            **owns, one_id=one, other_id=other, recorded_at=SEATED, recorded_by_id=by_id
        ).pk,
        "obligation_id": Obligation.objects.create(
            **owns, person=person, weekday=0, starts=time(8), ends=time(16)
        ).pk,
        "seat_id": group.seats.get().pk,
        "counselor_seat_id": CounselorSeat.objects.create(
            **owns,
            hour=hour,
            episode=episode,
            starts_on=episode.starts_on,
            seated_at=SEATED,
            seated_by_id=by_id,
        ).pk,
        "outreach_id": make_outreach(cast, appointment).pk,
        "note_id": make_note(cast, appointment).pk,
        "handout_id": Handout.objects.create(
            **owns,
            topic="Saying no",
            title="Leaflet",
            rights="own",
            holder="The clinic",
            content=b"%PDF-1.4",
            digest="0" * 64,
            added_at=SEATED,
            added_by_id=by_id,
        ).pk,
        "private_note_id": uuid7(),  # nobody here has written one: another account's does not exist
        "away_id": Away.objects.create(
            **owns,
            staff=clinic.staff[Role.FACILITATOR].person,
            starts_on=date(2026, 12, 1),
            ends_on=date(2026, 12, 3),
            told_at=SEATED,
            told_by_id=uuid7(),
        ).pk,
        "consent_id": record_consent(
            person_id=cast.patient.person.pk,
            kind="treatment",
            language="en",
            method="paper",
            signed_at=SEATED,
            by=clinic.staff[Role.COUNSELOR].actor,
            at=SEATED,
        ),
        **make_scenario(cast),
        "hold_id": make_hold(cast).pk,
        "waiting_id": Waiting.objects.create(
            **owns, episode=cast.patient_episode, urgency=2, since=SEATED, put_by_id=uuid7()
        ).pk,
        "wish_id": Wish.objects.create(
            **owns, patient=episode.patient, kind=Wish.Kind.CALL_ME, made_at=SEATED
        ).pk,
        **make_plan_of(cast),
        "release_id": make_release(cast),
        "glass_id": break_glass(
            person_id=person.pk, reason="She fell.", by=clinic.staff[Role.COUNSELOR].actor, at=SEATED
        ),
        "worry_id": make_worry(cast),
        "proposal_id": make_proposal(cast).pk,
        "kind": "specific",
        "reader_id": clinic.staff[Role.COUNSELOR].person.pk,
        "breach_id": record_breach(
            discovered_on=SEATED.date(),
            happened_on=None,
            description="A letter went to the wrong house.",
            people_count=1,
            most_in_one_state=1,
            person_ids=[person.pk],
            by=clinic.staff[Role.COUNSELOR].actor,
            at=SEATED,
        ),
        "right_id": open_request(
            person_id=person.pk,
            kind=RequestKind.ACCESS,
            words="",
            received_on=SEATED.date(),
            owner_id=None,
            by=clinic.staff[Role.COUNSELOR].actor,
            at=SEATED,
        ),
        "asked_id": make_outside_request(cast),
        "received_id": make_received(cast),
        "restriction_id": restrict(
            person_id=person.pk,
            kind=RestrictionKind.AGREED,
            recipient="Ore Works",
            by=clinic.staff[Role.COUNSELOR].actor,
            at=SEATED,
        ),
        "secret": "invented",
        **make_measure(cast),
    }


def make_outside_request(cast: Cast) -> UUID:
    """A lawyer wrote with an order; who it is was checked, and whom it is about is known."""
    by = cast.clinic.staff[Role.DIRECTOR].actor
    assert by is not None
    asked_id = receive_outside_request(
        came_by="fax",
        asker_kind=Asker.LAWYER,
        asker_name="L. Sample",
        asker_organization="Sample Law",
        asker_address="1 Court Street",
        subject="Somebody Else",
        purpose=Purpose.PROCEEDING,
        categories=[Category.ATTENDANCE],
        paper=Paper.COURT_ORDER,
        paper_reference="26-1",
        paper_on=SEATED.date(),
        words="The whole record.",
        owner_id=by.person_id,
        by=by,
        at=SEATED,
    )
    person_id = cast.patient_episode.patient.person_id
    note_identity(request_id=asked_id, person_id=person_id, checked_by="called back", by=by, at=SEATED)
    return asked_id


def make_received(cast: Cast) -> UUID:
    """A letter another program sent about the patient, with its notice."""
    by = cast.clinic.staff[Role.COUNSELOR].actor
    assert by is not None
    with scope.entered(organization_id=cast.clinic.id, account_id=by.account_id):
        return receive_record(
            person_id=cast.patient_episode.patient.person_id,
            paper=ReceivedPaper(body=RECEIVED.encode(), sender="Sample program", what="A letter"),
            came_by=Way.FAX,
            received_on=SEATED.date(),
            by=by,
            at=SEATED,
        )


def make_measure(cast: Cast) -> dict[str, UUID]:
    """A questionnaire that was begun, and a critical answer in it."""
    owns, patient = cast.clinic.owns(), cast.patient_episode.patient
    packet = Packet.objects.create(
        **owns,
        patient=patient,
        occasion="once",
        mode="link",
        made_at=SEATED,
        answerable_until=datetime(2036, 1, 1, tzinfo=UTC),
    )
    administration = Administration.objects.create(
        **owns, packet=packet, patient=patient, instrument="phq-9", version="1", begun_at=SEATED
    )
    critical = CriticalAnswer.objects.create(
        **owns,
        administration=administration,
        patient=patient,
        item="9",
        value=1,
        kind="suicide",
        raised_at=SEATED,
        due_at=SEATED + timedelta(hours=2),
    )
    shift = OnCall.objects.create(
        **owns,
        person=cast.clinic.staff[Role.COUNSELOR].person,
        starts_at=SEATED,
        ends_at=SEATED + timedelta(hours=8),
        made_at=SEATED,
        made_by_id=uuid7(),
    )
    return {
        "shift_id": shift.pk,
        "packet_id": packet.pk,
        "administration_id": administration.pk,
        "critical_id": critical.pk,
    }


def make_release(cast: Cast) -> UUID:
    """A packet that left, with nothing in it."""
    by = cast.clinic.staff[Role.COUNSELOR]
    person_id, row = cast.patient_episode.patient.person_id, uuid7()
    content = packet.Content(
        kind=packet.Kind.RECORD,
        language="en",
        title="Record",
        sender="Juniper House",
        about="",
        recipient="",
        recipient_address="",
        purpose="",
        made_on="2026-10-05",
        made_at=0,
        text="",
        sections=(),
        notice="",
        explanation="",
        marks=(),
    )
    with scope.entered(organization_id=cast.clinic.id):
        key = envelope.key_for(subject_id=person_id, by=by.actor, at=SEATED)
    Release.objects.create(
        **cast.clinic.owns(),
        id=row,
        person_id=person_id,
        kind="record",
        format="json",
        digest=packet.digest(packet.as_json(content)),
        sealed=key.close(packet.canonical(content), table="interop_release", row=row, column="sealed"),
        made_at=SEATED,
        made_by_id=by.account.pk,
    )
    return row


def make_worry(cast: Cast) -> UUID:
    """Somebody worries about someone."""
    row = uuid7()
    key = envelope.make_key(subject_id=row, by=cast.clinic.staff[Role.COUNSELOR].actor, at=SEATED)
    sealed = key.close("Somebody worries.", table=Worry._meta.db_table, row=row, column="sealed_words")
    Worry.objects.create(
        **cast.clinic.owns(),
        id=row,
        sealed_words=sealed,
        language="en",
        received_at=SEATED,
        due_at=SEATED + timedelta(hours=4),
        once=uuid7(),
    )
    return row


def make_proposal(cast: Cast) -> Proposal:
    """A consent filled in for the patient, not signed yet."""
    return Proposal.objects.create(
        **cast.clinic.owns(),
        person=cast.patient.person,
        kind="specific",
        discloser="Juniper House",
        categories=["attendance"],
        recipient_kind="employer",
        recipients=["Cobalt Works"],
        purposes=["employment"],
        ends_with="event",
        ending_words="I leave this job",
        made_at=SEATED,
        made_by_id=cast.clinic.staff[Role.COUNSELOR].account.pk,
    )


def make_note(cast: Cast, appointment: Appointment) -> Note:
    """A contact note of the facilitator, not signed yet."""
    staff = cast.clinic.staff[Role.FACILITATOR]
    return Note.objects.create(
        **cast.clinic.owns(),
        kind="contact",
        patient=cast.patient_episode.patient,
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        opened_at=appointment.ends_at,
        author=staff.person,
        changed_at=appointment.ends_at,
        changed_by_id=staff.account.pk,
    )


def make_outreach(cast: Cast, appointment: Appointment) -> Outreach:
    """The patient was away from the appointment, and a call is owed."""
    owns, patient = cast.clinic.owns(), cast.patient_episode.patient
    by_id = cast.clinic.staff[Role.FACILITATOR].account.pk
    session = Session.objects.create(
        **owns,
        appointment=appointment,
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        taken_at=appointment.ends_at,
        taken_by_id=by_id,
    )
    attendance = Attendance.objects.create(
        **owns,
        session=session,
        patient=patient,
        state="absent",
        minutes=0,
        marked_at=appointment.ends_at,
        marked_by_id=by_id,
    )
    return Outreach.objects.create(
        **owns,
        patient=patient,
        attendance=attendance,
        due_on=appointment.slot_on,
        opened_at=appointment.ends_at,
    )


def make_plan_of(cast: Cast) -> dict[str, Any]:
    """A plan in force with its open review, a draft of the next, an assessment with a substance, a test."""
    episode, owns = cast.patient_episode, cast.clinic.owns()
    counselor = cast.clinic.staff[Role.COUNSELOR].person
    current = put_in_force(make_version(make_plan(episode)))
    objective = current.plan.objectives.get()
    version = make_version(current.plan, number=2, problem=current.goals.get().problem, objective=objective)
    review = Review.objects.create(
        **owns, plan=current.plan, version=current, opened_at=SEATED, opened_by_id=counselor.pk
    )
    assessment = make_assessment(episode)
    substance = SubstanceUse.objects.create(
        **owns, assessment=assessment, substance="Alcohol", recorded_at=SEATED, recorded_by_id=counselor.pk
    )
    draw = Draw.objects.create(
        **owns,
        drawn_at=SEATED,
        drawn_by=counselor,
        seed="0" * 64,
        method="hmac-sha256",
        wanted=1,
        due_on=date(2026, 11, 24),
    )
    test = DrugTest.objects.create(
        **owns,
        patient=episode.patient,
        reason="clinical",
        specimen="urine",
        panel="12 substances",
        ordered_at=SEATED,
        ordered_by=counselor,
        due_on=date(2026, 11, 24),
    )
    incident = Incident.objects.create(
        **owns,
        patient=episode.patient,
        kind="other",
        happened_at=SEATED,
        words="Invented",
        recorded_at=SEATED,
        recorded_by=counselor,
    )
    return {
        "incident_id": incident.pk,
        "version_id": version.pk,
        "problem_id": version.goals.get().problem_id,
        "objective_id": objective.pk,
        "review_id": review.pk,
        "assessment_id": assessment.pk,
        "substance_id": substance.pk,
        "draw_id": draw.pk,
        "test_id": test.pk,
    }
