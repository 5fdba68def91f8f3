"""Which types were taken for which."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vinee.metrics.diagnostics.cases import Case


@dataclass(frozen=True, slots=True)
class TypeConfusion:
    """How often a gold label met a predicted label.

    The items of a gold label are those that it has in `equal`, in `overlapping` and in `missed`,
    those of a predicted label in `equal`, in `overlapping` and in `spurious`: each item is
    counted once.

    Attributes:
        equal: (gold label, predicted label) of pairs whose spans are equal.
        overlapping: The same of pairs whose spans overlap, but are not equal.
        missed: Labels of gold items without a partner.
        spurious: Labels of predicted items without a partner.
    """

    equal: Mapping[tuple[str, str], int]
    overlapping: Mapping[tuple[str, str], int]
    missed: Mapping[str, int]
    spurious: Mapping[str, int]

    @property
    def labels(self) -> tuple[str, ...]:
        """All labels that occur, ascending."""
        paired = {label for pair in (*self.equal, *self.overlapping) for label in pair}
        return tuple(sorted({*paired, *self.missed, *self.spurious}))

    @property
    def gold(self) -> Mapping[str, int]:
        """How many gold items have a label."""
        return self._sides(0, self.missed)

    @property
    def predicted(self) -> Mapping[str, int]:
        """How many predicted items have a label."""
        return self._sides(1, self.spurious)

    def to_json(self) -> dict[str, Any]:
        """Return plain lists and dicts."""
        return {
            "equal": _listed(self.equal),
            "overlapping": _listed(self.overlapping),
            "missed": dict(self.missed),
            "spurious": dict(self.spurious),
        }

    def _sides(self, side: int, alone: Mapping[str, int]) -> Mapping[str, int]:
        totals = Counter(alone)
        for table in (self.equal, self.overlapping):
            for pair, number in table.items():
                totals[pair[side]] += number
        return dict(sorted(totals.items()))


def confused(cases: Iterable[Case]) -> TypeConfusion:
    """Count labels in what became of items."""
    equal: Counter[tuple[str, str]] = Counter()
    overlapping: Counter[tuple[str, str]] = Counter()
    missed: Counter[str] = Counter()
    spurious: Counter[str] = Counter()
    for case in cases:
        if case.gold is not None and case.predicted is not None:
            table = equal if case.outcome in ("correct", "type") else overlapping
            table[case.gold.label, case.predicted.label] += 1
        elif case.gold is not None:
            missed[case.gold.label] += 1
        elif case.predicted is not None:
            spurious[case.predicted.label] += 1
    return TypeConfusion(
        equal=dict(sorted(equal.items())),
        overlapping=dict(sorted(overlapping.items())),
        missed=dict(sorted(missed.items())),
        spurious=dict(sorted(spurious.items())),
    )


def _listed(table: Mapping[tuple[str, str], int]) -> list[dict[str, Any]]:
    return [
        {"gold": gold, "predicted": predicted, "items": number}
        for (gold, predicted), number in table.items()
    ]
