from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from homeground.chart import actions as chart
from homeground.confidentiality import actions as confidentiality
from homeground.ground.actor import Actor
from homeground.people import actions as people
from homeground.placement import queries
from homeground.placement.rules.levels import Level
from homeground.program import queries as program


class NotDecided(Exception):
    """There is no decision yet to admit upon."""


class LevelNotOffered(Exception):
    """The program gives another level of care than the one decided."""


def admit_screened(
    *,
    screening_id: UUID,
    program_id: UUID,
    starts_on: date,
    counselor_id: UUID | None,
    given_name: str,
    family_name: str,
    called: str = "",
    born_on: date,
    consent_method: str = "",
    consent_language: str = "en",
    by: Actor,
    at: datetime,
) -> UUID:
    """Admit a person upon the decision of a screening; gives the id of the episode.

    Completes name and date of birth, records the consent to treat when `consent_method` says how it was
    just given (left empty, the chart is flagged until it is recorded; check B16), and opens the stay.
    Raises ScreeningNotHere, NotDecided, LevelNotOffered, people.actions.NameMissing,
    confidentiality.actions.UnknownMethod and what chart.actions.admit raises.
    """
    with transaction.atomic():
        page = queries.screening(screening_id)
        if page.decision is None:
            raise NotDecided
        _check_level(program_id, page.decision.level)
        people.complete_person(
            person_id=page.person_id,
            given_name=given_name,
            family_name=family_name,
            called=called,
            born_on=born_on,
            by=by,
            at=at,
        )
        if consent_method:
            confidentiality.record_consent(
                person_id=page.person_id,
                kind="treatment",
                language=consent_language,
                method=consent_method,
                signed_at=at,
                by=by,
                at=at,
            )
        return chart.admit(
            person_id=page.person_id,
            program_id=program_id,
            level=page.decision.level,
            starts_on=starts_on,
            counselor_id=counselor_id,
            by=by,
            at=at,
        )


def _check_level(program_id: UUID, level: str) -> None:
    offered = {each.id: each.level for each in program.programs()}
    if program_id not in offered:
        raise chart.ProgramNotHere
    if Level(offered[program_id]) != level:
        raise LevelNotOffered
