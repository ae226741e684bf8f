import re
from typing import Any

from django import template

from homeground.placement.rules.disposition import Outcome, SafetyPlanNow, Watch
from homeground.placement.rules.instruments.definition import Instrument
from homeground.placement.rules.instruments.drawing import HEIGHT, LEFT, WIDTH
from homeground.placement.words import (
    BANDS,
    KINDS,
    MODES,
    OCCASIONS,
    OUTCOMES,
    SAFETY_PLANS,
    SCALES,
    WATCHES,
)

register = template.Library()


@register.filter
def plain_band(word: str) -> Any:
    """A published band in plain words, for the person themselves."""
    return BANDS.get(word, word)


@register.filter
def occasion_name(code: str) -> Any:
    """When a packet is asked."""
    return OCCASIONS[code]


@register.filter
def mode_name(code: str) -> Any:
    """How a packet is answered."""
    return MODES[code]


@register.filter
def kind_name(code: str) -> Any:
    """What a critical answer is about."""
    return KINDS[code]


@register.filter
def outcome_name(code: str) -> Any:
    """What came of a critical answer."""
    return OUTCOMES[Outcome(code)]


@register.filter
def watch_name(code: str) -> Any:
    """Whether the person was left alone."""
    return WATCHES[Watch(code)]


@register.filter
def safety_plan_name(code: str) -> Any:
    """What happened to the safety plan."""
    return SAFETY_PLANS[SafetyPlanNow(code)]


@register.filter
def own_title(instrument: Instrument, language: str) -> str:
    """What a questionnaire is called before the person who answers it."""
    return instrument.title.get(language) or instrument.title.get("en") or instrument.name


@register.inclusion_tag("placement/trend.html")
def trend_line(trend: Any, key: str, label: str, bands: str = "published") -> dict[str, Any]:
    """One scale over time as a line, with its numbers in a table behind "Show numbers".

    `bands` says in which words the published bands stand behind it: "published", "plain", or none.
    """
    return {
        "trend": trend,
        "drawing": trend.drawing,
        "key": key,
        "label": label,
        "bands": bands if trend.banding else "",
        "width": WIDTH,
        "height": HEIGHT,
        "left": LEFT,
        "word_x": LEFT + 6,
    }


@register.filter
def unlocalize_number(value: float) -> str:
    """A number as SVG writes it, whatever the language of the page."""
    return f"{value:g}"


@register.filter
def band_text(word: str, plain: object) -> Any:
    """A band in the word its source uses, or in plain words where `plain` asks for them."""
    return BANDS.get(word, word) if plain == "plain" else word


@register.filter
def with_scale(title: str, trend: Any) -> str:
    """A questionnaire's title, with the scale where it has several."""
    if len(trend.instrument.scales) == 1:
        return title
    return f"{title}: {SCALES.get(trend.scale.name, trend.scale.name)}"


@register.filter
def with_staff_scale(name: str, trend: Any) -> str:
    """A questionnaire's name, with the published name of the scale where it has several."""
    return name if len(trend.instrument.scales) == 1 else f"{name}, {trend.scale.name.lower()}"


@register.filter
def code_words(code: str) -> str:
    """A cut-off's code as words: "positive_screen_ge10" becomes "positive screen ≥ 10"."""
    words = code.replace("_", " ")
    return re.sub(r"\b(ge|le)\s?(\d+)", lambda m: f"{'≥' if m[1] == 'ge' else '≤'} {m[2]}", words)


@register.filter
def signed(value: int) -> str:
    """A difference with its sign: +3, −2, 0."""
    return f"+{value}" if value > 0 else f"−{-value}" if value < 0 else "0"


@register.filter
def at_place(values: tuple[str, ...], place: int) -> str:
    """One of several texts by its place."""
    return values[place]
