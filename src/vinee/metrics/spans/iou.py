"""Mentions that share enough of their characters."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar

from vinee.errors import InvalidError, Where
from vinee.metrics.matching import heaviest
from vinee.metrics.mentions import VIEW_PARAMETERS
from vinee.metrics.naming import Family, Parameter
from vinee.metrics.spans.metric import CountedPairs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vinee.metrics.spans.counting import Spanned, SpannedPair

_HALF = Fraction(1, 2)
_EXPECTED = "a number above 0 and at most 1, such as 1/2 or 0.75"


def _read(value: str) -> str:
    try:
        threshold = Fraction(value)
    except (ValueError, ZeroDivisionError) as error:
        raise ValueError(_EXPECTED) from error
    if not 0 < threshold <= 1:
        raise ValueError(_EXPECTED)
    return str(threshold)


@dataclass(frozen=True, repr=False)
class NerIou(CountedPairs):
    """A predicted mention is correct when it is paired with a gold one that it mostly covers.

    Both must have the same label, and the code points that they share must be at least
    ``threshold`` of those that either has: their intersection over their union. The comparison
    is exact. Mentions are paired one-to-one, as many as can be. With a threshold of 1 this is
    `vinee.metrics.ner.NerStrict`. Mentions are sets: one that equals another in span and label
    counts once, on either side.

    Source: the measure is that of Jaccard 1901 on the characters of spans; the threshold of 1/2
    is the custom of object detection (Everingham et al. 2010, "The PASCAL Visual Object Classes
    (VOC) Challenge").

    Attributes:
        view: Projects a document's mentions onto typed spans.
        threshold: Least intersection over union of a pair.

    Raises:
        InvalidError: The threshold is not above 0 and at most 1.
    """

    threshold: Fraction = _HALF
    family: ClassVar[Family] = Family(
        "ner.iou",
        {
            "threshold": Parameter(
                str(_HALF), "least intersection over union of a pair, such as 3/4", read=_read
            ),
            **VIEW_PARAMETERS,
        },
    )
    labelled = True
    match = "iou"

    def __post_init__(self) -> None:
        """Refuse a threshold that nothing, or everything, would reach."""
        if not 0 < self.threshold <= 1:
            problem = f"threshold of ner.iou must be {_EXPECTED} (got {self.threshold})"
            raise InvalidError("metric-parameter", Where(), problem)

    @classmethod
    def arguments(cls, parameters: Mapping[str, str]) -> dict[str, object]:
        """Turn the spelled threshold into a number."""
        return {"threshold": Fraction(parameters["threshold"])}

    @property
    def chosen(self) -> dict[str, str]:
        """Values of the parameters that are not the view's."""
        return {"threshold": str(self.threshold)}

    def choose(self, gold: Iterable[Spanned], predicted: Iterable[Spanned]) -> list[SpannedPair]:
        """Pair mentions of one label that share enough; rather those of equal boundaries."""
        return heaviest(gold, predicted, self._reached)

    def _reached(self, one: Spanned, other: Spanned) -> int:
        if one.label != other.label:
            return 0
        if one[:2] == other[:2]:
            return 1
        shared = min(one.end, other.end) - max(one.start, other.start)
        either = max(one.end, other.end) - min(one.start, other.start)
        return int(shared * self.threshold.denominator >= either * self.threshold.numerator)
