"""The colours of `tokens.css` keep WCAG 2.2's contrast in both schemes."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[2] / "src" / "kenes" / "core" / "static" / "core" / "tokens.css"
SPHERES = ("civil-society", "religion", "interethnic", "youth", "family", "media")
TEXTS = ("ink", "muted", "accent", "gold", "danger", "good", *SPHERES)
GROUNDS = ("paper", "surface")
PAIRS = [
    *((text, ground) for text in TEXTS for ground in GROUNDS),
    ("on-accent", "accent"),
    ("on-live", "live"),
    ("on-screen", "screen"),
    ("ink", "sunken"),
    ("muted", "sunken"),
    ("ink", "accent-soft"),
    ("ink", "gold-soft"),
    ("gold", "gold-soft"),
    ("danger", "danger-soft"),
    ("good", "good-soft"),
]
TEXT_CONTRAST = 4.5
BORDER_CONTRAST = 3.0


def colours(scheme: str) -> dict[str, str]:
    """Return {token: hex} of a scheme; a token without light-dark() is the same in both."""
    source = TOKENS.read_text(encoding="utf-8")
    found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", source.partition("@supports (")[0]))
    place = {"light": 1, "dark": 2}[scheme]
    for match in re.finditer(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", source):
        found[match[1]] = match[place + 1]
    return found


def luminance(colour: str) -> float:
    """Relative luminance. Source: WCAG 2.2."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(scheme: str) -> None:
    shades = colours(scheme)
    weak = {pair: contrast(shades[pair[0]], shades[pair[1]]) for pair in PAIRS}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < TEXT_CONTRAST} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_borders_of_controls_stand_out_from_their_ground(scheme: str) -> None:
    shades = colours(scheme)
    ratios = {ground: contrast(shades["line-strong"], shades[ground]) for ground in GROUNDS}
    assert {ground: ratio for ground, ratio in ratios.items() if ratio < BORDER_CONTRAST} == {}


def test_the_light_colours_are_the_same_with_and_without_light_dark() -> None:
    source = TOKENS.read_text(encoding="utf-8")
    plain = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", source.partition("@supports (")[0]))
    paired = dict(re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}),", source))
    assert {name: plain[name] for name in paired} == paired
