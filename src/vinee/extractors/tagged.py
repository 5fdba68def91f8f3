"""What a tagger gives, tokens with tags but without offsets, as mentions on the text."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeAlias

from vinee.extractors.base import named_mentions, sentence_spans, text_of
from vinee.model import Document
from vinee.text import align_tokens, decode

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Tagger: TypeAlias = Callable[[str], Sequence[tuple[str, str]]]


def annotated(document: Document, tagger: Tagger) -> Document:
    """Tag a document sentence by sentence, and bring the tokens onto its text.

    Args:
        document: With its text.
        tagger: Gives the tokens of a sentence, each with its tag; any scheme of tags will do.

    Returns:
        The document's mentions, of level NAM. How many tokens were found exactly, repaired or
        not at all is counted in ``meta["alignment"]``; one that was not found has no mention.

    Raises:
        ExtractorError: The document has no text.
    """
    text = text_of(document)
    counts: Counter[str] = Counter(exact=0, repaired=0, ungrounded=0)
    spans: list[tuple[int, int, str]] = []
    for start, end in sentence_spans(document):
        sentence = text[start:end]
        tagged = tagger(sentence) if sentence.strip() else ()
        spans += [
            (start + first, start + last, label)
            for first, last, label in _labelled(sentence, tagged, counts)
        ]
    return Document(
        document.doc_id,
        mentions=named_mentions(text, spans),
        meta={"alignment": dict(counts)},
    )


def _labelled(
    sentence: str, tagged: Sequence[tuple[str, str]], counts: Counter[str]
) -> list[tuple[int, int, str]]:
    alignment = align_tokens(sentence, [token for token, _ in tagged])
    counts["exact"] += alignment.exact
    counts["repaired"] += alignment.repaired
    counts["ungrounded"] += alignment.ungrounded
    grounded = [
        (span, tag)
        for span, (_, tag) in zip(alignment.spans, tagged, strict=True)
        if span is not None
    ]
    return decode([span for span, _ in grounded], [tag for _, tag in grounded])
