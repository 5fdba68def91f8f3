"""Krippendorff's α over all annotators at once: of attributes, and of the types of syllables.

α needs units that are there whoever annotates. Attributes have them: the items that two
annotators or more gave. Spans have none: what nobody marked was not counted, and no number says
how often annotators agreed that there is nothing. So spans have F1 alone. Syllables are units of
the text itself; α over them answers another question than F1, since a long name weighs more
than a short one, and most syllables are of no name.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal

from vinee import text as segment
from vinee.bench.agreement.layers import TITLE
from vinee.bench.agreement.shape import Reliability
from vinee.metrics.krippendorff import Alpha, alpha

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vinee.bench.agreement.attributes import Values
    from vinee.metrics.attributes import Key, Value
    from vinee.model import Document

Which = Literal["outermost", "innermost"]
_NONE = "O"


def of_values(given: Sequence[Values]) -> Reliability:
    """Compute α of an attribute from the values that each annotator gave.

    A unit is an item, known by what `vinee.metrics.attributes.confusion` compares it by; whoever
    did not give it gave no value. Unset is a value of its own. Whoever gave one item twice, with
    two values, gave one value that is both.
    """
    units: defaultdict[tuple[str, Key], list[frozenset[Value]]] = defaultdict(list)
    for annotator in given:
        for doc_id, items in annotator.items():
            for key, value in items.items():
                units[doc_id, key].append(value)
    return _told(alpha(units.values()))


def of_syllables(passes: Mapping[str, Sequence[Document]], which: Which) -> Reliability:
    """Compute α of the types of names over syllables.

    A unit is a syllable of an article that two annotators or more did. Its value is the type of
    the outermost name that it shares a code point with, or of the innermost one, or ``O`` where
    there is none. Names are mentions of level NAM by their bare span, without titles. Of names
    that cross, the longer one is the outer one, and of equally long ones the first.
    """
    articles: defaultdict[str, list[Document]] = defaultdict(list)
    for documents in passes.values():
        for document in documents:
            if document.mentions is not None and document.text is not None:
                articles[document.doc_id].append(document)
    return _told(alpha(unit for each in articles.values() for unit in _units(each, which)))


def _units(documents: Sequence[Document], which: Which) -> Iterator[tuple[str, ...]]:
    if len(documents) > 1:
        spans = segment.syllables(documents[0].text or "")
        yield from zip(*(_types(document, spans, which) for document in documents), strict=True)


def _types(document: Document, spans: Sequence[tuple[int, int]], which: Which) -> list[str]:
    at = [_NONE] * len(document.text or "")
    names = [m for m in document.mentions or () if m.level == "NAM" and m.type != TITLE]
    # What is written last stays.
    names.sort(key=lambda m: (m.end - m.start, -m.start, m.type), reverse=which == "innermost")
    for name in names:
        at[name.start : name.end] = [name.type] * (name.end - name.start)
    return [next((t for t in at[start:end] if t != _NONE), _NONE) for start, end in spans]


def _told(found: Alpha) -> Reliability:
    value = None if found.value is None else float(found.value)
    return Reliability(value, found.units, found.values)
