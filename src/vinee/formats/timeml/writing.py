"""A document as XML with its times and triggers inline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from vinee.errors import InvalidError, Where
from vinee.formats.contract import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vinee.model import Document

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_POLARITIES = {"POSITIVE": "POS", "NEGATIVE": "NEG"}


class _Element(NamedTuple):
    """A tag around a part of the text; attributes that are None are not written."""

    start: int
    end: int
    name: str
    attributes: Mapping[str, str | None]


def render(document: Document) -> str:
    """Write the content of a document's file.

    Raises:
        InvalidError: The document has no text, or a character that XML does not have.
    """
    where = Where(doc_id=document.doc_id)
    published = (document.meta or {}).get("published")
    dct = ""
    if isinstance(published, str):
        creation = {
            "tid": "dct",
            "type": "DATE",
            "value": published,
            "functionInDocument": "CREATION_TIME",
        }
        dct = f"<DCT>{_open('TIMEX3', creation)}{_escaped(published)}</TIMEX3></DCT>\n"
    content = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<TimeML>\n'
        f"<DOCID>{_escaped(document.doc_id)}</DOCID>\n{dct}"
        f"<TEXT>{_inline(text_of(document), _nested(_elements(document)))}</TEXT>\n</TimeML>\n"
    )
    if found := _NOT_XML.search(content):
        problem = f"the character {found[0]!r} cannot stand in XML; choose another format"
        raise InvalidError("not-xml", where, problem)
    return content


def _elements(document: Document) -> Iterator[_Element]:
    for time in document.timexes or ():
        said = {"tid": time.id, "type": time.type, "value": time.value, "mod": time.mod}
        yield _Element(time.start, time.end, "TIMEX3", said)
    for event in document.events or ():
        attributes = {
            "eid": event.id,
            "class": event.type,
            "polarity": _POLARITIES.get(event.polarity or ""),
            "realis": event.realis,
            "modality": event.modality,
        }
        yield _Element(event.trigger.start, event.trigger.end, "EVENT", attributes)


def _nested(elements: Iterable[_Element]) -> Iterator[_Element]:
    """Keep, in order, the elements that cross none that was kept before."""
    around: list[int] = []
    for element in sorted(elements, key=lambda each: (each.start, -each.end)):
        while around and around[-1] <= element.start:
            around.pop()
        if not around or element.end <= around[-1]:
            around.append(element.end)
            yield element


def _inline(text: str, elements: Iterable[_Element]) -> str:
    parts: list[str] = []
    opened: list[_Element] = []
    position = 0

    def close(limit: int) -> None:
        nonlocal position
        while opened and opened[-1].end <= limit:
            element = opened.pop()
            parts.append(f"{_escaped(text[position : element.end])}</{element.name}>")
            position = element.end

    for element in elements:
        close(element.start)
        opening = _open(element.name, element.attributes)
        parts.append(_escaped(text[position : element.start]) + opening)
        position = element.start
        opened.append(element)
    close(len(text))
    return "".join(parts) + _escaped(text[position:])


def _open(name: str, attributes: Mapping[str, str | None]) -> str:
    written = (
        f" {key}={quoteattr(value)}" for key, value in attributes.items() if value is not None
    )
    return f"<{name}{''.join(written)}>"


def _escaped(text: str) -> str:
    # A parser makes a line feed of each carriage return that stands there as itself.
    return escape(text, {"\r": "&#13;"})
