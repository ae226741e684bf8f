from django.apps import AppConfig


class GroundConfig(AppConfig):
    name = "homeground.ground"
    label = "ground"
