"""What the front door can be asked."""

from homeground.front_door.queries.desk import NotHere, Waiting, new_requests, waiting
from homeground.front_door.queries.find import (
    PAGE_SIZE,
    Found,
    Place,
    UnknownState,
    UnknownZip,
    in_state,
    near_zip,
)
from homeground.front_door.queries.weeks import running_group

__all__ = [
    "PAGE_SIZE",
    "Found",
    "NotHere",
    "Place",
    "UnknownState",
    "UnknownZip",
    "Waiting",
    "in_state",
    "near_zip",
    "new_requests",
    "running_group",
    "waiting",
]
