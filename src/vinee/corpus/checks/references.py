"""Checks on ids, on what refers to them, and on items given twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UNSET

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from vinee.corpus.checks.context import Context
    from vinee.corpus.findings import Finding

_WITH_IDS = ("mentions", "timexes", "events", "entities", "chains")


def items_have_ids(context: Context) -> Iterator[Finding]:
    """``id-missing``: every item of the gold has an id."""
    for layer in _WITH_IDS:
        for index, item in enumerate(getattr(context.document, layer) or ()):
            if item.id is None:
                yield context.finding(
                    "id-missing", (layer, index), "the item has no id; give it one"
                )


def ids_are_not_empty(context: Context) -> Iterator[Finding]:
    """``id-empty``: an id has at least one character."""
    for layer in _WITH_IDS:
        for index, item in enumerate(getattr(context.document, layer) or ()):
            if item.id == "":
                yield context.finding(
                    "id-empty", (layer, index), "the id is empty; write one, or leave it out"
                )


def ids_are_unique(context: Context) -> Iterator[Finding]:
    """``id-twice``: no id is used for two items of a document."""
    seen: dict[str, str] = {}
    for layer in _WITH_IDS:
        for index, item in enumerate(getattr(context.document, layer) or ()):
            if item.id is None or (layer, index) in context.left_out:
                continue
            if item.id in seen:
                yield context.finding(
                    "id-twice",
                    (layer, index),
                    f"the id {item.id!r} is also used in {seen[item.id]}; give each its own",
                )
            seen.setdefault(item.id, layer)


def references_resolve(context: Context) -> Iterator[Finding]:
    """``ref-unknown``, ``ref-or-span``: an argument names a mention, a time, or its own span."""
    entities = {entity.id for entity in context.document.entities or ()}
    for index, mention in enumerate(context.document.mentions or ()):
        if mention.entity is not None and mention.entity not in entities:
            yield context.finding(
                "ref-unknown",
                ("mentions", index),
                f"there is no entity {mention.entity!r} in this document; add it, or mend the id",
            )
    for index, event in enumerate(context.document.events or ()):
        for number, argument in enumerate(event.arguments):
            keys = ("events", index, "arguments", number)
            if argument.ref is not UNSET and argument.ref not in context.fillers:
                yield context.finding(
                    "ref-unknown",
                    keys,
                    f"there is no mention or time {argument.ref!r} in this document; "
                    "add it, or mend the ref",
                )
            if (argument.ref is UNSET) == (argument.span is UNSET):
                what = "neither" if argument.ref is UNSET else "both"
                yield context.finding(
                    "ref-or-span", keys, f"the argument has {what} of 'ref' and 'span'; give one"
                )


def items_are_distinct(context: Context) -> Iterator[Finding]:
    """``duplicate``: no two mentions, times or events with one span and type; no argument twice."""
    document = context.document
    mentions = [(m.start, m.end, m.type) for m in document.mentions or ()]
    timexes = [(t.start, t.end) for t in document.timexes or ()]
    events = [(e.trigger.start, e.trigger.end, e.type) for e in document.events or ()]
    yield from _repeated(context, ("mentions",), mentions)
    yield from _repeated(context, ("timexes",), timexes)
    yield from _repeated(context, ("events",), events)
    for index, event in enumerate(document.events or ()):
        if ("events", index) in context.left_out:
            continue
        arguments = [
            (a.role, a.ref, None if a.span is UNSET else (a.span.start, a.span.end))
            for a in event.arguments
        ]
        yield from _repeated(context, ("events", index, "arguments"), arguments)


def _repeated(
    context: Context, layer: tuple[str | int, ...], items: Sequence[Hashable]
) -> Iterator[Finding]:
    seen: dict[Hashable, int] = {}
    for index, item in enumerate(items):
        if (*layer, index) in context.left_out:
            continue
        if item in seen:
            yield context.finding(
                "duplicate",
                (*layer, index),
                f"the same as number {seen[item]} of {layer[-1]}, counted from 0; keep one",
            )
        seen.setdefault(item, index)
