"""A folder with all that another implementation needs, and that needs nothing of ours."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from vinee.bench.conformance import published
from vinee.errors import InputError, Where

if TYPE_CHECKING:
    from pathlib import Path

_PARTS = ("README.md", "cases", "schema", "deviations.yaml", "example.py")


def export(target: Path) -> tuple[Path, ...]:
    """Copy cases, schemas, deviations and their description into a new or empty folder.

    Returns:
        The files that were written.

    Raises:
        InputError: The folder holds something already, or is a file.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise InputError(
            "export-target", Where(file=str(target)), "must be new or an empty folder; give another"
        )
    target.mkdir(parents=True, exist_ok=True)
    for name in _PARTS:
        source = published.folder() / name
        if source.is_dir():
            shutil.copytree(source, target / name)
        else:
            shutil.copyfile(source, target / name)
    return tuple(sorted(path for path in target.rglob("*") if path.is_file()))
