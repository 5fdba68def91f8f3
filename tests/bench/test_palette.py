from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

from vinee import bench, ontology
from vinee.bench.palette import PALETTE, Labelled, Shade, colour_class, colour_rules

CSS = (Path(bench.__file__).parent / "templates" / "report.css").read_text(encoding="utf-8")
ENOUGH_FOR_TEXT = 4.5  # WCAG 2.2, 1.4.3, level AA
ENOUGH_FOR_LINES = 3.0  # WCAG 2.2, 1.4.11


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def variables(theme: int) -> dict[str, str]:
    """The variables of the light (0) or the dark (1) theme."""
    block = re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)[theme]
    return dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6});", block))


def shades(theme: int) -> dict[str, Shade]:
    return {name: colour[theme] for name, colour in PALETTE.items()}


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("name", PALETTE)
def test_labels_can_be_read(name: str, theme: int) -> None:
    assert contrast(*PALETTE[name][theme]) >= ENOUGH_FOR_TEXT


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["page", "card", "warning"])
def test_text_can_be_read(ground: str, theme: int) -> None:
    colours = variables(theme)

    assert contrast(colours["ink"], colours[ground]) >= ENOUGH_FOR_TEXT


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["quiet", "link", "correct", "missed", "spurious"])
def test_coloured_text_can_be_read(name: str, theme: int) -> None:
    colours = variables(theme)

    assert contrast(colours[name], colours["card"]) >= ENOUGH_FOR_TEXT


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["correct", "missed", "spurious", "line"])
def test_borders_can_be_seen(name: str, theme: int) -> None:
    colours = variables(theme)

    assert contrast(colours[name], colours["card"]) >= ENOUGH_FOR_LINES


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_no_two_labels_share_a_colour(theme: int) -> None:
    grounds = [shade.background for shade in shades(theme).values()]

    assert all(one != other for one, other in combinations(grounds, 2))


@pytest.mark.parametrize(
    "label", sorted({*ontology.default().fine_labels, *ontology.default().coarse})
)
def test_every_label_of_the_ontology_has_a_colour(label: str) -> None:
    assert colour_class(Labelled("mention", label)) == f"colour-{label}"


def test_nominal_mentions_have_the_colour_of_their_type() -> None:
    assert colour_class(Labelled("mention", "PER NOM")) == "colour-PER"


def test_a_label_that_is_not_ours_cannot_write_a_class() -> None:
    assert colour_class(Labelled("mention", '"><script>')) == "colour-other"


def test_both_themes_are_written() -> None:
    assert colour_rules().count(".colour-PER {") == 2
