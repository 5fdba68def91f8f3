"""The mentions of a document that are scored, and the items that they are linked to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from vinee.model import NIL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vinee.model import Document

    Span: TypeAlias = tuple[int, int]

Nil: TypeAlias = Literal["excluded", "included"]
KB = "KB"


class Link(NamedTuple):
    """A mention's bare span, half-open, in code points, and its item or ``NIL``."""

    start: int
    end: int
    item: str

    @property
    def label(self) -> str:
        """What it is counted under: ``KB``, or ``NIL``."""
        return NIL if self.item == NIL else KB


class Sides(NamedTuple):
    """The links of a gold document and of its prediction, each once, ascending."""

    gold: list[Link]
    predicted: list[Link]


@dataclass(frozen=True)
class Scored:
    """Which mentions are scored.

    A mention is linked to the item of its entity: an item of Wikidata, or explicitly ``NIL`` if
    there is none. In gold, a mention without entity, or whose entity has neither, is one of which
    nobody knows: it is not scored, and neither is a predicted mention of exactly its span, unless
    the item of another gold mention of this span is known. In a prediction such a mention was not
    linked, and is left out.

    Attributes:
        levels: Levels of mentions that take part, on each side by that side's own level, joined
            by +.
        nil: ``included`` has ``NIL`` as an answer like any other; ``excluded`` leaves mentions
            that are ``NIL`` out on their side, so that linking one which gold has as ``NIL`` is
            spurious.
    """

    levels: str = "NAM"
    nil: Nil = "excluded"

    def links(self, gold: Document, predicted: Document) -> Sides:
        """Return the links of a document."""
        answers = self.answers(gold)
        unknown = {span for span, items in answers.items() if not items}
        given = self.answers(predicted).items()
        return Sides(
            self._links(answers.items()),
            self._links((span, items) for span, items in given if span not in unknown),
        )

    def answers(self, document: Document) -> dict[Span, set[str]]:
        """Return the spans of mentions that take part, each with its items, ``NIL`` among them.

        A span without any item is one of which nobody knows.
        """
        ids = {each.id: each.wikidata for each in document.entities or ()}
        found: dict[Span, set[str]] = {}
        for mention in document.mentions or ():
            if mention.level in self.levels.split("+"):
                items = found.setdefault((mention.start, mention.end), set())
                item = None if mention.entity is None else ids.get(mention.entity)
                if item is not None:
                    items.add(item)
        return found

    def _links(self, answers: Iterable[tuple[Span, set[str]]]) -> list[Link]:
        return sorted(
            Link(*span, item)
            for span, items in answers
            for item in items
            if item != NIL or self.nil == "included"
        )
