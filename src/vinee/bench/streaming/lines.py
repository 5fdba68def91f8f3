"""Lines of JSON into documents, as `vinee.formats.native` reads them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from vinee.errors import InputError, Where
from vinee.formats import keys, short
from vinee.model import Document, GpeRole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

USUAL_LEVEL: Literal["NAM"] = "NAM"
_ALWAYS = 4  # keys of each mention: start, end, type, text
_TOP = 2  # keys of each document: doc_id, mentions
_Offset = Annotated[int, Meta(ge=0, lt=1 << 62)]


class UsualMention(Struct, forbid_unknown_fields=True, gc=False, kw_only=True):
    """A mention with nothing but span, type, text, and what changes nothing."""

    start: _Offset
    end: _Offset
    type: str
    text: str
    id: None = None
    extent: None = None
    level: Literal["NAM"] = USUAL_LEVEL
    gpe_role: GpeRole | None = None
    entity: None = None
    score: float | UnsetType = UNSET


class UsualDocument(Struct, forbid_unknown_fields=True, gc=False, kw_only=True, omit_defaults=True):
    """A document with nothing but such mentions."""

    doc_id: str
    mentions: list[UsualMention]
    text: str | None = None

    def whole(self) -> Document:
        """Return the document that `native.decode` gives for the line."""
        return msgspec.convert(msgspec.to_builtins(self), Document)


_ANY = msgspec.json.Decoder(Document)
_OPTIONAL: dict[str, Any] = {
    field.name: field.type
    for field in msgspec.structs.fields(UsualMention)
    if field.default is not msgspec.NODEFAULT
}
_BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def documents(
    path: Path, labels: Iterable[str], texts: Mapping[str, str]
) -> Iterator[tuple[int, UsualDocument | Document | InputError]]:
    """Read JSON Lines from a file, one at a time; nothing is kept.

    A line that our decoders take, and in which no key stands twice, is taken as it is, unless it
    has a ``meta``, on which there are more checks; everything else goes to the decoder of all
    predictions, which takes their short forms and says what is wrong with a line.

    Args:
        path: The file.
        labels: Known labels; a usual document has no others.
        texts: The text of each ``doc_id``, in which strings without offsets are looked for.

    Yields:
        The line's number (from 1) with its document, or with the error that it holds.

    Raises:
        OSError: The file cannot be read.
    """
    known = tuple(labels)
    carefully = short.decoder(texts)
    given: tuple[str, ...] = ()
    usual_of = _Usual(known, given)
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            usual = usual_of(line)
            if usual is None and (others := _given(line)) != given:
                given = others  # those of one file are nearly always alike
                usual_of = _Usual(known, given)
                usual = usual_of(line)
            if usual is not None:
                yield number, usual
            elif line.strip():
                yield number, _decoded(line, Where(str(path), number), carefully)


class _Usual:
    """Decodes usual documents in which no key stands twice, and whose mentions have all keys given.

    The colons of a line are those of its pairs and those in its strings. All keys that are
    counted here are there, so that if there are no more colons, each is there once.
    """

    def __init__(self, labels: tuple[str, ...], given: tuple[str, ...]) -> None:
        self._decode = _usual(labels, given).decode
        self._keys = _ALWAYS + len(given)

    def __call__(self, line: bytes) -> UsualDocument | None:
        """Decode a line; None, of which nothing follows, if it holds something else."""
        try:
            usual = self._decode(line)
        except _BROKEN:
            return None
        more = line.count(b":") - len(usual.mentions) * self._keys - _TOP
        return usual if not more or more == _in_strings(usual, line) else None


def _in_strings(usual: UsualDocument, line: bytes) -> int | None:
    """Count the colons that a document's strings and its text's key have; None if some hide."""
    if keys.ESCAPED_COLON in line:
        return None
    strings = "".join([usual.doc_id, usual.text or "", *[each.text for each in usual.mentions]])
    return strings.count(":") + (usual.text is not None)


def _given(line: bytes) -> tuple[str, ...]:
    """Name the keys that the first mention of a line has beside those that all have."""
    try:
        mention = msgspec.json.decode(line)["mentions"][0]
        return tuple(key for key in _OPTIONAL if key in mention)
    except (*_BROKEN, TypeError, LookupError):
        return ()


@cache
def _usual(labels: tuple[str, ...], given: tuple[str, ...]) -> msgspec.json.Decoder[UsualDocument]:
    """Return what decodes documents with these labels only, whose mentions have all keys given.

    A label that is one of a few is looked up, where any text would be made anew each time.
    """
    one_of_them: Any = Literal.__getitem__(labels)
    mention: Any = msgspec.defstruct(
        "KnownMention",
        [("type", one_of_them), *((key, _OPTIONAL[key]) for key in given)],
        bases=(UsualMention,),
        gc=False,
        kw_only=True,
    )
    document = msgspec.defstruct(
        "KnownDocument",
        [("mentions", list[mention])],
        bases=(UsualDocument,),
        gc=False,
        kw_only=True,
    )
    return msgspec.json.Decoder(document)


def _decoded(
    line: bytes, where: Where, carefully: Callable[[bytes, Where], Document]
) -> Document | InputError:
    try:
        document = _ANY.decode(line)
        if document.meta is None and keys.find_twice(line, where) is None:
            return document
    except _BROKEN:
        pass
    try:
        return carefully(line, where)
    except InputError as error:
        return error
