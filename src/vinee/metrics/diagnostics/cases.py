"""What became of each item: gold and predicted items in pairs, and each alone that is left."""

from __future__ import annotations

from collections import defaultdict
from operator import itemgetter
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, get_args

from vinee.metrics.base import pair
from vinee.metrics.matching import heaviest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vinee.metrics.diagnostics.kinds import Found, Frame, Kind
    from vinee.model import Document

    Key: TypeAlias = tuple[int, int, str]

Outcome: TypeAlias = Literal["correct", "type", "boundary", "both", "missed", "spurious"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


class Case(NamedTuple):
    """A gold item with the predicted one that it was paired with, or either alone.

    Attributes:
        doc_id: The document.
        outcome: ``correct``; ``type``: the span is right, the label is not; ``boundary``: the
            label is right and the spans overlap; ``both``: the spans overlap and the label is
            wrong; ``missed``: gold alone; ``spurious``: predicted alone.
        gold: The gold item; None if spurious.
        predicted: The predicted item; None if missed.
    """

    doc_id: str
    outcome: Outcome
    gold: Found | None
    predicted: Found | None


class Compared(NamedTuple):
    """A document with what became of its items.

    Attributes:
        gold: The gold document.
        predicted: The predicted document.
        cases: In order of the text; each item of both sides is in exactly one.
    """

    gold: Document
    predicted: Document
    cases: tuple[Case, ...]


def compared(
    kind: Kind, gold: Sequence[Document], predicted: Sequence[Document]
) -> tuple[Compared, ...]:
    """Compare the items of a kind in each document, in ascending order of ``doc_id``.

    Pairs are one-to-one, and depend neither on the order of items nor on which side is which:
    equal items are pairs; of the others as many as can be whose spans are equal; then as many as
    can be that overlap, of which choices that is taken which has the most equal labels, and then
    the least distance of boundaries. Items of different frames are never a pair.

    Args:
        kind: Finds the items.
        gold: Gold documents; those without the layer are left out.
        predicted: Predicted documents, paired with gold as `vinee.metrics.base.pair` says.

    Raises:
        InvalidError: The documents cannot be paired, or one contradicts itself.
    """
    return tuple(
        Compared(
            reference,
            prediction,
            tuple(cases(reference.doc_id, kind.items(reference), kind.items(prediction))),
        )
        for reference, prediction in pair(kind.annotated(gold), predicted, kind.layer)
    )


def cases(doc_id: str, gold: Iterable[Found], predicted: Iterable[Found]) -> list[Case]:
    """Pair the items of a document, each different from all others of its side."""
    wanted, given = _by_frame(gold), _by_frame(predicted)
    found = [
        (key, frame, case)
        for frame in {**wanted, **given}
        for key, case in _of_frame(doc_id, wanted.get(frame, {}), given.get(frame, {}))
    ]
    # No gold item alone is equal to a predicted one alone, so that key and frame are an order.
    return [case for _, _, case in sorted(found, key=itemgetter(0, 1))]


def _by_frame(items: Iterable[Found]) -> dict[Frame, dict[Key, Found]]:
    found: defaultdict[Frame, dict[Key, Found]] = defaultdict(dict)
    for item in items:
        found[item.frame][item.start, item.end, item.label] = item
    return found


def _of_frame(
    doc_id: str, gold: dict[Key, Found], predicted: dict[Key, Found]
) -> Iterator[tuple[Key, Case]]:
    wanted, given = gold.keys() - predicted.keys(), predicted.keys() - gold.keys()
    # One pair with equal spans weighs more than all that could overlap instead.
    equal = 1 + min(len(wanted), len(given))
    pairs = heaviest(wanted, given, lambda one, other: equal if one[:2] == other[:2] else 1)
    pairs += [(key, key) for key in gold.keys() & predicted.keys()]
    for one, other in pairs:
        yield one, Case(doc_id, _outcome(one, other), gold[one], predicted[other])
    for key in wanted - {one for one, _ in pairs}:
        yield key, Case(doc_id, "missed", gold[key], None)
    for key in given - {other for _, other in pairs}:
        yield key, Case(doc_id, "spurious", None, predicted[key])


def _outcome(gold: Key, predicted: Key) -> Outcome:
    if gold[:2] == predicted[:2]:
        return "correct" if gold[2] == predicted[2] else "type"
    return "boundary" if gold[2] == predicted[2] else "both"
