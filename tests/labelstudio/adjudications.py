"""The two blind passes as an adjudication, and somebody who hands answers in."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import Any

from vinee import resources
from vinee.corpus import quoted
from vinee.corpus.adjudication import Article, Log, articles, read_log
from vinee.labelstudio.adjudicating.names import TAKE, WHY
from vinee.labelstudio.adjudicating.present import There
from vinee.labelstudio.adjudicating.tasks import task

ANNOTATIONS = resources.root() / "annotations"
FIRST, SECOND = ANNOTATIONS / "passes" / "a1", ANNOTATIONS / "passes" / "a2"

Result = list[dict[str, Any]]


@cache
def passes() -> tuple[Article, ...]:
    """Give the articles of the two passes."""
    return tuple(articles(quoted.resolved(FIRST), quoted.resolved(SECOND), ("a1", "a2")))


def recorded(article: Article) -> Log:
    """Give the log of the adjudication as it was."""
    return read_log(ANNOTATIONS / "adjudication" / f"{article.doc_id}.json")


def empty(article: Article) -> Log:
    """Give a log in which nothing is decided."""
    return Log(article.doc_id, article.annotators).with_disagreements(article.found)


def opened(article: Article, log: Log | None = None) -> Result:
    """Give what the editor makes of the task as somebody opens it."""
    result: Result = deepcopy(task(article, log or empty(article))["predictions"][0]["result"])
    return result


def answer(control: str, value: str) -> dict[str, Any]:
    """Give an answer about the whole task, as the editor writes it."""
    kind = "choices" if control.startswith(TAKE) else "textarea"
    key = "choices" if kind == "choices" else "text"
    return {
        "id": f"by-hand-{control}",
        "from_name": control,
        "to_name": "text",
        "type": kind,
        "value": {key: [value]},
        "origin": "manual",
    }


def answered(article: Article, log: Log) -> Result:
    """Give the answers of a log, as somebody who fills the panel in makes them."""
    decided = log.decided()
    found = []
    for index, each in enumerate(article.found):
        decision = decided[each.id]
        found.append(answer(f"{TAKE}{index}", decision.take))
        found.append(answer(f"{WHY}{index}", decision.why))
    return found


def there(article: Article, *results: Result, skipped: int = 0, draft: bool = False) -> There:
    """Give the task as a server that has annotations of it tells of it."""
    annotations = tuple({"id": n, "result": result} for n, result in enumerate(results, start=1))
    return There(
        7, "http://127.0.0.1/7", task(article, empty(article))["data"], annotations, skipped, draft
    )
