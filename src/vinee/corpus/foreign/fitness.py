"""Whether the items of a document are fit to be scored, and what is left where some are not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from vinee.corpus import checks
from vinee.corpus.findings import Finding, path_of
from vinee.errors import Where

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from vinee.model import Document
    from vinee.ontology import Ontology

    Keys = tuple[str | int, ...]


def content(document: Document, text: str, labels_of: Ontology, where: Where) -> list[Finding]:
    """Check items by themselves, then those that are left against each other.

    Args:
        document: The document; its own text is not looked at.
        text: The text in which its offsets count.
        labels_of: The labels that it may use.
        where: File and line of the document.
    """
    found: list[Finding] = []
    for which in (checks.SINGLE, checks.PAIRED):
        context = checks.Context(document, text, labels_of, where, _units(found))
        found += [finding for check in which for finding in check(context)]
    return [*found, *_orphans(document, _units(found), where)]


def without(document: Document, findings: Iterable[Finding]) -> Document:
    """Leave out the items, and single arguments, that findings are about."""
    left_out = _units(findings)
    if not left_out:
        return document
    kept: dict[str, Any] = {}
    for layer in {str(keys[0]) for keys in left_out}:
        items = enumerate(getattr(document, layer))
        kept[layer] = tuple(item for index, item in items if (layer, index) not in left_out)
    if "events" in kept:
        kept["events"] = tuple(
            replace(
                event,
                arguments=tuple(
                    argument
                    for number, argument in enumerate(event.arguments)
                    if ("events", index, "arguments", number) not in left_out
                ),
            )
            for index, event in enumerate(document.events or ())
            if ("events", index) not in left_out
        )
    return replace(document, **kept)


def _units(findings: Iterable[Finding]) -> frozenset[Keys]:
    """Give the keys of what goes: an argument by itself, anything else with its whole item."""
    return frozenset(
        found.item[:4] if found.item[2:3] == ("arguments",) else found.item[:2]
        for found in findings
    )


def _orphans(document: Document, left_out: Collection[Keys], where: Where) -> Iterator[Finding]:
    """``ref-dropped``: an argument whose mention or time is left out goes with it."""
    ids: dict[bool, set[str | None]] = {False: set(), True: set()}
    for layer in ("mentions", "timexes"):
        for index, item in enumerate(getattr(document, layer) or ()):
            ids[(layer, index) in left_out].add(item.id)
    gone = ids[True] - ids[False]
    for index, event in enumerate(document.events or ()):
        for number, argument in enumerate(event.arguments):
            keys = ("events", index, "arguments", number)
            blamed = keys in left_out or keys[:2] in left_out
            if argument.ref in gone and not blamed:
                place = Where(where.file, where.line, document.doc_id, path_of(keys))
                message = f"it refers to {argument.ref!r}, which is itself left out; mend that"
                yield Finding("ref-dropped", "error", place, message, keys)
