"""ViNEE's own JSON: one document a file (gold), or one document a line (predictions)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from vinee.errors import InputError, MalformedError, SchemaError, Where
from vinee.formats import atomic, diagnosis, keys
from vinee.model import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from typing import TypeAlias

    Decoder: TypeAlias = Callable[[bytes, Where], Document]

BOM = b"\xef\xbb\xbf"
_DECODER = msgspec.json.Decoder(Document)
_ENCODER = msgspec.json.Encoder()


def read_bytes(path: Path) -> bytes:
    """Read a file.

    Raises:
        MalformedError: The operating system does not let us, for the reason in the message.
    """
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a name with a null character
        raise _unreadable(path, error) from error


def read_text(path: Path) -> str:
    """Read a text as UTF-8 with every character kept, line ends included.

    Raises:
        MalformedError: The file cannot be read, or its bytes are not UTF-8.
    """
    return _utf8(read_bytes(path), Where(file=str(path)))


def read(path: Path, decoder: Decoder | None = None) -> Document:
    """Read one document from a JSON file, with `decode` unless another decoder is given.

    Raises:
        MalformedError: Unreadable, not UTF-8, not JSON, or nested too deep.
        SchemaError: Not the shape of a document; the message has the JSON path.
    """
    return (decoder or decode)(read_bytes(path), Where(file=str(path)))


def write(path: Path, document: Document) -> None:
    """Write one document as indented JSON with a final newline, atomically."""
    atomic.write_bytes(path, indented(document))


def indented(document: Document) -> bytes:
    """Encode a document as it stands in a file of its own."""
    return msgspec.json.format(encode(document), indent=1) + b"\n"


def read_lines(
    path: Path, decoder: Decoder | None = None
) -> Iterator[tuple[int, Document | InputError]]:
    """Read JSON Lines of documents from a file, a pipe or a device.

    Yields:
        The line's number (from 1) with its document, or with the error that it holds, so
        that the caller decides whether to stop or to count.

    Raises:
        MalformedError: The file cannot be read.
    """
    for number, line in _lines(path):
        if not line.strip():
            continue
        try:
            yield number, (decoder or decode)(line, Where(file=str(path), line=number))
        except InputError as error:
            yield number, error


def read_all(
    path: Path, decoder: Decoder | None = None
) -> Iterator[tuple[Where, Document | InputError]]:
    """Read documents from wherever ``path`` leads.

    A folder gives its ``*.json`` files, each one document, and so does one such file;
    anything else, pipes included, is read as JSON Lines.

    Yields:
        Each document, or the error that stands in its place, with where it was read.

    Raises:
        MalformedError: There is nothing at ``path``, it cannot be read, or it holds no document.
    """
    if _answer(path.is_dir):
        yield from _read_each(_json_files(path), decoder)
    elif path.suffix == ".json" and _answer(path.exists):
        yield from _read_each([path], decoder)
    else:
        nothing = True
        for number, item in read_lines(path, decoder):
            nothing = False
            yield Where(file=str(path), line=number), item
        if nothing:
            raise _no_documents(path, "the file holds no document; write one a line")


def write_lines(path: Path, documents: Iterable[Document]) -> None:
    """Write documents as JSON Lines, atomically."""
    atomic.write_bytes(path, b"".join(encode(document) + b"\n" for document in documents))


def encode(document: Document) -> bytes:
    """Encode a document as compact JSON; the same document always gives the same bytes."""
    return _ENCODER.encode(document)


def decode(content: bytes, where: Where) -> Document:
    """Decode a document.

    Raises:
        MalformedError: Not UTF-8, not JSON, nested too deep, or a number or character that
            JSON does not have; or an object has a key twice.
        SchemaError: Not the shape of a document.
    """
    document = _decoded(content, where)
    # What we wrote has each key once, and is known by its bytes.
    if encode(document) != content.rstrip() and (twice := keys.find_twice(content, where)):
        raise twice
    return document


def _decoded(content: bytes, where: Where) -> Document:
    if content.startswith(BOM):
        message = "begins with a byte order mark; save as UTF-8 without BOM"
        raise MalformedError("bom", where, message)
    text = _utf8(content, where)
    try:
        document = _DECODER.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        raise diagnosis.explain(text, error, where) from error
    # All else has the depth that its type gives it.
    blemish = diagnosis.find_blemish(document.meta, diagnosis.named(document, where), "$.meta")
    if blemish is not None:
        raise blemish
    return document


def checked(value: object, where: Where) -> Document:
    """Check a document that was made in memory, where nothing has checked its fields' types.

    Args:
        value: A document, or a mapping of its shape.
        where: The place to name in errors; the id of the document is added to it.

    Returns:
        The document that `decode` gives for its JSON: what passes here can be written and read.

    Raises:
        MalformedError: NaN, infinity, a lone surrogate, or nested too deep.
        SchemaError: Not the shape of a document.
    """
    where = diagnosis.named(value, where)
    sound = _sound(value, where)
    if sound is not None:
        return sound
    blemish = diagnosis.find_blemish(value, where)
    if blemish is not None:
        raise blemish
    try:
        content = msgspec.json.encode(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise SchemaError(
            "schema", where, f"cannot be written as JSON: {error}; give plain values"
        ) from error
    return _decoded(content, where)


def _sound(value: object, where: Where) -> Document | None:
    """Return a document that is the same as what its JSON gives; None, of which nothing follows.

    What is the same after it was written and read needs no search for what is wrong with it,
    which would take many times as long.
    """
    if type(value) is not Document:
        return None
    try:
        again = _decoded(msgspec.json.encode(value), where)
        same = again == value
    except (InputError, TypeError, ValueError, OverflowError, RecursionError):
        return None
    return again if same else None


def _utf8(content: bytes, where: Where) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1 if where.line is None else where.line
        raise MalformedError(
            "not-utf8",
            Where(where.file, line, where.doc_id, where.path),
            f"byte {error.start} (0x{content[error.start]:02x}) is not UTF-8; save as UTF-8",
        ) from error


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    try:
        with path.open("rb") as file:
            yield from enumerate(file, start=1)
    except FileNotFoundError as error:
        raise _no_documents(path, "no such file or folder; check the path") from error
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error


def _read_each(
    files: Iterable[Path], decoder: Decoder | None
) -> Iterator[tuple[Where, Document | InputError]]:
    for file in files:
        try:
            yield Where(file=str(file)), read(file, decoder)
        except InputError as error:
            yield Where(file=str(file)), error


def _json_files(folder: Path) -> list[Path]:
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix == ".json")
    except OSError as error:
        raise _unreadable(folder, error) from error
    if not files:
        raise _no_documents(folder, "the folder holds no *.json file; put one document in each")
    return files


def _answer(question: Callable[[], bool]) -> bool:
    try:
        return question()
    except OSError:
        return False  # what is wrong is told when it is read


def _unreadable(path: Path, error: Exception) -> MalformedError:
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return MalformedError(
        "unreadable",
        Where(file=str(path)),
        f"cannot be read: {reason}; give a readable file, or remove it",
    )


def _no_documents(path: Path, problem: str) -> MalformedError:
    return MalformedError("no-documents", Where(file=str(path)), problem)
