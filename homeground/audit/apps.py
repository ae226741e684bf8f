from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "homeground.audit"
    label = "audit"
