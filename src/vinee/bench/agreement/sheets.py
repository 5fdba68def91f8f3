"""An annotator's document, prepared for looking things up in it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

from vinee import text as segment
from vinee.bench.agreement.shape import Side
from vinee.metrics.arguments import fillers
from vinee.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vinee.metrics.items import Listed
    from vinee.model import Document, Mention


class Sheet:
    """What is to be said of an item of a document, and in which sentence it stands."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._text = document.text or ""
        self._said: defaultdict[tuple[str, int, int], list[str]] = defaultdict(list)
        self._levels: defaultdict[tuple[int, int, str], list[str]] = defaultdict(list)
        self._arguments: dict[tuple[int, int, str, str], list[tuple[str, Side, bool]]] = {}
        self._sentences = self._spans(document)
        self._starts = [span.start for span in self._sentences]
        self._read()

    def side(self, item: Listed) -> Side:
        """Say what the annotator gave, also what the layer does not compare."""
        if item.kind == "mention":
            levels = self._levels[item.start, item.end, item.said[0]]
            return self.span(item.start, item.end, _joined((item.said[0], *levels)))
        if item.kind == "argument":
            roles = (f"{r} (implicit)" if far else r for r, _, far in self._filled(item))
            return self.span(item.start, item.end, " / ".join(sorted(set(roles))))
        said = sorted(set(self._said[item.kind, item.start, item.end]))
        # Of several in one place that the layer takes for different, each is itself alone.
        own = item.said if len(said) > 1 else ()
        return self.span(item.start, item.end, _joined(own) or " / ".join(said))

    def about(self, item: Listed) -> Side | None:
        """Give the trigger that an argument belongs to; the first, if the layer takes any."""
        return min((t for _, t, _ in self._filled(item)), key=_place) if item.frame else None

    def span(self, start: int, end: int, said: str) -> Side:
        """Give a stretch of the text with what is said of it."""
        return Side(start, end, self._text[start:end], said)

    def sentences(self, sides: Iterable[Side | None]) -> tuple[Span, ...]:
        """Return the sentences that hold these, each once, in order of the text."""
        numbers: set[int] = set()
        for side in sides:
            if side is not None:
                first = max(bisect_right(self._starts, side.start) - 1, 0)
                last = max(bisect_right(self._starts, max(side.end - 1, side.start)) - 1, 0)
                numbers.update(range(first, last + 1))
        return tuple(self._sentences[number] for number in sorted(numbers))

    def _spans(self, document: Document) -> tuple[Span, ...]:
        given = document.sentences or ()
        if given:
            return tuple(Span(s.start, s.end, self._text[s.start : s.end]) for s in given)
        found = segment.sentences(self._text) or [(0, len(self._text))]
        return tuple(Span(start, end, self._text[start:end]) for start, end in found)

    def _read(self) -> None:
        for mention in self.document.mentions or ():
            self._levels[mention.start, mention.end, mention.type].append(_level(mention))
        for timex in self.document.timexes or ():
            said = _joined((timex.type, timex.value, timex.mod)) or "no type"
            self._said["timex", timex.start, timex.end].append(said)
        filled = fillers(self.document)
        for event, given in zip(self.document.events or (), filled, strict=True):
            trigger = self.span(event.trigger.start, event.trigger.end, event.type)
            self._said["trigger", trigger.start, trigger.end].append(event.type)
            for filler in given:
                argument = filler.role, trigger, filler.implicit
                key = filler.start, filler.end, event.type, filler.role
                for known in (key, (*key[:3], "")):
                    self._arguments.setdefault(known, []).append(argument)

    def _filled(self, item: Listed) -> list[tuple[str, Side, bool]]:
        start, end, type_ = item.frame or (0, 0, "")
        role = item.said[0] if len(item.said) == 1 + _words(item) else ""
        found = self._arguments.get((item.start, item.end, type_, role), [])
        if end == 0:
            return found
        return [each for each in found if (each[1].start, each[1].end) == (start, end)]


def _words(item: Listed) -> int:
    """Count what is said of an argument beside its role."""
    return 2 if item.frame and item.frame[1] else 1


def _level(mention: Mention) -> str:
    return _joined((mention.level, mention.gpe_role and f"as {mention.gpe_role}"))


def _joined(words: Iterable[str | None]) -> str:
    return " ".join(dict.fromkeys(word for word in words if word))


def _place(side: Side) -> tuple[int, int]:
    return side.start, side.end
