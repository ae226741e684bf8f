"""Keys of text a browser keeps: one for each account and session, told by nothing but the house."""

from uuid import uuid4

import pytest

from homeground.ground import drafts, keyring

ONE, OTHER = uuid4(), uuid4()


def test_a_session_has_a_mark_of_its_own_which_is_no_key():
    first, second = drafts.mark(ONE, "session a"), drafts.mark(ONE, "session b")
    assert first != second and first == drafts.mark(ONE, "session a")
    assert "session" not in first and drafts.key(ONE, first).hex() not in first


def test_another_account_with_the_same_mark_gets_another_key():
    mark = drafts.mark(ONE, "session a")
    assert len(drafts.key(ONE, mark)) == 32
    assert drafts.key(ONE, mark) == drafts.key(ONE, mark) != drafts.key(OTHER, mark)


def test_a_derived_key_is_not_the_house_key():
    house = keyring.current()
    assert house.derived("one") not in (house.secret, house.derived("other"))
    assert house.secret.hex() not in repr(house)


@pytest.mark.parametrize(
    "mark", ["", "1", "1.", "x." + "a" * 22, "9999." + "a" * 22, "200." + "a" * 22, "1.é" + "a" * 21]
)
def test_a_mark_that_no_house_key_made_opens_nothing(mark):
    with pytest.raises(drafts.NoSuchKey):
        drafts.key(ONE, mark)
