"""What a system claims to find, and a task narrowed down to that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

import msgspec

from vinee import ontology
from vinee.corpus.foreign import is_own
from vinee.errors import InvalidError, Where
from vinee.model import Level
from vinee.ontology import Scheme

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vinee import extractors
    from vinee.corpus.views import EntityView, TypedSpan
    from vinee.model import Document


class SystemClaims(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The labels that a system can produce at all, as results store them."""

    entities: tuple[str, ...] = ()
    scheme: Scheme = "fine"
    timexes: bool = False
    events: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ("NAM",)
    chains: bool = False
    event_chains: bool = False
    links: bool = False

    @classmethod
    def of(cls, claims: extractors.Claims) -> SystemClaims:
        """Take over an extractor's claims, labels in ascending order."""
        return cls(
            entities=tuple(sorted(claims.entities)),
            scheme=claims.scheme,
            timexes=claims.timexes,
            events=tuple(sorted(claims.events)),
            roles=tuple(sorted(claims.roles)),
            levels=tuple(level for level in get_args(Level) if level in claims.levels),
            chains=claims.chains,
            event_chains=claims.event_chains,
            links=claims.links,
        )


@dataclass(frozen=True)
class ClaimedView:
    """A view of mentions that keeps the claimed labels only, after nesting was decided on all.

    Attributes:
        view: The task's view.
        labels: The claimed labels.
    """

    view: EntityView
    labels: tuple[str, ...]

    @property
    def identity(self) -> Mapping[str, str]:
        """What the view does, for signatures."""
        scheme = "own" if is_own(self.view.labels_of) else self.view.scheme
        return {**self.view.identity, "labels": f"{scheme}[{','.join(self.labels)}]"}

    def altered(self, **settings: str) -> ClaimedView:
        """Return this view with other settings of the task's view.

        Raises:
            InvalidError: There is no such setting, or the claimed labels are of another scheme.
        """
        view = self.view.altered(**settings)
        if view.scheme != self.view.scheme:
            problem = f"the claimed labels are {self.view.scheme}, so they cannot be {view.scheme}"
            raise InvalidError("view-setting", Where(), problem)
        return ClaimedView(view, self.labels)

    def __call__(self, document: Document) -> list[TypedSpan]:
        """Project a document."""
        return [span for span in self.view(document) if span[2] in self.labels]


def entity_labels(claims: SystemClaims, view: EntityView) -> frozenset[str]:
    """Return the claimed entity labels that a view knows; fine ones are mapped onto coarse ones.

    Coarse labels say nothing about fine ones, so in the fine scheme they claim nothing. Of a
    gold with labels of its own those are claimed that have the same name.
    """
    if is_own(view.labels_of):
        return frozenset(claims.entities) & frozenset(view.labels)
    if claims.scheme == view.scheme:
        return frozenset(claims.entities)
    if view.scheme == "fine":
        return frozenset()
    types = ontology.default().entity
    coarse = (types[name].coarse for name in claims.entities if name in types)
    return frozenset(label for label in coarse if label is not None)


def narrowed(claimed: Iterable[str], known: Iterable[str]) -> tuple[str, ...] | None:
    """Return the claimed ones of the known labels, ascending; None if that is all of them."""
    every = set(known)
    kept = every & set(claimed)
    return None if kept == every else tuple(sorted(kept))
