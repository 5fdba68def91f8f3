"""Against nervaluate 1.2.1: equal where it is right, and where it is not, the right numbers.

The numbers of nervaluate were computed once and stand here, so that it need not be installed. It
was given ends as it reads them, inclusive, so that it does not take spans that touch for ones
that overlap, unless a case says otherwise. On 367 more documents made at random, without touching
spans, duplicates and spans that overlap several, precision, recall and F1 of all four matches
were equal.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

import pytest
from small_documents import SUMMIT, TypeView

from vinee.metrics.ner import NerStrict
from vinee.metrics.spans.exact import NerExact
from vinee.metrics.spans.partial import NerPartial
from vinee.metrics.spans.typed import NerType
from vinee.model import Document, Mention

if TYPE_CHECKING:
    from vinee.metrics.base import Metric
    from vinee.metrics.exact import Exact

Typed: TypeAlias = tuple[int, int, str]
Case: TypeAlias = tuple[list[Typed], list[Typed], dict[str, tuple[Fraction | int, Fraction | int]]]
VIEW = TypeView()
METRICS: dict[str, Metric] = {
    "strict": NerStrict(VIEW),
    "exact": NerExact(VIEW),
    "partial": NerPartial(VIEW),
    "ent_type": NerType(VIEW),
}
HALF, THIRD = Fraction(1, 2), Fraction(1, 3)


def score(match: str, gold: list[Typed], predicted: list[Typed]) -> Exact:
    wanted, given = (
        [Document(SUMMIT, mentions=tuple(Mention(*each) for each in side))]
        for side in (gold, predicted)
    )
    return METRICS[match].counts(wanted, given).exact()["micro"]


AGREE: dict[str, Case] = {
    "equal": (
        [(0, 5, "PER"), (10, 15, "LOC")],
        [(0, 5, "PER"), (10, 15, "LOC")],
        {"strict": (1, 1), "exact": (1, 1), "partial": (1, 1), "ent_type": (1, 1)},
    ),
    "other label": (
        [(0, 5, "PER")],
        [(0, 5, "LOC")],
        {"strict": (0, 0), "exact": (1, 1), "partial": (1, 1), "ent_type": (0, 0)},
    ),
    "other boundaries": (
        [(0, 5, "PER"), (10, 15, "LOC")],
        [(0, 4, "PER"), (11, 15, "ORG")],
        {"strict": (0, 0), "exact": (0, 0), "partial": (HALF, HALF), "ent_type": (HALF, HALF)},
    ),
    "missed and spurious": (
        [(0, 5, "PER"), (10, 15, "LOC")],
        [(20, 25, "PER")],
        {"strict": (0, 0), "exact": (0, 0), "partial": (0, 0), "ent_type": (0, 0)},
    ),
    "all of these": (
        [(0, 5, "PER"), (10, 15, "LOC"), (20, 29, "ORG"), (40, 44, "PER")],
        [(0, 5, "PER"), (12, 18, "LOC"), (20, 29, "PER"), (50, 54, "LOC"), (60, 61, "LOC")],
        {
            "strict": (Fraction(1, 5), Fraction(1, 4)),
            "exact": (Fraction(2, 5), HALF),
            "partial": (HALF, Fraction(5, 8)),
            "ent_type": (Fraction(2, 5), HALF),
        },
    ),
}


@pytest.mark.parametrize("match", METRICS)
@pytest.mark.parametrize("case", AGREE)
def test_nervaluate_is_met_where_it_is_right(case: str, match: str) -> None:
    gold, predicted, expected = AGREE[case]

    assert score(match, gold, predicted)[:2] == expected[match]


# Match, gold, predicted; precision and recall by nervaluate, and what is right.
DEVIATIONS = {
    "half-open spans that touch, passed on as they are, overlap": (
        ("partial", [(0, 5, "PER")], [(5, 8, "PER")]),
        (HALF, HALF),
        (0, 0),
    ),
    "half-open spans that touch are of one type": (
        ("ent_type", [(0, 5, "PER")], [(5, 8, "PER")]),
        (1, 1),
        (0, 0),
    ),
    "a partial prediction takes the gold of an exact one behind it": (
        ("partial", [(0, 9, "PER")], [(0, 4, "PER"), (0, 9, "PER")]),
        (Fraction(1, 4), HALF),
        (HALF, 1),
    ),
    "a prediction inside uses up the gold of the exact match": (
        ("exact", [(0, 14, "ORG")], [(0, 3, "LOC"), (0, 14, "ORG")]),
        (0, 0),
        (HALF, 1),
    ),
    "a prediction inside uses up the gold of the strict match": (
        ("strict", [(0, 14, "ORG")], [(0, 3, "LOC"), (0, 14, "ORG")]),
        (0, 0),
        (HALF, 1),
    ),
    "a wrong label uses up the gold of the right one": (
        ("strict", [(0, 5, "PER")], [(0, 5, "LOC"), (0, 5, "PER")]),
        (0, 0),
        (HALF, 1),
    ),
    "a wrong label uses up the gold of the right type": (
        ("ent_type", [(0, 5, "PER")], [(0, 5, "LOC"), (0, 5, "PER")]),
        (0, 0),
        (HALF, 1),
    ),
    "the first overlap is taken, though another pairing finds both": (
        ("partial", [(0, 9, "PER"), (10, 14, "PER")], [(5, 12, "PER"), (0, 4, "PER")]),
        (Fraction(1, 4), Fraction(1, 4)),
        (HALF, HALF),
    ),
    "the nearest of one type is taken, though another pairing finds both": (
        ("ent_type", [(0, 6, "PER"), (4, 16, "PER")], [(2, 7, "PER"), (0, 1, "PER")]),
        (HALF, HALF),
        (1, 1),
    ),
    "less than a hundredth of the gold span is no overlap": (
        ("partial", [(0, 200, "ORG")], [(199, 210, "ORG")]),
        (0, 0),
        (HALF, HALF),
    ),
    "a duplicate prediction is spurious": (
        ("partial", [(0, 5, "PER")], [(0, 5, "PER"), (0, 5, "PER")]),
        (HALF, 1),
        (1, 1),
    ),
    "nothing gold and nothing predicted is 0": (
        ("partial", [], []),
        (0, 0),
        (None, None),
    ),
}


@pytest.mark.parametrize("case", DEVIATIONS)
def test_what_is_right_where_nervaluate_deviates(case: str) -> None:
    (match, gold, predicted), theirs, right = DEVIATIONS[case]

    assert theirs != right
    for given in (predicted, predicted[::-1]):
        assert score(match, gold, given)[:2] == right
