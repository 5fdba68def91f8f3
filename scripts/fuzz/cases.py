"""One case: a valid file or folder that was changed, as its seed, format and number say.

All chance comes from one generator with that seed, asked in a fixed order. So a failure can be
made again from what the command prints, and no case has to be stored.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, NamedTuple

import changed_bytes
import changed_folders
import changed_values
from valid import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from valid import Base, Tree

# How often, where there is a choice.
NAMED = 0.7  # the format is named, instead of detected
FOLDER = 0.04  # the folder is changed, instead of what is in it
VALUES = 0.6  # a value is changed where there are values, instead of bytes
COMPRESSED = 0.7  # what is compressed is changed, instead of its outside
ARCHIVE = 0.3  # an archive is broken itself, besides what is inside
# After these what is missing was taken out, or cannot be told from what was never there. Arrow
# has no checksum: shifted bytes of it can be other, valid numbers.
REMOVING = frozenset(
    {"delete", "truncate", "empty", "delete-line", "json", "rows", "drop-file", "rename-file"}
    | {"copy-file", "file-for-folder", "folder-for-file", "binary"}
)


class Case(NamedTuple):
    """A mutated file or folder.

    Attributes:
        format: What was mutated; see `format_names`.
        number: Which one; with the seed it fixes all else.
        tree: The files.
        kinds: The mutations.
        named: Whether the format is named when it is read, instead of detected.
    """

    format: str
    number: int
    tree: Tree
    kinds: tuple[str, ...]
    named: bool


def case(sources: Mapping[str, Sequence[Base]], name: str, seed: int, number: int) -> Case:
    """Make a case; the same arguments always give the same."""
    rng = random.Random(f"{seed}:{name}:{number}")  # noqa: S311 - no secret
    tree = dict(rng.choice(sources[name]).tree)
    kinds: list[str] = []
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        tree = _mutated(rng, tree, kinds)
    if name == "brat-zip":
        packed = changed_folders.zipped(tree)
        if rng.random() < ARCHIVE:
            kinds.append("flip")
            packed = changed_folders.in_archive(rng, packed)
        tree = {"": packed}
    return Case(name, number, tree, tuple(kinds), rng.random() < NAMED)


def _mutated(rng: random.Random, tree: Tree, kinds: list[str]) -> Tree:
    if not tree or rng.random() < FOLDER:
        kind = rng.choice([*changed_folders.CHANGES]) if tree else "folder-for-file"
        kinds.append(kind)
        return changed_folders.CHANGES[kind](rng, tree)
    place = rng.choice([*tree])
    content = tree[place]
    if content[:1] in {b"{", b"["} and rng.random() < VALUES:
        kinds.append("json")
        return {**tree, place: changed_values.in_json(rng, content)}
    if content[:4] == b"PAR1" and rng.random() < VALUES:
        kinds.append("rows")
        return {**tree, place: changed_values.in_rows(rng, content)}
    kind = rng.choice([*changed_bytes.CHANGES])
    kinds.append(kind)
    if b"\0" in content:
        kinds.append("binary")
    if content[:1] == b"\x78" and rng.random() < COMPRESSED:
        return {**tree, place: changed_bytes.in_compressed(rng, content, kind)}
    return {**tree, place: changed_bytes.CHANGES[kind](rng, content)}


def put(made: Case, folder: Path) -> Path:
    """Write a case into a folder, and give the path to read."""
    path = folder / f"case{SUFFIXES.get(made.format, '')}"
    if [*made.tree] == [""]:
        path.write_bytes(made.tree[""])
        return path
    path.mkdir()
    for name, content in made.tree.items():
        file = path / (name or "a")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return path
