"""Task by task: whose annotations are passes, and which are set aside."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from vinee.corpus.quoted import pulled
from vinee.errors import Where
from vinee.formats import native
from vinee.labelstudio import wire
from vinee.labelstudio.checking import TaskFinding, check_annotation, check_data
from vinee.labelstudio.checking.data import doc_id_of
from vinee.labelstudio.checking.found import error
from vinee.labelstudio.pulling.passes import a_pass
from vinee.labelstudio.pulling.submitted import NOBODY, submitted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vinee.formats.label_studio.shapes import Data
    from vinee.labelstudio.checking import Rules
    from vinee.labelstudio.pulling.controls import Controls
    from vinee.labelstudio.pulling.passes import Origin
    from vinee.labelstudio.pulling.people import Annotator, People
    from vinee.labelstudio.pulling.summary import Summary
    from vinee.model import Document


@dataclass(frozen=True)
class Rejected:
    """Annotations that are no pass: all that the server gave, with what was found."""

    content: dict[str, Any]


@dataclass
class Work:
    """What was made of a project's tasks so far.

    Attributes:
        people: Who annotated.
        origin: What passes say of where they come from.
        controls: What annotators can do in the project.
        rules: What is asked of annotations.
        texts: The texts of the articles.
        summary: Counts and findings.
        latest: Whether of several annotations of one person on one task the last is taken.
        results: The pass, or what is set aside, for each annotator and name of a file.
    """

    people: People
    origin: Origin
    controls: Controls
    rules: Rules
    texts: Mapping[str, str]
    summary: Summary
    latest: bool = False
    results: dict[tuple[Annotator, str], bytes | Rejected] = field(default_factory=dict)
    # Of each pass, number of the task and the annotations, as bytes: of thousands of tasks, all
    # of them would fill the memory, and few are asked for again.
    _seen: dict[tuple[Annotator, str], tuple[object, bytes]] = field(default_factory=dict)

    def take(self, task: Mapping[str, Any]) -> None:
        """Take a task as the server exports it."""
        found = submitted(task, self.people)
        self.summary.tasks += 1
        self.summary.unannotated += not found.by
        for annotator, number in found.skipped.items():
            self.summary.count(annotator.folder, "skipped", number)
        for annotator, number in found.drafts.items():
            self.summary.count(annotator.folder, "drafts", number)
        if not found.by:
            return
        where = Where(doc_id=doc_id_of(task.get("data")), path=f"task {task.get('id')}")
        data, wrong = check_data(task.get("data"), where, self.texts)
        self.summary.findings += wrong
        if data is not None and not data.layers:
            data = replace(data, layers=self.controls.layers)
        for annotator, given in found.by.items():
            self._annotator(task, annotator, given, data, wrong)
            self._tell_unsaved(annotator, given, found.unsaved, where)
            self._tell_others(annotator, given, where)

    def _annotator(
        self,
        task: Mapping[str, Any],
        annotator: Annotator,
        annotations: Sequence[Mapping[str, Any]],
        data: Data | None,
        wrong: Sequence[TaskFinding],
    ) -> None:
        """Take what one annotator submitted of a task."""
        name = f"task-{task.get('id')}" if data is None else data.doc_id
        key = (annotator, name)
        doc_id = doc_id_of(task.get("data"))
        place = Where(doc_id=doc_id, path=_place(task, annotations, annotator))
        findings = [*self._who(annotator, place), *self._several(annotations, place)]
        if key in self._seen:
            earlier, others = self._seen[key]
            problem = (
                f"the document is in the tasks {earlier} and {task.get('id')}, and both are "
                "annotated; delete one of the annotations"
            )
            findings.append(error("doc-twice", place, problem))
            annotations = [*wire.decoded(others), *annotations]
        self._seen[key] = (task.get("id"), wire.encoded(annotations))
        document = None
        for annotation in annotations if data is not None else ():
            at = Where(doc_id=doc_id, path=_place(task, [annotation], annotator))
            if data is not None and (annotation is annotations[-1] or not self.latest):
                sound = check_annotation(annotation, data, at, self.rules)
                document = sound.document
                findings += sound.findings
        self.summary.findings += findings
        if document is None or any(finding.refuses for finding in findings):
            told = [finding.to_json() for finding in (*wrong, *findings)]
            note = self.origin.note(task, annotations[-1], annotator)
            self.results[key] = Rejected(_set_aside(task, note, annotations, told))
        else:
            self.results[key] = self._pass(document, task, annotations[-1], annotator)

    def _pass(
        self,
        document: Document,
        task: Mapping[str, Any],
        annotation: Mapping[str, Any],
        annotator: Annotator,
    ) -> bytes:
        return native.indented(a_pass(document, self.origin.note(task, annotation, annotator)))

    def _who(self, annotator: Annotator, where: Where) -> list[TaskFinding]:
        """``annotator-unknown``, ``annotator-left``: whose work it is."""
        if annotator == NOBODY:
            problem = (
                "the server no longer says whose annotation this is, as after a user was deleted; "
                "have it submitted again by somebody, or delete it"
            )
            return [error("annotator-unknown", where, problem)]
        if annotator.is_here or annotator.folder in self.summary.by:
            return []
        problem = (
            f"the server lists no user {annotator.user} any more; the passes go to the folder "
            f"{annotator.folder!r}"
        )
        self.summary.count(annotator.folder, "written", 0)
        return [TaskFinding("annotator-left", "warning", where, problem)]

    def _several(self, annotations: Sequence[Mapping[str, Any]], where: Where) -> list[TaskFinding]:
        """``annotations-several``: one person made several annotations of one task."""
        if len(annotations) == 1:
            return []
        numbers = [str(each.get("id")) for each in annotations]
        several = f"the annotations {', '.join(numbers)} are all by the same person"
        if self.latest:
            problem = f"{several}; {numbers[-1]}, which was changed last, is taken"
            return [TaskFinding("annotations-several", "warning", where, problem)]
        problem = f"{several}; delete all but one, or pull with --latest"
        return [error("annotations-several", where, problem)]

    def _tell_unsaved(
        self,
        annotator: Annotator,
        annotations: Sequence[Mapping[str, Any]],
        unsaved: set[int],
        where: Where,
    ) -> None:
        """``draft-unsaved``: a submitted annotation has changes that were not."""
        for annotation in annotations:
            if annotation.get("id") in unsaved:
                problem = (
                    f"{annotator.folder} has changed the annotation and not submitted that; it is "
                    "pulled as it was submitted"
                )
                place = Where(doc_id=where.doc_id, path=f"{where.path}, {_numbers([annotation])}")
                self.summary.findings.append(
                    TaskFinding("draft-unsaved", "warning", place, problem)
                )

    def _tell_others(
        self, annotator: Annotator, annotations: Sequence[Mapping[str, Any]], where: Where
    ) -> None:
        """``annotation-changed``: somebody else has changed an annotation since.

        Whose it was before is not known of one that the server no longer ascribes to anybody.
        """
        for annotation in annotations if annotator != NOBODY else ():
            number = annotation.get("updated_by")
            changed_by = self.people.by_number(number) if isinstance(number, int) else annotator
            if changed_by != annotator:
                problem = (
                    f"{changed_by.folder} has changed the annotation of {annotator.folder}, whose "
                    "pass it is taken for; see the annotation's history, and have people open "
                    "tasks by Label All Tasks, where they get their own"
                )
                place = Where(doc_id=where.doc_id, path=f"{where.path}, {_numbers([annotation])}")
                self.summary.findings.append(
                    TaskFinding("annotation-changed", "warning", place, problem)
                )


def _set_aside(
    task: Mapping[str, Any],
    note: dict[str, Any],
    annotations: Sequence[Mapping[str, Any]],
    told: Sequence[Any],
) -> dict[str, Any]:
    return {
        "doc_id": doc_id_of(task.get("data")),
        "meta": {pulled.KEY: note},
        "findings": [*told],
        "data": task.get("data"),
        "annotations": [*annotations],
    }


def _place(
    task: Mapping[str, Any], annotations: Sequence[Mapping[str, Any]], annotator: Annotator
) -> str:
    return f"task {task.get('id')}, {_numbers(annotations)} by {annotator.folder}"


def _numbers(annotations: Sequence[Mapping[str, Any]]) -> str:
    numbers = ", ".join(str(each.get("id")) for each in annotations)
    return f"annotation {numbers}"
