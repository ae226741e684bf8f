from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from homeground.front_door import check_words
from homeground.front_door.rules.self_check import Answer, Question
from homeground.ground.ui.widgets import ChoiceCards

ANSWERS = [(Answer.YES.value, _("Yes")), (Answer.NO.value, _("No")), (Answer.UNSURE.value, _("Not sure"))]


class Skippable(forms.ChoiceField):
    """A question that may be left out, without saying "optional" eleven times on one page."""

    def validate(self, value: str) -> None:
        """Nothing is an answer too."""
        if value:
            super().validate(value)


class CheckForm(forms.Form):
    """The self-check. Every question may be left out."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question, label in check_words.QUESTIONS.items():
            self.fields[question.value] = Skippable(
                label=label,
                help_text=check_words.HINTS.get(question, ""),
                choices=ANSWERS,
                widget=ChoiceCards(across=True),
            )

    def answers(self) -> dict[Question, Answer]:
        """What was answered."""
        return {Question(name): Answer(told) for name, told in self.cleaned_data.items() if told}
