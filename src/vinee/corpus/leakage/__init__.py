"""Leakage: sentences of one corpus that stand, nearly the same, in another or in another split.

Two sentences are compared as sets of pairs of neighbouring syllables, of folded text without
punctuation; a pair of syllables is about a Vietnamese word. On the five articles, two of which
report one announcement, such sets tell best who copied: the sentences taken over from the same
source have a Jaccard similarity of 0.38, 0.41, 0.49 and 0.70, and all others, though full of the
same names and titles, at most 0.23. With single syllables they have 0.59 to 0.77 and the others
up to 0.46, with three 0.25 to 0.63 and up to 0.18. Hence `Thresholds`.

An inverted index of one side, exact and a few lines, needs no package: MinHash would estimate
what is counted here, and would miss some of it.
"""

from vinee.corpus.leakage.index import Index, Kind, Match, Thresholds
from vinee.corpus.leakage.report import Pair, Report, Share, between, within
from vinee.corpus.leakage.sentences import Sentence, read

__all__ = [
    "Index",
    "Kind",
    "Match",
    "Pair",
    "Report",
    "Sentence",
    "Share",
    "Thresholds",
    "between",
    "read",
    "within",
]
