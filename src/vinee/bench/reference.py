"""Gold that a user gave: whether it is fit to be scored against."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee.corpus import checks, validate
from vinee.corpus import gold as our_gold
from vinee.corpus.findings import FindingsError
from vinee.corpus.predictions import checked_document
from vinee.errors import InputError, IntegrityError, InvalidError, Where
from vinee.model import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vinee.corpus.findings import Finding


class GoldError(FindingsError):
    """Gold of a user's own is not fit to be scored against; ``findings`` has all that is wrong."""

    remedy = "mend the gold: nothing can be scored against it as it is"


def checked(gold: Iterable[Document]) -> tuple[Document, ...]:
    """Check gold documents as predictions are checked; our own gold passes by its hash.

    Fine and coarse labels are both allowed, also side by side.

    Raises:
        InputError: One is no document, has no text, or occurs twice.
        GoldError: One contradicts its text, the ontology or itself; the message lists what was
            found, with document and path.
    """
    given = tuple(gold)
    if _are_ours(given):
        return given
    documents = tuple(map(checked_document, given))
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
    findings = [finding for document in documents for finding in _findings(document)]
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


def _findings(document: Document) -> Iterator[Finding]:
    found = validate.check_document(document, document.text or "", checks.CONTENT)
    return (each for each in found if each.severity == "error")
