from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.ground.actor import Actor, require_account
from homeground.ground.ids import uuid7
from homeground.people import queries as people
from homeground.people.roles import CLINICIANS
from homeground.placement import queries
from homeground.placement.models import Decision, DomainRating, Fact, RedFlag, Screening
from homeground.placement.queries import Rated, ScreeningNotHere, ScreeningPage
from homeground.placement.rules.domains import BY_CODE as DOMAINS
from homeground.placement.rules.domains import RATINGS
from homeground.placement.rules.levels import LEVELS
from homeground.placement.rules.questions import CODES as QUESTIONS
from homeground.placement.rules.questions import Answer
from homeground.placement.rules.recommend import recommend
from homeground.placement.rules.red_flags import BY_CODE as FLAGS


class AlreadyDecided(Exception):
    """The level of care was decided; what it was decided on stays as it was. A new screening is opened."""


class NotOurs(Exception):
    """A flag, question, domain or rating that the rules do not know."""


class ReasonMissing(Exception):
    """A rating needs the reason seen (check A07). `domains` says which lack it."""

    def __init__(self, domains: frozenset[str]) -> None:
        super().__init__(" ".join(sorted(domains)))
        self.domains = domains


class NotAClinician(Exception):
    """A level of care is decided by a clinician."""


class NotALevel(Exception):
    """What was chosen is no level of care."""


class WithdrawalNotScreened(Exception):
    """The red flags have not been gone through; nobody is placed before that (check B10)."""


class OverrideReasonMissing(Exception):
    """The decision departs from the recommendation without saying why (check A13)."""


class RecommendationChanged(Exception):
    """The answers changed after the page was shown: the recommendation is another one now."""


def open_screening(*, person_id: UUID, by: Actor, at: datetime) -> UUID:
    """Begin a screening of one person. Raises people.queries.PersonNotHere.

    Somebody who is screened again later gets a new one: an earlier decision is never overwritten.
    """
    with transaction.atomic():
        people.require_person(person_id)
        screening = Screening.objects.create(
            organization_id=by.organization_id,
            person_id=person_id,
            opened_at=at,
            opened_by_id=require_account(by),
        )
        _record(screening, "opened", by=by, at=at)
    return screening.pk


def read_screening(*, screening_id: UUID, by: Actor, at: datetime) -> ScreeningPage:
    """Open one screening to look at it; looking is recorded. Raises ScreeningNotHere.

    Ratings and decision are handed to clinicians alone.
    """
    with transaction.atomic():
        page = queries.screening(screening_id)
        audit.record(
            by=by,
            at=at,
            event="placement.screening.read",
            subject_kind="screening",
            subject_id=screening_id,
            patient_id=page.person_id,
        )
    return page if by.has(*CLINICIANS) else page.for_the_door()


def record_red_flags(*, screening_id: UUID, flags: Collection[str], by: Actor, at: datetime) -> None:
    """Record which red flags were seen or told, none of them included: the withdrawal screen (check B10).

    What is given takes the place of what was recorded before. Raises ScreeningNotHere, AlreadyDecided,
    NotOurs.
    """
    if not set(flags) <= FLAGS.keys():
        raise NotOurs
    with transaction.atomic():
        screening = _open_to_change(screening_id)
        RedFlag.objects.filter(screening=screening).exclude(flag__in=flags).delete()
        RedFlag.objects.bulk_create(
            [
                RedFlag(organization_id=by.organization_id, screening=screening, flag=flag)
                for flag in sorted(set(flags))
            ],
            ignore_conflicts=True,
        )
        Screening.objects.filter(pk=screening.pk).update(withdrawal_screened_at=at)
        _record(screening, "red_flags_asked", by=by, at=at, flags=" ".join(sorted(set(flags))))


def record_facts(*, screening_id: UUID, facts: Mapping[str, Answer], by: Actor, at: datetime) -> None:
    """Record the candidacy facts as answered; a question left out becomes unanswered.

    Raises ScreeningNotHere, AlreadyDecided, NotOurs.
    """
    if not facts.keys() <= QUESTIONS:
        raise NotOurs
    with transaction.atomic():
        screening = _open_to_change(screening_id)
        Fact.objects.filter(screening=screening).exclude(question__in=facts).delete()
        Fact.objects.bulk_create(
            [
                Fact(
                    organization_id=by.organization_id, screening=screening, question=question, answer=answer
                )
                for question, answer in facts.items()
            ],
            update_conflicts=True,
            unique_fields=["screening", "question"],
            update_fields=["answer"],
        )
        _record(screening, "facts_answered", by=by, at=at, answered=len(facts))


def rate_domains(*, screening_id: UUID, ratings: Mapping[str, Rated], by: Actor, at: datetime) -> None:
    """Record a clinician's ratings; a domain left out becomes unrated.

    Raises ScreeningNotHere, AlreadyDecided, NotOurs, ReasonMissing.
    """
    if not (ratings.keys() <= DOMAINS.keys() and {each.rating for each in ratings.values()} <= set(RATINGS)):
        raise NotOurs
    without = frozenset(domain for domain, each in ratings.items() if not each.reason.strip())
    if without:
        raise ReasonMissing(without)
    with transaction.atomic():
        screening = _open_to_change(screening_id)
        DomainRating.objects.filter(screening=screening).exclude(domain__in=ratings).delete()
        known = dict(DomainRating.objects.filter(screening=screening).values_list("domain", "pk"))
        DomainRating.objects.bulk_create(
            [
                # A sealed reason opens in its own row alone: one that is replaced keeps its id.
                DomainRating(
                    id=known.get(domain) or uuid7(),
                    organization_id=by.organization_id,
                    screening=screening,
                    domain=domain,
                    rating=each.rating,
                    reason=each.reason.strip(),
                )
                for domain, each in ratings.items()
            ],
            update_conflicts=True,
            unique_fields=["screening", "domain"],
            update_fields=["rating", "reason"],
        )
        _record(screening, "rated", by=by, at=at, **{code: each.rating for code, each in ratings.items()})


def decide(
    *, screening_id: UUID, level: str, seen: str, override_reason: str = "", by: Actor, at: datetime
) -> None:
    """A clinician decides the level of care. `seen` is the recommendation the page showed them.

    Stored with what the rules recommend at this moment and why. Raises ScreeningNotHere, AlreadyDecided,
    NotAClinician, NotALevel, WithdrawalNotScreened, RecommendationChanged, OverrideReasonMissing.
    """
    if not by.has(*CLINICIANS) or by.person_id is None:
        raise NotAClinician
    if level not in LEVELS:
        raise NotALevel
    with transaction.atomic():
        screening = _open_to_change(screening_id)
        if screening.withdrawal_screened_at is None:
            raise WithdrawalNotScreened
        found = recommend(queries.screening(screening_id).answers)
        if seen != found.level:
            raise RecommendationChanged
        if level != found.level and not override_reason.strip():
            raise OverrideReasonMissing
        Decision.objects.create(
            organization_id=by.organization_id,
            screening=screening,
            recommended=found.level,
            reasons=[reason.code for reason in found.reasons],
            level=level,
            override_reason="" if level == found.level else override_reason.strip(),
            decided_at=at,
            decided_by_id=by.person_id,
        )
        audit.record(
            by=by,
            at=at,
            event="placement.level.decided",
            subject_kind="screening",
            subject_id=screening_id,
            patient_id=screening.person_id,
            facts={"level": level, "recommended": found.level, "overridden": level != found.level},
        )


def _open_to_change(screening_id: UUID) -> Screening:
    """Lock a screening nobody has decided on."""
    screening = Screening.objects.select_for_update().filter(pk=screening_id).first()
    if screening is None:
        raise ScreeningNotHere
    if Decision.objects.filter(screening=screening).exists():
        raise AlreadyDecided
    return screening


def _record(screening: Screening, verb: str, *, by: Actor, at: datetime, **facts: str | int) -> None:
    audit.record(
        by=by,
        at=at,
        event=f"placement.screening.{verb}",
        subject_kind="screening",
        subject_id=screening.pk,
        patient_id=screening.person_id,
        facts=facts,
    )
