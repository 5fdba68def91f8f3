"""What annotators see: the document's id, its text, and what else stands in a task's data."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from vinee.errors import InputError, Where, printable
from vinee.formats.label_studio import reading
from vinee.formats.label_studio.shapes import Data
from vinee.formats.placed import placed
from vinee.labelstudio.checking.blemishes import blemish_of
from vinee.labelstudio.checking.found import at, error, of_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vinee.labelstudio.checking.found import TaskFinding

# Documents become files of that name: no separators, no controls, not hidden, and short.
_UNSAFE = re.compile(r"[/\\:\x00-\x1f\x7f]|^\.|^\s|\s$")
_LONGEST = 200  # bytes; the longest that file systems take is 255, and endings follow


def check_data(
    raw: object, where: Where, texts: Mapping[str, str] | None = None
) -> tuple[Data | None, list[TaskFinding]]:
    """Check the data of a task.

    Args:
        raw: What stands under ``data``.
        where: The place of the task.
        texts: The text of each document that is known by its id.

    Returns:
        The data, ``None`` where it has not the shape, and all that is wrong with it.
    """
    place = at(where, ".data", doc_id_of(raw))
    if not isinstance(raw, Mapping):
        return None, [error("schema", place, f"must be an object (got {_shown(raw)}); mend it")]
    findings = list(_id_findings(raw, place))
    if blemish := blemish_of(raw, place):
        return None, [*findings, of_error(blemish, place)]
    findings += _text_findings(raw, place, texts or {})
    if findings:
        return None, findings
    try:
        data = msgspec.convert(raw, Data)
        placed(reading.unannotated(data, str(data.text)))
    except msgspec.ValidationError as wrong:
        return None, [error("schema", place, f"{wrong}; write it as vinee does")]
    except InputError as wrong:
        problem = f"sections or sentences do not fit the text: {wrong.problem}"
        return None, [error(wrong.code, place, problem)]
    return data, []


def doc_id_of(raw: object) -> str | None:
    """Give the document's id, if the data has one to show."""
    found = raw.get("doc_id") if isinstance(raw, Mapping) else None
    return found if isinstance(found, str) and found else None


def _id_findings(raw: Mapping[str, Any], where: Where) -> Iterator[TaskFinding]:
    """``doc-id-missing``, ``doc-id-unsafe``: each document has an id that a file can have."""
    doc_id = raw.get("doc_id")
    place = at(where, ".doc_id")
    if not isinstance(doc_id, str) or not doc_id:
        problem = f"must be the document's id, a string (got {_shown(doc_id)}); add it"
        yield error("doc-id-missing", place, problem)
    elif _UNSAFE.search(doc_id) or len(doc_id.encode("utf-8", "replace")) > _LONGEST:
        problem = (
            f"{doc_id[:_LONGEST]!r} cannot be the name of a file; give the document an id without "
            f"slashes, colons, a dot or space at its begin, and of at most {_LONGEST} bytes"
        )
        yield error("doc-id-unsafe", place, problem)


def _text_findings(
    raw: Mapping[str, Any], where: Where, texts: Mapping[str, str]
) -> Iterator[TaskFinding]:
    """``no-text``, ``text-differs``: the text is there, and it is the one that is known."""
    text = raw.get("text")
    place = at(where, ".text")
    if not isinstance(text, str) or not text.strip():
        problem = f"must be the document's text, a string with words (got {_shown(text)}); add it"
        yield error("no-text", place, problem)
        return
    known = texts.get(str(raw.get("doc_id")))
    if known is not None and known != text:
        problem = f"{_difference(text, known, texts)}; give the text of the seed unchanged"
        yield error("text-differs", place, problem)


def _difference(text: str, known: str, texts: Mapping[str, str]) -> str:
    """Say in what way a text is not the known one."""
    others = [doc_id for doc_id, other in texts.items() if other == text]
    if others:
        return f"is the text of the document {printable(others[0])!r}"
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        if text == unicodedata.normalize(form, known):
            return f"is in the Unicode form {form}, and the document's own text is not"
    if text.strip() == known.strip():
        return "lacks or adds white space at its ends"
    if text.split() == known.split():
        return "has other white space than the document's own text"
    first = next(
        (i for i, (one, other) in enumerate(zip(text, known, strict=False)) if one != other),
        min(len(text), len(known)),
    )
    return f"is not the document's text: they differ from code point {first} on"


def _shown(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else f"{shown[:60]}…"  # noqa: PLR2004 - as much as a line shows
