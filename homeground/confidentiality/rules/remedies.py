"""What would make a refused request lawful: said to staff beside the refusal, never to the asker."""

from enum import StrEnum

from homeground.confidentiality.rules.asking import Decision, Request
from homeground.confidentiality.rules.vocabulary import AUTHORS_ONLY, Asker, Outcome, Paper, Purpose


class Remedy(StrEnum):
    """One way from a refusal to a lawful answer."""

    CONSENT = "consent"
    CONSENT_AGAIN = "consent_again"
    CONSENT_PARTS = "consent_parts"
    CONSENT_NOTES = "consent_notes"
    CONSENT_PROCEEDING = "consent_proceeding"
    CONSENT_OFFICIAL = "consent_official"
    CONSENT_MONITORING = "consent_monitoring"
    ORDER_AND_SUBPOENA = "order_and_subpoena"
    EMERGENCY_FACTS = "emergency_facts"
    AGREEMENT_AUDIT = "agreement_audit"
    AGREEMENT_RESEARCH = "agreement_research"
    AGREEMENTS_SERVICE = "agreements_service"
    FIRST_REPORT = "first_report"
    LIMITED_FACTS = "limited_facts"
    WITHOUT_NAMING = "without_naming"
    THREAT_HERE = "threat_here"
    RESTRICTION = "restriction"


_CONSENT_OF = {
    Purpose.PROCEEDING: (Remedy.CONSENT_PROCEEDING, "class.proceeding"),
    Purpose.SUPERVISION: (Remedy.CONSENT_OFFICIAL, "class.supervision"),
    Purpose.PRESCRIPTION_MONITORING: (Remedy.CONSENT_MONITORING, "class.prescription_monitoring"),
}
_GROUND_OF = {
    Asker.EMERGENCY: (Remedy.EMERGENCY_FACTS, "base.emergency"),
    Asker.AUDITOR: (Remedy.AGREEMENT_AUDIT, "base.audit"),
    Asker.RESEARCHER: (Remedy.AGREEMENT_RESEARCH, "base.research"),
    Asker.SERVICE: (Remedy.AGREEMENTS_SERVICE, "base.service_organization"),
    Asker.CHILD_PROTECTION: (Remedy.FIRST_REPORT, "base.child_abuse"),
}
_NO_EXCEPTION = {
    Purpose.ADULT_ABUSE_REPORT: "no_exception.adult_abuse",
    Purpose.WARNING: "no_exception.warning",
}
_SHORT_OF = {
    "revoked": Remedy.CONSENT_AGAIN,
    "expired": Remedy.CONSENT_AGAIN,
    "not_yet_signed": Remedy.CONSENT_AGAIN,
    "not_listed": Remedy.CONSENT_PARTS,
    "part_revoked": Remedy.CONSENT_PARTS,
}
_COURT = frozenset({Asker.COURT, Asker.LAWYER, Asker.POLICE})


def remedies(request: Request, decision: Decision) -> tuple[tuple[Remedy, str], ...]:
    """What would make the refused parts lawful, each with the id of the card it rests on; no remedy twice.

    Empty when everything asked for is permitted. The order is that of least intrusion: a consent first.
    """
    if decision.outcome is Outcome.PERMIT:
        return ()
    found: dict[Remedy, str] = {}
    for reason in decision.reasons:
        if reason.card.id == "restriction.kept":
            found[Remedy.RESTRICTION] = reason.card.id
        if reason.card.id == "base.consent" and reason.detail in _SHORT_OF:
            found[_SHORT_OF[reason.detail]] = reason.card.id
    remedy, card = _CONSENT_OF.get(request.purpose, (Remedy.CONSENT, "base.consent"))
    found.setdefault(remedy, card)
    if decision.refused & AUTHORS_ONLY:
        found[Remedy.CONSENT_NOTES] = "class.counseling_notes"
    if request.asker in _GROUND_OF:
        remedy, card = _GROUND_OF[request.asker]
        found.setdefault(remedy, card)
    if request.purpose in _NO_EXCEPTION:
        found[Remedy.WITHOUT_NAMING] = _NO_EXCEPTION[request.purpose]
        found[Remedy.THREAT_HERE] = "base.crime"
    if request.asker is Asker.POLICE and request.purpose is not Purpose.CRIME_REPORT:
        found[Remedy.LIMITED_FACTS] = "base.crime"
    if request.asker in _COURT or request.paper is not Paper.NONE or request.purpose in _NO_EXCEPTION:
        found[Remedy.ORDER_AND_SUBPOENA] = "base.court_order"
    return tuple(found.items())
