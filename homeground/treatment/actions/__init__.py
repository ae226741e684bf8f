"""What this room writes."""

from homeground.treatment.actions.attendance import SheetRefused, Taken, take_attendance

__all__ = ["SheetRefused", "Taken", "take_attendance"]
