"""The rotation, what a person has had, and the template's hours."""

from datetime import date

import pytest

from homeground.treatment.queries.curriculum import course
from homeground.treatment.rules.curriculum import coverage


def test_the_shipped_course_has_sixteen_topics_and_reaches_the_floor():
    found = course()
    assert (len(found.lessons), found.weeks, found.shortfall(540), found.shortfall(600)) == (16, 16, 0, 60)
    assert len({lesson.title for lesson in found.lessons}) == 16


@pytest.mark.parametrize(
    ("topic", "number", "following"),
    [
        ("", None, 1),
        ("Triggers and the road to use", 1, 2),
        (" TRIGGERS and the road to use", 1, 2),
        ("Something else", None, 1),
    ],
)
def test_the_rotation_goes_on_from_the_last_topic_and_begins_again(topic, number, following):
    assert course().number_of(topic) == number
    assert course().after(number or 0).number == following
    assert course().after(16).number == 1
    assert [each.number for each in course().sequence(15, 3)] == [16, 1, 2]


def test_a_missed_topic_shows_and_one_that_was_had_names_its_days():
    found = coverage(course(), [(3, date(2026, 11, 3)), (3, date(2026, 11, 20)), (99, date(2026, 1, 1))])
    assert [each.had_on for each in found if each.had_on] == [(date(2026, 11, 20), date(2026, 11, 3))]
    assert sum(not each.had_on for each in found) == 15
