"""How metrics are spelled: ``family(parameter=value,…)``, one way only for each.

A parameter that has its default value is not spelled, and those that are come in the order in
which the family declares them. A parameter without a value, as in ``events.nugget(realis)``, is a
switch that is on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from vinee.errors import InvalidError, UnknownNameError, Where

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

OFF, ON = "off", "on"
_NAME = re.compile(r"([^()=,\s]+)(?:\(([^()]+)\))?")


class Spelled(NamedTuple):
    """The parts of a name."""

    family: str
    parameters: dict[str, str]


@dataclass(frozen=True)
class Parameter:
    """A declared parameter of a family.

    Attributes:
        default: Its value where it is not spelled.
        meaning: One sentence for people.
        values: The values that it takes; empty if `read` decides.
        read: Brings a value into the one form in which it is spelled; raises `ValueError` with
            what was expected if it cannot.
    """

    default: str
    meaning: str
    values: tuple[str, ...] = ()
    read: Callable[[str], str] | None = None


@dataclass(frozen=True)
class Family:
    """A metric with its parameters open.

    Attributes:
        name: Such as ``ner.iou``.
        parameters: Declared parameters, in the order in which they are spelled.
    """

    name: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)

    def spell(self, chosen: Mapping[str, str]) -> str:
        """Return the one name of this family with these parameters."""
        spelled = [
            key if value == ON else f"{key}={value}"
            for key, parameter in self.parameters.items()
            if (value := chosen.get(key, parameter.default)) != parameter.default
        ]
        return self.name + (f"({','.join(spelled)})" if spelled else "")

    def complete(self, given: Mapping[str, str]) -> dict[str, str]:
        """Check given values and add the defaults of the others.

        Raises:
            UnknownNameError: There is no such parameter, or it does not take such a value.
            InvalidError: A value cannot be read.
        """
        if unknown := [key for key in given if key not in self.parameters]:
            raise UnknownNameError(f"parameter of {self.name}", unknown[0], self.parameters)
        return {
            key: self._value(key, parameter, given[key]) if key in given else parameter.default
            for key, parameter in self.parameters.items()
        }

    def _value(self, key: str, parameter: Parameter, value: str) -> str:
        if parameter.read is None:
            if value not in parameter.values:
                kind = f"value of {key} in {self.name}"
                raise UnknownNameError(kind, value, parameter.values)
            return value
        try:
            return parameter.read(value)
        except ValueError as error:
            raise InvalidError(
                "metric-parameter", Where(), f"{key} of {self.name} must be {error} (got {value!r})"
            ) from error


def parse(name: str) -> Spelled:
    """Take a name apart; whether its parts exist is not looked at.

    Raises:
        InvalidError: It is not ``family`` or ``family(parameter=value,…)``, or a parameter is
            spelled twice.
    """
    found = _NAME.fullmatch(name)
    if found is None:
        raise _malformed(name, "write family or family(parameter=value,…), without spaces")
    parameters: dict[str, str] = {}
    for part in (found[2] or "").split(",") if found[2] else ():
        key, equals, value = part.partition("=")
        if not key or (equals and not value) or "=" in value:
            raise _malformed(name, f"{part!r} must be parameter=value, or a switch by itself")
        if key in parameters:
            raise _malformed(name, f"{key} is spelled twice; spell it once")
        parameters[key] = value or ON
    return Spelled(found[1], parameters)


def switch(meaning: str) -> Parameter:
    """Declare a parameter that is off unless it is spelled."""
    return Parameter(OFF, meaning, (OFF, ON))


def _malformed(name: str, problem: str) -> InvalidError:
    return InvalidError("metric-name", Where(), f"metric {name!r}: {problem}")
