"""What was found: pairs of sentences, and how much of each document they touch."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from vinee.corpus.leakage.index import Index, Kind, Thresholds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vinee.corpus.leakage.index import Match
    from vinee.corpus.leakage.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences that are alike; see `Match` for the kind and the numbers."""

    kind: Kind
    similarity: float
    containment: float
    ours: Sentence
    other: Sentence


@dataclass(frozen=True, slots=True)
class Share:
    """How many sentences of a document (or split) stand, nearly the same, on the other side."""

    document: str
    sentences: int
    duplicated: int

    @property
    def share(self) -> float:
        """Duplicated sentences by all; 0 of a document without any."""
        return self.duplicated / self.sentences if self.sentences else 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """All pairs, the most alike first, and the shares.

    Attributes:
        pairs: Each pair of sentences once.
        thresholds: What was reported at all.
        ours: Every document of the side that was indexed, in ascending order.
        others: Documents of the other side with a duplicate; none if one corpus was compared
            with itself.
        other_total: The whole other side; None if one corpus was compared with itself.
    """

    pairs: tuple[Pair, ...]
    thresholds: Thresholds
    ours: tuple[Share, ...]
    others: tuple[Share, ...] = ()
    other_total: Share | None = None

    @property
    def our_total(self) -> Share:
        """The whole side that was indexed."""
        return _total(self.ours)


def between(
    ours: Iterable[Sentence], others: Iterable[Sentence], thresholds: Thresholds | None = None
) -> Report:
    """Compare two corpora: the first is held in memory, the second is read once.

    Memory grows with ``ours``, with the documents of ``others``, and with what is found.
    """
    index = Index(ours, thresholds)
    sizes: Counter[str] = Counter()
    pairs = []
    for other in others:
        sizes[other.document] += 1
        pairs += [_pair(match, other) for match in index.matches(other.text)]
    found = _shares(sizes, {pair.other for pair in pairs})
    return Report(
        _ordered(pairs),
        index.thresholds,
        _shares(_sizes(index.sentences), {pair.ours for pair in pairs}),
        tuple(share for share in found if share.duplicated),
        _total(found),
    )


def within(sentences: Iterable[Sentence], thresholds: Thresholds | None = None) -> Report:
    """Compare the documents (or splits) of one corpus with each other, not with themselves."""
    index = Index(sentences, thresholds)
    pairs = [
        _pair(match, other)
        for other in index.sentences
        for match in index.matches(other.text)
        if match.sentence.document < other.document
    ]
    touched = {each for pair in pairs for each in (pair.ours, pair.other)}
    return Report(_ordered(pairs), index.thresholds, _shares(_sizes(index.sentences), touched))


def _pair(match: Match, other: Sentence) -> Pair:
    return Pair(match.kind, match.similarity, match.containment, match.sentence, other)


def _ordered(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    kinds = get_args(Kind)
    return tuple(
        sorted(
            pairs,
            key=lambda pair: (
                kinds.index(pair.kind),
                -pair.similarity,
                -pair.containment,
                *(key for each in (pair.ours, pair.other) for key in (each.document, each.number)),
            ),
        )
    )


def _sizes(sentences: Iterable[Sentence]) -> Counter[str]:
    return Counter(sentence.document for sentence in sentences)


def _shares(sizes: Counter[str], touched: Iterable[Sentence]) -> tuple[Share, ...]:
    duplicated = _sizes(touched)
    return tuple(
        Share(document, sizes[document], duplicated[document]) for document in sorted(sizes)
    )


def _total(shares: Iterable[Share]) -> Share:
    listed = tuple(shares)
    return Share(
        "total", sum(each.sentences for each in listed), sum(each.duplicated for each in listed)
    )
