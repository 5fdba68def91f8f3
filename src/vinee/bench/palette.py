"""The report's colours: a light and a dark background for each label, under one colour of text."""

from __future__ import annotations

from typing import NamedTuple


class Labelled(NamedTuple):
    """A kind and a label as it is shown: ``mention`` and ``PER``, ``PER NOM`` or ``LOC (GPE)``."""

    kind: str
    label: str


class Shade(NamedTuple):
    """Background and text, as ``#rrggbb``."""

    background: str
    text: str


class Colour(NamedTuple):
    """A label's shades in the light and in the dark theme."""

    light: Shade
    dark: Shade


_INK = "#16181d"
_CHALK = "#f4f5f7"


def _tint(light: str, dark: str) -> Colour:
    return Colour(Shade(light, _INK), Shade(dark, _CHALK))


PALETTE = {
    "PER": _tint("#c4dcff", "#1f4480"),
    "ORG": _tint("#ffd49a", "#734600"),
    "MEDIA": _tint("#f1e483", "#5a5000"),
    "GPE": _tint("#bfeeb4", "#23581b"),
    "LOC": _tint("#a9ece0", "#005a50"),
    "FAC": _tint("#dfcfb8", "#57462f"),
    "PROD": _tint("#ddcaff", "#4d3490"),
    "EVT": _tint("#ffc6e2", "#7d2a58"),
    "TITLE": _tint("#dfe2e8", "#454b58"),
    "MISC": _tint("#ffc5ba", "#7c2c1e"),
    "timex": _tint("#bdf0ff", "#10546a"),
    # Triggers stand out by being the other way round.
    "trigger": Colour(Shade("#353b49", _CHALK), Shade("#d5d9e3", _INK)),
    "other": _tint("#eceef1", "#33373f"),
}


def colour_class(item: Labelled) -> str:
    """Return the class of an item's colour; labels that are not ours share one."""
    name = item.label.split(" ")[0] if item.kind == "mention" else item.kind
    return f"colour-{name if name in PALETTE else 'other'}"


def colour_rules() -> str:
    """Write the palette as CSS."""
    rules = [_rule(name, colour.light) for name, colour in PALETTE.items()]
    dark = [f"  {_rule(name, colour.dark)}" for name, colour in PALETTE.items()]
    # On paper the light shades are read better, whatever the theme.
    rules += ["@media screen and (prefers-color-scheme: dark) {", *dark, "}"]
    return "\n".join(rules)


def _rule(name: str, shade: Shade) -> str:
    return f".colour-{name} {{ background-color: {shade.background}; color: {shade.text}; }}"
