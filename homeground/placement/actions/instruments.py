"""What a clinic may do with questionnaires: bring its own with a licence, retire one, say who is on call."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from homeground.audit import actions as audit
from homeground.ground.actor import Actor, require_account
from homeground.people import queries as people
from homeground.people.roles import CLINICIANS
from homeground.placement.models import ClinicInstrument, InstrumentRetirement, MeasureSetting
from homeground.placement.queries.instruments import pinned, shipped
from homeground.placement.rules.instruments.definition import Instrument
from homeground.placement.rules.instruments.reading import read


class LicenceMissing(Exception):
    """A questionnaire of one's own is kept only with who licenses it and on what terms."""


class VersionTaken(Exception):
    """This version exists already, and a version is never changed. Give the new text a new version."""


class NotAClinicianOnCall(Exception):
    """Who is on call, or hears next, is a clinician of this clinic."""


def bring_instrument(
    *, definition: Mapping[str, Any], holder: str, terms: str, by: Actor, at: datetime
) -> Instrument:
    """Keep a version of a questionnaire the clinic has a licence for.

    Raises LicenceMissing, VersionTaken and reading.BadDefinition.
    """
    if not holder.strip() or not terms.strip():
        raise LicenceMissing
    whole = {**definition, "rights": "clinic", "licence": f"{holder.strip()}: {terms.strip()}"}
    instrument = read(whole)
    taken = any(each.key == instrument.key for each in shipped())
    with transaction.atomic():
        if taken or ClinicInstrument.objects.filter(code=instrument.id, version=instrument.version).exists():
            raise VersionTaken
        row = ClinicInstrument.objects.create(
            organization_id=by.organization_id,
            code=instrument.id,
            version=instrument.version,
            body=json.dumps(whole, ensure_ascii=False),
            licence_holder=holder.strip(),
            licence_terms=terms.strip(),
            recorded_at=at,
            recorded_by_id=require_account(by),
        )
        _record("brought", row.pk, instrument, by=by, at=at)
    return instrument


def retire_instrument(*, code: str, version: str, by: Actor, at: datetime) -> None:
    """Begin this version no more; what was begun may be finished. Raises InstrumentNotHere."""
    with transaction.atomic():
        instrument = pinned(code, version)
        row, made = InstrumentRetirement.objects.get_or_create(
            organization_id=by.organization_id,
            code=code,
            version=version,
            defaults={"retired_at": at, "retired_by_id": require_account(by)},
        )
        if made:
            _record("retired", row.pk, instrument, by=by, at=at)


def set_measures(
    *, shows_severity: bool, on_call_id: UUID | None, lead_id: UUID | None, by: Actor, at: datetime
) -> None:
    """Say who answers at once, who hears next, and whether patients see words of severity.

    Raises NotAClinicianOnCall.
    """
    clinicians = {each.id for each in people.staff({role.value for role in CLINICIANS})}
    if {on_call_id, lead_id} - {None} - clinicians:
        raise NotAClinicianOnCall
    with transaction.atomic():
        row, _made = MeasureSetting.objects.update_or_create(
            organization_id=by.organization_id,
            defaults={"shows_severity": shows_severity, "on_call_id": on_call_id, "lead_id": lead_id},
        )
        audit.record(
            by=by,
            at=at,
            event="placement.setting.changed",
            subject_kind="measure_setting",
            subject_id=row.pk,
            facts={"severity": shows_severity, "on_call": str(on_call_id or ""), "lead": str(lead_id or "")},
        )


def _record(verb: str, row_id: UUID, instrument: Instrument, *, by: Actor, at: datetime) -> None:
    audit.record(
        by=by,
        at=at,
        event=f"placement.instrument.{verb}",
        subject_kind="instrument",
        subject_id=row_id,
        facts={"instrument": instrument.id, "version": instrument.version},
    )
