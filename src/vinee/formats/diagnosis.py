"""Why some JSON, or some value in memory, is no document: where, what is there, what to do."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from types import NoneType
from typing import TYPE_CHECKING, Any, get_args

import msgspec

from vinee.errors import InputError, MalformedError, SchemaError, Where
from vinee.model import GpeRole, Level, Modality, Polarity, Realis, SectionKind, TimexType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# A document's own layers nest six deep; the rest is for `meta`. Far below what recursive
# readers and writers can bear, so that whatever is read can be written again.
MOST_NESTED = 100
_TOO_FAR_IN = b"\n" + b" " * (MOST_NESTED + 1)

_AT = re.compile(r" - at `(?P<path>[^`]+)`$")
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_MOST_SHOWN = 60
_MOST_DIGITS = 1000
_CHOICES = {
    "level": get_args(Level),
    "gpe_role": get_args(GpeRole),
    "kind": get_args(SectionKind),
    "type": get_args(TimexType),
    "polarity": get_args(Polarity),
    "realis": get_args(Realis),
    "modality": get_args(Modality),
}


@dataclass(frozen=True, slots=True)
class _Literal:
    """A number that Python cannot hold, as it was written."""

    written: str

    def __str__(self) -> str:
        return self.written


_CONTAINERS = frozenset({dict, list})
_PLAIN = frozenset({str, int, float, bool, NoneType, msgspec.UnsetType, _Literal})


def explain(text: str, error: Exception, where: Where) -> InputError:
    """Explain why ``text`` could not be decoded.

    What is not JSON at all is told first: what a decoder says about the part before the break
    leads astray.

    Args:
        text: What was decoded.
        error: What the decoder raised.
        where: The place of ``text``; the id of the document is added if it can be read.
    """
    try:
        value: object = json.loads(
            text,
            object_pairs_hook=_unambiguous,
            parse_int=_integer,
            parse_float=_float,
        )
    except json.JSONDecodeError as broken:
        return _not_json(text, broken, where)
    except RecursionError:
        return _too_deep(where)
    where = named(value, where)
    blemish = find_blemish(value, where)
    nested = blemish is not None and blemish.code == "too-deep"
    if isinstance(error, msgspec.ValidationError) and not nested:
        return _schema(value, str(error), where)
    message = f"not valid JSON: {error}; write it again with a JSON library"
    return blemish or MalformedError("not-json", where, message)


def find_blemish(value: object, where: Where, path: str = "$") -> InputError | None:
    """Find the first thing in ``value`` that cannot be written as JSON and read back the same.

    Args:
        value: Anything; structs, mappings and sequences are looked into.
        where: The place of ``value``.
        path: The JSON path of ``value`` itself.

    Returns:
        ``too-deep``, ``not-finite``, ``surrogate``, or ``schema`` for an object of a type that
        JSON does not have, such as a NumPy integer.
    """
    if _is_kept(value):
        return None
    waiting: list[tuple[str, int, object]] = [(path, 0, value)]
    while waiting:
        path, depth, item = waiting.pop()
        inner = _inner(item)
        if depth > MOST_NESTED:
            return _too_deep(where)
        if inner is None and _is_fit(item):
            continue
        place = Where(where.file, where.line, where.doc_id, path)
        if inner is None:
            return _scalar(item, place)
        in_order = isinstance(item, list | tuple)
        for key, part in inner:
            if not in_order and (type(key) is not str or not _is_fit(key)):
                return _key(key, place)
            step = f"[{key}]" if in_order else f".{key}"
            waiting.append((path + step, depth + 1, part))
    return None


def named(value: object, where: Where) -> Where:
    """Add the ``doc_id`` of ``value`` to a place, if there is one."""
    found = value.get("doc_id") if isinstance(value, dict) else getattr(value, "doc_id", None)
    known = found if isinstance(found, str) else where.doc_id
    return Where(where.file, where.line, known, where.path)


def written_back(value: object, shape: Any = Any) -> bytes | None:  # noqa: ANN401 - a type of any kind
    """Write a value as JSON; ``None`` if it cannot be written, or does not come back the same.

    To look at each part for what is at fault takes ten times as long.
    """
    try:
        written = msgspec.json.encode(value)
        same: bool = msgspec.json.decode(written, type=shape) == value
    except (ValueError, TypeError, OverflowError, RecursionError, msgspec.MsgspecError):
        return None
    return written if same else None


def _is_kept(value: object) -> bool:
    """Tell that a value comes back the same, without looking at its parts one by one.

    Where this says no, the parts are looked at, and may still be sound.
    """
    shape = type(value)
    if shape not in _CONTAINERS and not issubclass(shape, msgspec.Struct):
        return False
    written = written_back(value, shape)
    if written is None:
        return False
    # Each part stands on a line of its own then, and further in than what it is a part of.
    return _TOO_FAR_IN not in msgspec.json.format(written, indent=1)


def _inner(item: object) -> list[tuple[object, object]] | None:
    """Give keys and parts, the last first; ``None`` for what has none."""
    pairs: Iterable[tuple[object, object]]
    if isinstance(item, msgspec.Struct):
        pairs = [(name, getattr(item, name)) for name in item.__struct_fields__]
    elif isinstance(item, dict):
        pairs = item.items()
    elif isinstance(item, list | tuple):
        pairs = enumerate(item)
    else:
        return None
    return list(pairs)[::-1]


def _is_fit(item: object) -> bool:
    if type(item) is str:
        return _SURROGATE.search(item) is None
    return type(item) in _PLAIN and not (isinstance(item, float) and not math.isfinite(item))


def _key(key: object, place: Where) -> InputError:
    if type(key) is str:
        return _scalar(key, place)
    return SchemaError("schema", place, f"the key {key!r} is not a string; make it one")


def _scalar(item: object, place: Where) -> InputError:
    """Explain what is wrong with something that is not fit."""
    if type(item) is str:
        half = "".join(_SURROGATE.findall(item)[:1])
        return MalformedError(
            "surrogate",
            place,
            f"holds {half!r}, half of a surrogate pair and no character; "
            "write the character itself, or both halves of its pair",
        )
    if isinstance(item, float) and not math.isfinite(item):
        return MalformedError(
            "not-finite",
            place,
            "NaN and infinity are not JSON; leave the score out or give a number",
        )
    kind = f"{type(item).__module__}.{type(item).__qualname__}"
    return SchemaError(
        "schema",
        place,
        f"got an object of type {kind}, which JSON does not have; "
        "convert it with int(), float() or str(), or use the classes of vinee.model",
    )


def _too_deep(where: Where) -> MalformedError:
    return MalformedError(
        "too-deep", where, f"nested more than {MOST_NESTED} levels deep; flatten it"
    )


def _not_json(text: str, broken: json.JSONDecodeError, where: Where) -> MalformedError:
    unit = "file" if where.line is None else "line"
    if broken.pos >= len(text.rstrip()) or broken.msg.startswith("Unterminated string"):
        remedy = f"is the {unit} cut off? write it again whole"
    elif broken.msg == "Extra data" and where.line is None:
        remedy = "a .json file holds one document; name it .jsonl if it holds one a line"
    elif broken.msg == "Extra data":
        remedy = "put each document on a line of its own"
    else:
        remedy = "mend it there, or write it again with a JSON library"
    return MalformedError(
        "not-json", where, f"not valid JSON at character {broken.pos}: {broken.msg}; {remedy}"
    )


def _schema(value: object, message: str, where: Where) -> SchemaError:
    found = _AT.search(message)
    path = found["path"] if found else "$"
    problem = message[: found.start()] if found else message
    shown = "".join(f"; got {_shown(item)}" for item in _at(value, path))
    return SchemaError(
        "schema",
        Where(where.file, where.line, where.doc_id, path),
        f"{problem}{shown}; {_remedy(problem, path)}",
    )


def _at(value: object, path: str) -> Iterator[object]:
    """Give the value at a path; nothing where the path does not lead to one value for certain."""
    if "[...]" in path:
        return
    for key, index in _STEP.findall(path):
        if isinstance(value, dict) and key in value:
            value = value[key]
        elif isinstance(value, list) and index and int(index) < len(value):
            value = value[int(index)]
        else:
            return
    yield value


def _shown(value: object) -> str:
    whole = str(value) if isinstance(value, _Literal) else _json(value)
    return whole if len(whole) <= _MOST_SHOWN else f"{whole[: _MOST_SHOWN - 1]}…"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _remedy(problem: str, path: str) -> str:
    if problem.startswith("Object contains unknown field"):
        return "remove it; what is yours goes into the document's meta"
    if problem.startswith("Object missing required field"):
        return "add it"
    if problem.startswith("Invalid enum value"):
        return f"use one of {', '.join(_CHOICES.get(path.rpartition('.')[2], ()))}"
    return "give a value of that type" if problem.startswith("Expected") else "correct it"


def _unambiguous(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Leave out keys given twice: which of their values an error means cannot be told."""
    keys = [key for key, _ in pairs]
    found = dict(pairs)
    if len(found) < len(keys):
        return {key: item for key, item in found.items() if keys.count(key) == 1}
    return found


def _integer(written: str) -> int | _Literal:
    return int(written) if len(written) <= _MOST_DIGITS else _Literal(written)


def _float(written: str) -> float | _Literal:
    return number if math.isfinite(number := float(written)) else _Literal(written)
