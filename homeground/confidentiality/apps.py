from django.apps import AppConfig


class ConfidentialityConfig(AppConfig):
    name = "homeground.confidentiality"
    label = "confidentiality"
