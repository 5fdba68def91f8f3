"""A person in the real editor: documents stay what they are, and what is drawn lies where it was.

All tests use one browser. Opening a page is what takes the time, so few tests open one.
"""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from annotator import Annotator, EditorError
from chromium import CHROMIUM, MISSING, chromium
from full_documents import STEMS, canonical, full, gold
from hostile_documents import TEXTS, crowded, labelled, places, unlabelled

from vinee import ontology
from vinee.formats.label_studio import LabelStudio, task
from vinee.labelstudio import projects
from vinee.labelstudio.config import hotkeys, labeling_config
from vinee.model import Document, Mention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from vinee.labelstudio.connection import Connection
    from vinee.labelstudio.projects import Project
    from vinee.labelstudio.server.process import RunningServer

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=MISSING)
KEYS = {
    (label.control, label.value): key for label, key in hotkeys.hotkeys(ontology.default()).items()
}
WORDS = "Tổng thống Nga gặp Tổng thống Pháp."
#        0          11  15  19         30


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def annotator(
    browser: Browser, server: RunningServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Annotator]:
    page = browser.new_page(viewport={"width": 1600, "height": 1000})
    somebody = Annotator(page, server.url, tmp_path_factory.mktemp("pictures"))
    somebody.log_in(server.user, server.plan.credentials.password)
    yield somebody
    page.close()


@pytest.fixture
def project(connection: Connection) -> Project:
    title = f"browser {uuid.uuid4().hex[:8]}"
    return projects.ensure(connection, title, labeling_config(ontology.default()), "")


def imported(connection: Connection, project: Project, *tasks: dict[str, Any]) -> list[int]:
    sdk: Any = connection.sdk
    made = sdk.projects.import_tasks(project.id, request=list(tasks), return_task_ids=True)
    return [int(each) for each in made.task_ids]


def predicted(document: Document) -> dict[str, Any]:
    whole = task(document)
    [annotation] = whole["annotations"]
    prediction = {"result": annotation["result"], "model_version": "rules", "score": 0.5}
    return {"data": whole["data"], "annotations": [], "predictions": [prediction]}


def bare(document: Document) -> dict[str, Any]:
    data = task(document)["data"]
    return {"data": {key: value for key, value in data.items() if key != "layers"}}


def exported(connection: Connection, project: Project, folder: Path) -> list[Any]:
    pieces = connection.sdk.projects.exports.download_sync(
        project.id, export_type="JSON", download_all_tasks=True
    )
    path = folder / "export.json"
    path.write_bytes(b"".join(pieces))
    tasks: list[Any] = json.loads(path.read_bytes())
    return tasks


def pulled(connection: Connection, project: Project, folder: Path) -> dict[str, Document]:
    exported(connection, project, folder)
    documents = LabelStudio().read(folder / "export.json")
    return {document.doc_id: canonical(document) for document in documents}


def change_nothing(annotator: Annotator, start: int) -> None:
    """Draw a region and delete it, for Update cannot be pressed before there was a change."""
    annotator.delete(annotator.label(KEYS["mention", "PER"], start, start + 1))


@pytest.mark.parametrize("make", [labelled, crowded, lambda: full(STEMS[0])])
def test_annotation_is_the_same_after_somebody_updated_it(
    annotator: Annotator, connection: Connection, project: Project, tmp_path: Path, make: Any
) -> None:
    document = make()
    [number] = imported(connection, project, task(document))

    annotator.open(project.id, number)
    change_nothing(annotator, document.text.index("Nga"))
    answer = annotator.submit()

    assert answer["updated_by"] == connection.user_id
    assert pulled(connection, project, tmp_path) == {document.doc_id: canonical(document)}
    assert annotator.complaints() == []


def test_predictions_become_annotations_as_they_are(
    annotator: Annotator, connection: Connection, project: Project, tmp_path: Path
) -> None:
    documents = [labelled(), crowded(), *map(gold, STEMS)]
    sent = [predicted(document) for document in documents]
    imported(connection, project, *sent)

    annotator.open_next(project.id)
    answers = [annotator.submit() for _ in documents]

    assert all(answer["parent_prediction"] for answer in answers)
    assert [_ids(answer["result"]) for answer in answers] == [
        _ids(each["predictions"][0]["result"]) for each in sent
    ]
    assert pulled(connection, project, tmp_path) == {d.doc_id: canonical(d) for d in documents}
    assert annotator.complaints() == []


def _ids(result: list[dict[str, Any]]) -> set[str]:
    return {item["id"] for item in result if "id" in item}


def test_what_is_drawn_lies_where_the_mouse_was(
    annotator: Annotator, connection: Connection, project: Project, tmp_path: Path
) -> None:
    document = unlabelled()
    [number] = imported(connection, project, bare(document))
    wanted = {
        (control, start, end)
        for begin, one, other in places().values()
        for control, start, end in [
            ("mention", one, one + 3),
            ("mention", other, other + 4),
            ("trigger", one, other + 4),
        ]
        if begin <= one
    }

    annotator.open(project.id, number)
    drawn = [
        annotator.label(KEYS[_LABELS[control]], start, end)
        for control, start, end in sorted(wanted, key=lambda each: each[1:])
    ]
    annotator.submit()

    assert {(each.control, each.start, each.end) for each in drawn} == wanted
    [back] = pulled(connection, project, tmp_path).values()
    found = [(m.start, m.end, m.text) for m in back.mentions or ()]
    assert len(found) == 2 * len(TEXTS)
    assert {text for *_, text in found} == {"Nga", "Pháp"}


_LABELS = {"mention": ("mention", "GPE"), "trigger": ("trigger", "Contact.Meet")}


def test_an_article_is_annotated_by_mouse_and_keys(
    annotator: Annotator, connection: Connection, project: Project, tmp_path: Path
) -> None:
    [number] = imported(connection, project, bare(Document("d", WORDS)))

    annotator.open(project.id, number)
    title = annotator.label(KEYS["mention", "TITLE"], 0, 10)
    whole = annotator.label(KEYS["extent", "EXTENT"], 0, 14)
    nation = annotator.label(KEYS["mention", "GPE"], 30, 34)
    wrong = annotator.label(KEYS["mention", "ORG"], 19, 29)
    meeting = annotator.label(KEYS["trigger", "Contact.Meet"], 15, 18)
    annotator.relate(title, whole, "extent")
    annotator.relate(meeting, nation, "Entity", "Place (implicit)")
    annotator.select(nation)
    annotator.choose("level", "NOM")
    annotator.press(KEYS["gpe_role", "ORG"])
    annotator.write("entity", "e1")
    annotator.write("entity", 'e"2')
    annotator.write("entity_name", "nước Pháp & “bạn”")
    annotator.select(meeting)
    annotator.choose("realis", "OTHER")
    annotator.choose("modality", "PLANNED")
    annotator.delete(wrong)
    annotator.submit()

    [back] = pulled(connection, project, tmp_path).values()
    [first, second] = back.mentions or ()
    assert (first.type, first.text, first.extent and first.extent.text) == (
        "TITLE",
        "Tổng thống",
        "Tổng thống Nga",
    )
    assert (second.text, second.level, second.gpe_role) == ("Pháp", "NOM", "ORG")
    assert [(e.id, e.name) for e in back.entities or ()] == [('e"2', "nước Pháp & “bạn”")]
    [event] = back.events or ()
    assert (event.trigger.text, event.realis, event.modality) == ("gặp", "OTHER", "PLANNED")
    assert {(a.role, a.implicit, a.ref) for a in event.arguments} == {
        ("Entity", False, second.id),
        ("Place", True, second.id),
    }


def test_a_skipped_task_is_not_an_annotation(
    annotator: Annotator, connection: Connection, project: Project, tmp_path: Path
) -> None:
    imported(connection, project, bare(Document("d", WORDS)))

    annotator.open_next(project.id)
    answer = annotator.skip()

    assert answer["was_cancelled"]
    assert pulled(connection, project, tmp_path) == {"d": Document("d", WORDS)}


def test_what_annotators_could_not_see_is_noticed(
    annotator: Annotator, connection: Connection, project: Project
) -> None:
    text = "Nga\nđến\nPháp"
    from_line_end = task(Document("d", text, mentions=(Mention(3, 7, "GPE", id="m1"),)))
    dangling = task(Document("e", text, mentions=(Mention(0, 3, "GPE", id="m1"),)))
    dangling["annotations"][0]["result"].append(
        {"type": "relation", "from_id": "m1", "to_id": "gone", "labels": ["Entity"]}
    )
    numbers = imported(connection, project, from_line_end, dangling)

    with pytest.raises(EditorError, match=r"'unseen': \['m1'\]"):
        annotator.open(project.id, numbers[0])
    with pytest.raises(EditorError, match="gone"):
        annotator.open(project.id, numbers[1])

    annotator.errors.clear()
