"""Says who it is in the database and ends with the status it is told to."""

import sys

from django.core.management import BaseCommand, CommandParser
from django.db import connection


class Command(BaseCommand):
    help = "Greet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("status", type=int)

    def handle(self, **options: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("select current_user")
            self.stdout.write(cursor.fetchone()[0])
        sys.exit(options["status"])
