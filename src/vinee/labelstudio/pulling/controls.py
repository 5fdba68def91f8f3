"""The controls of a project: which layers people annotate there, and what is not read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vinee.formats.label_studio import controls

if TYPE_CHECKING:
    from vinee.formats.label_studio.shapes import Layer
    from vinee.labelstudio.connection import Connection
    from vinee.labelstudio.patience import Patience
    from vinee.labelstudio.projects import Project

_LAYERS: dict[Layer, str] = {
    "mentions": controls.MENTION,
    "entities": controls.ENTITY,
    "timexes": controls.TIMEX,
    "events": controls.TRIGGER,
    "chains": controls.CHAIN,
}


@dataclass(frozen=True)
class Controls:
    """What annotators of a project can do.

    Attributes:
        layers: The layers that they annotate, be it that they find nothing.
        others: Names of controls that are not read, such as a comment.
    """

    layers: tuple[Layer, ...]
    others: frozenset[str]

    @classmethod
    def of(cls, connection: Connection, project: Project, patience: Patience) -> Controls:
        """Ask the server for the controls of a project."""
        whole: Any = patience.ask(
            connection, "show the project", lambda: connection.sdk.projects.get(project.id)
        )
        parsed = whole.parsed_label_config
        names = set(parsed) if isinstance(parsed, dict) else set()
        layers = tuple(layer for layer, control in _LAYERS.items() if control in names)
        return cls(layers, frozenset(names - controls.LABELS - controls.ATTRIBUTES.keys()))
