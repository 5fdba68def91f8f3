"""An article that two annotated: what both state, and what an adjudicator finds set in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from vinee.corpus.adjudication.compose import holdable
from vinee.corpus.adjudication.decide import Sides, agreed
from vinee.corpus.adjudication.disagreements import Disagreement, differences
from vinee.corpus.adjudication.facts import Item, Key, facts_of_both
from vinee.corpus.adjudication.naming import Naming, common_names
from vinee.errors import IntegrityError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vinee.model import Document

# What an item cannot be without; while it is open, the first annotator's value stands there.
NEEDED = frozenset({("mention", "level"), ("event", "type")})


@dataclass(frozen=True)
class Article:
    """Two annotators' documents on one text.

    Attributes:
        first: The first one's document, which also gives text and sentences.
        second: The second one's.
        naming: What the names that each gives are in common.
        annotators: Who they are.
    """

    first: Document
    second: Document
    naming: tuple[Naming, Naming]
    annotators: tuple[str, str]

    @property
    def doc_id(self) -> str:
        """The article's id."""
        return self.first.doc_id

    @property
    def text(self) -> str:
        """The article's text."""
        return self.first.text or ""

    @cached_property
    def found(self) -> list[Disagreement]:
        """What the two disagree on, in order of the text."""
        return differences(*self.sides, self.first)

    @cached_property
    def sides(self) -> Sides:
        """What each states."""
        return facts_of_both(self.first, self.second, self.naming)

    @cached_property
    def ground(self) -> Mapping[Key, Item]:
        """What can be set before anything is decided: the items that both state.

        An attribute in which they differ has no value, but for those that an item needs. An
        argument whose filler is not set cannot be set either.
        """
        both, either = agreed(self.sides)
        complete = {
            key: Item(
                {
                    what: item.attributes.get(what, value if (key.layer, what) in NEEDED else None)
                    for what, value in either[key].attributes.items()
                },
                item.fills,
            )
            for key, item in both.items()
        }
        return holdable(self.first, complete)

    @cached_property
    def fingerprint(self) -> str:
        """A checksum of what the two state, and of the text."""
        stated = [
            [[key, sorted(item.attributes.items()), sorted(item.fills)] for key, item in rows]
            for rows in (sorted(side.items(), key=lambda row: row[0]) for side in self.sides)
        ]
        return sha256(msgspec.json.encode([self.annotators, self.text, stated])).hexdigest()


def articles(
    first: Sequence[Document], second: Sequence[Document], annotators: tuple[str, str]
) -> list[Article]:
    """Pair two annotators' documents.

    Raises:
        IntegrityError: One of them did not annotate an article, or the texts differ.
    """
    theirs = {document.doc_id: document for document in second}
    ours = {document.doc_id for document in first}
    if alone := sorted(ours ^ theirs.keys()):
        who = annotators[alone[0] not in ours]
        raise IntegrityError(
            f"only {who} annotated {alone[0]!r} ({len(alone)} such); adjudication needs passes of "
            "both on the same articles"
        )
    for document in first:
        if document.text != theirs[document.doc_id].text:
            raise IntegrityError(
                f"{document.doc_id!r} has not the same text in both passes; annotate one text"
            )
    naming = common_names(first, second)
    return [Article(each, theirs[each.doc_id], naming, annotators) for each in first]
