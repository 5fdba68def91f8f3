"""Label Studio tasks: everything survives, a server's export is read, and slips are named."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from full_documents import STEMS, canonical, documents, full, gold
from hypothesis import given, settings
from hypothesis import strategies as st

from vinee.errors import InputError, UnknownNameError
from vinee.formats import contract, registry
from vinee.formats.label_studio import LabelStudio, task
from vinee.model import Argument, Document, Entity, Event, Mention, Span, Timex

TEXT = "Tổng thống Pháp đến Lào."
#       0    5     11   16  20


def region(id_: str, control: str, start: Any, end: Any, *labels: str) -> dict[str, Any]:
    value = {"start": start, "end": end, "text": "not read", "labels": list(labels)}
    return {"id": id_, "from_name": control, "to_name": "text", "type": "labels", "value": value}


def answer(id_: str, control: str, *texts: str, kind: str = "textarea") -> dict[str, Any]:
    value = {"start": 0, "end": 1, "choices" if kind == "choices" else "text": list(texts)}
    return {"id": id_, "from_name": control, "to_name": "text", "type": kind, "value": value}


def relation(from_id: str, to_id: str, *labels: str, direction: str = "right") -> dict[str, Any]:
    ends = {"from_id": from_id, "to_id": to_id, "direction": direction}
    return {"type": "relation", **ends, "labels": list(labels)}


PRESIDENT = region("m1", "mention", 0, 10, "TITLE")
FRANCE = region("m2", "mention", 11, 15, "GPE")
ARRIVAL = region("ev1", "trigger", 16, 19, "Movement.Transport")


def exported(tmp_path: Path, *result: dict[str, Any], **annotation: Any) -> Path:
    """Write a task as a server exports it."""
    whole = {
        "id": 12,
        "completed_by": 1,
        "was_cancelled": False,
        "lead_time": 81.2,
        "ground_truth": False,
        "result": [{**item, "origin": "manual"} for item in result],
        **annotation,
    }
    return tasks(tmp_path, [whole])


def tasks(tmp_path: Path, annotations: list[dict[str, Any]], **data: Any) -> Path:
    whole = {
        "id": 3,
        "annotations": annotations,
        "drafts": [{"result": [FRANCE]}],
        "predictions": [7],
        "data": {"doc_id": "d", "text": TEXT, **data},
        "meta": {},
        "file_upload": "a.json",
    }
    path = tmp_path / "export.json"
    path.write_text(json.dumps([whole], ensure_ascii=False), "utf-8")
    return path


def read(path: Path, annotator: str | None = None) -> Document:
    [document] = LabelStudio(annotator).read(path)
    return document


def round_trip(*written: Document) -> tuple[Document, ...]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tasks.json"
        LabelStudio().write(written, path)
        return LabelStudio().read(path)


@settings(max_examples=50)
@given(documents())
def test_every_document_comes_back(document: Document) -> None:
    [back] = round_trip(document)

    assert canonical(back) == canonical(document)


@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.parametrize("make", [gold, full])
def test_article_comes_back(stem: str, make: Any) -> None:
    document = make(stem)

    [back] = round_trip(document)

    assert canonical(back) == canonical(document)


def test_articles_come_back_together_and_in_order() -> None:
    assert [d.doc_id for d in round_trip(*map(full, STEMS))] == STEMS


def test_nothing_is_lost() -> None:
    assert contract.losses(registry.get("label-studio"), [full(stem) for stem in STEMS]) == []


@settings(max_examples=50)
@given(documents(), st.randoms(use_true_random=False))
def test_order_of_items_says_nothing(document: Document, random: Any) -> None:
    shuffled = task(document)
    for annotation in shuffled["annotations"]:
        random.shuffle(annotation["result"])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.json"
        path.write_text(json.dumps([shuffled]), "utf-8")

        [back] = LabelStudio().read(path)

    assert canonical(back) == canonical(document)


def test_export_is_repeated_to_the_byte(tmp_path: Path) -> None:
    for name in "ab":
        LabelStudio().write([full(STEMS[0])], tmp_path / name)

    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_offsets_are_code_points_of_the_whole_text() -> None:
    document = Document("d", "👨‍👩‍👧 😀 Lào", mentions=(Mention(8, 11, "GPE", id="m1"),))

    [item] = [i for i in task(document)["annotations"][0]["result"] if i["type"] == "labels"]

    assert item["value"] == {"start": 8, "end": 11, "text": "Lào", "labels": ["GPE"]}


@pytest.mark.parametrize("id_", ["", "#", "a#b", "#1", "%", "%23", "%2523", "~#", "100%", "~%23"])
def test_ids_are_written_as_the_editor_keeps_them(id_: str) -> None:
    arguments = (Argument("Agent", ref=id_),)
    document = Document(
        "d",
        TEXT,
        mentions=(Mention(0, 10, "PER", id=id_, extent=Span(0, 15)), Mention(0, 10, "ORG", id="x")),
        events=(Event("Movement.Transport", Span(16, 19), id=f"{id_}e", arguments=arguments),),
    )

    items = task(document)["annotations"][0]["result"]
    [back] = round_trip(document)

    assert all(item["id"] and "#" not in item["id"] for item in items if "id" in item)
    assert canonical(back) == canonical(document)


def test_filler_with_two_roles_has_one_relation_with_two_labels() -> None:
    arguments = (Argument("Agent", ref="m1"), Argument("Artifact", ref="m1", implicit=True))
    document = Document(
        "d",
        TEXT,
        mentions=(Mention(0, 10, "PER", id="m1"),),
        events=(Event("Movement.Transport", Span(16, 19), id="ev1", arguments=arguments),),
    )

    relations = [i for i in task(document)["annotations"][0]["result"] if i["type"] == "relation"]

    assert [(r["from_id"], r["to_id"], r["labels"]) for r in relations] == [
        ("ev1", "m1", ["Agent", "Artifact (implicit)"])
    ]


def test_what_is_known_of_an_entity_stands_on_its_first_mention_only() -> None:
    mentions = (Mention(11, 15, "GPE", id="m2", entity="e1"), Mention(0, 10, "GPE", entity="e1"))
    document = Document(
        "d", TEXT, mentions=mentions, entities=(Entity("e1", "GPE", wikidata="Q142"),)
    )

    items = task(document)["annotations"][0]["result"]

    assert [i["id"] for i in items if i["from_name"] == "entity"] == ["~mentions0", "m2"]
    assert [i["id"] for i in items if i["from_name"] == "entity_wikidata"] == ["~mentions0"]


def test_document_without_layers_is_a_task_without_annotations() -> None:
    assert task(Document("d", TEXT)) == {"data": {"doc_id": "d", "text": TEXT}, "annotations": []}


def test_export_of_a_server_is_read(tmp_path: Path) -> None:
    path = exported(
        tmp_path,
        answer("aB3-x_9kQ2", "entity", "PHÁP"),
        answer("aB3-x_9kQ2", "entity_wikidata", "Q142"),
        answer("aB3-x_9kQ2", "gpe_role", "ORG", kind="choices"),
        region("aB3-x_9kQ2", "mention", 11, 15, "GPE"),
        region("extent", "extent", 0, 15, "EXTENT"),
        relation("aB3-x_9kQ2", "extent"),
        ARRIVAL,
        relation("aB3-x_9kQ2", "ev1", "Artifact", direction="left"),
        region("t1", "timex", 20, 23, "TIMEX"),
        answer("t1", "timex_value"),
        answer("ev1", "comment", "không chắc"),
    )

    assert read(path) == Document(
        "d",
        TEXT,
        mentions=(
            Mention(
                11,
                15,
                "GPE",
                text="Pháp",
                id="aB3-x_9kQ2",
                extent=Span(0, 15, "Tổng thống Pháp"),
                gpe_role="ORG",
                entity="PHÁP",
            ),
        ),
        entities=(Entity("PHÁP", "GPE", wikidata="Q142"),),
        timexes=(Timex(20, 23, text="Lào", id="t1"),),
        events=(
            Event(
                "Movement.Transport",
                Span(16, 19, "đến"),
                id="ev1",
                arguments=(Argument("Artifact", ref="aB3-x_9kQ2"),),
            ),
        ),
    )


def test_text_of_a_region_is_sliced_anew(tmp_path: Path) -> None:
    [mention] = read(exported(tmp_path, FRANCE)).mentions or ()

    assert mention.text == "Pháp"


def test_text_can_come_from_outside(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_text('[{"data": {"doc_id": "d"}}]', "utf-8")

    assert LabelStudio().read(path, {"d": TEXT}) == (Document("d", TEXT),)
    with pytest.raises(InputError, match="no-text"):
        LabelStudio().read(path)


def test_cancelled_annotation_is_not_read(tmp_path: Path) -> None:
    assert read(exported(tmp_path, FRANCE, was_cancelled=True)) == Document("d", TEXT)


def test_relation_to_a_filler_without_id_gives_it_one(tmp_path: Path) -> None:
    path = exported(
        tmp_path,
        region("~mentions0", "mention", 11, 15, "GPE"),
        region("~mentions1", "mention", 20, 23, "GPE"),
        ARRIVAL,
        relation("ev1", "~mentions1", "Destination"),
    )

    document = read(path)

    assert [m.id for m in document.mentions or ()] == [None, "~mentions1"]
    assert [a.ref for e in document.events or () for a in e.arguments] == ["~mentions1"]


BY_TWO: list[dict[str, Any]] = [
    {"completed_by": {"id": 1, "email": "an@example.org"}, "result": [FRANCE]},
    {"completed_by": 2, "result": [PRESIDENT]},
    {"completed_by": 3, "result": [], "was_cancelled": True},
]


def test_annotators_are_named_where_there_are_several(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"2 annotations, by an@example.org, 2; ask for one"):
        read(tasks(tmp_path, BY_TWO))


@pytest.mark.parametrize(
    ("annotator", "mention"), [("an@example.org", "m2"), ("1", "m2"), ("2", "m1")]
)
def test_annotator_can_be_chosen(tmp_path: Path, annotator: str, mention: str) -> None:
    document = read(tasks(tmp_path, BY_TWO), annotator)

    assert [m.id for m in document.mentions or ()] == [mention]


def test_unknown_annotator_is_told_with_those_that_there_are(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match=r"known: 1, 2, an@example\.org"):
        read(tasks(tmp_path, BY_TWO), "3")


def test_annotator_with_two_annotations_of_a_task_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="delete all but one"):
        read(tasks(tmp_path, [BY_TWO[1], BY_TWO[1]]), "2")


@pytest.mark.parametrize(
    ("items", "code", "problem"),
    [
        ([region("m1", "mention", 5, 2, "PER")], "span-reversed", "'m1' covers [5, 2)"),
        ([region("m1", "mention", 5, 99, "PER")], "span-outside", "0 <= start < end <= 24"),
        ([region("m1", "mention", 0, 10)], "region-labels", "'m1' has the labels []"),
        ([region("m1", "mention", 0, 10, "PER", "ORG")], "region-labels", "give it one"),
        ([region("m1", "ner", 0, 10, "PER")], "unknown-control", "the control 'ner'; known:"),
        ([PRESIDENT, region("m1", "timex", 0, 10, "DATE")], "id-twice", "'m1' is there twice"),
        ([region("m1", "mention", "0", 10, "PER")], "schema", "value of region 'm1' (mention)"),
        ([region("t", "timex", 0, 10, "WEEK")], "attribute-value", "has timex 'WEEK'"),
        ([relation("ev1", "m1", "Agent")], "region-unknown", "'ev1' is an end of the relation"),
        ([ARRIVAL, relation("ev1", "m9", "Agent")], "region-unknown", "region 'm9'"),
        ([ARRIVAL, FRANCE, relation("ev1", "m2")], "relation-label", "without a role"),
        ([PRESIDENT, FRANCE, relation("m1", "m2", "Agent")], "relation-ends", "'m1' is a mention"),
        ([region("x", "extent", 0, 15, "EXTENT")], "extent-alone", "'x' is tied to no mention"),
        ([region("s", "span", 0, 15, "SPAN")], "span-alone", "'s' is tied to no trigger"),
        (
            [
                FRANCE,
                region("x", "extent", 0, 15, "EXTENT"),
                region("y", "extent", 0, 16, "EXTENT"),
                relation("m2", "x"),
                relation("m2", "y"),
            ],
            "extent-twice",
            "'m2' has several extents",
        ),
        ([answer("m1", "entity", "e1")], "region-unknown", "an answer to 'entity'"),
        ([ARRIVAL, answer("ev1", "entity", "e1")], "attribute-kind", "'ev1' is a trigger"),
        ([PRESIDENT, answer("m1", "entity", "a", "b")], "attribute-twice", "several answers"),
        ([PRESIDENT, answer("m1", "entity_name", "a")], "attribute-alone", "but no entity"),
        (
            [PRESIDENT, answer("m1", "level", "NAME", kind="choices")],
            "attribute-value",
            "'m1' has level 'NAME'",
        ),
        (
            [
                PRESIDENT,
                FRANCE,
                *(answer(m, "entity", "e1") for m in ("m1", "m2")),
                answer("m1", "entity_wikidata", "Q1"),
                answer("m2", "entity_wikidata", "Q2"),
            ],
            "attribute-conflict",
            "'m2' says entity_wikidata 'Q2'",
        ),
    ],
)
def test_slip_is_told_with_document_and_region(
    tmp_path: Path, items: list[dict[str, Any]], code: str, problem: str
) -> None:
    with pytest.raises(InputError) as caught:
        read(exported(tmp_path, *items))

    assert caught.value.code == code
    assert caught.value.where.doc_id == "d"
    assert problem in str(caught.value)


def test_document_in_two_tasks_is_told(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_text(json.dumps([task(Document("d", TEXT))] * 2), "utf-8")

    with pytest.raises(InputError, match=r"d: \$\[1\]: the document is in two tasks"):
        LabelStudio().read(path)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("[{]", "not valid JSON"),
        ('[{"id": 1, "text": "a"}]', "missing required field `data`"),
        ('[{"data": {"text": "a"}}]', r"\$\[0\].data: .*missing required field `doc_id`"),
    ],
)
def test_what_is_no_export_is_told(tmp_path: Path, content: str, problem: str) -> None:
    path = tmp_path / "export.json"
    path.write_text(content, "utf-8")

    with pytest.raises(InputError, match=problem):
        LabelStudio().read(path)


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (Document("d"), "no-text"),
        (Document("d", TEXT, mentions=(Mention(3, 3, "PER"),)), "span-outside"),
        (Document("d", TEXT, mentions=(Mention(3, 99, "PER"),)), "span-outside"),
        (
            Document(
                "d",
                TEXT,
                mentions=(Mention(0, 4, "PER", id="a"),),
                timexes=(Timex(0, 4, id="a"),),
            ),
            "id-twice",
        ),
        (Document("d", TEXT, entities=(Entity("e1", "PER"),) * 2), "id-twice"),
        (
            Document("d", TEXT, events=(Event("X", Span(0, 4), arguments=(Argument("R"),)),)),
            "ref-unknown",
        ),
    ],
)
def test_what_cannot_be_written_is_told(tmp_path: Path, document: Document, code: str) -> None:
    with pytest.raises(InputError) as caught:
        LabelStudio().write([document], tmp_path / "tasks.json")

    assert (caught.value.code, caught.value.where.doc_id) == (code, "d")
    assert list(tmp_path.iterdir()) == []
