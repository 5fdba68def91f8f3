"""Pairings against all pairings there are, and the laws that make them a benchmark's."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vinee.metrics.matching import equal_bounds, heaviest, overlapping, overlapping_alike

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Weight: TypeAlias = Callable[["Typed", "Typed"], Fraction | int]

Typed: TypeAlias = tuple[int, int, str]
Pairs: TypeAlias = list[tuple[Typed, Typed]]

# Few places, so that nesting, crossing, repeats and ties all happen; some spans are empty.
typed = st.builds(
    lambda start, width, label: (start, start + width, label),
    st.integers(0, 8),
    st.integers(0, 6),
    st.sampled_from("AB"),
)
sides = st.lists(typed, max_size=5)
small = settings(max_examples=50, derandomize=True)


def meet(one: Typed, other: Typed) -> bool:
    return max(one[0], other[0]) < min(one[1], other[1]) or one[:2] == other[:2]


def anything(_: Typed, __: Typed) -> int:
    return 1


def half(one: Typed, other: Typed) -> Fraction:
    return Fraction(1) if one[:2] == other[:2] else Fraction(1, 2)


def shared(one: Typed, other: Typed) -> int:
    return min(one[1], other[1]) - max(one[0], other[0])


def alike(one: Typed, other: Typed) -> int:
    return int(one[2] == other[2])


def all_pairings(gold: list[Typed], predicted: list[Typed]) -> Iterator[Pairs]:
    """Give every one-to-one pairing of spans that meet, those that leave pairs out too."""
    if not gold:
        yield []
        return
    yield from all_pairings(gold[1:], predicted)
    for at, other in enumerate(predicted):
        if meet(gold[0], other):
            for rest in all_pairings(gold[1:], predicted[:at] + predicted[at + 1 :]):
                yield [(gold[0], other), *rest]


def order_of_preference(pairs: Pairs, weight: Weight) -> tuple[Fraction | int, ...]:
    return (
        sum(weight(*pair) for pair in pairs),
        sum(one[:2] == other[:2] for one, other in pairs),
        sum(one[2] == other[2] for one, other in pairs),
        -sum((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 for one, other in pairs),
    )


def exchanged(pairs: Pairs) -> Pairs:
    return sorted((other, one) for one, other in pairs)


def test_spans_that_only_touch_do_not_overlap() -> None:
    assert overlapping([(0, 5)], [(5, 8)]) == []
    assert overlapping([(0, 6)], [(5, 8)]) == [((0, 6), (5, 8))]


def test_one_long_span_is_paired_once() -> None:
    assert overlapping([(0, 3), (4, 9)], [(0, 9)]) == [((0, 3), (0, 9))]


def test_a_span_leaves_room_for_those_that_need_it() -> None:
    # (0, 9) could take any of the three, and must leave the other two to those that need them.
    assert overlapping([(0, 9), (1, 2), (4, 5)], [(1, 2), (4, 5), (7, 8)]) == [
        ((0, 9), (7, 8)),
        ((1, 2), (1, 2)),
        ((4, 5), (4, 5)),
    ]


def test_a_long_span_that_starts_far_before_is_seen() -> None:
    assert overlapping([(90, 95)], [(0, 100), (80, 81), (82, 83)]) == [((90, 95), (0, 100))]


def test_an_empty_span_meets_only_its_equal() -> None:
    assert overlapping([(3, 3)], [(0, 9), (3, 3)]) == [((3, 3), (3, 3))]
    assert heaviest([(3, 3)], [(0, 9)], lambda _, __: 1) == []


def test_equal_items_given_twice_are_paired_twice() -> None:
    assert len(overlapping([(0, 3)] * 3, [(0, 3)] * 2)) == 2
    assert len(equal_bounds([(0, 3)] * 3, [(0, 3)] * 2)) == 2
    assert len(heaviest([(0, 3)] * 3, [(0, 3)] * 2, lambda _, __: 1)) == 2


def test_only_spans_that_are_alike_are_paired() -> None:
    gold = [(0, 3, "A"), (0, 3, "B")]

    assert overlapping_alike(gold, [(2, 5, "B")]) == [((0, 3, "B"), (2, 5, "B"))]


def test_of_one_place_equal_labels_are_paired_first() -> None:
    gold = [(0, 3, "A"), (0, 3, "B")]

    assert equal_bounds(gold, [(0, 3, "B"), (0, 3, "C")]) == [
        ((0, 3, "A"), (0, 3, "C")),
        ((0, 3, "B"), (0, 3, "B")),
    ]


def test_two_light_pairs_outweigh_a_heavier_one() -> None:
    weights = {(0, 0): 3, (0, 4): 2, (2, 0): 2}
    gold, predicted = [(0, 6), (2, 3)], [(0, 5), (4, 9)]

    assert heaviest(gold, predicted, lambda one, two: weights.get((one[0], two[0]), 0)) == [
        ((0, 6), (4, 9)),
        ((2, 3), (0, 5)),
    ]


def test_of_equal_totals_equal_boundaries_then_labels_then_nearness_decide() -> None:
    wanted = [(0, 10, "A")]
    near, far = (1, 10, "B"), (5, 10, "B")

    assert heaviest(wanted, [far, near], anything) == [(wanted[0], near)]
    assert heaviest(wanted, [near, (5, 10, "A")], anything) == [(wanted[0], (5, 10, "A"))]
    assert heaviest(wanted, [(5, 10, "A"), (0, 10, "B")], anything) == [(wanted[0], (0, 10, "B"))]


def test_fractions_are_not_rounded() -> None:
    third = Fraction(1, 3)
    weights = {0: third, 1: third + Fraction(1, 10**30)}

    ((_, chosen),) = heaviest([(0, 9)], [(0, 5), (1, 9)], lambda _, two: weights[two[0]])

    assert chosen == (1, 9)


@small
@given(gold=sides, predicted=sides)
def test_as_many_overlap_as_in_the_best_of_all_pairings(
    gold: list[Typed], predicted: list[Typed]
) -> None:
    found = overlapping(gold, predicted)

    assert all(meet(*pair) for pair in found)
    assert len(found) == max(map(len, all_pairings(gold, predicted)))


@small
@given(gold=sides, predicted=sides)
def test_as_many_are_alike_as_in_the_best_of_all_pairings(
    gold: list[Typed], predicted: list[Typed]
) -> None:
    best = max(sum(alike(*pair) for pair in each) for each in all_pairings(gold, predicted))

    assert sum(alike(*pair) for pair in overlapping_alike(gold, predicted)) == best


@small
@pytest.mark.parametrize("weight", [anything, half, shared, alike])
@given(gold=sides, predicted=sides)
def test_the_heaviest_pairing_is_the_first_by_order_of_preference(
    weight: Weight, gold: list[Typed], predicted: list[Typed]
) -> None:
    possible = (
        [pair for pair in each if weight(*pair) > 0] for each in all_pairings(gold, predicted)
    )
    best = max(order_of_preference(each, weight) for each in possible)

    assert order_of_preference(heaviest(gold, predicted, weight), weight) == best


@small
@pytest.mark.parametrize("weight", [anything, half, shared, alike])
@given(gold=sides, predicted=sides, data=st.data())
def test_order_and_side_decide_nothing(
    weight: Weight, gold: list[Typed], predicted: list[Typed], data: st.DataObject
) -> None:
    mixed = data.draw(st.permutations(gold)), data.draw(st.permutations(predicted))

    for pairing in (
        overlapping,
        overlapping_alike,
        equal_bounds,
        lambda one, two: heaviest(one, two, weight),
    ):
        found = pairing(gold, predicted)
        assert pairing(*mixed) == found
        assert exchanged(pairing(predicted, gold)) == found


@small
@given(gold=sides)
def test_each_is_paired_with_its_equal_where_both_sides_are_the_same(gold: list[Typed]) -> None:
    equal = sorted((each, each) for each in gold)

    assert equal_bounds(gold, gold) == overlapping_alike(gold, gold) == equal
    assert heaviest(gold, gold, anything) == equal


@pytest.mark.parametrize("weight", [anything, half])
def test_the_sides_of_larger_tangles_may_be_exchanged(weight: Weight) -> None:
    random = Random(7)  # noqa: S311 - test data, no secret
    for _ in range(30):
        gold, predicted = (
            [
                (start, start + random.randint(1, 30), "A")
                for start in random.choices(range(40), k=15)
            ]
            for _ in range(2)
        )
        found = heaviest(gold, predicted, weight)

        assert exchanged(heaviest(predicted, gold, weight)) == found
        assert len(overlapping(gold, predicted)) == len(heaviest(gold, predicted, anything))


def test_twenty_thousand_spans_in_each_other_are_paired_without_looking_at_all_pairs() -> None:
    depth = 20_000
    gold = [(at, 4 * depth - at) for at in range(depth)]
    predicted = [(at + 1, 4 * depth - at) for at in range(depth)]

    assert len(overlapping(gold, predicted)) == depth
