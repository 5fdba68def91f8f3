"""Which colour each label has: told apart by everybody, one family of hues a group of events."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

from vinee.formats.label_studio import controls
from vinee.labelstudio.config import colours
from vinee.labelstudio.config.colours import Rgb

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from vinee.labelstudio.config.labels import Label

_WHITE = Rgb(1, 1, 1)
# The report's blue for persons, as strong as the editor needs it; all others follow from it.
_FIRST = Rgb(0.23, 0.54, 1)
# Extents and fillers lie around other regions and cover whole sentences: hardly a tint.
_AROUND = {controls.EXTENT: "#9aa3b5", controls.SPAN: "#c9b06a"}
# Against the page: regions are filled with their colours, and triggers written in them.
_FILLED, _WRITTEN = 1.6, 3.0
_LEAST_CHROMA = 0.09
_STEPS = [step / 6 for step in range(7)]
# Somebody without green cones sees fewer colours, so theirs may lie closer together.
_WITHOUT_GREEN = 2.0


def palette(labels: Sequence[Label]) -> Mapping[Label, str]:
    """Give each label its colour, ``#rrggbb``; the same labels always get the same."""
    found = {label: _AROUND[label.control] for label in labels if label.control in _AROUND}
    filled = [label for label in labels if label.control in {controls.MENTION, controls.TIMEX}]
    chosen = _apart(_strong(), _FIRST, len(filled), _shown_distance)
    found |= {label: str(colour) for label, colour in zip(filled, chosen, strict=True)}
    return found | _triggers([label for label in labels if label.control == controls.TRIGGER])


def _triggers(triggers: Sequence[Label]) -> dict[Label, str]:
    """Give each group a hue of its own, and its types what lies near that hue."""
    groups = list(dict.fromkeys(label.group for label in triggers))
    found: dict[Label, str] = {}
    for place, group in enumerate(groups):
        members = [label for label in triggers if label.group == group]
        width = 360 / len(groups)
        family = _family(place * width, min(width, 60.0))
        first = colours.of_hue(0.5, 0.16, place * width)
        chosen = _apart(family, first, len(members), colours.distance)
        found |= {label: str(colour) for label, colour in zip(members, chosen, strict=True)}
    return found


def _apart(
    candidates: Sequence[Rgb], first: Rgb, count: int, distance: Callable[[Rgb, Rgb], float]
) -> list[Rgb]:
    """Choose colours one after the other, each as far as can be from those chosen before.

    What there are no candidates for any more begins again with the first.
    """
    chosen: list[Rgb] = []
    nearest = {candidate: -colours.distance(candidate, first) for candidate in candidates}
    for _ in range(min(count, len(nearest))):
        best = max(nearest, key=lambda candidate: nearest[candidate])
        chosen.append(best)
        if len(chosen) == 1:
            nearest = dict.fromkeys(candidates, math.inf)
        for candidate in nearest:
            nearest[candidate] = min(nearest[candidate], distance(candidate, best))
    return list(itertools.islice(itertools.cycle(chosen), count))


def _shown_distance(one: Rgb, other: Rgb) -> float:
    seen = colours.shown(one), colours.shown(other)
    without = (colours.without_green_cones(colour) for colour in seen)
    return min(colours.distance(*seen), _WITHOUT_GREEN * colours.distance(*without))


def _strong() -> list[Rgb]:
    every = (Rgb(*parts) for parts in itertools.product(_STEPS, repeat=3))
    return [
        colour
        for colour in every
        if colours.contrast(colour, _WHITE) >= _FILLED and _chroma(colour) >= _LEAST_CHROMA
    ]


def _family(degrees: float, width: float) -> list[Rgb]:
    shares = itertools.product(
        (0.38, 0.44, 0.5, 0.56, 0.62), (0.07, 0.12, 0.17, 0.22), (-0.4, -0.2, 0.0, 0.2, 0.4)
    )
    every = (
        colours.of_hue(lightness, chroma, degrees + share * width)
        for lightness, chroma, share in shares
    )
    unlike = dict.fromkeys(every)
    return [colour for colour in unlike if colours.contrast(colour, _WHITE) >= _WRITTEN]


def _chroma(colour: Rgb) -> float:
    _, a, b = colours.oklab(colour)
    return math.hypot(a, b)
