"""What a run would replace: results on the same gold, or what somebody may still want."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from vinee.bench import tasks
from vinee.bench.file_names import file_name
from vinee.errors import InvalidError, Where

if TYPE_CHECKING:
    from pathlib import Path


class _Corpus(msgspec.Struct):
    hash: str


class _Stored(msgspec.Struct):
    """What of a result says on which gold it was made."""

    corpus: _Corpus


def check(out: Path, system: str, corpus: str) -> None:
    """Check that what is stored of a system was made on the gold that it is to be run on.

    Args:
        out: Folder for results.
        system: Name of the system.
        corpus: Hash of the gold's content.

    Raises:
        InvalidError: A result that the run would replace, or whose predictions it would, is of
            another gold.
    """
    for task in tasks.known():
        path = out / "results" / f"{file_name(system)}.{task.name}.json"
        stored = _read(path)
        if stored is not None and stored.corpus.hash != corpus:
            raise InvalidError(
                "result-of-another-gold",
                Where(file=str(path)),
                f"this result of {system!r} is of another gold (hash {stored.corpus.hash[:12]}, "
                f"now {corpus[:12]}), and the run would replace it or its predictions; give "
                "another folder with --out, or --force to replace it",
            )


def _read(path: Path) -> _Stored | None:
    """Read a stored result as far as it is needed; None if it is not there, or is none."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=_Stored)
    except (FileNotFoundError, msgspec.DecodeError, UnicodeDecodeError):
        return None
