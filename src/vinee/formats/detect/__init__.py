"""Which format documents are in, from their names and a bounded look at what they begin with."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, islice
from typing import TYPE_CHECKING

from vinee.errors import InputError, InvalidError, MalformedError, Where, printable
from vinee.formats import archive
from vinee.formats.detect.look import SAMPLES, Look
from vinee.formats.detect.shapes import BESIDE, SHAPES
from vinee.model import Document

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from vinee.formats.detect.shapes import Shape

__all__ = ["Detected", "detect"]

_MOST_FOLDERS = 20
_MOST_KEYS = 12
_OPTION = "--format NAME (--gold-format for gold, --from for convert)"
_REMEDY = (
    "ViNEE reads JSON with doc_id, tokens and tags of each sentence a line, TextEE, BigBIO and "
    "Label Studio: bring it into one of these"
)
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
    fitting = [shape for shape in SHAPES if shape.fits(look)]
    container = "folder" if look.is_folder else "file"
    if look.is_folder and (others := _lying_there(look)):
        found = {**others, **{shape.format: shape.sought for shape in fitting}}
        if len(found) > 1:
            raise _several(Where(file=str(path)), found)
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
            fitting = [shape.format for shape in SHAPES if shape.fits(look)]
            if len(fitting) == 1:
                found[each.name] = fitting[0]
    return found


def _lying_there(look: Look) -> dict[str, str]:
    """Name the formats that the files of a folder have by themselves, each with such a file."""
    texts = {name.rpartition(".")[0] for name in look.names if name.endswith(BESIDE)}
    alone = sorted(
        (name for name in look.names if "/" not in name and not _is_brat(name, texts)),
        key=_suffix,
    )
    found: dict[str, str] = {}
    for _, names in groupby(alone, _suffix):
        for name in islice(names, SAMPLES):
            if (look.path / name).is_file():
                file = Look(look.path / name)
                fitting = [shape.format for shape in SHAPES if shape.fits(file)]
                if len(fitting) == 1:
                    found.setdefault(fitting[0], name)
    return found


def _is_brat(name: str, texts: set[str]) -> bool:
    return name.endswith(BESIDE) or name.removesuffix(".txt") in texts


def _suffix(name: str) -> str:
    return name.rpartition(".")[2]


def _several(where: Where, found: Mapping[str, str]) -> InputError:
    listed = "; ".join(f"{name} ({why})" for name, why in found.items())
    problem = f"it looks like several formats: {printable(listed)}; say which with {_OPTION}"
    return InvalidError("format-several", where, problem)


def _unclear(where: Where, fitting: list[Shape]) -> InputError:
    if fitting:
        return _several(where, {shape.format: shape.sought for shape in fitting})
    listed = "; ".join(f"{shape.format} ({shape.sought})" for shape in SHAPES)
    problem = f"it looks like no format that is known, which are {listed}; check the path, or say"
    return InvalidError(
        "format-unknown",
        where,
        f"{problem} which it is with {_OPTION}",
    )
