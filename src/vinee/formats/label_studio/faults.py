"""What is wrong with the items of an annotation: all of it, so that a reader may stop or go on."""

from __future__ import annotations

from dataclasses import dataclass, field

from vinee.errors import InputError, InvalidError, SchemaError, Where


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong.

    Attributes:
        code: Stable name of the kind of fault, such as ``span-outside``.
        region: Id of the region that it is about, if that has one.
        problem: What was found, what was expected, and what to do.
    """

    code: str
    region: str | None
    problem: str

    def error(self, where: Where) -> InputError:
        """Make an exception of it."""
        kind = SchemaError if self.code == "schema" else InvalidError
        return kind(self.code, where, self.problem)


@dataclass
class Faults:
    """Faults in the order in which they were found.

    Attributes:
        found: All of them.
        refused: Ids of regions that are not read, of which nothing more need be said.
    """

    found: list[Fault] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)

    def add(self, code: str, region: str | None, problem: str) -> None:
        """Note a fault; ``problem`` goes on from the region's id."""
        self.found.append(Fault(code, region, f"region {region!r} {problem}"))

    def refuse(self, code: str, region: str | None, problem: str) -> None:
        """Note a fault for which the region cannot be read."""
        self.add(code, region, problem)
        if region is not None:
            self.refused.add(region)

    def raise_first(self, where: Where) -> None:
        """Raise the first fault, if there is one.

        Raises:
            SchemaError: A value has not the shape that its control gives it.
            InvalidError: Anything else.
        """
        if self.found:
            raise self.found[0].error(where)
