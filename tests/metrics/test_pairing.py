from __future__ import annotations

import pytest
from small_documents import STEMS, SUMMIT, TypeView, article, mention

from vinee.errors import InvalidError
from vinee.metrics.base import pair
from vinee.metrics.ner import NerStrict
from vinee.model import Document

FIRST, SECOND = STEMS[:2]
PUTIN = mention(SUMMIT, "Vladimir Putin", "PER")


def test_documents_are_paired_by_id_in_ascending_order() -> None:
    gold = [Document(each, text=article(each), mentions=()) for each in (SECOND, FIRST)]
    predicted = [Document(FIRST, mentions=(PUTIN,)), Document(SECOND, mentions=())]

    assert pair(gold, predicted, "mentions") == [
        (gold[1], predicted[0]),
        (gold[0], predicted[1]),
    ]


def test_misses_of_a_document_without_prediction_count() -> None:
    gold = [Document(SUMMIT, mentions=(PUTIN,))]

    counts = NerStrict(TypeView()).counts(gold, [])

    assert counts.table.tolist() == [[[0, 0, 1]]]


def test_a_prediction_without_the_layer_counts_as_empty() -> None:
    gold = [Document(SUMMIT, mentions=(PUTIN,))]

    ((_, prediction),) = pair(gold, [Document(SUMMIT, text="kept")], "mentions")

    assert prediction == Document(SUMMIT, text="kept", mentions=())


def test_false_positives_in_a_document_without_gold_mentions_count() -> None:
    gold = [Document(SUMMIT, mentions=())]

    counts = NerStrict(TypeView()).counts(gold, [Document(SUMMIT, mentions=(PUTIN,))])

    assert counts.table.tolist() == [[[0, 1, 0]]]


def test_gold_that_lacks_the_layer_is_left_out_of_the_counts() -> None:
    gold = [Document(FIRST, events=()), Document(SECOND, mentions=())]
    predicted = [Document(FIRST, mentions=(PUTIN,))]

    counts = NerStrict(TypeView()).counts(gold, predicted)

    assert counts.units == (SECOND,)


def test_a_prediction_for_no_gold_document_is_refused() -> None:
    with pytest.raises(InvalidError, match="005_missing: predicted, but not in gold"):
        pair([Document(FIRST, mentions=())], [Document("005_missing")], "mentions")


@pytest.mark.parametrize("side", ["gold", "predicted"])
def test_a_document_that_occurs_twice_is_refused(side: str) -> None:
    once = [Document(FIRST, mentions=())]
    gold, predicted = (once * 2, once) if side == "gold" else (once, once * 2)

    with pytest.raises(InvalidError, match=f"{FIRST}: occurs twice among the {side} documents"):
        pair(gold, predicted, "mentions")
