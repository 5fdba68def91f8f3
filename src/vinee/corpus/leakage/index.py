"""The inverted index: which sentences share how much with a given one, exactly."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Literal

from vinee.corpus.leakage.syllables import Syllables, shingles, syllables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vinee.corpus.leakage.sentences import Sentence

Kind = Literal["identical", "near", "contained"]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From when on two sentences are reported; the package's docstring has the measurements.

    Attributes:
        near: Least Jaccard similarity of the sets of syllable pairs.
        contained: Least share of the smaller set that is in the other one: a sentence quoted
            inside a longer one.
        min_syllables: A pair with a shorter sentence is reported only if both are identical:
            titles and names alone make short sentences alike.
    """

    near: float = 0.3
    contained: float = 0.8
    min_syllables: int = 10


@dataclass(frozen=True, slots=True)
class Match:
    """A sentence of the index that is like the one asked for.

    Attributes:
        sentence: The sentence of the index.
        kind: ``identical``: the same syllables in the same order; ``near``: similar enough;
            ``contained``: not that, but one is in the other.
        similarity: Jaccard similarity of the sets of syllable pairs, ``|A ∩ B| / |A ∪ B|``.
        containment: ``|A ∩ B| / min(|A|, |B|)``.
    """

    sentence: Sentence
    kind: Kind
    similarity: float
    containment: float


class Index:
    """An inverted index of sentences by their pairs of syllables."""

    def __init__(self, sentences: Iterable[Sentence], thresholds: Thresholds | None = None) -> None:
        self.thresholds = thresholds or Thresholds()
        self.sentences = tuple(sentences)
        self._whole: dict[Syllables, list[int]] = {}
        self._postings: dict[tuple[str, str], list[int]] = {}
        self._sizes: list[int] = []
        for number, sentence in enumerate(self.sentences):
            sequence = syllables(sentence.text)
            self._whole.setdefault(sequence, []).append(number)
            pairs = self._comparable(sequence)
            self._sizes.append(len(pairs))
            for pair in pairs:
                self._postings.setdefault(pair, []).append(number)

    def matches(self, text: str) -> Iterator[Match]:
        """Find the sentences that are like ``text``, in the order in which they were given."""
        sequence = syllables(text)
        if not sequence:
            return
        identical = frozenset(self._whole.get(sequence, ()))
        pairs = self._comparable(sequence)
        found = (self._postings[pair] for pair in pairs if pair in self._postings)
        shared = Counter(chain.from_iterable(found))
        for number in sorted(identical | shared.keys()):
            sentence = self.sentences[number]
            if number in identical:
                yield Match(sentence, "identical", 1.0, 1.0)
                continue
            both, sizes = shared[number], (len(pairs), self._sizes[number])
            similarity = both / (sum(sizes) - both)
            containment = both / min(sizes)
            if similarity >= self.thresholds.near:
                yield Match(sentence, "near", similarity, containment)
            elif containment >= self.thresholds.contained:
                yield Match(sentence, "contained", similarity, containment)

    def _comparable(self, sequence: Syllables) -> frozenset[tuple[str, str]]:
        if len(sequence) < self.thresholds.min_syllables:
            return frozenset()
        return shingles(sequence)
