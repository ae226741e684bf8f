"""Settings. Everything that differs between two clinics comes from the environment or HG_HOME."""

import os
import secrets
from datetime import timedelta
from pathlib import Path

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from homeground.config.engine import database_settings

ROOT = Path(__file__).resolve().parents[2]
HG_HOME = Path(os.environ.get("HG_HOME", ROOT / ".hg" / "home"))
HG_DEMO = os.environ.get("HG_DEMO", "1") != "0"
HG_DB_ROLE = "app" if os.environ.get("HG_DB_ROLE") == "app" else "owner"
# The web connects as the role without rights over policies. A process that connects as the owner
# (tests, commands, a demo that was given only the owner's address) steps down to it inside every scope.
_BOUND = HG_DB_ROLE == "app" and not (
    os.environ.get("HG_DATABASE_URL") and not os.environ.get("HG_DATABASE_APP_URL")
)
HG_SCOPED_ROLE = "" if _BOUND else os.environ.get("HG_SCOPED_ROLE", "homeground_app")
HG_KEYS = Path(os.environ.get("HG_KEYS", HG_HOME / "keys"))
HG_BACKUPS = Path(os.environ.get("HG_BACKUPS", HG_HOME / "backups"))


def _secret(name: str) -> str:
    """A secret from the environment or from HG_HOME/keys, where `prepare` makes it once."""
    if value := os.environ.get(f"HG_{name.upper()}"):
        return value
    path = HG_KEYS / name
    return path.read_text().strip() if path.exists() else secrets.token_urlsafe(50)


DEBUG = False
SECRET_KEY = _secret("secret_key")
ALLOWED_HOSTS = os.environ.get("HG_HOSTS", "localhost 127.0.0.1 [::1]").split()
CSRF_TRUSTED_ORIGINS = os.environ.get("HG_ORIGINS", "").split()
HG_TLS = not HG_DEMO and os.environ.get("HG_TLS", "1") != "0"

ROOMS = [
    "ground",
    "audit",
    "people",
    "program",
    "confidentiality",
    "chart",
    "placement",
    "plan",
    "timetable",
    "treatment",
    "front_door",
    "interop",
    "desk",
]
INSTALLED_APPS = [
    "homeground.config",
    *(f"homeground.{room}" for room in ROOMS),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "homeground.config.middleware.told_to_browsers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "homeground.config.middleware.refuse_oversize",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "homeground.config.middleware.AccessMiddleware",
]
ROOT_URLCONF = "homeground.config.urls"
WSGI_APPLICATION = "homeground.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "homeground.config.context.house",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "homeground.ground.ui.renderer.Renderer"
SILENCED_SYSTEM_CHECKS: list[str] = []

DATABASES = {"default": database_settings("app" if HG_DB_ROLE == "app" else "owner")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "ground_cache"}}

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["homeground.people.hasher.OwaspArgon2Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "homeground.people.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "homeground.people.forms.LoginForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,5/5m/key"}
MFA_ADAPTER = "homeground.people.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Homeground"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = HG_DEMO
USERSESSIONS_TRACK_ACTIVITY = False

HG_IDLE_SECONDS = {"staff": 600, "portal": 900}
HG_SESSION_LIMIT = timedelta(hours=12)
SESSION_COOKIE_AGE = int(HG_SESSION_LIMIT.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HG_TLS
SESSION_COOKIE_NAME = "__Host-visit" if HG_TLS else "visit"
CSRF_COOKIE_NAME = "__Host-form" if HG_TLS else "form"
CSRF_FAILURE_VIEW = "homeground.ground.views.forged"
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # with no-referrer browsers send "Origin: null" and no form would pass
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31_536_000 if HG_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HG_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HG_TLS else None
X_FRAME_OPTIONS = "DENY"

FILE_UPLOAD_HANDLERS = ["homeground.ground.uploads.MemoryOnly"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
HG_REQUEST_LIMIT = 12 * 1_048_576

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]

STATIC_URL = "static/"
STATIC_ROOT = Path(os.environ.get("HG_STATIC", ROOT / "static-build"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MAILERS = {
    "default": {
        "BACKEND": os.environ.get("HG_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
    }
}
DEFAULT_FROM_EMAIL = os.environ.get("HG_FROM", "appointments@localhost")

# Only coded facts are logged: no query, no path with a secret, no form content.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "homeground": {"level": "INFO"},
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
    },
}
