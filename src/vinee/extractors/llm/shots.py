"""Annotated sentences that a model is shown: which ones, and how they are written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from vinee.errors import ExtractorError
from vinee.extractors.base import sentence_spans, text_of
from vinee.extractors.llm import examples

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vinee.extractors.llm.examples import Inside
    from vinee.extractors.llm.settings import Settings
    from vinee.model import Document

LONGEST = 400  # code points of a sentence that is shown


@dataclass(frozen=True)
class Shot:
    """A sentence and the answer that is right for it.

    Attributes:
        text: The sentence.
        answer: JSON of the shape that is asked for.
        labels: What it shows, for choosing.
    """

    text: str
    answer: str
    labels: frozenset[str]


def choose(documents: Sequence[Document], settings: Settings) -> tuple[Shot, ...]:
    """Choose sentences that show as many labels as can be, the rarely shown ones first.

    One is taken after the other: the one whose labels are worth most, where a label that was
    shown n times is worth 2⁻ⁿ; of equals the shortest, then the first. No chance is in it.

    Raises:
        ExtractorError: No document has all the layers that are asked for.
    """
    ready = sorted(
        (each for each in documents if None not in [getattr(each, x) for x in settings.layers]),
        key=lambda document: document.doc_id,
    )
    left = [shot for document in ready for shot in _shots(document, settings)]
    if not left:
        raise ExtractorError(
            f"there are no sentences to show the model; give fit() documents with the layers "
            f"{', '.join(settings.layers)} (got {len(documents)} documents, {len(ready)} of them "
            "with all layers)"
        )
    chosen: list[Shot] = []
    shown: Counter[str] = Counter()
    while left and len(chosen) < settings.shots:
        best = max(left, key=lambda shot: (_worth(shot, shown), -len(shot.text)))
        left.remove(best)
        chosen.append(best)
        shown.update(best.labels)
    return tuple(chosen)


def _worth(shot: Shot, shown: Counter[str]) -> float:
    # Sums of powers of two are exact, in whatever order.
    return sum(2.0 ** -shown[label] for label in shot.labels)


def _shots(document: Document, settings: Settings) -> Iterator[Shot]:
    text = text_of(document)
    for start, end in sentence_spans(document):
        if end - start <= LONGEST and text[start:end].strip():
            yield _shot(document, text, (start, end), settings)


def _shot(document: Document, text: str, sentence: tuple[int, int], settings: Settings) -> Shot:
    found = examples.inside(document, sentence, settings)
    answer = msgspec.json.encode(examples.answer(found, document, text, settings)).decode()
    return Shot(text[slice(*sentence)], answer, _labels(found, settings))


def _labels(found: Inside, settings: Settings) -> frozenset[str]:
    made = {
        "mentions": {f"{each.type} {each.level}" for each in found.mentions},
        "timexes": {f"timex {each.type}" for each in found.timexes},
        "events": {each.type for each in found.events},
    }
    return frozenset().union(*(made[layer] for layer in settings.layers))
