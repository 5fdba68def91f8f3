"""Spans as whole numbers: none too large, and none taken for another."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vinee.bench.streaming import Reference, matching
from vinee.bench.streaming.lines import UsualDocument, UsualMention
from vinee.bench.streaming.matching import Matching, Waiting
from vinee.bench.streaming.table import Table
from vinee.corpus.views import EntityView
from vinee.metrics.ner import NerStrict
from vinee.model import Document, Mention

SMALL = 1 << 18


class Watched(Matching):
    """Keeps the largest number that it made."""

    largest = 0

    def _numbers(self, *columns: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        found = super()._numbers(*columns)
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
    per = reference.code_of["PER"]
    taken = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching, "_LARGEST", SMALL)
        waiting = Watched(reference, correct, predicted)
        for row, (document, length) in enumerate(zip(gold, lengths, strict=True)):
            if not waiting.fits(length):
                assert waiting.settle() == []
            taken.append(waiting.fits(length))
            if taken[-1]:
                # The whole text, which is right, and all but its end, which is not.
                spans = [usual(document, 0, length), usual(document, 0, length - 1)]
                spans = [each for each in spans if each.text]
                whole = UsualDocument(doc_id=document.doc_id, mentions=spans)
                waiting.add(Waiting(row, whole, row, length))
        assert waiting.settle() == []

    assert waiting.largest < SMALL
    assert taken == [(length + 1) ** 2 * labels <= SMALL for length in lengths]
    assert correct.numbers.sum(axis=1).tolist() == taken
    found = [(1 + (length > 1)) * fits for length, fits in zip(lengths, taken, strict=True)]
    assert predicted.numbers[:, per].tolist() == predicted.numbers.sum(axis=1).tolist() == found


@pytest.mark.parametrize(
    "wrong",
    [[(0, 7)], [(3, 3)], [(4, 2)], [(0, 3), (0, 3)], [(0, 3), (1, 2), (0, 3)]],
    ids=["beyond", "empty", "reversed", "twice", "twice, apart"],
)
def test_only_a_document_with_something_wrong_is_given_back(wrong: list[tuple[int, int]]) -> None:
    gold = [Document(name, "xxxxxx", mentions=(Mention(0, 3, "PER"),)) for name in "abc"]
    reference = Reference(gold, NerStrict(EntityView("fine")))
    correct, predicted = (Table("abc", reference.labels) for _ in range(2))
    waiting = Matching(reference, correct, predicted)
    for row, document in enumerate(gold):
        spans = wrong if row == 1 else [(0, 3), (3, 6)]
        mentions = [usual(document, start, end) for start, end in spans]
        found = UsualDocument(doc_id=document.doc_id, mentions=mentions)
        waiting.add(Waiting(row + 1, found, row, 6))

    given_back = waiting.settle()

    assert [each.line for each in given_back] == [2]
    assert correct.numbers.sum(axis=1).tolist() == [1, 0, 1]
    assert predicted.numbers.sum(axis=1).tolist() == [2, 0, 2]


def usual(document: Document, start: int, end: int) -> UsualMention:
    text = (document.text or "")[start:end]
    return UsualMention(start=start, end=end, type="PER", text=text)
