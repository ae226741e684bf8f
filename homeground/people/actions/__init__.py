"""What may be written about persons and accounts."""

from homeground.people.actions.persons import register_person

__all__ = ["register_person"]
