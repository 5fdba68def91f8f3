"""Everything that the server would take and nobody could work with, found before it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee.corpus.findings import Finding, FindingsError
from vinee.errors import InputError, Where
from vinee.labelstudio.checking import Rules, check_task
from vinee.labelstudio.offered import offered
from vinee.labelstudio.pushing import configured, items

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from vinee.labelstudio.pushing.items import Given, Item


class PushError(FindingsError):
    """Documents are not fit to be sent; ``findings`` has all that is wrong."""

    remedy = "nothing was sent: mend these, or choose other documents"


def checked(
    given: Iterable[Given], config: str, on_done: Callable[[int], None] = lambda _: None
) -> tuple[Item, ...]:
    """Make the tasks of documents and check every one of them.

    Args:
        given: The documents.
        config: Labeling configuration of the project that they are for.
        on_done: Told how many are done.

    Raises:
        PushError: Something is wrong; nothing is to be sent.
        InvalidError: The configuration cannot be read.
    """
    has = offered(config)
    used = configured.Used()
    findings: list[Finding] = []
    made: dict[str, Item] = {}
    # What breaks the guidelines is for annotators to find.
    rules = Rules(guidelines=False)
    for number, each in enumerate(given, start=1):
        doc_id = each.document.doc_id
        if doc_id in made:
            message = "the document is there twice; remove one, or give it another id"
            findings.append(Finding("doc-twice", "error", Where(doc_id=doc_id), message))
            continue
        try:
            whole = items.whole(each)
        except InputError as error:
            findings.append(_finding(error, doc_id))
            continue
        found = check_task(whole, None, rules, Where(doc_id=doc_id, path="$"))
        findings += [finding for finding in found if finding.refuses]
        used.note(doc_id, whole)
        made[doc_id] = items.item(doc_id, each.document.text or "", whole)
        on_done(number)
    findings = [*configured.lacking(used, has), *findings]
    if findings:
        raise PushError(findings)
    return tuple(made.values())


def _finding(error: InputError, doc_id: str) -> Finding:
    where = Where(error.where.file, error.where.line, doc_id, error.where.path)
    return Finding(error.code, "error", where, error.problem)
