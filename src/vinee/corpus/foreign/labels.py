"""The label set of a gold that is not ours: its own, as it uses them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

from vinee import ontology
from vinee.corpus.labelmap.targets import labels_of, nearest
from vinee.corpus.views import EntityView
from vinee.errors import InvalidError, Where
from vinee.ontology import SPAN, TIMEX, EntityType, EventType, Ontology, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vinee.corpus.labelmap import LabelMap
    from vinee.corpus.labelmap.reading import Kind
    from vinee.model import Document

OWN = "own"
_MEANT = "a label of the gold's own; its guidelines define it"


def label_set(documents: Iterable[Document], labels: LabelMap | None = None) -> Ontology:
    """Return our ontology if it has every label of some gold, else the gold's own labels.

    A set of its own has the entity labels, event types and roles that occur, in ascending order,
    and those that the map names as meant (``X=X``). It has no coarse labels. Every role fits
    every event type, and every filler every role, since a gold says nothing of what it does not
    use; levels, polarity and the like are ours, for the model has no others.
    """
    used = counted(documents)
    for rule in () if labels is None else labels.rules:
        if rule.target == rule.source:
            used[rule.kind or "entity"][rule.source] += 0
    known = labels_of(ontology.default())
    if all(label in known[kind] for kind, names in used.items() for label in names):
        return ontology.default()
    return _own({kind: sorted(names) for kind, names in used.items()})


def is_own(labels: Ontology) -> bool:
    """Tell whether labels are a gold's own, from `label_set`."""
    return labels.version == OWN


def counted(documents: Iterable[Document]) -> dict[Kind, Counter[str]]:
    """Count the items of each label, by kind; entities count where no mention has their type."""
    found: dict[Kind, Counter[str]] = {"entity": Counter(), "event": Counter(), "role": Counter()}
    for document in documents:
        found["entity"].update(each.type for each in document.mentions or ())
        for entity in document.entities or ():
            found["entity"][entity.type] += 0
        for event in document.events or ():
            found["event"][event.type] += 1
            found["role"].update(argument.role for argument in event.arguments)
    return found


def described(documents: Sequence[Document], labels: Ontology) -> list[str]:
    """Say which labels a gold's own set has, and which of them ours does not know."""
    if not is_own(labels):
        return []
    known = labels_of(ontology.default())
    nouns: Mapping[Kind, str] = {"entity": "entity labels", "event": "event types", "role": "roles"}
    notes = ["the gold is scored with its own labels, inferred from what it uses"]
    for kind, names in counted(documents).items():
        if names:
            listed = ", ".join(f"{name} ({names[name]})" for name in sorted(names))
            notes.append(f"{len(names)} {nouns[kind]}: {listed}")
    for kind, names in counted(documents).items():
        strange = [name for name in sorted(names) if name not in known[kind]]
        if strange:
            listed = ", ".join(_with_nearest(name, known[kind]) for name in strange)
            notes.append(f"none of ViNEE's {nouns[kind]}: {listed}")
    return notes


def _with_nearest(name: str, known: Iterable[str]) -> str:
    close = nearest(name, known).removesuffix("; ")
    return f"{name} ({close})" if close else name


@dataclass(frozen=True)
class OwnView(EntityView):
    """Mentions with the labels of a gold's own; its identity names every one of them.

    Its ``scheme`` is ``fine``, the labels being mapped onto nothing.
    """

    @property
    def identity(self) -> Mapping[str, str]:
        """What the view does, for signatures."""
        return {**super().identity, "labels": f"{OWN}[{','.join(self.labels)}]"}

    def altered(self, **settings: str) -> EntityView:
        """Return this view with other settings, its labels kept.

        Raises:
            InvalidError: There is no such setting, or it asks for a scheme of ours.
        """
        if settings.get("labels", self.scheme) != self.scheme:
            problem = f"a gold with labels of its own has no {settings['labels']} ones; map them"
            raise InvalidError("view-setting", Where(), problem)
        return super().altered(**settings)


def view_with(view: EntityView, labels: Ontology) -> EntityView:
    """Give a task's view the labels of a gold: the same view for ours, one of its own else."""
    if not is_own(labels):
        return view
    return OwnView("fine", view.nesting, view.levels, view.span, labels)


def with_ours(labels: Ontology) -> Ontology:
    """Add our labels to a gold's own: everything that a map of the gold may lead to."""
    ours = ontology.default()
    if not is_own(labels):
        return ours
    return replace(
        ours,
        entities=(*ours.entities, *(e for e in labels.entities if e.name not in ours.entity)),
        events=(*ours.events, *(e for e in labels.events if e.name not in ours.event)),
        common_roles={**labels.common_roles, **ours.common_roles},
    )


def _own(names: Mapping[Kind, Sequence[str]]) -> Ontology:
    ours = ontology.default()
    fillers = (*names["entity"], TIMEX, SPAN)
    return replace(
        ours,
        version=OWN,
        coarse={},
        filler_groups={},
        common_roles={name: Role(fillers, _MEANT) for name in names["role"]},
        entities=tuple(
            EntityType(name, name, _MEANT, None, tuple(ours.levels), (), (), gpe_role=True)
            for name in names["entity"]
        ),
        events=tuple(EventType(name, name, _MEANT, {}, {}, (), ()) for name in names["event"]),
    )
