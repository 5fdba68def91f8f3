"""Gold that a user gave: whether it is fit to be scored against."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from vinee.corpus import checks, validate
from vinee.corpus import gold as our_gold
from vinee.corpus.foreign import ForeignGold, GoldError, fitness, is_own, label_set
from vinee.corpus.predictions import checked_document
from vinee.errors import InputError, IntegrityError, InvalidError, Where
from vinee.model import Document
from vinee.ontology import default

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vinee.corpus.findings import Finding
    from vinee.ontology import Ontology

    GoldLike: TypeAlias = "Sequence[Document] | ForeignGold | FitGold | None"

__all__ = ["FitGold", "GoldError", "GoldLike", "checked", "fit", "our_hash"]


class FitGold(NamedTuple):
    """Gold that is fit to be scored against.

    Attributes:
        documents: The documents, each with its text.
        labels: The labels that it is scored with: ours, or its own if it uses others.
    """

    documents: tuple[Document, ...]
    labels: Ontology


def fit(gold: GoldLike) -> FitGold:
    """Check gold, unless it was checked when it was read.

    Args:
        gold: Documents in memory, what `vinee.corpus.foreign.read_gold` or this gave; ours if
            None.

    Raises:
        InputError: See `checked`.
        IntegrityError: Ours was asked for, and is not there.
    """
    if isinstance(gold, FitGold):
        return gold
    if isinstance(gold, ForeignGold):
        return FitGold(gold.documents, gold.labels_of)
    if gold is None:
        return FitGold(our_gold.documents(), default())
    given = tuple(gold)
    if _are_ours(given):
        return FitGold(given, default())
    documents = tuple(map(checked_document, given))
    labels = label_set(documents)
    return FitGold(_consistent(documents, labels if is_own(labels) else None), labels)


def checked(gold: Iterable[Document], labels_of: Ontology | None = None) -> tuple[Document, ...]:
    """Check gold documents as predictions are checked; our own gold passes by its hash.

    Fine and coarse labels are both allowed, also side by side.

    Args:
        gold: Documents in memory; for files see `vinee.corpus.foreign.read_gold`.
        labels_of: The labels that they may use, ours if not given; for labels of the gold's own
            see `vinee.corpus.foreign.label_set`.

    Raises:
        InputError: One is no document, has no text, or occurs twice.
        GoldError: One contradicts its text, the labels or itself; the message lists what was
            found, with document and path.
    """
    given = tuple(gold)
    if _are_ours(given):
        return given
    return _consistent(tuple(map(checked_document, given)), labels_of)


def _consistent(
    documents: tuple[Document, ...], labels_of: Ontology | None
) -> tuple[Document, ...]:
    seen = set()
    for document in documents:
        if document.text is None:
            raise InvalidError(
                "document-without-text",
                Where(doc_id=document.doc_id, path="$.text"),
                "a gold document must have its text, in which all offsets count",
            )
        if document.doc_id in seen:
            raise InvalidError(
                "document-repeated",
                Where(doc_id=document.doc_id),
                "occurs twice among the gold documents; keep one",
            )
        seen.add(document.doc_id)
    findings = [finding for document in documents for finding in _findings(document, labels_of)]
    if findings:
        raise GoldError(findings)
    return documents


def _are_ours(given: tuple[object, ...]) -> bool:
    """Tell whether documents are those of our gold: they are written with the same bytes."""
    documents = [each for each in given if isinstance(each, Document)]
    if len(documents) < len(given):
        return False
    try:
        return our_gold.content_hash(documents) == our_hash()
    except (TypeError, ValueError, RecursionError):
        # What cannot be written is not ours; the checks say what is wrong with it.
        return False


def our_hash() -> str | None:
    """Return the hash of our gold; None where it is not there or broken."""
    try:
        return our_gold.content_hash(our_gold.documents())
    except (InputError, IntegrityError):
        # A gold of the user's own can be scored without ours.
        return None


def _findings(document: Document, labels_of: Ontology | None) -> list[Finding]:
    text = document.text or ""
    if labels_of is None:
        found = validate.check_document(document, text, checks.CONTENT)
    else:
        found = fitness.content(document, text, labels_of, Where())
    return [each for each in found if each.severity == "error"]
