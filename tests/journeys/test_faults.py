"""A power cut and a crowd, small: benchmarks/faults has them at full size."""

from benchmarks.faults.last_seat import rush
from benchmarks.faults.power_cut import cut


def test_given_a_crowd_at_the_last_chair_when_all_press_at_once_then_one_sits_and_the_rest_are_told(demo):
    told = rush(demo, 40)
    assert told["answers"] == {"seated": 1, "refused with 422": 39}
    assert told["page_says"] == "1 of 1"


def test_given_sheets_being_saved_when_the_power_is_cut_then_no_acknowledged_save_is_lost(demo):
    told = cut(demo, 40)
    assert told["saves_acknowledged"] >= 40
    assert told["saves_lost"] == 0
