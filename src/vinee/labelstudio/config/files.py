"""The configuration and the instructions as files, for whoever sets up a server by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee.formats import atomic
from vinee.labelstudio.config.instructions import instructions
from vinee.labelstudio.config.labeling import labeling_config

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from vinee.ontology import Ontology

CONFIG = "config.xml"
INSTRUCTIONS = "instructions.html"


def contents(ontology: Ontology) -> Mapping[str, str]:
    """Give the files' contents by name."""
    return {CONFIG: labeling_config(ontology), INSTRUCTIONS: instructions(ontology)}


def write(ontology: Ontology, folder: Path) -> tuple[Path, ...]:
    """Write the files into a folder, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in contents(ontology).items():
        atomic.write_bytes(folder / name, content.encode())
        written.append(folder / name)
    return tuple(written)


def stale(ontology: Ontology, folder: Path) -> tuple[Path, ...]:
    """List the files that are missing, or are not what would be written now."""
    return tuple(
        folder / name
        for name, content in contents(ontology).items()
        if not (folder / name).is_file() or (folder / name).read_bytes() != content.encode()
    )
