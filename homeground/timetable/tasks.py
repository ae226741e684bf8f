"""What the worker does for the timetable by night."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from homeground.ground import scope
from homeground.ground.actor import Actor
from homeground.program import queries as program
from homeground.timetable import actions
from homeground.timetable.rules.occurrences import HORIZON, local_day

NIGHTLY = "20 8 * * *"  # 8:20 UTC is night in every zone of the United States


@app.periodic(cron=NIGHTLY)
@app.task(queueing_lock="timetable.roll_forward")
def roll_calendars_forward(timestamp: int) -> None:
    """Keep every clinic's calendar eight weeks long. `timestamp` is the moment it was due, in seconds."""
    at = datetime.fromtimestamp(timestamp, UTC)
    for house in program.houses():
        with scope.entered(organization_id=house.id):
            actions.make_calendar(
                until=local_day(at, house.zone) + HORIZON, by=Actor(organization_id=house.id), at=at
            )


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="timetable.free_kept_chairs")
def free_kept_chairs(timestamp: int) -> None:
    """Free the chairs that were kept long enough. `timestamp` is the moment it was due, in seconds."""
    at = datetime.fromtimestamp(timestamp, UTC)
    for house in program.houses():
        with scope.entered(organization_id=house.id):
            actions.end_expired_holds(by=Actor(organization_id=house.id), at=at)
