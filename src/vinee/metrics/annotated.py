"""Which attributes of a layer a gold document was annotated with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vinee.metrics.base import Layer
    from vinee.model import Document


def with_attributes(document: Document, layer: Layer, names: Iterable[str]) -> Document:
    """Return the gold document, without the layer if one of these attributes was not annotated.

    An attribute that is None on every item of the layer was not annotated. A layer without items
    lacks nothing.

    Args:
        document: A gold document.
        layer: The layer whose items have the attributes.
        names: Attributes for which None means that nobody annotated them.
    """
    items = getattr(document, layer)
    if items and any(all(getattr(item, name) is None for item in items) for name in names):
        return msgspec.structs.replace(document, **{layer: None})
    return document
