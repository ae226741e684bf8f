"""Consents and requests made through the actions, as a clinic would."""

from datetime import UTC, datetime, timedelta

from homeground.confidentiality import actions
from homeground.confidentiality.rules.asking import Relationship, Request
from homeground.confidentiality.rules.elements import Draft
from homeground.confidentiality.rules.labels import label
from homeground.confidentiality.rules.vocabulary import (
    CHART,
    Asker,
    Category,
    Channel,
    ConsentKind,
    EndsWith,
    Purpose,
)

AT = datetime(2026, 11, 21, 18, tzinfo=UTC)
HOUR = timedelta(hours=1)
LABELS = tuple(label(category, part2=True) for category in CHART)
DIGEST = "a" * 64


def draft(**changes) -> Draft:
    """A complete consent: the employer may know about attendance."""
    facts = {
        "kind": ConsentKind.SPECIFIC,
        "person": "Wren Testperson",
        "discloser": "Juniper House",
        "categories": frozenset({Category.ATTENDANCE, Category.STAY}),
        "recipients": ("Cobalt Works",),
        "purposes": frozenset({Purpose.EMPLOYMENT}),
        "ends_with": EndsWith.DATE,
        "expires_at": AT + timedelta(days=90),
        "ending_words": "",
        "signature": "Wren Testperson",
        "signed_at": AT - HOUR,
    }
    return Draft(**{**facts, **changes})


def family(relative, *categories) -> dict:
    """What makes a signed consent one for a relative who signs in."""
    return {
        "recipient_kind": "family",
        "recipient_id": relative.person.pk,
        "draft": draft(
            categories=frozenset(categories or {Category.ATTENDANCE}),
            recipients=("Relative Testperson",),
            purposes=frozenset({Purpose.SUPPORT}),
        ),
    }


def sign(cast, by, **changes):
    """Sign a consent of the cast's patient; the id."""
    given = {
        "person_id": cast.patient.person.pk,
        "draft": draft(),
        "language": "en",
        "method": "screen",
        "recipient_kind": "employer",
        "recipient_address": "1 Works Road",
        "by": by,
        "at": AT,
    }
    return actions.sign_consent(**{**given, **changes})


def ask(**changes) -> Request:
    """The employer asks about attendance."""
    facts = {
        "asker": Asker.EMPLOYER,
        "purpose": Purpose.EMPLOYMENT,
        "categories": frozenset({Category.ATTENDANCE}),
        "channel": Channel.PDF,
        "name": "Cobalt Works",
    }
    return Request(**{**facts, **changes})


def permit(cast, by, **changes):
    """Ask for a permit as the consent desk would."""
    given = {
        "person_id": cast.patient.person.pk,
        "request": ask(),
        "labels": LABELS,
        "relationship": Relationship(),
        "by": by,
        "at": AT,
    }
    return actions.permit(**{**given, **changes})


def disclose(permit, by, **changes):
    """Write what a permit released into the accounting."""
    given = {
        "permit": permit,
        "digest": DIGEST,
        "description": "days and hours of attendance",
        "recipient": "Cobalt Works",
        "recipient_address": "1 Works Road",
        "by": by,
        "at": AT,
    }
    return actions.record_disclosure(**{**given, **changes})
