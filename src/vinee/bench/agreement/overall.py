"""Agreement of all annotators: over all pairs, and by α over all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vinee.bench.agreement import reliability
from vinee.bench.agreement.shape import (
    Overall,
    OverallAttribute,
    OverallChains,
    OverallItems,
    Pooled,
)
from vinee.metrics.scores import f1

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vinee.bench.agreement.attributes import Values
    from vinee.bench.agreement.shape import Items, Pairwise
    from vinee.model import Document


def overall(
    passes: Mapping[str, Sequence[Document]],
    values: Mapping[str, Mapping[str, Values]],
    pairs: Sequence[Pairwise],
    apart: Sequence[tuple[str, str]],
) -> Overall:
    """Put the pairs together.

    F1 is given twice: pooled (micro: the counts are summed over pairs, and then divided), and as
    the mean of the pairs. Cohen's kappa and chains are means of pairs; α needs no pairs.

    Args:
        passes: The documents of each annotator.
        values: The values that each gave, by attribute.
        pairs: What was measured of each pair that shares an article, one at least.
        apart: The pairs that share none.
    """
    return Overall(
        len(passes),
        len(pairs),
        tuple(apart),
        {
            name: OverallItems(
                layer.metric,
                _pooled([pair.layers[name].all for pair in pairs]),
                {label: _pooled(_of_label(pairs, name, label)) for label in _labels(pairs, name)},
            )
            for name, layer in pairs[0].layers.items()
        },
        {
            name: OverallChains(*_mean([pair.chains[name].f1 for pair in pairs]))
            for name in pairs[0].chains
        },
        {
            name: _attribute([given[name] for given in values.values()], name, pairs)
            for name in pairs[0].attributes
        },
        {
            "outermost": reliability.of_syllables(passes, "outermost"),
            "innermost": reliability.of_syllables(passes, "innermost"),
        },
    )


def _labels(pairs: Sequence[Pairwise], layer: str) -> list[str]:
    return sorted({label for pair in pairs for label in pair.layers[layer].labels})


def _of_label(pairs: Sequence[Pairwise], layer: str, label: str) -> list[Items]:
    found = (pair.layers[layer].labels.get(label) for pair in pairs)
    return [items for items in found if items is not None]


def _pooled(pairs: Sequence[Items]) -> Pooled:
    both = sum(items.both for items in pairs)
    given = sum(items.first + items.second for items in pairs)
    value = float(f1(np.array((both, given, 0)))) if given else None
    mean, defined = _mean([items.f1 for items in pairs])
    return Pooled(value, mean, both, given, defined)


def _mean(values: Sequence[float | None]) -> tuple[float | None, int]:
    defined = [value for value in values if value is not None]
    return (sum(defined) / len(defined) if defined else None), len(defined)


def _attribute(values: Sequence[Values], name: str, pairs: Sequence[Pairwise]) -> OverallAttribute:
    found = [pair.attributes[name] for pair in pairs]
    items, agreed = (sum(getattr(each, part) for each in found) for part in ("items", "agreed"))
    return OverallAttribute(
        reliability.of_values(values),
        items,
        agreed,
        agreed / items if items else None,
        _mean([each.kappa for each in found])[0],
    )
