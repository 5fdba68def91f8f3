"""Colours as people see them: OKLab, and what somebody without green cones sees.

The editor fills a region with its label's colour at 0.3 over the page, and nothing else tells
most regions apart at a glance, so distances are between colours as they are `shown`.

Björn Ottosson, "A perceptual color space for image processing", 2020. Gustavo Machado, Manuel
Oliveira and Leandro Fernandes, "A physiologically-based model for simulation of color vision
deficiency", 2009, the matrix for full deuteranopia, which holds for linear light.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

# Below these, sRGB is a line and not a curve.
_LINE, _ENCODED_LINE = 0.0031308, 0.04045
# By how much a colour may lie outside of the screen's and still count as one.
_SLACK = 1e-4
# What the editor fills regions with; the rest is the page.
FILL = 0.3
_DEUTERANOPIA = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)


class Rgb(NamedTuple):
    """Red, green and blue of sRGB, each from 0 to 1."""

    red: float
    green: float
    blue: float

    def __str__(self) -> str:
        """Write the colour as ``#rrggbb``."""
        return "#" + "".join(f"{round(part * 255):02x}" for part in self)


class Lab(NamedTuple):
    """Lightness from 0 to 1, green to red, blue to yellow."""

    lightness: float
    a: float
    b: float


def parse(written: str) -> Rgb:
    """Read ``#rrggbb``."""
    return Rgb(*(int(written[at : at + 2], 16) / 255 for at in (1, 3, 5)))


def shown(colour: Rgb) -> Rgb:
    """Give the colour of a region on a white page whose label has this colour."""
    return Rgb(*(FILL * part + 1 - FILL for part in colour))


@cache
def oklab(colour: Rgb) -> Lab:
    """Give the place of a colour in OKLab."""
    red, green, blue = _linear(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return Lab(
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def of_hue(lightness: float, chroma: float, degrees: float) -> Rgb:
    """Give a colour by lightness, chroma and hue; less chroma where the screen has no more."""
    angle = math.radians(degrees)
    while True:
        found = _from_oklab(lightness, chroma * math.cos(angle), chroma * math.sin(angle))
        if chroma <= 0 or all(-_SLACK <= part <= 1 + _SLACK for part in found):
            return Rgb(*(_encoded(part) for part in found))
        chroma -= 0.005


def distance(one: Rgb, other: Rgb) -> float:
    """Give the distance in OKLab; 0.02 is just noticeable side by side."""
    return math.dist(oklab(one), oklab(other))


@cache
def without_green_cones(colour: Rgb) -> Rgb:
    """Give what somebody with deuteranopia sees."""
    seen = [_product(row, _linear(colour)) for row in _DEUTERANOPIA]
    return Rgb(*(_encoded(part) for part in seen))


def contrast(one: Rgb, other: Rgb) -> float:
    """Give the contrast ratio of WCAG 2, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Rgb) -> float:
    return _product((0.2126, 0.7152, 0.0722), _linear(colour))


def _product(row: Sequence[float], column: Sequence[float]) -> float:
    return sum(one * other for one, other in zip(row, column, strict=True))


def _linear(colour: Rgb) -> tuple[float, ...]:
    return tuple(
        part / 12.92 if part <= _ENCODED_LINE else ((part + 0.055) / 1.055) ** 2.4
        for part in colour
    )


def _encoded(part: float) -> float:
    inside = min(1.0, max(0.0, part))
    return 12.92 * inside if inside <= _LINE else 1.055 * inside ** (1 / 2.4) - 0.055


def _from_oklab(lightness: float, a: float, b: float) -> tuple[float, float, float]:
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
