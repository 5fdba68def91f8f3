"""From documents to tasks of a project, so that a push may be broken off and repeated.

The server makes a second task of what it is given twice, and takes nearly anything. So all
documents are checked first, what the project has is listed by ``doc_id``, only what is missing is
sent, and after whatever went wrong the project is listed again: a batch whose answer was lost may
have been stored, and is not sent twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from vinee import ontology
from vinee.errors import UnknownNameError
from vinee.labelstudio import projects
from vinee.labelstudio.patience import Patience
from vinee.labelstudio.pushing import present, refusing
from vinee.labelstudio.pushing.delivery import Delivery
from vinee.labelstudio.pushing.items import Given, homeless
from vinee.labelstudio.pushing.refusing import PushError
from vinee.labelstudio.pushing.result import Pushed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from vinee.labelstudio.connection import Connection
    from vinee.labelstudio.projects import Project
    from vinee.labelstudio.pushing.predicting import Predicted
    from vinee.labelstudio.pushing.present import There
    from vinee.model import Document

    OnStep = Callable[[str, int, int], None]

__all__ = ["OVERLAP", "Patience", "PushError", "Pushed", "Request", "push"]

OVERLAP = 2


def _silent(_doing: str, _done: int, _total: int) -> None:
    pass


@dataclass(frozen=True)
class Request:
    """What is to be in a project.

    Attributes:
        documents: The documents, each with its text.
        project: Title of the project, or the number of one that exists.
        annotations: Whether their layers go along as annotations, marked as the truth.
        predicted: What a system finds in them, to go along as predictions.
        overlap: How many annotators a task is for, of a project that is made; `OVERLAP` if None.
        patience: How long a server may be away.
        on_step: Told what is being done, how much of it is done, and how much there is.
        notes: What is to be known of the documents, in words.
    """

    documents: Sequence[Document]
    project: str
    annotations: bool = False
    predicted: Predicted | None = None
    overlap: int | None = None
    patience: Patience = field(default_factory=Patience)
    on_step: OnStep = _silent
    notes: tuple[str, ...] = ()


def push(connection: Connection, asked: Request) -> Pushed:
    """Bring documents into a project; what is there already is left as it is.

    Args:
        connection: To a server.
        asked: What is to be there.

    Raises:
        PushError: Something is wrong with a document, or a task of the same id has another text;
            nothing was sent.
        InputError: Predictions do not fit the texts.
        ExtractorError: The extractor failed; nothing was sent.
        ServerError: The server refuses, or is away for longer than `Request.patience` waits; the
            message says how much it has.
    """
    from vinee.labelstudio.config import labeling_config
    from vinee.labelstudio.config.instructions import instructions

    labels = ontology.default()
    ask = partial(asked.patience.ask, connection)
    found = ask("find the project", lambda: _found(connection, asked.project))
    config = labeling_config(labels) if found is None else found.config
    there = present.There({}, {}, 0)
    if found is not None:
        listed = partial(present.listed, connection, found, partial(asked.on_step, "list"))
        there = ask("list the tasks of the project", listed)
    given = _given(asked, there)
    total = len(asked.documents)
    items = refusing.checked(given, config, lambda done: asked.on_step("check", done, total))
    # A refused push leaves no empty project behind.
    ensured = partial(
        projects.ensure,
        *(connection, asked.project, config, instructions(labels)),
        overlap=asked.overlap or OVERLAP,
    )
    project = found or ask("make the project", ensured)
    version = "" if asked.predicted is None else asked.predicted.model_version
    delivery = Delivery(connection, project, items, version, asked.patience, asked.on_step)
    sent = delivery.finish(there)
    if version and any(each.predicted or _has(there, each.document, version) for each in given):
        _show(connection, project, version)
    return Pushed(
        project=project.id,
        title=project.title,
        url=f"{connection.url}/projects/{project.id}/data",
        documents=len(items),
        new=len(sent.tasks),
        there=len(items) - len(sent.tasks),
        annotations=len(sent.annotations) + _count(item.annotation for item in sent.tasks),
        predictions=len(sent.predictions) + _count(item.prediction for item in sent.tasks),
        model_version=version,
        without_prediction=_without(given, there, version) if version else 0,
        homeless=homeless(each.predicted for each in given if each.predicted is not None),
        changed=sent.changed,
        held=sent.held,
        twice=delivery.doubles(there, there.total + len(sent.tasks)),
        notes=_notes(asked, is_new=found is None),
    )


def _found(connection: Connection, name: str) -> Project | None:
    try:
        return projects.find(connection, name)
    except UnknownNameError:
        if name.isdecimal():
            raise  # a number that was mistyped is no title
        return None


def _given(asked: Request, there: There) -> list[Given]:
    """Put documents and predictions together; nothing is predicted that the project has."""
    if asked.predicted is None:
        return [Given(each, asked.annotations) for each in asked.documents]
    version = asked.predicted.model_version
    wanted = [each for each in asked.documents if not _has(there, each, version)]
    found = asked.predicted.of(wanted)
    ids = {each.doc_id for each in wanted}
    return [
        Given(each, asked.annotations, found.get(each.doc_id), version)
        if each.doc_id in ids
        else Given(each, asked.annotations)
        for each in asked.documents
    ]


def _has(there: There, document: Document, version: str) -> bool:
    task = there.tasks.get(document.doc_id)
    return task is not None and version in (task.versions or ())


def _without(given: Iterable[Given], there: There, version: str) -> int:
    return sum(each.predicted is None and not _has(there, each.document, version) for each in given)


def _count(parts: Iterable[bytes | None]) -> int:
    return sum(part is not None for part in parts)


def _notes(asked: Request, *, is_new: bool) -> tuple[str, ...]:
    predicted = () if asked.predicted is None else asked.predicted.notes
    if asked.overlap is None or is_new:
        return (*asked.notes, *predicted)
    note = "the project was there, so how many people a task is for was left as it is"
    return (*asked.notes, *predicted, note)


def _show(connection: Connection, project: Project, version: str) -> None:
    """Have annotators see these predictions, and not those of an earlier version."""
    with connection.calls("choose the predictions that annotators see"):
        connection.sdk.projects.update(
            project.id, model_version=version, show_collab_predictions=True
        )
