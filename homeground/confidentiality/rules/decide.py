"""The one decision: may this asker have these parts of a person's record, now? Deny by default.

`decide` is pure: the same values give the same answer, so a decision can be repeated under a lock right
before something leaves, and explained years later. docs/rules/confidentiality.md prints its cases.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from homeground.confidentiality.rules.asking import (
    ConsentFacts,
    Decision,
    Effect,
    Obligation,
    Reason,
    Relationship,
    Request,
    RestrictionFacts,
)
from homeground.confidentiality.rules.book import Book
from homeground.confidentiality.rules.grounds import (
    NOTHING,
    OF_ASKER,
    Case,
    Ground,
    consent,
    covers,
    names,
    plain,
)
from homeground.confidentiality.rules.labels import Label
from homeground.confidentiality.rules.vocabulary import (
    AUTHORS_ONLY,
    CARE_AND_PAY,
    Asker,
    Basis,
    Category,
    ConsentKind,
    Outcome,
    Paper,
    Purpose,
    RestrictionKind,
)

INSIDE = frozenset({Asker.PATIENT, Asker.REPRESENTATIVE, Asker.STAFF})
"""Askers to whom nothing is disclosed in the sense of part 2: the person, who acts for them, and staff."""

_BOUND = frozenset({Basis.CONSENT, Basis.HIPAA, Basis.NEED_TO_KNOW})
_PRESENCE = frozenset({Category.PRESENCE})
_NO_EXCEPTION = {
    Purpose.ADULT_ABUSE_REPORT: "no_exception.adult_abuse",
    Purpose.WARNING: "no_exception.warning",
}


def decide(
    request: Request,
    record_labels: Sequence[Label],
    consents: Sequence[ConsentFacts],
    restrictions: Sequence[RestrictionFacts],
    relationship: Relationship,
    at: datetime,
    *,
    book: Book,
) -> Decision:
    """Whether the asker may see or have the parts asked for, on what ground, and with which duties.

    Asking for nothing asks whether the person is here. A ground counts only while its card is in force.
    Permits all, a part, or nothing; every answer names the rules at work with citation and certainty.
    """
    asked = request.categories or _PRESENCE
    wanted = plain(request.name)
    named = [names(each, request, wanted) for each in consents]
    case = Case(request, record_labels, consents, relationship, at, named)
    ground = _ground(case, asked, book)
    given = ground.categories & asked if ground else NOTHING
    withheld = _restricted(case, restrictions, given) if ground and ground.basis in _BOUND else {}
    given -= withheld.keys()
    refused = asked - given
    if not given:
        ground = None
    part2 = _part2(record_labels, given)
    return Decision(
        outcome=Outcome.REFUSE if not given else Outcome.PART if refused else Outcome.PERMIT,
        categories=given,
        refused=refused,
        basis=ground.basis if ground else None,
        consent_id=ground.consent_id if ground else None,
        part2=part2,
        obligations=_obligations(request, ground, part2, at, book),
        reasons=_reasons(case, ground, given, refused, withheld, book),
    )


def _ground(case: Case, asked: frozenset[Category], book: Book) -> Ground | None:
    """The first ground that gives something of what is asked."""
    on = case.at.date()
    for question in OF_ASKER.get(case.request.asker, (consent,)):
        found = question(case)
        if found is not None and found.categories & asked and book.holds(found.card, on):
            return found
    return None


def _restricted(
    case: Case, restrictions: Sequence[RestrictionFacts], given: frozenset[Category]
) -> dict[Category, RestrictionKind]:
    """What a restriction in force takes out of what a ground gives."""
    found: dict[Category, RestrictionKind] = {}
    for each in restrictions:
        if each.starts_at is not None and case.at < each.starts_at:
            continue
        if each.ends_at is not None and case.at >= each.ends_at:
            continue
        if _binds(each, case.request):
            for category in each.categories & given if each.categories else given:
                found[category] = each.kind
    return found


def _binds(restriction: RestrictionFacts, request: Request) -> bool:
    if restriction.kind is RestrictionKind.PAID_IN_FULL:
        return request.asker is Asker.PAYER and request.purpose in CARE_AND_PAY - {Purpose.TREATMENT}
    return (
        restriction.recipient_kind in ("", request.asker)
        and restriction.recipient.casefold() in ("", request.name.casefold())
        and (not restriction.purposes or request.purpose in restriction.purposes)
    )


def _part2(labels: Sequence[Label], given: frozenset[Category]) -> bool:
    """Whether anything given is a part 2 record; a part without a label counts as one."""
    labelled = {label.category for label in labels}
    return bool(given - labelled) or any(label.part2 for label in labels if label.category in given)


def _obligations(
    request: Request, ground: Ground | None, part2: bool, at: datetime, book: Book
) -> tuple[Obligation, ...]:
    outside = request.asker not in INSIDE
    if ground is None:
        return (Obligation.NEITHER_CONFIRM_NOR_DENY,) if outside else ()
    found = [Obligation.ACCOUNT if outside else Obligation.READ_AUDIT]
    if ground.basis is Basis.CONSENT and part2:
        found += [Obligation.NOTICE, Obligation.COPY_OF_CONSENT]
    found += ground.obligations
    if outside and book.card(ground.card, at.date()).recalled:
        found.append(Obligation.CONFIRM_RULE)
    return tuple(found)


def _reasons(
    case: Case,
    ground: Ground | None,
    given: frozenset[Category],
    refused: frozenset[Category],
    withheld: dict[Category, RestrictionKind],
    book: Book,
) -> tuple[Reason, ...]:
    on, request = case.at.date(), case.request
    found: list[Reason] = []

    def say(id: str, effect: Effect, categories: frozenset[Category] = NOTHING, detail: str = "") -> None:
        if book.holds(id, on):
            found.append(Reason(book.card(id, on), effect, categories, detail))

    if ground is not None:
        say(ground.card, Effect.PERMITS, given)
        if ground.basis is Basis.CONSENT:
            say("notice.redisclosure", Effect.WARNS)
    if request.asker is Asker.STAFF and given and not case.relationship.caseload:
        say("need.outside_caseload", Effect.WARNS)
    if noticed := _under_notice(case, given | refused):
        say("received.notice", Effect.WARNS, noticed)
    if withheld:
        say("restriction.kept", Effect.REFUSES, frozenset(withheld))
        if RestrictionKind.PAID_IN_FULL in withheld.values():
            say("restriction.paid_in_full", Effect.WARNS, frozenset(withheld))
    if refused:
        if notes := refused & AUTHORS_ONLY:
            say("notes.author", Effect.REFUSES, notes)
        _say_why(case, refused, say)
        say("deny", Effect.REFUSES, refused)
        if not given and request.asker not in INSIDE:
            say("presence", Effect.WARNS)
    return tuple(found)


def _under_notice(case: Case, categories: frozenset[Category]) -> frozenset[Category]:
    """What of this another program sent under the notice of 42 CFR 2.32, asked for from outside."""
    if case.request.asker in INSIDE:
        return NOTHING
    return frozenset(label.category for label in case.labels if label.under_notice) & categories


def _say_why(case: Case, refused: frozenset[Category], say: Callable[..., None]) -> None:
    """What came near to being a ground and why it is none: said to staff, never to the asker."""
    request = case.request
    if request.asker is Asker.STAFF:
        if "facilitator" in request.roles and not case.relationship.caseload:
            say("need.groups", Effect.REFUSES, refused)
        if not case.relationship.current and not case.relationship.caseload:
            say("need.current", Effect.REFUSES, refused)
        return
    if request.paper not in (Paper.NONE, Paper.ORDER_AND_SUBPOENA):
        say("order.alone", Effect.WARNS, refused, request.paper.value)
    if request.purpose in _NO_EXCEPTION:
        say(_NO_EXCEPTION[request.purpose], Effect.WARNS, refused)
    if request.asker in INSIDE:
        return
    # Twenty consents that fall short in one way are one reason.
    pairs = zip(case.consents, case.named, strict=True)
    for why in dict.fromkeys(_miss(each, case, refused, named=named) for each, named in pairs):
        if why:
            say("base.consent", Effect.REFUSES, refused, why)
    for each in case.consents:
        if request.purpose is Purpose.PROCEEDING and each.kind is ConsentKind.CARE_AND_PAY:
            say("proceeding.never_by_care_consent", Effect.REFUSES, refused)


def _miss(consent: ConsentFacts, case: Case, refused: frozenset[Category], *, named: bool) -> str:
    """How a consent that names this asker falls short; empty when it has nothing to do with the request."""
    request, at = case.request, case.at
    if request.purpose not in consent.purposes:
        aimed = consent.kind is not ConsentKind.TREATMENT and named
        return "other_purpose" if aimed and consent.in_force(at) else ""
    if not covers(consent, request, named=named):
        return ""
    if at < consent.signed_at:
        return "not_yet_signed"
    if consent.ended_at is not None and at >= consent.ended_at:
        return "revoked"
    if consent.expires_at is not None and at >= consent.expires_at:
        return "expired"
    if consent.lists(at) != consent.categories and refused & consent.categories:
        return "part_revoked"
    return "" if consent.lists(at) >= refused else "not_listed"
