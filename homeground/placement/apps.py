from django.apps import AppConfig


class PlacementConfig(AppConfig):
    name = "homeground.placement"
    label = "placement"
