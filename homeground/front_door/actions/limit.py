from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from homeground.front_door.rules.allowance import Allowance
from homeground.ground.actor import Actor
from homeground.ground.models import Bucket

FORGET_AFTER = timedelta(days=1)

_TABLE = Bucket._meta.db_table
# One statement decides, so two web processes cannot both hand out the last token.
_TAKE = f"""
insert into {_TABLE} as b (key, tokens, filled_at) values (%(key)s, %(burst)s - 1, %(at)s)
on conflict (key) do update set
  tokens = least(%(burst)s,
    b.tokens + greatest(extract(epoch from %(at)s - b.filled_at), 0) / %(seconds)s) - 1,
  filled_at = greatest(%(at)s, b.filled_at)
where least(%(burst)s, b.tokens + greatest(extract(epoch from %(at)s - b.filled_at), 0) / %(seconds)s) >= 1
"""
_FORGET = f"""
delete from {_TABLE} where key in (
  select key from {_TABLE} where filled_at < %(before)s limit 100 for update skip locked)
"""


class TooManyTries(Exception):
    """This network address used up its allowance; `seconds` until the next try is free."""

    def __init__(self, seconds: int) -> None:
        super().__init__("too many tries")
        self.seconds = seconds


def take_turn(*, form: str, allowance: Allowance, by: Actor, at: datetime) -> None:
    """Use one token of the bucket of `form` and the visitor's address. Raises TooManyTries.

    The address is kept only as a keyed digest, and forgotten a day after the last try. No audit entry: a
    visitor who looks at a page is nobody's record.
    """
    key = salted_hmac(f"front_door.{form}", by.address, algorithm="sha256").hexdigest()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            _TAKE, {"key": key, "burst": float(allowance.burst), "seconds": allowance.seconds, "at": at}
        )
        if cursor.rowcount == 0:
            raise TooManyTries(allowance.seconds)
        cursor.execute(_FORGET, {"before": at - FORGET_AFTER})
