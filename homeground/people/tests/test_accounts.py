from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from cast import make_person
from django.urls import reverse

from homeground.audit.models import Entry
from homeground.ground import scope
from homeground.people import actions, queries
from homeground.people.actions.links import LIFETIME
from homeground.people.models import Account, Membership, Person, SignInLink
from homeground.people.roles import SEES, Role

AT = datetime(2026, 11, 21, 18, tzinfo=UTC)


@pytest.fixture
def by(clinic):
    return clinic.staff[Role.ADMINISTRATOR].actor


@pytest.fixture
def keeper(clinic, sign_in):
    return sign_in(clinic.staff[Role.ADMINISTRATOR])


NEW = {"given_name": "Robin", "family_name": "Sampleton", "username": "Robin.S", "role": "facilitator"}


def test_an_account_belongs_to_a_person(by, inside):
    with pytest.raises(queries.PersonNotHere):
        actions.make_account(person_id=uuid4(), username="frontdesk", role=Role.FRONT_DESK, by=by, at=AT)
    assert not Account.objects.filter(username="frontdesk").exists()


def test_somebody_new_gets_person_account_and_role_but_no_password(by, inside):
    told = {"given_name": "Robin", "family_name": "Sampleton"}
    account_id = actions.welcome(**told, username="Robin.S", role=Role.FACILITATOR, by=by, at=AT)
    account = Account.objects.get(pk=account_id)
    assert account.username == "robin.s"
    assert not account.has_usable_password()
    assert queries.actor(account, by.organization_id, "").roles == {"facilitator"}


@pytest.mark.parametrize("username", ["", "ab", "two words", "a@b", "<script>", "   "])
def test_a_name_to_sign_in_with_is_plain(by, inside, username):
    with pytest.raises(actions.NameTooPlain):
        actions.welcome(given_name="R", family_name="S", username=username, role=Role.BILLER, by=by, at=AT)
    assert not Person.objects.filter(family_name="S").exists()


def test_a_name_is_taken_in_any_spelling(by, inside, clinic):
    taken = clinic.staff[Role.COUNSELOR].account.username.upper()
    with pytest.raises(actions.UsernameTaken):
        actions.welcome(given_name="R", family_name="S", username=taken, role=Role.BILLER, by=by, at=AT)


def test_a_second_role_goes_on_the_same_account(by, inside, clinic):
    counselor = clinic.staff[Role.COUNSELOR]
    account_id = actions.make_account(
        person_id=counselor.person.pk, username="ignored", role=Role.DIRECTOR, by=by, at=AT
    )
    assert account_id == counselor.account.pk
    with pytest.raises(actions.RoleHeldAlready):
        actions.make_account(
            person_id=counselor.person.pk, username="ignored", role=Role.DIRECTOR, by=by, at=AT
        )


def test_the_front_desk_gives_no_staff_role(inside, clinic):
    desk = clinic.staff[Role.FRONT_DESK].actor
    person = make_person(clinic, "Robin", "Sampleton")
    with pytest.raises(actions.NotYourRoleToGive):
        actions.make_account(person_id=person.pk, username="robin", role=Role.DIRECTOR, by=desk, at=AT)
    actions.make_account(person_id=person.pk, username="robin", role=Role.PATIENT, by=desk, at=AT)


def test_somebody_must_remain_who_makes_accounts(by, inside, clinic):
    director, administrator = (
        Membership.objects.get(account=clinic.staff[role].account)
        for role in (Role.DIRECTOR, Role.ADMINISTRATOR)
    )
    actions.end_membership(membership_id=director.pk, by=by, at=AT)
    with pytest.raises(actions.LastKeeper):
        actions.end_membership(membership_id=administrator.pk, by=by, at=AT)
    with pytest.raises(actions.MembershipNotHere):
        actions.end_membership(membership_id=director.pk, by=by, at=AT)


def test_another_clinics_membership_is_not_here(by, inside, cast):
    elsewhere = Membership.objects.none()
    with scope.entered(organization_id=cast.other_clinic.id):
        elsewhere = Membership.objects.first().pk
    with pytest.raises(actions.MembershipNotHere):
        actions.end_membership(membership_id=elsewhere, by=by, at=AT)


def test_beginning_and_ending_are_in_the_audit_trail_without_names(by, inside):
    actions.welcome(given_name="R", family_name="S", username="rrr", role=Role.BILLER, by=by, at=AT)
    entry = Entry.objects.get(event="people.membership.begun")
    assert entry.facts["role"] == "biller"
    assert "rrr" not in str(entry.facts)


def test_who_has_left_is_out_at_the_next_request(keeper, clinic, client):
    """Check G09, with a session as a person makes it: by signing in."""
    facilitator = clinic.staff[Role.FACILITATOR]
    told = {"login": facilitator.account.username, "password": "a long enough password"}
    client.post(reverse("account_login"), told)
    assert client.get(reverse("people:me")).status_code == 200
    membership = Membership.objects.get(account=facilitator.account)
    keeper.post(reverse("people:ending", args=[membership.pk]))
    response = client.get(reverse("people:me"))
    assert response.status_code == 302
    assert reverse("account_login") in response.headers["Location"]
    assert "_auth_user_id" not in client.session


def test_a_session_that_outlived_its_role_ends_too(clinic, sign_in):
    facilitator = clinic.staff[Role.FACILITATOR]
    browser = sign_in(facilitator)
    assert browser.get(reverse("people:me")).status_code == 200
    Membership.objects.filter(account=facilitator.account).update(ends_at=AT)
    assert browser.get(reverse("people:me")).status_code == 302
    assert "_auth_user_id" not in browser.session


def test_the_page_lists_staff_and_says_what_each_role_sees(keeper):
    page = keeper.get(reverse("people:accounts"))
    assert page.status_code == 200
    assert "Counselor Sample" in page.text
    for words in SEES.values():
        assert str(words).split(",")[0].replace("'", "&#x27;") in page.text
    assert "Wren" not in page.text  # a patient is not on it


def test_a_new_member_of_staff_gets_a_link_shown_once(keeper, client):
    response = keeper.post(reverse("people:accounts"), NEW)
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    link = SignInLink.objects.get()
    assert link.digest not in response.text
    path = response.context["link"].split("testserver", 1)[1]
    assert client.post(path).status_code == 302
    assert client.get(reverse("people:me")).status_code == 200


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"username": ""}, "required"),
        ({"username": "a b c"}, "at least three letters"),
        ({"username": "counselor.juniper"}, "already"),
        ({"username": "x" * 61}, "at most 60"),
        ({"role": "patient"}, "valid choice"),
        ({"role": "king"}, "valid choice"),
        ({"given_name": ""}, "required"),
    ],
)
def test_a_bad_account_is_refused_and_keeps_what_was_typed(keeper, changes, words):
    response = keeper.post(reverse("people:accounts"), {**NEW, **changes})
    assert response.status_code == 422
    assert words in response.text
    assert "Sampleton" in response.text
    assert not Person.objects.filter(family_name="Sampleton").exists()


def test_only_keepers_open_the_accounts(clinic, sign_in):
    for role in set(clinic.staff) - {Role.DIRECTOR, Role.ADMINISTRATOR}:
        assert sign_in(clinic.staff[role]).get(reverse("people:accounts")).status_code == 403


def test_the_list_takes_a_fixed_number_of_statements(keeper, by, clinic, django_assert_max_num_queries):
    with scope.entered(organization_id=clinic.id):
        for number in range(10):
            actions.welcome(
                given_name="R", family_name="S", username=f"r{number:03}", role=Role.BILLER, by=by, at=AT
            )
    keeper.get(reverse("people:me"))
    with django_assert_max_num_queries(14):
        keeper.get(reverse("people:accounts"))


# One-time links


@pytest.fixture
def secret(cast, clinic, inside):
    desk = clinic.staff[Role.FRONT_DESK].actor
    return actions.make_link(account_id=cast.patient.account.pk, by=desk, at=AT)


def test_a_link_works_once(secret, by, cast):
    assert actions.use_link(secret=secret, by=by, at=AT + timedelta(hours=1)) == cast.patient.account.pk
    with pytest.raises(actions.LinkSpent):
        actions.use_link(secret=secret, by=by, at=AT + timedelta(hours=1))


def test_a_link_runs_out(secret, by):
    with pytest.raises(actions.LinkSpent):
        actions.use_link(secret=secret, by=by, at=AT + LIFETIME)


def test_a_newer_link_replaces_it(secret, by, cast):
    newer = actions.make_link(account_id=cast.patient.account.pk, by=by, at=AT)
    with pytest.raises(actions.LinkSpent):
        actions.use_link(secret=secret, by=by, at=AT)
    actions.use_link(secret=newer, by=by, at=AT)


def test_only_the_digest_is_kept(secret):
    row = SignInLink.objects.get()
    assert secret not in str(row.__dict__)


def test_the_front_desk_makes_no_link_for_staff_and_nobody_for_strangers(inside, clinic, cast, by):
    desk = clinic.staff[Role.FRONT_DESK].actor
    with pytest.raises(actions.NotYourLinkToMake):
        actions.make_link(account_id=clinic.staff[Role.DIRECTOR].account.pk, by=desk, at=AT)
    elsewhere = cast.other_clinic.staff[Role.BILLER].account.pk
    for unknown in (cast.stranger.account.pk, elsewhere, uuid4()):
        with pytest.raises(actions.AccountNotHere):
            actions.make_link(account_id=unknown, by=by, at=AT)


def test_looking_at_a_link_does_not_spend_it(clinic, cast, sign_in, client):
    desk = sign_in(clinic.staff[Role.FRONT_DESK])
    response = desk.post(reverse("people:links", args=[cast.patient.account.pk]))
    path = response.context["link"].split("testserver", 1)[1]
    for _preview in range(3):
        page = client.get(path)
        assert page.status_code == 200
        assert "Press the button" in page.text
    assert client.post(path).status_code == 302
    assert client.get(reverse("people:me")).status_code == 200
    again = client.post(path)
    assert again.status_code == 410
    assert "no longer works" in again.text


@pytest.mark.parametrize("secret", ["x", "a" * 43, "%27or%201=1"])
def test_a_guessed_link_signs_nobody_in(cast, client, secret):
    response = client.post(f"/people/in/{secret}/")
    assert response.status_code == 410
    assert "_auth_user_id" not in client.session


def test_signing_in_by_link_is_in_the_clinics_audit_trail(clinic, cast, sign_in, client):
    desk = sign_in(clinic.staff[Role.FRONT_DESK])
    link = desk.post(reverse("people:links", args=[cast.patient.account.pk])).context["link"]
    client.post(link.split("testserver", 1)[1])
    entry = Entry.objects.get(event="people.account.signed_in")
    assert (entry.account_id, entry.organization_id) == (cast.patient.account.pk, clinic.id)


# One person


def test_a_person_is_asked_about_safe_contact_without_default(clinic, sign_in):
    desk = sign_in(clinic.staff[Role.FRONT_DESK])
    person = make_person(clinic, "Sky", "")
    url = reverse("people:person", args=[person.pk])
    assert desk.get(url).status_code == 200
    told = {"phone": "303 555 0199", "may_leave_message": "no", "may_text": "yes", "may_name_us": "no"}
    assert desk.post(url, {**told, "may_text": ""}).status_code == 422
    assert desk.post(url, {**told, "phone": "12"}).status_code == 422
    assert desk.post(url, {**told, "email": "not-an-address"}).status_code == 422
    assert desk.post(url, told).status_code == 302
    with scope.entered(organization_id=clinic.id):
        assert queries.contact(person.pk).phone == "+13035550199"


def test_a_patient_gets_account_and_link_in_one_step(clinic, sign_in, client):
    desk = sign_in(clinic.staff[Role.FRONT_DESK])
    person = make_person(clinic, "Sky", "")
    url = reverse("people:account", args=[person.pk])
    assert desk.post(url, {"username": "lark", "role": "director"}).status_code == 422
    assert desk.post(url, {"username": "a", "role": "patient"}).status_code == 422
    response = desk.post(url, {"username": "lark", "role": "patient"})
    assert response.status_code == 200
    assert Membership.objects.get(person=person).role == "patient"


@pytest.mark.parametrize("name", ["person", "account"])
def test_another_clinics_person_is_not_there(cast, sign_in, name):
    desk = sign_in(cast.clinic.staff[Role.FRONT_DESK])
    for unknown in (cast.other_clinic.staff[Role.BILLER].person.pk, uuid4()):
        assert desk.post(reverse(f"people:{name}", args=[unknown]), {}).status_code == 404


def test_everyone_sees_their_own_role_in_words(cast, sign_in):
    for member in (cast.patient, cast.relative, *cast.clinic.staff.values()):
        page = sign_in(member).get(reverse("people:me"))
        assert page.status_code == 200
        role = Role(next(iter(member.actor.roles)))
        assert str(SEES[role]).replace("'", "&#x27;") in page.text
