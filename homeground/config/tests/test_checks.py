import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.checks import registry as checking
from django.core.exceptions import ImproperlyConfigured

from homeground.config import checks, keys
from homeground.config.backup import shelf
from homeground.ground import clock, keyring

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def safe(settings, monkeypatch, tmp_path):
    """An installation as it should be outside the demo; returns the settings to spoil."""
    keys.make_missing(tmp_path)
    settings.HG_KEYS = tmp_path
    settings.HG_DEMO = settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = settings.DEBUG = False
    settings.SECRET_KEY = "k" * 60
    settings.HG_TLS = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.HG_DB_ROLE = "app"
    monkeypatch.setenv("HG_HOSTS", "clinic.example.org")
    monkeypatch.delenv("HG_SECRET_KEY", raising=False)
    settings.ALLOWED_HOSTS = ["clinic.example.org"]
    return settings


def codes():
    return [error.id.rpartition(".")[2] for error in checks.unsafe_settings()]


def test_a_safe_installation_serves(safe):
    assert codes() == []
    checks.refuse_unsafe(serving=True)


def test_a_start_warns_of_backups_that_are_missing_or_old(safe, tmp_path, monkeypatch):
    def told():
        return [warning.msg for warning in checks.backups_missing()]

    safe.HG_BACKUPS = tmp_path
    assert told() == ["There is no backup yet."]
    (tmp_path / shelf.file_name(clock.now() - timedelta(days=2, minutes=1))).touch()
    assert told()[0].startswith("The newest backup is of 2")
    (tmp_path / shelf.file_name(clock.now() - timedelta(days=1))).touch()
    assert told() == []
    assert checks.backups_missing in checking.registry.get_checks(include_deployment_checks=True)
    safe.HG_BACKUPS = tmp_path / "nowhere"
    monkeypatch.setenv("HG_BACKUP_AT", "off")
    assert told() == [], "somebody else's backup was chosen"


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("SECRET_KEY", "short", "E001"),
        ("SECRET_KEY", "django-insecure-" + "x" * 60, "E001"),
        ("ALLOWED_HOSTS", ["*"], "E005"),
        ("ALLOWED_HOSTS", [".example.org"], "E005"),
        ("HG_TLS", False, "E006"),
        ("SESSION_COOKIE_SECURE", False, "E006"),
        ("CSRF_COOKIE_SECURE", False, "E006"),
        ("MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN", True, "E006"),
        ("DEBUG", True, "E007"),
        ("DEFAULT_FROM_EMAIL", "hello@rehab-clinic.example.org", "E010"),
    ],
)
def test_each_unsafe_setting_is_named(safe, name, value, code):
    setattr(safe, name, value)
    assert codes() == [code]
    with pytest.raises(ImproperlyConfigured, match=code):
        checks.refuse_unsafe(serving=True)


def test_a_clock_of_its_own_is_refused(safe, monkeypatch):
    monkeypatch.setenv("HG_CLOCK", "2026-11-18T17:00:00Z")
    assert codes() == ["E009"]


@pytest.mark.parametrize("hosts", ["", "  "])
def test_the_hosts_must_be_named(safe, monkeypatch, hosts):
    monkeypatch.setenv("HG_HOSTS", hosts)
    assert codes() == ["E004"]


@pytest.mark.parametrize(("name", "code"), [("secret_key", "E002"), ("master", "E003")])
def test_a_key_that_is_missing_or_open_to_others_is_refused(safe, name, code):
    path = safe.HG_KEYS / name
    path.chmod(0o444)
    assert codes() == [code]
    path.unlink()
    assert codes() == [code]


def test_a_damaged_master_key_is_refused(safe):
    path = safe.HG_KEYS / "master"
    path.chmod(0o600)
    path.write_bytes(b"half of it")
    assert codes() == ["E003"]


def test_a_rotated_key_stands_in_for_the_first(safe):
    keyring.add()
    keyring.retire(1)
    assert codes() == []
    (safe.HG_KEYS / "master-2").chmod(0o444)
    assert codes() == ["E003"]


def test_the_web_never_serves_as_the_owner_of_the_database(safe):
    safe.HG_DB_ROLE = "owner"
    checks.refuse_unsafe(serving=False)
    with pytest.raises(ImproperlyConfigured, match="E008"):
        checks.refuse_unsafe(serving=True)


def test_the_demo_asks_for_nothing(safe):
    safe.HG_DEMO, safe.SECRET_KEY, safe.ALLOWED_HOSTS = True, "x", ["*"]
    checks.refuse_unsafe(serving=True)


def test_djangos_deployment_check_names_it_too(tmp_path):
    result = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--tag", "security"],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "HG_DEMO": "0", "HG_HOME": str(tmp_path), "HG_DB_ROLE": "owner"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert result.returncode == 1
    assert "homeground.E004" in result.stderr
