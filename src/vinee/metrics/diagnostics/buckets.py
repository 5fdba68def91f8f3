"""Precision and recall by an attribute of the items."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from vinee.metrics.diagnostics.attributes import Side

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vinee.metrics.diagnostics.attributes import Attribute
    from vinee.metrics.diagnostics.cases import Case, Compared
    from vinee.metrics.diagnostics.kinds import Kind


@dataclass(frozen=True, slots=True)
class Bucket:
    """The items that have one value of an attribute.

    A correct item has a value on both sides, and they may differ, as levels do: `found` counts it
    where gold has it, and `right` where the prediction does.

    Attributes:
        name: The value.
        gold: Gold items.
        found: Those of them that are correct.
        predicted: Predicted items; None where only gold has the attribute.
        right: Those of them that are correct; None where only gold has the attribute.
    """

    name: str
    gold: int
    found: int
    predicted: int | None = None
    right: int | None = None

    @property
    def recall(self) -> Fraction | None:
        """Found of the gold items; 0 without any if items were predicted, None if not even that."""
        if not (self.gold or self.predicted):
            return None
        return Fraction(self.found, self.gold or 1)

    @property
    def precision(self) -> Fraction | None:
        """Right of the predicted items; 0 without any if there are gold ones.

        None if there are none, or only gold has the attribute.
        """
        if self.predicted is None or self.right is None or not (self.gold or self.predicted):
            return None
        return Fraction(self.right, self.predicted or 1)

    @property
    def f1(self) -> Fraction | None:
        """The harmonic mean of precision and recall; None if one of them is."""
        precision, recall = self.precision, self.recall
        if precision is None or recall is None:
            return None
        return 2 * precision * recall / ((precision + recall) or 1)

    def to_json(self) -> dict[str, Any]:
        """Return plain numbers; scores are the doubles nearest to the exact ones."""
        scores = {"recall": self.recall, "precision": self.precision, "f1": self.f1}
        return {
            "name": self.name,
            "gold": self.gold,
            "found": self.found,
            "predicted": self.predicted,
            "right": self.right,
            **{name: None if value is None else float(value) for name, value in scores.items()},
        }


@dataclass(frozen=True, slots=True)
class Buckets:
    """A partition of the items by an attribute.

    Attributes:
        attribute: Its name.
        about: What it is.
        gold_only: Whether predicted items do not have it.
        buckets: The values that occur.
    """

    attribute: str
    about: str
    gold_only: bool
    buckets: tuple[Bucket, ...]

    def to_json(self) -> dict[str, Any]:
        """Return plain dicts and lists."""
        return {
            "attribute": self.attribute,
            "about": self.about,
            "gold_only": self.gold_only,
            "buckets": [each.to_json() for each in self.buckets],
        }


def bucketed(kind: Kind, compared: Sequence[Compared], attribute: Attribute) -> Buckets:
    """Count items by the values of an attribute.

    Each side's items have values of their own, and each item has one: recall is told by the
    values of the gold items, precision by those of the predicted ones. So the sums over the
    buckets are all gold, all predicted and, on either side, all correct items.

    Args:
        kind: What found the items.
        compared: Documents with what became of their items.
        attribute: What to divide by.
    """
    numbers: Counter[tuple[str, str]] = Counter()
    for each in compared:
        for (all_, correct), side, cases in _sides(kind, each, gold_only=attribute.gold_only):
            for case, value in zip(cases, attribute.values(side), strict=True):
                numbers[value, all_] += 1
                numbers[value, correct] += case.outcome == "correct"
    found = {value for value, _ in numbers}
    known = [value for value in attribute.order if value in found]
    names = [*known, *sorted(found.difference(known))]
    return Buckets(
        attribute.name,
        attribute.about,
        attribute.gold_only,
        tuple(
            Bucket(name, numbers[name, "gold"], numbers[name, "found"])
            if attribute.gold_only
            else Bucket(name, *(numbers[name, each] for each in (*_OF_GOLD, *_OF_PREDICTED)))
            for name in names
        ),
    )


_OF_GOLD, _OF_PREDICTED = ("gold", "found"), ("predicted", "right")


def _sides(
    kind: Kind, compared: Compared, *, gold_only: bool
) -> Iterator[tuple[tuple[str, str], Side, list[Case]]]:
    gold, predicted, cases = compared
    wanted = [(case.gold, case) for case in cases if case.gold is not None]
    items = tuple(item for item, _ in wanted)
    yield _OF_GOLD, Side(kind, gold, gold, predicted, items), [case for _, case in wanted]
    if not gold_only:
        given = [(case.predicted, case) for case in cases if case.predicted is not None]
        items = tuple(item for item, _ in given)
        side = Side(kind, gold, predicted, gold, items)
        yield _OF_PREDICTED, side, [case for _, case in given]
