"""One edition of a document: its items as they are compared, and its text as it is quoted."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from msgspec import UNSET

from vinee.corpus.diff.attributes import Attribute
from vinee.corpus.diff.change import Quote
from vinee.corpus.diff.pairing import Item
from vinee.errors import InvalidError, Where

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vinee.corpus.diff.coordinates import Coordinates
    from vinee.model import Argument, Document, Event, Located, Mention, Span, Timex

    Anchor = tuple[object, ...]

_WORDS = 3  # of context on either side
_WINDOW = 60  # code points in which these are looked for


class Side:
    """One edition of a document.

    Attributes:
        document: The document.
        coordinates: How its offsets become those that both editions share.
    """

    def __init__(self, document: Document, coordinates: Coordinates) -> None:
        self.document = document
        self.coordinates = coordinates
        self._sentences = sorted((each.start, each.end) for each in document.sentences or ())
        self._fillers: dict[str, tuple[str, int]] = {}
        for layer in ("mentions", "timexes"):
            for at, item in enumerate(getattr(document, layer) or ()):
                if item.id is not None:
                    self._fillers.setdefault(item.id, (layer, at))

    def sections(self) -> list[Item]:
        """Give the sections."""
        return [
            Item(at, each, self.coordinates.span(each), each.kind, ())
            for at, each in enumerate(self.document.sections or ())
        ]

    def sentences(self) -> list[Item]:
        """Give the sentences."""
        return [
            Item(at, each, self.coordinates.span(each), None, ())
            for at, each in enumerate(self.document.sentences or ())
        ]

    def mentions(self, chains: Mapping[int, str]) -> list[Item]:
        """Give the mentions; ``chains`` tells, by index, namesakes of several chains apart."""
        return [
            Item(
                at,
                each,
                self.coordinates.span(each),
                each.type,
                (
                    *_attributes(each, "level", "gpe_role"),
                    self._extent(each),
                    *_attributes(each, "score"),
                ),
                (chains[at],) if at in chains else (),
            )
            for at, each in enumerate(self.document.mentions or ())
        ]

    def timexes(self) -> list[Item]:
        """Give the time expressions."""
        return [
            Item(
                at,
                each,
                self.coordinates.span(each),
                each.type,
                _attributes(each, "value", "mod", "score"),
            )
            for at, each in enumerate(self.document.timexes or ())
        ]

    def events(
        self, chains: Mapping[int, str], moved: Mapping[tuple[str, int], Anchor]
    ) -> list[Item]:
        """Give the events; those at one trigger are told apart by arguments and chain."""
        return [
            Item(
                at,
                each.trigger,
                self.coordinates.span(each.trigger),
                each.type,
                _attributes(each, "polarity", "realis", "modality", "score"),
                (
                    *sorted(repr((a.place, a.label)) for a in self.arguments(at, moved)),
                    *((chains[at],) if at in chains else ()),
                ),
            )
            for at, each in enumerate(self.document.events or ())
        ]

    def arguments(self, event: int, moved: Mapping[tuple[str, int], Anchor]) -> list[Item]:
        """Give the arguments of an event, each at the place of what it refers to.

        Args:
            event: Index of the event.
            moved: By layer and index, the common anchor of fillers that moved: an argument is
                at the same place where its filler is the same one, moved or not.

        Raises:
            InvalidError: An argument refers to nothing in this document, or to two things.
        """
        found = []
        for at, argument in enumerate((self.document.events or ())[event].arguments):
            filler, anchor = self._filler(event, at, argument, moved)
            implicit = "true" if argument.implicit else "false"
            found.append(
                Item(
                    at,
                    filler,
                    self.coordinates.span(filler),
                    argument.role,
                    (Attribute("implicit", implicit, implicit),),
                    anchor=anchor,
                )
            )
        return found

    def quote(self, item: Located) -> Quote:
        """Quote an item with a few words around it, of its own sentence if it is in one."""
        text = self.document.text
        start, end = item.start, item.end
        after = bisect_right(self._sentences, start, key=lambda each: each[0])
        first, last = self._sentences[after - 1] if after else (0, 0)
        number = after - 1 if start < last else None
        if number is None:
            first, last = start - _WINDOW, end + _WINDOW
        if text is None:
            return Quote(start, end, number, getattr(item, "text", None) or "", "", "")
        before = text[max(0, first, start - _WINDOW) : start]
        behind = text[end : min(last, end + _WINDOW)]
        return Quote(
            start,
            end,
            number,
            text[start:end],
            " ".join(before.rpartition("\n")[2].split(" ")[-1 - _WORDS :]),
            " ".join(behind.partition("\n")[0].split(" ")[: 1 + _WORDS]),
        )

    def _extent(self, mention: Mention) -> Attribute:
        extent = mention.extent
        if extent is None:
            return Attribute("extent", None, None)
        quoted = self.quote(extent).text
        shown = f"“{quoted}” [{extent.start}, {extent.end})"
        return Attribute("extent", str(self.coordinates.span(extent)), shown)

    def _filler(
        self,
        event: int,
        at: int,
        argument: Argument,
        moved: Mapping[tuple[str, int], Anchor],
    ) -> tuple[Mention | Timex | Span, Anchor | None]:
        if argument.span is not UNSET and argument.ref is UNSET:
            return argument.span, None
        if argument.span is UNSET and argument.ref in self._fillers:
            layer, index = self._fillers[str(argument.ref)]
            return getattr(self.document, layer)[index], moved.get((layer, index))
        raise InvalidError(
            "argument-ref",
            Where(doc_id=self.document.doc_id, path=f"$.events[{event}].arguments[{at}]"),
            "must have exactly one of ref and span, and ref must be the id of a mention or timex "
            "of the same document; mend the edition (vinee corpus validate finds all such places)",
        )


def _attributes(item: Mention | Timex | Event, *names: str) -> tuple[Attribute, ...]:
    values = [(name, getattr(item, name)) for name in names]
    written = [
        (name, None if value is None or value is UNSET else str(value)) for name, value in values
    ]
    return tuple(Attribute(name, value, value) for name, value in written)
