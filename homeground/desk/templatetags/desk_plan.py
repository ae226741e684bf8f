"""Words of the plan on composed pages."""

from django import template
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from homeground.plan import queries as plan
from homeground.plan.rules.vocabulary import DueKind
from homeground.program.rules.clocks import Unit
from homeground.program.rules.pack import Tag

register = template.Library()

_DUE: dict[DueKind, Promise] = {
    DueKind.EVALUATION: gettext_lazy("First evaluation to begin"),
    DueKind.ASSESSMENT: gettext_lazy("Assessment to sign"),
    DueKind.PLAN: gettext_lazy("First plan in force"),
    DueKind.REVIEW: gettext_lazy("Plan review"),
    DueKind.PATIENT_SIGNATURE: gettext_lazy("Person's signature, or their reason"),
    DueKind.COSIGNATURE: gettext_lazy("Countersignature"),
    DueKind.SAFETY_PLAN: gettext_lazy("Safety plan"),
    DueKind.RESCREEN: gettext_lazy("Ask about suicide risk again"),
    DueKind.TARGET: gettext_lazy("Target day of an objective"),
    DueKind.DRUG_TEST: gettext_lazy("Drug test to take"),
    DueKind.DISCUSSION: gettext_lazy("Talk over a drug test"),
    DueKind.CERTIFICATION: gettext_lazy("Physician's certification"),
    DueKind.INCIDENT_REPORT: gettext_lazy("Report an incident to the state"),
    DueKind.DISCHARGE_SUMMARY: gettext_lazy("Discharge summary"),
    DueKind.FOLLOW_UP_CALL: gettext_lazy("Call who left without a plan"),
}
_PAGES = {
    DueKind.ASSESSMENT: "plan:assessment",
    DueKind.SAFETY_PLAN: "plan:safety",
    DueKind.RESCREEN: "plan:safety",
    DueKind.CERTIFICATION: "plan:incidents",
    DueKind.INCIDENT_REPORT: "plan:incidents",
    DueKind.DRUG_TEST: "plan:tests",
    DueKind.DISCUSSION: "plan:tests",
}
_TAGS: dict[Tag, Promise] = {
    Tag.V: gettext_lazy("read in the law"),
    Tag.V2: gettext_lazy("read about, not in the law"),
    Tag.V2_WEAK: gettext_lazy("read in a weak source"),
    Tag.RECALLED: gettext_lazy("recalled, to be checked"),
    Tag.SHAKY: gettext_lazy("recalled, known to vary"),
    Tag.OWN: gettext_lazy("our own default"),
}


@register.filter
def clock_words(clock: str) -> str:
    """A clock in words: "7cd" is "7 calendar days"."""
    amount = int("".join(c for c in clock if c.isdecimal()))
    words = {
        Unit.CALENDAR: ngettext("%(n)d calendar day", "%(n)d calendar days", amount),
        Unit.BUSINESS: ngettext("%(n)d business day", "%(n)d business days", amount),
        Unit.WORKING: ngettext("%(n)d working day", "%(n)d working days", amount),
        Unit.SERVICE: ngettext("%(n)d day of service", "%(n)d days of service", amount),
        Unit.HOURS: ngettext("%(n)d hour", "%(n)d hours", amount),
    }
    return words[Unit(clock.lstrip("0123456789"))] % {"n": amount}


@register.simple_tag
def due_word(row: plan.Due) -> str:
    """What is due, in words."""
    return str(_DUE[row.deadline.kind])


@register.simple_tag
def due_link(row: plan.Due) -> str:
    """Where it is done."""
    if row.deadline.kind in (DueKind.DISCHARGE_SUMMARY, DueKind.FOLLOW_UP_CALL):
        return reverse("desk:ending", args=[row.episode_id])
    return reverse(_PAGES.get(row.deadline.kind, "plan:plan"), args=[row.patient_id])


@register.simple_tag
def due_rule(row: plan.Due) -> str:
    """The rule behind a deadline, with its source and how sure we are."""
    rule = row.deadline.rule
    if rule is None:
        return _("a day people agreed on")
    parts = [clock_words(rule.clock), str(_TAGS[rule.tag]), rule.source]
    return " · ".join(part for part in parts if part)
