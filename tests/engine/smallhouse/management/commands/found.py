"""Stands for the real one: begins a clinic in a house that was prepared without a made-up one."""

from django.core.management import BaseCommand


class Command(BaseCommand):
    help = "Found."

    def handle(self, **options: object) -> None:
        self.stdout.write("founded")
