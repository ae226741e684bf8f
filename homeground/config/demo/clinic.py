"""The demo clinic's house: organization, rooms, staff, groups and counselor hours."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password

from homeground.config.demo import names
from homeground.ground.actor import Actor
from homeground.people.demo import PASSWORD
from homeground.people.models import Account, Membership, Person, SafeContact
from homeground.people.roles import Role
from homeground.program.models import Center, Closure, OpeningHours, Organization, Program, Space
from homeground.program.rules.federal_days import federal_days
from homeground.program.rules.vocabulary import Population
from homeground.timetable.models import CounselorHour, Group, Leading, Slot

WEEKS = 12
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


@dataclass
class Staff:
    """A member of the demo staff."""

    person: Person
    actor: Actor


@dataclass
class House:
    """What the rest of the demo builds on."""

    organization_id: UUID
    center: Center
    adult: Program
    youth: Program
    staff: dict[str, Staff] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    hours: list[CounselorHour] = field(default_factory=list)

    def by(self, name: str) -> Actor:
        """A member of staff as actor."""
        return self.staff[name].actor


@dataclass(frozen=True)
class Plan:
    """One demo group."""

    name: str
    track: str
    days: tuple[int, ...]
    starts: time
    ends: time
    space: str
    leader: str
    capacity: int = 12
    language: str = "en"
    youth: bool = False
    gender: str = ""
    video: bool = False
    video_seats: bool = False
    saturday: tuple[time, time] | None = None


PLANS = (
    Plan("Morning", "morning", (MON, WED, FRI), time(9, 30), time(12, 45), "Cedar", "facilitator"),
    Plan(
        "Afternoon", "afternoon", (TUE, WED, THU), time(13), time(16, 15), "Cedar", "facilitator", capacity=10
    ),
    Plan(
        "Evening",
        "evening",
        (MON, TUE, THU),
        time(18),
        time(21, 15),
        "Cedar",
        "facilitator2",
        video_seats=True,
    ),
    Plan("Noches", "evening", (MON, WED, THU), time(18), time(21, 15), "Aspen", "counselor3", 10, "es"),
    Plan(
        "Weekend",
        "weekend",
        (TUE, THU),
        time(18),
        time(21, 15),
        "Birch",
        "counselor2",
        8,
        saturday=(time(9), time(12, 15)),
    ),
    Plan(
        "Evening by video",
        "evening",
        (MON, WED, THU),
        time(17, 30),
        time(20, 45),
        "",
        "counselor4",
        8,
        video=True,
    ),
    Plan(
        "Women's morning",
        "morning",
        (TUE, WED, THU),
        time(9, 30),
        time(12, 45),
        "Birch",
        "counselor",
        8,
        gender="female",
    ),
    Plan(
        "Youth", "afternoon", (MON, TUE, WED, THU), time(16), time(18), "Birch", "facilitator2", 8, youth=True
    ),
)
COUNSELOR_DAYS = {
    "counselor": ((MON, 13, 18), (THU, 13, 18), (FRI, 13, 17)),
    "counselor2": ((MON, 9, 13), (WED, 13, 19), (FRI, 9, 13)),
    "counselor3": ((TUE, 12, 18), (FRI, 12, 17)),
    "counselor4": ((TUE, 9, 15), (FRI, 9, 15), (SAT, 9, 12)),
}


def found(at: datetime) -> House:
    """Make the organization with rooms, staff, groups and counselor hours, as they stood twelve weeks ago."""
    since = at - timedelta(weeks=WEEKS + 4)
    organization = Organization.objects.create(
        name="Juniper House (demo)",
        neutral_name="Juniper office",
        phone="+13035550100",
        email="office@example.org",
        zone="America/Denver",
        founded_at=since,
    )
    owns = {"organization_id": organization.pk}
    center = Center.objects.create(
        **owns,
        name="Juniper House",
        street="100 Demo Street",
        city="Denver",
        state="CO",
        zip="80202",
        phone="+13035550100",
    )
    _open(center, owns, at.date())
    shared = {**owns, "center": center, "level": "2.1", "min_days": 3, "max_days": 5, "min_day_minutes": 120}
    house = House(
        organization_id=organization.pk,
        center=center,
        adult=Program.objects.create(
            **shared, name="Adult program", population=Population.ADULT, core_minutes=540
        ),
        youth=Program.objects.create(
            **shared, name="Youth program", population=Population.ADOLESCENT, core_minutes=360
        ),
    )
    spaces = {
        name: Space.objects.create(**owns, center=center, name=name, kind=kind, seats=seats)
        for name, kind, seats in (
            ("Cedar", Space.Kind.GROUP, 16),
            ("Aspen", Space.Kind.GROUP, 12),
            ("Birch", Space.Kind.GROUP, 10),
            *((f"Office {n}", Space.Kind.OFFICE, 3) for n in range(1, 5)),
        )
    }
    _hire(house, since)
    starts_on = (at - timedelta(weeks=WEEKS)).date()
    for plan in PLANS:
        house.groups[plan.name] = _group(house, plan, spaces, starts_on)
    for number, (name, days) in enumerate(COUNSELOR_DAYS.items(), start=1):
        for weekday, first, last in days:
            house.hours += [
                CounselorHour.objects.create(
                    **owns,
                    staff=house.staff[name].person,
                    weekday=weekday,
                    starts=time(hour),
                    ends=time(hour + 1),
                    by_video=True,
                    space=spaces[f"Office {number}"],
                )
                for hour in range(first, last)
            ]
    return house


def _open(center: Center, owns: dict[str, UUID], today: date) -> None:
    for weekday in range(MON, SUN):
        OpeningHours.objects.create(
            **owns,
            center=center,
            weekday=weekday,
            opens=time(8, 30),
            closes=time(13 if weekday == SAT else 20),
        )
    federal = federal_days((today.year - 1, today.year, today.year + 1))
    Closure.objects.bulk_create(
        Closure(**owns, center=center, on=on, name="Federal holiday") for on in sorted(federal)
    )


def _hire(house: House, since: datetime) -> None:
    owns = {"organization_id": house.organization_id}
    for username, (given, family, letters) in names.STAFF.items():
        person = Person.objects.create(
            **owns, given_name=given, family_name=family, credentials=letters, registered_at=since
        )
        house.staff[username] = Staff(
            person, member(house, person, username, username.rstrip("0123456789"), since)
        )


def member(house: House, person: Person, username: str, role: str, since: datetime) -> Actor:
    """Give a person an account with one role and the demo's password."""
    account = Account.objects.create(username=username, password=_password(), created_at=since)
    Membership.objects.create(
        organization_id=house.organization_id, account=account, person=person, role=role, starts_at=since
    )
    return Actor(
        organization_id=house.organization_id,
        account_id=account.pk,
        person_id=person.pk,
        roles=frozenset({Role(role).value}),
    )


_HASHED: list[str] = []


def _password() -> str:
    # One hash for all: making fifteen at the OWASP profile would take a second of the first start.
    if not _HASHED:
        _HASHED.append(make_password(PASSWORD))
    return _HASHED[0]


def safe_contact(house: House, person: Person, number: int) -> SafeContact:
    """Safe-contact answers with a telephone number set aside for fiction."""
    return SafeContact(
        organization_id=house.organization_id,
        person=person,
        phone=f"+1303555{100 + number % 100:04d}",
        may_leave_message=number % 3 == 0,
        may_text=number % 2 == 0,
        may_name_us=number % 5 == 0,
        good_hours="after 17:00" if number % 4 == 0 else "",
    )


def _group(house: House, plan: Plan, spaces: dict[str, Space], starts_on: date) -> Group:
    owns = {"organization_id": house.organization_id}
    group = Group.objects.create(
        **owns,
        program=house.youth if plan.youth else house.adult,
        name=plan.name,
        track=plan.track,
        capacity=plan.capacity,
        language=plan.language,
        population=Population.ADOLESCENT if plan.youth else Population.ADULT,
        gender=plan.gender,
        video=plan.video,
        video_seats=plan.video_seats,
        starts_on=starts_on,
    )
    Leading.objects.create(**owns, group=group, staff=house.staff[plan.leader].person, starts_on=starts_on)
    times = [(day, plan.starts, plan.ends) for day in plan.days]
    if plan.saturday:
        times.append((SAT, *plan.saturday))
    for weekday, starts, ends in times:
        # Three hours that count: the break of a quarter of an hour is added to them.
        pause = time(starts.hour + 1, 30) if ends.hour - starts.hour >= 3 else None
        Slot.objects.create(
            **owns,
            group=group,
            weekday=weekday,
            starts=starts,
            ends=ends,
            break_starts=pause,
            break_ends=time(pause.hour, pause.minute + 15) if pause else None,
            space=spaces[plan.space] if plan.space else None,
        )
    return group
