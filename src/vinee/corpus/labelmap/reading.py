"""Reading a label map: from pairs in Python, options of a command, YAML or JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import yaml

from vinee.errors import InvalidError, MalformedError, SchemaError, Where
from vinee.formats import native

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Kind = Literal["entity", "event", "role"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_FILES = (".yaml", ".yml", ".json")
_DROPPED = "null"
_SHAPE = (
    "a label map is a mapping of labels, such as 'PERSON: PER', or of 'entity', 'event' and "
    "'role' to such mappings"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One pair of a map.

    Attributes:
        kind: Which labels are meant; None where the documents decide.
        source: The label as the documents have it.
        target: What it becomes; None drops what bears it.
        where: Where the pair was read.
    """

    kind: Kind | None
    source: str
    target: str | None
    where: Where = field(default_factory=Where)

    def __str__(self) -> str:
        """Give the pair as an option writes it."""
        prefix = "" if self.kind is None else f"{self.kind}:"
        return f"{prefix}{self.source}={'' if self.target is None else self.target}"


@dataclass(frozen=True, slots=True)
class LabelMap:
    """Pairs of labels, each source at most once for each kind of label."""

    rules: tuple[Rule, ...]

    def __str__(self) -> str:
        """Give all pairs in ascending order, so that equal maps are written alike."""
        return ",".join(sorted(map(str, self.rules)))


def of(pairs: Mapping[str, str | None]) -> LabelMap:
    """Make a map of pairs in memory, ``{"PERSON": "PER", "event:Attack": None}``.

    Raises:
        InvalidError: A pair has no source, or its two labels are of different kinds.
    """
    return _checked(_rule(source, target, Where()) for source, target in pairs.items())


def parse(items: Iterable[str]) -> LabelMap:
    """Make a map of a command's options: pairs ``PERSON=PER``, and files of pairs.

    What ends in ``.yaml``, ``.yml`` or ``.json`` is a file.

    Raises:
        InputError: A file cannot be read, or a pair is none, or two contradict each other.
    """
    rules: list[Rule] = []
    for item in items:
        if item.endswith(_FILES):
            rules += read(Path(item)).rules
            continue
        source, sign, target = item.partition("=")
        if not sign:
            problem = f"{item!r} is no pair; write LABEL=NEW, LABEL= to drop it, or name a file"
            raise InvalidError("map-form", Where(), problem)
        rules.append(_rule(source, target, Where()))
    return _checked(rules)


def read(path: Path) -> LabelMap:
    """Read a map from a YAML or JSON file.

    Raises:
        MalformedError: The file cannot be read, or is neither YAML nor JSON.
        SchemaError: It is no mapping of labels to labels.
        InvalidError: A pair has no source or labels of two kinds, or two contradict each other.
    """
    content = native.read_text(path)
    where = Where(file=str(path))
    pairs = _json(content, where) if path.suffix == ".json" else _yaml(content, where)
    return _checked(_rule(source, target, place) for place, source, target in pairs)


def _rule(source: str, target: str | None, where: Where) -> Rule:
    kind, source = _kind(source.strip())
    goal = (target or "").strip()
    other, goal = _kind(goal)
    if not source or (kind and other and kind != other):
        problem = (
            f"the pair {source!r}={target!r} must have a label on its left, and if the right one "
            "says its kind, that of the left one; correct it"
        )
        raise InvalidError("map-form", where, problem)
    return Rule(kind or other, source, None if goal in {"", _DROPPED} else goal, where)


def _kind(label: str) -> tuple[Kind | None, str]:
    for kind in KINDS:
        if label.startswith(f"{kind}:"):
            return kind, label.removeprefix(f"{kind}:").strip()
    return None, label


def _checked(rules: Iterable[Rule]) -> LabelMap:
    kept: dict[tuple[Kind | None, str], Rule] = {}
    for rule in rules:
        other = kept.setdefault((rule.kind, rule.source), rule)
        if other.target != rule.target:
            problem = f"{str(other)!r} and {str(rule)!r} contradict each other; keep one"
            raise InvalidError("map-twice", rule.where, problem)
    return LabelMap(tuple(kept.values()))


def _json(content: str, where: Where) -> Iterator[tuple[Where, str, str | None]]:
    try:
        # Objects as lists of pairs, for a dict would keep the last of two equal keys in silence.
        value = json.loads(content, object_pairs_hook=lambda pairs: ("object", pairs))
        tree = _Tree(where).of_json(value)
    except (ValueError, RecursionError) as error:
        problem = f"not valid JSON: {error}; correct the file"
        raise MalformedError("not-json", where, problem) from error
    yield from _flat(tree, where)


def _yaml(content: str, where: Where) -> Iterator[tuple[Where, str, str | None]]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        # Nodes, which have lines, and keys that YAML would take for booleans (NO, ON) as written.
        node = yaml.compose(content, Loader=loader)
    except (yaml.YAMLError, RecursionError) as error:
        problem = f"not valid YAML: {error}; correct the file"
        raise MalformedError("not-yaml", where, problem) from error
    yield from _flat(_Tree(where).of_yaml(node), where)


class _Tree:
    """Either file as nested lists of ``(place, key, value)``; a value is text, None or a list."""

    def __init__(self, where: Where) -> None:
        self.where = where

    def of_json(self, value: Any) -> Any:  # noqa: ANN401 - JSON
        if isinstance(value, tuple):
            return [(self.where, key, self.of_json(each)) for key, each in value[1]]
        if value is None or isinstance(value, str):
            return value
        raise SchemaError("map-schema", self.where, f"{value!r} is no label; {_SHAPE}")

    def of_yaml(self, node: Any) -> Any:  # noqa: ANN401 - nodes of PyYAML, which is untyped
        place = Where(self.where.file, None if node is None else node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return [
                (Where(place.file, key.start_mark.line + 1), self._key(key), self._value(each))
                for key, each in node.value
            ]
        if isinstance(node, yaml.ScalarNode):
            return None if node.tag == "tag:yaml.org,2002:null" else node.value
        raise SchemaError("map-schema", place, f"the file holds no mapping; {_SHAPE}")

    def _key(self, node: Any) -> str:  # noqa: ANN401 - as above
        if isinstance(node, yaml.ScalarNode):
            return str(node.value)
        place = Where(self.where.file, node.start_mark.line + 1)
        raise SchemaError("map-schema", place, f"a key is no label; {_SHAPE}")

    def _value(self, node: Any) -> Any:  # noqa: ANN401 - as above
        if isinstance(node, yaml.MappingNode) and any(
            isinstance(each, yaml.MappingNode) for _, each in node.value
        ):
            # Nothing is nested deeper, and a node that refers to itself would have no end.
            place = Where(self.where.file, node.start_mark.line + 1)
            raise SchemaError("map-schema", place, f"nested too deep; {_SHAPE}")
        if isinstance(node, yaml.SequenceNode):
            place = Where(self.where.file, node.start_mark.line + 1)
            shown = yaml.serialize(node).strip()
            raise SchemaError("map-schema", place, f"{shown:.80} is no label; {_SHAPE}")
        return self.of_yaml(node)


def _flat(tree: Any, where: Where) -> Iterator[tuple[Where, str, str | None]]:  # noqa: ANN401 - see _Tree
    if not isinstance(tree, list):
        raise SchemaError("map-schema", where, f"the file holds no mapping; {_SHAPE}")
    for place, key, value in tree:
        if not isinstance(value, list):
            yield place, key, value
        elif key not in KINDS:
            problem = f"{key!r} is none of {', '.join(KINDS)}; {_SHAPE}"
            raise SchemaError("map-schema", place, problem)
        else:
            for inner, source, target in value:
                if isinstance(target, list):
                    raise SchemaError("map-schema", inner, f"nested too deep; {_SHAPE}")
                yield inner, f"{key}:{source}", target
