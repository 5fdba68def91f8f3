"""From an event's arguments to the spans that they fill their roles with."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from msgspec import UNSET

from vinee.errors import InvalidError, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vinee.model import Argument, Document, Mention

Stands: TypeAlias = Literal["bare", "extent", "head"]
"""Which span of a mention stands for it: see `fillers` and `answers`."""


class Filler(NamedTuple):
    """An argument with its span found: half-open, in code points of the document's text."""

    role: str
    start: int
    end: int
    implicit: bool


class Answer(NamedTuple):
    """Spans that fill a role: those that hold the inner span and lie within the outer one.

    Half-open, in code points. Where inner and outer are equal, that span alone does.
    """

    inner: tuple[int, int]
    outer: tuple[int, int]

    def takes(self, start: int, end: int) -> bool:
        """Tell whether a span is such a one."""
        return self.outer[0] <= start <= self.inner[0] and self.inner[1] <= end <= self.outer[1]


def fillers(document: Document, stands: Stands = "bare") -> list[tuple[Filler, ...]]:
    """Return the arguments of each event, in the order of the document.

    A ``ref`` stands for a span of the mention, or the span of the timex, with that id.

    Args:
        document: A document with events.
        stands: The span of a mention: ``bare``; or its ``extent``, the bare span standing in
            where there is none. ``head`` is the bare span too, which is the name or the head.

    Raises:
        InvalidError: An id names two different spans, a ``ref`` names nothing in this document,
            or an argument has not exactly one of ``ref`` and ``span``.
    """
    spans = _spans_by_id(document, stands)
    return [
        tuple(
            _filler(argument, spans, Where(doc_id=document.doc_id, path=_path(at, nth)))
            for nth, argument in enumerate(event.arguments)
        )
        for at, event in enumerate(document.events or ())
    ]


def answers(
    document: Document, stands: Stands = "bare", *, coreferent: bool = False
) -> list[tuple[frozenset[Answer], ...]]:
    """Return what answers each argument of each event, in the order of the document.

    Args:
        document: A gold document with events.
        stands: Which spans answer for a mention: the ``bare`` one; its ``extent``, as in
            `fillers`; or for ``head`` each span that holds the bare one and lies within the
            extent.
        coreferent: Whether the other mentions of its chain answer for it as well.

    Raises:
        InvalidError: As `fillers` does.
    """
    named, chains = _mentions(document.mentions or ())
    found = []
    for event, filled in zip(document.events or (), fillers(document, stands), strict=True):
        each = []
        for argument, filler in zip(event.arguments, filled, strict=True):
            span = filler.start, filler.end
            mentions = named.get(argument.ref, []) if argument.ref is not UNSET else []
            if coreferent:
                ids = {mention.entity for mention in mentions if mention.entity is not None}
                mentions = [*mentions, *(other for id_ in ids for other in chains[id_])]
            other = (_answer(mention, stands) for mention in mentions)
            each.append(frozenset((Answer(span, span), *other)))
        found.append(tuple(each))
    return found


def _answer(mention: Mention, stands: Stands) -> Answer:
    inner, outer = _span(mention, "bare"), _span(mention, "extent")
    if stands == "head":
        return Answer(inner, outer)
    return Answer(inner, inner) if stands == "bare" else Answer(outer, outer)


def _span(mention: Mention, stands: Stands) -> tuple[int, int]:
    part = (mention.extent if stands == "extent" else None) or mention
    return part.start, part.end


def _mentions(
    mentions: Iterable[Mention],
) -> tuple[dict[str, list[Mention]], dict[str, list[Mention]]]:
    named, chains = defaultdict[str, list["Mention"]](list), defaultdict[str, list["Mention"]](list)
    for mention in mentions:
        if mention.id is not None:
            named[mention.id].append(mention)
        if mention.entity is not None:
            chains[mention.entity].append(mention)
    return named, chains


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


def _spans_by_id(document: Document, stands: Stands) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for path, name, span in _named(document, stands):
        if found.setdefault(name, span) != span:
            raise InvalidError(
                "id-repeated",
                Where(doc_id=document.doc_id, path=path),
                f"id {name!r} already names another span; ids must be unique within a document",
            )
    return found


def _named(document: Document, stands: Stands) -> Iterator[tuple[str, str, tuple[int, int]]]:
    for at, mention in enumerate(document.mentions or ()):
        if mention.id is not None:
            yield f"$.mentions[{at}].id", mention.id, _span(mention, stands)
    for at, timex in enumerate(document.timexes or ()):
        if timex.id is not None:
            yield f"$.timexes[{at}].id", timex.id, (timex.start, timex.end)
