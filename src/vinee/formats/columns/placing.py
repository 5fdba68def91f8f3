"""Where tokens stand: in a given text, by the aligner, or in a text made of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from vinee.errors import InvalidError
from vinee.formats.columns.detection import spaced
from vinee.formats.columns.report import Uncovered
from vinee.model import Document, Mention, Span
from vinee.text import align_tokens, syllables, uncovered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vinee.formats.columns.report import Problems
    from vinee.formats.columns.tagged import TaggedDocument
    from vinee.text import Alignment


@dataclass(frozen=True)
class Placed:
    """Documents with their texts; see `vinee.formats.columns.report` for the rest."""

    documents: tuple[Document, ...]
    matched: Literal["id", "order"] | None = None
    alignment: Mapping[str, int] | None = None
    uncovered: tuple[Uncovered, ...] = ()


class _Grounded(NamedTuple):
    tagged: TaggedDocument
    doc_id: str
    alignment: Alignment


def joined(tagged: Sequence[TaggedDocument], problems: Problems, *, join: bool) -> Placed:
    """Make each text of its tokens: a space between two, a line break after each sentence.

    Args:
        tagged: The documents.
        problems: Where mentions without a place are told.
        join: Whether underscores between syllables become spaces.
    """
    return Placed(tuple(_joined(document, problems, join=join) for document in tagged))


def grounded(
    tagged: Sequence[TaggedDocument], texts: Mapping[str, str], problems: Problems
) -> Placed:
    """Find the tokens in the given texts, which documents find by id, or else by order.

    By order only if the documents bear no ids, there are as many texts, and each text holds
    all tokens of its document. A document without a text is left out and told.

    Raises:
        InvalidError: No document has a text.
    """
    if any(document.raw.doc_id in texts for document in tagged):
        matched: Literal["id", "order"] = "id"
        found = list(_by_id(tagged, texts, problems))
    else:
        matched = "order"
        found = list(_by_order(tagged, texts))
    bare = [_uncovered(item, texts[item.doc_id]) for item in found]
    counts = [_counts(item.alignment, each) for item, each in zip(found, bare, strict=True)]
    documents = tuple(
        Document(
            item.doc_id,
            texts[item.doc_id],
            mentions=tuple(
                _mentions(item.tagged, texts[item.doc_id], item.alignment.spans, problems)
            ),
            meta={"alignment": own},
        )
        for item, own in zip(found, counts, strict=True)
    )
    total = {kind: sum(own[kind] for own in counts) for kind in ("exact", "repaired", "ungrounded")}
    return Placed(documents, matched, total, tuple(each for each in bare if each.count))


def _joined(tagged: TaggedDocument, problems: Problems, *, join: bool) -> Document:
    tokens = list(map(spaced, tagged.tokens)) if join else tagged.tokens
    spans: list[tuple[int, int]] = []
    sentences: list[Span] = []
    begin = position = 0
    for end in tagged.ends:
        start = position
        for token in tokens[begin:end]:
            spans.append((position, position + len(token)))
            position += len(token) + 1
        sentences.append(Span(start, position - 1, " ".join(tokens[begin:end])))
        begin = end
    text = "\n".join(sentence.text or "" for sentence in sentences)
    mentions = tuple(_mentions(tagged, text, spans, problems))
    return Document(tagged.raw.doc_id, text, sentences=tuple(sentences), mentions=mentions)


def _by_id(
    tagged: Sequence[TaggedDocument], texts: Mapping[str, str], problems: Problems
) -> Iterator[_Grounded]:
    for document in tagged:
        doc_id = document.raw.doc_id
        if doc_id in texts:
            yield _Grounded(document, doc_id, align_tokens(texts[doc_id], document.tokens))
        else:
            problem = "there is no text of this id among those given; add it, or leave this out"
            where = document.raw.where()
            problems.invalid("doc-unknown", where, problem, document.raw.file.rank)


def _by_order(tagged: Sequence[TaggedDocument], texts: Mapping[str, str]) -> Iterator[_Grounded]:
    named = [document for document in tagged if document.raw.named]
    if named or len(tagged) != len(texts):
        first = (named or tagged)[0].raw
        reason = (
            "no document's id is among those of the texts given"
            if named
            else f"the documents bear no ids, and they are {len(tagged)} where {len(texts)} texts "
            "are given, so that they cannot be matched by order"
        )
        problem = f"{reason}; put a line '# newdoc id = …' above each document"
        raise InvalidError("doc-unknown", first.where(), problem)
    for document, (doc_id, text) in zip(tagged, texts.items(), strict=True):
        alignment = align_tokens(text, document.tokens)
        if alignment.ungrounded:
            at = alignment.spans.index(None)
            problem = (
                f"the documents bear no ids, and by order this one should be {doc_id!r}, which "
                f"does not hold {document.tokens[at]!r} there; put a line '# newdoc id = …' "
                "above each document"
            )
            raise InvalidError("doc-unknown", document.raw.where(document.lines[at]), problem)
        yield _Grounded(document, doc_id, alignment)


def _uncovered(item: _Grounded, text: str) -> Uncovered:
    bare = uncovered(text, item.alignment.spans)
    first = bare[0][0] if bare else len(text)
    return Uncovered(item.doc_id, len(bare), len(syllables(text)), first)


def _counts(alignment: Alignment, bare: Uncovered) -> dict[str, int]:
    found = {
        "exact": alignment.exact,
        "repaired": alignment.repaired,
        "ungrounded": alignment.ungrounded,
    }
    return {**found, "uncovered": bare.count} if bare.count else found


def _mentions(
    tagged: TaggedDocument,
    text: str,
    spans: Sequence[tuple[int, int] | None],
    problems: Problems,
) -> Iterator[Mention]:
    """Give the mentions in order of position, outer ones first.

    Tokens at the edges of a mention that the text does not hold are taken off it and told.
    """
    placed = []
    for first, last, kind in tagged.chunks:
        known = [span for span in spans[first:last] if span is not None]
        if spans[first] is None or spans[last - 1] is None:
            _tell(tagged, first, last, problems, lost=not known)
        if known:
            placed.append((known[0][0], -known[-1][1], kind))
    for start, end, kind in sorted(placed):
        yield Mention(start, -end, kind, text[start:-end])


def _tell(tagged: TaggedDocument, first: int, last: int, problems: Problems, *, lost: bool) -> None:
    words = " ".join(tagged.tokens[first:last])
    what = "is not in the text, and is left out" if lost else "is not in the text as a whole"
    problem = f"the mention {words!r} {what}; give the text that the file was made from"
    where = tagged.raw.where(tagged.lines[first])
    problems.invalid("mention-ungrounded", where, problem, tagged.raw.file.rank)
