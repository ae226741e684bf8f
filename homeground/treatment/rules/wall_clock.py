"""From a time of day somebody typed to the moment they meant."""

from datetime import UTC, datetime, time, timedelta, tzinfo


def nearest(wall: time, near: datetime, zone: tzinfo) -> datetime:
    """The moment nearest to `near` at which the clinic's clock shows `wall`.

    So 00:20 beside a session that began at 22:00 lies after midnight. An hour the clock shows twice is
    the one nearer to `near`; one it skips is read as if the clock had not yet changed.
    """
    around = near.astimezone(zone).date()
    candidates = [
        datetime.combine(around + timedelta(days=days), wall, zone).replace(fold=fold).astimezone(UTC)
        for days in (-1, 0, 1)
        for fold in (0, 1)
    ]
    return min(candidates, key=lambda moment: abs(moment - near))
