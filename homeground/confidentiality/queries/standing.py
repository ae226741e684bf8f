"""What the decision must know about a person, read in few statements."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q

from homeground.confidentiality.models import (
    Agreement,
    ConfidentialContact,
    Representative,
    Restriction,
)
from homeground.confidentiality.queries.book import book
from homeground.confidentiality.queries.consents import facts_of
from homeground.confidentiality.rules.asking import Decision, Relationship, Request, RestrictionFacts
from homeground.confidentiality.rules.decide import decide
from homeground.confidentiality.rules.labels import Label
from homeground.confidentiality.rules.vocabulary import Category, Purpose, RestrictionKind
from homeground.ground.sealed_text import opened, opened_hex


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds at a moment for one person and one member of staff: restrictions and an open glass."""

    restrictions: tuple[RestrictionFacts, ...]
    glass_until: datetime | None


# Two small tables in one statement: a patient's page may cost one statement more, not two.
_STANDING = """
select id, kind, recipient_kind, recipient, categories, purposes, ends_at from confidentiality_restriction
 where person_id = %s and starts_at <= %s and (ends_at is null or ends_at > %s)
union all
select id, 'glass', '', '', '{}', '{}', ends_at from confidentiality_breakglass
 where person_id = %s and account_id = %s and starts_at <= %s and ends_at > %s
"""


def standing(person_id: UUID, account_id: UUID | None, at: datetime) -> Standing:
    """Restrictions in force and the break-glass access of this account.

    One statement, two where a restriction names its recipient.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, [person_id, at, at, person_id, account_id, at, at])
        rows = cursor.fetchall()
    return Standing(
        restrictions=tuple(
            RestrictionFacts(
                kind=RestrictionKind(kind),
                recipient_kind=recipient_kind,
                recipient=opened(Restriction, "recipient", recipient, row=id),
                categories=frozenset(Category(code) for code in categories),
                purposes=frozenset(Purpose(code) for code in purposes),
                ends_at=ends_at,
            )
            for id, kind, recipient_kind, recipient, categories, purposes, ends_at in rows
            if kind != "glass"
        ),
        glass_until=max((row[6] for row in rows if row[1] == "glass"), default=None),
    )


STANDING = """
(select coalesce(jsonb_agg(jsonb_build_array(
          id, kind, recipient_kind, encode(recipient, 'hex'), categories, purposes)), '[]')
   from confidentiality_restriction r
  where r.person_id = asked.person_id and r.starts_at <= %(at)s and (r.ends_at is null or r.ends_at > %(at)s)
) as restrictions,
(select max(g.ends_at) from confidentiality_breakglass g
  where g.person_id = asked.person_id and g.account_id = %(account)s and g.starts_at <= %(at)s
    and g.ends_at > %(at)s
) as glass_until
"""
"""The same as two columns of a larger statement, for each `asked.person_id`, of %(account)s at %(at)s."""


def read_standing(restrictions: str, glass_until: datetime | None) -> Standing:
    """What the columns of `STANDING` say. No statement, one where a restriction names its recipient."""
    return Standing(
        restrictions=tuple(
            RestrictionFacts(
                kind=RestrictionKind(kind),
                recipient_kind=recipient_kind,
                recipient=opened_hex(Restriction, "recipient", recipient, row=id),
                categories=frozenset(Category(code) for code in categories),
                purposes=frozenset(Purpose(code) for code in purposes),
            )
            for id, kind, recipient_kind, recipient, categories, purposes in json.loads(restrictions)
        ),
        glass_until=glass_until,
    )


def decision(
    *,
    person_id: UUID,
    request: Request,
    labels: tuple[Label, ...],
    relationship: Relationship,
    account_id: UUID | None,
    at: datetime,
) -> Decision:
    """The decision on any request, with everything that is known about the person now. Three statements.

    An answer to look at. What leaves needs a Permit, which decides again under a lock.
    """
    found = standing(person_id, account_id, at)
    consents = facts_of(person_id, at)
    return decide(request, labels, consents, found.restrictions, relationship, at, book=book())


def agreements_with(party: str, on: date) -> frozenset[str]:
    """Kinds of written agreement in force with a party of this name on a day. One statement."""
    rows = Agreement.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=on), party__iexact=party, starts_on__lte=on
    )
    return frozenset(rows.values_list("kind", flat=True))


def represents(holder_id: UUID, person_id: UUID, on: date) -> bool:
    """Whether somebody may lawfully act for a person on a day. One statement."""
    rows = Representative.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=on), holder_id=holder_id, person_id=person_id, starts_on__lte=on
    )
    return rows.exists()


@dataclass(frozen=True, slots=True)
class Reach:
    """How a person asked to be reached; empty fields were not asked for."""

    address: str = ""
    phone: str = ""
    email: str = ""
    hours: str = ""
    words: str = ""


def confidential_contact(person_id: UUID, at: datetime) -> Reach:
    """The address, telephone and hours a person asked for, which everything that leaves obeys (check F24)."""
    row = ConfidentialContact.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=at), person_id=person_id, starts_at__lte=at
    ).first()
    if row is None:
        return Reach()
    return Reach(row.address, row.phone, row.email, row.hours, row.words)
