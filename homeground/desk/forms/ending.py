"""Shapes of what is entered at the end of a stay."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from homeground.chart import queries as chart
from homeground.chart.rules import DischargeReason
from homeground.ground.ui.fields import DateEntry, TimeEntry
from homeground.plan.actions.ending import Leaving
from homeground.plan.queries.ending import DischargePlanFacts
from homeground.plan.rules.ending import Family, Lack, Naloxone

_WORDS = ("keeps_well", "when_hard", "referrals", "aftercare_with", "no_aftercare_why")
_END_WITHIN = timedelta(days=366)
REASONS = chart.reasons()
FAMILY = {
    Family.TOOK_PART: _("Took part"),
    Family.NOT_WANTED: _("The person did not want it"),
    Family.NO_CONSENT: _("No consent in force"),
    Family.NOBODY: _("There is nobody"),
}
NALOXONE = {
    Naloxone.GIVEN: _("Given"),
    Naloxone.PRESCRIBED: _("Prescribed"),
    Naloxone.HAS_IT: _("Has it already"),
    Naloxone.DECLINED: _("Offered and declined"),
    Naloxone.NOT_OFFERED: _("Could not be offered: not reached"),
}
CALLS = {
    "reached": _("Reached"),
    "message": _("Left a message"),
    "no_answer": _("No answer"),
    "unsafe": _("No safe way to call"),
}
LACKS = {
    Lack.NO_PLAN: _("Write the plan for afterwards first."),
    Lack.NOT_SIGNED: _("The counselor signs the plan for afterwards."),
    Lack.PERSON_HAS_NOT_SIGNED: _("The person signs it on their phone, or their reason is recorded."),
    Lack.NO_COPY: _("Give the person their copy."),
    Lack.NO_FAMILY: _("Say whether family took part."),
    Lack.NO_AFTERCARE: _("Write the first appointment afterwards, or why there is none."),
    Lack.NO_NALOXONE: _("Say what came of the offer of naloxone."),
    Lack.TOO_FEW_CALLS: _("Three attempts in fourteen days come before this reason."),
}


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class LeavingForm(forms.Form):
    """What is planned for afterwards, in the person's words where they are theirs."""

    keeps_well = forms.CharField(
        label=_("What keeps me well"), required=False, max_length=4000, widget=_area(3)
    )
    when_hard = forms.CharField(
        label=_("What I do when it gets hard again"), required=False, max_length=4000, widget=_area(3)
    )
    referrals = forms.CharField(
        label=_("Where I go next, and medicine"), required=False, max_length=4000, widget=_area(2)
    )
    family = forms.ChoiceField(
        label=_("Family"),
        required=False,
        choices=[("", _("Choose")), *((k.value, v) for k, v in FAMILY.items())],
    )
    aftercare_on = DateEntry(label=_("First appointment afterwards"), required=False)
    aftercare_time = TimeEntry(label=_("At"), required=False)
    aftercare_with = forms.CharField(label=_("With"), required=False, max_length=200)
    no_aftercare_why = forms.CharField(label=_("If there is none, why"), required=False, max_length=500)
    naloxone = forms.ChoiceField(
        label=_("Naloxone"),
        required=False,
        choices=[("", _("Choose")), *((k.value, v) for k, v in NALOXONE.items())],
    )

    def clean(self) -> dict[str, Any]:
        """An appointment has its day and its time."""
        told = super().clean() or self.cleaned_data
        if not self.errors and bool(told.get("aftercare_on")) != bool(told.get("aftercare_time")):
            self.add_error("aftercare_time", _("Write the day and the time."))
        return told

    def told(self, zone: ZoneInfo) -> Leaving:
        """What the action takes."""
        told = self.cleaned_data
        on, time = told["aftercare_on"], told["aftercare_time"]
        return Leaving(
            **{
                name: told[name]
                for name in ("keeps_well", "when_hard", "referrals", "aftercare_with", "no_aftercare_why")
            },
            family=Family(told["family"]) if told["family"] else None,
            aftercare_at=datetime.combine(on, time, zone) if on else None,
            naloxone=Naloxone(told["naloxone"]) if told["naloxone"] else None,
        )


def leaving_initial(found: DischargePlanFacts, zone: ZoneInfo) -> dict[str, Any]:
    """A plan as the form shows it."""
    at = timezone.localtime(found.aftercare_at, zone) if found.aftercare_at else None
    names = (
        "keeps_well",
        "when_hard",
        "referrals",
        "family",
        "aftercare_with",
        "no_aftercare_why",
        "naloxone",
    )
    return {
        **{name: getattr(found, name) for name in names},
        "aftercare_on": at.date() if at else None,
        "aftercare_time": at.time() if at else None,
    }


class EndForm(forms.Form):
    """The last day of a stay, and why it ends."""

    last_day = DateEntry(label=_("Last day"), help_text=_("The stay ends when this day is over."))
    reason = forms.TypedChoiceField(
        label=_("Why it ends"),
        coerce=DischargeReason,
        choices=[("", _("Choose a reason")), *((each.value, words) for each, words in REASONS.items())],
        help_text=_(
            "A positive test or a return to use is never a reason by itself: review the plan and the level"
            " of care first."
        ),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_last_day(self) -> date:
        """Within a year of today, either way."""
        last_day: date = self.cleaned_data["last_day"]
        if abs(last_day - self.today) > _END_WITHIN:
            raise forms.ValidationError(_("The last day lies within a year of today."), code="last_day")
        return last_day


class RefusedForm(forms.Form):
    """Why the person did not sign."""

    person_refused = forms.CharField(label=_("Why the person did not sign"), max_length=500)


class SummaryForm(forms.Form):
    """How the stay went."""

    words = forms.CharField(
        label=_("How the stay went"),
        help_text=_("Reason and dates, services, progress by problem, medicine, how they are, referrals."),
        max_length=20000,
        widget=_area(10),
    )
    last_contact_on = DateEntry(label=_("Last contact"), required=False)


class CallForm(forms.Form):
    """What came of the call after leaving."""

    result = forms.ChoiceField(label=_("What came of the call"), choices=[("", _("Choose")), *CALLS.items()])
    words = forms.CharField(label=_("What was said"), required=False, max_length=1000)
