"""What all metrics of mentions share: a view, and parameters that change it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Self, get_args

from vinee.metrics.naming import Parameter
from vinee.model import Level

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vinee.metrics.base import Layer, SpanView
    from vinee.metrics.naming import Family

AS_THE_TASK = "task"
_LEVELS = get_args(Level)


def _read_levels(value: str) -> str:
    given = value.split("+")
    if set(given) - set(_LEVELS) or len(given) != len(set(given)):
        raise ValueError(f"some of {', '.join(_LEVELS)}, joined by +")
    return "+".join(level for level in _LEVELS if level in given)


VIEW_PARAMETERS: Mapping[str, Parameter] = {
    "levels": Parameter(
        AS_THE_TASK, "levels of mentions that take part, such as NAM+NOM", read=_read_levels
    ),
    "span": Parameter(
        AS_THE_TASK, "the bare span of a mention, or its extent", ("bare", "extent", AS_THE_TASK)
    ),
    "nesting": Parameter(
        AS_THE_TASK, "all mentions, or the outermost ones only", ("all", "outer", AS_THE_TASK)
    ),
    "labels": Parameter(
        AS_THE_TASK, "fine types, or their coarse counterparts", ("fine", "coarse", AS_THE_TASK)
    ),
}
"""Parameters of every metric of mentions; by default the view of the task decides."""


@dataclass(frozen=True, repr=False)
class MentionMetric:
    """A metric of mentions.

    Attributes:
        view: Projects a document's mentions onto typed spans, as the task says.
        altered: Parameters that are not the task's, (name, value) each, already in the view.
    """

    view: SpanView
    altered: tuple[tuple[str, str], ...] = ()
    family: ClassVar[Family]
    layer: ClassVar[Layer] = "mentions"

    @classmethod
    def under(cls, view: SpanView, parameters: Mapping[str, str]) -> Self:
        """Make the metric for a task's view with parameters, all of the family's, of its own.

        Raises:
            InvalidError: The view cannot be altered so.
        """
        altered = {
            key: value
            for key, value in parameters.items()
            if key in VIEW_PARAMETERS and value != AS_THE_TASK
        }
        seen = view.altered(**altered) if altered else view
        others = {key: value for key, value in parameters.items() if key not in VIEW_PARAMETERS}
        return cls(seen, tuple(altered.items()), **cls.arguments(others))

    @classmethod
    def arguments(cls, parameters: Mapping[str, str]) -> dict[str, object]:
        """Turn parameters of the family, other than the view's, into fields of the class."""
        return dict(parameters)

    def __repr__(self) -> str:
        return self.name

    @property
    def chosen(self) -> dict[str, str]:
        """Values of the parameters that are not the view's."""
        return {}

    @property
    def name(self) -> str:
        """Identity, such as ``ner.strict`` or ``ner.strict(levels=NAM+NOM)``."""
        return self.family.spell({**self.chosen, **dict(self.altered)})
