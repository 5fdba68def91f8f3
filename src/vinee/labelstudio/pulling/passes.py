"""A sound annotation as a pass: a document that says who made it, when, and what it began with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from vinee.corpus.quoted import pulled

if TYPE_CHECKING:
    from collections.abc import Callable

    from vinee.labelstudio.projects import Project
    from vinee.labelstudio.pulling.people import Annotator
    from vinee.model import Document

# Where each region comes from, as the editor notes it on submitting.
_UNKNOWN = "unknown"


@dataclass(frozen=True)
class Origin:
    """What a pass says of where it comes from.

    Attributes:
        project: The project.
        guidelines: The edition of the guidelines that its annotators follow.
        version: Gives the model's version of a prediction by number; ``None`` if unknown.
    """

    project: Project
    guidelines: str
    version: Callable[[int], str | None]

    def note(
        self, task: Mapping[str, Any], annotation: Mapping[str, Any], annotator: Annotator
    ) -> dict[str, Any]:
        """Say who made an annotation, when, and what it began with.

        ``prediction`` is there where the annotator began with a system's annotation,
        ``parent_annotation`` where with somebody else's; such work is not independent of it.
        ``regions`` counts those that were drawn (``manual``), taken from the prediction
        (``prediction``), or taken and changed (``prediction-changed``).
        """
        began = annotation.get("parent_prediction")
        return {
            "annotator": annotator.folder,
            "guidelines": self.guidelines,
            "project": {"id": self.project.id, "title": self.project.title},
            "user": annotator.user,
            "task": task.get("id"),
            "annotation": annotation.get("id"),
            "created_at": annotation.get("created_at"),
            "updated_at": annotation.get("updated_at"),
            "lead_time": annotation.get("lead_time"),
            "prediction": self._prediction(began, annotation) if isinstance(began, int) else None,
            "parent_annotation": annotation.get("parent_annotation"),
            "regions": _origins(annotation.get("result")),
        }

    def _prediction(self, number: int, annotation: Mapping[str, Any]) -> dict[str, Any]:
        shown = annotation.get("prediction")
        if isinstance(shown, Mapping) and shown.get("id") == number:
            return {"id": number, "model_version": shown.get("model_version")}
        return {"id": number, "model_version": self.version(number)}


def a_pass(document: Document, note: dict[str, Any]) -> Document:
    """Make a pass of a document: with sections and sentences, and the note in its ``meta``."""
    return replace(pulled.laid_out(document), meta={**(document.meta or {}), pulled.KEY: note})


def note_of(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give the note of a pass that was read as plain JSON; empty where it has none."""
    meta = document.get("meta")
    note = meta.get(pulled.KEY) if isinstance(meta, Mapping) else None
    return note if isinstance(note, Mapping) else {}


def _origins(result: object) -> dict[str, int]:
    items = result if isinstance(result, list) else []
    regions = [i for i in items if isinstance(i, Mapping) and i.get("type") == "labels"]
    return dict(sorted(Counter(str(i.get("origin") or _UNKNOWN) for i in regions).items()))
