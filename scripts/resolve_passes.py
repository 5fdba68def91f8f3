"""Resolve annotators' passes into documents with offsets.

    python scripts/resolve_passes.py annotations/passes/a0 OUT

Reads every pass of the folder, looks each quote up in the seed, and writes ``OUT/<doc_id>.json``.
Without OUT it only checks. Stops with exit code 2 at the first quote that does not resolve.
"""

from __future__ import annotations

import sys
from pathlib import Path

from vinee import resources
from vinee.corpus import quoted
from vinee.errors import VineeError
from vinee.formats import native


def main(arguments: list[str]) -> int:
    """Resolve a folder of passes."""
    folder = Path(arguments[0])
    for path in sorted(folder.glob("*.json")):
        try:
            handed_in = quoted.read(path)
            text = native.read_text(resources.root() / "seeds" / f"{handed_in.doc_id}.txt")
            document = quoted.resolve(text, handed_in)
        except VineeError as error:
            print(f"{path}: {error}", file=sys.stderr)
            return 2
        print(
            f"{document.doc_id}: {len(document.mentions or ())} mentions, "
            f"{len(document.timexes or ())} times, {len(document.events or ())} events"
        )
        if len(arguments) > 1:
            native.write(Path(arguments[1]) / f"{document.doc_id}.json", document)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
