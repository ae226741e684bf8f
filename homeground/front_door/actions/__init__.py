"""What may be written at the front door."""

from homeground.front_door.actions.asking import AlreadyReceived, Asking, receive_request
from homeground.front_door.actions.desk import (
    MessageNotAllowed,
    NotHere,
    RequestSettled,
    begin_screening,
    close_request,
    log_call,
    raise_alert,
    read_request,
)
from homeground.front_door.actions.limit import TooManyTries

__all__ = [
    "AlreadyReceived",
    "Asking",
    "MessageNotAllowed",
    "NotHere",
    "RequestSettled",
    "TooManyTries",
    "begin_screening",
    "close_request",
    "log_call",
    "raise_alert",
    "read_request",
    "receive_request",
]
