"""Codes of this room as words and chips. Load with ``{% load treatment %}``. No query, no clock."""

from datetime import date

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext

from homeground.treatment import note_words, words
from homeground.treatment.rules.handout import Rights
from homeground.treatment.rules.ledger import Hours, WeekStanding
from homeground.treatment.rules.vocabulary import ShortReason, State

register = template.Library()


@register.inclusion_tag("ground/ui/chip.html")
def standing(hours: Hours, on: date) -> dict[str, Promise | str]:
    """A week beside its floor on a day, as a chip; one that runs says whether what is planned suffices."""
    code = hours.standing(on)
    if code is WeekStanding.OPEN and hours.short_as_planned:
        return {"label": gettext("Will be short"), "state": "notice"}
    label, tone = words.STANDINGS[code]
    return {"label": label, "state": tone}


@register.simple_tag
def state(code: str) -> str:
    """How a person was there; "no sheet yet" for what nobody has marked."""
    return str(words.STATES[State(code)]) if code else gettext("no sheet yet")


@register.simple_tag
def reason(code: str) -> str:
    """Why a week was short."""
    return str(words.REASONS[ShortReason(code)])


@register.inclusion_tag("ground/ui/chip.html")
def attention(code: str) -> dict[str, Promise | str]:
    """What needs attention about a colleague's letters and supervision, as a chip."""
    tone = {"": "ok", "lapses_soon": "notice", "ends_soon": "notice", "nobody_answers": "notice"}
    return {"label": note_words.ATTENTION[code], "state": tone.get(code, "stop")}


@register.simple_tag
def rights(code: Rights) -> str:
    """Why a leaflet may be handed out."""
    return str(note_words.RIGHTS[code])
