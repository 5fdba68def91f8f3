"""Changes of folders and archives: files that are gone, renamed, copied, or no folder at all.

Formats of several files are read by names and places, and a user may give a file for a folder.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from changed_bytes import delete, flip, insert, truncate

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping

    from valid import Tree

    Change = Callable[[random.Random, Tree], Tree]


def _file_for_folder(_: random.Random, tree: Tree) -> Tree:
    return {"": next(iter(tree.values()), b"")}


def _folder_for_file(rng: random.Random, tree: Tree) -> Tree:
    name = rng.choice(("a.jsonl", "a.json", "a.txt", "a.ann", "a.parquet", "a", "README.md"))
    return {name: next(iter(tree.values()), b"")}


def _drop_file(rng: random.Random, tree: Tree) -> Tree:
    gone = rng.choice([*tree])
    return {name: content for name, content in tree.items() if name != gone}


def _rename_file(rng: random.Random, tree: Tree) -> Tree:
    old = rng.choice([*tree])
    new = rng.choice((f"{old}x", f"sub/{old}", f"x{old}", old.upper(), f"{old}.txt"))
    return {(new if name == old else name): content for name, content in tree.items()}


def _copy_file(rng: random.Random, tree: Tree) -> Tree:
    old, other = rng.choice([*tree]), rng.choice([*tree])
    return {**tree, rng.choice((f"copy-{old}", other)): tree[old]}


CHANGES: Mapping[str, Change] = {
    "folder-for-file": _folder_for_file,
    "file-for-folder": _file_for_folder,
    "drop-file": _drop_file,
    "rename-file": _rename_file,
    "copy-file": _copy_file,
}


def zipped(tree: Tree) -> bytes:
    """Pack a folder; the same one always gives the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in tree.items():
            archive.writestr(zipfile.ZipInfo(name or "a.ann"), content)
    return packed.getvalue()


def in_archive(rng: random.Random, packed: bytes) -> bytes:
    """Break an archive itself, not what is inside."""
    return rng.choice((flip, truncate, delete, insert))(rng, packed)
