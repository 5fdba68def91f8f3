"""How many items of each layer fell into each class."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from vinee.bench.report.judging import CLASSES, LAYERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vinee.bench.report.judging import Class, Judged, Layer


class ClassTally:
    """Counts by layer and class; a pair is one."""

    def __init__(self, judged: Iterable[Judged] = ()) -> None:
        self._cells: Counter[tuple[Layer, Class]] = Counter(
            (each.layer, each.outcome) for each in judged
        )

    def __add__(self, other: ClassTally) -> ClassTally:
        both = ClassTally()
        both._cells = self._cells + other._cells
        return both

    def cell(self, layer: Layer, outcome: Class) -> int:
        """Count one class of one layer."""
        return self._cells[layer, outcome]

    def of_class(self, outcome: Class) -> int:
        """Count a class over all layers."""
        return sum(self._cells[layer, outcome] for layer in LAYERS)

    def of_layer(self, layer: Layer) -> int:
        """Count a layer over all classes."""
        return sum(self._cells[layer, outcome] for outcome in CLASSES)
