"""The JSON that a model is asked to answer, generated from the labels of the ontology."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vinee import ontology

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vinee.extractors.llm.settings import Settings
    from vinee.ontology import Ontology

NAME = "annotation"


def schema(settings: Settings) -> dict[str, Any]:
    """Give the JSON Schema of an answer.

    Every property is required and no other allowed, since endpoints that hold a model to a
    schema ask for that. Which roles an event type has is not in it: it would be many times as
    large; what does not fit is counted when the answer is read.
    """
    labels = ontology.default()
    made = {
        "mentions": _mention(settings, labels),
        "timexes": _timex(labels),
        "events": _event(labels),
    }
    return _object({layer: _list(made[layer]) for layer in settings.layers})


def response_format(settings: Settings) -> dict[str, Any]:
    """Give the field of a request that holds the model to the schema."""
    described = {"name": NAME, "strict": True, "schema": schema(settings)}
    return {"type": "json_schema", "json_schema": described}


def example(settings: Settings) -> dict[str, Any]:
    """Give an answer that shows the shape, with ``…`` for what the model has to find."""
    mention = {"text": "…", "label": "PER"}
    if len(settings.levels) > 1:
        mention["level"] = settings.levels[0]
    filled = {"role": "Entity", "text": "…"}
    attributes = {"polarity": "POSITIVE", "realis": "OTHER", "modality": "PLANNED"}
    made = {
        "mentions": mention,
        "timexes": {"text": "…", "type": "DATE", "value": "XXXX-03-14", "mod": None},
        "events": {"trigger": "…", "type": "Contact.Meet", **attributes, "arguments": [filled]},
    }
    return {layer: [made[layer]] for layer in settings.layers}


def asked_entities(settings: Settings, labels: Ontology) -> tuple[str, ...]:
    """Name the entity types that a mention of the levels asked for may have."""
    return tuple(
        entity.name for entity in labels.entities if set(entity.levels) & set(settings.levels)
    )


def _mention(settings: Settings, labels: Ontology) -> dict[str, Any]:
    found = {"text": _TEXT, "label": _one_of(asked_entities(settings, labels))}
    if len(settings.levels) > 1:
        found["level"] = _one_of(settings.levels)
    return _object(found)


def _timex(labels: Ontology) -> dict[str, Any]:
    return _object(
        {
            "text": _TEXT,
            "type": _one_of(labels.timexes),
            "value": {"type": ["string", "null"]},
            "mod": _one_of_or_none(labels.timex_mods),
        }
    )


def _event(labels: Ontology) -> dict[str, Any]:
    return _object(
        {
            "trigger": _TEXT,
            "type": _one_of(labels.event_labels),
            "polarity": _one_of(labels.polarities),
            "realis": _one_of(labels.realis),
            "modality": _one_of_or_none(labels.modalities),
            "arguments": _list(_object({"role": _one_of(labels.role_labels), "text": _TEXT})),
        }
    )


_TEXT = {"type": "string"}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _one_of(names: Iterable[str]) -> dict[str, Any]:
    return {"type": "string", "enum": list(names)}


def _one_of_or_none(names: Iterable[str]) -> dict[str, Any]:
    return {"type": ["string", "null"], "enum": [*names, None]}
