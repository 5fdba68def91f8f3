"""The shapes of a case, of the question that an implementation is asked, and of its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

import msgspec
from msgspec import Meta, Struct

from vinee.model import Document, Level

if TYPE_CHECKING:
    from collections.abc import Mapping

PROTOCOL = 1
FRACTION = r"^(0|[1-9][0-9]{0,299})(/[1-9][0-9]{0,299})?$"
Exactly: TypeAlias = Annotated[str, Meta(pattern=FRACTION, examples=["2/3", "0", "1"])] | None
Tags: TypeAlias = tuple[tuple[str, ...], ...]
Score: TypeAlias = Literal["precision", "recall", "f1"]
SCORES: tuple[Score, ...] = ("precision", "recall", "f1")


class Triple(Struct, frozen=True, forbid_unknown_fields=True):
    """Scores that are expected, as exact fractions; null where the score is not defined."""

    precision: Exactly
    recall: Exactly
    f1: Exactly


class Expected(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What is expected of all items together, and of some labels and some documents."""

    micro: Triple
    labels: dict[str, Triple] = {}
    units: dict[str, Triple] = {}


class View(Struct, frozen=True, forbid_unknown_fields=True):
    """Which mentions take part, and what their labels and spans are."""

    labels: Literal["own"] = "own"
    levels: tuple[Level, ...] = ("NAM", "NOM", "PRO")
    span: Literal["bare", "extent"] = "bare"
    nesting: Literal["all", "outer"] = "all"


class Tagged(Struct, frozen=True, forbid_unknown_fields=True):
    """Tags of both sides, a list for each sentence."""

    gold: Tags
    predicted: Tags


class Question(Struct, frozen=True):
    """What an implementation is sent.

    Attributes:
        id: Name of the case, to be repeated in the answer.
        metric: Canonical name of the metric.
        view: For metrics of mentions.
        gold: Gold documents; in place of them and of `predicted` a case may have `tags`.
        predicted: Predicted documents.
        tags: Tags in place of documents.
    """

    id: str
    metric: str
    view: View | None = None
    gold: tuple[Document, ...] | None = None
    predicted: tuple[Document, ...] | None = None
    tags: Tagged | None = None


class Case(Struct, frozen=True, forbid_unknown_fields=True):
    """A question, and what is to be answered.

    Attributes:
        id: ``scenario@metric``; unique.
        metric: Canonical name of the metric.
        why: One sentence on what the case probes.
        source: Where the case or its definition is from; ``own`` if it is ours.
        derivation: How the scores follow.
        expected: The scores.
        view: As in `Question`, and so are the others.
    """

    id: str
    metric: str
    why: str
    source: str
    derivation: str
    expected: Expected
    view: View | None = None
    gold: tuple[Document, ...] | None = None
    predicted: tuple[Document, ...] | None = None
    tags: Tagged | None = None

    @property
    def family(self) -> str:
        """The metric without its parameters."""
        return self.metric.partition("(")[0]

    @property
    def question(self) -> Question:
        """What may be shown to an implementation."""
        return Question(self.id, self.metric, self.view, self.gold, self.predicted, self.tags)


class CaseFile(Struct, frozen=True, forbid_unknown_fields=True):
    """A published file: cases about one layer."""

    conformance: Literal[1]
    group: str
    about: str
    cases: tuple[Case, ...]


class Numbers(Struct, frozen=True):
    """Scores that were answered: fractions as strings, or numbers; null where not defined."""

    precision: Exactly | int | float
    recall: Exactly | int | float
    f1: Exactly | int | float


class Answer(Struct, frozen=True):
    """What an implementation answers: scores, or why it has none.

    Attributes:
        id: Of the case.
        micro: Scores of all items together; must be there unless the case is skipped.
        labels: Scores of each label; if none are given, none are checked.
        units: Scores of each document by its ``doc_id``; if none are given, none are checked.
        skipped: Why the case was not computed.
    """

    id: str
    micro: Numbers | None = None
    labels: dict[str, Numbers] = {}
    units: dict[str, Numbers] = {}
    skipped: str | None = None


def plain(value: Struct) -> dict[str, Any]:
    """Turn a case or a question into plain JSON values; what documents leave open is left out."""
    built: dict[str, Any] = msgspec.to_builtins(value)
    return {
        key: _without_nulls(part) if key in ("gold", "predicted", "tags") else part
        for key, part in built.items()
        if part is not None
    }


def schemas() -> Mapping[str, dict[str, Any]]:
    """Return the JSON Schemas by file name: of a published file, a question and an answer."""
    return {
        "cases.schema.json": _schema(CaseFile, "A file of conformance cases"),
        "question.schema.json": _schema(Question, "A line that an implementation is sent"),
        "answer.schema.json": _schema(Answer, "A line that an implementation answers"),
    }


def _schema(kind: type[Struct], title: str) -> dict[str, Any]:
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    return head | msgspec.json.schema(kind)


def _without_nulls(value: Any) -> Any:  # noqa: ANN401 -- any JSON
    if isinstance(value, dict):
        return {key: _without_nulls(part) for key, part in value.items() if part is not None}
    if isinstance(value, list | tuple):
        return [_without_nulls(part) for part in value]
    return value
