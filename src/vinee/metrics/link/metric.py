"""What all metrics of links share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast, get_args

from vinee.metrics.annotated import with_attributes
from vinee.metrics.link.links import Nil, Scored
from vinee.metrics.mentions import VIEW_PARAMETERS
from vinee.metrics.naming import Parameter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vinee.metrics.base import Layer
    from vinee.metrics.link.links import Sides
    from vinee.metrics.naming import Family
    from vinee.model import Document

LEVELS = {
    "levels": Parameter(
        "NAM", "levels of mentions that take part", read=VIEW_PARAMETERS["levels"].read
    )
}
NILS = {
    "nil": Parameter("excluded", "whether mentions without an item are to be found", get_args(Nil))
}


@dataclass(frozen=True, repr=False)
class LinkMetric:
    """A metric of links; which mentions it scores, `vinee.metrics.link.links.Scored` says.

    Attributes:
        levels: Levels of mentions that take part, joined by +.
        nil: Whether ``NIL`` is an answer.

    Raises:
        UnknownNameError: There is no such value.
        InvalidError: The levels cannot be read.
    """

    levels: str = "NAM"
    nil: Nil = "excluded"
    layer: ClassVar[Layer] = "entities"
    family: ClassVar[Family]
    policy: ClassVar[Mapping[str, str]]

    def __post_init__(self) -> None:
        """Refuse values that do not exist, and bring the levels into their one order."""
        complete = self.family.complete(self._chosen)
        object.__setattr__(self, "levels", complete["levels"])

    @classmethod
    def under(cls, parameters: Mapping[str, str]) -> Self:
        """Make the metric with parameters of the family; those not given have their defaults.

        Raises:
            UnknownNameError: There is no such parameter or value.
            InvalidError: The levels cannot be read.
        """
        return cls(**cast("dict[str, Any]", cls.family.complete(parameters)))

    def __repr__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Identity, such as ``link.strong`` or ``link.strong(nil=included)``."""
        return self.family.spell(self._chosen)

    @property
    def _chosen(self) -> dict[str, str]:
        # A family that always leaves NIL out does not declare it.
        undeclared = "nil" not in self.family.parameters and self.nil == NILS["nil"].default
        return {"levels": self.levels, **({} if undeclared else {"nil": self.nil})}

    @property
    def parameters(self) -> dict[str, str]:
        """Every choice that changes the counts."""
        return {
            "unit": "char",
            **self.policy,
            "duplicates": "collapse",
            "unknown": "ignored",
            "levels": self.levels,
            "nil": self.nil,
        }

    def links(self, gold: Document, predicted: Document) -> Sides:
        """Return what is scored of a document."""
        return Scored(self.levels, self.nil).links(gold, predicted)

    @staticmethod
    def annotated(gold: Iterable[Document]) -> list[Document]:
        """Return gold documents, without their entities where nobody looked for any item."""
        return [with_attributes(each, "entities", ("wikidata",)) for each in gold]
