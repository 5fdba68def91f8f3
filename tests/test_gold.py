"""The gold can be made again: from two blind passes, a log of decisions, and a logged sweep."""

from __future__ import annotations

from functools import cache

import pytest

from vinee import resources
from vinee.bench import agreement
from vinee.corpus import adjudication, gold, links, quoted, seeds
from vinee.corpus.validate import check_document
from vinee.model import Document

ANNOTATIONS = resources.root() / "annotations"
FIRST, SECOND, DECIDED = "a1", "a2", "r1"
BLIND = ("a1", "a2", "a3", "a4")


@cache
def handed_in(annotator: str) -> tuple[Document, ...]:
    return quoted.resolved(ANNOTATIONS / "passes" / annotator)


@cache
def naming() -> tuple[adjudication.Naming, adjudication.Naming]:
    return adjudication.common_names(handed_in(FIRST), handed_in(SECOND))


def log(doc_id: str) -> adjudication.Log:
    return adjudication.read_log(ANNOTATIONS / "adjudication" / f"{doc_id}.json")


def decided(number: int) -> Document:
    first, second = handed_in(FIRST)[number], handed_in(SECOND)[number]
    return adjudication.adjudicate(first, second, naming(), log(first.doc_id).decided())


def test_gold_is_the_last_pass_with_its_offsets_found_and_its_links_added() -> None:
    table = links.read()

    assert [*gold.documents()] == [links.linked(document, table) for document in handed_in(DECIDED)]


@pytest.mark.parametrize("number", range(len(seeds.doc_ids())), ids=seeds.doc_ids())
def test_log_holds_each_disagreement_of_the_two_passes_and_nothing_else(number: int) -> None:
    first, second = handed_in(FIRST)[number], handed_in(SECOND)[number]

    found = adjudication.disagreements(first, second, naming())

    kept = log(first.doc_id)
    assert kept.annotators == (FIRST, SECOND)
    assert [(each.id, each.first, each.second) for each in kept.decisions] == [
        (each.id, each.first, each.second) for each in found
    ]


@pytest.mark.parametrize("number", range(len(seeds.doc_ids())), ids=seeds.doc_ids())
def test_gold_differs_from_what_was_decided_only_where_the_log_says_so(number: int) -> None:
    documents = [decided(each) for each in range(len(seeds.doc_ids()))]
    names = adjudication.common_names(documents, gold.documents())

    found = adjudication.disagreements(documents[number], gold.documents()[number], names)

    sweep = log(documents[number].doc_id).sweep
    assert [(each.id, each.before, each.after) for each in sweep] == [
        (each.id, each.first, each.second) for each in found
    ]


def test_gold_is_made_again_from_the_passes_and_the_log() -> None:
    made = []
    for number in range(len(seeds.doc_ids())):
        first, second = handed_in(FIRST)[number], handed_in(SECOND)[number]
        kept = log(first.doc_id)
        made.append(adjudication.adjudicate(first, second, naming(), kept.decided(), kept.sweep))
    names = adjudication.common_names(made, gold.documents())

    found = [
        adjudication.disagreements(*pair, names)
        for pair in zip(made, gold.documents(), strict=True)
    ]

    assert found == [[], [], [], [], []]


@pytest.mark.parametrize("doc_id", seeds.doc_ids())
def test_every_decision_and_change_has_a_reason_that_begins_with_a_rule(doc_id: str) -> None:
    reasons = [each.why for each in log(doc_id).decisions]
    reasons += [each.why for each in log(doc_id).sweep]

    assert all(why[0] in "GSMCTEARK" and why[1].isdigit() for why in reasons)


@pytest.mark.parametrize("annotator", BLIND)
def test_blind_pass_covers_every_article_and_is_well_formed(annotator: str) -> None:
    documents = handed_in(annotator)

    findings = [f for d in documents for f in check_document(d, d.text or "")]
    assert [document.doc_id for document in documents] == list(seeds.doc_ids())
    assert [finding for finding in findings if finding.severity == "error"] == []


def test_agreement_shipped_is_that_of_the_passes() -> None:
    passes = {name: handed_in(name) for name in ("a1", "a2", "a3")}

    found = agreement.agreement(passes, dict.fromkeys(passes, "1.0"))
    assert agreement.read(ANNOTATIONS / "agreement.json") == found
