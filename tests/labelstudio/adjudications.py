"""The two blind passes as an adjudication, and somebody who hands answers in."""

from __future__ import annotations

import json
from copy import deepcopy
from functools import cache
from typing import Any

from vinee import resources
from vinee.corpus import quoted
from vinee.corpus.adjudication import Article, Log, articles, read_log
from vinee.labelstudio.adjudicating.names import TAKE, WHY
from vinee.labelstudio.adjudicating.present import There
from vinee.labelstudio.adjudicating.tasks import task
from vinee.model import Document, Entity, Mention, Section, Span

ANNOTATIONS = resources.root() / "annotations"
FIRST, SECOND = ANNOTATIONS / "passes" / "a1", ANNOTATIONS / "passes" / "a2"

Result = list[dict[str, Any]]

# A small article on which two may disagree.
TEXT = "Lào thăm Pháp. Sau đó nước này mời nước kia."
LAO, PHAP, LAO_AGAIN, PHAP_AGAIN = (0, 3), (9, 13), (22, 30), (35, 43)


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


def there(
    article: Article,
    *results: Result,
    skipped: int = 0,
    draft: bool = False,
    log: Log | None = None,
) -> There:
    """Give the task as a server that has annotations of it tells of it.

    ``log`` is that from which the task was made.
    """
    annotations = tuple({"id": n, "result": result} for n, result in enumerate(results, start=1))
    return There(
        7,
        "http://127.0.0.1/7",
        json.loads(json.dumps(task(article, log or empty(article))["data"])),
        annotations,
        skipped,
        draft,
    )


def two_states(lao: str | None, phap: str | None, *leaving: tuple[int, int]) -> Document:
    places = {LAO: "e1", PHAP: "e2", LAO_AGAIN: "e1", PHAP_AGAIN: "e2"}
    return Document(
        "a",
        TEXT,
        sentences=(Span(0, 14, TEXT[:14]), Span(15, 44, TEXT[15:])),
        mentions=tuple(
            Mention(
                *at,
                "GPE",
                TEXT[slice(*at)],
                id=f"m{n}",
                gpe_role="ORG",
                level="NAM" if at in (LAO, PHAP) else "NOM",
                entity=e,
            )
            for n, (at, e) in enumerate(places.items())
            if at not in leaving
        ),
        entities=(
            Entity("e1", "GPE", corpus_id="lao", wikidata=lao),
            Entity("e2", "GPE", corpus_id="phap", wikidata=phap),
        ),
        sections=(Section(0, 44, "body"),),
        timexes=(),
        events=(),
        chains=(),
    )


def two_views(first: Document | None = None, second: Document | None = None) -> Article:
    """Pair two who agree on all but what Lào is."""
    one = first or two_states("Q819", "Q142")
    [article] = articles([one], [second or two_states("NIL", "Q142")], ("lan", "minh"))
    return article
