from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from itertools import combinations, permutations
from xml.etree import ElementTree as ET

import pytest

from vinee.formats.label_studio import controls
from vinee.labelstudio.config import labeling_config
from vinee.labelstudio.config.colours import (
    Rgb,
    contrast,
    distance,
    of_hue,
    oklab,
    parse,
    shown,
    without_green_cones,
)
from vinee.labelstudio.config.labels import labels
from vinee.labelstudio.config.palette import palette
from vinee.ontology import default

LABELS = labels(default())
PALETTE = {label: parse(colour) for label, colour in palette(LABELS).items()}
WHITE, BLACK, INK = parse("#ffffff"), parse("#000000"), parse("#16181d")


def of(control: str) -> dict[str, Rgb]:
    return {label.value: each for label, each in PALETTE.items() if label.control == control}


def nearest(colours: Iterable[Rgb], seen: Callable[[Rgb], Rgb] = lambda colour: colour) -> float:
    return min(distance(seen(one), seen(other)) for one, other in combinations(colours, 2))


@pytest.mark.parametrize(
    ("colour", "lightness", "a", "b"),
    [
        # From the page that defines OKLab.
        ("#ffffff", 1.0, 0.0, 0.0),
        ("#ff0000", 0.628, 0.225, 0.126),
        ("#0000ff", 0.452, -0.032, -0.312),
    ],
)
def test_oklab_is_as_published(colour: str, lightness: float, a: float, b: float) -> None:
    assert oklab(parse(colour)) == pytest.approx((lightness, a, b), abs=1e-3)


def test_a_colour_by_hue_has_that_hue() -> None:
    lightness, a, b = oklab(of_hue(0.6, 0.1, 90))

    assert (lightness, a, b) == pytest.approx((0.6, 0.0, 0.1), abs=1e-3)


def test_grey_is_seen_the_same_without_green_cones() -> None:
    assert without_green_cones(Rgb(0.5, 0.5, 0.5)) == pytest.approx((0.5, 0.5, 0.5), abs=1e-4)


def test_some_red_and_green_look_alike_without_green_cones() -> None:
    red, green = parse("#a17724"), parse("#6f8b26")

    seen = distance(without_green_cones(red), without_green_cones(green))
    assert seen < distance(red, green) / 2


def test_contrast_of_black_on_white_is_the_greatest() -> None:
    assert contrast(BLACK, WHITE) == pytest.approx(21)


def test_every_label_has_a_colour() -> None:
    root = ET.fromstring(labeling_config(default()))  # noqa: S314

    written = {
        each.get("alias") or each.attrib["value"]: each.attrib["background"]
        for each in root.iter("Label")
    }
    assert written == {label.value: str(colour) for label, colour in PALETTE.items()}


def test_entity_types_are_told_apart_as_regions() -> None:
    assert nearest(of(controls.MENTION).values(), shown) > 0.06


def test_entity_types_are_told_apart_without_green_cones() -> None:
    assert (
        nearest(of(controls.MENTION).values(), lambda each: without_green_cones(shown(each))) > 0.03
    )


def test_times_are_told_apart_from_entity_types() -> None:
    both = [*of(controls.MENTION).values(), *of(controls.TIMEX).values()]

    assert nearest(both, shown) > 0.045


def test_dark_text_is_readable_on_a_region_that_lies_in_another() -> None:
    for one, other in permutations(PALETTE.values(), 2):
        nested = Rgb(*(0.3 * a + 0.7 * b for a, b in zip(one, shown(other), strict=True)))
        assert contrast(INK, nested) > 4.5


def test_triggers_can_be_read_in_their_colour() -> None:
    assert all(contrast(each, WHITE) >= 3 for each in of(controls.TRIGGER).values())


def test_no_two_event_types_have_the_same_colour() -> None:
    assert nearest(of(controls.TRIGGER).values()) > 0.035


def test_groups_of_events_lie_apart_by_hue() -> None:
    groups: dict[str, list[Rgb]] = {}
    for name, colour in of(controls.TRIGGER).items():
        groups.setdefault(name.partition(".")[0], []).append(colour)
    middles = []
    for members in groups.values():
        places = [oklab(each) for each in members]
        middles.append((sum(p.a for p in places), sum(p.b for p in places)))
    hues = sorted(math.degrees(math.atan2(b, a)) % 360 for a, b in middles)
    gaps = [
        (after - before) % 360 for before, after in zip(hues, [*hues[1:], hues[0]], strict=True)
    ]
    assert len(groups) == 10
    assert min(gaps) > 15


def test_colours_are_the_same_each_time() -> None:
    assert palette(labels(default())) == palette(labels(default()))
