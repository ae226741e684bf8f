"""What stands behind a signer on a day: letters that ran out, and who answers for their notes."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat

from homeground.ground.statement import Statement, one_of
from homeground.treatment.models import Licence, Supervision


@dataclass(frozen=True, slots=True)
class Behind:
    """What is recorded about a colleague on a day.

    `lapsed` are letters, in capitals, that no longer hold. `supervisor` is who answers for their notes, empty
    when nobody does; `ended` says that somebody did and no longer does.
    """

    lapsed: frozenset[str] = frozenset()
    supervisor_id: UUID | None = None
    supervisor: str = field(default="", repr=False)
    ended: bool = False


def behind(person_id: UUID, on: date) -> Behind:
    """What stands behind one colleague on a day. One statement."""
    return behind_all([person_id], on)[person_id]


def behind_all(person_ids: Collection[UUID], on: date) -> dict[UUID, Behind]:
    """What stands behind each of these colleagues on a day. One statement."""
    found = _STANDING.rows(person_ids=list(person_ids), on=on)
    return {person_id: _behind([row for row in found if row[0] == person_id], on) for person_id in person_ids}


def _standing(person_ids: Any, on: Any) -> QuerySet[Any, Any]:
    licences = Licence.objects.filter(one_of("person_id", person_ids)).values_list(
        "person_id", "person_id", "letters", "ends_on", Value(True)
    )
    name = Concat("supervisor__given_name", Value(" "), "supervisor__family_name")
    supervisions = (
        Supervision.objects.filter(one_of("supervisee_id", person_ids), starts_on__lte=on)
        .annotate(name=name)
        .values_list("supervisee_id", "supervisor_id", "name", "ends_on", Value(False))
    )
    rows: QuerySet[Any, Any] = licences.union(supervisions, all=True)
    return rows


_STANDING = Statement(_standing)


def _behind(rows: list[tuple[UUID, UUID, str, date | None, bool]], on: date) -> Behind:
    """The latest row of the same letters counts: a renewal is a new row."""
    until: dict[str, date] = {}
    in_force: tuple[UUID, str] | None = None
    supervised = False
    for _person, other, words, ends_on, is_licence in rows:
        if is_licence and ends_on is not None:
            letters = words.upper()
            until[letters] = max(ends_on, until.get(letters, ends_on))
        elif not is_licence:
            supervised = True
            if ends_on is None or ends_on > on:
                in_force = (other, words.strip())
    return Behind(
        frozenset(letters for letters, ends_on in until.items() if ends_on <= on),
        in_force[0] if in_force else None,
        in_force[1] if in_force else "",
        ended=supervised and in_force is None,
    )


@dataclass(frozen=True, slots=True)
class SupervisionNow:
    """A colleague with letters: who answers for their notes, and which letters end when."""

    person_id: UUID
    supervisor_id: UUID
    supervisor: str = field(repr=False)
    starts_on: date
    ends_on: date | None


def supervisions(on: date) -> dict[UUID, SupervisionNow]:
    """Who answers for whom, in force on a day or ended last, by colleague. One statement."""
    rows = Supervision.objects.filter(starts_on__lte=on).annotate(
        name=Concat("supervisor__given_name", Value(" "), "supervisor__family_name")
    )
    return {
        row.supervisee_id: SupervisionNow(
            row.supervisee_id,
            row.supervisor_id,
            row.name.strip(),
            row.starts_on,
            row.ends_on,
        )
        # What still holds comes last and so stands in the answer.
        for row in rows.order_by(F("ends_on").asc(nulls_last=True), "starts_on")
    }


def licences() -> dict[UUID, dict[str, date]]:
    """The last day recorded for each of a colleague's letters, exclusive. One statement."""
    found: dict[UUID, dict[str, date]] = {}
    for person_id, letters, ends_on in Licence.objects.order_by("ends_on").values_list(
        "person_id", "letters", "ends_on"
    ):
        found.setdefault(person_id, {})[letters.upper()] = ends_on
    return found
