"""What asking costs: the decision alone, and a patient's page with and without it and its read-audit."""

import time
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from homeground.confidentiality import queries as confidential
from homeground.confidentiality.rules.asking import (
    ConsentFacts,
    Relationship,
    Request,
    RestrictionFacts,
)
from homeground.confidentiality.rules.decide import decide
from homeground.confidentiality.rules.labels import label
from homeground.confidentiality.rules.vocabulary import (
    CHART,
    Asker,
    Category,
    ConsentKind,
    Purpose,
    RestrictionKind,
)
from homeground.config.bench.measure import cost
from homeground.config.bench.pages import opened
from homeground.desk.queries import patient_page
from homeground.ground import clock
from homeground.ground.ids import uuid7
from homeground.ground.visit import Request as PageRequest
from homeground.people.roles import CLINICIANS, DOOR, SCHEDULING

CONSENTS = 20
TIMES = 5_000
_AUDIT = 1
"""The entry that the page was opened: one INSERT, which was there before anything was asked."""


@dataclass(frozen=True, slots=True)
class Asking:
    """The figures of `./run bench privacy`: CPU time, a decision in microseconds, a page in milliseconds."""

    consents: int
    decision_us_p50: float
    decision_us_p95: float
    statements_with: int
    statements_without: int
    decision_statements: int
    audit_statements: int
    page_cpu_ms: float
    page_without_cpu_ms: float
    ratio: float


def measured() -> Asking:
    """All figures, on the demo clinic. Raises NoDemo, PageFailed."""
    median, late = _decision_us()
    director, patient_id = opened()
    page, bare = reverse("desk:patient", args=[patient_id]), reverse("bare", args=[patient_id])
    floor = reverse("floor")
    asked = cost("patient page", lambda: director.get(page), lambda: director.get(bare))
    plain = cost("without asking", lambda: director.get(bare), lambda: director.get(floor))
    return Asking(
        consents=CONSENTS,
        decision_us_p50=median,
        decision_us_p95=late,
        statements_with=asked.sql,
        statements_without=plain.sql,
        decision_statements=asked.sql - plain.sql - _AUDIT,
        audit_statements=_AUDIT,
        page_cpu_ms=asked.cpu_ms,
        page_without_cpu_ms=asked.floor_cpu_ms,
        ratio=asked.ratio,
    )


def _decision_us() -> tuple[float, float]:
    """Median and 95th percentile of one decision with twenty consents that do not match until the last."""
    at, book = clock.now(), confidential.book()
    request = Request(Asker.EMPLOYER, Purpose.EMPLOYMENT, frozenset({Category.ATTENDANCE}), name="Works 19")
    consents = [_consent(number) for number in range(CONSENTS)]
    labels = [label(category, part2=True) for category in CHART]
    restrictions = [RestrictionFacts(RestrictionKind.AGREED, recipient_kind="school")]
    spent = []
    for turn in range(TIMES):
        # Every fourth is refused: the reasons for a refusal are the longest way.
        asked = replace(request, name="nobody") if turn % 4 == 0 else request
        began = time.thread_time_ns()
        decide(asked, labels, consents, restrictions, Relationship(), at, book=book)
        spent.append((time.thread_time_ns() - began) / 1000)
    spent.sort()
    return round(spent[TIMES // 2], 1), round(spent[int(TIMES * 0.95)], 1)


def _consent(number: int) -> ConsentFacts:
    at = clock.now()
    return ConsentFacts(
        id=uuid7(),
        kind=ConsentKind.SPECIFIC,
        categories=frozenset({Category.ATTENDANCE, Category.STAY}),
        recipient_kind="employer",
        recipients=(f"Works {number}",),
        recipient_id=None,
        purposes=frozenset({Purpose.EMPLOYMENT}),
        signed_at=at - timedelta(days=number + 1),
        expires_at=at + timedelta(days=90),
    )


def bare(request: PageRequest, patient_id: UUID) -> HttpResponse:
    """The patient's page as it would be without asking: no decision, no audit entry. For the bench only."""
    at, visit = clock.now(), request.visit
    return render(
        request,
        "desk/patient.html",
        {
            "page": patient_page(patient_id, CHART, at, visit.house.zone),
            "zone": visit.house.zone,
            "may_schedule": visit.actor.has(*SCHEDULING),
            "may_contact": visit.actor.has(*DOOR),
            "may_plan": visit.actor.has(*CLINICIANS),
        },
    )
