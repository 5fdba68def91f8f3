"""One document under a label map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msgspec import UNSET
from msgspec.structs import replace

from vinee.corpus.labelmap.reading import Kind
from vinee.model import Span

if TYPE_CHECKING:
    from vinee.model import Argument, Document, Entity, Event, Mention

Table = Mapping[Kind, Mapping[str, str | None]]
Origins = Mapping[tuple[str | int, ...], Sequence[int]]
"""Layers, and arguments of events, to the former places of the items that stayed."""


@dataclass
class Changes:
    """What was done so far."""

    renamed: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    merged: int = 0
    freed: int = 0


def mapped(document: Document, table: Table, changes: Changes) -> tuple[Document, Origins]:
    """Rename and drop the labels of a document, and say where its items stood."""
    work = _Work(document, table, changes)
    # Mentions first, for arguments follow what becomes of them.
    mentions = work.mentions()
    return (
        replace(document, mentions=mentions, entities=work.entities(), events=work.events()),
        work.origins,
    )


class _Work:
    def __init__(self, document: Document, table: Table, changes: Changes) -> None:
        self.document = document
        self.table = table
        self.changes = changes
        self.origins: dict[tuple[str | int, ...], Sequence[int]] = {}
        self.instead: dict[str, str] = {}
        self.freed: dict[str, Span] = {}

    def label(self, kind: Kind, label: str, *, count: bool = True) -> str | None:
        """Look up what becomes of a label."""
        target = self.table[kind].get(label, label)
        if count and target is None:
            self.changes.dropped[f"{kind}:{label}"] += 1
        elif count and target != label:
            self.changes.renamed[f"{kind}:{label}={target}"] += 1
        return target

    def mentions(self) -> tuple[Mention, ...] | None:
        if self.document.mentions is None:
            return None
        gone = {
            entity.id
            for entity in self.document.entities or ()
            if self.label("entity", entity.type, count=False) is None
        }
        kept: list[Mention] = []
        former: list[int] = []
        at: dict[tuple[int, int, str], int] = {}
        for index, mention in enumerate(self.document.mentions):
            label = self.label("entity", mention.type)
            if label is None:
                if mention.id is not None:
                    self.freed[mention.id] = Span(mention.start, mention.end, mention.text)
                continue
            key = (mention.start, mention.end, label)
            first = at.setdefault(key, len(kept))
            if first < len(kept) and self._differed(former[first], index):
                kept[first] = self._merged(kept[first], mention)
                continue
            entity = None if mention.entity in gone else mention.entity
            kept.append(replace(mention, type=label, entity=entity))
            former.append(index)
        self.origins["mentions",] = former
        for mention in kept:
            if mention.id is not None:
                self.freed.pop(mention.id, None)
        return tuple(kept)

    def _differed(self, first: int, second: int) -> bool:
        """Tell whether two mentions that are equal now were not so before; else checks judge."""
        items = self.document.mentions or ()
        return items[first].type != items[second].type

    def _merged(self, kept: Mention, other: Mention) -> Mention:
        self.changes.merged += 1
        if other.id is None:
            return kept
        if kept.id is None:
            return replace(kept, id=other.id)
        self.instead[other.id] = kept.id
        return kept

    def entities(self) -> tuple[Entity, ...] | None:
        if self.document.entities is None:
            return None
        kept = [
            (index, replace(entity, type=label))
            for index, entity in enumerate(self.document.entities)
            for label in [self.label("entity", entity.type, count=False)]
            if label is not None
        ]
        self.origins["entities",] = [index for index, _ in kept]
        return tuple(entity for _, entity in kept)

    def events(self) -> tuple[Event, ...] | None:
        if self.document.events is None:
            return None
        kept: list[Event] = []
        former: list[int] = []
        for index, event in enumerate(self.document.events):
            label = self.label("event", event.type)
            if label is not None:
                arguments = self._arguments(event, len(kept))
                kept.append(replace(event, type=label, arguments=arguments))
                former.append(index)
        self.origins["events",] = former
        return tuple(kept)

    def _arguments(self, event: Event, number: int) -> tuple[Argument, ...]:
        kept: list[Argument] = []
        former: list[int] = []
        for index, argument in enumerate(event.arguments):
            role = self.label("role", argument.role)
            if role is None:
                continue
            changed = self._filler(replace(argument, role=role))
            twin = next((i for i, each in enumerate(kept) if _same(each, changed)), None)
            if twin is not None and not _same(event.arguments[former[twin]], argument):
                self.changes.merged += 1
                continue
            kept.append(changed)
            former.append(index)
        self.origins["events", number, "arguments"] = former
        return tuple(kept)

    def _filler(self, argument: Argument) -> Argument:
        if argument.ref is UNSET:
            return argument
        if argument.ref in self.instead:
            return replace(argument, ref=self.instead[argument.ref])
        if argument.ref in self.freed and argument.span is UNSET:
            self.changes.freed += 1
            return replace(argument, ref=UNSET, span=self.freed[argument.ref])
        return argument


def _same(one: Argument, other: Argument) -> bool:
    return (one.role, one.ref, one.span) == (other.role, other.ref, other.span)
