"""The log of an adjudication: every decision with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from vinee.corpus.adjudication.decide import Decision
from vinee.errors import SchemaError, Where
from vinee.formats import native

if TYPE_CHECKING:
    from pathlib import Path


class LoggedDecision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A disagreement, what each annotator said, whose statement holds, and why."""

    id: str
    first: str | None
    second: str | None
    take: Literal["first", "second"]
    why: str


class Change(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the consistency sweep changed afterwards, and why."""

    id: str
    before: str | None
    after: str | None
    why: str


class Log(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The adjudication of one article.

    Attributes:
        doc_id: The article.
        annotators: The two whose passes were compared, first and second.
        decisions: One for each disagreement.
        sweep: One for each place where gold differs from what the decisions give.
    """

    doc_id: str
    annotators: tuple[str, str]
    decisions: tuple[LoggedDecision, ...] = ()
    sweep: tuple[Change, ...] = ()

    def decided(self) -> dict[str, Decision]:
        """Return the decisions by the id of the disagreement."""
        return {each.id: Decision(each.take, each.why) for each in self.decisions}


def read_log(path: Path) -> Log:
    """Read a log.

    Raises:
        MalformedError: The file cannot be read.
        SchemaError: It is no log; the message has the JSON path.
    """
    try:
        return msgspec.json.decode(native.read_text(path), type=Log)
    except (msgspec.DecodeError, RecursionError) as error:
        raise SchemaError("log-schema", Where(file=str(path)), str(error)) from error
