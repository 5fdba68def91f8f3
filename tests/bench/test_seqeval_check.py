from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_gold import gold

from vinee.bench import seqeval_check, tasks
from vinee.corpus import gold as corpus_gold
from vinee.errors import IntegrityError
from vinee.metrics.counts import Counts
from vinee.metrics.tags import SeqevalTags
from vinee.model import Document, Mention

if TYPE_CHECKING:
    from collections.abc import Sequence

SPAN = st.tuples(st.integers(0, 390), st.integers(1, 40), st.sampled_from(["PER", "GPE", "ORG"]))


@settings(max_examples=25, deadline=None)
@given(st.lists(SPAN, max_size=12))
def test_our_tag_scores_are_seqevals(spans: list[tuple[int, int, str]]) -> None:
    mentions = tuple(Mention(start, start + length, label) for start, length, label in spans)
    predicted = [Document(gold()[0].doc_id, mentions=mentions), *gold()[1:]]

    assert seqeval_check.check(predicted, tasks.get("ner"), gold()) == version("seqeval")


@pytest.mark.parametrize("task", ["ner", "ner_fine"])
def test_our_tag_scores_are_seqevals_on_our_gold(task: str) -> None:
    ours = corpus_gold.documents()
    some = [Document(each.doc_id, mentions=(each.mentions or ())[::2]) for each in ours]

    assert seqeval_check.check(some, tasks.get(task), ours) == version("seqeval")


def test_nothing_on_either_side_agrees() -> None:
    nothing = [Document(each.doc_id, text=each.text, mentions=()) for each in gold()]

    assert seqeval_check.check(nothing, tasks.get("ner"), nothing) == version("seqeval")


def test_a_difference_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    count = SeqevalTags.counts

    def one_too_many(
        self: SeqevalTags, wanted: Sequence[Document], given_: Sequence[Document]
    ) -> Counts:
        right = count(self, wanted, given_)
        wrong = right.table + np.array([0, 1, 0])
        return Counts(right.metric, right.units, right.labels, wrong)

    monkeypatch.setattr(SeqevalTags, "counts", one_too_many)

    with pytest.raises(IntegrityError, match=r"tags\.seqeval does not agree.*micro avg: ours"):
        seqeval_check.check(gold(), tasks.get("ner"), gold())
