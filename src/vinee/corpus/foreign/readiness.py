"""What is odd about a gold as a whole: it can be scored, and a reader should know."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from vinee.corpus.findings import Finding
from vinee.errors import Where
from vinee.text import is_mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vinee.model import Document


def warnings(
    documents: Sequence[Document],
    wheres: Mapping[str, Where],
    others: Mapping[str, Sequence[Document]],
) -> Iterator[Finding]:
    """Find what is odd: ``text-empty``, ``text-not-nfc``, ``text-twice`` and ``text-in-split``.

    Args:
        documents: The gold, each with its text.
        wheres: File and line by ``doc_id``.
        others: Other splits of the same corpus, by name.
    """
    first: dict[str, tuple[str, str | None]] = {}
    elsewhere = _texts(others)
    for document in documents:
        where = wheres.get(document.doc_id, Where())
        place = Where(where.file, where.line, document.doc_id, "$.text")
        text = document.text or ""
        key = same(text)
        if not key:
            message = "the text is empty, and nothing can be found in it; remove the document"
            yield Finding("text-empty", "warning", place, message)
            continue
        if count := not_nfc(text):
            message = (
                f"{count} code points are not in Unicode's form NFC; spans count in the text as it "
                "is, and nothing is normalised, so systems must give theirs in it too"
            )
            yield Finding("text-not-nfc", "warning", place, message)
        split = _split(document)
        for other, other_split in [first[key]] if key in first else []:
            if split == other_split:
                message = f"the same text as {other!r}, and counted twice; remove one"
                yield Finding("text-twice", "warning", place, message)
            else:
                yield _in_split(place, f"{other!r} of {other_split}")
        if key in elsewhere:
            yield _in_split(place, elsewhere[key])
        first.setdefault(key, (document.doc_id, split))


def same(text: str) -> str:
    """Give what two texts share if they are the same but for Unicode form and white space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def not_nfc(text: str) -> int:
    """Count the code points of letters, marks included, that NFC would write otherwise."""
    if unicodedata.is_normalized("NFC", text):
        return 0
    count = start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or not is_mark(text[end]):
            if not unicodedata.is_normalized("NFC", text[start:end]):
                count += end - start
            start = end
    return max(count, 1)


def _in_split(place: Where, other: str) -> Finding:
    message = (
        f"the same text as {other}; what was trained on that has seen this document, so remove "
        "it from one of the two"
    )
    return Finding("text-in-split", "warning", place, message)


def _split(document: Document) -> str | None:
    """Give the split that a reader of several has noted."""
    split = (document.meta or {}).get("split")
    return split if isinstance(split, str) else None


def _texts(others: Mapping[str, Sequence[Document]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, documents in others.items():
        for document in documents:
            found.setdefault(same(document.text or ""), f"{document.doc_id!r} of {name}")
    return found
