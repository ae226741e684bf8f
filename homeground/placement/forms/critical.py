"""Shapes of what clinicians record about critical answers, and of who is on call when."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from homeground.ground.ui.fields import DateEntry, TimeEntry
from homeground.placement.queries.critical import Open
from homeground.placement.rules.disposition import Disposed, Lack, Outcome, SafetyPlanNow, Watch
from homeground.placement.rules.instruments.definition import Kind
from homeground.placement.words import OUTCOMES, SAFETY_PLANS, WATCHES

AT_FIELD: dict[Lack, tuple[str, Any]] = {
    Lack.NO_OUTCOME: ("outcome", _("Choose what came of it.")),
    Lack.NO_TIME: ("reached_time", _("Write when the person was reached.")),
    Lack.BEFORE_THE_ANSWER: ("reached_time", _("This lies before the answer was given.")),
    Lack.IN_THE_FUTURE: ("reached_time", _("This lies in the future.")),
    Lack.NO_WATCH: ("watch", _("At high risk, say whether the person was left alone.")),
    Lack.NO_SAFETY_PLAN: ("safety_plan", _("At this risk, say what happened to the safety plan.")),
    Lack.NO_REASON: ("why_no_plan", _("Say why there is no safety plan now.")),
}


def _missing(lack: Lack) -> dict[str, Any]:
    return {"required": AT_FIELD[lack][1]}


def _chosen(label: Any, words: dict[Any, Any], kind: Any, lack: Lack) -> forms.TypedChoiceField:
    choices = [("", _("Choose")), *((each.value, text) for each, text in words.items())]
    return forms.TypedChoiceField(label=label, choices=choices, coerce=kind, error_messages=_missing(lack))


class DoneForm(forms.Form):
    """What was done about a critical answer; about suicide the first clinician records what came of it."""

    def __init__(self, data: Any = None, *, critical: Open, zone: ZoneInfo, initial: Any = None) -> None:
        super().__init__(data, prefix=str(critical.id), initial=initial)
        self.zone = zone
        if critical.kind == Kind.SUICIDE and critical.disposition is None:
            self.fields["outcome"] = _chosen(_("What came of it"), OUTCOMES, Outcome, Lack.NO_OUTCOME)
            self.fields["reached_on"] = DateEntry(
                label=_("Reached on"), error_messages=_missing(Lack.NO_TIME)
            )
            self.fields["reached_time"] = TimeEntry(label=_("At"), error_messages=_missing(Lack.NO_TIME))
            if critical.means == "high":
                self.fields["watch"] = _chosen(_("Left alone?"), WATCHES, Watch, Lack.NO_WATCH)
            if critical.means in ("moderate", "high"):
                self.fields["safety_plan"] = _chosen(
                    _("Safety plan"), SAFETY_PLANS, SafetyPlanNow, Lack.NO_SAFETY_PLAN
                )
                self.fields["why_no_plan"] = forms.CharField(
                    label=_("If there is none now, why"), max_length=500, required=False
                )
        self.fields["done"] = forms.CharField(
            label=_("What was done"),
            help_text=_("Who saw or called the person, when, how they are now, and what was agreed."),
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def disposed(self) -> Disposed:
        """What the first clinician recorded; empty where it was not asked."""
        told = self.cleaned_data
        on, time = told.get("reached_on"), told.get("reached_time")
        return Disposed(
            outcome=told.get("outcome"),
            reached_at=datetime.combine(on, time, self.zone) if on and time else None,
            watch=told.get("watch"),
            safety_plan=told.get("safety_plan"),
            why_no_plan=told.get("why_no_plan", ""),
        )

    def refuse(self, lacks: Sequence[Lack]) -> None:
        """Say what is missing, each at its field."""
        for lack in lacks:
            field, words = AT_FIELD[lack]
            self.add_error(field, words)


class OnCallForm(forms.Form):
    """Who answers critical answers from when to when, in the clinic's time."""

    def __init__(self, *args: Any, clinicians: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = forms.TypedChoiceField(
            label=_("Who"),
            choices=[("", _("Choose")), *((str(id), name) for id, name in clinicians)],
            coerce=UUID,
        )
        self.fields["starts_on"] = DateEntry(label=_("From"))
        self.fields["starts_time"] = TimeEntry(label=_("At"))
        self.fields["ends_on"] = DateEntry(label=_("To"))
        self.fields["ends_time"] = TimeEntry(label=_("At"))

    def span(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Begin and end, aware."""
        told = self.cleaned_data
        return (
            datetime.combine(told["starts_on"], told["starts_time"], zone),
            datetime.combine(told["ends_on"], told["ends_time"], zone),
        )
