"""What the pages say about codes of measures: bands, occasions, ways to answer. Rules know no language."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from homeground.placement.rules.disposition import Outcome, SafetyPlanNow, Watch

BANDS: dict[str, Any] = {
    "none-minimal": _("none or very light"),
    "minimal": _("very light"),
    "mild": _("light"),
    "moderate": _("medium"),
    "moderately severe": _("rather strong"),
    "severe": _("strong"),
}
"""A published band in plain words, for a person who asked for words. Staff see the published word."""

OCCASIONS: dict[str, Any] = {
    "intake": _("At the start"),
    "weekly": _("Weekly"),
    "monthly": _("Monthly"),
    "discharge": _("At the end"),
    "once": _("Asked once"),
}
MODES: dict[str, Any] = {
    "link": pgettext_lazy("way to answer", "Link"),
    "kiosk": pgettext_lazy("way to answer", "Screen in the clinic"),
    "staff": pgettext_lazy("way to answer", "With staff"),
    "portal": pgettext_lazy("way to answer", "Own sign-in"),
}
KINDS: dict[str, Any] = {
    "suicide": _("Thoughts of suicide or self-harm"),
    "overdose": _("Opioid use: overdose plan"),
}
OUTCOMES: dict[Outcome, Any] = {
    Outcome.SEEN_HERE: _("Seen by a clinician, face to face or by video"),
    Outcome.TALKED: _("Talked on the phone; safe for now"),
    Outcome.CRISIS_TEAM: _("Mobile crisis team or crisis center"),
    Outcome.EMERGENCY: _("Emergency department or 911"),
    Outcome.WELFARE_CHECK: _("Somebody was sent to look, and found them"),
}
WATCHES: dict[Watch, Any] = {
    Watch.WITH_US: _("No: with us until seen"),
    Watch.WITH_SOMEBODY: _("No: with family or a friend"),
    Watch.HANDED_OVER: _("No: handed over in person"),
    Watch.NOT_NEEDED: _("Yes: not needed after the assessment"),
}
SAFETY_PLANS: dict[SafetyPlanNow, Any] = {
    SafetyPlanNow.MADE: _("Made together"),
    SafetyPlanNow.READ_OVER: _("Read over together"),
    SafetyPlanNow.NOT_NOW: _("Not now"),
}
SCALES: dict[str, Any] = {
    "Use": _("alcohol and drugs"),
    "Risk": _("what makes it hard"),
    "Protective": _("what helps"),
    "Craving": _("wish to use"),
    "Importance": _("how much it matters"),
    "Confidence": _("how sure you are"),
    "Readiness": _("how ready you are"),
    "All": _("all questions"),
    "Intrusion (B)": _("memories"),
    "Avoidance (C)": _("keeping away"),
    "Thoughts and mood (D)": _("thoughts and mood"),
    "Arousal (E)": _("being on guard"),
}
"""Scales of questionnaires that have several, in words for the person themselves."""
