"""From the features of ``datasets`` to the fields of Croissant.

A scalar or a list of scalars is a field; a struct, or a list of structs, is a field with
sub-fields. Deeper structs are flattened, their names joined by dots. A list of structs inside
a list of structs has no form that ``mlcroissant`` can read (a JSON path gives it the first
match alone), so it is left out, and its path is reported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Node = dict[str, Any]
    TableOf = Callable[[tuple[str, ...]], str]

_TYPES = {"string": "sc:Text", "int32": "sc:Integer", "bool": "sc:Boolean"}


class Field(NamedTuple):
    """The field of a column, if anything of it can be expressed, and the paths of what cannot."""

    nodes: list[Node]
    left_out: list[str]


class _Leaf(NamedTuple):
    """A value inside a column: its path, its feature, and how many lists are round it."""

    path: str
    feature: Any
    depth: int


def field(
    record_set: str,
    name: str,
    feature: Any,  # noqa: ANN401 - a feature type of `datasets`; they have no common base
    source: Mapping[str, Any],
    table_of: TableOf,
) -> Field:
    """Describe a column.

    Args:
        record_set: The id of the record set.
        name: The column's name.
        feature: Its feature.
        source: Where the column is read from.
        table_of: Names the record set that lists given labels.
    """
    from datasets import List

    own = {"@type": "cr:Field", "@id": f"{record_set}/{name}", "name": name}
    array = isinstance(feature, List)
    inner = feature.feature if array else feature
    if not isinstance(inner, dict):
        (leaf,) = _leaves("", feature)
        return Field([{**own, **_typed(leaf, table_of), "source": dict(source)}], [])
    leaves = list(_leaves("", inner))
    parts = [
        {
            "@type": "cr:Field",
            "@id": f"{own['@id']}/{leaf.path}",
            "name": leaf.path,
            **_typed(leaf, table_of),
            "source": {**source, "transform": {"jsonPath": leaf.path}},
        }
        for leaf in leaves
        if not isinstance(leaf.feature, dict)
    ]
    shape = {"isArray": True, "arrayShape": "-1"} if array else {}
    left_out = [f"{name}.{leaf.path}" for leaf in leaves if isinstance(leaf.feature, dict)]
    return Field([{**own, **shape, "subField": parts}], left_out)


def _leaves(path: str, feature: Any) -> Iterator[_Leaf]:  # noqa: ANN401 - see above
    from datasets import List

    if isinstance(feature, dict):
        for name, inner in feature.items():
            yield from _leaves(f"{path}.{name}" if path else name, inner)
        return
    depth = 0
    while isinstance(feature, List):
        feature, depth = feature.feature, depth + 1
    yield _Leaf(path, feature, depth)


def _typed(leaf: _Leaf, table_of: TableOf) -> Node:
    names = tuple(getattr(leaf.feature, "names", ()))
    if names:
        description = f"A number, whose name is in {table_of(names)}."
        typed: Node = {"description": description, "dataType": "sc:Integer"}
    else:
        typed = {"dataType": _TYPES[leaf.feature.dtype]}
    if leaf.depth:
        typed |= {"isArray": True, "arrayShape": ",".join(["-1"] * leaf.depth)}
    return typed
