"""The published cases: what they cover, that they are well formed, and that we pass all of them."""

from __future__ import annotations

import json
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from vinee import resources
from vinee.bench.conformance import building, deviations, judging, ours, published
from vinee.bench.conformance.case import SCORES, Case, Triple
from vinee.errors import IntegrityError, InvalidError, SchemaError
from vinee.metrics import registry

CASES = published.cases()
FOLDER = resources.root() / "benchmark" / "conformance"
PAGE = resources.root() / "docs" / "conformance.md"
LEAST = 3


def scores(case: Case) -> list[Triple]:
    expected = case.expected
    return [expected.micro, *expected.labels.values(), *expected.units.values()]


def of_family(family: str) -> set[str]:
    return {case.id.partition("@")[0] for case in CASES if case.family == family}


def test_our_metrics_pass_every_case() -> None:
    outcome = judging.judge(CASES, ours.answers(CASES))

    wrong = {each.case.id: each for each in outcome.verdicts if each.status != "passed"}
    assert wrong == {}


@pytest.mark.parametrize("family", registry.names())
def test_every_registered_family_has_cases(family: str) -> None:
    assert len(of_family(family)) >= LEAST


@pytest.mark.parametrize("family", registry.names())
def test_every_family_is_asked_for_a_perfect_answer_and_for_nothing_against_nothing(
    family: str,
) -> None:
    micros = {case.expected.micro for case in CASES if case.family == family}

    assert {Triple("1", "1", "1"), Triple(None, None, None)} <= micros


def test_every_metric_is_spelled_canonically() -> None:
    metrics = {case.metric for case in CASES}

    assert {registry.canonical(metric) for metric in metrics} == metrics


def test_ids_are_unique_and_name_their_metric() -> None:
    assert [name for name, number in Counter(each.id for each in CASES).items() if number > 1] == []
    assert all(each.id.endswith(f"@{each.metric}") for each in CASES)


def test_scores_are_reduced_fractions_of_at_most_one() -> None:
    for case in CASES:
        for triple in scores(case):
            values = [getattr(triple, name) for name in SCORES]
            assert values == [None] * 3 or all(
                str(Fraction(value)) == value and 0 <= Fraction(value) <= 1 for value in values
            ), case.id


def test_a_shuffled_case_expects_what_its_model_does() -> None:
    by_id = {case.id: case for case in CASES}
    turned = [case for case in CASES if "-shuffled@" in case.id]

    assert len(turned) > 50
    for case in turned:
        model = by_id[case.id.replace("-shuffled@", "@")]
        assert case.expected == model.expected
        assert (case.gold, case.predicted) != (model.gold, model.predicted) or not case.gold


def test_texts_of_spans_are_those_of_the_documents() -> None:
    for case in CASES:
        for gold in case.gold or ():
            for mention in gold.mentions or ():
                assert gold.text is not None
                assert gold.text[mention.start : mention.end] == mention.text, case.id


def test_what_is_sent_says_nothing_of_what_is_expected() -> None:
    sent = [json.loads(line) for line in published.questions(CASES).splitlines()]

    assert len(sent) == len(CASES)
    assert {key for each in sent for key in each} == {
        "id",
        "metric",
        "view",
        "gold",
        "predicted",
        "tags",
    }


@pytest.mark.skipif(not PAGE.is_file(), reason="the sources are in the repository only")
def test_nothing_published_differs_from_its_sources() -> None:
    changed = building.changes(FOLDER, PAGE)

    assert list(changed) == [], "run: vinee conformance build"


def test_a_file_that_no_source_makes_is_to_be_removed(tmp_path: Path) -> None:
    folder, page = tmp_path / "c", tmp_path / "page.md"
    (folder / "sources").mkdir(parents=True)
    (folder / "cases").mkdir()
    (folder / "cases" / "old.json").write_text("{}")
    (folder / "deviations.yaml").write_text("[]")
    (folder / "example.py").write_text("pass\n")
    (folder / "sources" / "few.yaml").write_text(
        "group: few\nabout: a\nlayer: mentions\nscenarios:\n"
        "- {name: a, why: b, text: Nga, gold: [Nga|GPE], predicted: [], "
        "expected: {ner.strict: 0 0 1}}\n"
    )
    marks = (building.BEGIN.format(name) + building.END.format(name) for name in PARTS)
    page.write_text("\n".join(marks))

    for path, content in building.changes(folder, page).items():
        building.replace(path, content)

    assert building.changes(folder, page) == {}
    assert [each.id for each in published.cases(folder)] == ["a@ner.strict"]
    assert "| few | `ner.strict` | 1 |" in page.read_text()


PARTS = ("cases", "deviations", "example")


def test_a_page_without_marks_is_refused() -> None:
    with pytest.raises(IntegrityError, match="must have the marks"):
        building.filled("# Conformance", {"cases": ""})


def test_a_folder_without_sources_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IntegrityError, match="holds no scenarios"):
        building.built(tmp_path)


def test_a_folder_without_cases_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IntegrityError, match="holds no cases"):
        published.cases(tmp_path)


def test_two_cases_of_one_id_are_refused(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    made = published.files()[0]
    for name in ("a", "b"):
        (tmp_path / "cases" / f"{name}.json").write_bytes(published.written(made))

    with pytest.raises(IntegrityError, match="two cases have the id"):
        published.cases(tmp_path)


def test_a_broken_file_of_cases_is_named(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "x.json").write_text('{"conformance": 2}')

    with pytest.raises(SchemaError, match=r"x\.json"):
        published.cases(tmp_path)


def test_every_deviation_is_on_a_case_and_differs_from_it() -> None:
    expected = {case.id: case.expected.micro for case in CASES}

    for each in deviations.read(FOLDER / "deviations.yaml"):
        for name, theirs in {each.case: each.theirs, **each.also}.items():
            ours_ = expected[name]
            same = theirs is not None and all(
                judging.same(getattr(ours_, score), getattr(theirs, score)) for score in SCORES
            )
            assert not same, (each.tool, name)


def test_a_deviation_on_no_case_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "deviations.yaml"
    path.write_text("[{tool: t, version: '1', how: ran, case: nowhere, does: a, why: b}]")

    with pytest.raises(InvalidError, match="'nowhere', which is no case"):
        deviations.table(deviations.read(path), CASES)


def test_deviations_of_another_shape_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "deviations.yaml"
    path.write_text("[{tool: t}]")

    with pytest.raises(SchemaError, match=r"deviations\.yaml"):
        deviations.read(path)
