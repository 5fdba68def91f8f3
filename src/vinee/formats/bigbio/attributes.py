"""The column of attributes, by what they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import UNSET, UnsetType

from vinee.errors import InvalidError
from vinee.formats.bigbio import names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vinee.errors import Where
    from vinee.formats.bigbio.shapes import Attribute


class Attributes:
    """Values of attributes; those that have a type are checked when they are asked for."""

    def __init__(self, attributes: Iterable[Attribute], where: Where) -> None:
        self.where = where
        self.values: dict[tuple[str, str], list[str]] = {}
        for attribute in attributes:
            key = (attribute.ref_id, attribute.name)
            self.values.setdefault(key, []).append(attribute.value)

    def all(self, ref: str, name: str) -> list[str]:
        """Give all values of an attribute, in order."""
        return self.values.get((ref, name), [])

    def one(self, ref: str, name: str) -> str | None:
        """Give the value of an attribute that is given once at most."""
        return next(iter(self.all(ref, name)), None)

    def value(self, kind: Any, ref: str, name: str) -> Any:  # noqa: ANN401 - a value of `kind`
        """Give a value that must be of a kind."""
        value = self.one(ref, name)
        return None if value is None else self.convert(kind, name, value)

    def score(self, ref: str) -> float | UnsetType:
        """Give a system's confidence."""
        value = self.one(ref, names.SCORE)
        return UNSET if value is None else float(self.convert(float, names.SCORE, value))

    def json(self, ref: str, name: str) -> dict[str, Any] | None:
        """Give a value that is a JSON object."""
        value = self.one(ref, name)
        if value is None:
            return None
        try:
            return msgspec.json.decode(value, type=dict[str, Any])
        except msgspec.DecodeError as error:
            raise self._error(name, value, error) from error

    def convert(self, kind: Any, name: str, value: str | list[str]) -> Any:  # noqa: ANN401 - a value of `kind`
        """Read a string as a value of a kind."""
        try:
            return msgspec.convert(value, kind, strict=False)
        except msgspec.ValidationError as error:
            raise self._error(name, value, error) from error

    def _error(self, name: str, value: object, error: Exception) -> InvalidError:
        problem = f"the attribute {name!r} has the value {value!r}: {error}; correct it"
        return InvalidError("attribute-value", self.where, problem)
