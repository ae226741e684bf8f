"""The colours of the tokens, measured: body text 7:1, all that is read 4.5:1, edges of controls 3:1."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parents[2] / "static/ground/css"
PAIR = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
TOKENS = {name: (light, dark) for name, light, dark in PAIR.findall((CSS / "ground.css").read_text())}
BODY = [("ink", ground) for ground in ("paper", "raised", "sunken")] + [("ink-soft", "paper")]
READ = [
    *(("accent", ground) for ground in ("paper", "raised", "sunken", "accent-tint")),
    *(("accent-strong", ground) for ground in ("paper", "raised", "accent-tint")),
    *(
        ("ink-soft", ground)
        for ground in ("raised", "sunken", "accent-tint", "notice-tint", "ok-tint", "stop-tint")
    ),
    *(
        (signal, ground)
        for signal in ("ok", "notice", "stop")
        for ground in ("paper", "raised", f"{signal}-tint")
    ),
    *(("ink", f"{signal}-tint") for signal in ("ok", "notice", "stop", "accent")),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("on-stop", "stop"),
]
SEEN = [("edge", "paper"), ("edge", "raised"), ("edge", "sunken"), ("busy", "raised"), ("accent", "paper")]


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_agrees_with_the_known_extremes() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [(*pair, 7.0) for pair in BODY] + [(*pair, 4.5) for pair in READ] + [(*pair, 3.0) for pair in SEEN],
)
def test_what_is_read_stands_out_from_its_ground(ink: str, ground: str, least: float, scheme: int) -> None:
    assert contrast(TOKENS[ink][scheme], TOKENS[ground][scheme]) >= least


def test_the_core_colours_are_those_of_the_design() -> None:
    assert TOKENS["paper"] == ("#fbfaf7", "#161a18")
    assert TOKENS["ink"] == ("#1f2421", "#e8e6e0")
    assert TOKENS["accent"] == ("#0e5a4b", "#7ccbb5")


@pytest.mark.parametrize("sheet", sorted(CSS.glob("*.css")), ids=lambda p: p.name)
def test_colours_come_from_tokens_only(sheet: Path) -> None:
    rules = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.S)
    if sheet.name == "ground.css":
        rules = rules[rules.index("@layer reset {") :]
    if sheet.name != "print.css":
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?!-)", rules) in ([], ["#000"])
    assert "http" not in rules
