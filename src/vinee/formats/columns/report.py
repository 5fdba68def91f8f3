"""What was found out about a file of columns while it was read, and what was wrong with it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from vinee.errors import InvalidError, SchemaError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vinee.errors import InputError, Where
    from vinee.model import Document
    from vinee.text.tags import Scheme

Separator: TypeAlias = Literal["tab", "blank"]
Underscores: TypeAlias = Literal["join", "keep"]

_MOST_NAMED = 10  # documents in a warning
_MOST_KEPT = 1000  # of each kind, so that a wrong scheme in a huge file does not fill the memory


@dataclass(frozen=True)
class Uncovered:
    """Text of a document that no token covers, where tokens should leave out white space only.

    Attributes:
        doc_id: The document.
        count: How many syllables, numbers and marks of its text (see `vinee.text.syllables`).
        of: How many its text has.
        first: Where the first of them begins, in code points.
    """

    doc_id: str
    count: int
    of: int
    first: int

    def __str__(self) -> str:
        """Say it in a few words."""
        return f"{self.doc_id} ({self.count} of {self.of}, the first at {self.first})"


@dataclass(frozen=True)
class ColumnsReport:
    """How files of columns were read; all of it holds for all files of a folder together.

    Attributes:
        files: The files, in the order in which they were read.
        separator: ``tab``: each tab ends a column, and a token may hold spaces; ``blank``: each
            run of spaces and tabs does.
        width: How many columns most lines have; the others are broken.
        token: The column of tokens, counted from 0.
        tags: The columns whose tags were read, outermost entities first if several.
        left_out: Columns that hold tags too but of syntactic chunks, such as ``B-NP``.
        scheme: The scheme in which the fewest tags are ill-formed.
        candidates: All schemes in which no more are, in order of preference. Reading tags needs
            no scheme (see `vinee.text.tags`), so that they all give the same entities.
        prefixes: How often each prefix stands there, as it is spelled; without ``O``.
        ill_formed: How many tags the scheme does not have in that place.
        read_as: For each pair of an ill-formed tag and the tag as which it was read, how often.
        segmented: Whether tokens are words with underscores between their syllables.
        underscores: ``join``: in a joined text these became spaces; ``keep``: they did not.
        text: ``given``: entities are spans of the given texts; ``joined``: of texts made of the
            tokens, with a space between two and a line break after each sentence.
        matched: Whether documents found their given texts by ``id`` or by ``order``.
        alignment: How many tokens stand in the given texts as ``exact``, ``repaired`` or
            ``ungrounded``; None without given texts.
        documents: How many documents were read.
        sentences: How many sentences the files have.
        tokens: How many tokens were read.
        passed_over: Lines of markup such as ``<s>`` and comments that say nothing to us.
        problems: How often each kind of finding occurs, by code.
        uncovered: The documents whose given text has more than the tokens cover.
    """

    files: tuple[str, ...]
    separator: Separator
    width: int
    token: int
    tags: tuple[int, ...]
    left_out: tuple[int, ...]
    scheme: Scheme
    candidates: tuple[Scheme, ...]
    prefixes: Mapping[str, int]
    ill_formed: int
    read_as: Mapping[tuple[str, str], int]
    segmented: bool
    underscores: Underscores
    text: Literal["given", "joined"]
    matched: Literal["id", "order"] | None
    alignment: Mapping[str, int] | None
    documents: int
    sentences: int
    tokens: int
    passed_over: int
    problems: Mapping[str, int]
    uncovered: tuple[Uncovered, ...] = ()

    @property
    def warning(self) -> str | None:
        """Say that text is not covered, of which nothing can be predicted; None if all is."""
        if not self.uncovered:
            return None
        more = len(self.uncovered) - _MOST_NAMED
        named = "; ".join(map(str, self.uncovered[:_MOST_NAMED]))
        return (
            f"warning: no token covers {sum(each.count for each in self.uncovered)} syllables, "
            f"numbers and marks, and what the gold has there is missed: {named}"
            f"{f'; and {more} more documents' if more > 0 else ''}; was the file cut short?"
        )

    def __str__(self) -> str:
        """Say in one line what was detected."""
        others = [scheme for scheme in self.candidates if scheme != self.scheme]
        parts = [
            self.scheme + (f" (or {', '.join(others)}: the same entities)" if others else ""),
            f"{self.width} columns separated by {self.separator}s",
            f"token {self.token}, tags {', '.join(map(str, self.tags))}"
            + (f", chunks {', '.join(map(str, self.left_out))} left out" if self.left_out else ""),
            "segmented words" if self.segmented else "tokens without underscores",
            f"{self.documents} documents, {self.sentences} sentences, {self.tokens} tokens",
            f"{self.ill_formed} ill-formed tags",
        ]
        if self.text == "joined":
            parts.append("texts made by joining tokens with spaces, sentences with line breaks")
        if self.alignment is not None:
            counts = ", ".join(f"{count} {kind}" for kind, count in self.alignment.items())
            parts.append(f"tokens in the texts, found by {self.matched}: {counts}")
        return "; ".join(parts)


@dataclass(frozen=True)
class ColumnsRead:
    """Documents, how they were read, and what was wrong.

    Attributes:
        documents: In the order of the files.
        report: What was detected.
        findings: Each with a code and a place, in order of place; at most a thousand of each
            code, for ``report.problems`` has the numbers.
    """

    documents: tuple[Document, ...]
    report: ColumnsReport
    findings: tuple[InputError, ...] = ()


@dataclass
class Problems:
    """Collects what is wrong while files are read."""

    counts: Counter[str] = field(default_factory=Counter)
    _found: list[tuple[int, InputError]] = field(default_factory=list)

    def schema(self, code: str, where: Where, problem: str, rank: int = 0) -> None:
        """Add a line that does not have the shape of the file; ``rank`` is that of the file."""
        if self._counted(code):
            self._found.append((rank, SchemaError(code, where, problem)))

    def invalid(self, code: str, where: Where, problem: str, rank: int = 0) -> None:
        """Add a line that contradicts the others or the text; ``rank`` is that of the file."""
        if self._counted(code):
            self._found.append((rank, InvalidError(code, where, problem)))

    def in_order(self) -> tuple[InputError, ...]:
        """Give the findings in order of file and line; the last of a kind says how many are not."""
        last = {error.code: at for at, (_, error) in enumerate(self._found)}
        for code, at in last.items():
            more = self.counts[code] - _MOST_KEPT
            if more > 0:
                rank, error = self._found[at]
                problem = f"{error.problem}; {more:,} more of these are not listed"
                self._found[at] = (rank, type(error)(code, error.where, problem))
        ordered = sorted(self._found, key=lambda item: (item[0], item[1].where.line or 0))
        return tuple(error for _, error in ordered)

    def _counted(self, code: str) -> bool:
        self.counts[code] += 1
        return self.counts[code] <= _MOST_KEPT
