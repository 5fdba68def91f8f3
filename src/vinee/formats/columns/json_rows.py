"""JSON Lines with the tokens and tags of a sentence each, as rows of columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeGuard

import msgspec

from vinee.errors import SchemaError, Where
from vinee.formats import diagnosis

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vinee.errors import InputError

TOKENS = ("tokens", "words")
TAGS = ("tags", "ner_tags", "labels")
_BREAKS = ("\t", "\n", "\r")


class Rows(NamedTuple):
    """Rows as a file of columns has them.

    Attributes:
        lines: Tokens and tags, separated by a tab, blank ones between sentences, and where a
            ``doc_id`` changes the comment that begins a document.
        numbers: For each of them the number of its line in the file.
        faults: The lines that are no such sentences.
    """

    lines: list[str]
    numbers: list[int]
    faults: list[InputError]


def is_tagged(text: str) -> bool:
    """Tell by its first line whether a file holds such JSON."""
    first = text.lstrip("\ufeff \r\n").split("\n", 1)[0].rstrip()
    if not first.startswith("{"):
        return False
    try:
        _sentence(first, Where())
    except (msgspec.DecodeError, RecursionError, SchemaError):
        return False
    return True


def read(lines: Iterable[str], file: str) -> Rows:
    """Read the lines of a file; what is no JSON or no sentence is a fault and left out."""
    found = Rows([], [], [])
    last: object = None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        where = Where(file, number)
        try:
            sentence = _sentence(line, where)
        except (msgspec.DecodeError, RecursionError) as error:
            found.faults.append(diagnosis.explain(line, error, where))
            continue
        except SchemaError as error:
            found.faults.append(error)
            continue
        begin = [] if sentence.doc_id in {None, last} else [f"# newdoc id = {sentence.doc_id}"]
        last = sentence.doc_id
        pairs = zip(sentence.tokens, sentence.tags, strict=True)
        added = [*begin, *(f"{token}\t{tag}" for token, tag in pairs), ""]
        found.lines.extend(added)
        found.numbers.extend([number] * len(added))
    return found


class _Sentence(NamedTuple):
    tokens: list[str]
    tags: list[str]
    doc_id: str | None


def _sentence(line: str, where: Where) -> _Sentence:
    value = msgspec.json.decode(line)
    value = value if isinstance(value, dict) else {}
    tokens, tags = (
        next((value[key] for key in keys if key in value), None) for keys in (TOKENS, TAGS)
    )
    if not (_are_strings(tokens) and _are_strings(tags)):
        problem = (
            f"expected lists of strings, {' or '.join(TOKENS)} and {', '.join(TAGS)}; where tags "
            "are numbers, write the names that they stand for"
        )
        raise SchemaError("json-tokens", where, problem)
    if len(tokens) != len(tags):
        problem = f"{len(tokens)} tokens and {len(tags)} tags; give each token one tag"
        raise SchemaError("json-tokens", where, problem)
    if any(mark in each for each in (*tokens, *tags) for mark in _BREAKS):
        problem = "a token or a tag holds a tab or a line break; write a space, or split it"
        raise SchemaError("json-tokens", where, problem)
    doc_id = value.get("doc_id")
    return _Sentence(tokens, tags, doc_id if isinstance(doc_id, str) else None)


def _are_strings(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)
