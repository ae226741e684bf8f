"""Answering a right, together with what follows from the answer."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from homeground.confidentiality.actions.rights import answer_request, reach_at, restrict
from homeground.confidentiality.models import RightsRequest
from homeground.confidentiality.queries import RequestNotHere
from homeground.confidentiality.rules.answers import deniable
from homeground.confidentiality.rules.vocabulary import (
    Answer,
    Category,
    RequestKind,
    RestrictionKind,
)
from homeground.ground.actor import Actor


class Owed(Exception):
    """This right cannot be denied, or only with a reason of its own why the law does not bind here."""


class EffectMissing(Exception):
    """What was granted is not said: what is not told to whom, or how the person wants to be reached."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """A restriction that is granted. Empty means any."""

    recipient_kind: str = ""
    recipient: str = field(default="", repr=False)
    categories: frozenset[Category] = frozenset()
    paid_in_full: bool = False


@dataclass(frozen=True, slots=True)
class Reached:
    """Another way to be reached that is granted."""

    address: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    hours: str = field(default="", repr=False)

    @property
    def said(self) -> bool:
        """Whether there is any way in it."""
        return any((self.address, self.phone, self.email, self.hours))


def settle_request(
    *,
    request_id: UUID,
    answer: Answer,
    words: str,
    withheld: Withheld = Withheld(),
    reached: Reached = Reached(),
    despite: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """Answer a right and bring about what was granted, all or nothing.

    A restriction that is granted binds from now on; another way to be reached is obeyed from now on.
    `despite` is why something owed is denied all the same; it stands with the answer.

    Raises RequestNotHere, AnsweredBefore, ReasonMissing, Owed, EffectMissing.
    """
    with transaction.atomic():
        row = RightsRequest.objects.select_for_update().filter(pk=request_id).first()
        if row is None:
            raise RequestNotHere
        kind = RequestKind(row.kind)
        if answer is Answer.DENIED and not deniable(kind, paid_in_full=withheld.paid_in_full):
            if not despite.strip():
                raise Owed
            words = f"{words} {despite}".strip()
        granted = answer in (Answer.GRANTED, Answer.PARTLY)
        if granted and kind is RequestKind.CONFIDENTIAL_CONTACT and not reached.said:
            raise EffectMissing
        answer_request(request_id=request_id, answer=answer, words=words, by=by, at=at)
        if granted and kind is RequestKind.RESTRICTION:
            restrict(
                person_id=row.person_id,
                kind=RestrictionKind.PAID_IN_FULL if withheld.paid_in_full else RestrictionKind.AGREED,
                recipient_kind=withheld.recipient_kind,
                recipient=withheld.recipient,
                categories=withheld.categories,
                request_id=request_id,
                by=by,
                at=at,
            )
        elif granted and kind is RequestKind.CONFIDENTIAL_CONTACT:
            reach_at(
                person_id=row.person_id,
                address=reached.address,
                phone=reached.phone,
                email=reached.email,
                hours=reached.hours,
                request_id=request_id,
                by=by,
                at=at,
            )
