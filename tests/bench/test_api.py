"""`vinee.score`: one call for whatever there is to score."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import vinee
from vinee import resources
from vinee.corpus.predictions import PredictionError
from vinee.errors import InvalidError, MalformedError, UnknownNameError
from vinee.formats import native
from vinee.model import Mention


def countries(text: str) -> list[tuple[int, int, str]]:
    return [(m.start(), m.end(), "GPE") for m in re.finditer(r"\b(?:Nga|Mỹ|Ukraine)\b", text)]


def f1(result: object) -> float | None:
    metric = result.metric("ner.strict")  # type: ignore[attr-defined]
    value: float | None = metric.all.micro.f1
    return value


def test_a_function_is_scored() -> None:
    result = vinee.score(countries, "ner")

    assert result.system.name == "countries"
    assert 0 < (f1(result) or 0) < 1


def test_a_function_may_return_the_four_coarse_labels() -> None:
    def summits(text: str) -> list[tuple[int, int, str]]:
        return [(m.start(), m.end(), "MISC") for m in re.finditer("G20", text)]

    assert vinee.score(summits, "ner").metrics
    (skipped,) = vinee.score(summits, "ner_fine").skipped
    assert skipped.why == "the predictions use the coarse label MISC"


def test_documents_are_scored() -> None:
    assert f1(vinee.score(vinee.documents(), "ner")) == 1.0


@pytest.mark.parametrize("as_text", [True, False])
def test_a_file_is_scored(tmp_path: Path, *, as_text: bool) -> None:
    path = tmp_path / "p.jsonl"
    native.write_lines(path, vinee.documents())

    assert f1(vinee.score(str(path) if as_text else path, "ner")) == 1.0


def test_stored_predictions_are_compared_under_the_names_of_their_files(tmp_path: Path) -> None:
    for name in ("mine", "crf"):
        native.write_lines(tmp_path / f"{name}.jsonl", vinee.documents())
    mine, crf = (vinee.score(tmp_path / f"{name}.jsonl", "ner") for name in ("mine", "crf"))

    compared = vinee.compare(mine, crf, metrics="ner.strict", against="crf")

    assert [(each.first, each.second) for each in compared] == [("mine", "crf")]


def test_a_name_can_be_given_to_whatever_is_scored(tmp_path: Path) -> None:
    native.write_lines(tmp_path / "p.jsonl", vinee.documents())

    for what in (tmp_path / "p.jsonl", vinee.documents(), countries):
        assert vinee.score(what, "ner", system="mine").system.name == "mine"


@pytest.mark.parametrize("name", ["a\nb", " ", ""])
def test_a_name_that_would_break_a_table_is_refused(name: str) -> None:
    with pytest.raises(InvalidError, match=r"name of a system must be printable.*system="):
        vinee.score(vinee.documents(), "ner", system=name)


def test_paths_are_scored_before_they_are_compared() -> None:
    with pytest.raises(InvalidError, match=r"give it vinee\.score\('a\.jsonl', TASK\)"):
        vinee.compare("a.jsonl", "b.jsonl")  # type: ignore[arg-type]


def test_a_metric_may_be_given_as_one_name() -> None:
    result = vinee.score(vinee.documents(), "ner", metrics="ner.strict")

    assert [each.name for each in result.metrics] == ["ner.strict"]


def test_what_there_is_can_be_listed() -> None:
    assert {"score", "load", "compare", "documents", "Document", "Resampling"} <= {*dir(vinee)}


def test_an_extractor_is_scored_by_name() -> None:
    assert (f1(vinee.score("rules", "ner")) or 0) > 0.5


def test_result_becomes_a_table() -> None:
    table = vinee.score(vinee.documents(), "ner").to_pandas()

    assert {"metric", "scope", "label", "f1"} <= set(table.columns)
    assert (table.query("label == 'micro'")["f1"] == 1.0).all()


def test_user_gold_takes_the_place_of_ours() -> None:
    one = vinee.documents()[:1]

    result = vinee.score(one, "ner", gold=one)

    assert result.corpus.scored == (one[0].doc_id,)


def test_strings_without_offsets_are_brought_onto_the_gold() -> None:
    gold = [vinee.Document("d1", "Ở Việt Nam", mentions=(Mention(2, 10, "LOC"),))]

    result = vinee.score([{"doc_id": "d1", "strings": [["Việt_Nam", "LOC"]]}], "ner", gold=gold)

    assert f1(result) == 1.0
    assert result.grounding == {"ambiguous": 0, "exact": 0, "repaired": 1, "ungrounded": 0}


def test_unfit_documents_are_refused() -> None:
    with pytest.raises(PredictionError, match="doc-unknown"):
        vinee.score([vinee.Document("nobody", mentions=())], "ner")


def test_unknown_extractor_is_told() -> None:
    with pytest.raises(UnknownNameError, match="underthesea"):
        vinee.score("undersea", "ner")


def test_unknown_attribute_is_told() -> None:
    with pytest.raises(AttributeError, match="no attribute 'scores'"):
        _ = vinee.scores


def test_no_documents_are_refused_as_an_empty_file_is() -> None:
    with pytest.raises(MalformedError, match=r"holds no document.*\[no-documents\]"):
        vinee.score([], "ner")


def test_gold_that_is_missing_is_told_to_be_the_gold() -> None:
    with pytest.raises(MalformedError, match="nofile: of the gold: no such file or folder"):
        vinee.score(vinee.documents(), "ner", gold="nofile")


def test_gold_may_be_a_path() -> None:
    folder = resources.root() / "annotations" / "gold"

    assert f1(vinee.score(folder, "ner", gold=folder)) == 1.0


def test_path_that_does_not_exist_is_not_taken_for_an_extractor() -> None:
    with pytest.raises(MalformedError, match="no such file"):
        vinee.score("predictions/typo.jsonl", "ner")
