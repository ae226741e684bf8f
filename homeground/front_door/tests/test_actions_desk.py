from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from homeground.audit.models import Entry
from homeground.front_door import actions, queries
from homeground.front_door.models import Call, Closing, Conversion, HelpRequest
from homeground.front_door.queries import desk
from homeground.front_door.rules.calls import CallResult, ClosingReason
from homeground.front_door.tests.factories import AT, DENVER, asking, received
from homeground.ground import envelope, scope, seal
from homeground.ground.actor import NotSignedIn
from homeground.people.models import SafeContact
from homeground.people.roles import Role
from homeground.placement.models import Screening

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(clinic, inside):
    return clinic.staff[Role.FRONT_DESK].actor


def log(by, request_id, result=CallResult.NO_ANSWER, once=None, **told):
    actions.log_call(
        request_id=request_id,
        result=result,
        once=once or uuid4(),
        by=by,
        at=AT + timedelta(minutes=3),
        **told,
    )


def test_a_request_promises_a_call_within_fifteen_minutes_of_open_time(by):
    promised = actions.receive_request(asking=asking(), zone=DENVER, by=by, at=AT)
    assert promised == AT + timedelta(minutes=15)
    assert HelpRequest.objects.get().promised_at == promised


def test_reading_a_request_opens_the_seals_and_is_recorded(by):
    request_id = received(by, message="After six, please")
    page = actions.read_request(request_id=request_id, by=by, at=AT)
    assert (page.contact, page.message) == ("+13035550142", "After six, please")
    entry = Entry.objects.get(event="front_door.request.read")
    assert (entry.subject_id, entry.person_id) == (request_id, by.person_id)


def test_a_sealed_contact_copied_to_another_request_does_not_open(by):
    first, second = received(by), received(by)
    stolen = HelpRequest.objects.get(pk=first).sealed_contact
    HelpRequest.objects.filter(pk=second).update(sealed_contact=stolen)
    with pytest.raises(seal.SealBroken):
        actions.read_request(request_id=second, by=by, at=AT)


def test_a_request_whose_key_was_destroyed_cannot_be_read(by):
    first, second = received(by), received(by)
    envelope.shred(subject_id=first, at=AT)
    with pytest.raises(envelope.Shredded):
        actions.read_request(request_id=first, by=by, at=AT)
    assert actions.read_request(request_id=second, by=by, at=AT).contact == "+13035550142"


def test_a_page_of_a_request_does_not_tell_its_contact_when_printed(by):
    page = actions.read_request(request_id=received(by, message="secret"), by=by, at=AT)
    assert "5550142" not in repr(page) and "secret" not in repr(page) and "River" not in repr(page)


def test_a_call_is_written_down_with_its_result_and_sealed_note(by):
    request_id = received(by)
    log(by, request_id, CallResult.REACHED, note="Wants evenings")
    call = desk.opened(request_id).calls[0]
    assert (call.result, call.note, call.by) == (CallResult.REACHED, "Wants evenings", "Front Desk Sample")
    assert b"evenings" not in bytes(Call.objects.get().sealed_note)


def test_a_call_sent_twice_is_one_call(by):
    request_id, once = received(by), uuid4()
    log(by, request_id, once=once)
    log(by, request_id, once=once)
    assert Call.objects.count() == 1


def test_a_message_against_the_wish_of_the_guest_is_refused(by):
    request_id = received(by, may_leave_message=False)
    with pytest.raises(actions.MessageNotAllowed):
        log(by, request_id, CallResult.MESSAGE)
    assert not Call.objects.exists()


def test_a_closed_request_takes_no_more_calls_and_no_second_closing(by):
    request_id = received(by)
    actions.close_request(request_id=request_id, reason=ClosingReason.DECLINED, by=by, at=AT)
    with pytest.raises(actions.RequestSettled):
        log(by, request_id)
    with pytest.raises(actions.RequestSettled):
        actions.close_request(request_id=request_id, reason=ClosingReason.OTHER, by=by, at=AT)
    assert Closing.objects.get().reason == "declined"


def begin(by, request_id, name="River"):
    return actions.begin_screening(request_id=request_id, given_name=name, family_name="", by=by, at=AT)


def test_begin_screening_registers_the_person_with_what_is_safe(by):
    request_id = received(by, may_text=True, good_hours="after six")
    screening_id = begin(by, request_id)
    person = Screening.objects.get(pk=screening_id).person
    contact = SafeContact.objects.get(person=person)
    assert (person.given_name, contact.phone, contact.email) == ("River", "+13035550142", "")
    assert (contact.may_leave_message, contact.may_text, contact.may_name_us) == (False, True, False)
    assert contact.good_hours == "after six"


def test_someone_elses_number_and_permissions_do_not_become_the_persons(by):
    request_id = received(
        by, for_someone_else=True, may_text=True, may_leave_message=True, may_name_us=True, good_hours="noon"
    )
    person = Screening.objects.get(pk=begin(by, request_id, "Sage")).person
    contact = SafeContact.objects.get(person=person)
    assert (person.given_name, contact.phone, contact.email, contact.good_hours) == ("Sage", "", "", "")
    assert not (contact.may_leave_message or contact.may_text or contact.may_name_us)


def test_an_email_goes_to_the_email_of_the_person(by):
    request_id = received(by, contact_kind="email", contact="river@example.org")
    contact = SafeContact.objects.get(person=Screening.objects.get(pk=begin(by, request_id)).person)
    assert (contact.phone, contact.email) == ("", "river@example.org")


def test_beginning_twice_gives_the_screening_that_was_begun(by):
    request_id = received(by)
    assert begin(by, request_id) == begin(by, request_id)
    assert Screening.objects.count() == Conversion.objects.count() == 1


def test_a_closed_request_begins_nothing(by):
    request_id = received(by)
    actions.close_request(request_id=request_id, reason=ClosingReason.ELSEWHERE, by=by, at=AT)
    with pytest.raises(actions.RequestSettled):
        begin(by, request_id)
    assert not Screening.objects.exists()


def test_a_screening_that_fails_leaves_nothing_behind(by):
    request_id = received(by)
    nobody = type(by)(organization_id=by.organization_id)
    with pytest.raises(NotSignedIn), transaction.atomic():
        begin(nobody, request_id)
    assert (
        not Conversion.objects.exists()
        and not Entry.objects.filter(event="people.person.registered").exists()
    )


def test_another_clinics_request_is_not_there(cast, by):
    request_id = received(by)
    other = cast.other_clinic.staff[Role.COUNSELOR].actor
    with scope.entered(organization_id=cast.other_clinic.id):
        for act in (
            lambda: actions.read_request(request_id=request_id, by=other, at=AT),
            lambda: log(other, request_id),
            lambda: actions.close_request(request_id=request_id, reason=ClosingReason.OTHER, by=other, at=AT),
            lambda: begin(other, request_id),
        ):
            with pytest.raises(queries.NotHere):
                act()


def test_the_inbox_shows_what_is_late_first_and_what_was_called_last(by):
    late = received(by, at=AT - timedelta(hours=1), alias="Late")
    later = received(by, at=AT - timedelta(minutes=5), alias="Soon")
    called = received(by, at=AT - timedelta(hours=2), alias="Called")
    log(by, called)
    closed = received(by, alias="Closed")
    actions.close_request(request_id=closed, reason=ClosingReason.DUPLICATE, by=by, at=AT)
    rows = desk.inbox(AT).rows
    assert [(row.id, row.late, row.calls) for row in rows] == [
        (late, True, 0),
        (later, False, 0),
        (called, False, 1),
    ]
    assert [row.id for row in desk.inbox(AT, settled=True).rows] == [closed]
    assert queries.waiting(AT) == queries.Waiting(open=3, late=1, new=0)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_inbox_takes_three_statements_for_any_number_of_rows(by, rows, django_assert_num_queries):
    for _ in range(rows):
        log(by, received(by, at=AT - timedelta(hours=1) if rows == 1 else AT))
    with scope.entered(organization_id=by.organization_id), django_assert_num_queries(3):
        found = desk.inbox(AT)
    assert found.total == rows and {row.alias for row in found.rows} == {"River"}


def test_a_guest_whose_key_was_destroyed_has_no_name_in_the_inbox(by):
    request_id = received(by)
    envelope.shred(subject_id=request_id, at=AT)
    assert [row.alias for row in desk.inbox(AT).rows] == [""]


def test_a_page_beyond_the_last_gives_the_last(by):
    received(by)
    assert desk.inbox(AT, number=99).number == 1


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"alias": b""}, "front_door_request_alias"),
        ({"contact_kind": "pigeon"}, "front_door_request_contact_kind"),
        ({"contact_kind": "text", "may_text": False}, "front_door_request_text_allowed"),
        ({"promised_at": AT}, "front_door_request_promise"),
    ],
)
def test_the_database_refuses_a_request_that_makes_no_sense(by, change, constraint):
    request_id = received(by)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        HelpRequest.objects.filter(pk=request_id).update(**{"received_at": AT, **change})


def test_the_database_refuses_an_unknown_result_a_repeated_call_and_an_unknown_reason(by):
    request_id = received(by)
    log(by, request_id)
    call = Call.objects.get()
    with pytest.raises(IntegrityError, match="front_door_call_result"), transaction.atomic():
        Call.objects.update(result="sang")
    copy = Call(**{f.attname: getattr(call, f.attname) for f in Call._meta.fields if f.name != "id"})
    with pytest.raises(IntegrityError, match="front_door_call_once"), transaction.atomic():
        copy.save(force_insert=True)
    actions.close_request(request_id=request_id, reason=ClosingReason.OTHER, by=by, at=AT)
    with pytest.raises(IntegrityError, match="front_door_closing_reason"), transaction.atomic():
        Closing.objects.update(reason="because")


def test_no_table_of_the_door_has_a_place_for_money_or_rank():
    """Checks B08 and B09: what does not exist cannot be sold (18 USC 220)."""
    from django.apps import apps

    words = ("fee", "price", "pay", "paid", "sponsor", "rank", "boost", "commission", "lead")
    fields = [
        field.name for model in apps.get_app_config("front_door").get_models() for field in model._meta.fields
    ]
    assert not [name for name in fields if any(word in name for word in words)]
