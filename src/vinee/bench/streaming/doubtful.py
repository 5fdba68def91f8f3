"""Documents that are not plainly in order, checked as every prediction is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee.corpus.predictions import _checked as checked_rows
from vinee.errors import InputError, Where
from vinee.model import Document

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vinee.corpus.findings import Finding
    from vinee.ontology import Ontology

_MOST_WAITING = 1_000


class Doubtful:
    """Lines that wait to be checked, and what was found in those that were.

    Lines are checked some at a time, so that a file full of errors is not kept either.

    Attributes:
        findings: What was found so far, in the order of the lines.
    """

    def __init__(self, path: Path, gold: Sequence[Document], labels_of: Ontology) -> None:
        self.findings: list[Finding] = []
        self._file = str(path)
        self._gold = gold
        self._labels_of = labels_of
        self._rows: list[tuple[Where, Document | InputError]] = []
        self._ids: set[str] = set()

    @property
    def is_full(self) -> bool:
        """Whether it is time to `settle`."""
        return len(self._rows) >= _MOST_WAITING

    def waits(self, doc_id: str) -> bool:
        """Tell whether a line with this document waits: which of two counts is yet open."""
        return doc_id in self._ids

    def add_error(self, error: InputError) -> None:
        """Let a line wait that holds no document."""
        self._rows.append((error.where, error))

    def add(self, line: int, document: Document, *, repeats: bool) -> None:
        """Let a line wait.

        Args:
            line: Its number, from 1.
            document: What it holds.
            repeats: Whether such a document was counted before.
        """
        if repeats and document.doc_id not in self._ids:
            # Stands for the one that was counted, so that this one is told to be the second.
            self._rows.append((Where(), Document(document.doc_id)))
        self._rows.append((Where(file=self._file, line=line), document))
        self._ids.add(document.doc_id)

    def settle(self) -> tuple[Document, ...]:
        """Check the lines that wait.

        Returns:
            What of them is fit to be scored, less what findings are about; and what stands for
            documents that were counted before, which holds nothing.
        """
        checked = checked_rows(self._rows, self._gold, None, self._labels_of)
        self.findings += checked.findings
        self._rows.clear()
        self._ids.clear()
        return checked.documents
