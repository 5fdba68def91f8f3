"""Worked examples, the cases of the CoNLL scorer's test suite among them, derived by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from vinee.errors import InvalidError
from vinee.metrics.coref.b3 import B3
from vinee.metrics.coref.blanc import BLANC
from vinee.metrics.coref.ceaf import CEAFE, CEAFM
from vinee.metrics.coref.conll import CONLL
from vinee.metrics.coref.lea import LEA
from vinee.metrics.coref.measure import Measure
from vinee.metrics.coref.muc import MUC
from vinee.metrics.coref.overlap import overlap
from vinee.metrics.exact import Exact


def score(measure: Measure, gold: str, predicted: str) -> Exact:
    """Score chains written as words, whose letters are the mentions."""
    return measure.score(measure.tally(overlap(gold.split(), predicted.split())))


def harmonic(precision: Fraction, recall: Fraction) -> Fraction:
    return 2 * precision * recall / (precision + recall)


# Gold and predicted, then precision and recall.
WORKED = [
    # Vilain et al. 1995: one link is missing to join AB and CD again; both predicted links hold.
    (MUC, "ABCD", "AB CD", Fraction(2, 2), Fraction(2, 3)),
    (MUC, "AB CD", "ABCD", Fraction(2, 3), Fraction(2, 2)),
    (MUC, "ABC", "AC", Fraction(1, 1), Fraction(1, 2)),
    # BC | DE | GH | J is missing: 7 mentions in 4 pieces keep 3 of 6 links; each of the three
    # predicted chains has one mention that gold lacks, so keeps 1 of 2 links.
    (MUC, "BCDEGHJ", "ABC DEF GHI", Fraction(3, 6), Fraction(3, 6)),
    # ABC -> AB, C keeps 1 of 2; DEFG -> D, E, FG keeps 1 of 3. AB 1/1, CD 0/1, FGH 1/2.
    (MUC, "ABC DEFG", "AB CD FGH", Fraction(2, 4), Fraction(2, 5)),
    # Bagga and Baldwin 1998: 5 mentions are seen with a precision of 5/5, 2 with 2/7, 5 with 5/7:
    # (5 + 4/7 + 25/7)/12. Recall is whole.
    (B3, "12345 67 89ABC", "12345 6789ABC", Fraction(16, 21), Fraction(1)),
    # 2 mentions with 2/2, 10 with 5/10 each: (2 + 5)/12.
    (B3, "12345 67 89ABC", "1234589ABC 67", Fraction(7, 12), Fraction(1)),
    # The CoNLL scorer's case A-4: x, y and z are invented, e and f missed.
    # a 1, bc 2 of 2, d sees 1/3 of its chain: 1 + 2 + 1/3 of 6.
    # a 1, bcx (2² + 0)/3, dy 1/2, z 0: 1 + 4/3 + 1/2 of 7.
    (B3, "a bc def", "a bcx dy z", Fraction(17, 42), Fraction(5, 9)),
    # bc keeps its one link, def none of two; bcx 1 of 2, dy 0 of 1.
    (MUC, "a bc def", "a bcx dy z", Fraction(1, 3), Fraction(1, 3)),
    # a-a 1, bc-bcx 2, def-dy 1 mention shared, of 7 predicted and 6 gold.
    (CEAFM, "a bc def", "a bcx dy z", Fraction(4, 7), Fraction(4, 6)),
    # a-a 2/2, bc-bcx 4/5, def-dy 2/5 make 11/5, of 4 predicted and 3 gold chains.
    (CEAFE, "a bc def", "a bcx dy z", Fraction(11, 20), Fraction(11, 15)),
    # a is the same singleton, weight 1; bc 2 · 1/1; def keeps 0 of 3 links.
    # a 1; bcx 3 · 1/3; dy 2 · 0/1; z is a singleton that gold lacks.
    (LEA, "a bc def", "a bcx dy z", Fraction(2, 7), Fraction(3, 6)),
    # a singleton is resolved by the same singleton alone, so of six only a is.
    (LEA, "a bc def", "a b c d e f", Fraction(1, 6), Fraction(1, 6)),
    # bc 2 · 1/1 and def 3 · 3/3, while a is not alone any more; 6 · (1 + 3)/15.
    (LEA, "a bc def", "abcdef", Fraction(4, 15), Fraction(5, 6)),
    # L-1: ABC 3 · 1/3, DEFG 4 · 1/6; AB 2 · 1/1, CD 0, FGH 3 · 1/3.
    (LEA, "ABC DEFG", "AB CD FGH", Fraction(3, 7), Fraction(5, 21)),
    # Luo 2005: the best alignment is not the greedy one. abc shares 2 with abde and 1 with c, de
    # shares 2 with abde: {abc-c, de-abde} has 3, {abc-abde} alone 2.
    (CEAFM, "abc de", "abde c", Fraction(3, 5), Fraction(3, 5)),
    # φ4: abc-c 2/4, de-abde 4/6 make 7/6; abc-abde 4/7 alone is less.
    (CEAFE, "abc de", "abde c", Fraction(7, 12), Fraction(7, 12)),
]


@pytest.mark.parametrize(("measure", "gold", "predicted", "precision", "recall"), WORKED)
def test_worked_examples_of_one_part(
    measure: Measure, gold: str, predicted: str, precision: Fraction, recall: Fraction
) -> None:
    found = score(measure, gold, predicted)

    assert found == (precision, recall, harmonic(precision, recall))


def test_blanc_is_the_mean_over_links_and_absent_links() -> None:
    # The CoNLL scorer's case B-1, of Luo et al. 2014. Coreferent pairs: gold ab cd ce de,
    # predicted bc bx cx de; de is common: 1/4. The others: gold ac ad ae bc bd be, predicted
    # bd be cd ce xd xe; bd and be are common: 2/6.
    assert score(BLANC, "ab cde", "bcx de") == (Fraction(7, 24), Fraction(7, 24), Fraction(7, 24))


def test_blanc_takes_the_mean_of_f1_and_not_the_f1_of_means() -> None:
    # Case A-4. Pairs: bc is common of 4 gold and 4 predicted ones; apart are 5 common, those of
    # a, d with each other and with b, c, of 11 gold and 17 predicted ones.
    expected = Exact(
        (Fraction(1, 4) + Fraction(5, 17)) / 2,
        (Fraction(1, 4) + Fraction(5, 11)) / 2,
        (Fraction(1, 4) + Fraction(10, 28)) / 2,
    )

    assert score(BLANC, "a bc def", "a bcx dy z") == expected


@pytest.mark.parametrize(
    ("gold", "predicted", "f1"),
    [
        # Every pair is coreferent: F_c alone, ab of 3 and 3.
        ("abc", "abx", Fraction(1, 3)),
        # No pair is: F_n alone, a-b of 3 and 3.
        ("a b c", "a b x", Fraction(1, 3)),
        # F_c is 0 of 0 and 1, and counts; F_n is 2 of 3 and 2, so 4/5.
        ("a b c", "ab c", Fraction(2, 5)),
        # F_n is 0 of 0 and 2, and counts; F_c is 1 of 3 and 1, so 2/4.
        ("abc", "ab c", Fraction(1, 4)),
        # No pairs: whether the mention is the same.
        ("a", "a", Fraction(1)),
        ("a", "b", Fraction(0)),
        ("a", "", Fraction(0)),
        # Only one side has a pair: F_c is 0 of 0 and 1.
        ("a", "ab", Fraction(0)),
    ],
)
def test_special_cases_of_blanc(gold: str, predicted: str, f1: Fraction) -> None:
    assert score(BLANC, gold, predicted).f1 == f1


def test_conll_is_the_mean_of_the_three_f1() -> None:
    # Case A-4 again, from the precision and recall above.
    three = (
        Fraction(1, 3),
        harmonic(Fraction(17, 42), Fraction(5, 9)),
        harmonic(Fraction(11, 20), Fraction(11, 15)),
    )

    assert score(CONLL, "a bc def", "a bcx dy z").f1 == sum(three) / 3


def test_conll_leaves_muc_out_where_neither_side_has_a_link() -> None:
    # B3 and CEAFe: b of two chains, each 1/2.
    assert score(MUC, "a b", "b c") == (None, None, None)
    assert score(CONLL, "a b", "b c").f1 == Fraction(1, 2)


ALL = [MUC, B3, CEAFM, CEAFE, BLANC, LEA, CONLL]


@pytest.mark.parametrize("measure", ALL)
def test_nothing_against_nothing_is_not_defined(measure: Measure) -> None:
    assert score(measure, "", "") == (None, None, None)


@pytest.mark.parametrize("measure", ALL)
def test_chains_that_nobody_predicted_score_zero(measure: Measure) -> None:
    assert score(measure, "ab cde", "") == Exact(*map(Fraction, (0, 0, 0)))


@pytest.mark.parametrize("side", ["gold", "predicted"])
def test_a_mention_in_two_chains_is_refused_with_its_side_and_document(side: str) -> None:
    chains = {"gold": ["x"], "predicted": ["y"]} | {side: ["ab", "bc"]}

    with pytest.raises(InvalidError, match=rf"^d7: the {side} mention 'b' .*\[mention-repeated\]"):
        overlap(chains["gold"], chains["predicted"], doc_id="d7")


def test_a_mention_twice_in_one_chain_is_refused() -> None:
    with pytest.raises(InvalidError, match="mention 'a' is in a chain twice"):
        overlap([("a", "a")], [])


def test_chains_without_mentions_do_not_count() -> None:
    assert overlap([[], ["a"]], [["a"], []]) == overlap([["a"]], [["a"]])


def test_a_large_group_of_chains_is_aligned_best_too() -> None:
    # Chain i has 9 + i mentions, of which the predicted chain i has all but the first, and the
    # first of chain i + 1. Each is most like its namesake; sharing 8 + i of 2(9 + i) mentions.
    # The sums of sizes have no common denominator that double precision could hold.
    gold = [[(i, at) for at in range(9 + i)] for i in range(40)]
    predicted = [[*chain[1:], gold[(i + 1) % 40][0]] for i, chain in enumerate(gold)]

    (part,) = CEAFE.tally(overlap(gold, reversed(predicted)))

    assert part.recall_numerator == sum(Fraction(8 + i, 9 + i) for i in range(40))
