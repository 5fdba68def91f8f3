"""One call of adjudication: tasks that are missing are made, and what was handed in is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee import ontology
from vinee.corpus.adjudication import log_of, write_log
from vinee.corpus.adjudication.facts import SAID
from vinee.errors import IntegrityError, UnknownNameError
from vinee.formats import native
from vinee.formats.label_studio import controls
from vinee.labelstudio import projects
from vinee.labelstudio.adjudicating.config import adjudication_config
from vinee.labelstudio.adjudicating.instructions import instructions
from vinee.labelstudio.adjudicating.names import TAKE
from vinee.labelstudio.adjudicating.outcome import Outcome, outcome
from vinee.labelstudio.adjudicating.present import check, present, send
from vinee.labelstudio.adjudicating.tasks import task

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from vinee.corpus.adjudication.article import Article
    from vinee.labelstudio.connection import Connection
    from vinee.labelstudio.projects import Project


def adjudicate(
    connection: Connection, articles: Sequence[Article], title: str, logs: Path
) -> list[Outcome]:
    """Bring an adjudication one step on; it may be repeated at any time.

    Args:
        connection: To a server.
        articles: What two annotators made of the same articles.
        title: Title of the project, which is made if there is none, or the number of one.
        logs: Folder of the logs, ``<doc_id>.json``; each is written anew if it has changed.

    Raises:
        IntegrityError: A task of the project was made of other passes, two are of one article,
            one is of no adjudication, a log is of other annotators, the two have one name, or
            the project has no fields for names and items that they gave. Nothing is written.
        InputError: A log cannot be read. Nothing is written.
        UnknownNameError: There is no project of that number.
        ServerError: The server is away, or refuses.
    """
    first, second = articles[0].annotators
    if first == second:
        raise IntegrityError(
            f"both annotators are called {first!r}, so that nobody could tell who said what; "
            "rename the folder of one"
        )
    kept = {article.doc_id: log_of(article, logs) for article in articles}
    project = _project(connection, articles, title)
    there = present(connection, project)
    for article in articles:
        if article.doc_id in there:
            check(article, there[article.doc_id], project)
    missing = [article for article in articles if article.doc_id not in there]
    if missing:
        tasks = [task(article, kept[article.doc_id]) for article in missing]
        send(connection, project, tasks)
        there = present(connection, project)
    found = [outcome(article, kept[article.doc_id], there[article.doc_id]) for article in articles]
    for each in found:
        path = logs / f"{each.article.doc_id}.json"
        if not path.exists() or each.log != kept[each.article.doc_id]:
            write_log(path, each.log)
    return found


def write_gold(outcomes: Iterable[Outcome], folder: Path) -> int:
    """Write the decided documents, all or none.

    Returns:
        How many were written: 0 if anything is open.
    """
    documents = [each.document for each in outcomes]
    decided = [document for document in documents if document is not None]
    if len(decided) < len(documents):
        return 0
    for document in decided:
        native.write(folder / f"{document.doc_id}.json", document)
    return len(decided)


def _project(connection: Connection, articles: Sequence[Article], title: str) -> Project:
    annotators = articles[0].annotators
    try:
        project = projects.find(connection, title)
    except UnknownNameError:
        if title.isdecimal():
            raise  # a number that was mistyped is no title
        labels = ontology.default()
        return projects.ensure(
            connection,
            title,
            adjudication_config(labels, annotators),
            instructions(labels, annotators),
            overlap=1,
        )
    if f'"{TAKE}' not in project.config:
        raise IntegrityError(
            f"the project {project.title!r} is there, but is no adjudication; give --project "
            "another title"
        )
    said = any(key.layer in SAID for article in articles for key in article.ground)
    if said and f'"{controls.ENTITY_WIKIDATA}"' not in project.config:
        raise IntegrityError(
            f"the project {project.title!r} is of a version that did not ask for names and "
            "Wikidata items, and the passes have some; give --project another title (what the log "
            "has already is set there)"
        )
    return project
