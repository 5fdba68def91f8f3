"""Applying a label map to documents, with every item that it touches counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from vinee.corpus.findings import Finding, path_of
from vinee.corpus.labelmap.documents import Changes, mapped
from vinee.corpus.labelmap.targets import resolve
from vinee.errors import Where

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable

    from vinee.corpus.labelmap.documents import Origins
    from vinee.corpus.labelmap.reading import LabelMap
    from vinee.model import Document
    from vinee.ontology import Ontology


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a map did.

    Attributes:
        map: The map, as `LabelMap` writes it.
        renamed: How many items each pair renamed, by pair, such as ``entity:PERSON=PER``.
        dropped: How many items each pair dropped, by label, such as ``entity:JOB``.
        merged: Items that the map made equal to another one of their document, with which they
            are now one.
        freed: Arguments that were filled by a mention that was dropped, and now have its span.
        notes: What a reader of the score should know: sources that never occur, and names that
            could mean two things.
    """

    map: str
    renamed: dict[str, int] = field(default_factory=dict)
    dropped: dict[str, int] = field(default_factory=dict)
    merged: int = 0
    freed: int = 0
    notes: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """Say in words what was done, for a reader; nothing if nothing was."""
        said = [f"renamed {pair}: {count}" for pair, count in self.renamed.items()]
        said += [f"dropped {label}: {count}" for label, count in self.dropped.items()]
        if self.merged:
            said.append(f"merged with an equal item of the same document: {self.merged}")
        if self.freed:
            said.append(f"arguments that lost their mention and kept its span: {self.freed}")
        return [*said, *self.notes]

    def told(self) -> list[str]:
        """Name the map and say in words what it did."""
        return [f"label map {self.map}", *self.lines()]

    def to_json(self) -> dict[str, Any]:
        """Give everything as plain values."""
        return {
            "map": self.map,
            "renamed": self.renamed,
            "dropped": self.dropped,
            "merged": self.merged,
            "freed": self.freed,
            "notes": list(self.notes),
        }


@dataclass(frozen=True, slots=True)
class Applied:
    """Mapped documents, in the order given.

    Attributes:
        documents: The documents.
        origins: For each, where its items stood before any were dropped; see `relocated`.
        mapped: What was done.
    """

    documents: tuple[Document, ...]
    origins: tuple[Origins, ...]
    mapped: Mapped


def apply(
    label_map: LabelMap, documents: Iterable[Document], known: Ontology | None = None
) -> Applied:
    """Rename and drop labels.

    A dropped entity label takes its mentions and entities along, a dropped event type its
    events, a dropped role its arguments. Mentions and arguments that the map makes equal become
    one; events that it makes equal stay, and are for the checks to judge.

    Args:
        label_map: The map.
        documents: Any documents; spans are not looked at.
        known: The labels that may be targets; any may if not given.

    Raises:
        InvalidError: A target is not known; the message has the nearest and all known ones.
    """
    given = tuple(documents)
    table = resolve(label_map, given, known)
    changes = Changes()
    results = [mapped(document, table.of, changes) for document in given]
    return Applied(
        tuple(document for document, _ in results),
        tuple(origins for _, origins in results),
        Mapped(
            str(label_map),
            _ordered(changes.renamed),
            _ordered(changes.dropped),
            changes.merged,
            changes.freed,
            table.notes,
        ),
    )


def relocated(finding: Finding, origins: Origins) -> Finding:
    """Give a finding the place that its item had before the map dropped others."""
    keys = list(finding.item)
    if len(keys) < 2 or not isinstance(keys[1], int):  # noqa: PLR2004 - layer and number
        return finding
    if keys[2:3] == ["arguments"] and isinstance(keys[3], int):
        keys[3] = origins.get((*keys[:2], "arguments"), range(keys[3] + 1))[keys[3]]
    keys[1] = origins.get((keys[0],), range(keys[1] + 1))[keys[1]]
    where = finding.where
    place = Where(where.file, where.line, where.doc_id, path_of(tuple(keys)))
    return Finding(finding.id, finding.severity, place, finding.message, tuple(keys))


def _ordered(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items()))
