"""Strings that a system may have learnt: scores of those that it has seen, and of the others."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from vinee.metrics.diagnostics.attributes import Attribute, text_of
from vinee.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vinee.metrics.diagnostics.attributes import Side
    from vinee.metrics.diagnostics.kinds import Kind
    from vinee.model import Document

SEEN, UNSEEN = "seen", "unseen"


class Strings:
    """The strings of the items of some documents.

    Strings are equal if `vinee.text.fold` makes them so, which takes ``hòa`` and ``hoà``, and NFC
    and NFD, for the same, but not two cases; and so are a line break and a space.
    """

    def __init__(self, kind: Kind, documents: Iterable[Document]) -> None:
        """Find the items.

        Raises:
            InvalidError: A document has no text, or contradicts itself.
        """
        self._only: dict[str, str | None] = {}  # None where several documents have it
        for document in documents:
            text = text_of(document)
            for item in kind.items(document):
                string = _folded(text[item.start : item.end])
                if self._only.setdefault(string, document.doc_id) != document.doc_id:
                    self._only[string] = None

    def elsewhere(self, doc_id: str, string: str) -> bool:
        """Tell whether a document other than this has the string."""
        string = _folded(string)
        return string in self._only and self._only[string] != doc_id


def seen(kind: Kind, documents: Iterable[Document]) -> Attribute:
    """Divide by whether another of these documents has an item of the same string.

    Labels are not compared. A document is never what was learnt from for its own items, so that
    with all of gold this is leave-one-document-out.

    Raises:
        InvalidError: A document has no text, or contradicts itself.
    """
    strings = Strings(kind, documents)

    def values(side: Side) -> list[str]:
        doc_id, text = side.reference.doc_id, side.text
        return [
            SEEN if strings.elsewhere(doc_id, text[item.start : item.end]) else UNSEEN
            for item in side.items
        ]

    about = "whether another document that may be learnt from has an item of the same string"
    return Attribute("string", about, values, (SEEN, UNSEEN))


@lru_cache(maxsize=1 << 12)
def _folded(string: str) -> str:
    return " ".join(fold(string).text.split())
