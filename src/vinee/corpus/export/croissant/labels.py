"""The labels that numbers stand for: one record set for each set of labels, written out whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from vinee import ontology
from vinee.corpus.export import features
from vinee.model import SectionKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Node = dict[str, Any]


class LabelSet(NamedTuple):
    """The name of a record set of labels, what they are, and the definitions that there are."""

    name: str
    what: str
    definitions: Mapping[str, str] = {}


def label_sets() -> dict[tuple[str, ...], LabelSet]:
    """Give every set of labels that a column of the dataset uses."""
    labels = ontology.default()
    times = {name: gloss.definition for name, gloss in labels.timexes.items()}
    entities = {entity.name: entity.definition for entity in labels.entities}
    events = {event.name: event.definition for event in labels.events}
    return {
        get_args(SectionKind): LabelSet("sections", "parts of an article's layout"),
        features.ner_tags("coarse"): LabelSet("coarse_tags", "IOB2 tags of coarse types"),
        features.ner_tags("fine"): LabelSet("fine_tags", "IOB2 tags of fine types"),
        labels.coarse_labels: LabelSet("coarse_types", "coarse entity types", labels.coarse),
        labels.fine_labels: LabelSet("fine_types", "fine entity types", entities),
        tuple(times): LabelSet("timex_types", "types of time expressions", times),
        labels.event_labels: LabelSet("event_types", "event types", events),
        labels.role_labels: LabelSet("roles", "roles of arguments"),
    }


def record_set(labels: Sequence[str], described: LabelSet) -> Node:
    """Write a set of labels out, in the order of their numbers."""
    columns = {"index": "sc:Integer", "name": "sc:Text"}
    rows: list[dict[str, object]] = [{"index": n, "name": label} for n, label in enumerate(labels)]
    if described.definitions:
        columns["definition"] = "sc:Text"
        rows = [{**row, "definition": described.definitions[str(row["name"])]} for row in rows]
    node = table(described.name, f"Labels by number: {described.what}.", columns, rows)
    return {**node, "dataType": "sc:Enumeration"}


def table(
    name: str,
    description: str,
    columns: Mapping[str, str],
    rows: Sequence[Mapping[str, object]],
) -> Node:
    """Describe a record set whose records stand in the description itself.

    Args:
        name: Its id.
        description: What a record is.
        columns: The data type of each column; the first column is the key.
        rows: The records.
    """
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": description,
        "key": {"@id": f"{name}/{next(iter(columns))}"},
        "field": [
            {"@type": "cr:Field", "@id": f"{name}/{column}", "name": column, "dataType": type_}
            for column, type_ in columns.items()
        ],
        "data": [{f"{name}/{column}": value for column, value in row.items()} for row in rows],
    }
