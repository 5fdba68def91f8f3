"""Rows of whole numbers as single numbers, so that sorting and comparing rows is quick."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Numbers: TypeAlias = npt.NDArray[np.int64]

_BITS = 63  # of an int64, without the sign


class _Field(NamedTuple):
    """A field of a key: its lowest bits, above which is what was packed before.

    Attributes:
        bits: How many.
        least: The value that is packed as 0.
        ranked: If the fields before had become too long: their packed values, ascending, of
            which the bits above are the number.
    """

    bits: int
    least: int
    ranked: Numbers | None


class Packed:
    """Keys of the rows of two tables, which are in the order of the rows, and equal if those are.

    Nothing is hashed: a field has as many bits as its values need, and where a row would need
    more than 63, the fields that are packed by then are replaced by their rank among those that
    occur.

    Attributes:
        gold: Keys of the rows of the first table.
        predicted: Keys of the rows of the second table.
    """

    def __init__(self, columns: Sequence[tuple[Numbers, Numbers]]) -> None:
        """Pack columns, of which the first orders first.

        Args:
            columns: Each of both tables; those of one table have one length. The values of a
                column lie within 32 bits of each other, and there are fewer than 2^31 rows.
        """
        self._fields: list[_Field] = []
        keys = np.zeros(len(columns[0][0]) + len(columns[0][1]), dtype=np.int64)
        used = 0
        for pair in columns:
            values = np.concatenate(pair)
            least = int(values.min(initial=0))
            bits = int(values.max(initial=0) - least).bit_length()
            ranked = None
            if used + bits > _BITS:
                ranked, keys = np.unique(keys, return_inverse=True)
                used = max(len(ranked) - 1, 0).bit_length()
            keys <<= bits
            keys |= values - least if least else values
            used += bits
            self._fields.append(_Field(bits, least, ranked))
        middle = len(columns[0][0])
        self.gold, self.predicted = keys[:middle], keys[middle:]

    def first(self, keys: Numbers, number: int, among: int | None = None) -> Numbers:
        """Return keys of only the first fields; they may be equal, and stay in order.

        Args:
            keys: Of this packing.
            number: How many fields to keep.
            among: How many the keys have, if not all.
        """
        shift = 0
        for field in reversed(self._fields[number:among]):
            shift += field.bits
            if field.ranked is not None:
                keys, shift = field.ranked[keys >> shift], 0
        return keys >> shift

    def field(self, keys: Numbers, number: int, among: int | None = None) -> Numbers:
        """Return the values of a field.

        Args:
            keys: Of this packing.
            number: Of the field.
            among: How many fields the keys have, if not all.
        """
        mask = (1 << self._fields[number].bits) - 1
        values: Numbers = self.first(keys, number + 1, among) & mask
        return values + self._fields[number].least
