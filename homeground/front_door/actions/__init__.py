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
from homeground.front_door.actions.worries import (
    close_worry,
    entrust_worry,
    read_worry,
    receive_worry,
)
from homeground.front_door.queries.worries import WorryNotHere

__all__ = [
    "AlreadyReceived",
    "Asking",
    "MessageNotAllowed",
    "NotHere",
    "RequestSettled",
    "TooManyTries",
    "WorryNotHere",
    "begin_screening",
    "close_request",
    "close_worry",
    "entrust_worry",
    "log_call",
    "raise_alert",
    "read_request",
    "read_worry",
    "receive_request",
    "receive_worry",
]
