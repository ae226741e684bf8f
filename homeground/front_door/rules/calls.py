"""What a call to someone who asked for help can end in, and what the safe-contact answers allow."""

from enum import StrEnum


class CallResult(StrEnum):
    """How one attempt to reach the guest ended."""

    REACHED = "reached"
    MESSAGE = "message"
    NO_ANSWER = "no_answer"
    UNSAFE = "unsafe"
    """Someone else answered, or it was not safe to talk: nothing was said."""


class ClosingReason(StrEnum):
    """Why a request needs nothing more from us."""

    ELSEWHERE = "elsewhere"
    DECLINED = "declined"
    UNREACHABLE = "unreachable"
    DUPLICATE = "duplicate"
    OTHER = "other"


def message_allowed(result: CallResult, contact_kind: str, may_leave_message: bool) -> bool:
    """Whether this result keeps the guest's wish: no message on a phone where none may be left (check B01).

    A text or an email is a message by nature; asking to be reached that way allows it.
    """
    return result is not CallResult.MESSAGE or may_leave_message or contact_kind != "phone"


def results_open(contact_kind: str, may_leave_message: bool) -> tuple[CallResult, ...]:
    """The results the desk may choose for this guest."""
    return tuple(result for result in CallResult if message_allowed(result, contact_kind, may_leave_message))
