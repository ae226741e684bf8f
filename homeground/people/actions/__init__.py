"""What may be written about persons and accounts."""

from homeground.people.actions.accounts import (
    LastKeeper,
    MembershipNotHere,
    NameTooPlain,
    NotYourRoleToGive,
    RoleHeldAlready,
    UsernameTaken,
    end_membership,
    make_account,
    set_password,
    welcome,
)
from homeground.people.actions.links import AccountNotHere, LinkSpent, NotYourLinkToMake, make_link, use_link
from homeground.people.actions.notices import Kind, Text, hand_over_notices, leave_notices, see_notices
from homeground.people.actions.persons import (
    NameMissing,
    answer_safe_contact,
    complete_person,
    register_person,
)

__all__ = [
    "Kind",
    "Text",
    "hand_over_notices",
    "leave_notices",
    "see_notices",
    "AccountNotHere",
    "LastKeeper",
    "LinkSpent",
    "MembershipNotHere",
    "NameMissing",
    "NameTooPlain",
    "NotYourLinkToMake",
    "NotYourRoleToGive",
    "RoleHeldAlready",
    "UsernameTaken",
    "answer_safe_contact",
    "complete_person",
    "end_membership",
    "make_account",
    "make_link",
    "register_person",
    "set_password",
    "use_link",
    "welcome",
]
