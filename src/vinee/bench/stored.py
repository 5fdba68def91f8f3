"""What metrics counted, as results store it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from vinee.metrics.coref.ratios import Ratios
from vinee.metrics.counts import Counts
from vinee.metrics.credits import Credits

if TYPE_CHECKING:
    from vinee.metrics.tally import Tally

# Innermost rows of numbers. A raw line break never stands inside a JSON string, so no text that
# somebody wrote is touched.
_ROW = re.compile(rb'\[((?:\n *(?:\d+|"\d+(?:/\d+)?"),?){3,4})\n *\]')
_BREAK = re.compile(rb"\n *")


class StoredCounts(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag=Counts.kind
):
    """`Counts`; ``table`` has shape ``[units, labels, 3]``: (correct, predicted, gold)."""

    metric: str
    unit: str
    units: list[str]
    labels: list[str]
    table: list[list[tuple[int, int, int]]]

    def load(self) -> Tally:
        """Give the counts back.

        Raises:
            InvalidError: They contradict each other.
        """
        return Counts.from_json(msgspec.to_builtins(self))


class StoredCredits(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag=Credits.kind
):
    """`Credits`; ``cells`` has shape ``[units][labels]``: (credit, predicted, gold)."""

    metric: str
    unit: str
    units: list[str]
    labels: list[str]
    cells: list[list[tuple[str, int, int]]]

    def load(self) -> Tally:
        """Give the credits back.

        Raises:
            InvalidError: They contradict each other.
        """
        return Credits.from_json(msgspec.to_builtins(self))


class StoredRatios(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag=Ratios.kind
):
    """`Ratios`; a cell of ``parts``, shape ``[units][parts]``, has precision's and recall's."""

    metric: str
    measure: str
    units: list[str]
    parts: list[list[tuple[str, int, str, int]]]

    def load(self) -> Tally:
        """Give the ratios back.

        Raises:
            UnknownNameError: There is no such measure.
        """
        return Ratios.from_json(msgspec.to_builtins(self))


StoredTally: TypeAlias = StoredCounts | StoredCredits | StoredRatios


def stored(tally: Tally) -> StoredTally:
    """Write down what a metric counted."""
    return msgspec.convert(tally.to_json(), StoredCounts | StoredCredits | StoredRatios)


def compact(pretty: bytes) -> bytes:
    """Put each innermost row of numbers of indented JSON onto one line."""
    return _ROW.sub(lambda row: b"[" + _BREAK.sub(b" ", row[1]).strip() + b"]", pretty)
