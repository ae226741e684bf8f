"""What staff see of a person's consents: what holds, what waits, what ended, and who may sign."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from homeground.chart import queries as chart
from homeground.confidentiality import queries as confidentiality
from homeground.confidentiality.queries import proposals
from homeground.confidentiality.queries.proposals import MaySign, Proposed
from homeground.desk.queries.privacy import Permission, permission
from homeground.timetable.rules.occurrences import local_day


class NobodyHere(Exception):
    """No such patient in the organization in scope."""


@dataclass(frozen=True, slots=True)
class PersonConsents:
    """The consents of one person as the desk sees them."""

    patient_id: UUID
    person_id: UUID
    name: str = field(repr=False)
    waiting: tuple[Proposed, ...]
    permissions: tuple[Permission, ...]
    others: tuple[MaySign, ...]


def person_consents(patient_id: UUID, at: datetime, zone: str) -> PersonConsents:
    """A person's consents, in English. At most ten statements, however many there are. Raises NobodyHere."""
    found = chart.patient_name(patient_id)
    if found is None:
        raise NobodyHere
    signed = confidentiality.consents_of(found.person_id, at)
    ending = {each.facts.id for each in confidentiality.to_renew(at, person_id=found.person_id)}
    return PersonConsents(
        patient_id=patient_id,
        person_id=found.person_id,
        name=found.name,
        waiting=proposals.proposed(found.person_id, "en", zone),
        permissions=tuple(
            replace(permission(each, "en", zone), renew=each.facts.id in ending) for each in signed
        ),
        others=proposals.may_sign(found.person_id, local_day(at, zone)),
    )
