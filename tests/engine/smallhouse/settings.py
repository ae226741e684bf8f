"""Settings of the small house."""

import os

from homeground.config.engine import database_settings

if "HG_REFUSE" in os.environ:
    raise SystemExit(3)
SECRET_KEY = "only for this test"
DATABASES = {"default": database_settings(os.environ.get("HG_DB_ROLE", "owner"))}
INSTALLED_APPS = ["procrastinate.contrib.django", "engine.smallhouse"]
ROOT_URLCONF = "engine.smallhouse.urls"
ALLOWED_HOSTS = ["localhost"]
USE_TZ = True
HG_DEMO = True
