"""Counts of what the corpus holds, for the card, the datasheet and ``vinee corpus stats``."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from vinee import text as segment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from vinee.model import Document

    Span = tuple[int, int]

NOT_GIVEN = "–"


def statistics(documents: Sequence[Document]) -> dict[str, Any]:
    """Count layers, types and sizes of what is annotated.

    What no document annotates is left out, as no number would be true of it; an annotated
    layer that holds nothing is an empty table. The size of a layer that one document lacks is
    None there.

    Returns:
        ``documents``: one row of sizes for each document; ``total``: their sums; then, by
        label and in falling order: ``mentions`` (by type and level), ``gpe_roles``,
        ``timexes``, ``events``, ``polarity``, ``realis``, ``modality``, ``roles``,
        ``arguments`` (explicit and implicit) and ``sections``. In order of the number:
        ``nesting`` (names by depth, 0 the outermost), ``entity_chains`` and ``event_chains``
        (how many have so many mentions in an article). ``events_by_realis`` has the realis of
        each type's events. ``links`` says how many entities of the whole corpus have a Wikidata
        item and how many are NIL.
    """
    return {
        **_sizes(documents),
        **_of_mentions(documents),
        **_of_events(documents),
        **_of_layer(documents, "timexes", lambda timex: str(timex.type)),
        **_of_layer(documents, "sections", lambda section: section.kind),
        **({"links": _links(documents)} if _annotated(documents, "entities") else {}),
    }


def by_level(mentions: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """Turn `statistics`' ``mentions``, such as ``PER NAM``, into levels by type."""
    crossed: dict[str, dict[str, int]] = {}
    for label, number in mentions.items():
        name, _, level = label.rpartition(" ")
        crossed.setdefault(name, {})[level] = number
    ranked = sorted(crossed.items(), key=lambda item: (-sum(item[1].values()), item[0]))
    return dict(ranked)


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


_SIZES: dict[str, tuple[str, Callable[[Document], int]]] = {
    "characters": ("text", lambda document: len(document.text or "")),
    "syllables": ("text", lambda document: len(segment.syllables(document.text or ""))),
    "sentences": ("sentences", lambda document: len(document.sentences or ())),
    "names": ("mentions", lambda document: sum(m.level == "NAM" for m in document.mentions or ())),
    "other mentions": (
        "mentions",
        lambda document: sum(m.level != "NAM" for m in document.mentions or ()),
    ),
    "entities": ("entities", lambda document: len(document.entities or ())),
    "times": ("timexes", lambda document: len(document.timexes or ())),
    "events": ("events", lambda document: len(document.events or ())),
    "event chains": ("chains", lambda document: len(document.chains or ())),
    "arguments": (
        "events",
        lambda document: sum(len(event.arguments) for event in document.events or ()),
    ),
}


def _annotated(documents: Iterable[Document], layer: str) -> bool:
    return any(getattr(document, layer) is not None for document in documents)


def _sizes(documents: Sequence[Document]) -> dict[str, Any]:
    sizes = {
        name: (layer, size)
        for name, (layer, size) in _SIZES.items()
        if _annotated(documents, layer)
    }
    rows = {
        document.doc_id: {
            name: None if getattr(document, layer) is None else size(document)
            for name, (layer, size) in sizes.items()
        }
        for document in documents
    }
    total = {name: sum(row[name] or 0 for row in rows.values()) for name in sizes}
    return {"documents": rows, "total": total}


def _of_mentions(documents: Sequence[Document]) -> dict[str, Any]:
    mentions = [mention for document in documents for mention in document.mentions or ()]
    tables: dict[str, Any] = {}
    if _annotated(documents, "mentions"):
        tables["mentions"] = _ranked(f"{m.type} {m.level}" for m in mentions)
        tables["nesting"] = _counted(depth for each in documents for depth in _depths(each))
    if any(m.gpe_role for m in mentions):
        tables["gpe_roles"] = _ranked(m.gpe_role for m in mentions if m.gpe_role)
    if _annotated(documents, "entities"):
        tables["entity_chains"] = _counted(
            length for d in documents for length in _lengths(m.entity for m in d.mentions or ())
        )
    return tables


def _of_events(documents: Sequence[Document]) -> dict[str, Any]:
    events = [event for document in documents for event in document.events or ()]
    arguments = [argument for event in events for argument in event.arguments]
    tables: dict[str, Any] = {}
    if _annotated(documents, "events"):
        tables["events"] = _ranked(event.type for event in events)
        tables["roles"] = _ranked(argument.role for argument in arguments)
        tables["arguments"] = _ranked("implicit" if a.implicit else "explicit" for a in arguments)
    for attribute in ("polarity", "realis", "modality"):
        given = [value for event in events if (value := getattr(event, attribute))]
        if given:
            tables[attribute] = _ranked(given)
    if "realis" in tables:
        tables["events_by_realis"] = {
            name: _ranked(event.realis or NOT_GIVEN for event in events if event.type == name)
            for name in tables["events"]
        }
    if _annotated(documents, "chains"):
        tables["event_chains"] = _counted(
            length for d in documents for length in _lengths(e.chain for e in d.events or ())
        )
    return tables


def _of_layer(
    documents: Sequence[Document], layer: str, label: Callable[[Any], str]
) -> dict[str, Any]:
    if not _annotated(documents, layer):
        return {}
    return {layer: _ranked(label(item) for d in documents for item in getattr(d, layer) or ())}


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
