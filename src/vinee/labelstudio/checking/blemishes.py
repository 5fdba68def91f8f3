"""What JSON cannot hold, found fast where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee.formats import diagnosis

if TYPE_CHECKING:
    from vinee.errors import InputError, Where


def blemish_of(value: object, where: Where) -> InputError | None:
    """Find the first thing that cannot be written as JSON and read back the same."""
    return None if is_json(value) else diagnosis.find_blemish(value, where, where.path or "$")


def is_json(value: object) -> bool:
    """Tell at once whether a value can be written and read back, as most can.

    What is nested too deep to be written is not JSON to us either.
    """
    return diagnosis.written_back(value) is not None
