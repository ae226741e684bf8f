from django.apps import AppConfig


class FrontDoorConfig(AppConfig):
    name = "homeground.front_door"
    label = "front_door"
