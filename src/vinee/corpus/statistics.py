"""Counts of what the corpus holds, for the card, the datasheet and ``vinee corpus stats``."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from vinee import text as segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vinee.model import Document


def statistics(documents: Sequence[Document]) -> dict[str, Any]:
    """Count layers, types and sizes.

    Returns:
        ``documents``: one row of sizes for each document; ``total``: their sums; then, by
        label and in falling order: ``mentions`` (by type and level), ``timexes``, ``events``,
        ``roles``, ``sections``, and ``nesting`` (names by depth, 0 the outermost).
    """
    per_document = {document.doc_id: _sizes(document) for document in documents}
    total: Counter[str] = Counter()
    for sizes in per_document.values():
        total.update(sizes)
    mentions = [mention for document in documents for mention in document.mentions or ()]
    events = [event for document in documents for event in document.events or ()]
    return {
        "documents": per_document,
        "total": dict(total),
        "mentions": _ranked(f"{m.type} {m.level}" for m in mentions),
        "timexes": _ranked(str(t.type) for d in documents for t in d.timexes or ()),
        "events": _ranked(event.type for event in events),
        "roles": _ranked(a.role for event in events for a in event.arguments),
        "sections": _ranked(s.kind for d in documents for s in d.sections or ()),
        "nesting": dict(sorted(_depths(documents).items())),
    }


def _sizes(document: Document) -> dict[str, int]:
    text = document.text or ""
    names = [mention for mention in document.mentions or () if mention.level == "NAM"]
    return {
        "characters": len(text),
        "syllables": len(segment.syllables(text)),
        "sentences": len(document.sentences or ()),
        "names": len(names),
        "other mentions": len(document.mentions or ()) - len(names),
        "times": len(document.timexes or ()),
        "events": len(document.events or ()),
        "arguments": sum(len(event.arguments) for event in document.events or ()),
    }


def _ranked(labels: Iterable[str]) -> dict[str, int]:
    counted = Counter(labels)
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def _depths(documents: Sequence[Document]) -> Counter[str]:
    depths: Counter[str] = Counter()
    for document in documents:
        names = {(m.start, m.end) for m in document.mentions or () if m.level == "NAM"}
        for start, end in names:
            around = sum(1 for s, e in names if s <= start and end <= e) - 1
            depths[str(around)] += 1
    return depths
