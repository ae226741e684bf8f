from django.apps import AppConfig
from django.core.checks import Tags, register


class ConfigConfig(AppConfig):
    name = "homeground.config"
    label = "config"

    def ready(self) -> None:
        from homeground.config import checks

        register(checks.unsafe_settings, Tags.security, deploy=True)
        register(checks.backups_missing, Tags.security, deploy=True)
