"""One pull: download, check, then write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from vinee.corpus import guidelines, seeds
from vinee.labelstudio import projects
from vinee.labelstudio.checking import Rules
from vinee.labelstudio.checking.found import TaskFinding
from vinee.labelstudio.patience import Patience
from vinee.labelstudio.pulling import download
from vinee.labelstudio.pulling.controls import Controls
from vinee.labelstudio.pulling.folder import Folder
from vinee.labelstudio.pulling.passes import Origin
from vinee.labelstudio.pulling.people import people
from vinee.labelstudio.pulling.summary import Summary
from vinee.labelstudio.pulling.work import Rejected, Work

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from vinee.labelstudio.connection import Connection
    from vinee.labelstudio.pulling.download import Part


@dataclass(frozen=True)
class Asked:
    """What is to be pulled, and where to.

    Attributes:
        project: Title or number.
        to: Folder of the annotators' folders.
        renames: ``address=folder``, for annotators whose folder has another name.
        latest: Whether of several annotations of one person on one task the last is taken.
        guidelines: Edition of the guidelines that the annotators follow; ours if not given.
        seeds: Folder of the articles; ours if not given.
    """

    project: str
    to: Path
    renames: Sequence[str] = ()
    latest: bool = False
    guidelines: str | None = None
    seeds: Path | None = None


@dataclass
class _Versions:
    """Versions of the models that made predictions, by the predictions' numbers."""

    connection: Connection
    patience: Patience
    known: dict[int, str | None] = field(default_factory=dict)

    def __call__(self, number: int) -> str | None:
        if number not in self.known:
            self.known[number] = self.patience.ask(
                self.connection, "show a prediction", lambda: self._ask(number)
            )
        return self.known[number]

    def _ask(self, number: int) -> str | None:
        from label_studio_sdk.core.api_error import ApiError

        try:
            found: Any = self.connection.sdk.predictions.get(number)
        except ApiError as error:
            if error.status_code == 404:  # noqa: PLR2004 - it was deleted
                return None
            raise
        version = found.model_version
        return version if isinstance(version, str) else None


def pull(
    connection: Connection,
    asked: Asked,
    patience: Patience | None = None,
    on_part: Callable[[Part], None] = lambda _: None,
) -> Summary:
    """Pull a project's annotations as passes; a repeated pull writes only what has changed.

    Args:
        connection: To the server.
        asked: What is to be pulled, and where to.
        patience: How long the server may be away.
        on_part: Is told of each part that was downloaded.

    Returns:
        What was done, and all findings; what is at fault is set aside and no pass.

    Raises:
        UnknownNameError: There is no such project, or nobody of a renamed address.
        InvalidError: A rename is not written so.
        ServerError: The server was away for too long, or refuses.
    """
    patience = patience or Patience()
    edition = asked.guidelines or guidelines.edition()
    project = patience.ask(
        connection, "find the project", lambda: projects.find(connection, asked.project)
    )
    who = people(connection, asked.renames, patience)
    controls = Controls.of(connection, project, patience)
    texts = {doc_id: seeds.text(doc_id, asked.seeds) for doc_id in seeds.doc_ids(asked.seeds)}
    work = Work(
        who,
        Origin(project, edition, _Versions(connection, patience)),
        controls,
        Rules(others=controls.others),
        texts,
        Summary(project.title),
        latest=asked.latest,
    )
    for part in download.parts(connection, project, patience):
        for task in part.tasks:
            if isinstance(task, Mapping):
                work.take(task)
        on_part(part)
    return _place(work, Folder(asked.to, project))


def _place(work: Work, folder: Folder) -> Summary:
    """Write what was pulled, now that all of it is there."""
    summary = work.summary
    for (annotator, name), result in work.results.items():
        if isinstance(result, Rejected):
            path = folder.set_aside(annotator, name, result.content)
            summary.count(annotator.folder, "rejected")
            summary.set_aside.append(path)
            continue
        outcome, finding = folder.write(annotator, name, result)
        summary.count(annotator.folder, outcome)
        if finding is not None:
            summary.findings.append(finding)
    for annotator in {annotator for annotator, _ in work.results}:
        names = {name for who, name in work.results if who == annotator}
        for path in folder.without_annotation(annotator, names):
            summary.findings.append(_orphan(path))
    return summary


def _orphan(path: Path) -> TaskFinding:
    from vinee.errors import Where

    problem = (
        "no submitted annotation stands behind this pass any more; delete the file, unless the "
        "annotation was deleted by mistake"
    )
    return TaskFinding("pass-orphan", "warning", Where(file=str(path)), problem)
