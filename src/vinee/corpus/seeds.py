"""The seed articles: their texts, their checksums, and what is known of where they come from."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec
import yaml

from vinee import resources
from vinee.errors import IntegrityError, MalformedError, SchemaError, Where
from vinee.formats import native

CHECKSUMS = "SHA256SUMS"
Basis = Literal["header", "inferred", "unknown"]


class Known(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A fact about an article with the phrases of its text that support it.

    ``not_before`` and ``not_after`` bound a date that is not known; ``X`` stands for a digit
    that the text does not give.
    """

    value: str | None
    basis: Basis
    evidence: tuple[str, ...]
    explanation: str
    not_before: str | None = None
    not_after: str | None = None


class Provenance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Outlet and publication date of an article."""

    outlet: Known
    published: Known


def folder() -> Path:
    """Return the folder of the seeds."""
    return resources.root() / "seeds"


def doc_ids(seeds: Path | None = None) -> tuple[str, ...]:
    """Return the ids of all articles, which are the file stems, in ascending order."""
    return tuple(sorted(path.stem for path in (seeds or folder()).glob("*.txt")))


def text(doc_id: str, seeds: Path | None = None) -> str:
    """Return an article decoded as UTF-8, nothing stripped or normalised."""
    return native.read_text((seeds or folder()) / f"{doc_id}.txt")


@cache
def provenance(seeds: Path | None = None) -> dict[str, Provenance]:
    """Read ``seeds.yaml``.

    Raises:
        MalformedError: The file cannot be read.
        SchemaError: The file does not have the shape of a table of provenance.
    """
    path = (seeds or folder()) / "seeds.yaml"
    try:
        table = yaml.safe_load(native.read_bytes(path))
        return msgspec.convert(table, dict[str, Provenance])
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # ValueError: no such date
        raise SchemaError("seeds-schema", Where(file=str(path)), str(error)) from error


def checksum_problems(directory: Path) -> list[str]:
    """Compare a folder with its ``SHA256SUMS``.

    Returns:
        One sentence for each file that is missing, changed, or not listed; the latter only
        for files of a kind (a suffix) that is listed at all.

    Raises:
        IntegrityError: There is no ``SHA256SUMS``, it lists nothing, or it cannot be read.
    """
    expected = _listed(directory / CHECKSUMS)
    problems = []
    for name, digest in expected.items():
        path = directory / name
        if not path.is_file():
            problems.append(f"{name} is listed, but missing; restore it from the release")
            continue
        try:
            actual = hashlib.sha256(native.read_bytes(path)).hexdigest()
        except MalformedError as error:
            problems.append(error.problem)
            continue
        if actual != digest:
            problems.append(
                f"{name} was changed: its SHA-256 is not the listed one; "
                "restore it from the release, or list the new one"
            )
    kinds = {Path(name).suffix for name in expected}
    present = {
        path.relative_to(directory).as_posix()
        for path in directory.rglob("*")
        if path.is_file() and path.suffix in kinds
    }
    unlisted = sorted(present - expected.keys() - {CHECKSUMS})
    return problems + [f"{name} is not listed; list it, or remove it" for name in unlisted]


def _listed(listing: Path) -> dict[str, str]:
    if not listing.is_file():
        raise IntegrityError(f"{Where(file=str(listing))} is missing; restore it from the release")
    try:
        content = native.read_text(listing)
    except MalformedError as error:
        raise IntegrityError(f"{error}; restore it from the release") from error
    expected: dict[str, str] = {}
    for number, line in enumerate(content.splitlines(), start=1):
        digest, _, name = line.partition("  ")
        if not name:
            where = Where(file=str(listing), line=number)
            raise IntegrityError(f"{where}: expected '<sha256>  <file>', got {line!r}; mend it")
        expected[name] = digest
    if not expected:
        raise IntegrityError(
            f"{Where(file=str(listing))} lists nothing; restore it from the release"
        )
    return expected
