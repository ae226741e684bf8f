"""Which entry of the rail a page lies under."""

import pytest

from homeground.config.rail import rail
from homeground.people.roles import Role


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/desk/", "Home"),
        ("/desk/people/", "People"),
        ("/interop/requests/", "Privacy"),
        ("/confidentiality/reviews/", "Privacy"),
        ("/desk/looks/", "Privacy"),
        ("/elsewhere/", None),
    ],
)
def test_one_entry_is_where_a_director_is(clinic, path, label):
    entries = rail(clinic.staff[Role.DIRECTOR].actor, path, {})
    assert [each.label for each in entries if each.current] == ([label] if label else [])


def test_what_a_role_has_no_entry_for_lights_nothing(clinic):
    entries = rail(clinic.staff[Role.COUNSELOR].actor, "/confidentiality/reviews/", {})
    assert not [each.label for each in entries if each.current]
