"""Agreement as text."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, get_args

from vinee.bench.agreement.layers import is_shown
from vinee.bench.agreement.shape import Kind
from vinee.bench.leaderboard import decimals
from vinee.bench.tables import aligned
from vinee.errors import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sized

    from vinee.bench.agreement.shape import (
        Agreement,
        Items,
        Overall,
        Pairwise,
        Pooled,
        Side,
        Spot,
    )

KINDS: tuple[Kind, ...] = get_args(Kind)
_NOTHING = "nothing"


def plain(measured: Agreement) -> str:
    """Give tables: all annotators together, each pair, and how many spots there are."""
    guidelines = {each.name: each.guidelines for each in measured.annotators}
    lines = [*_overall(measured.overall), ""]
    for pair in measured.pairs:
        lines += [*_pair(pair, guidelines), ""]
    return "\n".join([*lines, *kinds(measured)])


def kinds(measured: Agreement) -> Iterator[str]:
    """Give the number of spots of each kind, by pair."""
    counted = [
        (pair.annotators, Counter(spot.kind for spot in pair.spots if is_shown(spot.layers)))
        for pair in measured.pairs
    ]
    used = [kind for kind in KINDS if any(counts[kind] for _, counts in counted)]
    rows = [("spots of disagreement", *used, "all")]
    for (first, second), counts in counted:
        numbers = (str(counts[kind]) for kind in used)
        rows.append((f"{_name(first)} and {_name(second)}", *numbers, str(counts.total())))
    yield from aligned(rows)


def spots(measured: Agreement, most: int | None = None) -> Iterator[str]:
    """List the spots, pair by pair, a line each; at most so many of a pair, and how many more."""
    for pair in measured.pairs:
        shown = [spot for spot in pair.spots if is_shown(spot.layers)]
        for spot in shown[:most]:
            yield _spot(spot, pair.annotators)
        if most is not None and len(shown) > most:
            first, second = map(_name, pair.annotators)
            yield f"… and {len(shown) - most} more of {first} and {second}; --spots lists them"


def _name(name: str) -> str:
    return printable(name)


def _spot(spot: Spot, annotators: tuple[str, str]) -> str:
    sides = zip(annotators, (spot.first, spot.second), strict=True)
    said = "; ".join(f"{_name(name)}: {_side(side)}" for name, side in sides)
    about = f" of {spot.about.said} “{_short(spot.about)}”" if spot.about else ""
    return f"{printable(spot.doc_id)}: {spot.item}{about}, {_differs(spot)}: {said}"


def _differs(spot: Spot) -> str:
    return spot.layers[0] if spot.kind in ("attribute", "link", "chain") else spot.kind


def _side(side: Side | None) -> str:
    if side is None:
        return _NOTHING
    return f"[{side.start}, {side.end}) “{_short(side)}” {printable(side.said)}"


def _short(side: Side) -> str:
    return printable(" ".join(side.text.split()))


def _overall(found: Overall) -> Iterator[str]:
    pairs = "1 pair" if found.pairs == 1 else f"{found.pairs} pairs"
    yield f"{found.annotators} annotators, {pairs}"
    for one, other in found.apart:
        yield f"{_name(one)} and {_name(other)} share no article"
    yield ""
    if found.pairs > 1:
        yield from _pooled(found)
        yield ""
    rows = [("attributes", "alpha", "accuracy", "mean kappa", "agreed", "pairs of items")]
    rows += [
        (
            name,
            decimals(each.reliability.alpha),
            decimals(each.accuracy),
            decimals(each.kappa),
            str(each.agreed),
            str(each.items),
        )
        for name, each in found.attributes.items()
    ]
    yield from aligned(rows)
    yield ""
    yield from aligned(
        [
            ("types of syllables", "alpha", "syllables"),
            *(
                (f"{name} names", decimals(each.alpha), str(each.units))
                for name, each in found.syllables.items()
            ),
        ]
    )


def _pooled(found: Overall) -> Iterator[str]:
    rows = [("items", "pooled F1", "mean F1", "both", "given")]
    for name, layer in found.layers.items():
        rows.append((name, *_over_pairs(layer.all)))
        if _has_labels(name, layer.labels):
            rows += [(f"  {label}", *_over_pairs(each)) for label, each in layer.labels.items()]
    yield from aligned(rows)
    yield ""
    yield from aligned(
        [
            ("chains", "mean F1"),
            *((name, decimals(each.mean)) for name, each in found.chains.items()),
        ]
    )


def _pair(pair: Pairwise, guidelines: dict[str, str | None]) -> Iterator[str]:
    first, second = map(_name, pair.annotators)
    number = "1 article" if len(pair.documents) == 1 else f"{len(pair.documents)} articles"
    yield f"{first} and {second}, {_guidelines(pair.annotators, guidelines)}, {number}"
    yield ""
    rows = [("items", "F1", "both", first, second)]
    for name, layer in pair.layers.items():
        rows.append((name, *_items(layer.all)))
        if _has_labels(name, layer.labels):
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


def _guidelines(pair: tuple[str, str], guidelines: dict[str, str | None]) -> str:
    followed = [guidelines.get(name) or "unknown" for name in pair]
    if followed[0] == followed[1]:
        return f"guidelines {printable(followed[0])}"
    return f"guidelines {printable(followed[0])} and {printable(followed[1])}"


def _has_labels(layer: str, labels: Sized) -> bool:
    return not layer.startswith("events.A") and len(labels) > 1


def _items(found: Items) -> tuple[str, str, str, str]:
    return decimals(found.f1), str(found.both), str(found.first), str(found.second)


def _over_pairs(found: Pooled) -> tuple[str, str, str, str]:
    return decimals(found.f1), decimals(found.mean), str(found.both), str(found.given)
