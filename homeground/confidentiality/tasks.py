"""What the worker does for consents: by night it remembers those that will end."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from homeground.confidentiality.actions import reminders
from homeground.ground import scope
from homeground.ground.actor import Actor
from homeground.program import queries as program

NIGHTLY = "20 9 * * *"  # 9:20 UTC is night in every zone of the United States


@app.periodic(cron=NIGHTLY)
@app.task(queueing_lock="confidentiality.endings")
def remind_of_endings(timestamp: int) -> None:
    """Leave word of consents that will end, in every clinic. `timestamp`: when it was due, in seconds."""
    at = datetime.fromtimestamp(timestamp, UTC)
    for house in program.houses():
        with scope.entered(organization_id=house.id):
            reminders.remind_of_endings(by=Actor(organization_id=house.id), at=at)
