"""What stands in the way of an edition: disagreements that nobody decided, or without a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee.corpus.adjudication import read_log
from vinee.corpus.findings import Finding
from vinee.errors import Where

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def undecided(logs: Path) -> Iterator[Finding]:
    """``undecided``, ``reason-missing``: what the logs of a folder leave open.

    Raises:
        InputError: A log cannot be read.
    """
    for path in sorted(logs.glob("*.json")):
        log = read_log(path)
        for number, decision in enumerate(log.decisions):
            where = Where(str(path), doc_id=log.doc_id, path=f"$.decisions[{number}]")
            if decision.take is None:
                yield Finding("undecided", "error", where, f"{decision.id!r}: decide it")
            elif not decision.why.strip():
                yield Finding("reason-missing", "error", where, f"{decision.id!r}: give the reason")
        for number, change in enumerate(log.sweep):
            if not change.why.strip():
                where = Where(str(path), doc_id=log.doc_id, path=f"$.sweep[{number}]")
                yield Finding("reason-missing", "error", where, f"{change.id!r}: give the reason")
