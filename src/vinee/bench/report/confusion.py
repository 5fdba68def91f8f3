"""Which labels were taken for which, as a matrix with accessible heads or as a list."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vinee.bench.report.judging import Judged, Layer

NONE = "(none)"
_WIDEST = 16  # labels that a matrix has columns for
_LONGEST_LIST = 40
_SHADES = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """How often a gold label met a predicted one.

    Attributes:
        equal: Pairs whose spans are equal, or items alone.
        overlapping: Pairs whose spans overlap only.
        shade: From 0 for nothing to 5 for the most of the row.
        right: Whether both labels are the same.
    """

    equal: int
    overlapping: int
    shade: int
    right: bool


@dataclass(frozen=True, slots=True)
class Confusion:
    """The labels of a layer, gold against predicted; each item is counted once.

    Attributes:
        layer: The layer.
        columns: Heads of the columns; `NONE` is the last.
        rows: Heads with their cells; `NONE` is the last.
        listed: Instead of a matrix that would be too wide: gold, predicted, number of pairs.
        unlisted: How many further such lines there are.
        always_right: Labels that were never taken for anything else; they have no row.
    """

    layer: Layer
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    listed: tuple[tuple[str, str, int], ...]
    unlisted: int
    always_right: tuple[str, ...]


def confusion_of(layer: Layer, judged: Iterable[Judged]) -> Confusion | None:
    """Count which labels met; None if no item of the layer was scored."""
    equal: Counter[tuple[str | None, str | None]] = Counter()
    overlapping: Counter[tuple[str | None, str | None]] = Counter()
    for each in judged:
        if each.layer == layer and each.outcome != "unscored":
            labels = tuple(None if i is None else i.label for i in (each.gold, each.predicted))
            table = overlapping if each.outcome in ("boundary", "both") else equal
            table[labels[0], labels[1]] += 1
    if not equal and not overlapping:
        return None
    pairs = equal + overlapping
    wrong = {label for pair in pairs if pair[0] != pair[1] for label in pair if label is not None}
    every = {label for pair in pairs for label in pair if label is not None}
    ordered = sorted(wrong)
    right = tuple(sorted(every - wrong))
    if len(ordered) > _WIDEST:
        listed = sorted(
            ((one or NONE, other or NONE, n) for (one, other), n in pairs.items() if one != other),
            key=lambda row: (NONE in row[:2], -row[2], row),
        )
        shown = tuple(listed[:_LONGEST_LIST])
        return Confusion(layer, (), (), shown, len(listed) - len(shown), right)
    heads: Sequence[str | None] = [*ordered, None] if ordered else []
    return Confusion(
        layer,
        tuple(each or NONE for each in heads),
        tuple((gold or NONE, tuple(_cells(gold, heads, equal, overlapping))) for gold in heads),
        (),
        0,
        right,
    )


def _cells(
    gold: str | None,
    heads: Sequence[str | None],
    equal: Counter[tuple[str | None, str | None]],
    overlapping: Counter[tuple[str | None, str | None]],
) -> Iterable[Cell]:
    most = max(equal[gold, each] + overlapping[gold, each] for each in heads) or 1
    for each in heads:
        one, other = equal[gold, each], overlapping[gold, each]
        shade = -(-_SHADES * (one + other) // most)
        yield Cell(one, other, shade, right=gold is not None and gold == each)
