import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from homeground.people.roles import Role


def test_every_role_of_the_demo_can_sign_in(settings):
    settings.HG_DEMO = True
    told = StringIO()
    call_command("demo_accounts", json=True, stdout=told)
    accounts = json.loads(told.getvalue())
    assert {account["role"] for account in accounts} == {role.value for role in Role}
    assert all(account.keys() == {"role", "username", "password"} for account in accounts)


def test_outside_the_demo_there_are_none(settings):
    settings.HG_DEMO = False
    with pytest.raises(CommandError, match="HG_DEMO") as refusal:
        call_command("demo_accounts")
    assert refusal.value.returncode == 2
