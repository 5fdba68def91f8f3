"""Documents as a ``DocBin``."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any

from vinee import text as segment
from vinee.errors import InvalidError, Where
from vinee.formats import native
from vinee.formats.contract import text_of
from vinee.formats.docbin import spans
from vinee.model import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vinee.model import Mention

_ATTRIBUTES = ("ENT_IOB", "ENT_TYPE", "SENT_START")


def content(documents: Iterable[Document], key: str) -> bytes:
    """Give the bytes of a file with all documents.

    Raises:
        MissingExtraError: spaCy is not installed.
        InvalidError: A document has no text, or a mention that holds no syllable.
    """
    tokens = spans.spacy_tokens()
    bin_ = tokens.DocBin(attrs=_ATTRIBUTES, store_user_data=True)
    vocab = spans.vocabulary()
    for document in documents:
        bin_.add(_doc(document, key, vocab, tokens))
    packed: bytes = bin_.to_bytes()
    return packed


def pieces(text: str) -> tuple[list[str], list[bool]]:
    """Cut a text into words, and tell for each whether a blank follows; joined they are the text.

    A word is a syllable, or a run of white space without the blank after a syllable.
    """
    words: list[str] = []
    blanks: list[bool] = []
    done = 0
    for start, end in [*segment.syllables(text), (len(text), len(text))]:
        between = text[done:start]
        if blanks and between.startswith(" "):
            blanks[-1] = True
            between = between[1:]
        for word in (between, text[start:end]):
            if word:
                words.append(word)
                blanks.append(False)
        done = end
    return words, blanks


def _doc(document: Document, key: str, vocab: Any, tokens: Any) -> Any:  # noqa: ANN401 - spaCy's own
    words, blanks = pieces(text_of(document))
    doc = tokens.Doc(vocab, words=words, spaces=blanks)
    note = Document(document.doc_id, meta=document.meta)
    doc.user_data[spans.NOTE] = native.encode(note).decode()
    _mark_sentences(doc, document)
    if document.mentions is None:
        return doc
    solid = [token for token in doc if not token.text.isspace()]
    places = [(token.idx, token.idx + len(token)) for token in solid]
    numbers = [token.i for token in solid]

    def span(mention: Mention) -> Any:  # noqa: ANN401 - spaCy's own
        first, last = _covered(mention, places, numbers, document.doc_id)
        return tokens.Span(doc, first, last, mention.type, span_id=mention.id or 0)

    for level, group in spans.groups(key).items():
        doc.spans[group] = [span(each) for each in document.mentions if each.level == level]
    names = [span(each) for each in document.mentions if each.level == "NAM"]
    doc.set_ents(_outermost(names), default="outside")
    return doc


def _mark_sentences(doc: Any, document: Document) -> None:  # noqa: ANN401 - spaCy's own
    if document.sentences is None:
        return
    starts = {sentence.start for sentence in document.sentences}
    for token in doc:
        token.is_sent_start = token.i == 0 or token.idx in starts


def _covered(
    mention: Mention, places: Sequence[tuple[int, int]], numbers: Sequence[int], doc_id: str
) -> tuple[int, int]:
    first = bisect_right(places, mention.start, key=lambda place: place[1])
    last = bisect_left(places, mention.end, key=lambda place: place[0])
    if first >= last:
        problem = f"the mention [{mention.start}, {mention.end}) holds no syllable; leave it out"
        raise InvalidError("span-without-token", Where(doc_id=doc_id), problem)
    return numbers[first], numbers[last - 1] + 1


def _outermost(names: Sequence[Any]) -> list[Any]:
    """Keep what shares no token with a kept span, longer ones first, then earlier ones."""
    kept: list[Any] = []
    taken: set[int] = set()
    for span in sorted(names, key=lambda s: (s.start_char - s.end_char, s.start_char, s.label_)):
        own = set(range(span.start, span.end))
        if not own & taken:
            kept.append(span)
            taken |= own
    return kept
