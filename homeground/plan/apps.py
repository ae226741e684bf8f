from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "homeground.plan"
    label = "plan"
