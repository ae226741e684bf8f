"""What may be written about persons and accounts."""

from homeground.people.actions.persons import NameMissing, complete_person, register_person

__all__ = ["NameMissing", "complete_person", "register_person"]
