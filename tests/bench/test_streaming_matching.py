"""Spans as whole numbers: none too large, and none taken for another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vinee.bench.streaming import Reference, matching
from vinee.bench.streaming.matching import Matching
from vinee.bench.streaming.plain import Columns
from vinee.bench.streaming.table import Table
from vinee.corpus.views import EntityView
from vinee.metrics.ner import NerStrict
from vinee.model import Document, Mention

SMALL = 1 << 18


class Watched(Matching):
    """Keeps the largest number that it made."""

    largest = 0

    def _numbers(
        self, columns: Sequence[npt.NDArray[np.int64]], sizes: list[int]
    ) -> npt.NDArray[np.int64]:
        found = super()._numbers(columns, sizes)
        self.largest = max(self.largest, int(found.max(initial=0)))
        return found


lengths = st.lists(st.integers(1, 160), max_size=12)


@settings(max_examples=50, deadline=None)
@given(lengths=lengths)
@example(lengths=[40] * 7 + [5, 39, 5])  # as many as go in, and shorter ones
@example(lengths=[5, 200, 5, 150, 40])  # and some that never do
def test_numbers_stay_small_and_every_document_is_counted_or_refused(lengths: list[int]) -> None:
    gold = [
        Document(f"d{number:02}", "x" * length, mentions=(Mention(0, length, "PER"),))
        for number, length in enumerate(lengths)
    ]
    reference = Reference(gold, NerStrict(EntityView("fine")))
    labels = len(reference.labels)
    correct, predicted = (Table((each.doc_id for each in gold), reference.labels) for _ in range(2))
    taken = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching, "_LARGEST", SMALL)
        waiting = Watched(reference, correct, predicted)
        for row, (document, length) in enumerate(zip(gold, lengths, strict=True)):
            # The whole text, which is right, and all but its end, which is not.
            spans = Columns([0, 0], [length, length - 1], [reference.code_of["PER"]] * 2)
            taken.append(waiting.add(document.doc_id, row, spans, length))
        waiting.settle()

    assert waiting.largest < SMALL
    assert taken == [(length + 1) ** 2 * labels <= SMALL for length in lengths]
    assert correct.numbers.sum(axis=1).tolist() == taken
    assert predicted.numbers.sum(axis=1).tolist() == [2 * each for each in taken]
