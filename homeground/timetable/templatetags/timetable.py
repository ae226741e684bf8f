"""Offers and changes as sentences for staff. Presentation only."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django import template
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from homeground.timetable.queries import Change, Offer, Stands
from homeground.timetable.rules.week import Meeting

register = template.Library()


@register.filter
def in_words(offer: Offer) -> str:
    """What a week costs the person: "9 h a week, 3 days, 3 evenings, home by 21:25."."""
    parts = [_("%(hours)s h a week") % {"hours": f"{offer.hours:g}"}]
    parts.append(ngettext("%(n)s day", "%(n)s days", offer.days) % {"n": offer.days})
    if offer.evenings:
        parts.append(ngettext("%(n)s evening", "%(n)s evenings", offer.evenings) % {"n": offer.evenings})
    parts.append(
        _("home by %(time)s") % {"time": f"{offer.home_by:%H:%M}"} if offer.home_by else _("by video")
    )
    if offer.soft_minutes:
        parts.append(_("%(n)s minutes of movable times would have to move") % {"n": offer.soft_minutes})
    return ", ".join(parts) + "."


@register.filter
def change_in_words(change: Change) -> str:
    """One change: "Ask about Tuesday 15:00–16:00"."""
    if change.weekday is not None:
        held = change.kind is Stands.HELD
        words = (
            _("Move what is on %(day)s %(from)s–%(to)s") if held else _("Ask about %(day)s %(from)s–%(to)s")
        )
        return words % {
            "day": WEEKDAYS[change.weekday],
            "from": f"{change.starts:%H:%M}",
            "to": f"{change.ends:%H:%M}",
        }
    if change.kind is Stands.FULL:
        return _("Make room in %(group)s, which is full") % {"group": change.group}
    return _("Ask whether video is possible")


@register.filter
def sessions(meetings: Iterable[Meeting]) -> str:
    """Meetings as the seat form takes them: "0 18:00,3 18:00"; 0 = Monday."""
    return ",".join(f"{each.weekday} {each.starts:%H:%M}" for each in meetings)


@register.filter
def rooms_in_words(chosen: Collection[UUID | None], names: Mapping[object, str]) -> str:
    """The rooms of a new group: one name, several, or that none is free."""
    found = list(dict.fromkeys(names.get(each, "") for each in chosen if each is not None))
    if None in chosen or not found:
        found.append(_("no room is free") if not found else _("at times none is free"))
    return ", ".join(found)


@register.filter
def named(names: Mapping[object, str], key: object) -> str:
    """The name behind an id, or nothing."""
    return names.get(key, "")
