from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from homeground.ground.ids import uuid7
from homeground.ground.models import Owned
from homeground.ground.privacy import Privacy
from homeground.ground.rls import TenantPolicy
from homeground.ground.sealed_text import SealedText
from homeground.people.roles import Role


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; which organization they belong to is said by their memberships."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "Account":
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Someone who can sign in. Holds nothing about why: no person's name, no organization.

    Not owned by an organization, so that sign-in works before a scope is known; everything personal
    hangs on Membership and Person, which are.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(max_length=60, unique=True)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=5, default="en")
    created_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = []
    EMAIL_FIELD = "email"
    privacy: ClassVar[Privacy] = Privacy(
        identifying="username email",
        operational="password last_login is_active language created_at",
    )

    objects = AccountManager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(username=""), name="people_account_named")
        ]

    def __str__(self) -> str:
        return f"account {self.pk}"

    def get_full_name(self) -> str:
        return ""


class Person(Owned):
    """A human the organization knows: someone asking for help, a patient, family, or staff.

    `given_name` may be an alias until admission. Never shown by `__str__`.
    """

    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100, blank=True)
    called = models.CharField(max_length=100, blank=True, help_text="What the person likes to be called")
    born_on = models.DateField(null=True, blank=True)
    gender = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=5, default="en")
    credentials = models.CharField(max_length=60, blank=True, help_text="Letters shown after a staff name")
    registered_at = models.DateTimeField()

    privacy = Privacy(
        identifying="given_name family_name called born_on gender",
        operational="language credentials registered_at",
    )

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.CheckConstraint(condition=~Q(given_name=""), name="people_person_named"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organization_id", "family_name", "given_name"],
                name="people_by_name",
            )
        ]


class SafeContactAnswer(Owned):
    """What a person says about being reached without harm. The ways to reach them lie sealed (check G07)."""

    phone = SealedText(of="person_id", blank=True)
    email = SealedText(of="person_id", blank=True)
    may_leave_message = models.BooleanField()
    may_text = models.BooleanField()
    may_name_us = models.BooleanField()
    good_hours = SealedText(of="person_id", blank=True)

    class Meta(Owned.Meta):
        abstract = True


class SafeContact(SafeContactAnswer):
    """How a person may be reached without harm: asked first, obeyed everywhere."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="safe_contact")
    answered_at = models.DateTimeField(null=True)
    answered_by_id = models.UUIDField(null=True)

    privacy = Privacy(
        identifying="phone email good_hours",
        operational="person may_leave_message may_text may_name_us answered_at answered_by_id",
    )


class FormerSafeContact(SafeContactAnswer):
    """An answer that was replaced: what was allowed then, who took it in and who replaced it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="former_safe_contacts")
    answered_at = models.DateTimeField(null=True)
    answered_by_id = models.UUIDField(null=True)
    replaced_at = models.DateTimeField()
    replaced_by_id = models.UUIDField()

    privacy = Privacy(
        identifying="phone email good_hours",
        operational="person may_leave_message may_text may_name_us answered_at answered_by_id replaced_at"
        " replaced_by_id",
    )


class Notice(Owned):
    """Word for somebody that something of theirs has changed: what kind of thing, never what.

    It stands on their first page until they have seen it, and goes out as a text once if they allowed that.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=20)
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    handed_at = models.DateTimeField(null=True)
    sent = models.BooleanField(default=False, help_text="Handed to the gateway; False: it was not allowed")

    privacy = Privacy(operational="person kind made_at seen_at handed_at sent")

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(seen_at=None), name="people_notice_once_until_seen"
            ),
            models.CheckConstraint(
                condition=Q(sent=False) | Q(handed_at__isnull=False), name="people_notice_sent_is_handed"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["made_at"], condition=Q(handed_at=None), name="people_notice_waiting")
        ]


class Membership(Owned):
    """An account's role in an organization. Ended, never deleted."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(operational="account person role starts_at ends_at")

    class Meta:
        constraints: ClassVar = [
            TenantPolicy(name="people_membership_tenant", own_account=True),
            models.UniqueConstraint(
                fields=["organization_id", "account", "role"],
                condition=Q(ends_at=None),
                name="people_membership_once",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]),
                name="people_membership_role",
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="people_membership_ends_later",
            ),
        ]


class SignInLink(models.Model):
    """A one-time link for a patient. Only the digest of the secret is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="sign_in_links")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    privacy: ClassVar[Privacy] = Privacy(operational="account digest made_at expires_at used_at")

    def __str__(self) -> str:
        return f"sign-in link {self.pk}"
