"""The request for help in a visitor's browser: nothing is needed but a name, a way, and what is safe."""

from datetime import date

import pytest
from django.test import Client, override_settings

from homeground.audit.models import Entry
from homeground.front_door.models import HelpRequest
from homeground.front_door.queries import desk
from homeground.front_door.tests.factories import sent
from homeground.ground import scope
from homeground.ground.models import Bucket
from homeground.timetable.models import Group

pytestmark = pytest.mark.django_db
URL = "/help/"


@pytest.fixture
def visitor(cast):
    return Client()


def test_a_request_with_an_alias_and_one_way_is_accepted_and_promises_a_time(visitor):
    answer = visitor.post(URL, sent())
    assert answer.status_code == 302 and answer.url.startswith("/help/sent/?by=")
    page = visitor.get(answer.url)
    assert page.status_code == 200 and b"We will call or write you by" in page.content
    request = HelpRequest.objects.get()
    assert (request.alias, request.contact_kind) == ("River", "phone")


def test_the_contact_is_sealed_and_the_look_of_the_row_tells_nothing(visitor):
    visitor.post(URL, sent(message="I drink every night"))
    row = HelpRequest.objects.get()
    assert b"5550142" not in bytes(row.sealed_contact) and b"drink" not in bytes(row.sealed_message)
    assert "River" not in str(row) + repr(row)


@pytest.mark.parametrize("missing", ["who", "alias", "contact_kind", "contact"])
def test_what_is_missing_is_said_at_its_field_and_the_rest_is_kept(visitor, missing):
    told = sent(message="Evenings only")
    told.pop(missing)
    answer = visitor.post(URL, told)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {missing}
    assert b"Evenings only" in answer.content
    assert not HelpRequest.objects.exists()


@pytest.mark.parametrize("question", ["may_leave_message", "may_text", "may_name_us"])
def test_no_safe_contact_answer_has_a_default(visitor, question):
    told = sent()
    told.pop(question)
    answer = visitor.post(URL, told)
    assert answer.status_code == 422 and question in answer.context["form"].errors
    assert b"checked" not in visitor.get(URL).content


@pytest.mark.parametrize(
    ("kind", "contact", "field"),
    [
        ("phone", "12", "contact"),
        ("phone", "not a number", "contact"),
        ("phone", "9" * 199, "contact"),
        ("email", "303 555 0142", "contact"),
        ("text", "303 555 0142", "may_text"),
        ("pigeon", "303 555 0142", "contact_kind"),
    ],
)
def test_a_way_we_cannot_use_is_refused_at_its_field(visitor, kind, contact, field):
    answer = visitor.post(URL, sent(contact_kind=kind, contact=contact))
    assert answer.status_code == 422 and field in answer.context["form"].errors


@pytest.mark.parametrize("typed", ["303-555-0142", "(303) 555 0142", "+1 303 555 0142", "3035550142"])
def test_phone_numbers_are_understood_as_people_write_them(visitor, typed):
    assert visitor.post(URL, sent(contact=typed)).status_code == 302


@pytest.mark.parametrize(
    "told",
    [
        {"alias": "a" * 101},
        {"alias": "Ri\x00ver"},
        {"message": "a" * 2001},
        {"message": "null \x00 byte"},
        {"good_hours": "a" * 201},
        {"who": "everyone"},
        {"may_text": "maybe"},
    ],
)
def test_too_long_wrong_and_unprintable_input_is_refused_in_words(visitor, told):
    answer = visitor.post(URL, sent(**told))
    assert answer.status_code == 422 and answer.context["form"].errors
    assert not HelpRequest.objects.exists()


def test_bytes_in_another_encoding_do_no_harm(visitor):
    body = b"&".join(f"{name}={value}".encode() for name, value in sent(alias="").items())
    body = body.replace(b"alias=", b"alias=Mar\xeda")
    answer = visitor.post(URL, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 302


def test_a_request_sent_twice_is_one_request(visitor):
    told = sent()
    assert visitor.post(URL, told).status_code == 302
    again = visitor.post(URL, told)
    assert again.status_code == 302 and again.url == "/help/sent/"
    assert b"once is enough" in visitor.get(again.url).content
    assert HelpRequest.objects.count() == 1
    assert Entry.objects.filter(event="front_door.request.received").count() == 1


@pytest.mark.parametrize("broken", ["", "x", "0" * 500])
def test_a_broken_mark_of_the_form_counts_as_a_new_form(visitor, broken):
    assert visitor.post(URL, sent(once=broken, group=broken)).status_code == 302


def test_a_group_of_another_clinic_or_none_at_all_is_left_out(visitor):
    visitor.post(URL, sent(group="11111111-1111-7111-8111-111111111111"))
    assert HelpRequest.objects.get().wanted_group_id is None


def test_a_filled_hidden_box_is_told_and_not_silently_dropped(visitor):
    answer = visitor.post(URL, sent(website="https://example.org"))
    assert answer.status_code == 422 and b"Please send this once more" in answer.content
    assert b"https://example.org" not in answer.content


def test_many_requests_from_one_address_are_asked_to_wait_and_keep_their_words(visitor):
    for _ in range(10):
        assert visitor.post(URL, sent()).status_code == 302
    answer = visitor.post(URL, sent(message="Please hear me"))
    assert answer.status_code == 429 and answer["Retry-After"] == "60"
    assert b"Please hear me" in answer.content and b"Please wait a minute." in answer.content
    assert HelpRequest.objects.count() == 10


def test_the_address_is_kept_only_as_a_digest(visitor):
    visitor.post(URL, sent())
    assert "127.0.0.1" not in Bucket.objects.get().key


def test_a_forged_post_is_refused(cast):
    answer = Client(enforce_csrf_checks=True).post(URL, sent())
    assert answer.status_code == 403 and not HelpRequest.objects.exists()


@pytest.mark.parametrize("by", ["", "x", "2026-11-23T16:15:00+00:00", "2026-11-23T16:15:00+00:00:forged"])
def test_nobody_can_be_shown_a_made_up_promise(visitor, by):
    page = visitor.get("/help/sent/", {"by": by})
    assert page.status_code == 200 and b"Nov" not in page.content


def test_the_public_channel_can_add_a_request_and_read_none(visitor, clinic):
    visitor.post(URL, sent())
    with scope.entered(organization_id=clinic.id, channel=scope.Channel.PUBLIC):
        assert not HelpRequest.objects.exists()
    with scope.entered(organization_id=clinic.id):
        assert HelpRequest.objects.count() == 1


def test_danger_comes_first_on_the_page(visitor):
    page = visitor.get(URL).content.decode()
    body = page[page.index("<main") :]
    assert body.index("tel:911") < body.index("<form")


def test_nothing_a_guest_told_is_logged_or_put_into_an_address(visitor, caplog, capsys):
    answer = visitor.post(URL, sent(alias="Wintergreen", message="secret words"))
    visitor.post(URL, sent(alias="Wintergreen", contact="nonsense words"))
    told = caplog.text + "".join(capsys.readouterr()) + answer.url
    assert not any(word in told for word in ("Wintergreen", "secret", "5550142", "nonsense"))


def test_a_huge_request_is_refused_before_it_is_read(visitor):
    answer = visitor.post(URL, b"x" * 13_000_000, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413


def test_a_wanted_group_of_this_clinic_is_kept_and_shown_to_the_desk(visitor, clinic):
    group = Group.objects.create(
        **clinic.owns(),
        program=clinic.adult,
        name="Evening group",
        track="evening",
        capacity=10,
        population="adult",
        starts_on=date(2026, 1, 5),
    )
    visitor.post(URL, sent(group=str(group.pk)))
    with scope.entered(organization_id=clinic.id):
        assert desk.opened(HelpRequest.objects.get().pk).wanted_group == "Evening group"


def test_a_request_at_another_clinics_address_is_that_clinics(cast):
    visitor = Client(headers={"host": "harbor.example.org"})
    with override_settings(ALLOWED_HOSTS=["harbor.example.org"]):
        assert visitor.post(URL, sent()).status_code == 302
    assert HelpRequest.objects.get().organization_id == cast.other_clinic.id
    with scope.entered(organization_id=cast.clinic.id):
        assert not HelpRequest.objects.exists()
