"""The log of an adjudication: every decision with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from vinee.corpus.adjudication.changes import Change
from vinee.corpus.adjudication.decide import Decision, Take
from vinee.errors import IntegrityError, SchemaError, Where
from vinee.formats import atomic, native

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from vinee.corpus.adjudication.article import Article
    from vinee.corpus.adjudication.disagreements import Disagreement


class LoggedDecision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A disagreement, what each annotator said, whose statement holds, and why.

    ``take`` is None as long as it is undecided, and ``other`` where neither's holds.
    """

    id: str
    first: str | None
    second: str | None
    take: Take | None = None
    why: str = ""


class Log(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The adjudication of one article.

    Attributes:
        doc_id: The article.
        annotators: The two whose passes were compared, first and second.
        decisions: One for each disagreement.
        sweep: One for each place where gold differs from what the decisions give, be it that a
            look at the whole corpus or that an adjudicator's third answer made it so.
    """

    doc_id: str
    annotators: tuple[str, str]
    decisions: tuple[LoggedDecision, ...] = ()
    sweep: tuple[Change, ...] = ()

    def decided(self) -> dict[str, Decision]:
        """Return the decisions by the id of the disagreement; open ones are left out."""
        return {each.id: Decision(each.take, each.why) for each in self.decisions if each.take}

    def with_disagreements(self, found: Iterable[Disagreement]) -> Log:
        """Return a log of exactly these disagreements, with the decisions that stand in this."""
        decided = self.decided()
        return msgspec.structs.replace(
            self,
            decisions=tuple(
                LoggedDecision(each.id, each.first, each.second, *_of(decided.get(each.id)))
                for each in found
            ),
        )


def _of(decision: Decision | None) -> tuple[Take | None, str]:
    return (None, "") if decision is None else (decision.take, decision.why)


def write_log(path: Path, log: Log) -> None:
    """Write a log as JSON, one decision after the other."""
    content = msgspec.json.format(msgspec.json.encode(log), indent=1)
    atomic.write_bytes(path, content + b"\n")


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


def log_of(article: Article, folder: Path) -> Log:
    """Give the log of an article's disagreements, with what its file has decided, if there is one.

    Args:
        article: The article.
        folder: Folder of the logs, ``<doc_id>.json``.

    Raises:
        InputError: The file cannot be read.
        IntegrityError: It is the log of another article, or of other annotators.
    """
    path = folder / f"{article.doc_id}.json"
    if not path.exists():
        return Log(article.doc_id, article.annotators).with_disagreements(article.found)
    known = read_log(path)
    if (known.doc_id, known.annotators) != (article.doc_id, article.annotators):
        raise IntegrityError(
            f"{path} is the log of {known.doc_id!r} by {' and '.join(known.annotators)}, not of "
            f"{article.doc_id!r} by {' and '.join(article.annotators)}; give --log another folder"
        )
    return known.with_disagreements(article.found)
