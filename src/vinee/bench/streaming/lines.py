"""Lines of JSON into documents, as `vinee.formats.native` reads them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from vinee.errors import InputError, Where
from vinee.formats import short
from vinee.model import Document, GpeRole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

USUAL_LEVEL: Literal["NAM"] = "NAM"
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
_BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def documents(
    path: Path, labels: Iterable[str], texts: Mapping[str, str]
) -> Iterator[tuple[int, UsualDocument | Document | InputError]]:
    """Read JSON Lines from a file, one at a time; nothing is kept.

    A line that our decoders take is taken as it is, unless it has a ``meta``, on which there are
    more checks; everything else goes to the decoder of all predictions, which takes their short
    forms and says what is wrong with a line.

    Args:
        path: The file.
        labels: Known labels; a usual document has no others.
        texts: The text of each ``doc_id``, in which strings without offsets are looked for.

    Yields:
        The line's number (from 1) with its document, or with the error that it holds.

    Raises:
        OSError: The file cannot be read.
    """
    decode = _usual(tuple(labels)).decode
    carefully = short.decoder(texts)
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                usual = decode(line)
            except _BROKEN:
                if line.strip():
                    yield number, _decoded(line, Where(str(path), number), carefully)
            else:
                yield number, usual


@cache
def _usual(labels: tuple[str, ...]) -> msgspec.json.Decoder[UsualDocument]:
    """Return what decodes documents with these labels only.

    A label that is one of a few is looked up, where any text would be made anew each time.
    """
    one_of_them: Any = Literal.__getitem__(labels)
    mention: Any = msgspec.defstruct(
        "KnownMention", [("type", one_of_them)], bases=(UsualMention,), gc=False, kw_only=True
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
        if document.meta is None:
            return document
    except _BROKEN:
        pass
    try:
        return carefully(line, where)
    except InputError as error:
        return error
