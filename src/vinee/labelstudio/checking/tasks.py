"""Whole tasks, one or many, before they are sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from vinee.errors import Where
from vinee.labelstudio.checking.annotation import (
    ANNOTATION,
    PREDICTION,
    check_annotation,
    is_cancelled,
)
from vinee.labelstudio.checking.data import check_data, doc_id_of
from vinee.labelstudio.checking.found import at, error

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vinee.labelstudio.checking.annotation import Rules
    from vinee.labelstudio.checking.found import TaskFinding

# What a task may have: what a push writes, and what exports add to it.
_KEYS = frozenset({
    *("id", "data", "annotations", "predictions", "drafts", "meta", "project", "file_upload"),
    *("created_at", "updated_at", "inner_id", "overlap", "is_labeled", "allow_skip"),
    *("updated_by", "comment_count", "unresolved_comment_count", "comment_authors"),
    *("last_comment_updated_at", "total_annotations", "cancelled_annotations"),
    *("total_predictions", "storage_filename", "precomputed_agreement"),
})  # fmt: skip


def check_task(
    task: object,
    texts: Mapping[str, str] | None = None,
    rules: Rules | None = None,
    where: Where | None = None,
) -> list[TaskFinding]:
    """Find all that is wrong with a task that is to be sent.

    Args:
        task: ``{"data": …, "annotations": […], "predictions": […]}``, as JSON.
        texts: The text of each document that is known by its id, such as the seeds'.
        rules: What is asked of its annotations.
        where: The place of the task; ``$`` if not given.

    Returns:
        The findings; a task with an error among them is not to be sent.
    """
    where = where or Where(path="$")
    if not isinstance(task, Mapping):
        return [error("schema", where, f"must be an object (got {type(task).__name__}); mend it")]
    place = Where(where.file, where.line, doc_id_of(task.get("data")), where.path)
    findings = [
        error("task-key", at(place, f".{key}"), "is no part of a task; remove it")
        for key in task
        if key not in _KEYS
    ]
    data, wrong = check_data(task.get("data"), place, texts)
    findings += wrong
    for key, kind in (("annotations", ANNOTATION), ("predictions", PREDICTION)):
        given = task.get(key, [])
        if not isinstance(given, list | tuple):
            problem = f"must be a list (got {type(given).__name__}); mend it"
            findings.append(error("schema", at(place, f".{key}"), problem))
            continue
        # Without the text nothing can be said of what stands in it.
        for index, each in enumerate(given if data is not None else ()):
            if data is not None and not is_cancelled(each):
                inner = at(place, f".{key}[{index}]")
                findings += check_annotation(each, data, inner, rules, kind).findings
    return findings


def check_tasks(
    tasks: Iterable[object],
    texts: Mapping[str, str] | None = None,
    rules: Rules | None = None,
) -> Iterator[TaskFinding]:
    """Find all that is wrong with tasks that are to be sent together, in their order.

    Beside what `check_task` finds, ``doc-twice``: a document has one task.
    """
    seen: dict[str, int] = {}
    for index, task in enumerate(tasks):
        where = Where(path=f"$[{index}]")
        yield from check_task(task, texts, rules, where)
        doc_id = doc_id_of(task.get("data")) if isinstance(task, Mapping) else None
        if doc_id is None:
            continue
        if doc_id in seen:
            problem = f"the document is in task {seen[doc_id]} too, counted from 0; send one"
            yield error("doc-twice", Where(doc_id=doc_id, path=where.path), problem)
        seen.setdefault(doc_id, index)
