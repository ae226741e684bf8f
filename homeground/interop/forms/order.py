from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from homeground.confidentiality.rules.book import Card
from homeground.confidentiality.rules.orders import Element, OrderFacts, OrderKind
from homeground.confidentiality.rules.vocabulary import CHART, Category
from homeground.ground.ui.widgets import CheckboxRows, ChoiceCards
from homeground.interop import words

YES_NO = [("yes", _("Yes")), ("no", _("No, or it does not say"))]


class OrderForm(forms.Form):
    """A court order, read element by element; each one is asked, and none has a default."""

    kind = forms.ChoiceField(
        label=_("What the order is for"),
        choices=[(each.value, label) for each, label in words.ORDER_KINDS.items()],
        widget=ChoiceCards,
    )
    lists = forms.MultipleChoiceField(
        label=_("Parts of the record it opens"),
        help_text=_("Exactly those the order names. Notes kept apart are never opened here."),
        choices=[(each.value, label) for each, label in words.CATEGORIES.items() if each in CHART],
        widget=CheckboxRows,
        required=False,
    )

    ELEMENTS: ClassVar = [each.value for each in Element]

    def __init__(self, *args: Any, cards: Mapping[Element, Card], **kwargs: Any) -> None:
        """`cards` are the rules of the elements: what each says, its citation, how sure we are."""
        super().__init__(*args, **kwargs)
        for element in Element:
            card = cards[element]
            self.fields[element.value] = forms.ChoiceField(
                label=words.ELEMENTS[element],
                help_text=f"{card.citation}, {words.TAGS[card.tag]}",
                choices=YES_NO,
                widget=ChoiceCards(across=True),
            )

    def order(self) -> OrderFacts:
        """What was read, as the rules take it."""
        told = self.cleaned_data
        return OrderFacts(
            kind=OrderKind(told["kind"]),
            says=frozenset(each for each in Element if told[each.value] == "yes"),
            lists=frozenset(Category(code) for code in told["lists"]),
        )
