"""What of the documents a project lacks, and what stands in the way of sending it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
from msgspec import structs

from vinee.corpus.findings import Finding
from vinee.errors import InputError, Where
from vinee.formats.label_studio import reading
from vinee.formats.label_studio.shapes import Annotation, Data
from vinee.labelstudio.pushing.refusing import PushError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from vinee.labelstudio.pushing.items import Item
    from vinee.labelstudio.pushing.present import Detail, Present, There
    from vinee.model import Document


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be sent.

    Attributes:
        tasks: Documents that have no task.
        annotations: Tasks that lack their annotation, by number.
        data: Those of them, by number, whose data says something else than the document: which
            layers were annotated, where its sections are, what no region can carry.
        predictions: Tasks that lack their prediction, by number.
        changed: Documents whose task has an annotation of the user's that is marked as the truth
            and says something else; it is left as it is.
        held: Documents whose task has other data, and was annotated by somebody whose work would
            be read in another way if the data changed; it is left as it is.
    """

    tasks: tuple[Item, ...] = ()
    annotations: tuple[tuple[int, Item], ...] = ()
    data: frozenset[int] = frozenset()
    predictions: tuple[tuple[int, Item], ...] = ()
    changed: tuple[str, ...] = ()
    held: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many tasks, and annotations and predictions of tasks that are there, it is."""
        return len(self.tasks) + len(self.annotations) + len(self.predictions)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be sent."""
        return self.size == 0


def plan(
    items: Iterable[Item],
    there: There,
    user_id: int,
    model_version: str,
    details: Callable[[Iterable[int]], Mapping[int, Detail]],
) -> Plan:
    """Compare documents with the tasks that are there.

    Args:
        items: The documents.
        there: What the project has.
        user_id: Who sends the annotations.
        model_version: Of the predictions that go along.
        details: Reads annotations and predictions of tasks.

    Raises:
        PushError: A task with the id of a document has another text.
    """
    known = [(item, there.tasks[item.doc_id]) for item in items if item.doc_id in there.tasks]
    findings = [
        Finding("task-text", "error", Where(doc_id=item.doc_id, path="$.text"), _other_text(task))
        for item, task in known
        if task.text != item.text
    ]
    if findings:
        raise PushError(findings)
    asked = [
        task.id
        for item, task in known
        if (item.annotation is not None and user_id in task.annotators)
        or (item.prediction is not None and task.versions is None)
    ]
    found = details(asked) if asked else {}
    annotations, predictions, changed, held = [], [], [], []
    data: set[int] = set()
    for item, task in known:
        detail = found.get(task.id)
        truths = () if detail is None else detail.truths
        if item.annotation is not None and truths and not any(same(item, each) for each in truths):
            changed.append(item.doc_id)
        elif item.annotation is not None:
            if not truths:
                annotations.append((task.id, item))
            differs = _differ(item.data, task.data)
            if differs and (truths or task.annotators):
                held.append(item.doc_id)
            elif differs:
                data.add(task.id)
        versions = task.versions if detail is None else detail.versions
        if item.prediction is not None and model_version not in (versions or ()):
            predictions.append((task.id, item))
    return Plan(
        tuple(item for item in items if item.doc_id not in there.tasks),
        tuple(annotations),
        frozenset(data),
        tuple(predictions),
        tuple(changed),
        tuple(held),
    )


def _differ(mine: bytes, there: bytes) -> bool:
    return bool(msgspec.json.decode(mine) != msgspec.json.decode(there))


def _other_text(task: Present) -> str:
    return (
        f"task {task.id} of the project has the same document id and another text; delete that "
        "task, or give the document another id"
    )


def same(item: Item, result: bytes) -> bool:
    """Tell whether a result says what the document's annotation says.

    An editor puts the items of a result into another order and adds keys to them, so documents
    are compared where the bytes differ.
    """
    mine = item.annotation
    if mine is None:
        return False
    if msgspec.json.decode(mine) == msgspec.json.decode(result):
        return True
    data = msgspec.json.decode(item.data, type=Data)
    try:
        one, other = (_read(data, each, item) for each in (mine, result))
    except (InputError, msgspec.DecodeError):
        return False
    return one == other


def _read(data: Data, result: bytes, item: Item) -> Document:
    annotation = msgspec.json.decode(b'{"result":%b}' % result, type=Annotation)
    read = reading.document(data, item.text, annotation, Where(doc_id=item.doc_id))
    events = tuple(
        structs.replace(event, arguments=tuple(sorted(event.arguments, key=repr)))
        for event in read.events or ()
    )
    return structs.replace(read, events=events)
