"""The lines of an ``.ann`` file, each checked by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vinee.errors import InputError, InvalidError, SchemaError, Where
from vinee.formats.brat import names

if TYPE_CHECKING:
    from collections.abc import Callable

_BOUND = re.compile(r"(\S+) ([0-9]{1,9} [0-9]{1,9}(?:;[0-9]{1,9} [0-9]{1,9})*)")
_ARGUMENT = re.compile(r"([^\s:]+):([^\s:]+)")
_RELATION = re.compile(r"(\S+) \S+?:(\S+) \S+?:(\S+)")
_ATTRIBUTE = re.compile(r"(\S+) (\S+)(?: (\S.*))?")
_REFERENCE = re.compile(r"Reference (\S+) ([^\s:]+):(\S+)")
_COMMENT = re.compile(r"(\S+) (\S+)")
_TRIGGER = re.compile(r"E[^\t]*\t[^\s:]*:(T\S*)")
_SHOWN = 60  # code points of a span, so that one which runs wild does not fill the screen


@dataclass(frozen=True)
class Bound:
    """A ``T`` line: a type over a span."""

    where: Where
    type: str
    start: int
    end: int


@dataclass(frozen=True)
class EventLine:
    """An ``E`` line; arguments are pairs of the role as it is written and what fills it."""

    where: Where
    type: str
    trigger: str
    arguments: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Statement:
    """Any other line: something said about one or more annotations.

    ``kind`` is the first character of the line; ``name`` what is said, such as ``Level``, and
    ``value`` what stands after it.
    """

    where: Where
    kind: str
    name: str
    targets: tuple[str, ...]
    value: str
    raw: str


@dataclass
class Lines:
    """Annotations by their ids, and what is said about them, in order.

    Attributes:
        bounds: The ``T`` lines.
        events: The ``E`` lines.
        statements: All other lines.
        broken: Ids of annotations whose line is wrong.
        triggers: Spans to which an ``E`` line points that is wrong: these are no mentions.
        problems: What is wrong, each with its line.
    """

    bounds: dict[str, Bound] = field(default_factory=dict)
    events: dict[str, EventLine] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    triggers: set[str] = field(default_factory=set)
    problems: list[InputError] = field(default_factory=list)


def parse(found: Lines, content: str, text: str, where: Where) -> None:
    """Add the lines of a file; each that is wrong is left out and told in ``found.problems``.

    Such a line does not have the form of its kind, has an id that was used before, or its span
    reaches out of the text, has gaps, or shows another text.

    Args:
        found: What other files said of the same text.
        content: The ``.ann`` file.
        text: The text that it annotates; spans are code points of it.
        where: The place of the file.
    """
    for number, line in enumerate(content.split("\n"), start=1):
        bare = line.removesuffix("\r")
        if not bare.strip():
            continue
        try:
            _read_line(found, bare, text, Where(where.file, number, where.doc_id))
        except InputError as error:
            found.problems.append(error)
            if error.code != "brat-id":
                found.broken.add(bare.partition("\t")[0])
            if trigger := _TRIGGER.match(bare):
                found.triggers.add(trigger[1])


def _read_line(found: Lines, line: str, text: str, where: Where) -> None:
    key, _, rest = line.partition("\t")
    data, _, tail = rest.partition("\t")
    data = data.rstrip(" ")
    if key in found.bounds or key in found.events:
        raise SchemaError("brat-id", where, f"the id {key!r} was used before; give each its own")
    if key.startswith("T"):
        found.bounds[key] = _bound(data, tail, text, where)
    elif key.startswith("E"):
        found.events[key] = _event(data, where)
    elif key[:1] in _STATEMENTS:
        found.statements.append(_STATEMENTS[key[0]](data, tail, line, where))
    else:
        problem = "the line must begin with T, E, R, A, M, N, * or # and a tab; mend or remove it"
        raise SchemaError("brat-line", where, problem)


def _bound(data: str, shown: str, text: str, where: Where) -> Bound:
    match = _BOUND.fullmatch(data)
    if match is None:
        raise _malformed("T", "'T1<tab>TYPE START END<tab>TEXT'", data, where)
    offsets = [tuple(map(int, piece.split(" "))) for piece in match[2].split(";")]
    position = -1
    for start, end in offsets:
        if not position <= start < end <= len(text):
            problem = (
                f"span [{start}, {end}) must hold some of the text's {len(text)} code points, "
                "and fragments must be in order; mend the offsets"
            )
            raise InvalidError("span-outside", where, problem)
        if position >= 0 and not names.LINE_BREAKS.fullmatch(text, position, start):
            problem = (
                f"the annotation has a gap from {position} to {start}; spans here have none: "
                "annotate one span from first to last, or the part that matters most"
            )
            raise InvalidError("span-discontinuous", where, problem)
        position = end
    covered = " ".join(text[start:end] for start, end in offsets)
    if shown and shown != covered:
        problem = (
            f"the text has {_clipped(covered)} there, the line shows {_clipped(shown)}; "
            "is the .txt another one, or are offsets counted in bytes?"
        )
        raise InvalidError("span-text", where, problem)
    return Bound(where, match[1], offsets[0][0], position)


def _clipped(text: str) -> str:
    return repr(text) if len(text) <= _SHOWN else f"{text[:_SHOWN]!r}… ({len(text)} code points)"


def _event(data: str, where: Where) -> EventLine:
    pairs = [_ARGUMENT.fullmatch(part) for part in data.split()]
    found = [(pair[1], pair[2]) for pair in pairs if pair is not None]
    if not found or len(found) < len(pairs):
        raise _malformed("E", "'E1<tab>TYPE:T1 ROLE:T2 …'", data, where)
    (kind, trigger), *arguments = found
    return EventLine(where, kind, trigger, tuple(arguments))


def _relation(data: str, _tail: str, raw: str, where: Where) -> Statement:
    match = _RELATION.fullmatch(data)
    if match is None:
        raise _malformed("R", "'R1<tab>NAME Arg1:T1 Arg2:T2'", data, where)
    return Statement(where, "R", match[1], (match[2], match[3]), "", raw)


def _attribute(data: str, _tail: str, raw: str, where: Where) -> Statement:
    match = _ATTRIBUTE.fullmatch(data)
    if match is None:
        raise _malformed("A", "'A1<tab>NAME T1 VALUE'", data, where)
    return Statement(where, raw[0], match[1], (match[2],), match[3] or "", raw)


def _reference(data: str, _tail: str, raw: str, where: Where) -> Statement:
    match = _REFERENCE.fullmatch(data)
    if match is None:
        raise _malformed("N", "'N1<tab>Reference T1 DATABASE:ID<tab>NAME'", data, where)
    return Statement(where, "N", match[2], (match[1],), match[3], raw)


def _equivalence(data: str, _tail: str, raw: str, where: Where) -> Statement:
    name, *members = data.split() or [""]
    if not members:
        raise _malformed("*", "'*<tab>NAME T1 T2 …'", data, where)
    return Statement(where, "*", name, tuple(members), "", raw)


def _comment(data: str, tail: str, raw: str, where: Where) -> Statement:
    match = _COMMENT.fullmatch(data)
    name, target = (match[1], match[2]) if match else ("", "")
    return Statement(where, "#", name, (target,), tail, raw)


_STATEMENTS: dict[str, Callable[[str, str, str, Where], Statement]] = {
    "R": _relation,
    "A": _attribute,
    "M": _attribute,
    "N": _reference,
    "*": _equivalence,
    "#": _comment,
}


def _malformed(kind: str, form: str, data: str, where: Where) -> SchemaError:
    problem = f"a {kind} line must have the form {form} (got {data!r}); mend the line"
    return SchemaError("brat-line", where, problem)
