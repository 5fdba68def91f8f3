"""What a comparison of two editions gives; `Diff.to_json` is the schema ``vinee.diff/1``."""

from __future__ import annotations

from typing import Any, Literal, get_args

import msgspec

SCHEMA = "vinee.diff/1"
Kind = Literal["added", "removed", "moved", "relabelled"]
Layer = Literal[
    "sections", "sentences", "mentions", "entities", "timexes", "events", "arguments", "chains"
]
Edition = Literal["old", "new"]
KINDS: tuple[Kind, ...] = get_args(Kind)
LAYERS: tuple[Layer, ...] = get_args(Layer)


class Quote(msgspec.Struct, frozen=True):
    """A stretch of text: half-open, in code points of the text of its own edition.

    Attributes:
        start: First code point.
        end: One past the last code point.
        sentence: Number of the sentence, from 0, in which it starts; None if in none.
        text: What stands there.
        before: A few words of the sentence before it.
        after: A few words of the sentence after it.
    """

    start: int
    end: int
    sentence: int | None
    text: str
    before: str
    after: str


class AttributeChange(msgspec.Struct, frozen=True):
    """An attribute that differs; None where it was not annotated or does not apply."""

    name: str
    old: str | None
    new: str | None


class ArgumentOf(msgspec.Struct, frozen=True):
    """The event of an argument, in both editions."""

    old_type: str
    old_trigger: Quote
    new_type: str
    new_trigger: Quote


class ChainNames(msgspec.Struct, frozen=True):
    """The chain that is meant, by ``corpus_id``, name or first member; None where there is none."""

    old: str | None
    new: str | None


class Change(msgspec.Struct, frozen=True):
    """One item that changed.

    Attributes:
        layer: Its layer; arguments count apart from their events.
        kind: In the layers ``entities`` and ``chains``, ``moved`` is a member that went from one
            chain to another.
        type: Type, kind or role; the new one where both editions have the item.
        old: Where it stands in the old edition; None if it is not there, or is a chain.
        new: The same in the new edition.
        attributes: What differs in an item that both editions have, a relabelled type first.
        argument_of: The event, if the item is an argument.
        chain: The chain, if the item is one or a member of one.
        contents: The arguments of an event, or the members of a chain, that was added or removed.
    """

    layer: Layer
    kind: Kind
    type: str | None
    old: Quote | None = None
    new: Quote | None = None
    attributes: tuple[AttributeChange, ...] = ()
    argument_of: ArgumentOf | None = None
    chain: ChainNames | None = None
    contents: tuple[str, ...] = ()


class TextChange(msgspec.Struct, frozen=True):
    """A text that is not the same in both editions.

    Attributes:
        only_in: The edition that has a text at all; None if both have.
        old: The stretch of the old text, half-open, that was replaced.
        new: The stretch of the new text that stands in its place.
    """

    only_in: Edition | None = None
    old: tuple[int, int] | None = None
    new: tuple[int, int] | None = None


class LayerChange(msgspec.Struct, frozen=True):
    """A layer that one edition only annotates in a document."""

    layer: Layer
    annotated_in: Edition


class DocumentDiff(msgspec.Struct, frozen=True):
    """What changed in a document that both editions have."""

    doc_id: str
    text: TextChange | None
    layers: tuple[LayerChange, ...]
    changes: tuple[Change, ...]


class Diff(msgspec.Struct, frozen=True):
    """What changed between two editions.

    Attributes:
        old: What the old edition was called.
        new: What the new one was called.
        added: Ids of documents that only the new one has.
        removed: Ids of documents that only the old one has.
        documents: Those that both have and that differ, by ``doc_id``.
    """

    old: str
    new: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    documents: tuple[DocumentDiff, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not (self.added or self.removed or self.documents)

    def summary(self) -> dict[Layer, dict[Kind, int]]:
        """Count the changes: layer to kind to number; items of whole documents do not count."""
        counted = {layer: dict.fromkeys(KINDS, 0) for layer in LAYERS}
        for document in self.documents:
            for change in document.changes:
                counted[change.layer][change.kind] += 1
        return counted

    def to_json(self) -> dict[str, Any]:
        """Give plain values.

        Returns:
            ``schema`` (``vinee.diff/1``), ``old``, ``new``, ``identical``, ``added`` and
            ``removed`` (document ids), ``summary`` (layer to kind to number) and ``documents``,
            each with ``doc_id``, ``text``, ``layers`` and ``changes``, whose fields are those of
            `TextChange`, `LayerChange` and `Change`. Fields may be added; none changes its
            meaning under the same ``schema``.
        """
        fields = msgspec.to_builtins(self)
        return {
            "schema": SCHEMA,
            "old": self.old,
            "new": self.new,
            "identical": self.is_empty,
            "added": fields["added"],
            "removed": fields["removed"],
            "summary": self.summary(),
            "documents": fields["documents"],
        }
