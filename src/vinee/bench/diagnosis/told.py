"""What a diagnosis tells."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from vinee.metrics.diagnostics import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vinee.bench.result import Corpus, Skipped
    from vinee.metrics.diagnostics import Buckets, Outcome, TypeConfusion

SCHEMA = "vinee.diagnosis/1"


@dataclass(frozen=True, slots=True)
class ToldItem:
    """An item of one side.

    Attributes:
        start: First code point.
        end: One past the last.
        text: What the gold document's text has there.
        label: Its label.
        event: Of an argument, the type and the trigger of its event; None otherwise.
    """

    start: int
    end: int
    text: str
    label: str
    event: ToldItem | None = None

    def to_json(self) -> dict[str, Any]:
        """Return a plain dict; one without an event has no such field."""
        fields = {"start": self.start, "end": self.end, "text": self.text, "label": self.label}
        return fields if self.event is None else {**fields, "event": self.event.to_json()}


@dataclass(frozen=True, slots=True)
class Told:
    """What became of an item; see `vinee.metrics.diagnostics.Case`."""

    doc_id: str
    outcome: Outcome
    gold: ToldItem | None
    predicted: ToldItem | None

    def to_json(self) -> dict[str, Any]:
        """Return a plain dict."""
        return {
            "doc_id": self.doc_id,
            "outcome": self.outcome,
            "gold": None if self.gold is None else self.gold.to_json(),
            "predicted": None if self.predicted is None else self.predicted.to_json(),
        }


@dataclass(frozen=True, slots=True)
class ItemDiagnosis:
    """What became of the items of one kind.

    Attributes:
        kind: ``mentions``, ``triggers``, ``arguments`` or ``times``.
        metric: The metric that counts the same items.
        settings: What else decides which items there are: the view of mentions.
        cases: What became of each item, by document and in order of the text.
        confusion: Which labels met.
        buckets: Scores by attributes of the items.
        skipped: Attributes that could not be told, and why.
    """

    kind: str
    metric: str
    settings: Mapping[str, str]
    cases: tuple[Told, ...]
    confusion: TypeConfusion
    buckets: tuple[Buckets, ...]
    skipped: tuple[Skipped, ...] = ()

    @property
    def outcomes(self) -> dict[Outcome, int]:
        """How many items, or pairs of items, each outcome has."""
        counted = Counter(case.outcome for case in self.cases)
        return {outcome: counted[outcome] for outcome in OUTCOMES}

    @property
    def gold(self) -> int:
        """How many gold items there are."""
        return sum(case.gold is not None for case in self.cases)

    @property
    def predicted(self) -> int:
        """How many predicted items there are."""
        return sum(case.predicted is not None for case in self.cases)

    def to_json(self) -> dict[str, Any]:
        """Return plain dicts and lists."""
        return {
            "kind": self.kind,
            "metric": self.metric,
            "settings": dict(self.settings),
            "gold": self.gold,
            "predicted": self.predicted,
            "outcomes": dict(self.outcomes),
            "confusion": self.confusion.to_json(),
            "buckets": [each.to_json() for each in self.buckets],
            "skipped": [msgspec.to_builtins(each) for each in self.skipped],
            "cases": [each.to_json() for each in self.cases],
        }


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Why a system scores as it does on a task.

    Attributes:
        task: The name of the task.
        corpus: The gold.
        items: What became of the items, by kind.
        findings: How many items of the predictions were left out, by the id of the check.
        grounding: ``meta.alignment`` of each predicted document that has it: how many tokens or
            strings were found exactly, repaired, ambiguous, or not found.
    """

    task: str
    corpus: Corpus
    items: tuple[ItemDiagnosis, ...]
    findings: Mapping[str, int]
    grounding: Mapping[str, Mapping[str, int]]

    def to_json(self) -> dict[str, Any]:
        """Return plain dicts, lists, strings and numbers, in an order that is always the same."""
        return {
            "schema": SCHEMA,
            "task": self.task,
            "corpus": msgspec.json.decode(msgspec.json.encode(self.corpus)),
            "items": [each.to_json() for each in self.items],
            "findings": dict(self.findings),
            "grounding": {doc_id: dict(each) for doc_id, each in self.grounding.items()},
        }
