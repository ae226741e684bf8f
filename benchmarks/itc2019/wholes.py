"""Rules over many classes at once, counted from the times of their classes."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from benchmarks.itc2019.tables import Whole


def broken(rule: Whole, spans: Sequence[Any]) -> int:
    """How often it is broken: for a required rule anything above nothing is wrong; a soft one has a price."""
    if rule.kind == "MaxDays":
        days = 0
        for each in spans:
            days |= each.days
        return max(0, days.bit_count() - rule.numbers[0])
    total = 0
    daily: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for each in spans:
        found = each.weeks
        while found:
            week = found & -found
            found ^= week
            days = each.days
            while days:
                day = days & -days
                days ^= day
                daily[week.bit_length() * 8 + day.bit_length()].append((each.start, each.end))
    known: dict[tuple[tuple[int, int], ...], int] = {}
    for day_spans in daily.values():
        key = tuple(sorted(day_spans))
        if key not in known:
            known[key] = _day(rule, key)
        total += known[key]
    return total


def points(rule: Whole, spans: Sequence[Any], weeks: int) -> int:
    """The penalty of a soft rule, before its price."""
    found = rule.penalty * broken(rule, spans)
    return found if rule.kind == "MaxDays" else found // weeks


def _day(rule: Whole, spans: tuple[tuple[int, int], ...]) -> int:
    if rule.kind == "MaxDayLoad":
        return max(0, sum(end - start for start, end in spans) - rule.numbers[0])
    most, slots = rule.numbers
    count, over = 1, 0
    start, last, size = spans[0][0], spans[0][1], 1
    for begin, end in spans[1:]:
        if begin <= last + slots:
            last, size = max(last, end), size + 1
            continue
        over += size > 1 and last - start > most
        start, last, size, count = begin, end, 1, count + 1
    over += size > 1 and last - start > most
    return over if rule.kind == "MaxBlock" else max(0, count - 1 - most)
