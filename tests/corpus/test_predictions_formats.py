"""Predictions in any format: read by its reader, then checked like our own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from vinee import ontology
from vinee.corpus import gold, labelmap, predictions
from vinee.corpus.foreign import label_set
from vinee.corpus.predictions import PredictionError
from vinee.errors import InputError, InvalidError, MalformedError, UnknownNameError
from vinee.formats import native, registry
from vinee.model import Document, Mention

TEXT = "Bà Vũ Hoa thăm Lào hôm 2/9."
GOLD = (Document("a", text=TEXT), Document("b", text="Lào."))
TWO_COLUMNS = "-DOCSTART- (a)\tO\n\nBà\tO\nVũ\tB-PER\nHoa\tI-PER\nthăm\tO\nLào\tB-GPE\n"


def spans(documents: tuple[Document, ...]) -> set[tuple[str, int, int, str]]:
    return {(d.doc_id, m.start, m.end, m.type) for d in documents for m in d.mentions or ()}


def file(path: Path, content: str) -> Path:
    path.write_text(content, "utf-8")
    return path


@pytest.mark.parametrize("name", registry.names())
def test_gold_predicted_in_any_format_passes_the_checks(name: str, tmp_path: Path) -> None:
    if name == "spacy":
        pytest.importorskip("spacy", reason="it is in the extra `spacy`")
    documents = gold.documents()
    format_ = registry.get(name)
    format_.write(documents, tmp_path / "out")

    found = predictions.read(tmp_path / "out", documents, format=name)

    assert found.format == name
    assert found.findings == ()
    assert [each.doc_id for each in found.documents] == [each.doc_id for each in documents]
    assert spans(found.documents) <= spans(documents)
    if {"mentions", "mentions.nested", "mentions.repeated"} <= format_.holds:
        assert spans(found.documents) == spans(documents)


def test_columns_without_offsets_are_put_onto_the_text_of_the_gold(tmp_path: Path) -> None:
    path = file(tmp_path / "p.conll", TWO_COLUMNS)

    found = predictions.read(path, GOLD, format="conll-plain")

    assert spans(found.documents) == {("a", 3, 9, "PER"), ("a", 15, 18, "GPE")}


def test_document_that_the_gold_lacks_is_told_in_a_format_that_asks_for_texts(
    tmp_path: Path,
) -> None:
    other = "\n-DOCSTART- (zzz)\tO\n\nHuế\tB-GPE\n"
    path = file(tmp_path / "p.conll", TWO_COLUMNS + other)

    with pytest.raises(PredictionError, match=r"p\.conll: zzz: the gold has no document 'zzz'"):
        predictions.read(path, GOLD, format="conll-plain")
    found = predictions.read(path, GOLD, format="conll-plain", lenient=True)
    assert found.counted() == {"doc-unknown": 1}
    assert len(spans(found.documents)) == 2


def test_wrong_label_is_told_or_left_out_in_any_format(tmp_path: Path) -> None:
    path = file(tmp_path / "p.conll", TWO_COLUMNS.replace("B-GPE", "B-COUNTRY"))

    with pytest.raises(PredictionError, match=r"a: \$\.mentions\[1\]: 'COUNTRY' is no entity type"):
        predictions.read(path, GOLD, format="conll-plain")
    found = predictions.read(path, GOLD, format="conll-plain", lenient=True)
    assert found.counted() == {"label-entity": 1}
    assert spans(found.documents) == {("a", 3, 9, "PER")}


@pytest.mark.parametrize("lenient", [False, True])
def test_error_of_a_reader_names_file_and_line(tmp_path: Path, *, lenient: bool) -> None:
    path = file(tmp_path / "p.conll", TWO_COLUMNS + "Huế\n")

    with pytest.raises(InputError, match=r"p\.conll:8: "):
        predictions.read(path, GOLD, format="conll-plain", lenient=lenient)


@pytest.mark.parametrize("name", registry.names())
def test_missing_file_is_told_in_any_format(name: str, tmp_path: Path) -> None:
    with pytest.raises(MalformedError, match="none: no such file or folder"):
        predictions.read(tmp_path / "none", GOLD, format=name)


def test_folder_where_a_file_is_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=str(tmp_path)):
        predictions.read(tmp_path, GOLD, format="textee")


def test_unknown_format_names_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match=r"unknown format .*; nearest: .*conll.*known: "):
        predictions.read(tmp_path, GOLD, format="colnn")


def test_format_is_detected(tmp_path: Path) -> None:
    registry.get("brat").write(gold.documents(), tmp_path / "out")

    found = predictions.read(tmp_path / "out", gold.documents())

    assert found.format == "brat"
    assert found.how


def test_file_in_an_archive_is_read(tmp_path: Path) -> None:
    from vinee.formats import archive

    path = tmp_path / "out.zip"
    archive.fitting(registry.get("brat"), path).write(gold.documents(), path)

    found = predictions.read(path, gold.documents(), format="brat")

    assert spans(found.documents) == spans(gold.documents())


def line(path: Path, *mentions: dict[str, Any]) -> Path:
    return file(path, json.dumps({"doc_id": "a", "mentions": mentions}, ensure_ascii=False) + "\n")


HOA = {"start": 3, "end": 9, "type": "PERSON"}
LAOS = {"start": 15, "end": 18, "type": "COUNTRY"}


def test_labels_are_mapped_before_they_are_checked(tmp_path: Path) -> None:
    path = line(tmp_path / "p.jsonl", HOA, LAOS)
    to_ours = labelmap.parse(["PERSON=PER", "COUNTRY=GPE"])

    found = predictions.read(path, GOLD, labels=to_ours, format="jsonl")

    assert spans(found.documents) == {("a", 3, 9, "PER"), ("a", 15, 18, "GPE")}
    assert found.mapped
    assert sum(found.mapped.renamed.values()) == 2


def test_unknown_target_of_a_map_is_no_matter_of_leniency(tmp_path: Path) -> None:
    path = line(tmp_path / "p.jsonl", HOA)

    with pytest.raises(InvalidError, match="nearest: PER"):
        predictions.read(
            path, GOLD, labels=labelmap.parse(["PERSON=PERS"]), format="jsonl", lenient=True
        )


def test_finding_behind_a_dropped_label_has_the_place_of_the_file(tmp_path: Path) -> None:
    outside = {"start": 15, "end": 99, "type": "GPE"}
    path = line(tmp_path / "p.jsonl", HOA, outside)

    found = predictions.read(
        path, GOLD, labels=labelmap.parse(["PERSON="]), format="jsonl", lenient=True
    )

    assert [finding.where.path for finding in found.findings] == ["$.mentions[1]"]
    assert found.documents[0].mentions == ()


def test_argument_behind_a_dropped_role_has_the_place_of_the_file() -> None:
    arguments = [{"role": "Extra", "span": {"start": 0, "end": 2}}, {"role": "Visitor", "ref": "x"}]
    trigger = {"start": 10, "end": 14}
    events = [
        {"type": "Gone", "trigger": trigger},
        {"type": "Diplomacy.Visit", "trigger": trigger, "arguments": arguments},
    ]

    found = predictions.check(
        [{"doc_id": "a", "events": events}],
        GOLD,
        labels=labelmap.parse(["Extra=", "Gone="]),
        lenient=True,
    )

    assert [finding.where.path for finding in found.findings] == ["$.events[1].arguments[1]"]


OWN = (Document("a", text=TEXT, mentions=(Mention(3, 9, "PERSON"), Mention(15, 18, "COUNTRY"))),)


def test_labels_of_a_gold_with_its_own_are_allowed(tmp_path: Path) -> None:
    found = predictions.read(line(tmp_path / "p.jsonl", HOA), OWN, format="jsonl")

    assert spans(found.documents) == {("a", 3, 9, "PERSON")}


def test_labels_beyond_a_gold_with_its_own_are_refused(tmp_path: Path) -> None:
    path = line(tmp_path / "p.jsonl", replace_type(HOA, "PER"))

    with pytest.raises(
        PredictionError, match="'PER' is no entity type; use one of COUNTRY, PERSON"
    ):
        predictions.read(path, OWN, format="jsonl")
    found = predictions.read(
        path, OWN, format="jsonl", labels_of=label_set(OWN, labelmap.of({"PER": "PER"}))
    )
    assert spans(found.documents) == {("a", 3, 9, "PER")}


def replace_type(mention: dict[str, Any], label: str) -> dict[str, Any]:
    return {**mention, "type": label}


def test_labels_can_be_held_to_ours(tmp_path: Path) -> None:
    with pytest.raises(PredictionError, match="label-entity"):
        predictions.read(
            line(tmp_path / "p.jsonl", HOA), OWN, format="jsonl", labels_of=ontology.default()
        )


def test_documents_without_a_text_get_that_of_the_gold_for_their_offsets(tmp_path: Path) -> None:
    documents = [replace(each, text=None) for each in gold.documents()]
    native.write_lines(tmp_path / "p.jsonl", documents)

    found = predictions.read(tmp_path / "p.jsonl", gold.documents())

    assert found.documents == tuple(documents)


def test_short_forms_are_put_onto_the_text_of_the_gold(tmp_path: Path) -> None:
    lines = [
        {"doc_id": "a", "strings": [["Vũ_Hoa", "PER"], ["Huế", "GPE"]]},
        {"doc_id": "b", "spans": [[0, 3, "GPE"]]},
    ]
    path = file(tmp_path / "p.jsonl", "\n".join(map(json.dumps, lines)))

    found = predictions.read(path, GOLD)

    assert spans(found.documents) == {("a", 3, 9, "PER"), ("b", 0, 3, "GPE")}
    assert (found.documents[0].meta or {})["alignment"]["ungrounded"] == 1


@pytest.mark.parametrize("name", ["conll-plain", "columns"])
def test_columns_that_were_cut_short_tell_of_the_text_they_do_not_cover(
    name: str, tmp_path: Path
) -> None:
    path = file(tmp_path / "p.conll", TWO_COLUMNS.removesuffix("thăm\tO\nLào\tB-GPE\n"))

    found = predictions.read(path, GOLD[:1], format=name)

    assert (found.documents[0].meta or {})["alignment"]["uncovered"] == len(
        ["thăm", "Lào", "hôm", "2/9", "."]
    )
    assert name == "conll-plain" or found.notes[1].startswith("warning: no token covers 5")
