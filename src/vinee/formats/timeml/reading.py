"""XML with times and triggers inline, as a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, get_args
from xml.parsers import expat

from vinee.errors import InputError, InvalidError, MalformedError, SchemaError, Where
from vinee.formats import native
from vinee.model import Document, Event, Modality, Polarity, Realis, Span, Timex, TimexType

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# What may be written, and what it means.
_CHOICES: dict[str, dict[str, str]] = {
    "type": {value: value for value in get_args(TimexType)},
    "polarity": {
        **{value: value for value in get_args(Polarity)},
        "POS": "POSITIVE",
        "NEG": "NEGATIVE",
    },
    "realis": {value: value for value in get_args(Realis)},
    "modality": {value: value for value in get_args(Modality)},
}
_UNSAID = "NONE"  # TimeML's word for a modality that is not there


class _Element(NamedTuple):
    """A TIMEX3 or EVENT, its span in code points of the text, and its place in the file."""

    start: int
    end: int
    name: str
    attributes: Mapping[str, str]
    where: Where


def read_file(file: Path) -> tuple[Document, list[InputError]]:
    """Read a document, and what is wrong in it.

    Returns:
        The document without the elements that hold no text, the events without a class, and the
        attributes whose values are not ours; and each of these with its line.

    Raises:
        InputError: The file is not XML, declares a document type, or has no ``<TEXT>``.
    """
    reader = _Reader(file)
    return reader.document(), reader.problems


class _Reader:
    """One file, read as a stream of tags and text."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.content: dict[str, list[str]] = {}  # DOCID, DCT, TEXT: the text inside
        self.inside: str | None = None  # which of these
        self.length = 0  # of the text so far
        self.opened: list[tuple[str, dict[str, str], int, Where]] = []
        self.found: list[_Element] = []
        self.published: str | None = None
        self.problems: list[InputError] = []
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def document(self) -> Document:
        content = native.read_bytes(self.file)
        try:
            self.parser.Parse(content, True)
        except (expat.ExpatError, LookupError, ValueError) as error:
            problem = f"not well-formed XML: {error}; mend it there, or write it again"
            raise MalformedError("not-xml", self._where(), problem) from error
        if "TEXT" not in self.content:
            problem = "there is no <TEXT>; put the text of the document into one"
            raise SchemaError("timeml-text", Where(file=str(self.file)), problem)
        text = "".join(self.content["TEXT"])
        # Of elements around the same words the outermost, which is the first, ends last.
        found = self.found[::-1]
        times = [self._timex(each, text) for each in found if each.name == "TIMEX3"]
        events = [
            self._event(each, text) for each in found if each.name == "EVENT" and self._typed(each)
        ]
        return Document(
            "".join(self.content.get("DOCID", ())).strip() or self.file.stem,
            text,
            timexes=tuple(sorted(times, key=lambda each: (each.start, each.end))) or None,
            events=tuple(sorted(events, key=lambda e: (e.trigger.start, e.trigger.end))) or None,
            meta=None if self.published is None else {"published": self.published},
        )

    def _doctype(self, *_: object) -> None:
        problem = "it declares a document type, which could bring in entities; remove <!DOCTYPE …>"
        raise SchemaError("xml-doctype", self._where(), problem)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self.inside is None and name in {"DOCID", "DCT", "TEXT"}:
            self.inside = name
            self.content.setdefault(name, [])
        elif self.inside == "DCT" and name == "TIMEX3":
            self.published = attributes.get("value")
        elif self.inside == "TEXT":
            self.opened.append((name, attributes, self.length, self._where()))

    def _characters(self, text: str) -> None:
        if self.inside is not None:
            self.content[self.inside].append(text)
        if self.inside == "TEXT":
            self.length += len(text)

    def _end(self, name: str) -> None:
        if self.opened:
            name, attributes, start, where = self.opened.pop()
            if name in {"TIMEX3", "EVENT"} and start == self.length:
                problem = f"the {name} holds no text, so it has no span; remove the element"
                self.problems.append(InvalidError("span-outside", where, problem))
                return
            self.found.append(_Element(start, self.length, name, attributes, where))
        elif name == self.inside:
            self.inside = None

    def _where(self) -> Where:
        return Where(file=str(self.file), line=self.parser.CurrentLineNumber)

    def _timex(self, element: _Element, text: str) -> Timex:
        said = element.attributes
        return Timex(
            element.start,
            element.end,
            text[element.start : element.end],
            said.get("tid"),
            self._choice(element, "type"),
            said.get("value"),
            said.get("mod"),
        )

    def _typed(self, element: _Element) -> bool:
        if "class" in element.attributes:
            return True
        problem = "the EVENT has no class; add its type as class"
        self.problems.append(SchemaError("timeml-class", element.where, problem))
        return False

    def _event(self, element: _Element, text: str) -> Event:
        return Event(
            element.attributes["class"],
            Span(element.start, element.end, text[element.start : element.end]),
            element.attributes.get("eid"),
            polarity=self._choice(element, "polarity"),
            realis=self._choice(element, "realis"),
            modality=self._choice(element, "modality"),
        )

    def _choice(self, element: _Element, name: str) -> Any:  # noqa: ANN401 - one of the model's literals, as checked
        value = element.attributes.get(name)
        if value is None or (name, value) == ("modality", _UNSAID):
            return None
        if value in _CHOICES[name]:
            return _CHOICES[name][value]
        known = ", ".join(_CHOICES[name])
        problem = f"{name} must be one of {known} (got {value!r}); choose one"
        self.problems.append(SchemaError("timeml-value", element.where, problem))
        return None
