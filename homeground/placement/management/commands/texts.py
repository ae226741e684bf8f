"""`./run texts`: text messages about waiting questionnaires, for the clinic's own gateway to send."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from homeground.ground import clock, scope
from homeground.ground.actor import Actor
from homeground.placement import actions
from homeground.program import queries as program


class Command(BaseCommand):
    """Prints what is to be sent, a JSON object a line, and marks it as handed over. Exit 0."""

    help = "Hand waiting text messages to a gateway: one JSON object a line with `to` and `text`."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument(
            "--base", required=True, help="where the clinic answers, like https://clinic.example"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Hand over what every clinic of this installation has waiting."""
        at = clock.now()
        for house in program.houses():
            with scope.entered(organization_id=house.id):
                for message in actions.hand_over(
                    base=options["base"].rstrip("/"),
                    sender=house.neutral_name,
                    by=Actor(organization_id=house.id),
                    at=at,
                ):
                    self.stdout.write(
                        json.dumps({"to": message.to, "text": message.text}, ensure_ascii=False)
                    )
