from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "homeground.desk"
    label = "desk"
