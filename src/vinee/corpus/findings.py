"""What a check finds: a stable id, a level, a place, and the item to look at."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from vinee.errors import InputError, InvalidError, Where, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Severity = Literal["error", "warning"]
_MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or looks wrong, in a document or a folder.

    Attributes:
        id: Stable name of the check, such as ``span-text``.
        severity: ``error`` fails the validation, ``warning`` does not.
        where: Document and JSON path.
        message: What was found, what was expected, and what to do.
        item: Keys that lead to the item in the document, ``("mentions", 3)`` or
            ``("events", 2, "arguments", 0)``; empty where the document as a whole is meant.
    """

    id: str
    severity: Severity
    where: Where
    message: str
    item: tuple[str | int, ...] = ()

    def __str__(self) -> str:
        """Give ``severity place: message [id]``, printable, on one line."""
        place = f"{self.where}: " if str(self.where) else ""
        return f"{self.severity} {place}{one_line(self.message)} [{self.id}]"

    def as_error(self) -> InvalidError:
        """Turn the finding into an exception."""
        return InvalidError(self.id, self.where, self.message)

    def to_json(self) -> dict[str, str | int | None]:
        """Give the finding as flat JSON; a lone surrogate, which UTF-8 lacks, is escaped."""
        return {
            "id": self.id,
            "severity": self.severity,
            "file": _encodable(self.where.file),
            "line": self.where.line,
            "doc_id": _encodable(self.where.doc_id),
            "path": _encodable(self.where.path),
            "message": _encodable(self.message),
        }


def _encodable(text: str | None) -> str | None:
    return None if text is None else text.encode("utf-8", "backslashreplace").decode("utf-8")


def listed(findings: Sequence[Finding]) -> Iterator[str]:
    """Give the first findings, one a line, and of the others how many there are of each kind."""
    yield from map(str, findings[:_MOST_SHOWN])
    others = Counter(finding.id for finding in findings[_MOST_SHOWN:])
    if others:
        kinds = ", ".join(f"{number} [{kind}]" for kind, number in sorted(others.items()))
        yield f"… and {others.total()} more: {kinds}"


class FindingsError(InputError):
    """Some input was checked and is not fit for use.

    Attributes:
        findings: All that is wrong; the message shows the first, one a line.
        remedy: The last line of the message: what to do.
    """

    remedy: ClassVar[str]

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        lines = [*listed(self.findings), self.remedy]
        first = self.findings[0]
        super().__init__(first.id, first.where, "\n".join(lines))

    def __str__(self) -> str:
        """Give one line a finding, then the remedy."""
        return self.problem


def path_of(item: tuple[str | int, ...]) -> str:
    """Write keys as a JSON path: ``("events", 2, "trigger")`` is ``$.events[2].trigger``."""
    return "$" + "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in item)
