"""Checks on ids, on what refers to them, and on items given twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UNSET

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from vinee.corpus.checks.context import Context
    from vinee.corpus.findings import Finding
    from vinee.model import Argument, Event

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
    """``duplicate``: no mention, time or argument twice, and no two events alike in all respects.

    Two events may share trigger and type, as where one verb tells of two attacks: their arguments,
    attributes or ids tell them apart.
    """
    document = context.document
    mentions = [(m.start, m.end, m.type) for m in document.mentions or ()]
    timexes = [(t.start, t.end) for t in document.timexes or ()]
    yield from _repeated(context, ("mentions",), mentions)
    yield from _repeated(context, ("timexes",), timexes)
    yield from _repeated(context, ("events",), [*map(_all_of, document.events or ())])
    for index, event in enumerate(document.events or ()):
        if ("events", index) in context.left_out:
            continue
        arguments = [*map(_filled, event.arguments)]
        yield from _repeated(context, ("events", index, "arguments"), arguments)


def events_are_apart(context: Context) -> Iterator[Finding]:
    """``duplicate``: no two events of our own gold share trigger and type."""
    found = [(e.trigger.start, e.trigger.end, e.type) for e in context.document.events or ()]
    alike = {each.item for each in items_are_distinct(context)}
    for finding in _repeated(context, ("events",), found):
        if finding.item not in alike:
            yield finding


def _all_of(event: Event) -> Hashable:
    """Give all that may tell an event from another one."""
    arguments = frozenset((*_filled(each), each.implicit) for each in event.arguments)
    attributes = (event.polarity, event.realis, event.modality, event.chain)
    return (event.trigger.start, event.trigger.end, event.type, event.id, attributes, arguments)


def _filled(argument: Argument) -> tuple[Hashable, ...]:
    span = argument.span
    return (argument.role, argument.ref, None if span is UNSET else (span.start, span.end))


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
                f"the same as number {seen[item]} of {layer[-1]}, counted from 0"
                f"{_by_id(context, layer, index, seen[item])}; keep one",
            )
        seen.setdefault(item, index)


def _by_id(context: Context, layer: tuple[str | int, ...], index: int, other: int) -> str:
    """Name two items as their file does, in which nobody can count; empty without ids."""
    if len(layer) > 1:
        return ""
    items = getattr(context.document, str(layer[0]))
    one, two = items[index].id, items[other].id
    return f" ({one} and {two} in the file)" if one and two else ""
