"""Every scheme and mode against seqeval, on sequences that are mostly ill-formed."""

from __future__ import annotations

import random
import warnings
from collections import defaultdict
from collections.abc import Hashable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from seqeval import scheme as seqeval_schemes
from seqeval.metrics import classification_report
from seqeval.metrics.sequence_labeling import get_entities

from vinee.errors import InvalidError
from vinee.metrics.chunks import SCHEMES, Mode, Scheme, chunk_counts, tallying
from vinee.metrics.chunks.reading import Side
from vinee.metrics.scores import f1_as_seqeval, precision, recall

Sentences = list[list[str]]

PREFIXES = {
    "IOB1": "IOB",
    "IOB2": "IOB",
    "IOE1": "IOE",
    "IOE2": "IOE",
    "IOBES": "IOBES",
    "BILOU": "BILOU",
}
TYPES = ("PER", "X", "", "-", "_", "A-B", "-A", "A-", "a_b", "Đ")
STRICT: list[tuple[Mode, Scheme, str]] = [("strict", each, PREFIXES[each]) for each in SCHEMES]
READINGS: list[tuple[Mode, Scheme, str]] = [*STRICT, ("default", "IOB2", "IOBES")]
# Of these, seqeval's default mode warns that they seem to be no tags, and reads them.
ODD = "IOBESUL.x"


def seqeval_counts(
    gold: Sentences, predicted: Sentences, mode: Mode, scheme: Scheme
) -> dict[str, list[int]]:
    wanted, given_ = (seqeval_chunks(side, mode, scheme) for side in (gold, predicted))
    return {
        type_: [len(wanted[type_] & given_[type_]), len(given_[type_]), len(wanted[type_])]
        for type_ in sorted({*wanted, *given_})
    }


def seqeval_chunks(sentences: Sentences, mode: Mode, scheme: Scheme) -> dict[str, set[Hashable]]:
    found: dict[str, set[Hashable]] = defaultdict(set)
    if mode == "strict":
        entities = seqeval_schemes.Entities(sentences, getattr(seqeval_schemes, scheme)).entities
        for entity in (each for sentence in entities for each in sentence):
            found[entity.tag].add(entity.to_tuple())
    else:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for type_, start, end in get_entities(sentences):
                found[type_].add((start, end))
    return found


def our_counts(
    gold: Sentences, predicted: Sentences, mode: Mode, scheme: Scheme
) -> dict[str, list[int]]:
    labels, table = chunk_counts(gold, predicted, mode, scheme)
    return dict(zip(labels, table.sum(axis=0).tolist(), strict=True))


def vocabulary(prefixes: str, *, hyphen: bool = True) -> list[str]:
    joins = ("-",) if hyphen else ("-", "")
    typed = [prefix + join + type_ for prefix in prefixes for join in joins for type_ in TYPES]
    return [*typed, *prefixes, "O", "O", "O"]


def random_pair(seed: int, prefixes: str) -> tuple[Sentences, Sentences]:
    """Draw tags of few types or many, with a hyphen or some without, near each other or not."""
    rng = random.Random(seed)  # noqa: S311 -- a fixed test case, not a secret
    tags = vocabulary(prefixes, hyphen=seed % 2 == 0)
    if seed % 3:
        tags = [*rng.sample(tags, 4), *(f"{prefix}-X" for prefix in prefixes)]
    lengths = [rng.randint(0, 9) for _ in range(rng.randint(1, 6))]
    gold = [[rng.choice(tags) for _ in range(length)] for length in lengths]
    return gold, [[rng.choice((tag, tag, rng.choice(tags))) for tag in each] for each in gold]


@pytest.mark.parametrize(("mode", "scheme", "prefixes"), [*READINGS, ("default", "IOB2", ODD)])
def test_counts_are_seqevals_on_300_random_cases(mode: Mode, scheme: Scheme, prefixes: str) -> None:
    for seed in range(300):
        gold, predicted = random_pair(seed, prefixes)
        ours = our_counts(gold, predicted, mode, scheme)
        assert ours == seqeval_counts(gold, predicted, mode, scheme), seed


@pytest.mark.parametrize(("mode", "scheme", "prefixes"), [*READINGS, ("default", "IOB2", ODD)])
def test_counts_do_not_depend_on_the_blocks_that_are_read(
    mode: Mode, scheme: Scheme, prefixes: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tallying, "BLOCK", 5)
    for seed in range(100):
        gold, predicted = random_pair(seed, prefixes)
        ours = our_counts(gold, predicted, mode, scheme)
        assert ours == seqeval_counts(gold, predicted, mode, scheme), seed


@given(st.data(), st.sampled_from([*READINGS, ("default", "IOB2", ODD)]))
def test_counts_are_seqevals_on_any_tags(
    data: st.DataObject, reading: tuple[Mode, Scheme, str]
) -> None:
    mode, scheme, prefixes = reading
    tag = st.sampled_from(vocabulary(prefixes, hyphen=False))
    gold = data.draw(st.lists(st.lists(tag, max_size=8), min_size=1, max_size=5))
    predicted = [data.draw(st.lists(tag, min_size=len(s), max_size=len(s))) for s in gold]

    ours = our_counts(gold, predicted, mode, scheme)

    assert ours == seqeval_counts(gold, predicted, mode, scheme)


@pytest.mark.parametrize(("mode", "scheme", "prefixes"), READINGS)
def test_scores_are_those_of_seqevals_report_to_the_last_bit(
    mode: Mode, scheme: Scheme, prefixes: str
) -> None:
    options: dict[str, Any] = {"output_dict": True, "zero_division": 0}
    if mode == "strict":
        options |= {"mode": "strict", "scheme": getattr(seqeval_schemes, scheme)}
    for seed in range(100):
        gold, predicted = random_pair(seed, prefixes)
        labels, table = chunk_counts(gold, predicted, mode, scheme, unit="corpus")
        if not labels:  # on which seqeval raises
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of tags such as O-PER
            theirs = classification_report(gold, predicted, **options)

        rows = table[0]
        per_type = np.stack([precision(rows), recall(rows), f1_as_seqeval(rows)])
        total = rows.sum(axis=0)
        micro = [precision(total), recall(total), f1_as_seqeval(total)]
        ours = dict(zip(labels, per_type.T.tolist(), strict=True))
        ours["micro avg"] = [float(each) for each in micro]
        ours["macro avg"] = [float(np.average(each)) for each in per_type]
        # seqeval says 0 where nothing is gold
        weights = rows[:, 2] if total[2] else None
        weighted = np.average(per_type, axis=1, weights=weights) * (total[2] > 0)
        ours["weighted avg"] = weighted.tolist()
        columns = ("precision", "recall", "f1-score")
        assert ours == {
            name: [float(row[column]) for column in columns] for name, row in theirs.items()
        }, seed
        assert [theirs[label]["support"] for label in labels] == rows[:, 2].tolist()


@pytest.mark.parametrize(("scheme", "prefixes"), [each[1:] for each in STRICT])
def test_strict_refuses_the_prefixes_that_seqeval_refuses(scheme: Scheme, prefixes: str) -> None:
    for tag in (f"{prefix}-X" for prefix in "IOBESULxÉ." if prefix not in prefixes):
        with pytest.raises((KeyError, ValueError)):
            seqeval_chunks([["O", tag]], "strict", scheme)
        with pytest.raises(InvalidError, match=f"a tag of {scheme} must begin with one of O, I"):
            chunk_counts([["O", tag]], [["O", "O"]], "strict", scheme)


def test_two_units_of_bilou_are_two_chunks_in_strict_mode_only() -> None:
    units = [["U-PER", "U-PER"]]

    assert our_counts(units, units, "strict", "BILOU") == {"PER": [2, 2, 2]}
    assert our_counts(units, units, "default", "BILOU") == {"PER": [1, 1, 1]}


@pytest.mark.parametrize(
    "predicted",
    [
        [["O", "O"], ["O", "B-X", "I-X", "O"], ["O-X", "U-X"]],
        [["O", "B-X"], ["O", "O-X", "U-X", "O"], ["O-X", "U-X"]],
    ],
)
def test_an_odd_tag_refers_to_a_start_in_an_earlier_batch_of_tags(predicted: Sentences) -> None:
    gold = [["O", "B-X"], ["O", "O-X", "U-X", "O"], ["O-X", "U-X"]]
    tags = sorted({tag for row in gold + predicted for tag in row})
    tally = tallying.ChunkTally("default", "IOB2", "corpus")
    for rows in zip(gold, predicted, strict=True):
        # Only the tags of the batch, so that the first is read without knowing of odd ones.
        names = [tag if tag in {*rows[0], *rows[1]} else "O" for tag in tags]
        wanted, given_ = (Side(np.array([tags.index(tag) for tag in row]), names) for row in rows)
        tally.add(wanted, given_, np.array([len(rows[0])]))

    labels, table = tally.counts()

    theirs = seqeval_counts(gold, predicted, "default", "IOB2")
    assert dict(zip(labels, table[0].tolist(), strict=True)) == theirs
