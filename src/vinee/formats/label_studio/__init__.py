"""Label Studio's JSON: a list of tasks, each a document with its annotations.

Regions stand on the object tag ``text`` with half-open offsets in code points. These are the
names of the controls; the labeling configuration is to have the same.

==================  =========  ==================================================================
control             kind       what it holds
==================  =========  ==================================================================
mention             labels     bare span of a mention; the label is its type
extent              labels     extent of a mention; label ``EXTENT``; a relation ties it to the
                               mention
timex               labels     time; the label is its type, ``TIMEX`` where it has none
trigger             labels     trigger of an event; the label is the event's type
span                labels     filler that is neither mention nor time; label ``SPAN``
level               choices    of a mention; without it ``NAM``
gpe_role            choices    of a mention
entity              textarea   of a mention: id of the entity; mentions with the same id corefer
entity_type         textarea   of a mention: type of its entity; without it that of the first
                               mention
entity_name         textarea   of a mention: name of its entity
entity_corpus_id    textarea   of a mention: what its entity is called in all documents
entity_wikidata     textarea   of a mention: item of its entity, or ``NIL``
timex_value         textarea   of a time
timex_mod           choices    of a time
polarity            choices    of a trigger
realis              choices    of a trigger
modality            choices    of a trigger
chain               textarea   of a trigger: id of the chain; events with the same id corefer
chain_name          textarea   of a trigger: name of its chain
chain_corpus_id     textarea   of a trigger: what its chain is called in all documents
==================  =========  ==================================================================

What is known of an entity or a chain is written on its first mention only, so that there is one
place to change it; on reading it may stand on any of them, but they must not disagree.

Arguments are relations from the trigger to the filler. The labels of the relation are the roles,
``Role (implicit)`` for implicit arguments. The editor keeps but one relation between two regions,
so a filler with two roles has one relation with two labels: the configuration needs
``<Relations choice="multiple">``. On reading, the direction says nothing, for only one end can
be a trigger.

Region ids are the items' own ids; what has none gets one that begins with a tilde, and signs that
the editor does not keep in an id are written as `region_ids` says. What people do not annotate
stands in the task's data: ``doc_id``, ``text``, ``sections``, ``sentences``, ``meta``, which
``layers`` were annotated, and ``entities`` and ``chains`` without a mention.

Reading takes what a server exports as JSON. Cancelled annotations, drafts and predictions are
not read, nor are controls other than these, such as a comment. The text that regions carry is
not read either, for browsers change it; the offsets decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import msgspec

from vinee.errors import InvalidError, UnknownNameError, Where
from vinee.formats import atomic, typed
from vinee.formats.contract import FEATURES
from vinee.formats.label_studio import reading, writing
from vinee.formats.label_studio.shapes import Task

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from vinee.formats.label_studio.shapes import Annotation
    from vinee.model import Document

task = writing.task

__all__ = ["LabelStudio", "task"]


@dataclass(frozen=True)
class LabelStudio:
    """Tasks in a JSON file, as Label Studio imports and exports them.

    Attributes:
        annotator: Whose annotations to read: an e-mail address, a user name or a number. It is
            needed only where a task has annotations by several people; a task without one of
            this annotator's is read as not annotated.
    """

    annotator: str | None = None
    name: ClassVar[str] = "label-studio"
    description: ClassVar[str] = "Label Studio tasks with annotations, JSON; holds everything"
    holds: ClassVar[frozenset[str]] = frozenset(FEATURES)

    def write(self, documents: Iterable[Document], path: Path) -> None:
        """Write a list of tasks; the same documents always give the same bytes.

        Raises:
            InvalidError: A document cannot be written, for the reasons that `task` gives.
        """
        content = msgspec.json.encode([task(document) for document in documents])
        atomic.write_bytes(path, msgspec.json.format(content, indent=1) + b"\n")

    def read(self, path: Path, texts: Mapping[str, str] | None = None) -> tuple[Document, ...]:
        """Read an export, or what `write` wrote.

        Args:
            path: A JSON file.
            texts: Texts for tasks whose data has none.

        Raises:
            MalformedError: The file is no JSON.
            SchemaError: It is no list of tasks.
            InvalidError: A task contradicts itself, as the message says, or has annotations by
                several people and none was asked for.
            UnknownNameError: Nobody of the annotator's name has annotated here.
        """
        tasks = typed.read(path, list[Task])
        everyone = {name for task in tasks for a in _valid(task) for name in a.names()}
        if self.annotator is not None and self.annotator not in everyone:
            raise UnknownNameError("annotator", self.annotator, everyone)
        seen: set[str] = set()
        documents = []
        for index, task in enumerate(tasks):
            where = Where(file=str(path), doc_id=task.data.doc_id, path=f"$[{index}]")
            if task.data.doc_id in seen:
                problem = "the document is in two tasks; export one of them"
                raise InvalidError("doc-twice", where, problem)
            seen.add(task.data.doc_id)
            documents.append(self._document(task, texts or {}, where))
        return tuple(documents)

    def _document(self, task: Task, texts: Mapping[str, str], where: Where) -> Document:
        text = task.data.text if task.data.text is not None else texts.get(task.data.doc_id)
        if text is None:
            problem = "the task's data has no text, and none was given; add it to the data"
            raise InvalidError("no-text", where, problem)
        return reading.document(task.data, text, self._chosen(task, where), where)

    def _chosen(self, task: Task, where: Where) -> Annotation | None:
        candidates = list(_valid(task))
        if self.annotator is not None:
            candidates = [a for a in candidates if self.annotator in a.names()]
        if len(candidates) > 1:
            who = ", ".join(next(iter(a.names()), "unknown") for a in candidates)
            remedy = "ask for one of them" if self.annotator is None else "delete all but one"
            problem = f"the task has {len(candidates)} annotations, by {who}; {remedy}"
            raise InvalidError("annotations-several", where, problem)
        return candidates[0] if candidates else None


def _valid(task: Task) -> Iterator[Annotation]:
    return (annotation for annotation in task.annotations if not annotation.was_cancelled)
