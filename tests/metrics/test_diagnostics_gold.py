"""The diagnosis of stored predictions: the sums are those of the metrics, to the last item."""

from __future__ import annotations

from functools import cache

import pytest

from vinee import resources
from vinee.corpus import gold, predictions
from vinee.corpus.statistics import cut_by_words
from vinee.corpus.views import EntityView
from vinee.metrics import registry
from vinee.metrics.diagnostics import (
    Arguments,
    Bucket,
    Compared,
    Kind,
    Mentions,
    Times,
    Triggers,
    attributes,
    bucketed,
    compared,
    confused,
)
from vinee.metrics.diagnostics.seen import seen
from vinee.metrics.diagnostics.segmented import segmented
from vinee.model import Document

NER, FINE = EntityView("coarse", "outer"), EntityView("fine")
EVERY = EntityView("fine", levels=("NAM", "NOM", "PRO"))
KINDS: dict[str, Kind] = {
    "ner": Mentions(NER),
    "ner_fine": Mentions(FINE),
    "mentions": Mentions(EVERY),
    "triggers": Triggers(),
    "arguments": Arguments(),
    "times": Times(),
}
STORED = [(system, kind) for system in ("rules", "crf") for kind in KINDS]
every = pytest.mark.parametrize(("system", "name"), STORED)


@cache
def predicted(system: str) -> tuple[Document, ...]:
    path = resources.root() / "benchmark" / "predictions" / f"{system}.jsonl"
    return predictions.read(path, gold.documents()).documents


@cache
def found(system: str, name: str) -> tuple[Compared, ...]:
    return compared(KINDS[name], gold.documents(), predicted(system))


def outcomes(system: str, name: str) -> dict[str, int]:
    counted: dict[str, int] = {}
    for each in found(system, name):
        for case in each.cases:
            counted[case.outcome] = counted.get(case.outcome, 0) + 1
    return counted


@every
def test_totals_and_labels_are_those_of_the_metric(system: str, name: str) -> None:
    kind = KINDS[name]
    view = kind.view if isinstance(kind, Mentions) else None
    counts = registry.metric(kind.metric, view=view).counts(gold.documents(), predicted(system))
    total = counts.over_documents().table.sum(axis=0).tolist()

    buckets = bucketed(kind, found(system, name), attributes.LABEL).buckets

    assert {each.name: (each.found, each.predicted, each.gold) for each in buckets} == {
        label: tuple(row) for label, row in zip(counts.columns, total, strict=True) if any(row)
    }


@every
def test_totals_of_articles_are_those_of_the_metric(system: str, name: str) -> None:
    kind = KINDS[name]
    view = kind.view if isinstance(kind, Mentions) else None
    counts = registry.metric(kind.metric, view=view).counts(gold.documents(), predicted(system))
    rows = counts.table.sum(axis=1).tolist()

    buckets = bucketed(kind, found(system, name), attributes.ARTICLE).buckets

    assert [(each.name, each.found, each.predicted, each.gold) for each in buckets] == [
        (unit, *row) for unit, row in zip(counts.units, rows, strict=True)
    ]


@every
def test_gold_against_itself_is_only_diagonal(system: str, name: str) -> None:
    del system
    kind = KINDS[name]

    documents = compared(kind, gold.documents(), gold.documents())
    confusion = confused(case for each in documents for case in each.cases)

    assert all(one == other for one, other in confusion.equal)
    assert not confusion.overlapping
    assert not confusion.missed
    assert not confusion.spurious


def test_rules_confuse_few_coarse_types() -> None:
    confusion = confused(case for each in found("rules", "ner") for case in each.cases)

    assert {pair: n for pair, n in confusion.equal.items() if len({*pair}) > 1} == {
        ("ORG", "LOC"): 9
    }


def test_outcomes_of_the_rules() -> None:
    assert outcomes("rules", "triggers") == {
        "correct": 229,
        "type": 2,
        "boundary": 12,
        "missed": 26,
        "spurious": 11,
    }


def test_crf_finds_no_nominals() -> None:
    buckets = bucketed(KINDS["mentions"], found("crf", "mentions"), attributes.LEVEL).buckets

    assert [(each.name, each.gold, each.found, each.predicted) for each in buckets] == [
        ("NAM", 365, 318, 342),
        ("NOM", 89, 0, 0),
        ("PRO", 22, 0, 0),
    ]


def test_crf_knows_what_it_has_seen() -> None:
    attribute = seen(KINDS["ner"], gold.documents())

    known, unknown = bucketed(KINDS["ner"], found("crf", "ner"), attribute).buckets

    assert (known.name, known.gold, unknown.gold) == ("seen", 250, 39)
    assert (known.recall or 0) > (unknown.recall or 0)


def test_arguments_are_correct_only_in_events_that_are() -> None:
    kind = KINDS["arguments"]

    buckets = bucketed(kind, found("rules", "arguments"), attributes.TRIGGER).buckets

    assert buckets[1:] == (Bucket("other type", 6, 0, 3, 0), Bucket("not there", 72, 0, 24, 0))


def test_names_that_words_cut_are_those_of_the_statistics() -> None:
    pytest.importorskip("underthesea", reason="needs the extra baselines")
    counted = cut_by_words(gold.documents())

    whole, cut = bucketed(KINDS["ner"], found("rules", "ner"), segmented()).buckets

    assert (whole.name, cut.name) == ("whole", "cut")
    assert cut.gold == sum(counted["cut"].values())
    assert whole.gold + cut.gold == sum(counted["names"].values())
