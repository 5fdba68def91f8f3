"""The gold at a revision of the project, read with git; the working tree is not touched."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from vinee.errors import MalformedError, Where
from vinee.formats import native

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vinee.model import Document

_GOLD = "annotations/gold"


def read(revision: str, folder: Path) -> Iterator[tuple[Where, Document]]:
    """Read ``annotations/gold/*.json`` as it was at a revision.

    Args:
        revision: Anything that names a commit: a tag, a branch, a hash, ``HEAD~3``.
        folder: A folder of the project, or inside it.

    Yields:
        Each document, with the revision and path that it was read from.

    Raises:
        MalformedError: There is no git, no repository, no such revision, or no gold in it; or a
            file is not JSON.
        SchemaError: A file is not a document.
    """
    prefix = os.fsdecode(_git(folder, "rev-parse", "--show-prefix")).removesuffix("\n")
    commit = _commit(folder, revision)
    inside, blobs = _gold(folder, commit, prefix, revision)
    contents = _git(folder, "cat-file", "--batch", stdin="\n".join(blobs.values()).encode() + b"\n")
    for name in blobs:
        where = Where(file=f"{revision}:{inside}/{name}")
        header, _, contents = contents.partition(b"\n")
        size = header.rpartition(b" ")[2]
        if not size.isdigit():
            message = "git does not have this file; fetch the whole history"
            raise MalformedError("git-object", where, message)
        yield where, native.decode(contents[: int(size)], where)
        contents = contents[int(size) + 1 :]


def _commit(folder: Path, revision: str) -> str:
    """Give the hash of a commit, which git cannot take for an option."""
    problem = f"git knows no revision {revision!r} here; git log and git tag list what there is"
    if not revision or revision.startswith("-") or "\0" in revision:
        raise MalformedError("git-revision", Where(), problem)
    try:
        found = _git(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    except MalformedError as error:
        raise MalformedError("git-revision", Where(), problem) from error
    return found.decode("ascii").strip()


def _gold(folder: Path, commit: str, prefix: str, revision: str) -> tuple[str, dict[str, str]]:
    """Find the gold in the folder or the nearest one around it; give names and hashes of blobs."""
    start = PurePosixPath(prefix)
    for around in (start, *start.parents):
        inside = (around / _GOLD).as_posix()
        try:
            listed = _git(folder, "ls-tree", "-z", "--full-tree", f"{commit}:{inside}")
        except MalformedError:
            continue
        entries = (line.partition("\t") for line in os.fsdecode(listed).split("\0"))
        blobs = {name: entry.split()[2] for entry, _, name in entries if name.endswith(".json")}
        if blobs:
            return inside, dict(sorted(blobs.items()))
    message = f"revision {revision!r} holds no {_GOLD}/*.json; give one that has a gold"
    raise MalformedError("git-gold", Where(), message)


def _git(folder: Path, *arguments: str, stdin: bytes = b"") -> bytes:
    program = shutil.which("git")
    if program is None:
        message = "git is not installed; install it, or give a path instead of a revision"
        raise MalformedError("git-missing", Where(), message)
    done = subprocess.run(  # noqa: S603 - no shell, and a revision is a hash by then
        [program, *arguments],
        cwd=folder,
        input=stdin,
        capture_output=True,
        check=False,
        env={**os.environ, "LC_ALL": "C"},
    )
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip() or "no reason given"
        message = f"git {arguments[0]} failed in {str(folder)!r}: {reason}"
        raise MalformedError("git-failed", Where(), message)
    return done.stdout
