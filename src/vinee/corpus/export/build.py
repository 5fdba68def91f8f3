"""Building the Hugging Face dataset folder from the gold. The same gold gives the same bytes."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from vinee.corpus import gold, seeds
from vinee.corpus.export import card, configs, parquet, rows
from vinee.formats import atomic

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from vinee.model import Document


def contents(documents: Sequence[Document]) -> dict[str, bytes]:
    """Give the dataset's files: relative path to bytes, ``SHA256SUMS`` last."""
    edition = gold.edition()
    metadata = {"vinee.canary": edition.canary, "vinee.version": edition.version}
    encoded = {
        f"data/{data}/{document.doc_id}.parquet": parquet.encode(
            rows.rows(data, document), configs.features(data), metadata
        )
        for data in configs.DATA
        for document in documents
    }
    files = {path: file.content for path, file in encoded.items()}
    files[card.NAME] = card.render(documents, encoded).encode("utf-8")
    files[seeds.CHECKSUMS] = _checksums(files).encode("ascii")
    return files


def build(folder: Path, documents: Sequence[Document] | None = None) -> tuple[str, ...]:
    """Write the dataset to ``folder`` and remove what no longer belongs there.

    Returns:
        The relative paths of the files that the dataset consists of.
    """
    files = contents(documents or gold.documents())
    for name, content in files.items():
        atomic.write_bytes(folder / name, content)
    _remove_stale(folder, files.keys())
    return tuple(files)


def _remove_stale(folder: Path, wanted: Collection[str]) -> None:
    """Remove Parquet files of documents or configs that are gone; nothing else is touched."""
    for path in sorted((folder / "data").rglob("*.parquet")):
        if path.relative_to(folder).as_posix() not in wanted:
            path.unlink()
            if not any(path.parent.iterdir()):
                path.parent.rmdir()


def _checksums(files: dict[str, bytes]) -> str:
    return "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n"
        for name, content in sorted(files.items())
    )
