"""Offers and changes in a clinic small enough to check in the head."""

from dataclasses import replace

from homeground.timetable.solver.explain import Blocker
from homeground.timetable.solver.model import Incumbent
from homeground.timetable.solver.place import Board, place
from homeground.timetable.tests.solver.test_judge import CLINIC, DAY, PATIENT, PLAN, TRACK

FREE = replace(PLAN.without(1), copies={0: 1, 1: 1})
NEWCOMER = replace(PATIENT, id=7)


def test_an_open_seat_is_offered_with_every_part_of_the_week() -> None:
    answer = place(CLINIC, FREE, NEWCOMER)
    (offer,) = answer.offers
    assert offer.core == (0, (0, 1, 2))
    assert offer.special == {"trauma": 1}
    assert offer.family == (1, DAY + 30)
    assert offer.cost == 3 * 2 * 30, "the hours lie on days with a group"
    assert answer.changes == () and answer.conflict == ()


def test_two_fortnightly_family_hours_share_one_slot() -> None:
    narrow = replace(NEWCOMER, family=((DAY + 32, DAY + 34),))
    (offer,) = place(CLINIC, FREE, narrow).offers
    assert offer.family == FREE.family[0]
    third = replace(FREE, family={0: (1, DAY + 32), 1: (1, DAY + 32)})
    assert place(CLINIC, third, narrow).changes == (
        (Blocker("counselor", (DAY + 32, DAY + 34)), Blocker("office", (DAY + 32, DAY + 34))),
    ), "the only office is as full as the counselor"


def test_someone_already_seated_finds_their_own_seat_free() -> None:
    full = Board.of(CLINIC, PLAN)
    assert full.place(PATIENT).offers
    assert not full.place(NEWCOMER).offers


def test_a_full_group_is_the_smallest_change() -> None:
    answer = place(CLINIC, PLAN, replace(NEWCOMER, topics=()))
    assert answer.changes == ((Blocker("full", (0,)),),)
    assert answer.conflict == (Blocker("full", (0,)),)


def test_only_the_part_of_an_obligation_in_the_way_is_named_and_the_whole_in_a_conflict() -> None:
    clerk = replace(NEWCOMER, busy=((23, 34), (DAY + 25, DAY + 30)), topics=())
    answer = place(CLINIC, FREE, clerk)
    assert answer.changes == ((Blocker("busy", (23, 25)),),), "an hour of group and way, not the afternoon"
    assert answer.conflict == (Blocker("busy", (23, 34)),)


def test_gates_are_never_offered_as_a_change() -> None:
    women_only = replace(CLINIC, tracks=(replace(TRACK, gender="F"), CLINIC.tracks[1]))
    answer = place(women_only, FREE, replace(NEWCOMER, gender="M"))
    assert answer.offers == () and answer.changes == ()
    assert answer.conflict == (Blocker("gate", ("core",)),)


def test_somebody_to_be_kept_apart_is_named_for_the_caller_to_hide() -> None:
    answer = place(replace(CLINIC, exclusions=((7, 0),)), FREE, replace(NEWCOMER, topics=()))
    assert answer.changes == ((Blocker("apart", (0,)),),)


def test_video_is_a_change_when_only_video_groups_run() -> None:
    online = replace(CLINIC, tracks=(replace(TRACK, onsite=False), CLINIC.tracks[1]))
    answer = place(online, FREE, replace(NEWCOMER, topics=()))
    assert answer.changes == ((Blocker("telehealth", ()),),)


def test_a_soft_obligation_costs_but_does_not_block() -> None:
    (plain,) = place(CLINIC, FREE, NEWCOMER).offers
    (soft,) = place(CLINIC, FREE, replace(NEWCOMER, soft=((18, 20),))).offers
    assert soft.cost == plain.cost + 60


def test_partial_weeks_name_what_they_leave_out() -> None:
    no_group = replace(FREE, copies={0: 1}, facilitators={0: (0,)}, special={})
    board = Board.of(CLINIC, no_group)
    assert board.place(NEWCOMER).offers == ()
    assert board.place(NEWCOMER).conflict == (Blocker("gate", ("topic:trauma",)),)
    (offer,) = board.place(NEWCOMER, partial=True).offers
    assert offer.missing == ("topic:trauma",)
    assert offer.cost == 3 * 2 * 30 + 10 * 2 * 60


def test_the_same_counselor_and_hour_are_kept_when_they_can_be() -> None:
    held = replace(NEWCOMER, incumbent=Incumbent(core=0, therapist=1, start=2 * DAY + 26))
    (offer,) = place(CLINIC, FREE, held).offers
    assert offer.solo == (1, 2 * DAY + 26)


def test_changes_come_beside_offers_when_asked() -> None:
    answer = Board.of(CLINIC, FREE).place(NEWCOMER, explain=True)
    assert answer.offers and answer.changes == ((),), "nothing has to change"


def test_one_other_person_may_free_the_only_possible_hour() -> None:
    thursday_four = 3 * DAY + 32
    taken = replace(FREE, solo={0: (0, thursday_four)})
    rest_of_days = tuple((day * DAY, day * DAY + 16) for day in range(3)) + tuple(
        (day * DAY + 25, (day + 1) * DAY) for day in range(3)
    )
    thursday = ((3 * DAY, thursday_four - 1), (thursday_four + 3, 5 * DAY))
    rigid = replace(NEWCOMER, busy=rest_of_days + thursday, topics=(), family=(), counselors=(0,))
    board = Board.of(replace(CLINIC, offices=2), taken)
    assert board.place(rigid).offers == ()
    (offer,) = board.place(rigid, eject=True).offers
    assert offer.solo == (0, thursday_four)
    assert offer.shift is not None
    assert (offer.shift.patient, offer.shift.before) == (0, (0, thursday_four))
    assert offer.shift.after[1] < 3 * DAY, "one journey less for the other"
