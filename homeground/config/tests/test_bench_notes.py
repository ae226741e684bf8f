"""The bench of notes: the guards are measured without a database."""

from homeground.config.bench.notes import ATTENDEES, EARLIER, guard_cost


def test_the_guards_are_measured_over_fifteen_people_with_twenty_notes_each():
    cost = guard_cost()
    assert (cost.attendees, cost.earlier) == (ATTENDEES, EARLIER) == (15, 20)
    assert 0 < cost.p50_ms <= cost.p95_ms
