"""The pages of the timetable, opened and sent as people do it, with good input and bad."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from homeground.ground import clock
from homeground.people.roles import Role
from homeground.timetable import actions
from homeground.timetable.models import (
    Appointment,
    Circumstances,
    CounselorHour,
    Group,
    Move,
    NoContact,
    Obligation,
    Seat,
)
from homeground.timetable.rules.occurrences import at_clock
from homeground.timetable.tests.factories import (
    EVENINGS,
    MORNINGS,
    make_group,
    make_hour,
    make_patient,
    take_chairs,
)

ZONE = "America/Denver"
NOWHERE = uuid4()


@pytest.fixture
def today():
    return clock.now().astimezone(at_clock(date(2026, 1, 1), time(0), ZONE).tzinfo).date()


@pytest.fixture
def desk(clinic, sign_in):
    return sign_in(clinic.staff[Role.FRONT_DESK])


@pytest.fixture
def director(clinic, sign_in):
    return sign_in(clinic.staff[Role.DIRECTOR])


@pytest.fixture
def facilitator(clinic, sign_in):
    return sign_in(clinic.staff[Role.FACILITATOR])


@pytest.fixture
def evening(clinic, today):
    """A group with three people, in the real calendar of the coming weeks."""
    group = make_group(clinic, topic="Triggers")
    take_chairs(clinic, group, 3)
    by = clinic.staff[Role.SCHEDULER].actor
    actions.make_calendar(until=today + timedelta(weeks=3), by=by, at=clock.now())
    return group


@pytest.fixture
def ahead(evening):
    return Appointment.objects.order_by("-starts_at").first()


def url(name, *args):
    return reverse(f"timetable:{name}", args=args)


def test_the_week_shows_seats_used_and_leads_on(evening, desk, today):
    page = desk.get(url("week"), {"on": (today + timedelta(weeks=1)).isoformat()})
    assert page.status_code == 200
    text = page.content.decode()
    assert "3 of 10 seats" in text
    assert "Evening group" in text


@pytest.mark.parametrize("on", ["", "tomorrow", "9999-12-31", "0001-01-01", "2026-02-30", "\x00"])
def test_a_week_that_cannot_be_read_is_this_week(evening, desk, on):
    assert desk.get(url("week"), {"on": on}).status_code == 200


def test_an_empty_week_says_what_to_do(clinic, desk, director):
    assert b"Nothing in the calendar" in desk.get(url("week")).content
    assert b"New group" not in desk.get(url("week")).content
    assert b"New group" in director.get(url("week")).content


def test_the_week_takes_few_statements(clinic, evening, desk, django_assert_max_num_queries):
    for number in range(4):
        group = make_group(clinic, f"Group {number}", MORNINGS, leader=False, in_room=False)
        take_chairs(clinic, group, 2, first_number=5000 + 10 * number)
    desk.get(url("week"))
    with django_assert_max_num_queries(16):
        desk.get(url("week"))


def test_a_facilitator_sees_the_groups_they_lead_and_no_other(clinic, evening, facilitator, ahead):
    other = make_group(clinic, "Other group", MORNINGS, leader=False, in_room=False)
    assert facilitator.get(url("group", evening.pk)).status_code == 200
    assert facilitator.get(url("appointment", ahead.pk)).status_code == 200
    assert facilitator.get(url("group", other.pk)).status_code == 404
    assert b"Other group" not in facilitator.get(url("week")).content
    assert facilitator.post(url("cancellation", ahead.pk), {"reason": "staff"}).status_code == 403


def test_a_group_page_names_its_members(evening, desk):
    text = desk.get(url("group", evening.pk)).content.decode()
    assert "Sample2001 Testperson" in text
    assert "3 of 10 seats used" in text


@pytest.mark.parametrize("name", ["group", "appointment", "obligations", "fit"])
def test_what_is_not_here_is_404(cast, clinic, desk, name):
    foreign = make_group(cast.other_clinic)
    assert desk.get(url(name, NOWHERE)).status_code == 404
    assert desk.get(url(name, foreign.pk)).status_code == 404


def test_an_appointment_is_cancelled_once(evening, ahead, desk):
    assert desk.post(url("cancellation", ahead.pk), {"reason": "mood"}).status_code == 422
    assert desk.post(url("cancellation", ahead.pk), {"reason": "weather"}).status_code == 302
    again = desk.post(url("cancellation", ahead.pk), {"reason": "weather"})
    assert again.status_code == 422
    assert b"counts as excused" in desk.get(url("appointment", ahead.pk)).content


def moving(ahead, **change):
    on = ahead.slot_on + timedelta(days=1)
    return {"on": f"{on:%m/%d/%Y}", "starts": "6p", "ends": "9 pm", "space": "", **change}


def test_a_move_is_looked_at_before_it_is_saved(clinic, evening, ahead, desk):
    make_group(clinic, "Other", [((ahead.slot_on.weekday() + 1) % 7, time(19), time(22))])
    by = clinic.staff[Role.SCHEDULER].actor
    actions.make_calendar(until=ahead.slot_on + timedelta(days=3), by=by, at=clock.now())
    shown = desk.get(url("appointment", ahead.pk), moving(ahead)).content.decode()
    assert "Taken at that time:" in shown
    assert "Facilitator Sample" in shown
    refused = desk.post(url("moves", ahead.pk), moving(ahead))
    assert refused.status_code == 422
    assert b"The person who leads is taken at this time." in refused.content
    free = moving(ahead, starts="7 am", ends="10 am")
    assert b"Nothing stands in the way" in desk.get(url("appointment", ahead.pk), free).content
    assert desk.post(url("moves", ahead.pk), free).status_code == 302
    assert Move.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"on": ""},
        {"on": "yesterday"},
        {"on": "1/1/1926"},
        {"on": "1/1/9999"},
        {"on": "11/24/26"},
        {"starts": "25:00"},
        {"starts": "9p", "ends": "6p"},
        {"starts": "x" * 5000},
        {"space": "not-an-id"},
        {"space": str(NOWHERE)},
        {"on": "01/05/2026"},
    ],
)
def test_a_move_that_makes_no_sense_is_refused_and_kept(evening, ahead, desk, change):
    sent = moving(ahead, **change)
    page = desk.post(url("moves", ahead.pk), sent)
    assert page.status_code == 422
    if len(sent["starts"]) < 100:
        assert f'value="{sent["starts"]}"' in page.content.decode()
    assert Move.objects.count() == 0


def test_somebody_else_leads(clinic, evening, ahead, desk):
    counselor = clinic.staff[Role.COUNSELOR].person
    assert desk.post(url("substitutes", ahead.pk), {"staff": counselor.pk}).status_code == 302
    assert b"Counselor Sample" in desk.get(url("appointment", ahead.pk)).content
    assert desk.post(url("substitutes", ahead.pk), {"staff": str(NOWHERE)}).status_code == 422


@pytest.fixture
def episode(clinic):
    return make_patient(clinic, 3001)


@pytest.fixture
def person(episode):
    return episode.patient.person


def typed(**change):
    return {"weekday": "0", "on": "", "starts": "8a", "ends": "5p", "hard": "hard", **change}


def test_a_time_is_typed_the_way_people_type(person, desk):
    assert desk.post(url("obligations", person.pk), typed()).status_code == 302
    assert desk.post(url("obligations", person.pk), typed(weekday="", on="11/24/2026")).status_code == 302
    weekly, dated = Obligation.objects.order_by("weekday")
    assert (weekly.weekday, weekly.starts, weekly.ends) == (0, time(8), time(17))
    assert dated.starts_at == at_clock(date(2026, 11, 24), time(8), ZONE)


@pytest.mark.parametrize(
    "change",
    [
        {"weekday": "7"},
        {"weekday": ""},
        {"on": "11/24/2026"},
        {"weekday": "", "on": "13/45/2026"},
        {"starts": "", "ends": ""},
        {"starts": "5p", "ends": "8a"},
        {"starts": "\x00"},
        {"hard": "granite"},
        {"starts": "9" * 10_000},
    ],
)
def test_a_time_that_makes_no_sense_is_refused(person, desk, change):
    assert desk.post(url("obligations", person.pk), typed(**change)).status_code == 422
    assert Obligation.objects.count() == 0


def test_the_painted_week_is_saved(person, desk):
    sent = {"week": ["0-16", "0-17", "9-99"], "week-was": "0" * 84}
    assert desk.post(url("painted", person.pk), sent).status_code == 302
    [row] = Obligation.objects.all()
    assert (row.weekday, row.starts, row.ends) == (0, time(8), time(9))
    page = desk.get(url("obligations", person.pk)).content.decode()
    assert "8:00" in page


def test_a_preset_marks_without_saving(person, desk):
    page = desk.post(url("painted", person.pk), {"week-preset": "office", "week-was": "0" * 84})
    assert page.status_code == 200
    assert Obligation.objects.count() == 0


def calendar(text, name="week.ics"):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return {"calendar": SimpleUploadedFile(name, text)}


def test_a_calendar_file_leaves_only_times(person, desk, today):
    from pathlib import Path

    sample = (Path(__file__).parent / "samples" / "office_week.ics").read_bytes()
    assert desk.post(url("calendar_file", person.pk), calendar(sample)).status_code == 302
    assert Obligation.objects.filter(imported=True).count() >= 60
    assert b"A title nobody may see" not in desk.get(url("obligations", person.pk)).content


@pytest.mark.parametrize("content", [b"", b"not a calendar", b"x" * 1_200_000])
def test_a_file_that_is_no_calendar_is_refused(person, desk, content):
    assert desk.post(url("calendar_file", person.pk), calendar(content)).status_code == 422
    assert desk.post(url("calendar_file", person.pk), {}).status_code == 422
    assert Obligation.objects.count() == 0


@pytest.mark.parametrize("minutes", ["", "-1", "241", "far", "1e9"])
def test_travel_out_of_reason_is_refused(person, desk, minutes):
    sent = {"travel_minutes": minutes, "daypart": "eve"}
    assert desk.post(url("circumstances", person.pk), sent).status_code == 422
    assert Circumstances.objects.count() == 0


def test_circumstances_are_saved(person, desk):
    sent = {"travel_minutes": "25", "daypart": "am", "video_possible": "on"}
    assert desk.post(url("circumstances", person.pk), sent).status_code == 302
    assert Circumstances.objects.get().travel_minutes == 25


def test_an_obligation_is_removed_once(clinic, person, desk):
    row = Obligation.objects.create(**clinic.owns(), person=person, weekday=1, starts=time(9), ends=time(10))
    assert b"Remove Tuesday 09:00" in desk.get(url("obligations", person.pk)).content
    assert desk.post(url("obligation_removal", row.pk)).status_code == 302
    assert desk.post(url("obligation_removal", row.pk)).status_code == 404


def test_only_clinicians_see_who_is_kept_apart(clinic, sign_in, person, desk):
    other = make_patient(clinic, 3002).patient.person
    counselor = sign_in(clinic.staff[Role.COUNSELOR])
    assert desk.get(url("apart", person.pk)).status_code == 403
    assert b"must not meet" not in desk.get(url("obligations", person.pk)).content
    assert counselor.post(url("apart", person.pk), {"other": other.pk}).status_code == 302
    assert counselor.post(url("apart", person.pk), {"other": other.pk}).status_code == 422
    assert counselor.post(url("apart", person.pk), {"other": person.pk}).status_code == 422
    pair = NoContact.objects.get()
    assert desk.post(url("apart_removal", pair.pk)).status_code == 403
    assert counselor.post(url("apart_removal", pair.pk)).status_code == 302


def seating(group, today, **change):
    return {"group": str(group.pk), "starts_on": today.isoformat(), **change}


def test_the_fit_panel_offers_in_words_and_one_click_seats(clinic, evening, episode, desk, today):
    hour = make_hour(clinic, 2, time(10))
    page = desk.get(url("fit", episode.pk)).content.decode()
    assert "9 h a week, 3 days, 3 evenings, home by 21:00." in page
    assert "own counselor" in page
    assert f'value="{today.isoformat()}"' in page
    sent = seating(evening, today, hour=str(hour.pk))
    assert desk.post(url("seats", episode.pk), sent).status_code == 302
    assert Seat.objects.get(episode=episode).place == 4
    again = desk.post(url("seats", episode.pk), sent)
    assert again.status_code == 422
    assert b"already has a seat" in again.content


def test_the_fit_panel_names_the_smallest_change(clinic, evening, episode, desk):
    Obligation.objects.create(
        **clinic.owns(), person=episode.patient.person, weekday=1, starts=time(17), ends=time(19)
    )
    page = desk.get(url("fit", episode.pk)).content.decode()
    assert "Ask about Tuesday 18:00–19:00" in page


def test_the_front_desk_reads_only_that_a_group_is_not_available(clinic, evening, episode, desk, today):
    other = evening.seats.first().episode.patient.person
    low, high = sorted((other, episode.patient.person), key=lambda each: each.pk)
    NoContact.objects.create(
        **clinic.owns(), one=low, other=high, recorded_at=clock.now(), recorded_by_id=NOWHERE
    )
    page = desk.get(url("fit", episode.pk)).content.decode()
    assert "No group is available" in page
    refused = desk.post(url("seats", episode.pk), seating(evening, today))
    assert refused.status_code == 422
    assert b"This group is not available." in refused.content
    assert b"apart" not in refused.content


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"group": str(NOWHERE)}, 404),
        ({"group": "x"}, 422),
        ({"group": ""}, 422),
        ({"hour": str(NOWHERE)}, 404),
        ({"hour": "1; drop table"}, 422),
        ({"starts_on": ""}, 422),
        ({"starts_on": "1999-01-01"}, 422),
        ({"starts_on": "9999-01-01"}, 422),
        ({"starts_on": "2026-01-05"}, 422),
        ({"by_video": "on"}, 422),
    ],
)
def test_a_seat_asked_for_badly_is_refused_and_nothing_is_written(
    evening, episode, desk, today, change, status
):
    sent = seating(evening, today) | change
    assert desk.post(url("seats", episode.pk), sent).status_code == status
    assert not Seat.objects.filter(episode=episode).exists()


def test_talks_have_a_week_of_their_own_and_can_be_ended(clinic, evening, episode, desk, today):
    hour = make_hour(clinic, 2, time(10))
    desk.post(url("seats", episode.pk), seating(evening, today, hour=str(hour.pk)))
    later = {"on": (today + timedelta(weeks=1)).isoformat()}
    assert b">Talk<" not in desk.get(url("week"), later).content
    assert b">Talk<" in desk.get(url("week"), later | {"show": "talks"}).content
    page = desk.get(url("fit", episode.pk)).content.decode()
    assert "Wednesday 10:00–11:00, Counselor Sample" in page
    assert "Seat in Evening group" not in page
    held = hour.seats.get()
    sent = {"ends_on": today.isoformat(), "episode": str(episode.pk)}
    assert desk.post(url("talk_end", held.pk), sent | {"ends_on": "soon"}).status_code == 302
    assert desk.post(url("talk_end", held.pk), sent).status_code == 302
    held.refresh_from_db()
    assert held.ends_on is not None
    assert desk.post(url("talk_end", NOWHERE), sent).status_code == 404


def test_a_full_group_is_refused_in_words(clinic, evening, episode, desk, today):
    Group.objects.update(capacity=3)
    refused = desk.post(url("seats", episode.pk), seating(evening, today))
    assert refused.status_code == 422
    assert b"The last chair was just taken" in refused.content


def test_a_seat_is_ended(evening, desk, today):
    seat = evening.seats.first()
    assert desk.post(url("seat_end", seat.pk), {"ends_on": "soon", "group": "x"}).status_code == 302
    sent = {"ends_on": f"{today + timedelta(days=2):%m/%d/%Y}", "group": str(evening.pk)}
    assert desk.post(url("seat_end", seat.pk), sent).status_code == 302
    seat.refresh_from_db()
    assert seat.ends_on == today + timedelta(days=2)
    assert desk.post(url("seat_end", NOWHERE), sent).status_code == 404


def test_a_guest_is_booked_for_a_day(clinic, evening, ahead, desk, today):
    morning = make_group(clinic, "Morning group", MORNINGS, leader=False, in_room=False)
    episode = make_patient(clinic, 3005)
    by = clinic.staff[Role.SCHEDULER].actor
    actions.seat(episode_id=episode.pk, group_id=morning.pk, starts_on=today, by=by, at=clock.now())
    sent = {"patient": str(episode.patient_id)}
    assert desk.post(url("make_ups", ahead.pk), sent).status_code == 302
    assert b"make-up" in desk.get(url("appointment", ahead.pk)).content
    assert desk.post(url("make_ups", ahead.pk), {"patient": "x"}).status_code == 404
    assert desk.post(url("make_ups", ahead.pk), {"patient": str(NOWHERE)}).status_code == 404


def grouped(clinic, today, **change):
    times = {f"starts_{day}": "6p" for day, _, _ in EVENINGS} | {
        f"ends_{day}": "9p" for day, _, _ in EVENINGS
    }
    return {
        "name": "First group",
        "program": str(clinic.adult.pk),
        "kind": "core",
        "track": "evening",
        "capacity": "10",
        "language": "en",
        "space": str(clinic.room.pk),
        "leaders": [str(clinic.staff[Role.FACILITATOR].person.pk)],
        "starts_on": f"{today:%m/%d/%Y}",
        **times,
        **change,
    }


def test_an_empty_clinic_gets_its_first_group_in_the_browser(clinic, director, desk, today):
    assert director.get(url("new_group")).status_code == 200
    assert director.post(url("new_group"), grouped(clinic, today)).status_code == 302
    group = Group.objects.get()
    assert Appointment.objects.count() >= 23
    assert director.get(url("edit_group", group.pk)).status_code == 200
    changed = grouped(clinic, today, name="Renamed", capacity="8")
    assert director.post(url("edit_group", group.pk), changed).status_code == 302
    group.refresh_from_db()
    assert (group.name, group.capacity, group.slots.count()) == ("Renamed", 8, 3)
    assert desk.get(url("new_group")).status_code == 403


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": "x" * 121},
        {"program": str(NOWHERE)},
        {"program": ""},
        {"capacity": "0"},
        {"capacity": "61"},
        {"capacity": "many"},
        {"kind": "party"},
        {"ends_0": ""},
        {"ends_0": "5p"},
        {"pause_0": "5p", "resume_0": "5:15p"},
        {"starts_0": "", "starts_1": "", "starts_3": "", "ends_0": "", "ends_1": "", "ends_3": ""},
        {"leaders": [str(NOWHERE)]},
        {"leaders": ["x"]},
        {"space": str(NOWHERE)},
        {"starts_on": "someday"},
        {"starts_on": "1/1/3026"},
    ],
)
def test_a_group_that_makes_no_sense_is_refused_and_kept(clinic, director, today, change):
    page = director.post(url("new_group"), grouped(clinic, today, **change))
    assert page.status_code == 422
    assert Group.objects.count() == 0
    if "name" not in change:
        assert "First group" in page.content.decode()


def test_times_people_are_booked_at_are_not_changed(clinic, director, today):
    director.post(url("new_group"), grouped(clinic, today))
    group = Group.objects.get()
    by = clinic.staff[Role.SCHEDULER].actor
    actions.seat(
        episode_id=make_patient(clinic, 3001).pk, group_id=group.pk, starts_on=today, by=by, at=clock.now()
    )
    page = director.post(url("edit_group", group.pk), grouped(clinic, today, starts_0="5p", ends_0="8p"))
    assert page.status_code == 422
    assert b"People are booked at these times" in page.content


def test_counselor_hours_are_kept_in_the_browser(clinic, director):
    sent = {
        "staff": str(clinic.staff[Role.COUNSELOR].person.pk),
        "weekday": "1",
        "starts": "5p",
        "ends": "6p",
        "space": str(clinic.office.pk),
        "by_video": "on",
    }
    assert director.post(url("hours"), sent).status_code == 302
    assert director.post(url("hours"), sent).status_code == 422
    assert director.post(url("hours"), sent | {"ends": "4p"}).status_code == 422
    assert director.post(url("hours"), sent | {"staff": str(NOWHERE)}).status_code == 422
    hour = CounselorHour.objects.get()
    assert b"Remove Counselor Sample, Tuesday 17:00" in director.get(url("hours")).content
    assert director.post(url("hour_removal", hour.pk)).status_code == 302
    assert director.post(url("hour_removal", hour.pk)).status_code == 404


@pytest.mark.parametrize("name", ["seats", "cancellation", "moves", "painted", "seat_end", "make_ups"])
def test_what_only_writes_is_not_read(desk, name):
    assert desk.get(url(name, NOWHERE)).status_code == 405


def test_a_forged_post_is_refused(clinic, evening, episode, today):
    from django.test import Client

    forged = Client(enforce_csrf_checks=True)
    member = clinic.staff[Role.FRONT_DESK]
    forged.force_login(member.account, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert forged.post(url("seats", episode.pk), seating(evening, today)).status_code == 403


def test_times_are_shown_on_the_clinics_clock(evening, ahead, desk):
    text = desk.get(url("appointment", ahead.pk)).content.decode()
    assert ", 18:00" in text
    assert isinstance(ahead.starts_at, datetime)
