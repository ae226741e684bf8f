"""Who may sign, who waits, when it is late: the clinic's table of credentials as it is shipped."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from homeground.treatment.rules import signing
from homeground.treatment.rules.signing import Deadline, NotAllowed, NoteKind, Sealed, Standing

TABLE = signing.read_credentials(
    (Path(signing.__file__).parents[1] / "packs" / "credentials_us.toml").read_text()
)
DENVER = ZoneInfo("America/Denver")


@pytest.mark.parametrize(
    ("letters", "kind", "leads", "reasons", "cosign"),
    [
        ("LPC", NoteKind.GROUP, True, [], False),
        ("LPC, CAS", NoteKind.DISCHARGE, True, [], False),
        ("CAS", NoteKind.GROUP, True, [], False),
        ("CAS", NoteKind.CRISIS, True, [], True),
        ("CAT", NoteKind.GROUP, True, [], True),
        ("Intern", NoteKind.INDIVIDUAL, True, [], True),
        ("CPRS", NoteKind.OUTREACH, True, [], False),
        ("CPRS", NoteKind.GROUP, True, [NotAllowed.NOT_THIS_KIND], False),
        ("LPC", NoteKind.MEDICATION, True, [NotAllowed.NOT_THIS_KIND], False),
        ("NP", NoteKind.MEDICATION, True, [], False),
        ("", NoteKind.GROUP, True, [NotAllowed.NO_CREDENTIAL], False),
        ("XYZ", NoteKind.GROUP, True, [NotAllowed.UNKNOWN_CREDENTIAL], False),
        ("LPC", NoteKind.GROUP, False, [NotAllowed.NOT_THEIR_SESSION], False),
    ],
)
def test_credentials_decide_who_signs_and_who_waits(letters, kind, leads, reasons, cosign):
    decision = signing.may_sign(letters, kind, leads=leads, table=TABLE)
    assert (list(decision.reasons), decision.cosign) == (reasons, cosign)
    assert decision.may is (not reasons)


@pytest.mark.parametrize(
    ("letters", "own", "reasons"),
    [
        ("LCSW", False, []),
        ("MD", False, []),
        ("CAS", False, [NotAllowed.NO_SUPERVISOR]),
        ("LCSW", True, [NotAllowed.OWN_NOTE]),
    ],
)
def test_only_an_independent_colleague_co_signs(letters, own, reasons):
    assert list(signing.may_cosign(letters, own=own, table=TABLE).reasons) == reasons


def test_letters_are_read_as_people_write_them():
    assert signing.standings("Psy.D., LAC", TABLE) == {Standing.INDEPENDENT}
    assert signing.standings("np / rn", TABLE) == {Standing.PRESCRIBER, Standing.CERTIFIED}


SEALED = Sealed(
    note_id="1",
    kind=NoteKind.GROUP,
    patient_id="2",
    starts_at=datetime(2026, 11, 24, 1, tzinfo=UTC),
    ends_at=datetime(2026, 11, 24, 4, tzinfo=UTC),
    minutes=165,
    shared="Triggers.",
    text="Took part.",
    objectives=("o1",),
    signer_id="3",
    signer="Basalt Mockford",
    credential="CAS",
    signed_at=datetime(2026, 11, 24, 4, 10, tzinfo=UTC),
)


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Took part!"},
        {"credential": "LPC"},
        {"signer_id": "4"},
        {"signed_at": datetime(2026, 11, 24, 4, 11, tzinfo=UTC)},
        {"minutes": 164},
        {"shared": ""},
        {"objectives": ()},
        {"before": "0"},
    ],
)
def test_every_part_of_a_note_is_under_the_seal(change):
    assert signing.digest(replace(SEALED, **change)) != signing.digest(SEALED)


def test_the_seal_does_not_hang_on_the_zone_a_moment_is_written_in():
    local = replace(SEALED, signed_at=SEALED.signed_at.astimezone(DENVER))
    assert signing.digest(local) == signing.digest(SEALED)
    assert len(signing.digest(SEALED)) == 64


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=DENVER)


def test_hours_run_through_the_weekend_and_business_days_do_not():
    friday = at("2026-11-20 21:00")
    monday = at("2026-11-23 22:00")
    assert Deadline(target_hours=24).late(friday, monday, DENVER)
    assert not Deadline(business_days=2).late(friday, monday, DENVER)
    assert Deadline(business_days=2).due_at(friday, DENVER) == at("2026-11-25 00:00")
    closed = [date(2026, 11, 24)]
    assert Deadline(business_days=2).due_at(friday, DENVER, closed) == at("2026-11-26 00:00")


def test_a_night_on_which_the_clock_changes_has_the_hours_that_passed():
    ended = datetime(2026, 11, 1, 4, tzinfo=UTC)
    assert not Deadline().late(ended, datetime(2026, 11, 2, 4, tzinfo=UTC), DENVER)
    assert Deadline().late(ended, datetime(2026, 11, 2, 4, 0, 1, tzinfo=UTC), DENVER)


def test_business_days_leave_out_weekends_and_closed_days():
    """Check D15: Wednesday evening before Thanksgiving and a closed Friday is due on Tuesday night."""
    ended = datetime(2026, 11, 25, 21, 15, tzinfo=DENVER)
    closed = (date(2026, 11, 26), date(2026, 11, 27))
    limit = Deadline(business_days=2)
    assert limit.due_at(ended, DENVER, closed) == datetime(2026, 12, 2, tzinfo=DENVER)
    assert limit.due_at(ended, DENVER) == datetime(2026, 11, 28, tzinfo=DENVER)
