"""The end of a stay: what is there, what is missing, what is owed after it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from homeground.chart import queries as chart
from homeground.plan.queries import ending as plan
from homeground.treatment.queries.attempts import attempt_days


class StayNotHere(Exception):
    """No such stay in the organization in scope."""


@dataclass(frozen=True, slots=True)
class EndingPage:
    """Everything about the end of one stay. `calls` are the days somebody tried to reach the person."""

    stay: chart.EpisodeFacts
    told: plan.DischargePlanFacts
    offers_naloxone: bool
    calls: tuple[date, ...]
    ended: chart.DischargeFacts | None
    summary: plan.SummaryFacts | None
    called: tuple[datetime, str] | None
    draft: str = field(repr=False, default="")


def ending_page(episode_id: UUID, on: date, zone: str) -> EndingPage:
    """One stay and its end. Raises StayNotHere. Seven statements."""
    stay = chart.episode(episode_id, on)
    if stay is None:
        raise StayNotHere
    told = plan.discharge_plan(episode_id) or plan.DischargePlanFacts()
    return EndingPage(
        stay=stay,
        told=told,
        offers_naloxone=plan.offers_naloxone(stay, on),
        calls=attempt_days(stay.patient.patient_id, zone),
        ended=chart.discharge_of(episode_id),
        summary=plan.summary(episode_id),
        called=plan.follow_up(episode_id),
    )
