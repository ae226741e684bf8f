"""The words attendance is described with."""

from enum import StrEnum


class State(StrEnum):
    """How a person was there, or was not. Each has a key on the sheet."""

    PRESENT = "present"
    LATE = "late"
    LEFT_EARLY = "left_early"
    ABSENT = "absent"
    EXCUSED = "excused"
    VIDEO = "video"

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Values with the words staff see."""
        words = {
            cls.PRESENT: "Present",
            cls.LATE: "Late",
            cls.LEFT_EARLY: "Left early",
            cls.ABSENT: "Absent",
            cls.EXCUSED: "Excused",
            cls.VIDEO: "By video",
        }
        return [(state.value, words[state]) for state in cls]


KEYS: dict[str, State] = {
    "P": State.PRESENT,
    "L": State.LATE,
    "E": State.LEFT_EARLY,
    "A": State.ABSENT,
    "X": State.EXCUSED,
    "V": State.VIDEO,
}
KEY_OF: dict[State, str] = {state: key for key, state in KEYS.items()}

AWAY = frozenset({State.ABSENT, State.EXCUSED})


class CallResult(StrEnum):
    """What came of a call to someone who was away. UNSAFE: the line was not safe to talk on."""

    REACHED = "reached"
    MESSAGE = "message"
    NO_ANSWER = "no_answer"
    UNSAFE = "unsafe"

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Values with the words staff see."""
        words = {
            cls.REACHED: "Reached",
            cls.MESSAGE: "Left a message",
            cls.NO_ANSWER: "No answer",
            cls.UNSAFE: "Not safe to talk",
        }
        return [(result.value, words[result]) for result in cls]


class ShortReason(StrEnum):
    """Why a week stayed below the floor (check A05)."""

    HOLIDAY = "holiday"
    ILLNESS = "illness"
    CLINIC = "clinic"
    FAMILY = "family"
    WORK = "work"
    OTHER = "other"

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Values with the words staff see."""
        words = {
            cls.HOLIDAY: "Holiday",
            cls.ILLNESS: "Illness",
            cls.CLINIC: "The clinic cancelled",
            cls.FAMILY: "Family",
            cls.WORK: "Work",
            cls.OTHER: "Another reason",
        }
        return [(reason.value, words[reason]) for reason in cls]
