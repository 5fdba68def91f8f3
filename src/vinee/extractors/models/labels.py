"""A model's labels under the ontology's names: what is given, and what needs no guessing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vinee import ontology
from vinee.errors import ExtractorError, printable
from vinee.extractors.base import Claims

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vinee.ontology import Ontology, Scheme

# Names that mean the same wherever they are used. TITLE, for one, is an office here and the name
# of a book elsewhere, so it is not among them.
_MEANT = {
    "PER": ("per", "pers", "person"),
    "ORG": ("org", "organization", "organisation"),
    "LOC": ("loc", "location"),
    "GPE": ("gpe",),
    "FAC": ("fac", "facility"),
    "PROD": ("prod", "product"),
    "EVT": ("evt", "event"),
    "MISC": ("misc", "miscellaneous"),
}
_GUESSES = {name: label for label, names in _MEANT.items() for name in names}


@dataclass(frozen=True, slots=True)
class LabelTable:
    """Which of a model's labels become which of the ontology's.

    Attributes:
        targets: The ontology's label for each that is mapped; the others are dropped.
        dropped: The model's labels that become none, ascending.
        scheme: The label set that all targets are of: coarse where they are all coarse.
    """

    targets: Mapping[str, str]
    dropped: tuple[str, ...]
    scheme: Scheme

    @property
    def claims(self) -> Claims:
        """Say what a system with these labels can produce: names of the targets' types."""
        found = set(self.targets.values())
        known = ontology.default().labels(self.scheme)
        return Claims(tuple(label for label in known if label in found), self.scheme)


def table(known: Iterable[str], given: Mapping[str, str | None], system: str) -> LabelTable:
    """Decide what each label of a model becomes.

    A pair that is given decides; without one, a label whose name is unambiguous (``PERSON``,
    ``Location``, ``org``) becomes the ontology's. ``MISC`` has no place beside fine labels, so
    that a guessed one is dropped where others are fine.

    Args:
        known: The model's labels.
        given: The ontology's label, or None to drop it, for a label of the model's.
        system: What to call the system in errors.

    Raises:
        ExtractorError: A pair names a label that the model or the ontology does not have, or the
            targets are of two schemes, or there is none.
    """
    labels = sorted(set(known))
    unknown = sorted(given.keys() - set(labels))
    if unknown:
        raise ExtractorError(
            f"{system}: the model has no label {_listed(unknown)}; it has {_listed(labels)}"
        )
    targets = {
        label: given[label] if label in given else _GUESSES.get(label.casefold())
        for label in labels
    }
    mapped = {label: target for label, target in targets.items() if target is not None}
    ours = ontology.default()
    chosen = {target for label, target in mapped.items() if label in given}
    if not set(mapped.values()) <= set(ours.coarse_labels) and "MISC" not in chosen:
        mapped = {label: target for label, target in mapped.items() if target != "MISC"}
    if not mapped:
        raise ExtractorError(
            f"{system}: none of its labels is known to mean one of the ontology's (it has "
            f"{_listed(labels) or 'none'}); say what they mean with labels={{'THEIRS': 'PER'}}"
        )
    dropped = tuple(label for label in labels if label not in mapped)
    return LabelTable(mapped, dropped, _scheme(mapped, ours, system))


def _scheme(mapped: Mapping[str, str], ours: Ontology, system: str) -> Scheme:
    found = set(mapped.values())
    both = dict.fromkeys((*ours.fine_labels, *ours.coarse_labels))
    if not found <= both.keys():
        raise ExtractorError(
            f"{system}: {_listed(sorted(found - both.keys()))} in labels= is no label of the "
            f"ontology; it has {_listed(both)}"
        )
    if found <= set(ours.coarse_labels):
        return "coarse"
    if found <= set(ours.fine_labels):
        return "fine"
    raise ExtractorError(
        f"{system}: labels= maps onto {_listed(sorted(found))}, which are of two label sets; map "
        f"onto {_listed(ours.coarse_labels)} only, or onto {_listed(ours.fine_labels)}"
    )


def _listed(names: Iterable[str]) -> str:
    return printable(", ".join(map(repr, names)))
