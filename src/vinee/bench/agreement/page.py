"""The page: one HTML file that needs nothing but itself, and runs no script."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, get_args

from vinee.bench import pages
from vinee.bench.agreement.cards import MEANINGS, Group, card
from vinee.bench.agreement.layers import is_shown
from vinee.bench.leaderboard import decimals
from vinee.bench.palette import colour_rules

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vinee.bench.agreement.cards import Card
    from vinee.bench.agreement.shape import Agreement, Kind, Pairwise

MOST_PAIRS = 45  # of ten annotators; the matrices have them all
MOST_SPOTS = 1200
GROUPS: tuple[Group, ...] = get_args(Group)
LAYERS = {
    "names": "names",
    "nominals": "nominals",
    "pronouns": "pronouns",
    "titles": "titles",
    "mentions": "all mentions",
    "timex.span": "times",
    "timex.value": "times with type and value",
    "timex.full": "times with type, value and mod",
    "events.TI": "triggers",
    "events.TC": "triggers with type",
    "events.AI": "arguments: span",
    "events.AC": "arguments: span and role",
    "events.AI+": "arguments: trigger and span",
    "events.AC+": "arguments: trigger, span and role",
    "events.AC+(implicit=included)": "arguments with implicit ones",
}
_MATRICES = ("mentions", "timex.full", "events.TC", "events.AC+(implicit=included)")
_SHADES = (
    *((0.99, "right-5"), (0.95, "right-4"), (0.9, "right-3"), (0.8, "right-2"), (0.7, "right-1")),
    *((0.6, "heat-1"), (0.5, "heat-2"), (0.4, "heat-3"), (0.3, "heat-4"), (0.0, "heat-5")),
)


class Cell(NamedTuple):
    """F1 of two annotators; ``shade`` is the class of its background."""

    value: str
    shade: str


class Matrix(NamedTuple):
    """F1 of each pair in one layer, by annotator."""

    layer: str
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


class Shown(NamedTuple):
    """A pair with as many of its spots as are shown.

    Attributes:
        number: From 1.
        pair: What was measured.
        cards: The spots that are shown.
        spots: How many there are; those that only repeat others are not counted.
    """

    number: int
    pair: Pairwise
    cards: tuple[Card, ...]
    spots: int

    def of_group(self, group: Group) -> int:
        """Count the cards of a group."""
        return sum(card.group == group for card in self.cards)

    def of_kind(self, kind: Kind) -> int:
        """Count the cards of a kind."""
        return sum(card.kind == kind for card in self.cards)


def render(measured: Agreement) -> str:
    """Render agreement as HTML; the same agreement gives the same bytes.

    Of many pairs only the first are shown one by one, and of many spots the first of each pair;
    the page says of how many.
    """
    shown = _shown(measured.pairs)
    kinds = Counter(card.kind for each in shown for card in each.cards)
    style = _style(len(shown), [kind for kind in MEANINGS if kinds[kind]])
    environment = pages.environment()
    environment.filters["score"] = decimals
    environment.filters["bar"] = _bar
    environment.filters["of_group"] = Shown.of_group
    environment.filters["of_kind"] = Shown.of_kind
    return environment.get_template("agreement.html.j2").render(
        measured=measured,
        overall=measured.overall,
        shown=shown,
        matrices=_matrices(measured),
        layers=LAYERS,
        article_layers=_MATRICES,
        groups=GROUPS,
        kinds=[kind for kind in MEANINGS if kinds[kind]],
        meanings=MEANINGS,
        style=pages.trusted(style),
        policy=pages.policy(style),
    )


def _shown(pairs: Sequence[Pairwise]) -> tuple[Shown, ...]:
    listed = pairs[:MOST_PAIRS]
    most = MOST_SPOTS // max(len(listed), 1)
    found = []
    for number, pair in enumerate(listed, 1):
        spots = [spot for spot in pair.spots if is_shown(spot.layers)]
        cards = tuple(card(spot, pair.annotators) for spot in islice(spots, most))
        found.append(Shown(number, pair, cards, len(spots)))
    return tuple(found)


def _matrices(measured: Agreement) -> tuple[Matrix, ...]:
    names = [each.name for each in measured.annotators]
    by_pair = {frozenset(pair.annotators): pair for pair in measured.pairs}
    return tuple(
        Matrix(
            layer,
            tuple(
                (one, tuple(_cell(by_pair, one, other, layer) for other in names)) for one in names
            ),
        )
        for layer in _MATRICES
    )


def _cell(pairs: Mapping[frozenset[str], Pairwise], one: str, other: str, layer: str) -> Cell:
    pair = pairs.get(frozenset((one, other)))
    if one == other or pair is None:
        return Cell("" if one == other else "–", "")
    value = pair.layers[layer].all.f1
    shade = "" if value is None else next(name for least, name in _SHADES if value >= least)
    return Cell(decimals(value), shade)


def _bar(value: float | None) -> str:
    """Return the class of a bar as long as a score."""
    step = 0 if value is None else round(20 * max(value, 0))
    return f"bar-{step}" if step else ""


def _style(pairs: int, kinds: Sequence[Kind]) -> str:
    css = f"{pages.source('report.css')}\n{pages.source('agreement.css')}"
    choices = "\n".join(
        f"body:has(#show-{number}:checked) :is(.pair, .of):not(.of-{number}) {{ display: none; }}"
        for number in range(1, pairs + 1)
    )
    names = [*(("group", each) for each in GROUPS), *(("kind", _name(each)) for each in kinds)]
    filters = "\n".join(
        f"body:has(#{what}-{each}:not(:checked)) .spot.{what}-{each} {{ display: none; }}"
        for what, each in names
    )
    return f"{css}\n{colour_rules()}\n{choices}\n{filters}\n"


def _name(kind: Kind) -> str:
    return kind.replace("+", "-")
