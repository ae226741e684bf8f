from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from homeground.config import demo, keys
from homeground.ground import clock
from homeground.program.queries import any_house


class Command(BaseCommand):
    """What must be done before the house can serve; does nothing that is done already."""

    help = "Makes missing keys, migrates, collects static files and, in the demo, fills an empty database."

    def handle(self, *args: Any, **options: Any) -> None:
        keys.make_missing(settings.HG_KEYS)
        quiet = {"verbosity": 0, "interactive": False}
        call_command("migrate", **quiet)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", **quiet)
        if settings.HG_DEMO and not any_house():
            demo.fill(at=clock.now(), say=self.stderr.write)
