"""Entity mentions as tags over syllables or words, as papers score them with seqeval."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple, TypeAlias, get_args

import numpy as np

from vinee.errors import InvalidError, Where
from vinee.metrics.base import pair
from vinee.metrics.chunks import MODES, SCHEMES, chunk_counts
from vinee.metrics.counts import Counts
from vinee.metrics.mentions import VIEW_PARAMETERS, MentionMetric
from vinee.metrics.naming import Family, Parameter
from vinee.metrics.units import Rows
from vinee.text.sentences import sentences
from vinee.text.syllables import syllables
from vinee.text.tags import encode
from vinee.text.words import word_tool, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vinee.metrics.chunks import Mode, Scheme
    from vinee.metrics.units import Unit
    from vinee.model import Document

    Tokens = Sequence[tuple[int, int]]
    Spans = Iterable[tuple[int, int, str]]


Token: TypeAlias = Literal["syllable", "word"]


class DocumentTags(NamedTuple):
    """Tags of a document, a list for each sentence, on both sides.

    ``starts`` are the code points at which the sentences start.
    """

    doc_id: str
    starts: list[int]
    gold: list[list[str]]
    predicted: list[list[str]]


@dataclass(frozen=True, repr=False)
class SeqevalTags(MentionMetric):
    """A predicted chunk is correct when its tokens and label all equal a gold chunk's.

    The tokens are the syllables of the gold sentences, or of the sentences that our rules find
    if gold has none; or the words that `vinee.text.words` makes of these. Gold and predicted
    spans go onto them in the same way: a span covers every token that it touches, one that
    touches none is dropped, one that crosses sentences is cut at their ends, and of spans that
    share a token the longest stays (then the earlier, then the first in the order of labels).
    Counts, and the scores from them, equal seqeval's bit for bit.

    Source: Nakayama 2018, seqeval 1.2.2, https://github.com/chakki-works/seqeval.

    Attributes:
        view: Projects a document's mentions onto typed spans.
        mode: ``default`` reads tags as conlleval does, ``strict`` by the IOB2 scheme. Tags made
            from spans are valid, and on valid IOB2 the two agree.
        scheme: In which the tags are written, and in strict mode read.
        tokens: What bears the tags.

    Raises:
        UnknownNameError: There is no such mode, scheme or token.
    """

    mode: Mode = "default"
    scheme: Scheme = "IOB2"
    tokens: Token = "syllable"
    family: ClassVar[Family] = Family(
        "tags.seqeval",
        {
            "mode": Parameter("default", "how tags are read, as seqeval's modes", MODES),
            "scheme": Parameter("IOB2", "how tags are written", SCHEMES),
            "tokens": Parameter("syllable", "what bears the tags", get_args(Token)),
            **VIEW_PARAMETERS,
        },
    )

    def __post_init__(self) -> None:
        """Refuse what seqeval does not have."""
        self.family.complete(self.chosen)

    @property
    def chosen(self) -> dict[str, str]:
        """Values of the parameters that are not the view's."""
        return {"mode": self.mode, "scheme": self.scheme, "tokens": self.tokens}

    @property
    def parameters(self) -> dict[str, str]:
        """Every choice that changes the counts."""
        return {
            **self.view.identity,
            "unit": "syllable" if self.tokens == "syllable" else word_tool(),
            "scheme": self.scheme,
            "mode": self.mode,
            "match": "strict",
            "nested": "longest",
            "duplicates": "collapse",
            "across-sentences": "cut",
            "without-token": "dropped",
        }

    def counts(
        self, gold: Sequence[Document], predicted: Sequence[Document], unit: Unit = "document"
    ) -> Counts:
        """Count chunks per unit and label; a sentence belongs to the unit in which it starts.

        Raises:
            InvalidError: A gold document has no text, or its sentences overlap; or the documents
                cannot be paired.
            MissingExtraError: Words are asked for, and what makes them is not installed.
        """
        per_document = self.tags(gold, predicted)
        labels, per_sentence = chunk_counts(
            [tags for each in per_document for tags in each.gold],
            [tags for each in per_document for tags in each.predicted],
            self.mode,
            self.scheme,
        )
        tagged = {each.doc_id for each in per_document}
        rows = Rows((each for each in gold if each.doc_id in tagged), unit)
        row_of = [rows.row(each.doc_id, at) for each in per_document for at in each.starts]
        table = np.zeros((len(rows.names), len(labels), 3), dtype=np.int64)
        np.add.at(table, row_of, per_sentence)
        counts = Counts(self.name, rows.names, labels, table, unit)
        return counts.for_labels((*labels, *self.view.labels))

    def tags(self, gold: Sequence[Document], predicted: Sequence[Document]) -> list[DocumentTags]:
        """Give the very tags that are counted, for whoever counts them in another way.

        Raises:
            InvalidError: As `counts`.
        """
        tagged = []
        for reference, prediction in pair(gold, predicted, self.layer):
            tokens = _tokens(reference, self.tokens)
            wanted = _tags(tokens, self.view(reference), self.scheme)
            given = _tags(tokens, self.view(prediction), self.scheme)
            starts = [sentence[0][0] if sentence else 0 for sentence in tokens]
            tagged.append(DocumentTags(reference.doc_id, starts, wanted, given))
        return tagged


def _tokens(document: Document, kind: Token) -> list[Tokens]:
    """Return the tokens of each sentence of a gold document."""
    divide = syllables if kind == "syllable" else words
    if document.text is None:
        raise InvalidError(
            "document-without-text",
            Where(doc_id=document.doc_id, path="$.text"),
            f"a gold document must have its text for its {kind}s to be found",
        )
    if document.sentences is None:
        return [divide(document.text, *span) for span in sentences(document.text)]
    ordered = sorted((each.start, each.end) for each in document.sentences)
    for (start, end), (after, _) in pairwise(ordered):
        if after < end:
            raise InvalidError(
                "sentence-overlap",
                Where(doc_id=document.doc_id, path="$.sentences"),
                f"sentences must not overlap, but [{start}, {end}) reaches past {after}",
            )
    return [divide(document.text, *span) for span in ordered]


def _tags(sentence_tokens: Sequence[Tokens], spans: Spans, scheme: Scheme) -> list[list[str]]:
    """Return the tags of each sentence."""
    tokens = [token for sentence in sentence_tokens for token in sentence]
    chunks = sorted(_longest_first(tokens, spans))
    tags: list[list[str]] = []
    begin = at = 0
    for sentence in sentence_tokens:
        finish = begin + len(sentence)
        pieces = []
        while at < len(chunks) and chunks[at][0] < finish:
            first, last, label = chunks[at]
            if sentence:
                left, right = max(first, begin), min(last, finish)
                pieces.append((tokens[left][0], tokens[right - 1][1], label))
            if last > finish:
                break  # the rest of it is in the next sentence
            at += 1
        tags.append(encode(sentence, pieces, scheme))
        begin = finish
    return tags


def _longest_first(tokens: Tokens, spans: Spans) -> list[tuple[int, int, str]]:
    """Choose spans that share no token, as half-open ranges of token numbers."""
    starts = [start for start, _ in tokens]
    ends = [end for _, end in tokens]
    ranges = {
        (bisect_right(ends, start), bisect_left(starts, end), label) for start, end, label in spans
    }
    taken = np.zeros(len(tokens), dtype=bool)
    chosen = []
    for first, last, label in sorted(ranges, key=lambda r: (r[0] - r[1], r)):
        if first < last and not taken[first:last].any():
            taken[first:last] = True
            chosen.append((first, last, label))
    return chosen
