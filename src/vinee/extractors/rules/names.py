"""Names of places, organisations, media, products and offices, after these rules.

- A name of the lists is taken as it is written there, or in capitals only; the longest wins.
  A GPE inside a longer name is kept too (`Ngân hàng Nhà nước [Việt Nam]`).
- A common noun of ``heads.txt`` introduces a name: the capitalised run after it
  (`tên lửa [Javelin]`, `hãng tin [Kyodo]`).
- Letters, hyphen, digits make a product (`Su-30`), but for a few that are none (`COVID-19`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vinee.extractors.rules.lexicon import lexicon
from vinee.extractors.rules.tokens import TokenSpan

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vinee.extractors.rules.tokens import Sentence

_NAME_LENGTH = 5
_MODEL_LETTERS = re.compile(r"[A-Z][A-Za-z]{0,4}")
_MODEL_NUMBER = re.compile(r"\d{1,4}[A-Z]{0,3}")
_NO_MODEL = frozenset({"covid", "g", "h", "pm", "cop"})
_NESTED = frozenset({"GPE", "TITLE"})
_HOLDERS = frozenset({"ORG", "EVT", "FAC", "MEDIA"})


def listed(sentence: Sentence) -> list[TokenSpan]:
    """Find the names of the lists, and GPE names inside longer ones."""
    outer = lexicon("places", "names", cased=True).spans(sentence)
    places = lexicon("places", cased=True)
    nested = []
    for span in outer:
        if span.label not in _HOLDERS:
            continue
        for index in range(span.first, span.last):
            match = places.at(sentence, index)
            if match is not None and match[0] <= span.last and match[1].label == "GPE":
                nested.append(TokenSpan(index, match[0], "GPE"))
    return outer + [inner for inner in nested if any(inner.is_inside(span) for span in outer)]


def titles(sentence: Sentence) -> list[TokenSpan]:
    """Find names of offices, without country, honorific, `cựu`, `tân` or `phó`."""
    found = lexicon("titles", cased=False).spans(sentence)
    return [span for span in found if span.label == "TITLE"]


def introduced(sentence: Sentence, known: Sequence[TokenSpan]) -> list[TokenSpan]:
    """Find names that a common noun introduces; ``known`` spans end a name."""
    heads = lexicon("heads", cased=False).spans(sentence)
    names = [TokenSpan(head.last, run(sentence, head.last, known), head.label) for head in heads]
    return [name for name in names if name.first < name.last]


def models(sentence: Sentence) -> list[TokenSpan]:
    """Find model designations such as `Su-30` and `F-16C`."""
    forms = [token.form for token in sentence.tokens]
    joined = [
        first.end == dash.start and dash.end == last.start
        for first, dash, last in zip(
            sentence.tokens, sentence.tokens[1:], sentence.tokens[2:], strict=False
        )
    ]
    return [
        TokenSpan(index, index + 3, "PROD")
        for index, together in enumerate(joined)
        if together
        and forms[index + 1] == "-"
        and _MODEL_LETTERS.fullmatch(forms[index])
        and _MODEL_NUMBER.fullmatch(forms[index + 2])
        and forms[index].lower() not in _NO_MODEL
    ]


def run(sentence: Sentence, start: int, known: Iterable[TokenSpan]) -> int:
    """Give the end of the run of capitalised tokens from ``start`` on, hyphens inside included."""
    limit = min(
        (max(span.first, start) for span in known if span.last > start),
        default=len(sentence.tokens),
    )
    end = start
    while end < limit and sentence.tokens[end].is_capitalised and end - start < _NAME_LENGTH:
        end += 1
        while end + 1 < limit and _is_hyphen(sentence, end):
            end += 2
    return end


def _is_hyphen(sentence: Sentence, index: int) -> bool:
    before, dash, after = sentence.tokens[index - 1 : index + 2]
    return dash.form == "-" and before.end == dash.start and dash.end == after.start


def resolved(candidates: Iterable[Iterable[TokenSpan]]) -> list[TokenSpan]:
    """Keep spans that do not overlap an earlier or longer one, and places and titles inside.

    Args:
        candidates: Groups of spans, the more trusted first; inside a group the longest first.

    Returns:
        Spans in the order of the text, an outer one before what it holds.
    """
    kept: list[TokenSpan] = []
    for group in candidates:
        for span in sorted(group, key=lambda each: (each.first - each.last, each.first)):
            others = [other for other in kept if span.overlaps(other)]
            if all(
                span.is_inside(other) and span.label in _NESTED and other.label in _HOLDERS
                for other in others
            ):
                kept.append(span)
    return sorted(set(kept), key=lambda span: (span.first, -span.last, span.label))
