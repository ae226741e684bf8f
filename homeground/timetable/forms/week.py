"""Whose week to look at."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from homeground.ground.ui.fields import offer
from homeground.timetable.forms import Choices

STAFF, ROOM = "staff", "room"


class WhoseForm(forms.Form):
    """Everybody's week, or that of one room or one member of staff. What cannot be read is everybody's."""

    of = forms.ChoiceField(label=_("Whose week"), required=False)

    def __init__(self, *args: Any, staff: Choices, rooms: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(
            self,
            "of",
            [
                ("", _("Everybody")),
                (_("Rooms"), [(f"{ROOM}:{key}", label) for key, label in rooms]),
                (_("Staff"), [(f"{STAFF}:{key}", label) for key, label in staff]),
            ],
        )

    def chosen(self) -> tuple[str, UUID] | None:
        """What was chosen: STAFF or ROOM and its id; None for everybody."""
        if not self.is_valid() or not self.cleaned_data["of"]:
            return None
        kind, _colon, key = self.cleaned_data["of"].partition(":")
        return kind, UUID(key)
