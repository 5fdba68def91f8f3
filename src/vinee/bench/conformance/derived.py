"""Exact scores from what people derive by hand: counts, or precision and recall.

=========================== =======================================================
written                     means
=========================== =======================================================
``2 3 4``                   2 correct, 3 predicted, 4 gold; the 2 may be a fraction
``P=2/3 R=1/2``             precision and recall; F1 is their harmonic mean
``P=1/4 R=1/3 F=2/7``       all three
``undefined``               none of the three is defined
=========================== =======================================================

This arithmetic is nobody's metric: it shares nothing with the code that is judged by it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from vinee.bench.conformance.case import Triple
from vinee.errors import InvalidError, Where

_UNDEFINED = "undefined"
_SIDES = 3


class Derived(NamedTuple):
    """Scores, and in words what they follow from."""

    scores: Triple
    words: str


def derived(written: str) -> Derived:
    """Read what was derived by hand.

    Raises:
        InvalidError: It is none of the forms above, or counts contradict each other.
    """
    parts = written.split()
    try:
        if written == _UNDEFINED:
            return Derived(Triple(None, None, None), "not defined")
        if len(parts) == _SIDES and "=" not in written:
            return _of_counts(*map(Fraction, parts))
        named = {name: Fraction(value) for name, value in (part.split("=") for part in parts)}
        return _of_ratios(named["P"], named["R"], named.get("F"))
    except (ValueError, ZeroDivisionError, KeyError) as error:
        problem = f"{written!r} must be counts, P= R= (F=), or undefined ({error})"
        raise InvalidError("derived", Where(), problem) from error


def _of_counts(correct: Fraction, predicted: Fraction, gold: Fraction) -> Derived:
    if not 0 <= correct <= min(predicted, gold):
        raise ValueError("correct is at most predicted and gold")
    words = f"{correct} correct, {predicted} predicted, {gold} gold"
    if predicted + gold == 0:
        return Derived(Triple(None, None, None), words)
    precision, recall = (correct / side if side else Fraction(0) for side in (predicted, gold))
    f1 = 2 * correct / (predicted + gold)
    return Derived(Triple(str(precision), str(recall), str(f1)), words)


def _of_ratios(precision: Fraction, recall: Fraction, f1: Fraction | None) -> Derived:
    both = precision + recall
    harmonic = 2 * precision * recall / both if both else Fraction(0)
    found = harmonic if f1 is None else f1
    words = f"precision {precision}, recall {recall}, F1 {found}"
    return Derived(Triple(str(precision), str(recall), str(found)), words)
