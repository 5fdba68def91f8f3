"""Which labels the pairs of a map mean, and whether what they become is known."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from vinee.corpus.labelmap.reading import KINDS, Kind
from vinee.errors import InvalidError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from vinee.corpus.labelmap.documents import Table
    from vinee.corpus.labelmap.reading import LabelMap, Rule
    from vinee.model import Document
    from vinee.ontology import Ontology

    Labels = Mapping[Kind, Collection[str]]

_NOUN: Mapping[Kind, str] = {"entity": "entity label", "event": "event type", "role": "role"}


@dataclass(frozen=True, slots=True)
class Resolved:
    """A map with the kind of each pair decided, and what is to be said of it."""

    of: Table
    notes: tuple[str, ...]


def occurring(documents: Iterable[Document]) -> Labels:
    """Collect the labels that documents use, by kind."""
    found: dict[Kind, set[str]] = {kind: set() for kind in KINDS}
    for document in documents:
        found["entity"].update(each.type for each in document.mentions or ())
        found["entity"].update(each.type for each in document.entities or ())
        for event in document.events or ():
            found["event"].add(event.type)
            found["role"].update(argument.role for argument in event.arguments)
    return found


def labels_of(ontology: Ontology) -> Labels:
    """Give the labels of an ontology, by kind, fine entity labels before coarse ones."""
    return {
        "entity": tuple(dict.fromkeys((*ontology.fine_labels, *ontology.coarse_labels))),
        "event": ontology.event_labels,
        "role": ontology.role_labels,
    }


def nearest(label: str, known: Iterable[str]) -> str:
    """Name the known labels that look most like one, as the end of a clause; may be empty."""
    by_lower: dict[str, str] = {}
    for each in known:
        by_lower.setdefault(each.lower(), each)
    found = get_close_matches(label.lower(), by_lower, cutoff=0.5)
    # PERSON and PER share too little for a ratio, but one begins with the other.
    found += [k for k in by_lower if k not in found and label.lower().startswith(k)]
    return f"nearest: {', '.join(by_lower[each] for each in found)}; " if found else ""


def resolve(label_map: LabelMap, documents: Sequence[Document], known: Ontology | None) -> Resolved:
    """Decide which labels each pair means.

    Raises:
        InvalidError: A target is not known.
    """
    found = occurring(documents)
    allowed = None if known is None else labels_of(known)
    table: dict[Kind, dict[str, str | None]] = {kind: {} for kind in KINDS}
    for rule in label_map.rules:
        if rule.kind is not None:
            table[rule.kind][rule.source] = rule.target
    notes: list[str] = []
    for rule in label_map.rules:
        kinds = [rule.kind] if rule.kind else _meant(rule.source, found, table)
        _check(rule, kinds[:1] or KINDS, allowed)
        if not any(rule.source in found[kind] for kind in kinds):
            notes.append(f"the map names {str(rule)!r}, and no item has that label")
            continue
        table[kinds[0]][rule.source] = rule.target
        if len(kinds) > 1:
            others = " or ".join(f"{kind}:{rule.source}" for kind in kinds[1:])
            notes.append(
                f"the map takes {rule.source!r} for the {_NOUN[kinds[0]]}; "
                f"write {others} for the other"
            )
    return Resolved(table, tuple(notes))


def _meant(
    source: str, found: Labels, explicit: Mapping[Kind, Mapping[str, str | None]]
) -> list[Kind]:
    """List the kinds of labels of that name that occur and have no pair of their own."""
    return [kind for kind in KINDS if source in found[kind] and source not in explicit[kind]]


def _check(rule: Rule, kinds: Sequence[Kind], known: Labels | None) -> None:
    if known is None or rule.target is None or rule.target == rule.source:
        return
    if any(rule.target in known[kind] for kind in kinds):
        return
    nouns = " or ".join(_NOUN[kind] for kind in kinds)
    names = [label for kind in kinds for label in known[kind]]
    elsewhere = [kind for kind in KINDS if kind not in kinds and rule.target in known[kind]]
    hint = (
        f"it is one for '{elsewhere[0]}:{rule.source}'; "
        if elsewhere
        else nearest(rule.target, names)
    )
    listed = ", ".join(sorted(dict.fromkeys(names)))
    problem = f"{str(rule)!r}: {rule.target!r} is no {nouns}; {hint}known: {listed}"
    raise InvalidError("map-target", rule.where, problem)
