from django.apps import AppConfig


class TreatmentConfig(AppConfig):
    name = "homeground.treatment"
    label = "treatment"
