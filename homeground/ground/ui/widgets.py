"""Widgets with our own templates: choice cards and checkbox rows."""

from django import forms


class ChoiceCards(forms.RadioSelect):
    """One answer of a few, each a card of its own. `across=True` sets short answers side by side."""

    template_name = "ground/ui/widgets/cards.html"

    def __init__(self, attrs: dict[str, str] | None = None, *, across: bool = False) -> None:
        super().__init__(attrs)
        self.across = across

    def get_context(self, name: str, value: object, attrs: dict[str, str] | None) -> dict[str, object]:
        """Add the direction of the cards."""
        return {**super().get_context(name, value, attrs), "across": self.across}


class CheckboxRows(forms.CheckboxSelectMultiple):
    """Any number of answers, one a row."""

    template_name = "ground/ui/widgets/rows.html"
