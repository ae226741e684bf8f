from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

from django.db import IntegrityError, transaction

from homeground.audit import actions as audit
from homeground.ground.actor import Actor
from homeground.program import queries
from homeground.program.models import Center, Closure, OpeningHours, Organization, Program, Space
from homeground.program.rules.opening import Hours
from homeground.program.rules.vocabulary import Population, WeekDefinition


class HostTaken(Exception):
    """Another clinic's public site answers at this host, or everywhere when none is named."""


class CenterNotHere(Exception):
    """No such center in the organization in scope."""


class ClosesBeforeOpening(Exception):
    """A center closes after it opens: `weekday` (0 = Monday) says where it does not."""

    def __init__(self, weekday: int) -> None:
        super().__init__(str(weekday))
        self.weekday = weekday


class DaysOutOfOrder(Exception):
    """A program's most days a week are at least its least ones, within one to seven."""


class BelowFloor(Exception):
    """The week prescribes fewer minutes than the rule pack's floor, `floor` (checks A01, A02)."""

    def __init__(self, floor: int) -> None:
        super().__init__(str(floor))
        self.floor = floor


class ClosedAlready(Exception):
    """The center is closed on that day already."""


class NotClosed(Exception):
    """The center is not closed on that day."""


class SpaceNotHere(Exception):
    """No such room in the organization in scope."""


class ClosedInThePast(Exception):
    """A day that has begun cannot be closed any more."""


_WEEKDAYS = range(5)
_OPENS, _CLOSES = time(9), time(20)
_SEATS = 12


def found_clinic(
    *,
    name: str,
    neutral_name: str,
    zone: str,
    phone: str,
    email: str,
    street: str,
    city: str,
    state: str,
    zip_code: str,
    host: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """Found an organization with what an empty clinic needs to begin.

    One center open Monday to Friday from 9 to 20, one group room, and an adult program at level 2.1 with
    nine hours of groups a week. `by.organization_id` is the id the organization gets; it must be in scope.
    Raises HostTaken.
    """
    with transaction.atomic():
        if Organization.objects.filter(host=host).exists():
            raise HostTaken
        organization = Organization.objects.create(
            id=by.organization_id,
            name=name,
            neutral_name=neutral_name,
            phone=phone,
            email=email,
            zone=zone,
            host=host,
            founded_at=at,
        )
        owns = {"organization_id": organization.pk}
        center = Center.objects.create(
            **owns, name=name, street=street, city=city, state=state, zip=zip_code, phone=phone
        )
        OpeningHours.objects.bulk_create(
            OpeningHours(**owns, center=center, weekday=weekday, opens=_OPENS, closes=_CLOSES)
            for weekday in _WEEKDAYS
        )
        Space.objects.create(**owns, center=center, name="Group room", kind=Space.Kind.GROUP, seats=_SEATS)
        Program.objects.create(
            **owns, center=center, name="Adult program", population=Population.ADULT, core_minutes=540
        )
        audit.record(
            by=by,
            at=at,
            event="program.organization.founded",
            subject_kind="organization",
            subject_id=organization.pk,
        )


def open_center(
    *,
    name: str,
    street: str,
    city: str,
    state: str,
    zip_code: str,
    phone: str,
    hours: Sequence[Hours],
    by: Actor,
    at: datetime,
) -> UUID:
    """Add a place where the organization works, with its usual hours. Returns its id.

    Raises ClosesBeforeOpening.
    """
    _require_order(hours)
    with transaction.atomic():
        center = Center.objects.create(
            organization_id=by.organization_id,
            name=name,
            street=street,
            city=city,
            state=state,
            zip=zip_code,
            phone=phone,
        )
        _write_hours(center, hours)
        audit.record(by=by, at=at, event="program.center.opened", subject_kind="center", subject_id=center.pk)
    return center.pk


def change_center(
    *,
    center_id: UUID,
    name: str,
    street: str,
    city: str,
    state: str,
    zip_code: str,
    phone: str,
    hours: Sequence[Hours],
    by: Actor,
    at: datetime,
) -> None:
    """Correct a center's name, address, phone and hours; what was the same changes nothing.

    Promises of a call-back that were given keep their hour. Raises CenterNotHere, ClosesBeforeOpening.
    """
    _require_order(hours)
    told = {"name": name, "street": street, "city": city, "state": state, "zip": zip_code, "phone": phone}
    with transaction.atomic():
        center = Center.objects.select_for_update().filter(pk=center_id).first()
        if center is None:
            raise CenterNotHere
        changed = [field for field, value in told.items() if getattr(center, field) != value]
        for field in changed:
            setattr(center, field, told[field])
        center.save(update_fields=changed)
        before = {Hours(each.weekday, each.opens, each.closes) for each in center.opening_hours.all()}
        if before != set(hours):
            changed.append("hours")
            center.opening_hours.all().delete()
            _write_hours(center, hours)
        _record_change("center", center_id, changed, by, at)


def change_space(*, space_id: UUID, name: str, kind: str, seats: int, by: Actor, at: datetime) -> None:
    """Correct a room's name, use and chairs. Groups that meet in it keep their size. Raises SpaceNotHere."""
    told: dict[str, str | int] = {"name": name, "kind": kind, "seats": seats}
    with transaction.atomic():
        space = Space.objects.select_for_update().filter(pk=space_id).first()
        if space is None:
            raise SpaceNotHere
        changed = [field for field, value in told.items() if getattr(space, field) != value]
        for field in changed:
            setattr(space, field, told[field])
        space.save(update_fields=changed)
        _record_change("space", space_id, changed, by, at)


def _record_change(kind: str, subject_id: UUID, changed: Sequence[str], by: Actor, at: datetime) -> None:
    if changed:
        audit.record(
            by=by,
            at=at,
            event=f"program.{kind}.changed",
            subject_kind=kind,
            subject_id=subject_id,
            facts={"fields": " ".join(changed)},
        )


def _require_order(hours: Sequence[Hours]) -> None:
    for each in hours:
        if each.closes <= each.opens:
            raise ClosesBeforeOpening(each.weekday)


def _write_hours(center: Center, hours: Sequence[Hours]) -> None:
    OpeningHours.objects.bulk_create(
        OpeningHours(
            organization_id=center.organization_id,
            center=center,
            weekday=each.weekday,
            opens=each.opens,
            closes=each.closes,
        )
        for each in hours
    )


def add_space(*, center_id: UUID, name: str, kind: str, seats: int, by: Actor, at: datetime) -> UUID:
    """Add a physical room; `kind` is group or office. Returns its id. Raises CenterNotHere."""
    with transaction.atomic():
        _require_center(center_id)
        space = Space.objects.create(
            organization_id=by.organization_id, center_id=center_id, name=name, kind=kind, seats=seats
        )
        audit.record(by=by, at=at, event="program.space.added", subject_kind="space", subject_id=space.pk)
    return space.pk


def add_program(
    *,
    center_id: UUID,
    name: str,
    level: str,
    population: Population,
    part2: bool,
    week: WeekDefinition,
    rule_pack: str,
    core_minutes: int,
    min_days: int,
    max_days: int,
    min_day_minutes: int,
    by: Actor,
    at: datetime,
) -> UUID:
    """Add what a center offers at one level of care, under one rule pack. Returns its id.

    Raises CenterNotHere, PackNotHere, DaysOutOfOrder, and BelowFloor where the pack's floor blocks.
    """
    if not 1 <= min_days <= max_days <= 7:
        raise DaysOutOfOrder
    judged = queries.judge_program(
        core_minutes, level=level, population=population, pack_name=rule_pack, on=at.date()
    )
    if judged is not None and judged.blocks:
        raise BelowFloor(judged.bound)
    with transaction.atomic():
        _require_center(center_id)
        program = Program.objects.create(
            organization_id=by.organization_id,
            center_id=center_id,
            name=name,
            level=level,
            population=population,
            part2=part2,
            week=week,
            rule_pack=rule_pack,
            core_minutes=core_minutes,
            min_days=min_days,
            max_days=max_days,
            min_day_minutes=min_day_minutes,
        )
        audit.record(
            by=by,
            at=at,
            event="program.program.added",
            subject_kind="program",
            subject_id=program.pk,
            facts={"level": level, "rule_pack": rule_pack, "core_minutes": core_minutes},
        )
    return program.pk


def close_on(*, center_id: UUID, on: date, today: date, name: str, by: Actor, at: datetime) -> UUID:
    """Close a center on a day to come: a holiday, a storm. Returns the closure's id.

    `today` is the clinic's date. The calendar is not touched here: `timetable.actions.close_center` does
    both. Raises CenterNotHere, ClosedInThePast, ClosedAlready.
    """
    if on <= today:
        raise ClosedInThePast
    with transaction.atomic():
        _require_center(center_id)
        try:
            with transaction.atomic():
                closure = Closure.objects.create(
                    organization_id=by.organization_id, center_id=center_id, on=on, name=name
                )
        except IntegrityError as error:
            if "program_closure_once" in str(error):
                raise ClosedAlready from None
            raise
        audit.record(
            by=by,
            at=at,
            event="program.center.closed",
            subject_kind="center",
            subject_id=center_id,
            facts={"on": on.isoformat()},
        )
    return closure.pk


def reopen_on(*, center_id: UUID, on: date, today: date, by: Actor, at: datetime) -> None:
    """Take back that a center is closed on a day to come.

    The calendar is not touched here: `timetable.actions.reopen_center` does both. Raises CenterNotHere,
    ClosedInThePast, NotClosed.
    """
    if on <= today:
        raise ClosedInThePast
    with transaction.atomic():
        _require_center(center_id)
        removed, _rows = Closure.objects.filter(center=center_id, on=on).delete()
        if not removed:
            raise NotClosed
        audit.record(
            by=by,
            at=at,
            event="program.center.reopened",
            subject_kind="center",
            subject_id=center_id,
            facts={"on": on.isoformat()},
        )


def _require_center(center_id: UUID) -> None:
    """A foreign key is checked past the row-level policies; this question is not."""
    if not Center.objects.filter(pk=center_id).exists():
        raise CenterNotHere
