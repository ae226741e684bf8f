from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "homeground.config"
    label = "config"
