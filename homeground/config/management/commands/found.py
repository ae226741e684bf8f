import sys
import zoneinfo
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from homeground.ground import clock, neutral, scope
from homeground.ground.actor import Actor
from homeground.ground.ids import uuid7
from homeground.people import actions as people
from homeground.people.roles import Role
from homeground.program import actions as program

_TAKEN_AS_GIVEN = ("zone", "host", "phone", "email", "street", "city", "state")
_REFUSALS = (people.NameTooPlain, people.UsernameTaken, people.NameMissing)


class Command(BaseCommand):
    """Begins a clinic that is not the demo."""

    help = "Founds an empty clinic and its first director, who signs in by a one-time link or a password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", required=True, help="the clinic's legal name")
        parser.add_argument("--neutral-name", help="what calendars and messages say; nothing about treatment")
        parser.add_argument("--zone", required=True, help="its time zone, like America/Denver")
        parser.add_argument("--director", required=True, help="the name the first director signs in with")
        parser.add_argument("--given-name", default="First")
        parser.add_argument("--family-name", default="Director")
        for name in ("phone", "email", "street", "city", "state", "zip"):
            parser.add_argument(f"--{name}", default="")
        parser.add_argument("--password-stdin", action="store_true", help="read the password from stdin")
        parser.add_argument("--host", default="", help="where its public site answers; empty: everywhere")

    def handle(self, *args: Any, **options: Any) -> None:
        password = sys.stdin.readline().rstrip("\n") if options["password_stdin"] else ""
        self._check(options, password)
        at = clock.now()
        by = Actor(organization_id=uuid7(), roles=frozenset({Role.ADMINISTRATOR.value}), name="found")
        with scope.entered(organization_id=by.organization_id):
            try:
                program.found_clinic(
                    name=options["name"],
                    neutral_name=options["neutral_name"] or "Appointments",
                    zip_code=options["zip"],
                    **{key: options[key] for key in _TAKEN_AS_GIVEN},
                    by=by,
                    at=at,
                )
                account_id = people.welcome(
                    given_name=options["given_name"],
                    family_name=options["family_name"],
                    username=options["director"],
                    role=Role.DIRECTOR,
                    by=by,
                    at=at,
                )
            except program.HostTaken:
                raise CommandError(
                    "--host: a clinic answers there already. Name another.", returncode=2
                ) from None
            except _REFUSALS as refusal:
                raise CommandError(f"--director: {type(refusal).__doc__}", returncode=2) from None
            if password:
                people.set_password(account_id=account_id, password=password, by=by, at=at)
                self.stdout.write("The clinic is founded. The director signs in with that password.")
            else:
                secret = people.make_link(account_id=account_id, by=by, at=at)
                path = reverse("people:sign_in", args=[secret])
                self.stdout.write(f"The clinic is founded. Within four hours, the director opens: {path}")

    def _check(self, options: dict[str, Any], password: str) -> None:
        if options["zone"] not in zoneinfo.available_timezones():
            raise CommandError("--zone: no such time zone. Write it like America/Denver.", returncode=2)
        if not options["name"].strip() or len(options["name"]) > 200 or len(options["state"]) > 2:
            raise CommandError("--name needs 1 to 200 letters, --state two.", returncode=2)
        if options["neutral_name"] and neutral.telling(options["neutral_name"], language="es"):
            raise CommandError("--neutral-name tells what kind of place it is. Choose another.", returncode=2)
        if options["password_stdin"]:
            try:
                validate_password(password)
            except ValidationError as refusal:
                raise CommandError(f"The password: {' '.join(refusal.messages)}", returncode=2) from None
