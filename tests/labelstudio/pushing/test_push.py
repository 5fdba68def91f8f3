"""Pushes to a real server: what arrives, what is not sent again, what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from msgspec.structs import replace

from vinee.corpus import gold
from vinee.errors import UnknownNameError
from vinee.extractors import registry
from vinee.formats.label_studio import LabelStudio
from vinee.formats.placed import placed
from vinee.labelstudio import projects
from vinee.labelstudio.connection import Connection
from vinee.labelstudio.pushing import PushError, Request, push
from vinee.labelstudio.pushing.predicting import Predicted, by_extractor, model_version
from vinee.labelstudio.pushing.source import articles
from vinee.model import Argument, Chain, Document, Entity, Event, Mention, Span, Timex

AWKWARD = "Bà\tLan 🇻🇳  gặp\r\nông  Minh ở Hà Nội\n\nngày 7/8 😀 hoa\u0300."


@pytest.fixture
def project() -> str:
    """A title that no project has."""
    return f"push {uuid4()}"


def awkward() -> Document:
    """Nested and same spans, an emoji, NFD, tabs, line ends and double spaces."""
    lan, place = AWKWARD.index("Lan"), AWKWARD.index("Hà Nội")
    day, met = AWKWARD.index("ngày"), AWKWARD.index("gặp")
    mentions = (
        Mention(lan, lan + 3, "PER", id="m1", entity="e1", extent=Span(0, lan + 3)),
        Mention(place, place + 6, "GPE", id="m2", gpe_role="LOC", entity="e2"),
        Mention(place, place + 6, "LOC", id="m3", level="NOM"),
        Mention(place + 3, place + 6, "GPE", id="m4"),
    )
    return placed(
        Document(
            "awkward-🇻🇳",
            AWKWARD,
            mentions=mentions,
            entities=(
                Entity("e1", "PER", name="Lan"),
                Entity("e2", "GPE", wikidata="Q1858"),
                Entity("e3", "ORG", name="nobody mentions it"),
            ),
            timexes=(Timex(day, day + 8, id="t1", type="DATE", value="2025-08-07"),),
            events=(
                Event(
                    "Contact.Meet",
                    Span(met, met + 3),
                    id="ev1",
                    arguments=(
                        Argument("Entity", ref="m1"),
                        Argument("Time", ref="t1"),
                        Argument("Place", ref="m2", implicit=True),
                    ),
                    polarity="POSITIVE",
                    realis="ACTUAL",
                    chain="c1",
                ),
            ),
            chains=(Chain("c1", name="the meeting"),),
            meta={"from": "a test"},
        )
    )


def exported(connection: Connection, project: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = connection.sdk.projects.exports.as_json(project)
    return found


def read_back(connection: Connection, project: int, tmp_path: Path) -> tuple[Document, ...]:
    path = tmp_path / "export.json"
    path.write_text(json.dumps(exported(connection, project)), encoding="utf-8")
    return LabelStudio().read(path)


def by_id(documents: tuple[Document, ...]) -> dict[str, Document]:
    return {each.doc_id: placed(each) for each in documents}


def found_by(name: str, version: str, *mentions: Mention) -> Predicted:
    return Predicted(
        model_version(name, version),
        lambda some: {each.doc_id: Document(each.doc_id, mentions=mentions) for each in some},
    )


HANOI = Document("hanoi", "Hà Nội có mưa.", mentions=(Mention(0, 6, "GPE", id="m1"),))


def test_gold_comes_back_from_a_plain_export_as_it_was(
    connection: Connection, project: str, tmp_path: Path
) -> None:
    documents = (*gold.documents(), awkward())

    done = push(connection, Request(documents, project, annotations=True))

    assert (done.new, done.there, done.annotations) == (6, 0, 6)
    assert by_id(read_back(connection, done.project, tmp_path)) == by_id(documents)


def test_what_is_there_is_not_sent_again(connection: Connection, project: str) -> None:
    request = Request(gold.documents(), project, annotations=True)
    first = push(connection, request)

    again = push(connection, request)

    assert (again.new, again.there, again.annotations) == (0, 5, 0)
    assert again.is_clean
    tasks = exported(connection, first.project)
    assert [len(each["annotations"]) for each in tasks] == [1] * 5


def test_articles_get_annotations_and_predictions_later(
    connection: Connection, project: str, tmp_path: Path
) -> None:
    seeds = articles(None).documents
    first = push(connection, Request(seeds, project))
    rules = by_extractor("rules", gold.documents(), tmp_path)
    more = Request(gold.documents(), project, annotations=True, predicted=rules)

    second, third = push(connection, more), push(connection, more)

    assert (first.new, first.annotations, first.predictions) == (5, 0, 0)
    assert (second.new, second.annotations, second.predictions) == (0, 5, 5)
    assert (third.new, third.annotations, third.predictions) == (0, 0, 0)
    assert {each["total_annotations"] for each in exported(connection, first.project)} == {1}
    assert {each["total_predictions"] for each in exported(connection, first.project)} == {1}


def test_what_no_region_can_carry_comes_along_with_a_later_annotation(
    connection: Connection, project: str, tmp_path: Path
) -> None:
    documents = (awkward(), HANOI)
    push(connection, Request(documents, project))

    done = push(connection, Request(documents, project, annotations=True))

    assert (done.new, done.annotations, done.is_clean) == (0, 2, True)
    assert by_id(read_back(connection, done.project, tmp_path)) == by_id(documents)


def test_data_of_a_task_that_somebody_annotated_is_left_and_reported(
    connection: Connection, project: str
) -> None:
    first = push(connection, Request([HANOI], project))
    (before,) = exported(connection, first.project)
    connection.sdk.annotations.create(before["id"], result=[])

    done = push(connection, Request([HANOI], project, annotations=True))

    (after,) = exported(connection, first.project)
    assert done.held == ("hanoi",)
    assert "hanoi: its task has other data" in "".join(done.warnings())
    assert not done.is_clean
    assert after["data"] == before["data"]
    assert after["total_annotations"] == 2


def test_annotations_are_marked_as_the_truth(connection: Connection, project: str) -> None:
    done = push(connection, Request([HANOI], project, annotations=True))

    (task,) = exported(connection, done.project)

    assert task["annotations"][0]["ground_truth"] is True
    assert task["annotations"][0]["completed_by"] == connection.user_id


def test_annotators_see_the_newest_predictions_and_the_old_ones_stay(
    connection: Connection, project: str
) -> None:
    old = found_by("tagger", "1", Mention(0, 6, "GPE", id="m1", score=0.25))
    new = found_by("tagger", "2", Mention(0, 6, "LOC", id="m1", score=0.75))
    first = push(connection, Request([HANOI], project, predicted=old))

    second = push(connection, Request([HANOI], project, predicted=new))

    stored: list[Any] = list(connection.sdk.predictions.list(project=first.project))
    shown: Any = connection.sdk.projects.get(first.project)
    assert second.predictions == 1
    assert {(each.model_version, each.score) for each in stored} == {
        ("tagger 1", 0.25),
        ("tagger 2", 0.75),
    }
    assert shown.model_version == "tagger 2"
    assert shown.show_collab_predictions is True


def test_nothing_is_predicted_that_the_project_has(connection: Connection, project: str) -> None:
    asked: list[str] = []

    def find(some: Any) -> dict[str, Document]:
        asked.extend(each.doc_id for each in some)
        return {each.doc_id: Document(each.doc_id, mentions=()) for each in some}

    push(connection, Request([HANOI], project, predicted=Predicted("dear 1", find)))
    two = [HANOI, replace(HANOI, doc_id="hanoi-2")]
    done = push(connection, Request(two, project, predicted=Predicted("dear 1", find)))

    assert asked == ["hanoi", "hanoi-2"]
    assert (done.new, done.predictions, done.without_prediction) == (1, 1, 0)


def test_another_text_under_the_same_id_is_refused_and_nothing_is_sent(
    connection: Connection, project: str
) -> None:
    first = push(connection, Request([HANOI], project))
    other = replace(HANOI, text="Hà Nội có nắng.")

    with pytest.raises(PushError, match="same document id and another text") as refused:
        push(connection, Request([replace(HANOI, doc_id="new"), other], project))

    assert [each.where.doc_id for each in refused.value.findings] == ["hanoi"]
    assert len(exported(connection, first.project)) == 1


def test_a_label_that_the_project_lacks_is_refused_with_a_remedy(
    connection: Connection, project: str
) -> None:
    coarse = found_by("coarse", "1", Mention(0, 6, "MISC", id="m1"))

    with pytest.raises(PushError, match=r"'MISC', which is used 1 time; .*--map MISC=NEW"):
        push(connection, Request([HANOI], project, predicted=coarse))

    with pytest.raises(UnknownNameError):
        projects.find(connection, project)


def test_a_document_with_two_tasks_is_reported(connection: Connection, project: str) -> None:
    done = push(connection, Request([HANOI], project))
    # As somebody else's push at the same time would.
    twin: Any = {"data": {"doc_id": HANOI.doc_id, "text": HANOI.text}}
    connection.sdk.projects.import_tasks(done.project, request=[twin])

    again = push(connection, Request([HANOI], project))

    assert not again.is_clean
    assert {doc_id: len(tasks) for doc_id, tasks in (again.twice or {}).items()} == {"hanoi": 2}


def test_a_push_at_the_same_time_is_noticed(connection: Connection, project: str) -> None:
    done = push(connection, Request([HANOI], project))
    other = replace(HANOI, doc_id="other")
    twin: Any = {"data": {"doc_id": "other", "text": other.text}}

    def interfere(doing: str, _done: int, _total: int) -> None:
        if doing == "send":
            connection.sdk.projects.import_tasks(done.project, request=[twin])

    again = push(connection, Request([other], project, on_step=interfere))

    assert list(again.twice or {}) == ["other"]


def test_an_annotation_that_somebody_changed_is_left_and_reported(
    connection: Connection, project: str
) -> None:
    request = Request([HANOI], project, annotations=True)
    done = push(connection, request)
    (task,) = exported(connection, done.project)
    connection.sdk.annotations.update(task["annotations"][0]["id"], result=[])

    again = push(connection, request)

    assert again.changed == ("hanoi",)
    assert again.annotations == 0
    assert not again.is_clean


def test_a_number_that_no_project_has_is_no_title(connection: Connection) -> None:
    with pytest.raises(UnknownNameError):
        push(connection, Request([HANOI], "987654321"))


def test_a_new_project_is_for_as_many_annotators_as_was_asked(
    connection: Connection, project: str
) -> None:
    done = push(connection, Request([HANOI], project, overlap=3))

    made: Any = connection.sdk.projects.get(done.project)
    assert made.maximum_annotations == 3


def test_predictions_of_the_rules_are_those_of_a_run(
    connection: Connection, project: str, tmp_path: Path
) -> None:
    documents = gold.documents()[:1]

    done = push(
        connection,
        Request(documents, project, predicted=by_extractor("rules", documents, tmp_path)),
    )

    (stored,) = list(connection.sdk.predictions.list(project=done.project))
    (found,) = registry.resolve("rules").extract([replace(documents[0], mentions=None)])
    regions = [each for each in stored.result or () if each.get("from_name") == "mention"]
    assert {(each["value"]["start"], each["value"]["end"]) for each in regions} == {
        (each.start, each.end) for each in found.mentions or ()
    }
