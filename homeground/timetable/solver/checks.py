"""What an instance may not say: each refusal names the field."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from homeground.timetable.solver.reader import BadInstance
from homeground.timetable.solver.week import Span, Week

if TYPE_CHECKING:
    from homeground.timetable.solver.model import Instance, Patient, Track

KINDS = ("core", "special")
DAYPARTS = ("am", "pm", "eve")


def check(instance: "Instance") -> None:
    """Refuse an instance that contradicts itself. BadInstance names the field."""
    if instance.grid < 1 or 60 % instance.grid:
        raise BadInstance("grid", "does not divide 60 minutes")
    for name in ("group_rooms", "offices"):
        _at_least(0, getattr(instance, name), name)
    _distinct([each.id for each in instance.therapists], "therapists")
    _distinct([each.id for each in instance.tracks], "tracks")
    _distinct([each.id for each in instance.patients], "patients")
    week = instance.week
    therapists = {each.id for each in instance.therapists}
    tracks = {each.id for each in instance.tracks}
    patients = {each.id for each in instance.patients}
    for at, therapist in enumerate(instance.therapists):
        _spans(therapist.free, week, f"therapists[{at}].free")
        for name in ("max_minutes", "caseload"):
            _at_least(0, getattr(therapist, name), f"therapists[{at}].{name}")
    for at, track in enumerate(instance.tracks):
        _check_track(track, week, f"tracks[{at}]")
    for at, patient in enumerate(instance.patients):
        check_patient(patient, week, therapists, tracks, f"patients[{at}]")
    for at, (one, other) in enumerate(instance.exclusions):
        if one == other:
            raise BadInstance(f"exclusions[{at}]", "pairs a person with themself")
        if not {one, other} <= patients:
            raise BadInstance(f"exclusions[{at}]", "names an id that is not there")


def _check_track(track: "Track", week: Week, name: str) -> None:
    if track.kind not in KINDS:
        raise BadInstance(f"{name}.kind", "is neither core nor special")
    if not track.meetings:
        raise BadInstance(f"{name}.meetings", "is empty")
    _spans(track.meetings, week, f"{name}.meetings")
    for at, (start, end) in enumerate(track.meetings):
        if week.day(start) != week.day(end - 1):
            raise BadInstance(f"{name}.meetings[{at}]", "crosses midnight")
    if week.spans(track.meetings).bit_count() != sum(end - start for start, end in track.meetings):
        raise BadInstance(f"{name}.meetings", "overlap each other")
    for field_name, least in (("lo", 0), ("hi", 1), ("facilitators", 0), ("copies", 0), ("attend", 0)):
        _at_least(least, getattr(track, field_name), f"{name}.{field_name}")
    if track.lo > track.hi:
        raise BadInstance(f"{name}.lo", "is greater than hi")
    if track.attend > len(track.meetings):
        raise BadInstance(f"{name}.attend", "is greater than the number of meetings")


def check_patient(
    patient: "Patient", week: Week, therapists: Iterable[int], tracks: Iterable[int], name: str = "patient"
) -> None:
    """Refuse a person whose fields contradict each other or name ids that are not there."""
    for spans in ("busy", "soft", "family"):
        _spans(getattr(patient, spans), week, f"{name}.{spans}")
    for whole in ("travel", "core_minutes", "min_days", "min_day_minutes"):
        _at_least(0, getattr(patient, whole), f"{name}.{whole}")
    if not 1 <= patient.priority <= 3:
        raise BadInstance(f"{name}.priority", "is not 1, 2 or 3")
    if patient.min_days > patient.max_days:
        raise BadInstance(f"{name}.min_days", "is greater than max_days")
    if patient.daypart not in DAYPARTS:
        raise BadInstance(f"{name}.daypart", "is not am, pm or eve")
    _distinct(patient.topics, f"{name}.topics")
    for whom in ("counselors", "family_counselors"):
        if not set(getattr(patient, whom)) <= set(therapists):
            raise BadInstance(f"{name}.{whom}", "names an id that is not there")
    held = patient.incumbent
    if held.core is not None and held.core not in tracks:
        raise BadInstance(f"{name}.incumbent.core", "names an id that is not there")
    if held.therapist is not None and held.therapist not in therapists:
        raise BadInstance(f"{name}.incumbent.therapist", "names an id that is not there")
    if held.start is not None and not 0 <= held.start < week.slots:
        raise BadInstance(f"{name}.incumbent.start", "is outside the week")


def _at_least(least: int, value: int, name: str) -> None:
    if value < least:
        raise BadInstance(name, f"is less than {least}")


def _distinct(values: Iterable[object], name: str) -> None:
    listed = list(values)
    if len(set(listed)) != len(listed):
        raise BadInstance(name, "names something twice")


def _spans(spans: Iterable[Span], week: Week, name: str) -> None:
    for at, (start, end) in enumerate(spans):
        if start >= end:
            raise BadInstance(f"{name}[{at}]", "ends before it starts")
        if start < 0 or end > week.slots:
            raise BadInstance(f"{name}[{at}]", "is outside the week")
