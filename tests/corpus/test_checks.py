"""Each fixture in ``invalid/`` holds one mistake, and is named after the check that must see it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vinee import ontology
from vinee.corpus import checks
from vinee.corpus.checks.enclosing import Enclosing
from vinee.corpus.checks.structure import names_do_not_cross
from vinee.corpus.validate import check_document
from vinee.model import Argument, Chain, Document, Event, Mention, Span

FIXTURES = Path(__file__).parent / "invalid"
NAMES = sorted(path.stem for path in FIXTURES.glob("*.json") if path.stem != "valid")


def load(name: str) -> tuple[Document, str]:
    fixture = json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))
    return msgspec.convert(fixture["document"], Document), fixture["text"]


def test_document_without_a_mistake_has_no_finding() -> None:
    document, text = load("valid")

    assert check_document(document, text) == []


@pytest.mark.parametrize("name", NAMES)
def test_mistake_is_seen_by_the_check_of_its_name_and_by_no_other(name: str) -> None:
    document, text = load(name)

    findings = check_document(document, text)

    assert {finding.id for finding in findings} == {name}


@pytest.mark.parametrize("name", NAMES)
def test_finding_names_document_and_path(name: str) -> None:
    document, text = load(name)

    finding = check_document(document, text)[0]

    assert finding.where.doc_id == "d"
    assert (finding.where.path or "").startswith("$")


def test_every_check_has_a_fixture() -> None:
    """The ids that checks announce in their docstrings are those of the fixtures."""
    announced = {
        name
        for check in (*checks.CONTENT, *checks.GOLD)
        for name in re.findall(r"``([a-z-]+)``(?=[:,] | and )", check.__doc__ or "")
    }

    assert announced == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_finding_says_what_to_do(name: str) -> None:
    """A problem and a remedy: two clauses, or three."""
    document, text = load(name)

    assert re.search(r"[;,] \w", check_document(document, text)[0].message)


def test_filler_in_the_sentence_is_not_implicit() -> None:
    document, text = load("valid")
    events = msgspec.to_builtins(document.events)
    events[0]["arguments"][0]["implicit"] = True
    document = msgspec.structs.replace(document, events=msgspec.convert(events, tuple[Event, ...]))

    [finding] = check_document(document, text)

    assert (finding.id, finding.severity) == ("argument-sentence", "warning")
    assert finding.item == ("events", 0, "arguments", 0)


def test_our_gold_has_one_event_of_a_trigger_and_type() -> None:
    document, text = load("valid")
    event = (document.events or ())[0]
    other = msgspec.structs.replace(event, id="another", arguments=())
    document = msgspec.structs.replace(document, events=(*(document.events or ()), other))

    found = check_document(document, text)

    assert ("duplicate", "error") in {(each.id, each.severity) for each in found}
    assert "duplicate" not in {f.id for f in check_document(document, text, checks.CONTENT)}


@pytest.mark.parametrize("layer", ["sections", "sentences", "mentions", "timexes", "events"])
def test_each_layer_of_the_gold_must_be_there(layer: str) -> None:
    document, text = load("valid")
    document = msgspec.structs.replace(document, **{layer: None})

    missing = [f for f in check_document(document, text) if f.id == "layer-missing"]

    assert [finding.item for finding in missing] == [(layer,)]


def test_gold_needs_no_entities() -> None:
    document, text = load("valid")

    assert check_document(msgspec.structs.replace(document, entities=None), text) == []


def test_empty_ref_beside_a_span_is_both() -> None:
    argument = Argument("Place", ref="", span=Span(0, 3))
    document = Document("d", events=(Event("Contact.Meet", Span(0, 3), arguments=(argument,)),))

    found = {f.id for f in check_document(document, "gặp Lào", checks.CONTENT)}

    assert found == {"ref-unknown", "ref-or-span"}


SPANS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=12)


@given(SPANS, st.integers(0, 12), st.integers(0, 12))
def test_enclosing_agrees_with_asking_each(
    spans: list[tuple[int, int]], start: int, end: int
) -> None:
    located = [Span(*span) for span in spans]

    assert Enclosing(located).hold(start, end) == any(
        first <= start and end <= last for first, last in spans
    )


@given(SPANS)
def test_crossing_agrees_with_asking_each(spans: list[tuple[int, int]]) -> None:
    mentions = tuple(Mention(start, end, "PER") for start, end in spans if start < end)
    context = checks.Context(Document("d", mentions=mentions), " " * 12, ontology.default())

    crossing = any(a.start < b.start < a.end < b.end for a in mentions for b in mentions)

    assert bool(list(names_do_not_cross(context))) == crossing


def test_an_event_that_is_no_particular_one_needs_no_chain() -> None:
    document, text = load("chain-generic")
    generic, other = document.events or ()

    found = check_document(
        msgspec.structs.replace(
            document,
            events=(msgspec.structs.replace(generic, chain=None), other),
            chains=(Chain("c2"),),
        ),
        text,
    )

    assert found == []
