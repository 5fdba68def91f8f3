"""The contract of a metric, and the one way in which gold and predicted documents are paired."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

import msgspec

from vinee.errors import InvalidError, Where
from vinee.model import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vinee.metrics.tally import Tally
    from vinee.metrics.units import Unit

Layer = Literal["mentions", "entities", "timexes", "events", "chains"]


class Metric(Protocol):
    """A definition of what counts as correct; its `name` is its repr and its command-line name."""

    @property
    def name(self) -> str:
        """Identity, such as ``ner.strict``."""
        ...

    @property
    def layer(self) -> Layer:
        """The layer that gold must have for a document to be scored."""
        ...

    @property
    def parameters(self) -> Mapping[str, str]:
        """Every choice that changes the counts; goes into the signature."""
        ...

    def counts(
        self, gold: Sequence[Document], predicted: Sequence[Document], unit: Unit = "document"
    ) -> Tally:
        """Count per unit; documents are paired as `pair` says, in any order.

        Raises:
            InvalidError: The documents cannot be paired, contradict themselves, or cannot be
                counted by such a unit.
        """
        ...


class SpanView(Protocol):
    """A projection of a document's mentions onto typed character spans."""

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels that are reported even where they do not occur; others that occur count too."""
        ...

    @property
    def identity(self) -> Mapping[str, str]:
        """What the view does, for the signature."""
        ...

    def altered(self, **settings: str) -> SpanView:
        """Return a view like this one with other settings, as `VIEW_PARAMETERS` spells them.

        Raises:
            InvalidError: It has no such setting.
        """
        ...

    def __call__(self, document: Document) -> list[tuple[int, int, str]]:
        """Return ``(start, end, label)``, half-open, in code points of the document's text."""
        ...


class Pair(NamedTuple):
    """A gold document and what was predicted for it."""

    gold: Document
    predicted: Document


def pair(gold: Iterable[Document], predicted: Iterable[Document], layer: Layer) -> list[Pair]:
    """Pair documents by ``doc_id``, in ascending order of it.

    A gold document whose layer is None was not annotated: it is left out. One without a
    prediction, or whose prediction lacks the layer, is paired with an empty one, so that its
    misses count.

    Raises:
        InvalidError: A ``doc_id`` occurs twice on one side, or a predicted one is not in gold.
    """
    golds = _by_id(gold, "gold")
    predictions = _by_id(predicted, "predicted")
    if unknown := sorted(predictions.keys() - golds.keys()):
        raise InvalidError(
            "document-unknown",
            Where(doc_id=unknown[0]),
            f"predicted, but not in gold ({len(unknown)} such documents); "
            "score against the corpus that the predictions were made for",
        )
    return [
        Pair(document, _with_layer(predictions.get(doc_id, Document(doc_id)), layer))
        for doc_id, document in sorted(golds.items())
        if getattr(document, layer) is not None
    ]


def _with_layer(document: Document, layer: Layer) -> Document:
    if getattr(document, layer) is not None:
        return document
    return msgspec.structs.replace(document, **{layer: ()})


def _by_id(documents: Iterable[Document], side: str) -> dict[str, Document]:
    found: dict[str, Document] = {}
    for document in documents:
        if document.doc_id in found:
            raise InvalidError(
                "document-repeated",
                Where(doc_id=document.doc_id),
                f"occurs twice among the {side} documents; keep one",
            )
        found[document.doc_id] = document
    return found
