"""What a run would replace: the same system on the same gold, or what may still be wanted."""

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


class _System(msgspec.Struct):
    name: str


class _Stored(msgspec.Struct):
    """What of a result, or of the record of a run, says whose it is and of which gold."""

    system: _System
    corpus: _Corpus | None = None


def check(out: Path, system: str, corpus: str | None = None) -> None:
    """Check that what is stored where a run would store is of that system and gold.

    Args:
        out: Folder for results.
        system: Name of the system.
        corpus: Hash of the gold's content; any if not given.

    Raises:
        InvalidError: A result that the run would replace, or whose predictions it would, is of
            another system or gold.
    """
    name = file_name(system)
    results = (out / "results" / f"{name}.{task.name}.json" for task in tasks.known())
    for path in (*results, out / "runs" / f"{name}.json"):
        stored = _read(path)
        if stored is None:
            continue
        if stored.system.name != system:
            # A space and an underscore make the same name, and so do cases on some disks.
            raise InvalidError(
                "result-of-another-system",
                Where(file=str(path)),
                f"this file is of the system {stored.system.name!r}, and a run of {system!r} would "
                "replace it and its predictions; give one of them another name, or another folder "
                "with --out",
            )
        if corpus is not None and stored.corpus is not None and stored.corpus.hash != corpus:
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
