"""The cases of consents, signers, clocks and breaches: each is tested, and printed in the manual."""

from datetime import date

from homeground.confidentiality.rules.elements import Draft, Statement
from homeground.confidentiality.rules.vocabulary import CHART, ConsentKind, EndsWith, Purpose, RequestKind
from homeground.confidentiality.tests.spec import AT, COURT, HOUR, WORK, C


def draft(kind=ConsentKind.SPECIFIC, **changes) -> Draft:
    """A complete draft of a class."""
    facts = {
        "kind": ConsentKind(kind),
        "person": "Wren Testperson",
        "discloser": "Juniper House",
        "categories": frozenset({C.ATTENDANCE}),
        "recipients": ("Cobalt Works",),
        "purposes": frozenset({WORK}),
        "ends_with": EndsWith.DATE,
        "expires_at": AT + 90 * 24 * HOUR,
        "ending_words": "",
        "signature": "Wren Testperson",
        "signed_at": AT,
        "statements": frozenset(Statement),
        "members": (),
    }
    return Draft(**{**facts, **changes})


CARE = {
    "kind": ConsentKind.CARE_AND_PAY,
    "categories": CHART,
    "recipients": ("my treating providers and health plans",),
    "purposes": frozenset({Purpose.TREATMENT, Purpose.PAYMENT, Purpose.OPERATIONS}),
    "ends_with": EndsWith.NEVER,
    "expires_at": None,
}
NOTES = {"kind": ConsentKind.COUNSELING_NOTES, "categories": frozenset({C.COUNSELING_NOTES})}
SUPERVISED = {
    "kind": ConsentKind.SUPERVISION,
    "recipients": ("Officer Sample",),
    "purposes": frozenset({Purpose.SUPERVISION}),
    "ends_with": EndsWith.EVENT,
    "expires_at": None,
    "ending_words": "the end of my probation",
}


def without(*statements: Statement) -> frozenset[Statement]:
    """All statements but these."""
    return frozenset(Statement) - set(statements)


# What is wrong, the draft, the cards that object.
DRAFTS = (
    ("complete: a specific consent", {}, ()),
    ("complete: care and pay, no end", CARE, ()),
    ("complete: care and pay, until the end of treatment", {**CARE, "ends_with": "end_of_treatment"}, ()),
    ("complete: counseling notes", NOTES, ()),
    ("complete: supervision", SUPERVISED, ()),
    ("no name", {"person": " "}, ("element.patient",)),
    ("not said who discloses", {"discloser": ""}, ("element.discloser",)),
    ("nothing listed", {"categories": frozenset()}, ("element.categories",)),
    ("no recipient", {"recipients": ()}, ("element.recipients",)),
    ("anybody may have it", {"recipients": ("Anyone",)}, ("element.recipients",)),
    ("an intermediary without members", {"kind": "intermediary"}, ("element.intermediary",)),
    ("no purpose", {"purposes": frozenset()}, ("element.purposes",)),
    ("the right to revoke is not told", {"statements": without(Statement.RIGHT_TO_REVOKE)},
     ("element.right_to_revoke",)),
    ("no end", {"expires_at": None}, ("element.expiry",)),
    ("it ends before it is signed", {"expires_at": AT - HOUR}, ("element.expiry",)),
    ("an event nobody named", {"ends_with": EndsWith.EVENT, "expires_at": None}, ("element.expiry",)),
    ("a specific consent without end (F03)", {"ends_with": EndsWith.NEVER, "expires_at": None},
     ("element.expiry",)),
    ("not signed", {"signature": ""}, ("element.signature",)),
    ("no date of the signature", {"signed_at": None}, ("element.signed_on",)),
    ("signed tomorrow", {"signed_at": AT + HOUR}, ("element.signed_on",)),
    ("care and pay: redisclosure is not told", {**CARE, "statements": without(Statement.REDISCLOSURE)},
     ("element.redisclosure",)),
    ("care and pay: what follows from refusal is not told (F02)",
     {**CARE, "statements": without(Statement.REFUSAL)}, ("element.refusal",)),
    ("fundraising without a way out", {"purposes": frozenset({Purpose.FUNDRAISING})},
     ("element.fundraising",)),
    ("care and pay that also serves an employer (F04)",
     {**CARE, "purposes": frozenset({Purpose.TREATMENT, WORK})}, ("class.alone",)),
    ("care and pay that also opens counseling notes (F05)",
     {**CARE, "categories": CHART | {C.COUNSELING_NOTES}}, ("class.counseling_notes",)),
    ("counseling notes with attendance (F05)",
     {**NOTES, "categories": frozenset({C.COUNSELING_NOTES, C.ATTENDANCE})}, ("class.counseling_notes",)),
    ("counseling notes as a condition of treatment (F05)",
     {**NOTES, "statements": without(Statement.NOT_A_CONDITION)}, ("class.counseling_notes",)),
    ("a proceeding together with work (F06)",
     {"kind": "proceeding", "purposes": frozenset({COURT, WORK})}, ("class.alone",)),
    ("a proceeding within a specific consent (F06)", {"purposes": frozenset({COURT, WORK})},
     ("class.alone",)),
    ("supervision by the court as such (F31)", {**SUPERVISED, "recipients": ("The court",)},
     ("class.supervision",)),
    ("the list of medicines within a specific consent (F32)",
     {"purposes": frozenset({Purpose.PRESCRIPTION_MONITORING})}, ("class.alone",)),
)  # fmt: skip

BORN = date(2012, 6, 1)
# What, born on, state, represented, whose signatures are wanted, whose were given, enough
SIGNERS = (
    ("an adult", date(1990, 4, 2), "CO", False, "patient", "patient", True),
    ("an adult, signed by a parent", date(1990, 4, 2), "CO", False, "patient", "parent", False),
    ("14 years old in California signs alone (F21)", BORN, "CA", False, "patient", "patient", True),
    ("14 years old in California, signed by a parent only (F21)", BORN, "CA", False, "patient", "parent",
     False),
    ("14 years old in New York alone", BORN, "NY", False, "parent patient", "patient", False),
    ("14 years old in New York with a parent", BORN, "NY", False, "parent patient", "patient parent", True),
    ("14 years old in New York with a guardian", BORN, "NY", False, "parent patient", "patient guardian",
     True),
    ("14 years old in a state we have no row for", BORN, "WY", False, "parent patient", "patient", False),
    ("18 today", date(2008, 11, 21), "NY", False, "patient", "patient", True),
    ("18 tomorrow", date(2008, 11, 22), "NY", False, "parent patient", "patient", False),
    ("somebody who cannot decide", date(1950, 1, 1), "CO", True, "personal_representative",
     "personal_representative", True),
)  # fmt: skip

RECEIVED = date(2026, 11, 21)
# A right, its last day, its last day after the extension
CLOCKS = (
    (RequestKind.ACCESS, date(2026, 12, 21), date(2027, 1, 20)),
    (RequestKind.AMENDMENT, date(2027, 1, 20), date(2027, 2, 19)),
    (RequestKind.ACCOUNTING, date(2027, 1, 20), date(2027, 2, 19)),
    (RequestKind.INTERMEDIARY_LIST, date(2026, 12, 21), None),
    (RequestKind.RESTRICTION, date(2026, 12, 21), None),
    (RequestKind.CONFIDENTIAL_CONTACT, date(2026, 11, 22), None),
    (RequestKind.COMPLAINT, date(2026, 12, 21), None),
)
# People, most in one state, which, low risk, whom to tell by when
BREACHES = (
    (3, 3, "", False, "persons 2027-01-20, authority 2027-03-01"),
    (499, 499, "", False, "persons 2027-01-20, authority 2027-03-01"),
    (500, 500, "", False, "persons 2027-01-20, authority 2027-01-20, media 2027-01-20"),
    (500, 499, "", False, "persons 2027-01-20, authority 2027-01-20"),
    (800, 800, "", True, ""),
    (3, 3, "CO", False, "persons 2026-12-21, authority 2027-03-01"),
    (499, 499, "CO", False, "persons 2026-12-21, authority 2027-03-01"),
    (
        500,
        500,
        "CO",
        False,
        "persons 2026-12-21, authority 2027-01-20, media 2027-01-20, state 2026-12-21",
    ),
    (500, 500, "WY", False, "persons 2027-01-20, authority 2027-01-20, media 2027-01-20"),
)
