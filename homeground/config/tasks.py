"""What the worker does for the house as a whole: it hands on what happened, see reactions.py."""

import contextlib
from uuid import UUID

from django.db import transaction
from procrastinate import exceptions
from procrastinate.contrib.django import app

from homeground.config import reactions
from homeground.ground import clock, outbox, scope
from homeground.program import queries as program

EVERY_MINUTE = "* * * * *"


@app.periodic(cron=EVERY_MINUTE)
@app.task(queueing_lock="config.look")
def look_into_the_outbox(timestamp: int) -> None:
    """Make a job of everything nobody has heard of, so that one that fails holds up no other."""
    for house in program.houses():
        with scope.entered(organization_id=house.id):
            waiting = outbox.untold()
        for told_id in waiting:
            job = hand_on.configure(queueing_lock=f"outbox.{told_id}")
            with contextlib.suppress(exceptions.AlreadyEnqueued), transaction.atomic():
                job.defer(organization=str(house.id), told=str(told_id))


@app.task
def hand_on(organization: str, told: str) -> None:
    """Let everybody concerned hear of one thing."""
    reactions.hand_on(UUID(organization), UUID(told), clock.now())
