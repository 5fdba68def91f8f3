"""A spot of disagreement as the page shows it: its sentences twice, with what each gave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from vinee.bench.markup import Marked, Open, segments
from vinee.bench.palette import Labelled, colour_class

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vinee.bench.agreement.shape import Kind, Side, Spot
    from vinee.bench.markup import Close, Text

Group = Literal["mentions", "times", "triggers", "arguments", "attributes", "chains"]
_GROUPS: dict[str, Group] = {
    "mention": "mentions",
    "timex": "times",
    "trigger": "triggers",
    "argument": "arguments",
}
_SPACE = 4  # code points between sentences that follow each other, at the most
_OF_KINDS: dict[str, Group] = {"attribute": "attributes", "link": "attributes", "chain": "chains"}


class Mark(NamedTuple):
    """A stretch of a sentence.

    Attributes:
        kind: ``item``: what the annotator gave; ``other``: what only the other one gave;
            ``about``: the trigger of the event that an argument belongs to.
        colour: Class of its colour.
    """

    kind: Literal["item", "other", "about"]
    colour: str


Piece: TypeAlias = "Text | Open[Mark] | Close[Mark]"


class Sentence(NamedTuple):
    """A sentence with its marks, and whether others were left out before it."""

    pieces: tuple[Piece, ...]
    after_a_gap: bool


class Column(NamedTuple):
    """What an annotator gave, and the sentences that hold it, or would."""

    annotator: str
    given: Side | None
    colour: str
    sentences: tuple[Sentence, ...]


class Card(NamedTuple):
    """A spot.

    Attributes:
        group: What the page filters by beside the kind.
        differs: What differs, in words.
        about: Trigger and type of the event of an argument.
        columns: One an annotator.
    """

    doc_id: str
    group: Group
    item: str
    kind: Kind
    differs: str
    about: Side | None
    columns: tuple[Column, Column]


MEANINGS: dict[Kind, str] = {
    "only": "only one gave it",
    "boundary": "boundaries differ",
    "type": "types differ",
    "boundary+type": "boundaries and types differ",
    "role": "roles differ",
    "boundary+role": "boundaries and roles differ",
    "attribute": "an attribute differs",
    "boundary+attribute": "boundaries and values differ",
    "chain": "chains differ",
    "link": "Wikidata items differ",
}


def card(spot: Spot, annotators: tuple[str, str]) -> Card:
    """Lay a spot out."""
    group = _OF_KINDS.get(spot.kind) or _GROUPS[spot.item]
    differs = MEANINGS[spot.kind]
    if spot.kind == "attribute" and group == "attributes" and "." in spot.layers[0]:
        differs = f"{spot.layers[0].partition('.')[2]} differs"
    sides = spot.first, spot.second
    return Card(
        spot.doc_id,
        group,
        spot.item,
        spot.kind,
        differs,
        spot.about,
        (
            _column(annotators[0], sides[0], sides[1], spot),
            _column(annotators[1], sides[1], sides[0], spot),
        ),
    )


def _column(annotator: str, given: Side | None, other: Side | None, spot: Spot) -> Column:
    colour = colour_class(_labelled(spot, given))
    spans: list[tuple[Side, Mark]] = []
    if given is not None:
        spans.append((given, Mark("item", colour)))
    elif other is not None:
        spans.append((other, Mark("other", "none")))
    if spot.about is not None:
        spans.append((spot.about, Mark("about", "none")))
    return Column(annotator, given, colour, tuple(_sentences(spot, spans)))


def _labelled(spot: Spot, given: Side | None) -> Labelled:
    named = given is not None and spot.kind not in _OF_KINDS
    return Labelled(spot.item, given.said if given is not None and named else "")


def _sentences(spot: Spot, spans: list[tuple[Side, Mark]]) -> Iterator[Sentence]:
    end: int | None = None
    for sentence in spot.sentences:
        text = sentence.text or ""
        inside = (
            (max(side.start - sentence.start, 0), min(side.end - sentence.start, len(text)), mark)
            for side, mark in spans
        )
        marks = [Marked(start, stop, mark) for start, stop, mark in inside if start < stop]
        far = end is not None and sentence.start - end > _SPACE
        yield Sentence(tuple(segments(text, marks)), far)
        end = sentence.end
