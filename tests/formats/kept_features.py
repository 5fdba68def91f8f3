"""What a format keeps of a document: the document without the features that it does not hold."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from full_documents import canonical
from msgspec import UNSET
from msgspec.structs import replace

from vinee.model import LAYERS, Document


def kept(document: Document, holds: Collection[str]) -> Document:
    """Take away what is not held; what is left is in order, with the text of every span."""

    def fields(prefix: str, *names: str) -> dict[str, Any]:
        lost: dict[str, Any] = {name: None for name in names if f"{prefix}.{name}" not in holds}
        if prefix in {"mentions", "timexes", "events"} and "scores" not in holds:
            lost["score"] = UNSET
        return lost if "ids" in holds else {**lost, "id": None}

    links = {} if "entities" in holds else {"entity": None}
    level = {} if "mentions.level" in holds else {"level": "NAM"}
    chain = {} if "chains" in holds else {"chain": None}
    arguments = {} if "events.arguments" in holds else {"arguments": ()}
    changes = {
        "mentions": fields("mentions", "extent", "gpe_role") | links | level,
        "timexes": fields("timexes", "type", "value", "mod"),
        "events": fields("events", "polarity", "realis", "modality") | chain | arguments,
    }
    layers: dict[str, Any] = {}
    for layer in LAYERS:
        items = getattr(document, layer)
        if items:
            change = changes.get(layer, {})
            layers[layer] = tuple(replace(i, **change) for i in items) if layer in holds else None
        elif "layers.empty" not in holds:
            layers[layer] = None
    meta = document.meta if "meta" in holds else None
    return canonical(replace(document, meta=meta, **layers))
