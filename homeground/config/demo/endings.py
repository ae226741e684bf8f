"""The end of stays, seen ahead: a plan for afterwards for those who finish soon, and one incident."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from homeground.chart.models import Episode
from homeground.config.demo.clinic import House
from homeground.plan.actions import ending, incidents
from homeground.plan.queries.ending import discharge_plan
from homeground.plan.rules.ending import Family, Naloxone

WORDS = ending.Leaving(
    keeps_well="The Monday evening walk, and calling my brother before I am tired of myself.",
    when_hard="I leave the room, I text Sam, I come by the office. I can always come back.",
    referrals="Outpatient group on Wednesdays; my doctor keeps the medicine going.",
    family=Family.TOOK_PART,
    aftercare_with="Wednesday evening group",
    naloxone=Naloxone.GIVEN,
)
LONGEST = 3


def plan_ahead(house: House, episodes: Sequence[Episode], at: datetime) -> None:
    """The stays that began first have a plan for afterwards; the very first waits for the person to sign."""
    by = house.by("counselor")
    open_stays = [each for each in episodes if each.ends_on is None]
    for number, episode in enumerate(sorted(open_stays, key=lambda each: each.starts_on)[:LONGEST]):
        at_then = at - timedelta(days=4 + number)
        ending.write_discharge_plan(episode_id=episode.pk, told=_dated(at), by=by, at=at_then)
        kept = discharge_plan(episode.pk)
        if kept is not None and number == 0:
            ending.sign_discharge_plan(episode_id=episode.pk, seen=kept.seal, by=by, at=at_then)
    if open_stays:
        happened = at - timedelta(days=40)
        id = incidents.record_incident(
            patient_id=open_stays[-1].patient_id,
            kind="medication_error",
            happened_at=happened,
            words="A dose was taken twice. The nurse was called, nothing came of it; the box is labeled now.",
            by=by,
            at=happened + timedelta(hours=2),
        )
        incidents.settle_report(incident_id=id, by=by, at=happened + timedelta(hours=20))


def _dated(at: datetime) -> ending.Leaving:
    """The first appointment afterwards lies in three weeks."""
    return ending.Leaving(
        keeps_well=WORDS.keeps_well,
        when_hard=WORDS.when_hard,
        referrals=WORDS.referrals,
        family=WORDS.family,
        aftercare_at=(at + timedelta(days=21)).replace(minute=0, second=0, microsecond=0),
        aftercare_with=WORDS.aftercare_with,
        naloxone=WORDS.naloxone,
    )
