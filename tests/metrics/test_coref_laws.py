"""Laws of the chain measures, and the definitions spelled out by brute force."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import combinations, permutations
from math import isnan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vinee.metrics.coref.measure import Measure, Part
from vinee.metrics.coref.measures import MEASURES
from vinee.metrics.coref.overlap import overlap
from vinee.metrics.coref.ratios import Ratios

Chains = list[set[int]]
BY_NAME = {measure.name: measure for measure in MEASURES}
law = settings(max_examples=200, deadline=None)


def chains_of(numbers: list[int | None]) -> Chains:
    """Put mention i into chain ``numbers[i]``; None leaves it out."""
    groups = {number: set[int]() for number in numbers if number is not None}
    for mention, number in enumerate(numbers):
        if number is not None:
            groups[number].add(mention)
    return list(groups.values())


# Up to 8 mentions, each in one of 5 chains or missed.
clusterings = st.lists(st.none() | st.integers(0, 4), max_size=8).map(chains_of)


def tally(measure: Measure, gold: Chains, predicted: Chains) -> tuple[Part, ...]:
    return measure.tally(overlap(gold, predicted))


@law
@given(gold=clusterings)
def test_chains_against_themselves_are_one_wherever_something_can_be_scored(gold: Chains) -> None:
    for measure in MEASURES:
        linked = any(len(chain) > 1 for chain in gold)
        defined = linked if measure.name == "MUC" else bool(gold)
        perfect = (1, 1, 1) if defined else (None, None, None)
        assert measure.score(tally(measure, gold, gold)) == perfect, measure.name


@law
@given(gold=clusterings, predicted=clusterings)
def test_precision_and_recall_change_places_when_the_sides_do(
    gold: Chains, predicted: Chains
) -> None:
    for measure in MEASURES:
        there = tally(measure, gold, predicted)
        back = tally(measure, predicted, gold)
        assert [(*part[2:], *part[:2]) for part in there] == list(back), measure.name


@law
@given(gold=clusterings, predicted=clusterings, data=st.data())
def test_order_of_chains_does_not_matter(
    gold: Chains, predicted: Chains, data: st.DataObject
) -> None:
    mixed = data.draw(st.permutations(gold)), data.draw(st.permutations(predicted))

    for measure in MEASURES:
        assert tally(measure, *mixed) == tally(measure, gold, predicted), measure.name


@law
@given(gold=clusterings, predicted=clusterings)
def test_scores_are_in_the_unit_interval(gold: Chains, predicted: Chains) -> None:
    for measure in MEASURES:
        for value in measure.score(tally(measure, gold, predicted)):
            assert value is None or 0 <= value <= 1, measure.name


@law
@given(corpus=st.lists(st.tuples(clusterings, clusterings), max_size=4))
def test_scores_of_the_table_are_the_exact_ones(corpus: list[tuple[Chains, Chains]]) -> None:
    documents = tuple(str(number) for number in range(len(corpus)))
    for measure in MEASURES:
        exact = tuple(tally(measure, *sides) for sides in corpus)
        ratios = Ratios("m", measure, documents, exact)
        assert ratios.table.shape == (len(corpus), len(measure.parts), 4)

        value = float(measure.f1(ratios.table.sum(axis=0)))

        expected = ratios.exact()["micro"].f1
        assert isnan(value) if expected is None else value == pytest.approx(float(expected))


def test_one_call_scores_many_resamples() -> None:
    measure = BY_NAME["CoNLL"]
    first = tally(measure, [{1, 2}, {3}], [{1, 2, 3}])
    second = tally(measure, [{1, 2}], [{1, 2}])
    table = Ratios("m", measure, ("a", "b"), (first, second)).table

    values = measure.f1(np.stack([table[0] * 2, table[0] + table[1], table[1] * 2]))

    assert values.tolist() == [
        pytest.approx(float(Ratios("m", measure, ("a", "b"), rows).exact()["micro"].f1 or 0))
        for rows in ((first, first), (first, second), (second, second))
    ]


def b3(chains: Chains, others: Chains) -> tuple[Fraction, int]:
    """Mention by mention, as Bagga and Baldwin write it."""
    total = Fraction(0)
    for chain in chains:
        for mention in chain:
            other = next((each for each in others if mention in each), set())
            total += Fraction(len(chain & other), len(chain))
    return total, sum(map(len, chains))


def muc(chains: Chains, others: Chains) -> tuple[Fraction, int]:
    """Fewest links that join the pieces of each chain again, by counting the pieces."""
    kept = 0
    for chain in chains:
        pieces = [chain & other for other in others if chain & other]
        pieces += [{mention} for mention in chain - set().union(*others)]
        kept += len(chain) - 1 - (len(pieces) - 1)
    return Fraction(kept), sum(len(chain) - 1 for chain in chains)


def links(chain: set[int]) -> set[frozenset[int]]:
    """Return the pairs of mentions; a singleton has one link, to itself."""
    if len(chain) == 1:
        return {frozenset(chain)}
    return {frozenset(each) for each in combinations(chain, 2)}


def lea(chains: Chains, others: Chains) -> tuple[Fraction, int]:
    """Moosavi and Strube 2016, over sets of links."""
    found = set().union(*map(links, others))
    total = sum(
        Fraction(len(chain) * len(links(chain) & found), len(links(chain))) for chain in chains
    )
    return Fraction(total), sum(map(len, chains))


def best_alignment(gold: Chains, predicted: Chains, similar: Callable[..., Fraction]) -> Fraction:
    """Try every one-to-one alignment."""
    fewer, more = sorted((gold, predicted), key=len)
    return max(
        sum((similar(a, b) for a, b in zip(fewer, chosen, strict=True)), Fraction(0))
        for chosen in permutations(more, len(fewer))
    )


def both(
    count: Callable[[Chains, Chains], tuple[Fraction, int]],
) -> Callable[..., Sequence[object]]:
    return lambda gold, predicted: [(*count(predicted, gold), *count(gold, predicted))]


def ceafm(gold: Chains, predicted: Chains) -> Sequence[object]:
    total = best_alignment(gold, predicted, lambda a, b: Fraction(len(a & b)))
    return [(total, sum(map(len, predicted)), total, sum(map(len, gold)))]


def ceafe(gold: Chains, predicted: Chains) -> Sequence[object]:
    total = best_alignment(gold, predicted, lambda a, b: Fraction(2 * len(a & b), len(a) + len(b)))
    return [(total, len(predicted), total, len(gold))]


def blanc(gold: Chains, predicted: Chains) -> Sequence[object]:
    """Over explicit sets of pairs."""
    rows = []
    for kind in (True, False):
        pairs = [
            {
                frozenset(each)
                for each in combinations(sorted(set().union(*side)), 2)
                if any(set(each) <= chain for chain in side) is kind
            }
            for side in (gold, predicted)
        ]
        common = len(pairs[0] & pairs[1])
        rows.append((common, len(pairs[1]), common, len(pairs[0])))
    return rows


ORACLES = {
    "MUC": both(muc),
    "B3": both(b3),
    "LEA": both(lea),
    "CEAFm": ceafm,
    "CEAFe": ceafe,
    "BLANC": blanc,
}


@pytest.mark.parametrize("name", ORACLES)
@law
@given(gold=clusterings, predicted=clusterings)
def test_counts_equal_the_definition(name: str, gold: Chains, predicted: Chains) -> None:
    expected = ORACLES[name](gold, predicted)

    # BLANC's last part, the lone mentions, is defined beside the pairs.
    assert list(tally(BY_NAME[name], gold, predicted))[: len(expected)] == expected
