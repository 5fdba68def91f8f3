"""One-to-one pairings of the spans of two sides, as good as can be.

A span is any tuple that begins with its start and end, half-open, in code points; what follows,
such as a label, must be hashable and comparable. Spans may nest, cross and repeat. Two overlap if
they share a code point: those that only touch do not. An empty span meets only its equals.

Which spans are paired depends on the spans alone, not on their order. If the sides change
places, the same spans are paired, as long as what makes a pair good is the same both ways and
no span fits another better than its equal.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from fractions import Fraction
from heapq import heappop, heappush
from math import lcm
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, cast

from vinee.corpus import assignment

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

Span: TypeAlias = tuple[int, int, *tuple[Any, ...]]
Edge: TypeAlias = tuple[int, int, Fraction | int]
G = TypeVar("G", bound=Span)
P = TypeVar("P", bound=Span)
S = TypeVar("S", bound=Span)


def overlapping(gold: Iterable[G], predicted: Iterable[P]) -> list[tuple[G, P]]:
    """Pair as many spans that overlap as can be, in ascending order.

    The span that ends first, on either side, is paired with the one that ends first of those on
    the other side that overlap it; then the next of what is left. Of spans that end together
    the first in ascending order is taken. Nothing is lost by it: of two spans that overlap the
    first to end, the later ending one overlaps all else that the other does. It takes
    O(n log n), however deep spans nest.
    """
    sides: tuple[list[Any], list[Any]] = sorted(gold), sorted(predicted)
    pairs: list[tuple[G, P]]
    pairs = equal_bounds(*([span for span in side if _empty(span)] for side in sides))
    waiting: tuple[list[tuple[int, int, int]], ...] = [], []  # begun, the first to end on top
    begun = [0, 0]
    gone = tuple(bytearray(len(spans)) for spans in sides)
    for end, _, side, number in sorted(
        (span[1], span[0], side, number)
        for side, spans in enumerate(sides)
        for number, span in enumerate(spans)
        if not _empty(span)
    ):
        if gone[side][number]:
            continue
        gone[side][number] = True
        other = 1 - side
        spans, queue = sides[other], waiting[other]
        while begun[other] < len(spans) and spans[begun[other]][0] < end:
            entering = spans[begun[other]]
            if not _empty(entering):
                heappush(queue, (entering[1], entering[0], begun[other]))
            begun[other] += 1
        while queue and gone[other][queue[0][2]]:
            heappop(queue)
        if queue:
            at = heappop(queue)[2]
            gone[other][at] = True
            left, right = (at, number) if side else (number, at)
            pairs.append((sides[0][left], sides[1][right]))
    return sorted(pairs)


def overlapping_alike(gold: Iterable[G], predicted: Iterable[P]) -> list[tuple[G, P]]:
    """Pair as many spans that overlap and are alike as can be, in ascending order.

    They are alike if all that follows their boundaries is equal. Those that are alike are paired
    among themselves as `overlapping` does.
    """
    given = _groups(predicted, lambda span: span[2:])
    return sorted(
        pair
        for rest, spans in _groups(gold, lambda span: span[2:]).items()
        for pair in overlapping(spans, given.get(rest, ()))
    )


def equal_bounds(gold: Iterable[G], predicted: Iterable[P]) -> list[tuple[G, P]]:
    """Pair as many spans with equal boundaries as can be, in ascending order.

    Of those at one place the ones that are alike are paired first, then the others in ascending
    order.
    """
    given = _groups(predicted, lambda span: span[:2])
    pairs: list[tuple[G, P]] = []
    for place, spans in _groups(gold, lambda span: span[:2]).items():
        if place not in given:
            continue
        there = given[place]
        if len(spans) == len(there) == 1:
            pairs.append((spans[0], there[0]))
            continue
        left = Counter(there)
        others = []
        for span in sorted(spans):
            equal = cast("P", span)
            if left[equal]:
                left[equal] -= 1
                pairs.append((span, equal))
            else:
                others.append(span)
        pairs += zip(others, sorted(left.elements()), strict=False)
    return sorted(pairs)


def heaviest(
    gold: Iterable[G], predicted: Iterable[P], weight: Callable[[G, P], Fraction | int]
) -> list[tuple[G, P]]:
    """Pair spans so that the weights of the pairs have the greatest total, in ascending order.

    Of several such pairings that is taken which has the most pairs with equal boundaries, then
    the most that are alike behind them, then the least sum of squared distances of starts and
    of ends. Where even these are the same, the ascending order of the spans fixes the choice.

    Spans that meet, each with those that meet it and so on, are assigned together: exactly, and
    fast as long as few hang together so.

    Args:
        gold: Spans of one side.
        predicted: Spans of the other.
        weight: Of two spans that overlap or have equal boundaries; 0 or less if they cannot be
            paired.
    """
    golds, predictions = sorted(gold), sorted(predicted)
    edges = (
        (left, right, weight(golds[left], predictions[right]))
        for left, right in _meeting(golds, predictions)
    )
    pairs: list[tuple[G, P]] = []
    for component in _components(edge for edge in edges if edge[2] > 0):
        if len(component) == 1:
            ((left, right, _),) = component
            pairs.append((golds[left], predictions[right]))
        else:
            pairs += _assigned(golds, predictions, component)
    return sorted(pairs)


def _empty(span: Span) -> bool:
    return span[0] >= span[1]


def _groups(spans: Iterable[S], key: Callable[[S], Hashable]) -> dict[Hashable, list[S]]:
    found: defaultdict[Hashable, list[S]] = defaultdict(list)
    for span in spans:
        found[key(span)].append(span)
    return found


def _meeting(golds: Sequence[Span], predictions: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Find the numbers of all that overlap or are empty and equal, both sides ascending."""
    sides = golds, predictions
    open_: list[list[int]] = [[], []]
    empty: list[defaultdict[tuple[int, int], list[int]]] = [defaultdict(list), defaultdict(list)]
    starts = sorted(
        (span[0], side, number) for side in (0, 1) for number, span in enumerate(sides[side])
    )
    for start, side, number in starts:
        other, span = 1 - side, sides[side][number]
        if _empty(span):
            empty[side][span[0], span[1]].append(number)
            continue
        open_[other] = [each for each in open_[other] if sides[other][each][1] > start]
        for each in open_[other]:
            yield (each, number) if side else (number, each)
        open_[side].append(number)
    for place, numbers in empty[0].items():
        yield from ((left, right) for left in numbers for right in empty[1].get(place, ()))


def _components(edges: Iterable[Edge]) -> Iterator[list[Edge]]:
    """Part edges into groups that share no span, each ascending."""
    of_gold: defaultdict[int, list[Edge]] = defaultdict(list)
    of_predicted: defaultdict[int, list[Edge]] = defaultdict(list)
    for edge in edges:
        of_gold[edge[0]].append(edge)
        of_predicted[edge[1]].append(edge)
    reached: set[int] = set()
    for first in of_gold:
        if first in reached:
            continue
        reached.add(first)
        pending, found = [first], []
        while pending:
            for edge in of_gold[pending.pop()]:
                found.append(edge)
                for left, _, _ in of_predicted.pop(edge[1], ()):
                    if left not in reached:
                        reached.add(left)
                        pending.append(left)
        yield sorted(found)


def _assigned(
    golds: Sequence[G], predictions: Sequence[P], edges: Sequence[Edge]
) -> list[tuple[G, P]]:
    """Pair the spans of one component."""
    whole = lcm(*(Fraction(weight).denominator for _, _, weight in edges))
    lefts = sorted({left for left, _, _ in edges})
    rights = sorted({right for _, right, _ in edges})
    more = 1 + min(len(lefts), len(rights))  # than there are pairs
    far = [_distance(golds[left], predictions[right]) for left, right, _ in edges]
    farther = 1 + (more - 1) * max(far)
    ranked = []
    for (left, right, weight), distance in zip(edges, far, strict=True):
        one, two = golds[left], predictions[right]
        alike = (one[:2] == two[:2]) * more + (one[2:] == two[2:])
        worth = (int(weight * whole) * more**2 + alike) * farther - distance
        ranked.append((left, right, worth))
    # The assignment sees the sides in an order of their own, so that exchanging them changes
    # nothing. If they are equal, each span is paired with its equal, and there is no choice.
    if [*map(predictions.__getitem__, rights)] < cast("list[P]", [*map(golds.__getitem__, lefts)]):
        turned = sorted((right, left, worth) for left, right, worth in ranked)
        return [(golds[left], predictions[right]) for right, left in assignment.best(turned)]
    return [(golds[left], predictions[right]) for left, right in assignment.best(ranked)]


def _distance(one: Span, two: Span) -> int:
    return (one[0] - two[0]) ** 2 + (one[1] - two[1]) ** 2
