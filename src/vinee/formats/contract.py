"""What a format is, and what of a document it keeps.

The parts of a document that a format may or may not keep are its features. They are named by
dotted strings after the model's fields (``FEATURES``); ``features_of`` says which of them a
document uses, and ``losses`` which of these a format does not hold.

Three things are no features. The copies of the text that spans carry: readers always fill them
in. The order of items within a layer, which says nothing: unless a format says otherwise,
readers give items in order of their position. Attributes of the model that nobody set.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from msgspec import UNSET

from vinee import text as segment
from vinee.errors import InvalidError, Where
from vinee.model import LAYERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
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


@dataclass(frozen=True)
class Loss:
    """A feature that a document uses and a format does not hold; ``count`` items are touched."""

    doc_id: str
    feature: str
    count: int


def features_of(document: Document) -> set[str]:
    """Name the features that a document uses."""
    return set(_counts(document))


def losses(format_: Format, documents: Iterable[Document]) -> list[Loss]:
    """List what the documents use and the format does not hold, in order of `FEATURES`."""
    return [
        Loss(document.doc_id, feature, counts[feature])
        for document in documents
        for counts in [_counts(document)]
        for feature in FEATURES
        if counts[feature] and feature not in format_.holds
    ]


def text_of(document: Document) -> str:
    """Return the text, without which most formats cannot be written.

    Raises:
        InvalidError: The document has none.
    """
    if document.text is None:
        raise InvalidError(
            "no-text",
            Where(doc_id=document.doc_id),
            "the document has no text, and this format needs it; add the text of the gold",
        )
    return document.text


def _counts(document: Document) -> Counter[str]:
    """Count the items that use each feature; a feature that is not used has no entry."""
    counts = Counter(feature for feature, used in _uses(document) if used)
    spans = [(item.start, item.end) for item in document.mentions or ()]
    times = document.timexes or ()
    triggers = [event.trigger for event in document.events or ()]
    counts["mentions.nested"] = _nested(spans)
    counts["mentions.crossing"] = _crossing(spans)
    counts["mentions.repeated"] = sum(n - 1 for n in Counter(spans).values())
    counts["events.crossing"] = _crossing([(item.start, item.end) for item in (*times, *triggers)])
    return +counts


def _uses(document: Document) -> Iterator[tuple[str, object]]:
    yield "text", document.text is not None
    yield "meta", document.meta is not None
    for layer in LAYERS:
        yield "layers.empty", getattr(document, layer) == ()
    for layer in ("mentions", "entities", "timexes", "events", "chains"):
        for item in getattr(document, layer) or ():
            yield "ids", item.id is not None
            yield "scores", getattr(item, "score", UNSET) is not UNSET
    yield from (("sections", True) for _ in document.sections or ())
    yield from (("sentences", True) for _ in document.sentences or ())
    yield from _mention_uses(document)
    yield from _timex_uses(document)
    yield from _event_uses(document)


def _mention_uses(document: Document) -> Iterator[tuple[str, object]]:
    for mention in document.mentions or ():
        yield "mentions", True
        yield "mentions.extent", mention.extent
        yield "mentions.level", mention.level != "NAM"
        yield "mentions.gpe_role", mention.gpe_role
        yield "mentions.partial_syllables", _cuts(document.text, mention)
        yield "entities", mention.entity is not None
    for entity in document.entities or ():
        yield "entities", True
        yield "entities.type", True
        yield "entities.name", entity.name is not None
        yield "entities.corpus_id", entity.corpus_id is not None
        yield "entities.wikidata", entity.wikidata is not None


def _timex_uses(document: Document) -> Iterator[tuple[str, object]]:
    for timex in document.timexes or ():
        yield "timexes", True
        yield "timexes.type", timex.type
        yield "timexes.value", timex.value is not None
        yield "timexes.mod", timex.mod is not None


def _event_uses(document: Document) -> Iterator[tuple[str, object]]:
    for event in document.events or ():
        yield "events", True
        yield "events.polarity", event.polarity
        yield "events.realis", event.realis
        yield "events.modality", event.modality
        yield "chains", event.chain is not None
        for argument in event.arguments:
            yield "events.arguments", True
            yield "events.arguments.span", argument.span is not UNSET
            yield "events.arguments.implicit", argument.implicit
    for chain in document.chains or ():
        yield "chains", True
        yield "chains.name", chain.name is not None
        yield "chains.corpus_id", chain.corpus_id is not None


def _cuts(text: str | None, span: Located) -> bool:
    return text is not None and not segment.keeps_syllables_whole(text, span.start, span.end)


def _nested(spans: Sequence[tuple[int, int]]) -> int:
    """Count the spans that lie within another, different one."""
    different = set(spans)
    return sum(
        any(a <= start and end <= b and (a, b) != (start, end) for a, b in different)
        for start, end in spans
    )


def _crossing(spans: Sequence[tuple[int, int]]) -> int:
    """Count the spans that share a part with another one while neither has all of the other."""
    different = set(spans)
    return sum(
        any(a < start < b < end or start < a < end < b for a, b in different)
        for start, end in spans
    )
