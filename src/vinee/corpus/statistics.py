"""Counts of what the corpus holds, for the card, the datasheet and ``vinee corpus stats``."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from vinee import text as segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vinee.model import Document

    Span = tuple[int, int]

NOT_GIVEN = "–"


def statistics(documents: Sequence[Document]) -> dict[str, Any]:
    """Count layers, types and sizes.

    Returns:
        ``documents``: one row of sizes for each document; ``total``: their sums; then, by
        label and in falling order: ``mentions`` (by type and level), ``gpe_roles``,
        ``timexes``, ``events``, ``polarity``, ``realis``, ``modality``, ``roles``,
        ``arguments`` (explicit and implicit) and ``sections``. In order of the number:
        ``nesting`` (names by depth, 0 the outermost), ``entity_chains`` and ``event_chains``
        (how many have so many mentions in an article). ``links`` says how many entities of the
        whole corpus have a Wikidata item and how many are NIL.
    """
    per_document = {document.doc_id: _sizes(document) for document in documents}
    total: Counter[str] = Counter()
    for sizes in per_document.values():
        total.update(sizes)
    mentions = [mention for document in documents for mention in document.mentions or ()]
    events = [event for document in documents for event in document.events or ()]
    arguments = [argument for event in events for argument in event.arguments]
    return {
        "documents": per_document,
        "total": dict(total),
        "mentions": _ranked(f"{m.type} {m.level}" for m in mentions),
        "gpe_roles": _ranked(m.gpe_role for m in mentions if m.gpe_role),
        "timexes": _ranked(str(t.type) for d in documents for t in d.timexes or ()),
        "events": _ranked(event.type for event in events),
        "polarity": _ranked(event.polarity for event in events if event.polarity),
        "realis": _ranked(event.realis for event in events if event.realis),
        "modality": _ranked(event.modality for event in events if event.modality),
        "roles": _ranked(argument.role for argument in arguments),
        "arguments": _ranked("implicit" if a.implicit else "explicit" for a in arguments),
        "sections": _ranked(s.kind for d in documents for s in d.sections or ()),
        "nesting": _counted(depth for document in documents for depth in _depths(document)),
        "entity_chains": _counted(
            length for d in documents for length in _lengths(m.entity for m in d.mentions or ())
        ),
        "event_chains": _counted(
            length for d in documents for length in _lengths(e.chain for e in d.events or ())
        ),
        "links": _links(documents),
    }


def cut_by_words(documents: Sequence[Document]) -> dict[str, Any]:
    """Count the names that a border of tool-made words cuts; see `vinee.text.words`.

    Raises:
        MissingExtraError: The tool that makes words is not installed.
    """
    from vinee.corpus.views import EntityView

    view = EntityView("coarse", "outer")
    names: Counter[str] = Counter()
    cut: Counter[str] = Counter()
    for document in documents:
        words = segment.words(document.text or "")
        starts, ends = {start for start, _ in words}, {end for _, end in words}
        for start, end, label in view(document):
            names[label] += 1
            cut[label] += start not in starts or end not in ends
    return {
        "tool": segment.word_tool(),
        "names": dict(sorted(names.items())),
        "cut": dict(sorted(cut.items())),
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
        "entities": len(document.entities or ()),
        "times": len(document.timexes or ()),
        "events": len(document.events or ()),
        "event chains": len(document.chains or ()),
        "arguments": sum(len(event.arguments) for event in document.events or ()),
    }


def _ranked(labels: Iterable[str]) -> dict[str, int]:
    counted = Counter(labels)
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def _counted(numbers: Iterable[int]) -> dict[str, int]:
    return {str(number): times for number, times in sorted(Counter(numbers).items())}


def _depths(document: Document) -> list[int]:
    """Give for each span of a name how many other such spans hold it."""
    spans = sorted(
        {(m.start, m.end) for m in document.mentions or () if m.level == "NAM"},
        key=lambda span: (span[0], -span[1]),
    )
    depths = []
    around: list[Span] = []
    for start, end in spans:
        around = [span for span in around if span[1] > start]
        depths.append(sum(end <= span[1] for span in around))
        around.append((start, end))
    return depths


def _lengths(chains: Iterable[str | None]) -> Iterable[int]:
    return Counter(chain for chain in chains if chain is not None).values()


def _links(documents: Sequence[Document]) -> dict[str, int]:
    links = {
        entity.corpus_id or f"{document.doc_id}:{entity.id}": entity.wikidata
        for document in documents
        for entity in document.entities or ()
    }
    return _ranked(
        NOT_GIVEN if link is None else "NIL" if link == "NIL" else "Wikidata"
        for link in links.values()
    )
