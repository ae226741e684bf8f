from datetime import datetime
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.front_door import queries
from homeground.front_door.models import Alert, Call, Closing, Conversion, HelpRequest
from homeground.front_door.queries.desk import RequestPage, contact_of, opened
from homeground.front_door.rules.calls import CallResult, ClosingReason, message_allowed
from homeground.ground import envelope
from homeground.ground.actor import Actor, NotSignedIn, require_account
from homeground.ground.ids import uuid7
from homeground.people import actions as people
from homeground.placement import actions as placement

NotHere = queries.NotHere


class MessageNotAllowed(Exception):
    """The guest asked that no message be left."""


class RequestSettled(Exception):
    """The request was closed, or became a screening, before."""


def raise_alert(*, request_id: UUID, by: Actor, at: datetime) -> None:
    """Let the door know of a new request; nothing happens when it knows, or opened it before."""
    with transaction.atomic():
        Alert.objects.bulk_create(
            [Alert(organization_id=by.organization_id, request_id=request_id, raised_at=at)],
            ignore_conflicts=True,
        )


def read_request(*, request_id: UUID, by: Actor, at: datetime) -> RequestPage:
    """Open one request with its contact and message. Looking is recorded (check B06). Raises NotHere.

    The first look answers the alert.
    """
    with transaction.atomic():
        page = opened(request_id)
        seen = {"seen_at": at, "seen_by_id": require_account(by)}
        # Whoever opens it before the worker told the door has seen it too.
        Alert.objects.bulk_create(
            [Alert(organization_id=by.organization_id, request_id=request_id, raised_at=at, **seen)],
            ignore_conflicts=True,
        )
        Alert.objects.filter(request=request_id, seen_at=None).update(**seen)
        _record(by, at, "read", request_id)
    return page


def log_call(
    *, request_id: UUID, result: CallResult, note: str = "", once: UUID, by: Actor, at: datetime
) -> None:
    """Write down one attempt to reach the guest. Sent again with the same `once`, it changes nothing.

    Raises NotHere, RequestSettled, or MessageNotAllowed when a message was left against the guest's wish:
    that is told to the director, not filed as usual.
    """
    with transaction.atomic():
        request = _locked(request_id)
        if request.calls.filter(once=once).exists():
            return
        _refuse_settled(request)
        if not message_allowed(result, request.contact_kind, request.may_leave_message):
            raise MessageNotAllowed
        row = uuid7()
        Call.objects.create(
            id=row,
            organization_id=by.organization_id,
            request=request,
            at=at,
            by_id=_person(by),
            result=result,
            sealed_note=_sealed_note(note, row, request_id, by, at),
            once=once,
        )
        _record(by, at, "called", request_id, result=result)


def close_request(*, request_id: UUID, reason: ClosingReason, by: Actor, at: datetime) -> None:
    """Close a request that needs nothing more from us. Raises NotHere or RequestSettled."""
    with transaction.atomic():
        request = _locked(request_id)
        _refuse_settled(request)
        Closing.objects.create(
            organization_id=by.organization_id,
            request=request,
            reason=reason,
            at=at,
            by_id=require_account(by),
        )
        _record(by, at, "closed", request_id, reason=reason)


def begin_screening(
    *, request_id: UUID, given_name: str, family_name: str = "", by: Actor, at: datetime
) -> UUID:
    """Register the person the request is about, open a screening and give its id.

    Contact way and safe-contact answers go with the person only when the guest asked for themselves: the
    number of someone who worries is not the patient's, and what is safe for one may harm the other. Asked a
    second time, the screening that was begun is given. Raises NotHere, RequestSettled (closed).
    """
    with transaction.atomic():
        request = _locked(request_id)
        begun = Conversion.objects.filter(request=request).first()
        if begun is not None:
            return begun.screening_id
        _refuse_settled(request)
        person_id = _register(request, given_name=given_name, family_name=family_name, by=by, at=at)
        screening_id = placement.open_screening(person_id=person_id, by=by, at=at)
        Conversion.objects.create(
            organization_id=by.organization_id,
            request=request,
            person_id=person_id,
            screening_id=screening_id,
            at=at,
            by_id=require_account(by),
        )
        _record(by, at, "converted", request_id)
    return screening_id


def _register(request: HelpRequest, *, given_name: str, family_name: str, by: Actor, at: datetime) -> UUID:
    """Register with what is known; for someone else nothing is known yet, so nothing is allowed."""
    own = not request.for_someone_else
    contact = contact_of(request) if own else ""
    by_email = request.contact_kind == "email"
    return people.register_person(
        given_name=given_name,
        family_name=family_name,
        language=request.language,
        phone="" if by_email else contact,
        email=contact if by_email else "",
        may_leave_message=own and request.may_leave_message,
        may_text=own and request.may_text,
        may_name_us=own and request.may_name_us,
        good_hours=request.good_hours if own else "",
        by=by,
        at=at,
    )


def _sealed_note(note: str, row: UUID, request_id: UUID, by: Actor, at: datetime) -> bytes:
    key = envelope.key_for(subject_id=request_id, by=by, at=at)
    return key.close(note, table=Call._meta.db_table, row=row, column="sealed_note")


def _locked(request_id: UUID) -> HelpRequest:
    try:
        return HelpRequest.objects.select_for_update().get(pk=request_id)
    except HelpRequest.DoesNotExist:
        raise NotHere from None


def _person(by: Actor) -> UUID:
    if by.person_id is None:
        raise NotSignedIn
    return by.person_id


def _refuse_settled(request: HelpRequest) -> None:
    closed = Closing.objects.filter(request=request).exists()
    if closed or Conversion.objects.filter(request=request).exists():
        raise RequestSettled


def _record(by: Actor, at: datetime, verb: str, request_id: UUID, **facts: str) -> None:
    audit.record(
        by=by,
        at=at,
        event=f"front_door.request.{verb}",
        subject_kind="help_request",
        subject_id=request_id,
        facts=facts,
    )
