"""A plain callable as an extractor: from a text to ``(start, end, label)`` is enough."""

from __future__ import annotations

import inspect
import operator
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from vinee import ontology
from vinee.errors import ExtractorError
from vinee.extractors import sources
from vinee.extractors.base import Claims, named_mentions, text_of
from vinee.model import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_ITEM_SIZE = 3
_UNKNOWN = "unknown"
_DIGITS = 12
_WANTED = "return (start, end, label) with half-open code-point offsets of the text given"


class CallableExtractor:
    """An extractor made of a function from a text to ``(start, end, label)`` triples.

    Args:
        function: Called once for each document with its text.
        name: Name in results.
        claims: The labels that the function can return. If not given it may return fine and
            coarse ones, and what it is scored on follows from those that came.

    Attributes:
        version: ``source-`` and a hash of the file that defines the function, and of the local
            modules that it imports; ``unknown`` where these do not decide what it does: a
            lambda, a closure, an object with state.
    """

    trained_on = "unknown: a plain callable says nothing about its training"

    def __init__(
        self,
        function: Callable[[str], Iterable[tuple[int, int, str]]],
        name: str,
        claims: Claims | None = None,
    ) -> None:
        self.function = function
        self.name = name
        self.version = _version(function)
        fine = ontology.default().fine_labels
        self.claims = claims or Claims(entities=fine, declared=False)
        self._labels = _with_coarse(fine) if claims is None else claims.entities

    def with_labels(self, labels: Iterable[str]) -> CallableExtractor:
        """Return the same extractor for a gold with labels of its own, which it then speaks.

        It claims none of them: no claim is about labels that the ontology does not have.
        """
        other = CallableExtractor(self.function, self.name, replace(self.claims, declared=False))
        other._labels = _with_coarse(labels)
        return other

    def extract(self, documents: Sequence[Document]) -> list[Document]:
        """Call the function on each text and check what it returns.

        Raises:
            ExtractorError: An item is no triple of two offsets and a claimed label, or its span
                is empty or outside the text.
        """
        return [self._annotate(document) for document in documents]

    def _annotate(self, document: Document) -> Document:
        text = text_of(document)
        items: object = self.function(text)
        if not isinstance(items, Iterable):
            raise ExtractorError(
                f"extractor {self.name!r}, document {document.doc_id!r}: the callable must return "
                f"an iterable (got {items!r}); {_WANTED}"
            )
        spans = sorted(
            (self._checked(document.doc_id, index, item, len(text)))
            for index, item in enumerate(items)
        )
        return Document(document.doc_id, mentions=named_mentions(text, spans))

    def _checked(self, doc_id: str, index: int, item: object, length: int) -> tuple[int, int, str]:
        where = f"extractor {self.name!r}, document {doc_id!r}, item {index}"
        if not isinstance(item, tuple | list) or len(item) != _ITEM_SIZE:
            raise ExtractorError(f"{where}: must be a triple (got {item!r}); {_WANTED}")
        start, end = (_offset(where, item, value) for value in item[:2])
        label = item[2]
        if not 0 <= start < end <= length:
            raise ExtractorError(
                f"{where}: span [{start}, {end}) must not be empty and must lie in a text of "
                f"{length} code points (got {item!r}); {_WANTED}"
            )
        if label not in self._labels:
            raise ExtractorError(
                f"{where}: label must be one of {', '.join(self._labels)} (got {item!r}); "
                "return such a label, or claim others with CallableExtractor(…, claims=Claims(…))"
            )
        return start, end, str(label)


def _with_coarse(labels: Iterable[str]) -> tuple[str, ...]:
    """Add the coarse labels where all fine ones may come, which are none of another gold's."""
    ours, given = ontology.default(), tuple(labels)
    coarse = ours.coarse_labels if {*ours.fine_labels} <= {*given} else ()
    return tuple(dict.fromkeys((*given, *coarse)))


def _offset(where: str, item: object, value: object) -> int:
    if not isinstance(value, bool):
        try:
            # Not only int: offsets out of numpy arrays are as good.
            return operator.index(value)  # type: ignore[arg-type]
        except TypeError:
            pass
    raise ExtractorError(f"{where}: offset {value!r} must be an int (got {item!r}); {_WANTED}")


def _version(function: object) -> str:
    # Two functions of one file that a closure or an enclosing call tells apart share its hash.
    if (
        not inspect.isfunction(function)
        or function.__closure__ is not None
        or "<" in function.__qualname__
    ):
        return _UNKNOWN
    found = sources.digest(function)
    return _UNKNOWN if found is None else f"source-{found[:_DIGITS]}"
