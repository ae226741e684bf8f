"""`./run texts`: text messages about waiting questionnaires and changed times, for a gateway."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from homeground.ground import clock, scope
from homeground.ground.actor import Actor
from homeground.ground.neutral import NotNeutral
from homeground.people import actions as people
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
        at, base = clock.now(), options["base"].rstrip("/")
        for house in program.houses():
            by, sender = Actor(organization_id=house.id), house.neutral_name
            with scope.entered(organization_id=house.id):
                asked = actions.hand_over(base=base, sender=sender, by=by, at=at)
                try:
                    told = people.hand_over_notices(base=base, sender=sender, by=by, at=at)
                except NotNeutral as error:
                    words = ", ".join(each.word for each in error.telling)
                    raise CommandError(
                        f"the address or the clinic's neutral name tells too much: {words}"
                    ) from None
                for message in (*asked, *told):
                    self.stdout.write(
                        json.dumps({"to": message.to, "text": message.text}, ensure_ascii=False)
                    )
