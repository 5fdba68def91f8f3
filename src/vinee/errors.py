"""Everything that ViNEE raises.

::

    VineeError
    ├── InputError            a file, a document or a prediction is not what it must be
    │   ├── MalformedError    unreadable, not UTF-8, not JSON, cut off, nested too deep
    │   ├── SchemaError       JSON of the wrong shape
    │   ├── InvalidError      well-formed, but its content contradicts text, ontology or itself
    │   └── FindingsError     checks found errors; has all of them (in vinee.corpus.findings)
    ├── IntegrityError        a checksum does not hold, or the corpus folder is incomplete
    ├── UnknownNameError      no extractor, task, config or metric of that name
    ├── MissingExtraError     an optional dependency is not installed
    ├── ServerError           a server cannot be started or reached, or refuses what it is asked
    └── ExtractorError        an extractor failed or broke its contract

An error says what was wrong, where (file, line, JSON path, document), what was
expected, and what to do about it. The command line turns each into exit code 2.
Names and texts come from files that anybody may have written, so what is shown of them is
made `printable` first: no file can move the cursor or turn a line round on a terminal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def printable(text: str) -> str:
    """Write each character that is not printable as its escape, as ``repr`` would."""
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else repr(character)[1:-1] for character in text
    )


def one_line(text: str) -> str:
    """Join the lines of a message, which some parsers give as several, and make it printable."""
    return printable(" ".join(line.strip() for line in text.split("\n")))


class VineeError(Exception):
    """Base of all errors that ViNEE raises on purpose."""


@dataclass(frozen=True, slots=True)
class Where:
    """A place in some input; unknown parts are ``None``.

    ``line`` counts from 1. ``path`` is a JSON path such as ``$.mentions[3].start``.
    """

    file: str | None = None
    line: int | None = None
    doc_id: str | None = None
    path: str | None = None

    def __str__(self) -> str:
        """Give ``file:line: document: path``, printable, with the unknown parts left out."""
        place = self.file or ""
        if self.line is not None:
            place = f"{place}:{self.line}" if place else f"line {self.line}"
        return ": ".join(printable(part) for part in (place, self.doc_id, self.path) if part)


class InputError(VineeError):
    """Some input is not what it must be.

    Attributes:
        code: Stable identifier of the kind of error, such as ``span-outside``.
        where: The place.
        problem: What was wrong, what was expected, and what to do.
    """

    def __init__(self, code: str, where: Where, problem: str) -> None:
        self.code = code
        self.where = where
        self.problem = problem
        super().__init__(str(self))

    def __str__(self) -> str:
        """Give ``place: problem [code]``, printable, on one line."""
        place = f"{self.where}: " if str(self.where) else ""
        return f"{place}{one_line(self.problem)} [{self.code}]"


class MalformedError(InputError):
    """The bytes cannot be had, are not UTF-8, or are not JSON that can be read."""


class SchemaError(InputError):
    """The JSON does not have the shape of a document."""


class InvalidError(InputError):
    """The content contradicts the text, the ontology or itself."""


class IntegrityError(VineeError):
    """A checksum does not hold, or a generated folder is incomplete."""


class UnknownNameError(VineeError):
    """There is no thing of that name; the message lists the names that exist."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        self.kind = kind
        self.name = name
        self.known = tuple(sorted(known))
        known_names = printable(", ".join(self.known)) or "none"
        super().__init__(f"unknown {kind} {name!r}; known: {known_names}")


class MissingExtraError(VineeError):
    """An optional dependency is not installed; the message names the command that installs it."""

    def __init__(self, package: str, extra: str) -> None:
        self.package = package
        self.extra = extra
        super().__init__(
            f"{package!r} is not installed; install it with: pip install 'vinee[{extra}]'"
        )


class ExtractorError(VineeError):
    """An extractor failed, or what it returned breaks the contract."""


class ServerError(VineeError):
    """A server cannot be started or reached, refuses a key, or answers what it should not."""
