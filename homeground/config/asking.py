"""Every read asks: whose record a page shows, who opens it, and what the one decision gives them.

A page about one person says so in its room's `access.py`. Before its view runs, one statement reads what
the decision must know (who it is about, restrictions, an open break-glass access, who works with them),
and `confidentiality.rules.decide` answers. The view gets the parts it may show as `request.visit.parts`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db import connection
from django.urls import reverse

from homeground.audit import actions as audit
from homeground.chart import queries as chart
from homeground.confidentiality import queries as confidentiality
from homeground.confidentiality.rules.asking import Decision, Relationship, Request
from homeground.confidentiality.rules.decide import decide
from homeground.confidentiality.rules.glass import may_break
from homeground.confidentiality.rules.labels import label
from homeground.confidentiality.rules.need import ONLY_CURRENT, WITH_EVERYBODY, purpose
from homeground.confidentiality.rules.vocabulary import AUTHORS_ONLY, Asker, Category, Purpose
from homeground.config.reading import READS, WAYS
from homeground.ground.access import OnePerson, OwnRecord
from homeground.ground.actor import Actor
from homeground.ground.statement import Parameter
from homeground.ground.visit import Visit
from homeground.timetable.queries.caseload import WORKS_WITH


class NotSaid(LookupError):
    """A URL has no line in READS of its room's `access.py`: nobody said what it shows of whose record."""


class NotHere(Exception):
    """The id in the URL leads to nobody in the organization in scope."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The decision on a page about one person. `enough`: every part it cannot be without is given."""

    person_id: UUID | None
    patient_id: UUID | None
    decision: Decision
    enough: bool


_ASKED = f"""
with asked as materialized ({{way}})
select asked.person_id, asked.author_id, stays.patient_id, stays.counselor, stays.part2, stays.current,
       {{tie}}, {confidentiality.STANDING}
  from asked {chart.STAYS}
"""


def ask(page: str, named: Mapping[str, Any], actor: Actor, at: datetime, zone: str) -> Answer | None:
    """What the decision gives this visitor of the record a page shows; None when it shows no one record.

    One statement; none for a person's own page. Raises NotHere, NotSaid.
    """
    if page not in READS:
        raise NotSaid(page)
    match READS[page]:
        case OwnRecord(shows=shows):
            return _own(_categories(shows), actor, at)
        case OnePerson(by=by, must=must, may=may):
            return _of_one(by, named[by], _categories(must), _categories(may), actor, at, zone)
        case _:
            return None


def _own(shows: frozenset[Category], actor: Actor, at: datetime) -> Answer:
    request = Request(Asker.PATIENT, Purpose.OWN_REQUEST, shows, asker_id=actor.person_id)
    found = decide(request, (), (), (), Relationship(), at, book=confidentiality.book())
    return Answer(actor.person_id, None, found, enough=not found.refused)


def _of_one(
    by: str,
    id: UUID,
    must: frozenset[Category],
    may: frozenset[Category],
    actor: Actor,
    at: datetime,
    zone: str,
) -> Answer:
    book, on = confidentiality.book(), at.astimezone(ZoneInfo(zone)).date()
    values = {
        "id": id,
        "me": actor.person_id,
        "account": actor.account_id,
        "at": at,
        "on": on,
        "since": on - timedelta(days=book.number("need.current", on)),
    }
    everybody = actor.has(*(WITH_EVERYBODY - ONLY_CURRENT))
    with connection.cursor() as cursor:
        cursor.execute(_statement(by, ties=not everybody), values)
        row = cursor.fetchone()
    if row is None:
        raise NotHere
    person_id, author_id, patient_id, counselor, part2, current, works_with, *standing = row
    holds = confidentiality.read_standing(*standing)
    relation = Relationship(
        in_program=True,
        caseload=counselor or works_with or everybody or (current and actor.has(*WITH_EVERYBODY)),
        current=current,
        glass_until=holds.glass_until,
    )
    asked = must | may
    labels = [label(each, part2=part2, author_id=author_id) for each in asked - AUTHORS_ONLY]
    request = Request(Asker.STAFF, purpose(actor.roles), asked, asker_id=actor.person_id, roles=actor.roles)
    found = decide(request, labels, (), holds.restrictions, relation, at, book=book)
    return Answer(person_id, patient_id, found, enough=must <= found.categories)


def told(visit: Visit, answer: Answer) -> Visit:
    """The visit of somebody whose question was answered, for the view and its templates."""
    found = answer.decision
    return replace(
        visit,
        parts=frozenset(found.categories),
        withheld=frozenset(found.refused),
        outside_caseload=any(reason.card.id == "need.outside_caseload" for reason in found.reasons),
        rule=found.rule,
    )


def note_opened(page: str, answer: Answer, by: Actor, at: datetime) -> None:
    """Write into the trail that a page about one person was opened (45 CFR 164.312(b); check G04)."""
    outside = any(reason.card.id == "need.outside_caseload" for reason in answer.decision.reasons)
    _note(
        f"{page.replace(':', '.')}.read",
        answer,
        by,
        at,
        {"rule": answer.decision.rule, "caseload": not outside},
    )


def note_refused(page: str, answer: Answer, by: Actor, at: datetime) -> None:
    """Write into the trail that a page about one person was asked for and refused."""
    _note("confidentiality.reading.refused", answer, by, at, {"page": page})


def _note(event: str, answer: Answer, by: Actor, at: datetime, facts: Mapping[str, str | bool]) -> None:
    audit.record(
        by=by,
        at=at,
        event=event,
        subject_kind="person",
        subject_id=answer.person_id,
        patient_id=answer.patient_id,
        facts=facts,
    )


def glass(answer: Answer, actor: Actor) -> str:
    """Where emergency access to this record is asked for; empty for who may not, or where it opens none."""
    if answer.person_id is None or not may_break(actor.roles) or answer.decision.refused <= AUTHORS_ONLY:
        return ""
    return reverse("confidentiality:glass", args=[answer.person_id])


@cache
def _statement(by: str, *, ties: bool) -> str:
    """The statement that follows one kind of id to the person it is about.

    `ties`: also who works with them, which is not asked for whoever works with everybody: planning a
    statement over five more tables takes longer than running it.
    """
    way = WAYS[by]
    rows = apps.get_model(way.model)._base_manager.filter(pk=Parameter("id"))
    query = rows.values_list(*filter(None, (way.person, way.author))).query
    sql, _values = query.get_compiler(connection=connection).as_sql()
    names = ("person_id, author_id", "*") if way.author else ("person_id", "*, null::uuid as author_id")
    tie = WORKS_WITH if ties else "false as works_with"
    return _ASKED.format(tie=tie, way=f"select {names[1]} from ({sql.replace('%s', '%(id)s')}) q({names[0]})")


@cache
def _categories(parts: frozenset[str]) -> frozenset[Category]:
    return frozenset(Category(part) for part in parts)
