"""Labels: numbers of a ``ClassLabel`` as the names that they stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Decode = Callable[[Any], Any]


def decoder(feature: Any) -> Decode | None:  # noqa: ANN401 - a feature type of `datasets`, which is imported below only
    """Give what makes names of the labels in a column's values; None if there are no labels.

    What it gives raises an IndexError for a number that has no name.
    """
    from datasets import ClassLabel

    if isinstance(feature, ClassLabel):
        return _Label(feature.names)
    if isinstance(feature, dict):
        return _of_struct({name: decoder(inner) for name, inner in feature.items()})
    inner = feature[0] if isinstance(feature, list) else getattr(feature, "feature", None)
    each = None if inner is None else decoder(inner)
    return None if each is None else _of_list(each)


class _Label:
    def __init__(self, names: list[str]) -> None:
        self.names = names

    def __call__(self, value: Any) -> str | None:  # noqa: ANN401 - whatever a column holds
        if value is None or value == -1:  # how `datasets` says that there is no label
            return None
        if isinstance(value, str):
            return value
        number = int(value)
        if not 0 <= number < len(self.names):
            raise IndexError(f"got {number}, and there are {len(self.names)} names")
        return self.names[number]


def _of_list(each: Decode) -> Decode:
    return lambda values: None if values is None else [each(value) for value in values]


def _of_struct(parts: Mapping[str, Decode | None]) -> Decode | None:
    known = {name: decode for name, decode in parts.items() if decode is not None}
    if not known:
        return None
    return lambda value: (
        value
        and {name: known[name](part) if name in known else part for name, part in value.items()}
    )
