import json

import pytest

from homeground.config.management.commands.prepare import tell_accounts
from homeground.people.demo import ACCOUNTS
from homeground.people.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    return tmp_path / "demo-accounts.json"


def test_a_demo_tells_who_can_sign_in(file):
    Account.objects.bulk_create(Account(username=name) for _role, name in ACCOUNTS)
    tell_accounts(file)
    assert {one["username"] for one in json.loads(file.read_text())} == {name for _role, name in ACCOUNTS}


def test_a_founded_clinic_promises_no_sign_in_that_does_not_exist(file):
    Account.objects.create(username="director")
    file.write_text("[]")
    tell_accounts(file)
    assert not file.exists()
    tell_accounts(file)
