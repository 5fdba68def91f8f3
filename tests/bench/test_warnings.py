"""What is said of few units names a remedy where there is one."""

from __future__ import annotations

import vinee
from vinee.bench import scoring
from vinee.bench.result import System
from vinee.bench.significance.tables import of_comparisons
from vinee.bench.warnings import unit_warning


def test_one_document_is_resampled_by_its_sentences() -> None:
    warning = unit_warning(1, "document", "ner.strict")

    assert warning == (
        "1 document: no interval can be computed; resample its sentences: --unit sentence"
    )


def test_a_metric_of_whole_documents_has_no_smaller_unit() -> None:
    warning = unit_warning(1, "document", "coref.CoNLL") or ""

    assert "--unit" not in warning
    assert "coref.CoNLL counts whole documents, so that there is no smaller unit" in warning


def test_several_documents_ask_for_nothing_smaller() -> None:
    assert "--unit" not in (unit_warning(5, "document", "ner.strict") or "")


def test_scores_and_comparisons_say_the_same() -> None:
    one = vinee.documents()[:1]
    results = [scoring.score(one, "ner", gold=one, system=System(name)) for name in ("a", "b")]

    (table,) = of_comparisons(vinee.compare(*results, metrics="ner.strict"))

    assert "--unit sentence" in (results[0].warning or "")
    assert any("--unit sentence" in note for note in table.notes)
