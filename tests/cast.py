"""The cast: a small clinic, a second one, and the people every page is tried with.

Names are invented and chosen not to look like anybody's. Rows are made directly, without actions, so
that a test of one room does not depend on the actions of another.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cache
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db.models import Model

from homeground.chart.models import Episode, LevelPeriod, Patient
from homeground.ground.actor import Actor
from homeground.ground.envelope import at_hand, make_keys
from homeground.ground.seal import Key
from homeground.people.models import Account, Membership, Person, SafeContact
from homeground.people.roles import Role
from homeground.program.models import Center, OpeningHours, Organization, Program, Space
from homeground.program.rules.vocabulary import Population

FOUNDED = datetime(2026, 1, 5, 15, tzinfo=UTC)
PASSWORD = "a long enough password"


@dataclass
class Member:
    """Someone of the cast who can sign in."""

    account: Account
    person: Person | None
    actor: Actor | None


@dataclass
class Clinic:
    """One organization with what its rooms need."""

    organization: Organization
    center: Center
    adult: Program
    adolescent: Program
    room: Space
    office: Space
    staff: dict[Role, Member] = field(default_factory=dict)

    @property
    def id(self) -> UUID:
        return self.organization.pk

    def owns(self) -> dict[str, UUID]:
        """The keyword that places a row in this clinic."""
        return {"organization_id": self.organization.pk}


_WAITING: list[list[Model]] = []


@contextmanager
def together() -> Iterator[None]:
    """Rows made inside are inserted at its end, all of one kind in one statement: nearly every test waits
    for the cast."""
    _WAITING.append([])
    try:
        yield
    finally:
        made = _WAITING.pop()
    kinds: dict[type[Model], list[Model]] = {}
    for row in made:
        kinds.setdefault(type(row), []).append(row)
    subjects = [(row.organization_id, row.person_id) for row in kinds.get(SafeContact, [])]
    subjects += [(row.organization_id, row.pk) for row in kinds.get(Patient, [])]
    with at_hand(_keys(subjects)):
        for kind, rows in kinds.items():
            kind._default_manager.bulk_create(rows)


def _keys(whose: Iterable[tuple[UUID, UUID]]) -> dict[UUID, Key]:
    """Keys for persons and for patients: those of the cast have an id apart from their person's."""
    subjects: dict[UUID, list[UUID]] = {}
    for house, subject in whose:
        subjects.setdefault(house, []).append(subject)
    return {
        subject: key
        for house, people in subjects.items()
        for subject, key in make_keys(people, organization_id=house).items()
    }


def _add[Row: Model](row: Row) -> Row:
    if _WAITING:
        _WAITING[-1].append(row)
    else:
        row.save(force_insert=True)
    return row


def _account(username: str) -> Account:
    return _add(Account(username=username, password=_hashed(settings.PASSWORD_HASHERS[0])))


@cache
def _hashed(_preferred: str) -> str:
    return make_password(PASSWORD)


def make_clinic(name: str, host: str = "", zone: str = "America/Denver") -> Clinic:
    """A clinic in one time zone, open Monday to Saturday, with an adult and an adolescent program."""
    organization = _add(
        Organization(
            name=name,
            neutral_name=f"{name[:20]} office",
            phone="+13035550100",
            email="office@example.org",
            zone=zone,
            host=host,
            founded_at=FOUNDED,
        )
    )
    owns = {"organization_id": organization.pk}
    center = _add(
        Center(
            **owns,
            name=f"{name} center",
            street="1 Long Street",
            city="Denver",
            state="CO",
            zip="80202",
            phone="+13035550100",
        )
    )
    for weekday in range(6):
        _add(
            OpeningHours(
                **owns,
                center=center,
                weekday=weekday,
                opens=time(9),
                closes=time(13) if weekday == 5 else time(20),
            )
        )
    shared = {"center": center, "level": "2.1", "min_days": 3, "max_days": 5, "min_day_minutes": 120}
    adult = _add(
        Program(**owns, **shared, name="Adult program", population=Population.ADULT, core_minutes=540)
    )
    adolescent = _add(
        Program(**owns, **shared, name="Youth program", population=Population.ADOLESCENT, core_minutes=360)
    )
    room = _add(Space(**owns, center=center, name="Cedar", kind=Space.Kind.GROUP, seats=16))
    office = _add(Space(**owns, center=center, name="Office 2", kind=Space.Kind.OFFICE, seats=3))
    clinic = Clinic(organization, center, adult, adolescent, room, office)
    for role in Role:
        if role not in (Role.PATIENT, Role.FAMILY):
            clinic.staff[role] = make_member(
                clinic, role, f"{role.value}.{name.split()[0].lower()}", "Sample"
            )
    return clinic


def make_person(clinic: Clinic, given_name: str, family_name: str, **fields: object) -> Person:
    """A person the clinic knows, with safe-contact answers."""
    person = _add(
        Person(
            **clinic.owns(), given_name=given_name, family_name=family_name, registered_at=FOUNDED, **fields
        )
    )
    _add(
        SafeContact(
            **clinic.owns(),
            person=person,
            phone="+13035550142",
            may_leave_message=False,
            may_text=True,
            may_name_us=False,
        )
    )
    return person


def make_member(
    clinic: Clinic, role: Role, username: str, family_name: str, person: Person | None = None
) -> Member:
    """Someone with an account and one role."""
    person = person or make_person(clinic, role.value.replace("_", " ").title(), family_name)
    account = _account(username)
    _add(Membership(**clinic.owns(), account=account, person=person, role=role.value, starts_at=FOUNDED))
    actor = Actor(
        organization_id=clinic.id, account_id=account.pk, person_id=person.pk, roles=frozenset({role.value})
    )
    return Member(account, person, actor)


def make_episode(
    clinic: Clinic,
    person: Person,
    number: int,
    *,
    program: Program | None = None,
    starts_on: date = date(2026, 10, 5),
) -> Episode:
    """An admitted patient with one open episode at level 2.1."""
    patient = _add(Patient(**clinic.owns(), person=person, number=number, since=FOUNDED))
    counselor = clinic.staff[Role.COUNSELOR]
    assert counselor.actor is not None and counselor.actor.account_id is not None
    episode = _add(
        Episode(
            **clinic.owns(),
            patient=patient,
            program=program or clinic.adult,
            counselor=counselor.person,
            starts_on=starts_on,
            admitted_at=FOUNDED,
            admitted_by_id=counselor.actor.account_id,
        )
    )
    _add(LevelPeriod(**clinic.owns(), episode=episode, level="2.1", starts_on=starts_on))
    return episode


@dataclass
class Cast:
    """Everyone a page is tried with, and the two clinics they belong to."""

    clinic: Clinic
    other_clinic: Clinic
    patient: Member
    patient_episode: Episode
    relative: Member
    stranger: Member

    def everyone(self) -> dict[str, Member | None]:
        """By the name a test shows; `nobody` has no account."""
        return {
            "patient": self.patient,
            "relative": self.relative,
            **{role.value: member for role, member in self.clinic.staff.items()},
            "stranger": self.stranger,
            "other clinic's counselor": self.other_clinic.staff[Role.COUNSELOR],
            "nobody": None,
        }


def make_cast() -> Cast:
    """Two clinics, a patient, her relative, all staff, and a stranger who can sign in but belongs nowhere."""
    with together():
        clinic = make_clinic("Juniper House")
        other = make_clinic("Harbor Hall", host="harbor.example.org", zone="America/New_York")
        person = make_person(clinic, "Wren", "Testperson", born_on=date(1990, 4, 2))
        episode = make_episode(clinic, person, 1001)
        return Cast(
            clinic=clinic,
            other_clinic=other,
            patient=make_member(clinic, Role.PATIENT, "wren", "Testperson", person),
            patient_episode=episode,
            relative=make_member(clinic, Role.FAMILY, "relative", "Testperson"),
            stranger=Member(_account("stranger"), None, None),
        )
