"""Golds of other people's: read as they are, checked, and never repaired in silence."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from vinee import ontology
from vinee.bench import reference
from vinee.corpus import gold as our_gold
from vinee.corpus import labelmap
from vinee.corpus.foreign import (
    ForeignGold,
    ForeignGoldError,
    OwnView,
    is_own,
    label_set,
    read_gold,
    view_with,
)
from vinee.corpus.views import EntityView
from vinee.errors import InputError, InvalidError
from vinee.formats import registry
from vinee.metrics.base import Metric
from vinee.metrics.events import EventMetric
from vinee.metrics.ner import NerStrict
from vinee.metrics.tags import SeqevalTags
from vinee.model import Argument, Document, Event, Mention, Span

# As VLSP 2016 and 2018 write it: segmented words, POS, chunks, outer and nested names.
VLSP = """\
Ông\tNc\tB-NP\tO\tO
Vũ_Hoa\tNp\tI-NP\tB-PER\tO
là\tV\tB-VP\tO\tO
giám_đốc\tN\tB-NP\tO\tO
Sở\tN\tB-NP\tB-ORG\tO
Y_tế\tN\tI-NP\tI-ORG\tO
Hà_Nội\tNp\tI-NP\tI-ORG\tB-LOC
.\tCH\tO\tO\tO

Lào\tNp\tB-NP\tB-LOC\tO
đáp\tV\tB-VP\tO\tO
.\tCH\tO\tO\tO
"""

# As PhoNER_COVID19 writes it: a syllable and a tag, ten types of its own.
PHONER = """\
Bệnh O
nhân O
" O
1234 B-PATIENT_ID
" O
nữ B-GENDER
35 B-AGE
tuổi O
trú O
tại O
Quận B-LOCATION
7 I-LOCATION

Vũ B-NAME
Hoa I-NAME
sốt B-SYMPTOM_AND_DISEASE
hôm O
2/9 B-DATE
"""

# As BKEE writes it: TextEE's JSON, ACE types, offsets of tokens.
BKEE: dict[str, Any] = {
    "doc_id": "vn_1",
    "wnd_id": "vn_1-0",
    "text": "Vũ Hoa bị bắt ở Huế .",
    "tokens": ["Vũ", "Hoa", "bị", "bắt", "ở", "Huế", "."],
    "entity_mentions": [
        {"id": "e1", "text": "Vũ Hoa", "entity_type": "PER", "start": 0, "end": 2},
        {"id": "e2", "text": "Huế", "entity_type": "VEH", "start": 5, "end": 6},
    ],
    "event_mentions": [
        {
            "id": "v1",
            "event_type": "Justice:Arrest-Jail",
            "trigger": {"text": "bắt", "start": 3, "end": 4},
            "arguments": [
                {"entity_id": "e1", "role": "Person", "text": "Vũ Hoa", "start": 0, "end": 2},
                {"entity_id": "e2", "role": "Place", "text": "Huế", "start": 5, "end": 6},
            ],
        }
    ],
}

TEXT = "Bà Vũ Hoa thăm Lào hôm 2/9."
HOA = {"start": 3, "end": 9, "type": "PER", "text": "Vũ Hoa"}


@pytest.fixture(autouse=True)
def _columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry._FORMATS, "columns", "vinee.formats.columns:Columns")  # noqa: SLF001


def file(path: Path, content: str) -> Path:
    path.write_text(content, "utf-8")
    return path


def lines(path: Path, *documents: dict[str, Any]) -> Path:
    return file(path, "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in documents))


def marked(document: Document) -> list[tuple[str, str]]:
    text = document.text or ""
    return [(text[m.start : m.end], m.type) for m in document.mentions or ()]


def test_segmented_words_with_nested_columns_are_a_gold_with_our_coarse_labels(
    tmp_path: Path,
) -> None:
    found = read_gold(file(tmp_path / "test.conll", VLSP), "columns")

    assert found.labels_of is ontology.default()
    assert not found.has_own_labels
    assert sorted(marked(found.documents[0])) == [
        ("Hà Nội", "LOC"),
        ("Lào", "LOC"),
        ("Sở Y tế Hà Nội", "ORG"),
        ("Vũ Hoa", "PER"),
    ]


def test_ten_types_of_a_gold_are_its_own_label_set(tmp_path: Path) -> None:
    found = read_gold(file(tmp_path / "test.conll", PHONER), "columns")

    assert found.has_own_labels
    assert found.labels_of.fine_labels == (
        "AGE",
        "DATE",
        "GENDER",
        "LOCATION",
        "NAME",
        "PATIENT_ID",
        "SYMPTOM_AND_DISEASE",
    )
    assert any(note.startswith("7 entity labels: AGE (1), DATE (1)") for note in found.notes)


def test_events_of_another_ontology_are_a_gold_of_their_own(tmp_path: Path) -> None:
    found = read_gold(lines(tmp_path / "test.json", BKEE), "textee")

    assert found.labels_of.event_labels == ("Justice:Arrest-Jail",)
    assert found.labels_of.role_labels == ("Person", "Place")
    assert found.labels_of.fillers("Justice:Arrest-Jail", "Place")
    (note,) = (each for each in found.notes if each.startswith("none of ViNEE's event types: "))
    assert "Justice:Arrest-Jail" in note


def of_the_kind(name: str, folder: Path) -> ForeignGold:
    if name == "bkee":
        return read_gold(lines(folder / "test.json", BKEE), "textee")
    return read_gold(file(folder / "test.conll", VLSP if name == "vlsp" else PHONER), "columns")


@pytest.mark.parametrize("name", ["vlsp", "phoner", "bkee"])
def test_gold_of_others_scored_against_itself_is_one(name: str, tmp_path: Path) -> None:
    found = of_the_kind(name, tmp_path)
    documents = reference.checked(found.documents, found.labels_of)
    metrics: list[Metric] = [
        NerStrict(view_with(EntityView("fine"), found.labels_of)),
        SeqevalTags(view_with(EntityView("fine", "outer"), found.labels_of)),
    ]
    if name == "bkee":
        metrics.append(EventMetric("AC+"))

    for metric in metrics:
        correct, predicted, gold = metric.counts(documents, documents).table.sum(axis=(0, 1))

        assert correct == predicted == gold > 0


@pytest.mark.parametrize("content", [VLSP, PHONER, json.dumps(BKEE) + "\n"])
def test_format_of_a_gold_is_detected_and_told(tmp_path: Path, content: str) -> None:
    found = read_gold(file(tmp_path / "test.txt", content))

    assert found.format == ("textee" if content.startswith("{") else "columns")
    assert found.notes[0].startswith(f"detected as {found.format}, a file: ")


def test_map_leads_a_gold_to_our_labels(tmp_path: Path) -> None:
    to_ours = labelmap.parse(
        [
            "NAME=PER",
            "LOCATION=LOC",
            "AGE=",
            "GENDER=",
            "DATE=",
            "PATIENT_ID=",
            "SYMPTOM_AND_DISEASE=",
        ]
    )

    found = read_gold(file(tmp_path / "test.conll", PHONER), "columns", to_ours)

    assert not found.has_own_labels
    assert found.mapped
    assert sum(found.mapped.dropped.values()) == 5
    assert sorted(marked(found.documents[0])) == [("Quận 7", "LOC"), ("Vũ Hoa", "PER")]


def test_map_may_join_labels_of_the_gold_s_own(tmp_path: Path) -> None:
    path = file(tmp_path / "test.conll", PHONER)

    found = read_gold(path, "columns", labelmap.parse(["AGE=GENDER"]))

    assert "AGE" not in found.labels_of.fine_labels
    with pytest.raises(InvalidError, match="nearest: GENDER"):
        read_gold(path, "columns", labelmap.parse(["AGE=GENDERS"]))


def test_label_that_is_meant_but_does_not_occur_is_in_the_set(tmp_path: Path) -> None:
    found = read_gold(file(tmp_path / "test.conll", PHONER), "columns", labelmap.parse(["JOB=JOB"]))

    assert "JOB" in found.labels_of.fine_labels


WRONG: dict[str, list[dict[str, Any]]] = {
    "span-text": [{**HOA, "text": "Vu Hoa"}],
    "span-outside": [{"start": 3, "end": 99, "type": "PER"}],
    "span-reversed": [{"start": 9, "end": 3, "type": "PER"}],
    "id-twice": [{**HOA, "id": "m"}, {"start": 15, "end": 18, "type": "GPE", "id": "m"}],
    "duplicate": [HOA, HOA],
}


@pytest.mark.parametrize("code", WRONG)
def test_gold_that_contradicts_itself_is_refused_with_place_and_remedy(
    tmp_path: Path, code: str
) -> None:
    good = {"doc_id": "b", "text": "Lào.", "mentions": []}
    path = lines(tmp_path / "g.jsonl", good, {"doc_id": "a", "text": TEXT, "mentions": WRONG[code]})

    with pytest.raises(
        ForeignGoldError, match=rf"g\.jsonl:2: a: \$\.mentions.*\[{code}\]"
    ) as caught:
        read_gold(path, "jsonl")

    assert str(caught.value).splitlines()[-1].startswith("mend the gold, or read it leniently")


@pytest.mark.parametrize("code", WRONG)
def test_lenient_reading_leaves_out_and_counts(tmp_path: Path, code: str) -> None:
    path = lines(tmp_path / "g.jsonl", {"doc_id": "a", "text": TEXT, "mentions": WRONG[code]})

    found = read_gold(path, "jsonl", lenient=True)

    assert found.counted() == {code: 1}
    assert len(found.documents[0].mentions or ()) == len(WRONG[code]) - 1


DOCUMENTS: dict[str, tuple[dict[str, Any], ...]] = {
    "doc-twice": ({"doc_id": "a", "text": TEXT}, {"doc_id": "a", "text": "Lào."}),
    "doc-no-text": ({"doc_id": "a", "text": TEXT}, {"doc_id": "b"}),
    "schema": ({"doc_id": "a", "text": TEXT}, {"doc_id": 7}),
}


@pytest.mark.parametrize("code", DOCUMENTS)
def test_document_that_cannot_be_scored_is_told_and_left_out(tmp_path: Path, code: str) -> None:
    path = lines(tmp_path / "g.jsonl", *DOCUMENTS[code])

    with pytest.raises(ForeignGoldError, match=rf"g\.jsonl:2: .*\[{code}\]"):
        read_gold(path, "jsonl")
    found = read_gold(path, "jsonl", lenient=True)
    assert found.counted() == {code: 1}
    assert [each.text for each in found.documents] == [TEXT]


def test_text_that_is_not_nfc_is_told_and_stays_as_it_is(tmp_path: Path) -> None:
    text = "Lào " + unicodedata.normalize("NFD", "Huế")
    path = lines(tmp_path / "g.jsonl", {"doc_id": "a", "text": text})

    found = read_gold(path, "jsonl")

    assert found.documents[0].text == text
    assert [(f.id, f.severity) for f in found.findings] == [("text-not-nfc", "warning")]
    assert found.findings[0].message.startswith("3 code points")


def test_same_text_twice_is_told_whatever_its_spaces_and_form(tmp_path: Path) -> None:
    path = lines(
        tmp_path / "g.jsonl",
        {"doc_id": "a", "text": "Thăm Huế.\n"},
        {"doc_id": "b", "text": "Thăm  Huế."},
        {"doc_id": "c", "text": "Thăm Lào."},
    )

    found = read_gold(path, "jsonl")

    assert [(f.id, f.where.doc_id) for f in found.findings] == [("text-twice", "b")]
    assert len(found.documents) == 3


def test_text_of_another_split_is_told(tmp_path: Path) -> None:
    test = lines(tmp_path / "test.jsonl", {"doc_id": "a", "text": TEXT})
    train = lines(tmp_path / "train.jsonl", {"doc_id": "z", "text": TEXT + "\n"})

    found = read_gold(test, "jsonl", splits=[train])

    assert found.counted() == {"text-in-split": 1}
    assert f"'z' of {train}" in found.findings[0].message


def test_other_split_with_faults_is_searched_all_the_same(tmp_path: Path) -> None:
    test = lines(tmp_path / "test.jsonl", {"doc_id": "a", "text": TEXT, "mentions": []})
    train = lines(tmp_path / "train.jsonl", {"doc_id": 7}, {"doc_id": "b", "text": TEXT})

    found = read_gold(test, "jsonl", splits=[train])

    assert [each.id for each in found.findings] == ["text-in-split"]
    assert found.notes[-1].endswith("1 faults were passed over; read it as a gold to see them")


def test_same_text_in_two_splits_of_one_corpus_is_told(tmp_path: Path) -> None:
    path = lines(
        tmp_path / "g.jsonl",
        {"doc_id": "a", "text": TEXT, "meta": {"split": "test"}},
        {"doc_id": "b", "text": TEXT, "meta": {"split": "train"}},
    )

    found = read_gold(path, "jsonl")

    assert found.counted() == {"text-in-split": 1}
    assert "'a' of test" in found.findings[0].message


def test_empty_document_is_told(tmp_path: Path) -> None:
    found = read_gold(lines(tmp_path / "g.jsonl", {"doc_id": "a", "text": " \n"}), "jsonl")

    assert found.counted() == {"text-empty": 1}


def test_ill_formed_tag_is_refused_or_counted(tmp_path: Path) -> None:
    path = file(tmp_path / "test.conll", PHONER.replace("7 I-LOCATION", "7 I-DATE"))

    with pytest.raises(ForeignGoldError, match=r"test\.conll:12: "):
        read_gold(path, "columns")
    assert sum(read_gold(path, "columns", lenient=True).counted().values()) == 1


def test_reader_s_error_names_the_file(tmp_path: Path) -> None:
    broken = {**BKEE, "entity_mentions": [{**BKEE["entity_mentions"][0], "end": 99}]}

    with pytest.raises(InputError, match=r"test\.json:1: vn_1: "):
        read_gold(lines(tmp_path / "test.json", broken), "textee")


def test_our_gold_read_from_its_files_is_our_gold() -> None:
    found = read_gold(our_gold.folder(), "jsonl")

    assert found.documents == our_gold.documents()
    assert found.findings == ()
    assert found.notes == ()
    assert reference.checked(found.documents, found.labels_of) == found.documents


def test_label_set_of_a_gold_with_our_labels_is_our_ontology() -> None:
    coarse = Document("a", TEXT, mentions=(Mention(3, 9, "PER"), Mention(15, 18, "MISC")))

    assert label_set([*our_gold.documents(), coarse]) is ontology.default()


def test_label_set_of_its_own_has_no_coarse_labels() -> None:
    labels = label_set([Document("a", TEXT, mentions=(Mention(3, 9, "NGƯỜI"),))])

    assert is_own(labels)
    assert labels.fine_labels == ("NGƯỜI",)
    assert labels.coarse_labels == ()
    assert labels.event_labels == ()


def test_every_role_of_its_own_fits_every_event() -> None:
    events = (
        Event("A", Span(3, 5), arguments=(Argument("X", span=Span(0, 2)),)),
        Event("B", Span(6, 9), arguments=(Argument("Y", span=Span(0, 2)),)),
    )
    labels = label_set([Document("a", TEXT, events=events)])

    assert labels.fillers("A", "Y") == frozenset({"SPAN", "TIMEX"})
    assert labels.fillers("A", "Z") is None


def test_view_of_own_labels_names_them_in_its_identity() -> None:
    document = Document("a", TEXT, mentions=(Mention(3, 9, "NGƯỜI"), Mention(15, 18, "NƯỚC")))

    view = view_with(EntityView("coarse", "outer"), label_set([document]))

    assert isinstance(view, OwnView)
    assert view.identity["labels"] == "own[NGƯỜI,NƯỚC]"
    assert view.identity["nesting"] == "outer"
    assert view(document) == [(3, 9, "NGƯỜI"), (15, 18, "NƯỚC")]
    assert view.altered(nesting="all").identity["labels"] == "own[NGƯỜI,NƯỚC]"
    with pytest.raises(InvalidError, match="map them"):
        view.altered(labels="coarse")


def test_view_of_our_labels_is_the_view_itself() -> None:
    view = EntityView("coarse", "outer")

    assert view_with(view, ontology.default()) is view


def test_gold_in_memory_is_held_to_the_labels_that_are_given() -> None:
    document = Document("a", TEXT, mentions=(Mention(3, 9, "NGƯỜI"),))

    with pytest.raises(InputError, match="label-entity"):
        reference.checked([document])
    assert reference.checked([document], label_set([document])) == (document,)
