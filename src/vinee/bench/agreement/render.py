"""Agreement as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee.bench.leaderboard import decimals
from vinee.bench.tables import aligned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vinee.bench.agreement.measure import Agreement, Items, Pairwise


def plain(measured: Agreement) -> str:
    """Give tables, pair by pair."""
    return "\n".join(line for pair in measured.pairs for line in _pair(pair, measured.guidelines))


def _pair(pair: Pairwise, guidelines: str) -> Iterator[str]:
    first, second = pair.annotators
    yield f"{first} and {second}, guidelines {guidelines}"
    yield ""
    rows = [("items", "F1", "both", first, second)]
    for name, layer in pair.layers.items():
        rows.append((name, *_items(layer.all)))
        if not name.startswith("events.A") and len(layer.labels) > 1:
            rows += [(f"  {label}", *_items(each)) for label, each in layer.labels.items()]
    yield from aligned(rows)
    yield ""
    yield from aligned(
        [("chains", "F1"), *((name, decimals(each.f1)) for name, each in pair.chains.items())]
    )
    yield ""
    yield from aligned(
        [
            ("attributes", "accuracy", "kappa", "agreed", "items"),
            *(
                (
                    name,
                    decimals(each.accuracy),
                    decimals(each.kappa),
                    str(each.agreed),
                    str(each.items),
                )
                for name, each in pair.attributes.items()
            ),
        ]
    )


def _items(found: Items) -> tuple[str, str, str, str]:
    return decimals(found.f1), str(found.both), str(found.first), str(found.second)
