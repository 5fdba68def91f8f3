"""BigBIO rows: the published schema, its own checks, and everything read back."""

from __future__ import annotations

import copy
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from full_documents import STEMS, canonical, documents, full, gold
from hypothesis import given, settings

from vinee.errors import InputError
from vinee.formats import contract, registry
from vinee.formats.bigbio import (
    BigBio,
    attributes,
    check_kb,
    features,
    kb_row,
    repeated_ids,
)
from vinee.model import Argument, Document, Entity, Event, Mention, Span, Timex

TEXT = "Tổng thống Pháp đến Lào hôm 7/8."
#       0    5     11   16  20  24  28
VISIT = Document(
    "d",
    TEXT,
    mentions=(
        Mention(11, 15, "GPE", id="m1", extent=Span(0, 15), gpe_role="ORG", entity="e1"),
        Mention(20, 23, "GPE", id="m2"),
    ),
    entities=(Entity("e1", "GPE", corpus_id="france", wikidata="Q142"),),
    timexes=(Timex(24, 31, id="t1", type="DATE", value="2025-08-07"), Timex(28, 31)),
    events=(
        Event(
            "Movement.Transport",
            Span(16, 19),
            id="ev1",
            arguments=(
                Argument("Artifact", span=Span(0, 15)),
                Argument("Destination", ref="m2"),
                Argument("Time", ref="t1", implicit=True),
            ),
            realis="ACTUAL",
            chain="c1",
        ),
    ),
)


def round_trip(*written: Document) -> tuple[Document, ...]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kb.jsonl"
        BigBio().write(written, path)
        return BigBio().read(path)


def row(**changes: Any) -> dict[str, Any]:
    """A row as other people make it."""
    france: dict[str, Any] = {
        "id": "T1",
        "type": "GPE",
        "text": ["Pháp"],
        "offsets": [[11, 15]],
        "normalized": [{"db_name": "Wikidata", "db_id": "Q142"}],
    }
    whole: dict[str, Any] = {
        "id": "0",
        "document_id": "d",
        "passages": [
            {"id": "1", "type": "title", "text": ["Tổng thống Pháp"], "offsets": [[0, 15]]},
            {"id": "2", "type": "body", "text": ["đến Lào."], "offsets": [[16, 24]]},
        ],
        "entities": [france],
        "events": [
            {
                "id": "E1",
                "type": "Transport",
                "trigger": {"text": ["đến"], "offsets": [[16, 19]]},
                "arguments": [{"role": "Artifact", "ref_id": "T1"}],
            }
        ],
        "coreferences": [{"id": "C1", "entity_ids": ["T1"]}],
        "relations": [],
    }
    return {**whole, **changes}


def write(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(each) + "\n" for each in rows), "utf-8")
    return path


@settings(max_examples=50)
@given(documents())
def test_every_document_comes_back(document: Document) -> None:
    [back] = round_trip(document)

    assert canonical(back) == canonical(document)


@settings(max_examples=50)
@given(documents())
def test_every_row_passes_the_checks(document: Document) -> None:
    assert check_kb(kb_row(document)) == []


@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.parametrize("make", [gold, full])
def test_article_comes_back(stem: str, make: Callable[[str], Document]) -> None:
    document = make(stem)

    [back] = round_trip(document)

    assert canonical(back) == canonical(document)


def test_rows_of_the_corpus_pass_the_checks_together() -> None:
    rows = [kb_row(full(stem)) for stem in STEMS]

    assert [check_kb(each) for each in rows] == [[]] * 5
    assert repeated_ids(rows) == []


def test_nothing_is_lost() -> None:
    assert contract.losses(registry.get("bigbio"), [full(stem) for stem in STEMS]) == []


def test_mentions_times_and_spans_are_entities() -> None:
    core = kb_row(VISIT)

    assert [(e["id"], e["type"], e["text"], e["offsets"]) for e in core["entities"]] == [
        ("d_m1", "GPE", ["Pháp"], [[11, 15]]),
        ("d_m2", "GPE", ["Lào"], [[20, 23]]),
        ("d_t1", "DATE", ["hôm 7/8"], [[24, 31]]),
        ("d_~timexes1", "TIMEX3", ["7/8"], [[28, 31]]),
        ("d_ev1-span0", "SPAN", ["Tổng thống Pháp"], [[0, 15]]),
    ]
    assert core["events"][0]["arguments"] == [
        {"role": "Artifact", "ref_id": "d_ev1-span0"},
        {"role": "Destination", "ref_id": "d_m2"},
        {"role": "Time", "ref_id": "d_t1"},
    ]


def test_coreferent_mentions_are_linked() -> None:
    core = kb_row(VISIT)

    assert core["coreferences"] == [{"id": "d_e1", "entity_ids": ["d_m1"]}]
    assert core["entities"][0]["normalized"] == [
        {"db_name": "Wikidata", "db_id": "Q142"},
        {"db_name": "ViNEE", "db_id": "france"},
    ]


def test_what_is_known_not_to_be_in_wikidata_is_not_linked() -> None:
    document = msgspec.structs.replace(VISIT, entities=(Entity("e1", "GPE", wikidata="NIL"),))

    assert kb_row(document)["entities"][0]["normalized"] == []
    [back] = round_trip(document)
    assert back.entities == document.entities


def test_attributes_are_strings_by_id() -> None:
    found = [(a["ref_id"], a["name"], a["value"]) for a in attributes(VISIT)]

    assert ("d_m1", "extent", "0 15") in found
    assert ("d_m1", "gpe_role", "ORG") in found
    assert ("d_t1", "timex_value", "2025-08-07") in found
    assert ("d_ev1", "implicit", "2") in found
    assert ("d_ev1", "chain", "c1") in found


def test_features_are_the_published_ones() -> None:
    from datasets import Features, Sequence, Value

    string = Value("string")
    stretch = {"text": Sequence(string), "offsets": Sequence([Value("int32")])}
    named = {"id": string, "type": string}
    links = [{"db_name": string, "db_id": string}]

    assert features() == Features(
        {
            "id": string,
            "document_id": string,
            "passages": [{**named, **stretch}],
            "entities": [{**named, **stretch, "normalized": links}],
            "events": [
                {**named, "trigger": stretch, "arguments": [{"role": string, "ref_id": string}]}
            ],
            "coreferences": [{"id": string, "entity_ids": Sequence(string)}],
            "relations": [{**named, "arg1_id": string, "arg2_id": string, "normalized": links}],
        }
    )


def test_rows_fit_the_features_and_come_out_the_same() -> None:
    from datasets import Dataset

    rows = [{**kb_row(full(s)), "vinee_attributes": attributes(full(s))} for s in STEMS]

    dataset = Dataset.from_list(rows, features=features(with_attributes=True))

    assert dataset.to_list() == rows


def test_core_alone_is_read_back_for_what_it_holds(tmp_path: Path) -> None:
    [back] = BigBio().read(write(tmp_path / "kb.jsonl", kb_row(VISIT)))

    assert back == Document(
        "d",
        TEXT,
        mentions=(
            Mention(11, 15, "GPE", text="Pháp", id="m1", entity="e1"),
            Mention(20, 23, "GPE", text="Lào", id="m2"),
        ),
        entities=VISIT.entities,
        timexes=(
            Timex(24, 31, text="hôm 7/8", id="t1", type="DATE"),
            Timex(28, 31, text="7/8"),
        ),
        events=(
            Event(
                "Movement.Transport",
                Span(16, 19, "đến"),
                id="ev1",
                arguments=(
                    Argument("Artifact", span=Span(0, 15, "Tổng thống Pháp")),
                    Argument("Destination", ref="m2"),
                    Argument("Time", ref="t1"),
                ),
            ),
        ),
    )


def test_rows_of_others_are_read(tmp_path: Path) -> None:
    [back] = BigBio().read(write(tmp_path / "kb.jsonl", row()))

    assert back == Document(
        "d",
        "Tổng thống Pháp đến Lào.",
        mentions=(Mention(11, 15, "GPE", text="Pháp", id="T1", entity="C1"),),
        entities=(Entity("C1", "GPE", wikidata="Q142"),),
        events=(
            Event(
                "Transport",
                Span(16, 19, "đến"),
                id="E1",
                arguments=(Argument("Artifact", ref="T1"),),
            ),
        ),
    )


def test_row_of_seacrowd_with_columns_of_lists_is_read(tmp_path: Path) -> None:
    seacrowd = row(id="d")
    del seacrowd["document_id"]
    seacrowd["entities"][0]["normalized"] = {"db_name": ["Wikidata"], "db_id": ["Q142"]}
    seacrowd["events"][0]["arguments"] = {"role": ["Artifact"], "ref_id": ["T1"]}

    assert BigBio().read(write(tmp_path / "a.jsonl", seacrowd)) == BigBio().read(
        write(tmp_path / "b.jsonl", row())
    )


def test_coreference_without_mentions_says_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "kb.jsonl", row(coreferences=[{"id": "C1", "entity_ids": []}]))

    [back] = BigBio().read(path)

    assert back.entities is None


def test_text_that_is_known_is_taken_instead_of_joined_passages(tmp_path: Path) -> None:
    text = "Tổng thống Pháp\nđến Lào.\n"

    [back] = BigBio().read(write(tmp_path / "kb.jsonl", row()), {"d": text})

    assert back.text == text


def test_text_that_does_not_fit_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"kb.jsonl:1: d: a passage has the text"):
        BigBio().read(write(tmp_path / "kb.jsonl", row()), {"d": "Thủ tướng Pháp đến Lào."})


def changed(change: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
    whole = copy.deepcopy(row())
    change(whole)
    return whole


BROKEN = {
    "shifted": lambda r: r["entities"][0].update(offsets=[[12, 16]]),
    "outside": lambda r: r["entities"][0].update(offsets=[[11, 99]]),
    "trigger": lambda r: r["events"][0]["trigger"].update(text=["tới"]),
    "no-text": lambda r: r["entities"][0].update(text=[], offsets=[]),
    "argument": lambda r: r["events"][0]["arguments"][0].update(ref_id="T9"),
    "member": lambda r: r["coreferences"][0].update(entity_ids=["T9"]),
    "overlap": lambda r: r["passages"][1].update(offsets=[[14, 22]]),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_row_is_found_by_checks_and_on_reading(tmp_path: Path, name: str) -> None:
    broken = changed(BROKEN[name])

    assert check_kb(broken)
    with pytest.raises(InputError) as caught:
        BigBio().read(write(tmp_path / "kb.jsonl", broken))
    assert (caught.value.where.line, caught.value.where.doc_id) == (1, "d")


def test_right_row_of_others_passes_the_checks() -> None:
    assert check_kb(row()) == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda r: r["events"][0].update(id="T1"), "the id 'T1' is used 2 times"),
        (lambda r: r["passages"][1].update(offsets=[[17, 25]]), "expected [16, 24]"),
        (lambda r: r["passages"][0].update(text=["a", "b"]), "one text and one pair"),
        (
            lambda r: r.update(relations=[{"id": "R", "arg1_id": "T1", "arg2_id": "E1"}]),
            "relation 'R' has the arg2_id 'E1', unknown",
        ),
        (lambda r: r["entities"][0].update(text=[]), "0 texts and 1 pairs of offsets"),
    ],
)
def test_checks_say_what_is_wrong(change: Callable[[dict[str, Any]], Any], problem: str) -> None:
    assert problem in "; ".join(check_kb(changed(change)))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (
            lambda r: r["entities"][0].update(text=["Tổng", "Pháp"], offsets=[[0, 4], [11, 15]]),
            "span-parts",
        ),
        (lambda r: r["coreferences"].append({"id": "C2", "entity_ids": ["T1"]}), "coreference"),
        (lambda r: r["events"][0]["arguments"][0].update(ref_id="E1"), "ref-unknown"),
        (lambda r: r.update(vinee_attributes=[attribute("T1", "level", "X")]), "attribute-value"),
        (lambda r: r.update(vinee_attributes=[attribute("T1", "extent", "1")]), "attribute-value"),
        (lambda r: r.update(vinee_attributes=[attribute("0", "meta", "{")]), "attribute-value"),
        (lambda r: r["passages"][0].update(text=[]), "schema"),
        (lambda r: r.pop("passages"), "schema"),
    ],
)
def test_what_a_document_cannot_hold_is_told(
    tmp_path: Path, change: Callable[[dict[str, Any]], Any], code: str
) -> None:
    with pytest.raises(InputError) as caught:
        BigBio().read(write(tmp_path / "kb.jsonl", changed(change)))

    assert (caught.value.code, caught.value.where.line) == (code, 1)


def attribute(ref_id: str, name: str, value: str) -> dict[str, str]:
    return {"ref_id": ref_id, "name": name, "value": value}


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (Document("d"), "no-text"),
        (
            Document(
                "d", TEXT, mentions=(Mention(0, 4, "A", id="x"),), timexes=(Timex(0, 4, id="x"),)
            ),
            "id-twice",
        ),
        (
            Document("d", TEXT, events=(Event("X", Span(0, 4), arguments=(Argument("R"),)),)),
            "ref-unknown",
        ),
    ],
)
def test_what_cannot_be_written_is_told(tmp_path: Path, document: Document, code: str) -> None:
    with pytest.raises(InputError) as caught:
        BigBio().write([document], tmp_path / "kb.jsonl")

    assert caught.value.code == code
    assert list(tmp_path.iterdir()) == []
