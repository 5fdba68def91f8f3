"""Every label and choice of the interface, as the ontology has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vinee.errors import InvalidError, Where
from vinee.formats.label_studio import controls

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vinee.ontology import Gloss, Ontology


class Label(NamedTuple):
    """A label or a choice.

    Attributes:
        control: Name of its control, such as ``trigger``.
        value: What is stored: the ontology's own name, such as ``Diplomacy.Visit``.
        vi: Its Vietnamese name.
        definition: What it means, in English.
        examples: How many positive examples the ontology gives.
    """

    control: str
    value: str
    vi: str
    definition: str
    examples: int = 0

    @property
    def group(self) -> str:
        """The first part of an event's type; the whole value where there is one part only."""
        return self.value.partition(".")[0]

    @property
    def short(self) -> str:
        """The value without its group, for a place where the group is shown already."""
        return self.value.partition(".")[2] or self.value

    @property
    def called(self) -> str:
        """What the editor calls it: its value, and a trigger's Vietnamese name, for the filter."""
        return f"{self.value} · {self.vi}" if self.control == controls.TRIGGER else self.value


# These three are no types of the ontology, but what the format needs.
_EXTENT = Label(
    controls.EXTENT,
    controls.EXTENT_LABEL,
    "khoảng mở rộng",
    "The longest noun phrase around a bare span, for the same thing (M10); "
    "tie the mention to it with the relation `extent`.",
)
_SPAN = Label(
    controls.SPAN,
    controls.SPAN_LABEL,
    "đoạn văn bản",
    "A filler of a role that is neither mention nor time, such as Content or Topic (A6).",
)
_TIMEX = Label(
    controls.TIMEX,
    controls.TIMEX_LABEL,
    "chưa rõ loại",
    "A time whose type is still to be decided.",
)


def labels(ontology: Ontology) -> tuple[Label, ...]:
    """List what regions are labelled with: mentions, extent, times, span, triggers.

    Raises:
        InvalidError: The editor cannot hold a name as it is.
    """
    found = (
        *(
            Label(controls.MENTION, each.name, each.vi, each.definition, len(each.positive))
            for each in ontology.entities
        ),
        _EXTENT,
        *_glosses(controls.TIMEX, ontology.timexes),
        _TIMEX,
        _SPAN,
        *(
            Label(controls.TRIGGER, each.name, each.vi, each.definition, len(each.positive))
            for each in ontology.events
        ),
    )
    _check(found, ontology)
    return found


def choices(ontology: Ontology) -> tuple[Label, ...]:
    """List what attributes of a region may be chosen from."""
    glosses = {
        controls.LEVEL: ontology.levels,
        controls.GPE_ROLE: ontology.gpe_roles,
        controls.TIMEX_MOD: ontology.timex_mods,
        controls.POLARITY: ontology.polarities,
        controls.REALIS: ontology.realis,
        controls.MODALITY: ontology.modalities,
    }
    return tuple(each for control, named in glosses.items() for each in _glosses(control, named))


def relations(ontology: Ontology) -> tuple[str, ...]:
    """List the labels of relations as people look for them in a list that cannot be searched.

    First that of extents, then the roles by alphabet, then the same as implicit.
    """
    roles = sorted(ontology.role_labels)
    return (controls.EXTENT_RELATION, *roles, *(role + controls.IMPLICIT for role in roles))


def _glosses(control: str, glosses: Mapping[str, Gloss]) -> Iterator[Label]:
    for name, gloss in glosses.items():
        yield Label(control, name, gloss.vi, gloss.definition)


def _check(found: tuple[Label, ...], ontology: Ontology) -> None:
    for label in (*found, *choices(ontology)):
        name = label.value
        # A dollar makes it a field of the task, and commas part the names in a condition.
        if not name.strip() or name != name.strip() or name.startswith("$") or "," in name:
            raise InvalidError(
                "label-unusable",
                Where(),
                f"the {label.control} {name!r} must be a name that does not begin with a dollar, "
                "and has no comma, nor white space at its ends; rename it in the ontology",
            )
    for role in ontology.role_labels:
        if role == controls.EXTENT_RELATION or role.endswith(controls.IMPLICIT):
            raise InvalidError(
                "label-unusable",
                Where(),
                f"the role {role!r} must be neither {controls.EXTENT_RELATION!r} nor end in "
                f"{controls.IMPLICIT!r}, for relations of these names mean something else; "
                "rename it in the ontology",
            )
