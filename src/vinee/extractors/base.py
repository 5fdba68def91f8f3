"""The contract of an extractor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias, get_args, runtime_checkable

from vinee.errors import ExtractorError
from vinee.model import Mention
from vinee.text import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from vinee.model import Document, Level
    from vinee.ontology import Scheme

Seen: TypeAlias = Literal["no", "possibly", "yes", "unknown"]
SEEN: tuple[Seen, ...] = get_args(Seen)
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Claims:
    """The labels that a system can produce at all; it is scored on these as well as on all.

    Attributes:
        entities: Entity labels, of the scheme named.
        scheme: Which set of entity labels the system speaks.
        timexes: Whether it finds time expressions.
        events: Event types.
        roles: Roles of arguments.
        levels: Levels of mentions.
        chains: Whether it says which mentions corefer.
        event_chains: Whether it says which events corefer.
        links: Whether it links entities to Wikidata.
        declared: Whether somebody said all this. If not, its predictions show what it finds.
    """

    entities: tuple[str, ...] = ()
    scheme: Scheme = "fine"
    timexes: bool = False
    events: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ("NAM",)
    chains: bool = False
    event_chains: bool = False
    links: bool = False
    declared: bool = True


@runtime_checkable
class Extractor(Protocol):
    """Anything that maps documents to annotations.

    It may also have ``licence``, the licence of whatever decides the output, as SPDX names it,
    and ``texts_seen``, one of `SEEN`: whether its makers or its training may have had the texts.
    """

    @property
    def name(self) -> str:
        """Short name, as it stands in a leaderboard."""
        ...

    @property
    def version(self) -> str:
        """Version of whatever decides the output, third-party packages included."""
        ...

    @property
    def claims(self) -> Claims:
        """The labels that it can produce at all."""
        ...

    @property
    def trained_on(self) -> str:
        """What it was trained on and whether the articles may be in that, in plain words."""
        ...

    def extract(self, documents: Sequence[Document]) -> Iterable[Document]:
        """Annotate documents.

        Args:
            documents: Each with ``doc_id``, ``text``, ``sections`` and ``sentences`` and no
                layer of the gold.

        Returns:
            One document for each input, in its order, with its ``doc_id`` and the layers that
            the system produces; layers that it does not produce stay ``None``. Each span
            carries its slice as ``text``; mentions, timexes and events carry ids. ``meta`` may
            hold ``{"alignment": {"exact": n, "repaired": n, "ungrounded": n}}``.

        Raises:
            ExtractorError: It cannot do its work.
        """
        ...


@runtime_checkable
class Restarting(Protocol):
    """An extractor whose work is done by a process that is started again when it ends."""

    on_restart: Callable[[str], None] | None
    """Told, in words, each time that it is started again."""


@runtime_checkable
class Trainable(Extractor, Protocol):
    """An extractor that learns from annotated documents before it can extract."""

    def fit(self, documents: Sequence[Document]) -> Extractor:
        """Learn from documents with their gold layers.

        Returns:
            A new, fitted extractor; this one stays as it was. To extract before fitting raises
            an `ExtractorError`.

        Raises:
            ExtractorError: There is nothing to learn from.
        """
        ...


def text_of(document: Document) -> str:
    """Return a document's text.

    Raises:
        ExtractorError: The document came without text.
    """
    if document.text is None:
        raise ExtractorError(
            f"document {document.doc_id!r} has no text; give extractors documents with their text"
        )
    return document.text


def sentence_spans(document: Document) -> list[tuple[int, int]]:
    """Return half-open sentence spans in code points: the document's own, or by rule.

    Raises:
        ExtractorError: The document came without text.
    """
    if document.sentences is not None:
        return [(sentence.start, sentence.end) for sentence in document.sentences]
    return sentences(text_of(document))


def named_mentions(text: str, spans: Iterable[tuple[int, int, str]]) -> tuple[Mention, ...]:
    """Make mentions of level NAM, ids ``m1``, ``m2``, … in the order of the spans given."""
    return tuple(
        Mention(start, end, label, text=text[start:end], id=f"m{number}")
        for number, (start, end, label) in enumerate(spans, start=1)
    )
