"""What each system made of each article: judged, marked and laid out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vinee.bench import tasks
from vinee.bench.report.differing import differing_in
from vinee.bench.report.errors import errors_of
from vinee.bench.report.events import events_of
from vinee.bench.report.judging import ERRORS, judge
from vinee.bench.report.marks import marks_of
from vinee.bench.report.tally import ClassTally
from vinee.bench.report.track import lay_out
from vinee.bench.result import System
from vinee.model import Document

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vinee.bench.report.differing import Differing
    from vinee.bench.report.errors import ErrorLine
    from vinee.bench.report.events import EventLine
    from vinee.bench.report.judging import Judged
    from vinee.bench.report.marks import Mark
    from vinee.bench.report.track import Track
    from vinee.bench.result import Result
    from vinee.ontology import Ontology

MOST = 200  # articles of which all are shown
# For a system that finds names alone; what was not scored is not compared.
_FINEST = ("ner_fine", "ner", "mentions")


@dataclass(frozen=True, slots=True)
class Reading:
    """What one system made of one article.

    Attributes:
        number: The system's, from 1.
        system: Its name.
        prefix: What all ids in it begin with.
        track: The text with its marks.
        events: Its events, with arguments.
        errors: Its errors, in order of the text.
        differing: What is said of its items beside span, type and role, where that differs.
        first: Id of the first mark or event that is an error; None if there is none.
    """

    number: int
    system: str
    prefix: str
    track: Track
    events: tuple[EventLine, ...]
    errors: tuple[ErrorLine, ...]
    differing: tuple[Differing, ...]
    first: str | None

    @property
    def event_of(self) -> dict[str, str]:
        """Id of the event that each mark of a trigger leads to."""
        return {mark: event.id for event in self.events for mark in event.marks}


@dataclass(frozen=True, slots=True)
class Article:
    """An article with what every system made of it."""

    doc_id: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class SystemReadings:
    """A system over all documents.

    Attributes:
        number: From 1, in the order of the leaderboard.
        name: Its name.
        task: The task whose view its mentions are compared by.
        judged: What became of each item of all documents.
        tally: The same, counted.
        chains: How many chains its articles show, of gold and of the prediction.
    """

    number: int
    name: str
    task: str
    judged: tuple[Judged, ...]
    tally: ClassTally
    chains: int


@dataclass(frozen=True, slots=True)
class Readings:
    """All articles and systems.

    Attributes:
        systems: In the order of the leaderboard.
        articles: Those that are shown, by id.
        documents: How many documents there are.
        with_errors: How many of them have errors; None if all are shown.
    """

    systems: tuple[SystemReadings, ...]
    articles: tuple[Article, ...]
    documents: int
    with_errors: int | None


def read_all(
    results: Sequence[Result],
    gold: Sequence[Document],
    predictions: Mapping[str, Sequence[Document]],
    labels: Ontology | None = None,
) -> Readings:
    """Judge all documents of all systems, and lay out those that are shown.

    Args:
        results: Scores, which say what each system's mentions are compared as.
        gold: Documents with their texts.
        predictions: Documents of each system, in the order to show the systems in.
        labels: The labels of the gold; ours if not given.

    Raises:
        InvalidError: A document contradicts itself, or a span lies outside its text.
    """
    if not predictions:
        return Readings((), (), len(gold), None)
    ordered = sorted(gold, key=lambda each: each.doc_id)
    views = {name: _view(name, results, found) for name, found in predictions.items()}
    judged: dict[str, dict[str, tuple[Judged, ...]]] = {}
    found = {
        name: {each.doc_id: each for each in documents} for name, documents in predictions.items()
    }
    for name, given in found.items():
        view = tasks.get(views[name]).view(labels)
        judged[name] = {
            each.doc_id: judge(each, given.get(each.doc_id, Document(each.doc_id)), view)
            for each in ordered
        }
    wrong = {
        doc_id
        for by_document in judged.values()
        for doc_id, items in by_document.items()
        if any(each.outcome in ERRORS for each in items)
    }
    many = len(ordered) > MOST
    shown = [each for each in ordered if each.doc_id in wrong][:MOST] if many else ordered
    chains: defaultdict[str, int] = defaultdict(int)
    articles = tuple(
        Article(
            document.doc_id,
            tuple(
                _reading(
                    (document, found[name].get(document.doc_id, Document(document.doc_id))),
                    by_document[document.doc_id],
                    f"a{at}s{number}",
                    name,
                    chains,
                )
                for number, (name, by_document) in enumerate(judged.items(), start=1)
            ),
        )
        for at, document in enumerate(shown, start=1)
    )
    systems = []
    for number, (name, by_document) in enumerate(judged.items(), start=1):
        items = tuple(item for each in by_document.values() for item in each)
        systems.append(
            SystemReadings(number, name, views[name], items, ClassTally(items), chains[name])
        )
    return Readings(tuple(systems), articles, len(ordered), len(wrong) if many else None)


def _view(name: str, results: Sequence[Result], documents: Sequence[Document]) -> str:
    """Name the task as which a system's mentions are compared: the finest that it takes part in."""
    mine = [each for each in results if each.system.name == name]
    scored = {each.task for each in mine if each.metrics}
    levels = {mention.level for each in documents for mention in each.mentions or ()}
    order = _FINEST if levels <= {"NAM"} else ("mentions", *_FINEST)
    for task in order:
        if task in scored:
            return task
    system = next((each.system for each in mine), System(name))
    coarse = system.claims is not None and system.claims.scheme == "coarse"
    return "ner" if coarse else "ner_fine"


def _reading(
    sides: tuple[Document, Document],
    judged: tuple[Judged, ...],
    prefix: str,
    name: str,
    chains: defaultdict[str, int],
) -> Reading:
    document, predicted = sides
    text = document.text or ""
    marks = marks_of(judged, prefix)
    events = events_of(judged, marks, text, prefix)
    chains[name] += _chains(marks)
    errors = errors_of(judged, marks, events, text)
    first = next((each.id for each in marks if each.outcome in ERRORS), None)
    return Reading(
        number=int(prefix.partition("s")[2]),
        system=name,
        prefix=prefix,
        track=lay_out(text, marks),
        events=events,
        errors=errors,
        differing=differing_in(document, predicted, marks),
        first=first or (errors[0].target if errors else None),
    )


def _chains(marks: Sequence[Mark]) -> int:
    gold = {each.gold.chain for each in marks if each.gold and each.gold.chain}
    predicted = {each.predicted.chain for each in marks if each.predicted and each.predicted.chain}
    return len(gold) + len(predicted)
