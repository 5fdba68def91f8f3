"""The tasks: which layer is scored, through which view, by which metrics."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

import msgspec
import yaml

from vinee import resources
from vinee.bench.claims import ClaimedView, SystemClaims, entity_labels, narrowed
from vinee.corpus.foreign import is_own, view_with
from vinee.corpus.views import EntityView
from vinee.errors import InvalidError, SchemaError, UnknownNameError, Where
from vinee.metrics import registry
from vinee.metrics.base import Layer
from vinee.model import Level
from vinee.ontology import Scheme, default

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vinee.metrics.base import Metric, SpanView
    from vinee.ontology import Ontology

_TAGS = "tags."
_ARGUMENTS = "events.A"


class ViewSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a document's mentions become typed spans; see `EntityView`."""

    scheme: Scheme
    nesting: Literal["all", "outer"]
    levels: tuple[Level, ...]
    span: Literal["bare", "extent"]


class Definition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A task as ``benchmark/tasks.yaml`` writes it, without its name."""

    description: str
    layer: Layer
    metrics: tuple[str, ...]
    headline: str
    view: ViewSettings | None = None


class Task(msgspec.Struct, frozen=True):
    """A task.

    Attributes:
        name: What the command line calls it.
        definition: What the file says of it.
    """

    name: str
    definition: Definition

    @property
    def description(self) -> str:
        """One sentence on what a system has to do."""
        return self.definition.description

    @property
    def layer(self) -> Layer:
        """The layer that gold must have for a document to be scored."""
        return self.definition.layer

    @property
    def headline(self) -> str:
        """Name of the metric that systems are ranked by."""
        return self.definition.headline

    @property
    def scheme(self) -> Scheme | None:
        """The set of entity labels; None if the task is not about mentions."""
        return None if self.definition.view is None else self.definition.view.scheme

    def metrics(
        self, claims: SystemClaims | None = None, labels: Ontology | None = None
    ) -> tuple[Metric, ...]:
        """Build the metrics, in the order of the file.

        Args:
            claims: Score only these labels, in gold and predicted alike. Where no role is
                claimed, argument metrics are left out.
            labels: The labels of the gold; ours if not given.
        """
        known = labels or default()
        return tuple(
            self._metric(name, claims, known)
            for name in self.definition.metrics
            if claims is None or claims.roles or not name.startswith(_ARGUMENTS)
        )

    def with_metrics(self, names: Sequence[str]) -> Task:
        """Return this task with these metrics instead of its own.

        The first is the headline, if the task's own is not among them.

        Raises:
            UnknownNameError: There is no metric of some name.
            InvalidError: A name is malformed, or a metric scores another layer than the task.
        """
        chosen = tuple(dict.fromkeys(map(registry.canonical, names)))
        headline = self.headline if self.headline in chosen else chosen[0]
        definition = msgspec.structs.replace(self.definition, metrics=chosen, headline=headline)
        task = Task(self.name, definition)
        for metric in task.metrics():
            if metric.layer != self.layer:
                raise InvalidError(
                    "task-metric",
                    Where(),
                    f"{metric.name} scores {metric.layer}, and task {self.name} {self.layer}; "
                    "choose a task of that layer",
                )
        return task

    def view(self, labels: Ontology | None = None) -> EntityView | None:
        """Return the view of mentions; None if the task is not about mentions.

        Args:
            labels: The labels of the gold; ours if not given.
        """
        settings = self.definition.view
        if settings is None:
            return None
        view = EntityView(settings.scheme, settings.nesting, settings.levels, settings.span)
        return view if labels is None else view_with(view, labels)

    def _metric(self, name: str, claims: SystemClaims | None, labels: Ontology) -> Metric:
        # A gold's own labels are part of what its scores mean, so that they are all named.
        types = tuple(labels.event_labels) if is_own(labels) else None
        roles = tuple(labels.role_labels) if is_own(labels) else None
        if claims is not None:
            some = narrowed(claims.events, labels.event_labels)
            types = types if some is None else some
            if name.startswith(_ARGUMENTS):
                some = narrowed(claims.roles, labels.role_labels)
                roles = roles if some is None else some
        view = self._view_for(name, claims, labels)
        return registry.metric(name, view=view, types=types, roles=roles)

    def _view_for(
        self, metric: str, claims: SystemClaims | None, labels: Ontology
    ) -> SpanView | None:
        view = self.view(labels)
        if view is None:
            return None
        if metric.startswith(_TAGS):
            view = view.altered(nesting="outer")
        if claims is None:
            return view
        claimed = narrowed(entity_labels(claims, view), view.labels)
        return view if claimed is None else ClaimedView(view, claimed)


def read(path: Path) -> dict[str, Task]:
    """Read tasks by name.

    Raises:
        SchemaError: The file does not have the shape of a table of tasks.
        InvalidError: A headline is not among its metrics, or mentions are scored without a view.
        UnknownNameError: There is no metric of some name.
    """
    try:
        found = msgspec.convert(yaml.safe_load(path.read_bytes()), dict[str, Definition])
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise SchemaError("tasks-schema", Where(file=str(path)), str(error)) from error
    tasks = {name: Task(name, definition) for name, definition in found.items()}
    for task in tasks.values():
        if task.headline not in task.definition.metrics:
            raise InvalidError(
                "task-headline",
                Where(file=str(path), path=f"$.{task.name}.headline"),
                f"{task.headline!r} must be one of the task's metrics",
            )
        task.metrics()
    return tasks


@cache
def _installed() -> dict[str, Task]:
    return read(resources.root() / "benchmark" / "tasks.yaml")


def known() -> tuple[Task, ...]:
    """Return the tasks of this installation, in the order of the file."""
    return tuple(_installed().values())


def get(name: str) -> Task:
    """Return the task of that name.

    Raises:
        UnknownNameError: There is none; the message lists those that exist.
    """
    if name not in tuple(_installed()):  # a tuple, which takes what cannot be hashed too
        raise UnknownNameError("task", name, _installed())
    return _installed()[name]


def chosen(names: Sequence[str] | None) -> tuple[Task, ...]:
    """Return the tasks of these names, each once, in the order of their first mention.

    Args:
        names: Names of tasks; None or none at all chooses every task.

    Raises:
        UnknownNameError: There is no task of some name.
    """
    return tuple(get(name) for name in dict.fromkeys(names)) if names else known()
