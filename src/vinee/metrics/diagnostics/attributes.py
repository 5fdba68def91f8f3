"""Attributes of items by which scores are divided: each gives every item of a side one value."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, get_args

from vinee.errors import InvalidError, Where
from vinee.metrics.diagnostics.kinds import LEVELS, SPAN, TIMEX, entity_sizes, triggers
from vinee.model import SectionKind
from vinee.text import sentences, syllables

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vinee.metrics.diagnostics.kinds import Found, Kind
    from vinee.model import Document

NONE = "none"
_MANY_SYLLABLES = 4
_LONG_SENTENCES = (10, 20, 30, 40)  # the longest of each bucket, in syllables
_FEW_MENTIONS = (1, 4, 9)  # the same, in mentions of the entity


class Side(NamedTuple):
    """The items of one side of a document.

    Attributes:
        kind: What found the items.
        reference: The gold document, in whose text all places are.
        own: The document that the items are of.
        other: The document of the other side.
        items: The items.
    """

    kind: Kind
    reference: Document
    own: Document
    other: Document
    items: tuple[Found, ...]

    @property
    def text(self) -> str:
        """The text of the gold document.

        Raises:
            InvalidError: It has none.
        """
        return text_of(self.reference)


class Attribute(NamedTuple):
    """Something that each item has one value of.

    Attributes:
        name: What it is called.
        about: What it is, in words.
        values: Gives the value of each item of a side, in their order.
        order: Values in the order to show them in; others follow in ascending order.
        gold_only: Whether only gold items have it.
    """

    name: str
    about: str
    values: Callable[[Side], Sequence[str]]
    order: tuple[str, ...] = ()
    gold_only: bool = False


def text_of(document: Document) -> str:
    """Return the text of a document.

    Raises:
        InvalidError: It has none.
    """
    if document.text is None:
        raise InvalidError(
            "document-without-text",
            Where(doc_id=document.doc_id, path="$.text"),
            "must have its text, for what its items are like to be told; add it",
        )
    return document.text


def _lengths(side: Side) -> list[str]:
    text = side.text
    numbers = (len(syllables(text, item.start, item.end)) for item in side.items)
    most = _MANY_SYLLABLES
    return [f"{most}+" if number >= most else str(number) for number in numbers]


def _levels(side: Side) -> list[str]:
    return [item.level or NONE for item in side.items]


def _nestings(side: Side) -> list[str]:
    spans = sorted(set(side.kind.spans(side.own)), key=lambda span: (span[0], -span[1]))
    if not spans:
        return []
    ends = [end for _, end in spans]
    # In this order what holds a span stands before it, and what it holds behind it.
    before = [-1, *accumulate(ends[:-1], max)]
    behind = [*accumulate([ends[-1] + 1, *reversed(ends[1:])], min)][::-1]
    value_of = {}
    for span, reached, first in zip(spans, before, behind, strict=True):
        holding = "holding" if first <= span[1] else "alone"
        value_of[span] = "nested" if reached >= span[1] else holding
    return [value_of[item.start, item.end] for item in side.items]


def _sections(side: Side) -> list[str]:
    sections = sorted(side.reference.sections or (), key=lambda each: (each.start, each.end))
    starts = [each.start for each in sections]
    values = []
    for item in side.items:
        at = bisect_right(starts, item.start) - 1
        values.append(sections[at].kind if at >= 0 and item.start < sections[at].end else NONE)
    return values


def _sentences(side: Side) -> list[str]:
    text, given = side.text, side.reference.sentences
    spans = sentences(text) if given is None else sorted((each.start, each.end) for each in given)
    starts = [start for start, _ in spans]
    sizes = [_range(len(syllables(text, *span)), _LONG_SENTENCES) for span in spans]
    return [
        sizes[max(bisect_right(starts, item.start) - 1, 0)] if sizes else NONE
        for item in side.items
    ]


def _triggers(side: Side) -> list[str]:
    there = triggers(side.other)
    spans = {(start, end) for start, end, _ in there}
    return [
        "same" if item.frame in there else "other type" if item.frame[:2] in spans else "not there"
        for item in side.items
    ]


def _range(number: int, ends: Sequence[int]) -> str:
    """Name the range that holds a number, of those that end with these numbers."""
    first = 1
    for last in ends:
        if number <= last:
            return str(last) if first == last else f"{first}-{last}"
        first = last + 1
    return f"{first}+"


def _ranges(ends: Sequence[int]) -> tuple[str, ...]:
    return tuple(_range(number, ends) for number in (*ends, ends[-1] + 1))


LABEL = Attribute("label", "the label of the item", lambda side: [i.label for i in side.items])
LENGTH = Attribute("length", "syllables of the item", _lengths)
LEVEL = Attribute("level", "level of the mention", _levels, LEVELS)
FILLER = Attribute(
    "filler",
    "level of the mention that fills the role, or what else does",
    _levels,
    (*LEVELS, TIMEX, SPAN),
)
NESTING = Attribute(
    "nesting",
    "inside another item of its side; or not, and holding one; or neither",
    _nestings,
    ("alone", "holding", "nested"),
)
TRIGGER = Attribute(
    "trigger",
    "the trigger of its event on the other side: of the same type, of another, or not there",
    _triggers,
    ("same", "other type", "not there"),
)
SECTION = Attribute(
    "section", "kind of section that it starts in", _sections, (*get_args(SectionKind), NONE)
)
SENTENCE = Attribute(
    "sentence", "syllables of the sentence that it starts in", _sentences, _ranges(_LONG_SENTENCES)
)
ARTICLE = Attribute(
    "article", "the document", lambda side: [side.reference.doc_id] * len(side.items)
)


def entity_frequency(gold: Sequence[Document]) -> Attribute:
    """Divide by the number of mentions, of any level, that the entity of a mention has in gold.

    An entity that has an id of the corpus is one entity in all documents.
    """
    sizes = entity_sizes(gold)

    def values(side: Side) -> list[str]:
        return [
            NONE if item.entity is None else _range(sizes[item.entity], _FEW_MENTIONS)
            for item in side.items
        ]

    about = "mentions of its entity in all of gold"
    return Attribute("entity", about, values, (*_ranges(_FEW_MENTIONS), NONE), gold_only=True)
