"""Building the Hugging Face dataset folder from the gold. The same gold gives the same bytes."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from vinee.corpus import gold, seeds
from vinee.corpus.export import card, configs, croissant, features, parquet, rows
from vinee.errors import IntegrityError
from vinee.formats import atomic

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vinee.model import Document


def contents(documents: Sequence[Document]) -> dict[str, bytes]:
    """Give the dataset's files: relative path to bytes, ``SHA256SUMS`` last."""
    edition = gold.edition()
    metadata = {"vinee.canary": edition.canary, "vinee.version": edition.version}
    encoded = {
        f"data/{data}/{document.doc_id}.parquet": parquet.encode(
            rows.rows(data, document), features.features(data), metadata
        )
        for data in configs.kinds(documents)
        for document in documents
    }
    files = {path: file.content for path, file in encoded.items()}
    files[card.NAME] = card.render(documents, encoded).encode("utf-8")
    files[croissant.NAME] = croissant.render(documents, encoded).encode("utf-8")
    files[seeds.CHECKSUMS] = _checksums(files).encode("ascii")
    return files


def build(folder: Path, documents: Sequence[Document] | None = None) -> tuple[str, ...]:
    """Write the dataset to ``folder`` and remove what an earlier build left there.

    Returns:
        The relative paths of the files that the dataset consists of.

    Raises:
        IntegrityError: The folder holds something else than a dataset that was built before.
    """
    earlier = _built_before(folder)
    files = contents(documents or gold.documents())
    for name, content in files.items():
        atomic.write_bytes(folder / name, content)
    for name in sorted(earlier - files.keys()):
        (folder / name).unlink(missing_ok=True)
    return tuple(files)


def _built_before(folder: Path) -> set[str]:
    """Give the files of an earlier build, which its checksums list; nothing else is ours."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return set()
    listing = folder / seeds.CHECKSUMS
    if not listing.is_file():
        raise IntegrityError(
            f"{folder} is not empty and holds no dataset built before (no {seeds.CHECKSUMS}); "
            "choose an empty folder, so that nothing of yours is overwritten"
        )
    names = {line.partition("  ")[2] for line in listing.read_text("utf-8").splitlines()}
    inside = {
        name
        for name in names
        if name and (folder / name).resolve().is_relative_to(folder.resolve())
    }
    return inside - {seeds.CHECKSUMS}


def _checksums(files: dict[str, bytes]) -> str:
    return "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n"
        for name, content in sorted(files.items())
    )
