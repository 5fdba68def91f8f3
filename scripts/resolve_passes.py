"""Resolve annotators' passes into documents with offsets, and check what they say.

    python scripts/resolve_passes.py annotations/passes/a0 [--to OUT] [--check]

Takes passes, or folders of them. Looks each quote up in the seed and, with ``--to``, writes
``OUT/<doc_id>.json``. With ``--check`` it also prints what the validator says of each document.
Exit code 2: a quote does not resolve, or the validator finds an error.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from vinee import resources
from vinee.corpus import quoted
from vinee.corpus.validate import check_document
from vinee.errors import VineeError, Where
from vinee.formats import native

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vinee.model import Document


def _files(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(path.glob("*.json")) if path.is_dir() else [path]


def _resolved(path: Path) -> Document:
    handed_in = quoted.read(path)
    text = native.read_text(resources.root() / "seeds" / f"{handed_in.doc_id}.txt")
    return quoted.resolve(text, handed_in)


def _errors(document: Document, path: Path) -> int:
    findings = check_document(document, document.text or "", where=Where(str(path)))
    for finding in findings:
        layer, index = finding.item[0], finding.item[1] if len(finding.item) > 1 else None
        item = getattr(document, str(layer))[index].id if isinstance(index, int) else layer
        print(f"{finding.severity}: {finding.id}: {item}: {finding.message}")
    return sum(finding.severity == "error" for finding in findings)


def main() -> int:
    """Resolve passes."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("passes", nargs="+", type=Path)
    parser.add_argument("--to", type=Path)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    failed = False
    for path in _files(options.passes):
        try:
            document = _resolved(path)
        except VineeError as error:
            print(f"{path}: {error}", file=sys.stderr)
            failed = True
            continue
        print(
            f"{document.doc_id}: {len(document.mentions or ())} mentions, "
            f"{len(document.entities or ())} entities, {len(document.timexes or ())} times, "
            f"{len(document.events or ())} events, "
            f"{sum(len(event.arguments) for event in document.events or ())} arguments"
        )
        failed |= options.check and _errors(document, path) > 0
        if options.to is not None:
            native.write(options.to / f"{document.doc_id}.json", document)
    return 2 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
