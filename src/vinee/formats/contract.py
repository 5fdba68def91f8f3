"""What a format is, and what of a document it keeps.

The parts of a document that a format may or may not keep are its features. They are named by
dotted strings after the model's fields (``FEATURES``); ``features_of`` says which of them a
document uses, and ``losses`` which of these a format does not hold.

Three things are no features. The copies of the text that spans carry: readers always fill them
in. The order of items within a layer, which says nothing: unless a format says otherwise,
readers give items in order of their position. Attributes of the model that nobody set.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from msgspec import UNSET

from vinee.errors import InputError, InvalidError, Where
from vinee.formats import diagnosis, usage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from vinee.model import Document, Located

FEATURES = (
    "text",  # every code point, white space included
    "meta",
    "ids",  # of mentions, times, events, entities and chains, as they are written
    "scores",
    "layers.empty",  # layers that were annotated and hold nothing, as against not annotated
    "sections",
    "sentences",
    "mentions",  # bare span and type
    "mentions.extent",
    "mentions.level",  # NOM and PRO; without it all mentions become names
    "mentions.gpe_role",
    "mentions.nested",  # mentions that lie within another one
    "mentions.crossing",  # mentions that share a part with another one, and neither has all of it
    "mentions.repeated",  # mentions with the bare span of another one
    "mentions.partial_syllables",  # mentions that begin or end inside a syllable
    "entities",  # which mentions corefer
    "entities.type",
    "entities.name",
    "entities.corpus_id",
    "entities.wikidata",
    "timexes",  # span
    "timexes.type",
    "timexes.value",
    "timexes.mod",
    "events",  # trigger and type
    "events.crossing",  # triggers and times that cross another trigger or time
    "events.arguments",
    "events.arguments.span",  # fillers that are bare spans
    "events.arguments.implicit",
    "events.polarity",
    "events.realis",
    "events.modality",
    "chains",  # which events corefer
    "chains.name",
    "chains.corpus_id",
)


class Format(Protocol):
    """A way to write documents, and to read them back.

    For a document of which only the features in ``holds`` are used, reading what was written
    gives the same document.
    """

    @property
    def name(self) -> str:
        """What the registry calls it, such as ``brat``."""
        ...

    @property
    def description(self) -> str:
        """One line for a table."""
        ...

    @property
    def holds(self) -> frozenset[str]:
        """Those of `FEATURES` that survive writing and reading."""
        ...

    def write(self, documents: Iterable[Document], path: Path) -> None:
        """Write documents to a file or a folder, so that nothing is ever half-written.

        Raises:
            InvalidError: A document cannot be written, such as one without a text.
        """
        ...

    def read(self, path: Path, texts: Mapping[str, str] | None = None) -> tuple[Document, ...]:
        """Read documents.

        Args:
            path: A file or a folder.
            texts: The text of each ``doc_id``, for formats that do not keep it.

        Raises:
            InputError: What is there is not in this format; the message has file and line.
        """
        ...


@runtime_checkable
class ReadsOn(Protocol):
    """A format that can read on where something is wrong, so that all of it can be told."""

    def read_rows(
        self, path: Path, texts: Mapping[str, str] | None = None
    ) -> Iterator[tuple[Where, Document | InputError]]:
        """Read documents, each with its place; what is wrong is left out, and an error instead.

        Raises:
            InputError: There is nothing to read.
        """
        ...


def strictly(rows: Iterable[tuple[Where, Document | InputError]]) -> tuple[Document, ...]:
    """Return the documents of `ReadsOn.read_rows`, none of which may be at fault.

    Raises:
        InputError: The first of the errors.
    """
    found = []
    for _, item in rows:
        if isinstance(item, InputError):
            raise item
        found.append(item)
    return tuple(found)


@dataclass(frozen=True)
class Loss:
    """A feature that a document uses and a format does not hold; ``count`` items are touched."""

    doc_id: str
    feature: str
    count: int


def features_of(document: Document) -> set[str]:
    """Name the features that a document uses."""
    return set(usage.counts(document))


def losses(format_: Format, documents: Iterable[Document]) -> list[Loss]:
    """List what the documents use and the format does not hold, in order of `FEATURES`."""
    return [
        Loss(document.doc_id, feature, counts[feature])
        for document in documents
        for counts in [usage.counts(document)]
        for feature in FEATURES
        if counts[feature] and feature not in format_.holds
    ]


def text_of(document: Document) -> str:
    """Return the text, without which most formats cannot be written, and in which all spans lie.

    Raises:
        InvalidError: The document has no text, or a span holds none of it or reaches beyond it.
        InputError: It holds something that JSON does not have, such as half a surrogate pair.
    """
    where = Where(doc_id=document.doc_id)
    if document.text is None:
        problem = "the document has no text, and this format needs it; add the text of the gold"
        raise InvalidError("no-text", where, problem)
    if blemish := diagnosis.find_blemish(document, where):
        raise blemish
    check_spans(document, document.text, where)
    return document.text


def check_spans(document: Document, text: str, where: Where) -> None:
    """Check that each span holds some of the text.

    Raises:
        InvalidError: One is empty or reaches beyond the text.
    """
    for span in _spans(document):
        if not 0 <= span.start < span.end <= len(text):
            problem = (
                f"span [{span.start}, {span.end}) must hold some of the text's "
                f"{len(text)} code points; mend it, or leave it out"
            )
            raise InvalidError("span-outside", where, problem)


def _spans(document: Document) -> Iterator[Located]:
    yield from document.sections or ()
    yield from document.sentences or ()
    for mention in document.mentions or ():
        yield mention
        if mention.extent is not None:
            yield mention.extent
    yield from document.timexes or ()
    for event in document.events or ():
        yield event.trigger
        yield from (each.span for each in event.arguments if each.span is not UNSET)
