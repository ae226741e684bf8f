"""Who may open the pages of this room."""

from homeground.ground.access import ANYONE, NoRecord, OnePerson, Reads, Table, Way, Ways
from homeground.people.roles import DOOR, EVERYONE_SIGNED_IN, KEEPERS, STAFF

PAGES: Table = {
    "people:accounts": KEEPERS,
    "people:ending": KEEPERS,
    "people:links": DOOR | KEEPERS,
    "people:person": DOOR,
    "people:account": DOOR,
    "people:me": EVERYONE_SIGNED_IN,
    "people:sign_in": ANYONE,
    "people:draft_key": STAFF,
}

_CONTACT = OnePerson("person_id", frozenset({"presence", "contact"}))
_ACCOUNTS = NoRecord("sign-in names and roles of an account: nothing about treatment")

WAYS: Ways = {"person_id": Way("people.Person", "pk")}
READS: Reads = {
    "people:accounts": _ACCOUNTS,
    "people:ending": _ACCOUNTS,
    "people:links": _ACCOUNTS,
    "people:person": _CONTACT,
    "people:account": _CONTACT,
    "people:me": NoRecord("the reader's own account"),
    "people:draft_key": NoRecord("a key for the reader's own typed text, which stays in their browser"),
    "people:sign_in": NoRecord("signs somebody in and shows nothing"),
}
