from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError


class Once(forms.UUIDField):
    """The mark made with the form, by which a repeated sending is known. A broken one is a new form."""

    widget = forms.HiddenInput

    def clean(self, value: object) -> UUID:
        """The mark that was sent, or a new one."""
        try:
            return super().clean(value)
        except ValidationError:
            return uuid4()
