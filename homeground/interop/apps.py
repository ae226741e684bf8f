from django.apps import AppConfig


class InteropConfig(AppConfig):
    name = "homeground.interop"
    label = "interop"
