"""Which colour each label has: told apart by everybody, one family of hues a group of events."""

from __future__ import annotations

import itertools
import math
from functools import cache
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


@cache
def palette(labels: tuple[Label, ...]) -> Mapping[Label, str]:
    """Give each label its colour, ``#rrggbb``; the same labels always get the same."""
    found = {label: _AROUND[label.control] for label in labels if label.control in _AROUND}
    filled = [label for label in labels if label.control in {controls.MENTION, controls.TIMEX}]
    chosen = _apart(_strong(), _FIRST, len(filled), _shown_distance)
    found |= {label: str(colour) for label, colour in zip(filled, chosen, strict=True)}
    return found | _triggers([label for label in labels if label.control == controls.TRIGGER])


def _triggers(triggers: Sequence[Label]) -> dict[Label, str]:
    """Give each group a hue of its own, and its types what lies near that hue.

    The largest group chooses first, for it needs most room.
    """
    groups: dict[str, list[Label]] = {}
    for label in triggers:
        groups.setdefault(label.group, []).append(label)
    width = 360 / max(len(groups), 1)
    hues = {group: place * width for place, group in enumerate(groups)}
    found: dict[Label, str] = {}
    taken: list[Rgb] = []
    for group, members in sorted(groups.items(), key=lambda each: -len(each[1])):
        family = _family(hues[group], min(width, 60.0))
        first = colours.of_hue(0.5, 0.16, hues[group])
        chosen = _apart(family, first, len(members), colours.distance, taken)
        taken += chosen
        found |= {label: str(colour) for label, colour in zip(members, chosen, strict=True)}
    return found


def _apart(
    candidates: Sequence[Rgb],
    first: Rgb,
    count: int,
    distance: Callable[[Rgb, Rgb], float],
    taken: Sequence[Rgb] = (),
) -> list[Rgb]:
    """Choose colours one after the other, each as far as can be from all chosen before.

    The first is the candidate nearest to the one that is wished for. Where there are more to
    choose than candidates, they begin again.
    """
    chosen = [min(candidates, key=lambda candidate: colours.distance(candidate, first))]
    nearest = dict.fromkeys(candidates, math.inf)
    for other in (*taken, *chosen):
        _come_near(nearest, other, distance)
    while len(chosen) < min(count, len(candidates)):
        best = max(nearest, key=lambda candidate: nearest[candidate])
        chosen.append(best)
        _come_near(nearest, best, distance)
    return list(itertools.islice(itertools.cycle(chosen), count))


def _come_near(
    nearest: dict[Rgb, float], other: Rgb, distance: Callable[[Rgb, Rgb], float]
) -> None:
    for candidate, before in nearest.items():
        nearest[candidate] = min(before, distance(candidate, other))


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
        (0.34, 0.4, 0.46, 0.52, 0.58, 0.64),
        (0.06, 0.1, 0.14, 0.18, 0.22, 0.26),
        (-0.4, -0.2, 0.0, 0.2, 0.4),
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
