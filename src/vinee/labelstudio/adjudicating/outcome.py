"""What an article's log and task come to: decided, or what is still open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from vinee.corpus.adjudication import LoggedDecision
from vinee.corpus.adjudication.editing import settle
from vinee.corpus.adjudication.facts import SAID
from vinee.corpus.adjudication.standing import Standing
from vinee.corpus.validate import check_document
from vinee.errors import InputError, Where
from vinee.labelstudio.adjudicating.answers import answers
from vinee.labelstudio.adjudicating.names import STANDING
from vinee.labelstudio.adjudicating.tasks import task

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vinee.corpus.adjudication import Decision, Log
    from vinee.corpus.adjudication.article import Article
    from vinee.corpus.adjudication.reasons import Edited
    from vinee.labelstudio.adjudicating.answers import Answers
    from vinee.labelstudio.adjudicating.present import There
    from vinee.model import Document

_BARE = (
    "what was handed in has nothing left in the text, and gives no reason; if that is meant, say "
    "why in the last field; if the page had not shown the text's regions, delete the task and "
    "repeat: it is made again, with the answers"
)


@dataclass(frozen=True)
class Outcome:
    """What an article comes to.

    Attributes:
        article: The article.
        log: Its log, with what was handed in.
        url: Where its task is opened.
        open: What stands in the way of gold, for people to read.
        revised: How many decisions of the log were answered otherwise since.
        document: The decided document, if nothing stands in the way.
    """

    article: Article
    log: Log
    url: str
    open: tuple[str, ...]
    revised: int
    document: Document | None

    @property
    def undecided(self) -> int:
        """How many disagreements are undecided."""
        return sum(each.take is None for each in self.log.decisions)


def outcome(article: Article, log: Log, there: There) -> Outcome:
    """Put together what the log has and what was handed in; the latter is newer and holds."""
    said, open_ = _handed_in(article, log, there)
    known = log.decided()
    decisions: dict[str, Decision] = dict(known)
    if said is not None:
        decisions.update(said.decisions)
        for id_ in said.incomplete:
            decisions.pop(id_, None)
        open_ += said.lacking
    edited = None if said is None else said.edited
    if edited is not None and _is_bare(article, edited):
        edited = None
        open_ += (_BARE,)
    settled = settle(article, decisions, edited, log.sweep)
    open_ += tuple(each for each in settled.open if each not in open_)
    if settled.document is not None:
        open_ += _errors(settled.document)
    return Outcome(
        article,
        replace(log, decisions=_logged(article, decisions), sweep=settled.sweep),
        there.url,
        open_,
        sum(decisions.get(id_) != decision for id_, decision in known.items()),
        None if open_ else settled.document,
    )


def _handed_in(article: Article, log: Log, there: There) -> tuple[Answers | None, tuple[str, ...]]:
    open_: list[str] = []
    if there.has_draft:
        open_.append("somebody has a draft that is not submitted; its answers do not count yet")
    if there.skipped and not there.handed_in:
        open_.append("the task was skipped; submit it instead")
    data = task(article, log)["data"]
    rows = _standing(there)
    read = []
    for annotation in there.handed_in:
        try:
            read.append(answers(article, annotation, data, rows))
        except InputError as error:
            number = annotation.get("id")
            open_.append(f"annotation {number} cannot be read: {error.problem} [{error.code}]")
    if any(each != read[0] for each in read):
        numbers = ", ".join(str(each.get("id")) for each in there.handed_in)
        open_.append(f"the annotations {numbers} contradict each other; delete all but one")
        return None, tuple(open_)
    return (read[0] if read else None), tuple(open_)


def _standing(there: There) -> list[Standing] | None:
    """Give what stood in the task as it was made; older tasks do not say."""
    try:
        return msgspec.convert(there.data.get(STANDING), list[Standing])
    except msgspec.ValidationError:
        return None


def _is_bare(article: Article, edited: Edited) -> bool:
    """Tell whether all is gone without a word.

    The editor may show a task without its regions, if it is opened by its address.
    """
    regions = any(key.layer not in SAID for key in article.ground)
    return regions and not edited.items and not edited.why


def _logged(article: Article, decisions: Mapping[str, Decision]) -> tuple[LoggedDecision, ...]:
    rows = []
    for each in article.found:
        decision = decisions.get(each.id)
        if decision is None:
            rows.append(LoggedDecision(each.id, each.first, each.second))
        else:
            rows.append(
                LoggedDecision(each.id, each.first, each.second, decision.take, decision.why)
            )
    return tuple(rows)


def _errors(document: Document) -> tuple[str, ...]:
    where = Where(doc_id=document.doc_id)
    found = check_document(document, document.text or "", where=where)
    return tuple(str(each) for each in found if each.severity == "error")
