"""TextEE's lines as documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast, get_args

from vinee.errors import InvalidError, Where
from vinee.formats import identity
from vinee.formats.placed import placed
from vinee.formats.textee.grounding import GroundedLine, ground
from vinee.formats.textee.shapes import UNTYPED_TIMEX
from vinee.model import LAYERS, Argument, Document, Event, Level, Mention, Timex, TimexType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vinee.formats.textee.shapes import EntityMention, EventMention, Filler, Line


def document(lines: Sequence[tuple[Where, Line]], given: str | None) -> Document:
    """Read the lines of one document.

    Args:
        lines: The lines, in order, with their places.
        given: The text, where it is known.

    Raises:
        InvalidError: Offsets lead to no token, a token that is needed is not in the given text,
            a time has an unknown type, or an argument refers to nothing.
    """
    text, grounded = ground(lines, given)
    reading = _Reading(grounded)
    found: dict[str, list[Any]] = {
        "sentences": [span for line in grounded for span in line.sentences()],
        "mentions": [
            reading.mention(line, item) for line, item in reading.items if _kind(item) == "mentions"
        ],
        "timexes": [
            reading.timex(line, item) for line, item in reading.items if _kind(item) == "timexes"
        ],
        "events": [
            reading.event(line, item) for line in grounded for item in line.line.event_mentions
        ],
    }
    notes = [line.note for _, line in lines]
    # Other people's files must have both keys, so that what is not there was not found.
    annotated = {"mentions", "events"} if None in notes else set()
    annotated.update(name for note in notes if note is not None for name in note.empty)
    layers: dict[str, Any] = {
        layer: tuple(found.get(layer, ()))
        for layer in LAYERS
        if found.get(layer) or layer in annotated
    }
    return placed(Document(lines[0][1].doc_id, text, **layers))


def _kind(item: EntityMention) -> str:
    return "mentions" if item.note is None else item.note.kind


class _Reading:
    """The lines of a document, with what arguments may refer to."""

    def __init__(self, lines: Sequence[GroundedLine]) -> None:
        self.items = [(line, item) for line in lines for item in line.line.entity_mentions]
        self.by_id = {item.id: (line, item) for line, item in self.items}
        events = [event for line in lines for event in line.line.event_mentions]
        self.referred = {a.entity_id for event in events for a in event.arguments}
        self.referred.update(a.entity_id for e in events if e.note for a in e.note.far)

    def mention(self, line: GroundedLine, item: EntityMention) -> Mention:
        span = line.span(item, item.note)
        known = item.mention_type in get_args(Level)
        return Mention(
            span.start,
            span.end,
            item.entity_type,
            id=self._id(item.id),
            level=cast("Level", item.mention_type) if known else "NAM",
            gpe_role=None if item.note is None else item.note.gpe_role,
        )

    def timex(self, line: GroundedLine, item: EntityMention) -> Timex:
        span = line.span(item, item.note)
        if item.entity_type not in {UNTYPED_TIMEX, *get_args(TimexType)}:
            known = ", ".join(get_args(TimexType))
            problem = f"the time {item.id!r} has the type {item.entity_type!r}; known: {known}"
            raise InvalidError("timex-type", line.where, problem)
        untyped = item.entity_type == UNTYPED_TIMEX
        return Timex(
            span.start,
            span.end,
            id=self._id(item.id),
            type=None if untyped else cast("TimexType", item.entity_type),
            value=None if item.note is None else item.note.value,
            mod=None if item.note is None else item.note.mod,
        )

    def event(self, line: GroundedLine, item: EventMention) -> Event:
        note = item.note
        arguments = [
            self._argument(line, filler, implicit=note is not None and number in note.implicit)
            for number, filler in enumerate(item.arguments)
        ]
        for far in () if note is None else note.far:
            if far.entity_id not in self.by_id:
                problem = f"the argument {far.role!r} of {item.id!r} refers to {far.entity_id!r}"
                remedy = "which is on no line; add the line, or leave the argument out"
                raise InvalidError("ref-unknown", line.where, f"{problem}, {remedy}")
            arguments.append(self._by_id(far.role, far.entity_id, implicit=far.implicit))
        return Event(
            item.event_type,
            line.span(item.trigger, note),
            id=identity.original(item.id),
            arguments=tuple(arguments),
            polarity=None if note is None else note.polarity,
            realis=None if note is None else note.realis,
            modality=None if note is None else note.modality,
        )

    def _argument(self, line: GroundedLine, filler: Filler, *, implicit: bool) -> Argument:
        """Read an argument; corpora without entities have arguments that are spans alone."""
        if filler.entity_id in self.by_id:
            return self._by_id(filler.role, filler.entity_id, implicit=implicit)
        return Argument(filler.role, span=line.span(filler, None), implicit=implicit)

    def _by_id(self, role: str, id_: str, *, implicit: bool) -> Argument:
        line, item = self.by_id[id_]
        if _kind(item) == "spans":
            return Argument(role, span=line.span(item, item.note), implicit=implicit)
        return Argument(role, ref=self._id(id_) or id_, implicit=implicit)

    def _id(self, id_: str) -> str | None:
        kept = identity.original(id_)
        return id_ if kept is None and id_ in self.referred else kept
