"""A new house key takes over: everything sealed stays readable, the old key opens nothing."""

import json
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from homeground.audit.models import Entry
from homeground.config import keys
from homeground.ground import clock, envelope, keyring, scope, seal, sealed_text
from homeground.ground.ids import uuid7
from homeground.ground.models import DataKey
from homeground.people import adapter
from homeground.people.models import SafeContact
from homeground.people.roles import Role

pytestmark = pytest.mark.django_db
AT = clock.now()
PLACE = {"table": "some_table", "row": uuid7(), "column": "sealed_text"}


@pytest.fixture(autouse=True)
def keys_of_their_own(settings, tmp_path):
    settings.HG_KEYS = tmp_path / "keys"
    keys.make_missing(settings.HG_KEYS)


@pytest.fixture
def cast(keys_of_their_own, cast_of_its_own):
    return cast_of_its_own()


def sealed_for_each_clinic(cast):
    """One sealed text in each clinic, as (organization, subject, sealed)."""
    found = []
    for clinic in (cast.clinic, cast.other_clinic):
        by, subject = clinic.staff[Role.COUNSELOR].actor, uuid7()
        with scope.entered(organization_id=clinic.id):
            key = envelope.make_key(subject_id=subject, by=by, at=AT)
            found.append((clinic.id, subject, key.close("kept", **PLACE)))
    return found


def rotate():
    told = StringIO()
    call_command("keys", "rotate", json=True, stdout=told)
    return json.loads(told.getvalue())


def test_rotation_wraps_counts_and_proves_every_key_and_the_old_one_is_refused(cast, settings):
    texts = sealed_for_each_clinic(cast)
    old_wrapping = {row.pk: bytes(row.wrapped) for row in DataKey.objects.all()}
    told = rotate()
    count = len(old_wrapping)
    assert (told["to"], told["retired"], told["data_keys"], told["old_key"]) == (2, [1], count, "refused")
    assert set(DataKey.objects.values_list("house_key", flat=True)) == {2}
    for organization_id, subject, sealed in texts:
        with scope.entered(organization_id=organization_id):
            assert envelope.key_of(subject).unseal(sealed, **PLACE) == "kept"
    assert all(bytes(row.wrapped) != old_wrapping[row.pk] for row in DataKey.objects.all())
    for pk, wrapped in old_wrapping.items():
        DataKey.objects.filter(pk=pk).update(wrapped=wrapped, house_key=1)
    for organization_id, subject, _sealed in texts:
        with scope.entered(organization_id=organization_id), pytest.raises(seal.SealBroken):
            envelope.key_of(subject)
    assert (settings.HG_KEYS / "retired" / "master").is_file()
    assert not (settings.HG_KEYS / "master").exists()


def test_every_sealed_text_of_the_house_opens_after_rotation(cast):
    def reach():
        with scope.entered(organization_id=cast.clinic.id):
            return {row.person_id: row.phone for row in sealed_text.unlocked(SafeContact.objects.all())}

    before = reach()
    assert set(before.values()) == {"+13035550142"}
    rotate()
    assert reach() == before


def test_second_factors_are_sealed_anew(cast):
    sealer = adapter.MFAAdapter()
    account = cast.clinic.staff[Role.DIRECTOR].account
    totp = Authenticator.objects.create(
        user=account, type=Authenticator.Type.TOTP, data={"secret": sealer.encrypt("JBSWY3DPEHPK3PXP")}
    )
    passkey = Authenticator.objects.create(
        user=account, type=Authenticator.Type.WEBAUTHN, data={"name": "Phone", "credential": {}}
    )
    assert rotate()["second_factors"] == 1
    totp.refresh_from_db()
    assert sealer.decrypt(totp.data["secret"]) == "JBSWY3DPEHPK3PXP"
    passkey.refresh_from_db()
    assert passkey.data == {"name": "Phone", "credential": {}}


def test_keys_made_after_rotation_are_wrapped_by_the_new_key(cast):
    rotate()
    sealed_for_each_clinic(cast)
    assert set(DataKey.objects.values_list("house_key", flat=True)) == {2}
    assert rotate()["to"] == 3
    assert keyring.numbers() == (3,)


def test_each_organizations_trail_tells_of_the_rotation(cast):
    rotate()
    told = Entry.objects.filter(event="ground.keys.rotated")
    assert {entry.organization_id for entry in told} == {cast.clinic.id, cast.other_clinic.id}
    assert all(entry.facts["number"] == 2 for entry in told)


def test_a_key_that_does_not_open_stops_the_rotation_and_nothing_is_retired(cast):
    sealed_for_each_clinic(cast)
    DataKey.objects.filter(organization_id=cast.clinic.id).update(wrapped=b"\0" * 60)
    with pytest.raises(CommandError, match="Nothing was retired"):
        rotate()
    assert keyring.numbers() == (1, 2)


def test_shredded_keys_stay_shredded(cast):
    organization_id, subject, _sealed = sealed_for_each_clinic(cast)[0]
    with scope.entered(organization_id=organization_id):
        envelope.shred(subject_id=subject, at=AT)
    assert rotate()["data_keys"] == DataKey.objects.count() - 1
    with scope.entered(organization_id=organization_id), pytest.raises(envelope.Shredded):
        envelope.key_of(subject)


def test_a_new_key_is_readable_by_its_owner_alone(cast, settings):
    rotate()
    assert (settings.HG_KEYS / "master-2").stat().st_mode & 0o777 == 0o400
    assert (settings.HG_KEYS / "retired").stat().st_mode & 0o777 == 0o700


def test_preparing_again_makes_no_second_first_key(settings):
    keyring.add()
    keyring.retire(1)
    keys.make_missing(settings.HG_KEYS)
    assert keyring.numbers() == (2,)
    (settings.HG_KEYS / "master-2").unlink()
    keys.make_missing(settings.HG_KEYS)
    with pytest.raises(keyring.KeyGone):
        keyring.current()
