from django.apps import AppConfig


class ProgramConfig(AppConfig):
    name = "homeground.program"
    label = "program"
