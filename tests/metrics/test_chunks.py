from __future__ import annotations

import random
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from seqeval.metrics.sequence_labeling import get_entities, precision_recall_fscore_support
from seqeval.metrics.v1 import precision_recall_fscore_support as strict_support
from seqeval.scheme import IOB2, Entities

from vinee.errors import InvalidError, UnknownNameError
from vinee.metrics.chunks import MODES, Mode, chunk_counts
from vinee.metrics.counts import Counts
from vinee.metrics.scores import Average, Score, score

if TYPE_CHECKING:
    from collections.abc import Hashable

# "_" is what seqeval calls a missing type; "-X" and "X-" meet the strict mode's stripping.
TYPES = ("PER", "LOC", "GPE-X", "GPE-Y", "_", "X", "-X", "X-")
TAGS = ("O", "B", "I", "B-", "I-", *(f"{kind}-{type_}" for kind in "BI" for type_ in TYPES))

Sentences = list[list[str]]


def seqeval_chunks(sentences: Sentences, mode: Mode) -> dict[str, set[Hashable]]:
    """Extract chunks with the function that seqeval's own scores call in that mode."""
    found: dict[str, set[Hashable]] = defaultdict(set)
    if mode == "strict":
        for sentence in Entities(sentences, IOB2).entities:
            for entity in sentence:
                found[entity.tag].add(entity.to_tuple())
    else:
        for type_, start, end in get_entities(sentences):
            found[type_].add((start, end))
    return found


def seqeval_counts(gold: Sentences, predicted: Sentences, mode: Mode) -> dict[str, list[int]]:
    wanted, given = seqeval_chunks(gold, mode), seqeval_chunks(predicted, mode)
    return {
        type_: [len(wanted[type_] & given[type_]), len(given[type_]), len(wanted[type_])]
        for type_ in sorted({*wanted, *given})
    }


def our_counts(gold: Sentences, predicted: Sentences, mode: Mode) -> dict[str, list[int]]:
    labels, table = chunk_counts(gold, predicted, mode)
    return dict(zip(labels, table.sum(axis=0).tolist(), strict=True))


def valid_sentence(rng: random.Random, length: int) -> list[str]:
    tags: list[str] = []
    while len(tags) < length:
        type_ = rng.choice(TYPES[:4])
        width = rng.randint(1, 3)
        tags += rng.choice([["O"] * width, [f"B-{type_}"] + [f"I-{type_}"] * (width - 1)])
    return tags[:length]


def random_pair(seed: int) -> tuple[Sentences, Sentences]:
    """Make valid gold, and predictions that are near it, valid, or any sequence of tags."""
    rng = random.Random(seed)  # noqa: S311 -- a fixed test case, not a secret
    gold = [valid_sentence(rng, rng.randint(0, 12)) for _ in range(rng.randint(1, 6))]
    if seed % 3 == 0:
        predicted = [valid_sentence(rng, len(each)) for each in gold]
    elif seed % 3 == 1:
        predicted = [[rng.choice(TAGS) for _ in each] for each in gold]
    else:
        predicted = [[rng.choice((tag, tag, tag, rng.choice(TAGS))) for tag in s] for s in gold]
    return gold, predicted


@pytest.mark.parametrize("mode", MODES)
def test_counts_are_seqevals_on_400_random_cases(mode: Mode) -> None:
    for seed in range(400):
        gold, predicted = random_pair(seed)
        assert our_counts(gold, predicted, mode) == seqeval_counts(gold, predicted, mode), seed


@st.composite
def any_pair(draw: st.DrawFn) -> tuple[Sentences, Sentences]:
    lengths = draw(st.lists(st.integers(0, 8), min_size=1, max_size=5))
    tag = st.sampled_from(TAGS)
    gold, predicted = (
        [draw(st.lists(tag, min_size=each, max_size=each)) for each in lengths] for _ in "gp"
    )
    return gold, predicted


@given(any_pair(), st.sampled_from(MODES))
def test_counts_are_seqevals_on_any_tags(pair: tuple[Sentences, Sentences], mode: Mode) -> None:
    gold, predicted = pair

    assert our_counts(gold, predicted, mode) == seqeval_counts(gold, predicted, mode)


@pytest.mark.parametrize("mode", MODES)
def test_scores_are_seqevals_to_the_last_bit(mode: Mode) -> None:
    for seed in range(200):
        gold, predicted = random_pair(seed)
        labels, table = chunk_counts(gold, predicted, mode)
        if not labels:  # seqeval says 0 where we say that there is no score
            continue
        sentences = tuple(f"{at:03}" for at in range(len(gold)))

        ours = score(Counts("tags.seqeval", sentences, labels, table))

        theirs = precision_recall_fscore_support if mode == "default" else strict_support
        scheme = {} if mode == "default" else {"scheme": IOB2}
        per_label = theirs(gold, predicted, average=None, zero_division=0, **scheme)
        for label, p, r, f, support in zip(labels, *per_label, strict=True):
            correct, given = ours.labels[label].correct, ours.labels[label].predicted
            assert ours.labels[label] == Score(p, r, f, support, correct, given), seed
        p, r, f, support = theirs(gold, predicted, average="micro", zero_division=0, **scheme)
        assert (ours.micro.precision, ours.micro.recall, ours.micro.f1) == (p, r, f), seed
        assert ours.micro.support == support
        p, r, f, _ = theirs(gold, predicted, average="macro", zero_division=0, **scheme)
        assert ours.macro == Average(p, r, f), seed


def test_default_opens_a_chunk_at_a_stray_inside_tag() -> None:
    stray = [["O", "I-PER", "I-PER"]]

    assert our_counts([["O", "B-PER", "I-PER"]], stray, "default") == {"PER": [1, 1, 1]}


def test_strict_drops_a_stray_inside_tag() -> None:
    stray = [["O", "I-PER", "I-PER"]]

    assert our_counts([["O", "B-PER", "I-PER"]], stray, "strict") == {"PER": [0, 0, 1]}


def test_a_chunk_ends_with_its_sentence() -> None:
    split = [["B-PER"], ["I-PER"]]

    assert our_counts([["B-PER"], ["O"]], split, "default") == {"PER": [1, 2, 1]}


def test_each_sentence_has_its_own_counts() -> None:
    gold = [["B-PER"], [], ["B-LOC", "B-LOC"]]
    predicted = [["B-LOC"], [], ["B-LOC", "I-LOC"]]

    labels, table = chunk_counts(gold, predicted)

    assert labels == ("LOC", "PER")
    np.testing.assert_array_equal(
        table,
        [[[0, 1, 0], [0, 0, 1]], [[0, 0, 0], [0, 0, 0]], [[0, 1, 2], [0, 0, 0]]],
    )


def test_more_than_256_tags_are_counted() -> None:
    gold = [[f"B-T{at:03}" for at in range(300)]]

    counts = our_counts(gold, [[*gold[0][:-1], "O"]], "strict")

    assert list(counts.values()) == [[1, 1, 1]] * 299 + [[0, 0, 1]]


@pytest.mark.parametrize("rows", [[], [[]]])
def test_no_tags_give_no_counts(rows: Sentences) -> None:
    labels, table = chunk_counts(rows, rows)

    assert (labels, table.shape) == ((), (len(rows), 0, 3))


def test_a_shorter_prediction_is_refused_and_never_cut() -> None:
    with pytest.raises(InvalidError, match=r"\$\[1\]: predicted must have as many tags as gold, 2"):
        chunk_counts([["O"], ["O", "B-PER"]], [["O"], ["O"]])


def test_a_missing_sentence_is_refused() -> None:
    with pytest.raises(InvalidError, match=r"as many sentences as gold, 2 \(got 1\)"):
        chunk_counts([["O"], ["B-PER"]], [["O"]])


@pytest.mark.parametrize("tag", ["S-PER", "per", "", "b-PER"])
def test_strict_refuses_a_tag_outside_its_scheme_and_says_where(tag: str) -> None:
    with pytest.raises(InvalidError, match=r"\$\.predicted\[1\]\[2\]: a tag of IOB2 must begin"):
        chunk_counts([["O"], ["O"] * 3], [["O"], ["O", "O", tag]], "strict")


def test_default_refuses_an_empty_tag() -> None:
    with pytest.raises(InvalidError, match=r"\$\.gold\[0\]\[1\]: a tag must be a text that is not"):
        chunk_counts([["O", ""]], [["O", "O"]])


def test_strict_takes_the_tags_of_other_schemes_by_their_rules() -> None:
    single = [["S-PER", "B-LOC", "E-LOC"]]

    labels, table = chunk_counts(single, [["S-PER", "B-LOC", "I-LOC"]], "strict", "IOBES")

    assert (labels, table.tolist()) == (("LOC", "PER"), [[[0, 0, 1], [1, 1, 1]]])


def test_an_unknown_mode_is_refused_and_not_ignored() -> None:
    with pytest.raises(UnknownNameError, match="known: default, strict"):
        chunk_counts([["O"]], [["O"]], "loose")  # type: ignore[arg-type]


def test_an_unknown_scheme_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="known: BILOU, IOB1, IOB2, IOBES, IOE1, IOE2"):
        chunk_counts([["O"]], [["O"]], "strict", "BIO")  # type: ignore[arg-type]


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="known: corpus, sentence"):
        chunk_counts([["O"]], [["O"]], unit="document")  # type: ignore[arg-type]


def test_the_corpus_is_the_sum_of_its_sentences() -> None:
    gold, predicted = random_pair(4)

    labels, table = chunk_counts(gold, predicted, unit="corpus")

    each_labels, each = chunk_counts(gold, predicted)
    assert labels == each_labels
    np.testing.assert_array_equal(table, each.sum(axis=0, keepdims=True))
