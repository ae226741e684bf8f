from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from homeground.front_door.models import Alert, Call, Closing, HelpRequest
from homeground.front_door.rules.calls import CallResult, ClosingReason
from homeground.ground import envelope
from homeground.ground.seal import Key

PAGE_SIZE = 50


class NotHere(Exception):
    """No such request in the organization in scope."""


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request in the inbox, without contact and message. `late` when the promised time passed without
    any call, `new` until somebody opened it."""

    id: UUID
    alias: str = field(repr=False)
    contact_kind: str
    for_someone_else: bool
    language: str
    received_at: datetime
    promised_at: datetime
    calls: int
    last_result: CallResult | None
    late: bool
    new: bool
    settled: str
    """Empty while open, "screening", or the reason of its closing."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """One page of requests; `total` counts all of them."""

    rows: tuple[RequestRow, ...]
    total: int
    number: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE_SIZE))

    @property
    def next(self) -> int:
        """The number of the next page."""
        return self.number + 1

    @property
    def previous(self) -> int:
        """The number of the page before."""
        return self.number - 1


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many requests are open, how many of them nobody called by the promised time, or opened yet."""

    open: int
    late: int
    new: int


@dataclass(frozen=True, slots=True)
class CallRow:
    """One attempt to reach the guest."""

    at: datetime
    by: str = field(repr=False)
    result: CallResult
    note: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RequestPage:
    """One request with its seals opened; given out by `actions.read_request`, which records the look."""

    id: UUID
    alias: str = field(repr=False)
    contact_kind: str
    contact: str = field(repr=False)
    message: str = field(repr=False)
    for_someone_else: bool
    may_leave_message: bool
    may_text: bool
    may_name_us: bool
    good_hours: str = field(repr=False)
    language: str
    received_at: datetime
    promised_at: datetime
    wanted_group: str
    calls: tuple[CallRow, ...]
    closed: ClosingReason | None
    closed_at: datetime | None
    screening_id: UUID | None

    @property
    def open(self) -> bool:
        """Whether anything is still to be done."""
        return self.closed is None and self.screening_id is None


_SETTLED = Q(conversion__isnull=False) | Q(closing__isnull=False)


def _open() -> QuerySet[HelpRequest]:
    return HelpRequest.objects.filter(conversion=None, closing=None)


def waiting(at: datetime) -> Waiting:
    """Counts for the day's first page. One statement."""
    late = Q(promised_at__lt=at) & ~Q(Exists(Call.objects.filter(request=OuterRef("pk"))))
    new = Q(alert__seen_at=None, alert__isnull=False)
    counted = _open().aggregate(open=Count("pk"), late=Count("pk", filter=late), new=Count("pk", filter=new))
    return Waiting(**counted)


def new_requests() -> int:
    """How many open requests nobody at the door has opened yet. One statement."""
    return _open().filter(alert__seen_at=None, alert__isnull=False).count()


def inbox(at: datetime, *, settled: bool = False, number: int = 1) -> Inbox:
    """Requests of one page: the open ones, late first, then as promised; or the settled ones, newest first.

    Three statements, whatever the number of rows. A page number beyond the last gives the last page.
    """
    found = HelpRequest.objects.filter(_SETTLED) if settled else _open()
    total = found.count()
    number = min(max(1, number), max(1, -(-total // PAGE_SIZE)))
    newest = Call.objects.filter(request=OuterRef("pk")).order_by("-at")
    rows = found.annotate(
        calls_made=Coalesce(
            Subquery(newest.order_by().values("request").annotate(n=Count("pk")).values("n")), 0
        ),
        last_result=Subquery(newest.values("result")[:1]),
        unseen=Exists(Alert.objects.filter(request=OuterRef("pk"), seen_at=None)),
        converted=F("conversion__id"),
        reason=F("closing__reason"),
    )
    order = ["-received_at"] if settled else ["calls_made", "promised_at"]
    first = (number - 1) * PAGE_SIZE
    page = rows.defer("sealed_contact", "sealed_message", "good_hours").order_by(*order)
    shown = list(page[first : first + PAGE_SIZE])
    keys = envelope.keys_of([row.pk for row in shown])
    return Inbox(rows=tuple(_row(row, row.pk in keys, at) for row in shown), total=total, number=number)


def _row(row: HelpRequest, readable: bool, at: datetime) -> RequestRow:
    """Where the key was destroyed the guest has no name any more."""
    values = vars(row)
    result = values["last_result"]
    settled = "screening" if values["converted"] else (values["reason"] or "")
    return RequestRow(
        id=row.pk,
        alias=row.alias if readable else "",
        contact_kind=row.contact_kind,
        for_someone_else=row.for_someone_else,
        language=row.language,
        received_at=row.received_at,
        promised_at=row.promised_at,
        calls=values["calls_made"],
        last_result=CallResult(result) if result else None,
        new=not settled and values["unseen"],
        late=not settled and not values["calls_made"] and row.promised_at < at,
        settled=settled,
    )


def opened(request_id: UUID) -> RequestPage:
    """One request, seals opened. Three statements. Raises NotHere. Call it through `actions.read_request`."""
    row = (
        HelpRequest.objects.filter(pk=request_id)
        .select_related("conversion", "closing", "wanted_group")
        .first()
    )
    if row is None:
        raise NotHere
    closing: Closing | None = getattr(row, "closing", None)
    conversion = getattr(row, "conversion", None)
    key = envelope.keys_of([row.pk]).get(row.pk)
    return RequestPage(
        id=row.pk,
        alias=row.alias,
        contact_kind=row.contact_kind,
        contact=_text(key, row, "sealed_contact"),
        message=_text(key, row, "sealed_message"),
        for_someone_else=row.for_someone_else,
        may_leave_message=row.may_leave_message,
        may_text=row.may_text,
        may_name_us=row.may_name_us,
        good_hours=row.good_hours,
        language=row.language,
        received_at=row.received_at,
        promised_at=row.promised_at,
        wanted_group=row.wanted_group.name if row.wanted_group else "",
        calls=tuple(_call(key, call) for call in row.calls.select_related("by").order_by("at")),
        closed=ClosingReason(closing.reason) if closing else None,
        closed_at=closing.at if closing else None,
        screening_id=conversion.screening_id if conversion else None,
    )


def contact_of(request: HelpRequest) -> str:
    """How the guest wants to be reached. Raises envelope.Shredded once the request's key was destroyed."""
    return _text(envelope.keys_of([request.pk]).get(request.pk), request, "sealed_contact")


def _text(key: Key | None, row: HelpRequest | Call, column: str) -> str:
    sealed = getattr(row, column)
    if not sealed:
        return ""
    if key is None:
        raise envelope.Shredded
    return key.unseal(sealed, table=row._meta.db_table, row=row.pk, column=column)


def _call(key: Key | None, call: Call) -> CallRow:
    return CallRow(
        at=call.at,
        by=f"{call.by.called or call.by.given_name} {call.by.family_name}".strip(),
        result=CallResult(call.result),
        note=_text(key, call, "sealed_note"),
    )
