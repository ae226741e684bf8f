"""Who hears of what: every reaction of one room to something that happened in another, on one page.

An action leaves word in the outbox within its transaction; the worker hands it on within a minute or so,
each in a transaction of its own. A reaction may come twice, so doing it again must change nothing.
"""

from collections.abc import Callable
from datetime import datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from homeground.chart import queries as chart
from homeground.confidentiality import actions as confidentiality
from homeground.confidentiality import queries as confidential
from homeground.front_door import actions as front_door
from homeground.ground import outbox, scope
from homeground.ground.actor import Actor
from homeground.ground.outbox import Told
from homeground.people import queries as people
from homeground.people.actions import notices
from homeground.people.roles import Role
from homeground.placement import actions as placement
from homeground.timetable import actions as timetable

type Reaction = Callable[[Told, datetime], None]


def alert_the_door(told: Told, at: datetime) -> None:
    """A request for help: the door's pages count it until somebody has opened it."""
    front_door.raise_alert(request_id=told.subject_id, by=Actor(organization_id=told.organization_id), at=at)


def entrust_the_worry(told: Told, at: datetime) -> None:
    """Somebody worries about someone: a named clinician looks into it."""
    front_door.entrust_worry(worry_id=told.subject_id, by=Actor(organization_id=told.organization_id), at=at)


def free_the_seats(told: Told, at: datetime) -> None:
    """A stay ends: its chairs, its counselor hour and its make-ups are free from that day on."""
    found = chart.discharge_of(told.subject_id)
    if found is not None:
        by = Actor(organization_id=told.organization_id, account_id=found.by_id)
        timetable.end_seats_of_stay(episode_id=told.subject_id, ends_on=found.ends_on, by=by, at=at)


def end_consents(told: Told, at: datetime) -> None:
    """A stay ends: consents that were to last until the end of treatment end with it."""
    found = chart.discharge_of(told.subject_id)
    stay = chart.episode(told.subject_id, at.date())
    if found is not None and stay is not None:
        by = Actor(organization_id=told.organization_id, account_id=found.by_id)
        over = datetime.combine(found.ends_on, time(), ZoneInfo(stay.rules.zone))
        confidentiality.end_with_treatment(person_id=stay.patient.person_id, ended_at=over, by=by, at=at)


def tell_who_answers(told: Told, at: datetime) -> None:
    """A critical answer: whoever has it, and whom it was brought to, get word in neutral words."""
    placement.notify_of_critical(
        critical_id=told.subject_id, by=Actor(organization_id=told.organization_id), at=at
    )


def alert_the_privacy_owner(told: Told, at: datetime) -> None:
    """Somebody opened a chart in an emergency: it stands on the directors' list, and they get word in neutral
    words where they may be texted (check G06)."""
    by = Actor(organization_id=told.organization_id)
    if confidentiality.alert_of_glass(glass_id=told.subject_id, by=by, at=at):
        directors = [each.id for each in people.staff({Role.DIRECTOR})]
        notices.leave_notices(person_ids=directors, kind=notices.Kind.PRIVACY, by=by, at=at)


def remind_of_the_end(told: Told, at: datetime) -> None:
    """A consent will end: word is left for the person, unless it was stopped meanwhile (check F07)."""
    signed = confidential.consent(told.subject_id, at)
    if signed.in_force:
        by = Actor(organization_id=told.organization_id)
        notices.leave_notices(person_ids=[signed.person_id], kind=notices.Kind.PRIVACY, by=by, at=at)


REACTIONS: dict[str, tuple[Reaction, ...]] = {
    "front_door.request.received": (alert_the_door,),
    "confidentiality.consent.ending": (remind_of_the_end,),
    "front_door.worry.received": (entrust_the_worry,),
    "chart.episode.discharged": (free_the_seats, end_consents),
    "confidentiality.glass.broken": (alert_the_privacy_owner,),
    "placement.critical.raised": (tell_who_answers,),
    "placement.critical.escalated": (tell_who_answers,),
}


def hand_on(organization_id: UUID, told_id: UUID, at: datetime) -> None:
    """Let everybody concerned hear of one thing that happened, all or nobody."""
    with scope.entered(organization_id=organization_id):
        told = outbox.take(told_id)
        if told is None:
            return
        for reaction in REACTIONS.get(told.event, ()):
            reaction(told, at)
        outbox.settle(told, at=at)
