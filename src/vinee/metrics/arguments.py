"""From an event's arguments to the spans that they fill their roles with."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import UNSET

from vinee.errors import InvalidError, Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vinee.model import Argument, Document


class Filler(NamedTuple):
    """An argument with its span found: half-open, in code points of the document's text."""

    role: str
    start: int
    end: int
    implicit: bool


def fillers(document: Document) -> list[tuple[Filler, ...]]:
    """Return the arguments of each event, in the order of the document.

    A ``ref`` stands for the bare span of the mention, or the span of the timex, with that id.

    Raises:
        InvalidError: An id names two different spans, a ``ref`` names nothing in this document,
            or an argument has not exactly one of ``ref`` and ``span``.
    """
    spans = _spans_by_id(document)
    return [
        tuple(
            _filler(argument, spans, Where(doc_id=document.doc_id, path=_path(at, nth)))
            for nth, argument in enumerate(event.arguments)
        )
        for at, event in enumerate(document.events or ())
    ]


def _path(event: int, argument: int) -> str:
    return f"$.events[{event}].arguments[{argument}]"


def _filler(argument: Argument, spans: dict[str, tuple[int, int]], where: Where) -> Filler:
    if (argument.ref is UNSET) == (argument.span is UNSET):
        raise InvalidError(
            "argument-filler", where, "must have exactly one of ref and span (got both or neither)"
        )
    if argument.span is not UNSET:
        return Filler(argument.role, argument.span.start, argument.span.end, argument.implicit)
    if argument.ref is UNSET or argument.ref not in spans:
        raise InvalidError(
            "argument-ref",
            where,
            f"ref {argument.ref!r} must be the id of a mention or timex of the same document",
        )
    return Filler(argument.role, *spans[argument.ref], argument.implicit)


def _spans_by_id(document: Document) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for path, name, span in _named(document):
        if found.setdefault(name, span) != span:
            raise InvalidError(
                "id-repeated",
                Where(doc_id=document.doc_id, path=path),
                f"id {name!r} already names another span; ids must be unique within a document",
            )
    return found


def _named(document: Document) -> Iterator[tuple[str, str, tuple[int, int]]]:
    for at, mention in enumerate(document.mentions or ()):
        if mention.id is not None:
            yield f"$.mentions[{at}].id", mention.id, (mention.start, mention.end)
    for at, timex in enumerate(document.timexes or ()):
        if timex.id is not None:
            yield f"$.timexes[{at}].id", timex.id, (timex.start, timex.end)
