"""Which format documents are in, from their names and a bounded look at what they begin with."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from vinee.errors import InputError, InvalidError, MalformedError, Where, printable
from vinee.formats import archive
from vinee.formats.columns.json_rows import is_tagged
from vinee.formats.detect.look import Look
from vinee.model import Document
from vinee.text.tags import is_tag

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

__all__ = ["Detected", "detect"]

_BESIDE = (".ann", ".a1", ".a2")  # the text
_MOST_FOLDERS = 20
_MOST_KEYS = 12
_OPTION = "--format NAME (--gold-format for gold, --from for convert)"
_REMEDY = (
    "ViNEE reads JSON with doc_id, tokens and tags of each sentence a line, TextEE, BigBIO and "
    "Label Studio: bring it into one of these"
)
_MOST_LINES = 200
_TAG_SHARE = 0.8  # of lines, that a slip does not hide what all others show
_FEWEST_COLUMNS = 2
_OFFSETS = re.compile(r"(?m)^[^\t\n]+\t\d+\t\d+\t\S")
_PLAIN = re.compile(r"-DOCSTART- \(.*\)\tO\n")
_NO_ROW = re.compile(r"#\s|-DOCSTART-|</?\w+>")
# What is in no known shape is read as what its name says, so that its reader tells what is wrong.
_SUFFIXES: Mapping[str, str] = {
    ".jsonl": "jsonl",
    ".json": "jsonl",
    ".tml": "timeml",
    ".parquet": "hf",
    ".arrow": "hf",
    ".spacy": "spacy",
}


@dataclass(frozen=True)
class Detected:
    """What was found.

    Attributes:
        format: Name of the format.
        container: ``file``, ``folder``, or a kind of archive: ``zip``, ``tar``, ``tar.gz``.
        why: What it was known by.
    """

    format: str
    container: str
    why: str

    def __str__(self) -> str:
        """Give all of it on a line, such as ``brat, a folder: .ann beside .txt``."""
        return f"{self.format}, a {self.container}: {self.why}"


def detect(path: Path) -> Detected:
    """Tell the format of a file, a folder or an archive.

    Raises:
        MalformedError: There is nothing, or it cannot be read or unpacked.
        InvalidError: It looks like no format that we know, or like several; or only folders in
            it do; or it is a pipe, which cannot be looked at twice.
    """
    where = Where(file=str(path))
    if not path.exists():
        raise MalformedError("no-documents", where, "no such file or folder; check the path")
    kind = archive.kind_of(path)
    if kind is not None:
        with archive.unpacked(path) as folder:
            found = _detected(archive.content(folder))
            return Detected(found.format, kind, found.why)
    if not path.is_dir() and not path.is_file():
        problem = f"a pipe cannot be looked at twice; say what it holds with {_OPTION}"
        raise InvalidError("format-pipe", where, problem)
    return _detected(path)


def _detected(path: Path) -> Detected:
    look = Look(path)
    fitting = [shape for shape in _SHAPES if shape.fits(look)]
    container = "folder" if look.is_folder else "file"
    if len(fitting) == 1:
        return Detected(fitting[0].format, container, fitting[0].sought)
    if look.is_folder and not fitting and (inside := _inside(path)):
        listed = "; ".join(f"{name} ({each})" for name, each in inside.items())
        problem = f"it holds no documents itself, but folders that do: {listed}; give one of them"
        raise InvalidError("format-folders", Where(file=str(path)), problem)
    by_name = None if look.is_folder or look.opening == "[" else _SUFFIXES.get(path.suffix)
    if by_name is not None and not fitting:
        if by_name == "jsonl" and (keys := _strange_keys(look)):
            problem = f"it is JSON with {keys}, which is no shape that is known; {_REMEDY}"
            raise InvalidError("format-unknown", Where(file=str(path)), problem)
        return Detected(by_name, container, f"its name ends in {path.suffix}")
    raise _unclear(Where(file=str(path)), fitting)


def _strange_keys(look: Look) -> str | None:
    """Name the keys of JSON that is no document of ours with a slip, but something else."""
    keys = next(look.first_keys(), frozenset())
    strange = keys - {*Document.__struct_fields__}
    if not strange or "doc_id" in keys:
        return None
    shown = ", ".join(sorted(keys)[:_MOST_KEYS])
    return printable(shown if len(keys) <= _MOST_KEYS else f"{shown} …")


def _inside(folder: Path) -> dict[str, str]:
    """Name the folders in a folder whose format is known, such as the splits of a corpus."""
    found = {}
    for each in sorted(folder.iterdir())[:_MOST_FOLDERS]:
        if each.is_dir() and not each.name.startswith("."):
            look = Look(each)
            fitting = [shape.format for shape in _SHAPES if shape.fits(look)]
            if len(fitting) == 1:
                found[each.name] = fitting[0]
    return found


def _unclear(where: Where, fitting: list[_Shape]) -> InputError:
    listed = "; ".join(f"{shape.format} ({shape.sought})" for shape in fitting or _SHAPES)
    if fitting:
        problem = f"it looks like several formats: {listed}; say which with {_OPTION}"
        return InvalidError("format-several", where, problem)
    problem = f"it looks like no format that is known, which are {listed}; check the path, or say"
    return InvalidError(
        "format-unknown",
        where,
        f"{problem} which it is with {_OPTION}",
    )


def _is_docbin(head: bytes) -> bool:
    try:
        return b"\xa7version" in zlib.decompressobj().decompress(head, 64)
    except zlib.error:
        return False


def _is_brat(look: Look) -> bool:
    names = {name for name in look.names if "/" not in name}
    stems = {name[: -len(suffix)] for suffix in _BESIDE for name in names if name.endswith(suffix)}
    return any(f"{stem}.txt" in names for stem in stems)


def _is_ours(keys: frozenset[str]) -> bool:
    return "doc_id" in keys and not keys & {"passages", "wnd_id", "tokens", "entity_mentions"}


def _is_textee(keys: frozenset[str]) -> bool:
    return "wnd_id" in keys or {"entity_mentions", "event_mentions"} <= keys


def _is_task(keys: frozenset[str]) -> bool:
    return "data" in keys and bool(keys & {"annotations", "predictions"})


def _has_offsets(text: str) -> bool:
    return text.startswith("# doc_id = ") and _OFFSETS.search(text) is not None


def _is_plain(text: str) -> bool:
    return _PLAIN.match(text) is not None


def _is_columns(text: str) -> bool:
    lines = text.split("\n")[:-1] or [text]
    rows = [line.split() for line in lines if line.strip() and not _NO_ROW.match(line)]
    rows = rows[:_MOST_LINES]
    tagged = sum(len(row) >= _FEWEST_COLUMNS and any(map(is_tag, row[1:])) for row in rows)
    return bool(rows) and tagged >= _TAG_SHARE * len(rows) and not _has_offsets(text)


def _is_dataset(look: Look) -> bool:
    if look.is_folder:
        return look.has(".parquet") or bool({"dataset_dict.json", "state.json"} & {*look.names})
    return next(look.heads(), b"").startswith((b"PAR1", b"ARROW1"))


class _Shape(NamedTuple):
    format: str
    sought: str
    fits: Callable[[Look], bool]


_SHAPES = (
    _Shape(
        "jsonl",
        "JSON with doc_id, one document a line, or .json files of one each",
        lambda look: any(map(_is_ours, look.first_keys(".json"))),
    ),
    _Shape(
        "brat", ".ann, or .a1 and .a2, beside .txt", lambda look: look.is_folder and _is_brat(look)
    ),
    _Shape(
        "conll",
        "# doc_id and columns of token, start, end and tags",
        lambda look: any(map(_has_offsets, look.texts(".conll"))),
    ),
    _Shape(
        "conll-plain",
        "-DOCSTART- (id) and two columns",
        lambda look: any(map(_is_plain, look.texts(".conll"))),
    ),
    _Shape(
        "columns",
        "a token and its tags a line, or JSON Lines with tokens and tags",
        lambda look: (
            not any(map(_is_plain, look.texts(".conll")))
            and not look.has(*_BESIDE)
            and (any(map(_is_columns, look.texts(""))) or any(map(is_tagged, look.texts(""))))
        ),
    ),
    _Shape(
        "timeml",
        "XML with <TimeML>",
        lambda look: any("<TimeML" in text for text in look.texts(".tml")),
    ),
    _Shape(
        "textee",
        "JSON Lines with wnd_id or entity_mentions",
        lambda look: not look.is_folder and any(map(_is_textee, look.first_keys())),
    ),
    _Shape(
        "label-studio",
        "a JSON list of tasks with data and annotations",
        lambda look: look.opening == "[" and any(map(_is_task, look.first_keys())),
    ),
    _Shape(
        "bigbio",
        "JSON Lines with passages",
        lambda look: not look.is_folder and any("passages" in keys for keys in look.first_keys()),
    ),
    _Shape("hf", "Parquet, Arrow, or what save_to_disk made", _is_dataset),
    _Shape(
        "spacy",
        "spaCy's DocBin, .spacy",
        lambda look: any(map(_is_docbin, look.heads(".spacy"))),
    ),
)
