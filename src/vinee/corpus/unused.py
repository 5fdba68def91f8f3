"""Labels of the ontology that occur in no article: the edition names them, and only them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee import ontology
from vinee.corpus.findings import Finding
from vinee.errors import Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from vinee.model import Document


def unused(documents: Sequence[Document]) -> dict[str, tuple[str, ...]]:
    """Return the labels of each kind that occur nowhere, in the ontology's order."""
    labels = ontology.default()
    mentions = [mention for document in documents for mention in document.mentions or ()]
    times = [timex for document in documents for timex in document.timexes or ()]
    events = [event for document in documents for event in document.events or ()]
    arguments = [argument for event in events for argument in event.arguments]
    return {
        "entities": _without(labels.fine_labels, (m.type for m in mentions)),
        "levels": _without(labels.levels, (m.level for m in mentions)),
        "gpe_roles": _without(labels.gpe_roles, (m.gpe_role for m in mentions)),
        "timexes": _without(labels.timexes, (t.type for t in times)),
        "timex_mods": _without(labels.timex_mods, (t.mod for t in times)),
        "events": _without(labels.event_labels, (e.type for e in events)),
        "polarities": _without(labels.polarities, (e.polarity for e in events)),
        "realis": _without(labels.realis, (e.realis for e in events)),
        "modalities": _without(labels.modalities, (e.modality for e in events)),
        "roles": _without(labels.role_labels, (a.role for a in arguments)),
    }


def findings(
    documents: Sequence[Document], named: Mapping[str, Sequence[str]], file: Path
) -> Iterator[Finding]:
    """``label-unused``: a label that no article uses is named as such in ``edition.yaml``."""
    for kind, labels in unused(documents).items():
        listed = named.get(kind, ())
        for label in sorted({*labels} ^ {*listed}):
            what = "occurs nowhere; name it" if label in labels else "occurs; do not name it"
            message = f"{label!r} {what} under unused.{kind}"
            yield Finding("label-unused", "error", Where(file=str(file)), message)


def _without(labels: Iterable[str], found: Iterable[str | None]) -> tuple[str, ...]:
    present = set(found)
    return tuple(label for label in labels if label not in present)
