"""Writing all that a new article consists of, or nothing."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec
import yaml

from vinee.corpus import seeds
from vinee.corpus.add import first_pass
from vinee.errors import IntegrityError, one_line
from vinee.formats import atomic, native

if TYPE_CHECKING:
    from pathlib import Path

    from vinee.corpus.add.article import Article
    from vinee.corpus.quoted import Pass
    from vinee.corpus.seeds import Provenance


def write(root: Path, article: Article, origin: Provenance, draft: Pass) -> tuple[Path, ...]:
    """Write seed, checksum, provenance and draft; if one cannot be written, none is.

    Returns:
        The files that were made or changed.

    Raises:
        IntegrityError: An entry cannot be appended to ``seeds.yaml`` as that stands.
        OSError: A file cannot be written; all is as it was.
    """
    folder = root / "seeds"
    files = {
        root / "annotations" / "passes" / "draft" / f"{article.doc_id}.json": first_pass.encode(
            article.text, draft
        ),
        folder / f"{article.doc_id}.txt": article.content,
        folder / "seeds.yaml": _with_entry(folder / "seeds.yaml", article.doc_id, origin),
        folder / seeds.CHECKSUMS: _with_checksum(folder / seeds.CHECKSUMS, article),
    }
    _write_all(files)
    seeds.provenance.cache_clear()
    return tuple(files)


def _write_all(files: dict[Path, bytes]) -> None:
    before = {path: native.read_bytes(path) if path.exists() else None for path in files}
    made = [parent for path in files for parent in path.parents if not parent.exists()]
    try:
        for path, content in files.items():
            atomic.write_bytes(path, content)
    except BaseException:
        for path, old in before.items():
            if old is None:
                path.unlink(missing_ok=True)
            elif native.read_bytes(path) != old:
                atomic.write_bytes(path, old)
        for parent in made:
            if parent.exists():
                parent.rmdir()
        raise


def _with_entry(path: Path, doc_id: str, origin: Provenance) -> bytes:
    """Append text, so that comments and layout of the file survive; check what it reads as."""
    before = native.read_text(path)
    entry = yaml.safe_dump(
        {doc_id: {name: _plain(known) for name, known in msgspec.structs.asdict(origin).items()}},
        allow_unicode=True,
        default_flow_style=None,
        sort_keys=False,
        width=float("inf"),
    )
    after = before + ("" if before.endswith("\n") or not before else "\n") + entry
    try:
        if doc_id in (yaml.safe_load(before) or {}):
            raise IntegrityError(f"{path} has an entry of {doc_id} already; remove it")
        msgspec.convert(yaml.safe_load(after), dict[str, seeds.Provenance])
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        raise IntegrityError(f"{path}: {one_line(str(error))}; mend the file") from error
    return after.encode("utf-8")


def _plain(known: seeds.Known) -> dict[str, object]:
    values: dict[str, object] = msgspec.to_builtins(known)
    return {key: value for key, value in values.items() if key == "value" or value is not None}


def _with_checksum(path: Path, article: Article) -> bytes:
    digest = hashlib.sha256(article.content).hexdigest()
    lines = [*native.read_text(path).splitlines(), f"{digest}  {article.doc_id}.txt"]
    ordered = sorted(lines, key=lambda line: line.partition("  ")[2])
    return "".join(f"{line}\n" for line in ordered).encode("utf-8")
