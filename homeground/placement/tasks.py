"""What the worker does for measures: by night it asks what is due, by day it looks after critical answers."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from procrastinate.contrib.django import app

from homeground.ground import scope
from homeground.ground.actor import Actor
from homeground.placement import actions
from homeground.program import queries as program

NIGHTLY = "50 8 * * *"  # 8:50 UTC is night in every zone of the United States, after the calendar's turn
OFTEN = "*/5 * * * *"


@app.periodic(cron=NIGHTLY)
@app.task(queueing_lock="placement.ask_due")
def ask_due_measures(timestamp: int) -> None:
    """Ask every clinic's patients what is due. `timestamp` is the moment it was due, in seconds."""
    at = datetime.fromtimestamp(timestamp, UTC)
    for house in program.houses():
        on = at.astimezone(ZoneInfo(house.zone)).date()
        with scope.entered(organization_id=house.id):
            actions.ask_due(on=on, by=Actor(organization_id=house.id), at=at)


@app.periodic(cron=OFTEN)
@app.task(queueing_lock="placement.escalate")
def escalate_critical_answers(timestamp: int) -> None:
    """Bring what nobody acknowledged in time before the next person."""
    at = datetime.fromtimestamp(timestamp, UTC)
    for house in program.houses():
        with scope.entered(organization_id=house.id):
            actions.escalate_overdue(by=Actor(organization_id=house.id), at=at)
