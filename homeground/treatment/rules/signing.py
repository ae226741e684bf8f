"""Who may sign a note, and whose signature waits for another one.

Source: check D17 (supervisor co-sign queue by credential rule), D14 (signature holds name, credential and
time), D13 (co-facilitators), and the clinic's table of credentials, which is data.
"""

import hashlib
import json
import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum


class NoteKind(StrEnum):
    """What a note is about."""

    GROUP = "group"
    INDIVIDUAL = "individual"
    FAMILY = "family"
    PROGRESS = "progress"
    CONTACT = "contact"
    CRISIS = "crisis"
    MEDICATION = "medication"
    OUTREACH = "outreach"
    PLAN_REVIEW = "plan_review"
    DISCHARGE = "discharge"


OF_SESSIONS = frozenset({NoteKind.GROUP, NoteKind.INDIVIDUAL, NoteKind.FAMILY})
"""Kinds that are written for a session held, with times from attendance."""


class Standing(StrEnum):
    """What a credential allows."""

    INDEPENDENT = "independent"
    PRESCRIBER = "prescriber"
    CERTIFIED = "certified"
    TRAINEE = "trainee"
    PEER = "peer"


class NotAllowed(StrEnum):
    """Why somebody may not sign or co-sign."""

    NO_CREDENTIAL = "no_credential"
    UNKNOWN_CREDENTIAL = "unknown_credential"
    NOT_THEIR_SESSION = "not_their_session"
    NOT_THIS_KIND = "not_this_kind"
    OWN_NOTE = "own_note"
    NO_SUPERVISOR = "no_supervisor"
    LAPSED = "lapsed"
    UNSUPERVISED = "unsupervised"


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether somebody may sign, whether a co-signature is then owed, and why not."""

    reasons: tuple[NotAllowed, ...] = ()
    cosign: bool = False

    @property
    def may(self) -> bool:
        """Whether the signature is allowed."""
        return not self.reasons


type Credentials = Mapping[str, Standing]
"""Standing by letters, in capitals."""


def read_credentials(text: str) -> Credentials:
    """The table of credentials written as TOML. Raises KeyError, ValueError for a table that is none."""
    return {
        letters: Standing(row["standing"])
        for row in tomllib.loads(text)["credential"]
        for letters in row["letters"].split()
    }


def letters_of(credentials: str) -> tuple[str, ...]:
    """The letters after a name, one by one, in capitals: "LPC, CAS" are two."""
    return tuple(each for each in re.split(r"[,;/\s]+", credentials.upper().replace(".", "")) if each)


def standings(
    credentials: str, table: Credentials, lapsed: Collection[str] = frozenset()
) -> frozenset[Standing]:
    """What the letters after a name allow. Unknown letters allow nothing, nor do those that ran out."""
    return frozenset(table[each] for each in letters_of(credentials) if each in table and each not in lapsed)


_INDEPENDENT = frozenset({Standing.INDEPENDENT, Standing.PRESCRIBER})
_PEERS = frozenset({NoteKind.CONTACT, NoteKind.OUTREACH})
_JUDGMENT = frozenset({NoteKind.CRISIS, NoteKind.PLAN_REVIEW, NoteKind.DISCHARGE})


def may_sign(
    credentials: str,
    kind: NoteKind,
    *,
    leads: bool,
    table: Credentials,
    lapsed: Collection[str] = frozenset(),
    unsupervised: bool = False,
) -> Decision:
    """Whether these letters may sign a note of this kind, and whether it then waits for a co-signature.

    `leads` says that they led the session or took it over (or that the note is of no session). A note of
    judgment (crisis, plan review, discharge) by somebody certified waits as a trainee's does. `lapsed` are
    letters that no longer hold; `unsupervised` says that somebody answered for this colleague and no longer
    does: what would wait for a co-signature is then not signed (check D10).
    """
    reasons: list[NotAllowed] = []
    held = standings(credentials, table, lapsed)
    if not credentials.strip():
        reasons.append(NotAllowed.NO_CREDENTIAL)
    elif not held and standings(credentials, table):
        reasons.append(NotAllowed.LAPSED)
    elif not held:
        reasons.append(NotAllowed.UNKNOWN_CREDENTIAL)
    elif not _fits(held, kind):
        reasons.append(NotAllowed.NOT_THIS_KIND)
    if not leads:
        reasons.append(NotAllowed.NOT_THEIR_SESSION)
    trained = held & (_INDEPENDENT | {Standing.CERTIFIED, Standing.PEER})
    waits = not trained or (kind in _JUDGMENT and not held & _INDEPENDENT)
    if waits and unsupervised and held:
        reasons.append(NotAllowed.UNSUPERVISED)
    return Decision(tuple(reasons), cosign=not reasons and waits)


def _fits(held: frozenset[Standing], kind: NoteKind) -> bool:
    if kind is NoteKind.MEDICATION:
        return Standing.PRESCRIBER in held
    return held != {Standing.PEER} or kind in _PEERS


def may_cosign(
    credentials: str, *, own: bool, table: Credentials, lapsed: Collection[str] = frozenset()
) -> Decision:
    """Whether these letters may co-sign; nobody co-signs what they signed themselves."""
    reasons = []
    if own:
        reasons.append(NotAllowed.OWN_NOTE)
    if not standings(credentials, table, lapsed) & _INDEPENDENT:
        reasons.append(NotAllowed.NO_SUPERVISOR)
    return Decision(tuple(reasons))


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a signature seals: every word of the note, its times, who signed with which letters, and when.

    Times are aware. `minutes` are those counted for the person; None for a note of no session.
    """

    note_id: str
    kind: NoteKind
    patient_id: str
    starts_at: datetime
    ends_at: datetime
    minutes: int | None
    shared: str
    text: str
    objectives: tuple[str, ...]
    signer_id: str
    signer: str
    credential: str
    signed_at: datetime
    before: str = ""


def digest(sealed: Sealed) -> str:
    """The hash over what is sealed, SHA-256 in hexadecimal. `before` chains addenda to what they amend."""
    parts = [
        sealed.note_id,
        sealed.kind.value,
        sealed.patient_id,
        _instant(sealed.starts_at),
        _instant(sealed.ends_at),
        sealed.minutes,
        sealed.shared,
        sealed.text,
        list(sealed.objectives),
        sealed.signer_id,
        sealed.signer,
        sealed.credential,
        _instant(sealed.signed_at),
        sealed.before,
    ]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def utc_day(at: datetime) -> date:
    """The day letters are judged by where no session names a zone: they end at midnight, not to the hour."""
    return at.astimezone(UTC).date()


def _instant(at: datetime) -> str:
    return f"{at.timestamp():.6f}"


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when a note is to be signed. `business_days` counts working days instead of hours (check D15)."""

    target_hours: int = 24
    business_days: int | None = None

    def due_at(self, ended_at: datetime, zone: tzinfo, closed_on: Sequence[date] = ()) -> datetime:
        """The last moment a signature is in time for a session that ended then."""
        if self.business_days is None:
            return ended_at + timedelta(hours=self.target_hours)
        on, left = ended_at.astimezone(zone).date(), self.business_days
        while left:
            on += timedelta(days=1)
            if on.weekday() < 5 and on not in closed_on:
                left -= 1
        return datetime.combine(on + timedelta(days=1), time(), zone)

    def late(self, ended_at: datetime, signed_at: datetime, zone: tzinfo) -> bool:
        """Whether a note signed then is a late entry, labelled with both times (check D16)."""
        return signed_at > self.due_at(ended_at, zone)
