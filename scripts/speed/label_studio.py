"""How fast tasks go to a Label Studio server and come back, beside the plain calls of its SDK.

    make speed-label-studio
    python scripts/speed/label_studio.py [--tasks N] [--rounds N] [--json]

A server of its own is started, and every side is timed on it in turn, each push into a project
that was just made. Ours is given documents: it makes the tasks, checks each of them, asks what
the project has, and sends what is missing. The plain calls are given tasks that are made already,
and send them unchecked, in batches as large as ours and in one request. Ours pulls a project to a
new folder, every annotation checked and written as a pass; the plain call gets its export as JSON
and does nothing with it. The documents are two sentences long, cut out of the gold with all their
layers.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

from msgspec import UNSET, structs

from vinee import ontology
from vinee.corpus import gold as our_gold
from vinee.formats.label_studio import task
from vinee.labelstudio import projects
from vinee.labelstudio.config import labeling_config
from vinee.labelstudio.connection import Connection, connect
from vinee.labelstudio.pulling import Asked, pull
from vinee.labelstudio.pushing import Request, push, sending
from vinee.labelstudio.server.plan import Wishes
from vinee.labelstudio.server.running import running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vinee.labelstudio.projects import Project
    from vinee.model import Argument, Document, Event, Span

TASKS = 10_000
ROUNDS = 3
TARGET = 0.9
SENTENCES = 2  # of a document


@dataclass
class Side:
    """One way to do a work.

    Attributes:
        name: What it is called.
        seconds: How long each round took.
    """

    name: str
    call: Callable[[Project], object]
    seconds: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: medians, and ours to each peer.

    Attributes:
        rate: Tasks a second.
        ratio: Our rate to this one's; None for ours.
        met: Whether it is at least the target.
    """

    work: str
    name: str
    rate: float
    ratio: float | None = None
    met: bool | None = None


def documents(number: int) -> list[Document]:
    """Cut documents out of the gold, again and again from its beginning."""
    windows = [
        (document, document.sentences[first].start, document.sentences[first + SENTENCES - 1].end)
        for document in our_gold.documents()
        if document.sentences is not None
        for first in range(len(document.sentences) - SENTENCES + 1)
    ]
    return [_cut(*windows[index % len(windows)], f"d{index:06}") for index in range(number)]


def measure(connection: Connection, number: int, rounds: int) -> Iterator[Row]:
    """Time all sides in turn, and compare their medians."""
    made = documents(number)
    tasks = [task(each) for each in made]
    sides = [
        Side("vinee", lambda project: push(connection, _asked(project, made))),
        Side("SDK, batches", lambda project: _plain(connection, project, tasks)),
        Side("SDK, one request", lambda project: _import(connection, project, tasks)),
    ]
    for done in range(rounds):
        for side in sides:
            project = _new(connection)
            side.seconds.append(_timed(side.call, project))
            tell(f"push, round {done + 1}, {side.name}: {side.seconds[-1]:.1f} s")
            connection.sdk.projects.delete(project.id)
    yield from _rows("push", sides, number)
    yield from _pulled(connection, tasks, rounds)


def _pulled(connection: Connection, tasks: list[dict[str, Any]], rounds: int) -> Iterator[Row]:
    project = _new(connection)
    _plain(connection, project, tasks)
    sides = [
        Side("vinee", lambda project: _pull(connection, project, len(tasks))),
        Side("SDK, export", lambda project: connection.sdk.projects.exports.as_json(project.id)),
    ]
    for done in range(rounds):
        for side in sides:
            side.seconds.append(_timed(side.call, project))
            tell(f"pull, round {done + 1}, {side.name}: {side.seconds[-1]:.1f} s")
    yield from _rows("pull", sides, len(tasks))


def _pull(connection: Connection, project: Project, number: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        pull(connection, Asked(str(project.id), Path(folder)))
        written = sum(1 for _ in Path(folder).glob("*/*.json"))
    if written != number:
        raise SystemExit(f"{written} of {number} passes were written: nothing to compare")


def _asked(project: Project, made: list[Document]) -> Request:
    return Request(made, str(project.id), annotations=True)


def _plain(connection: Connection, project: Project, tasks: list[dict[str, Any]]) -> None:
    for first in range(0, len(tasks), sending.MOST_TASKS):
        _import(connection, project, tasks[first : first + sending.MOST_TASKS])


def _import(connection: Connection, project: Project, tasks: list[Any]) -> None:
    connection.sdk.projects.import_tasks(project.id, request=tasks)


def _new(connection: Connection) -> Project:
    config = labeling_config(ontology.default())
    return projects.ensure(connection, f"speed {perf_counter()}", config, "")


def _timed(call: Callable[[Project], object], project: Project) -> float:
    gc.collect()
    started = perf_counter()
    call(project)
    return perf_counter() - started


def _rows(work: str, sides: list[Side], number: int) -> Iterator[Row]:
    ours, *others = sides
    rate = number / median(ours.seconds)
    yield Row(work, ours.name, rate)
    for side in others:
        theirs = number / median(side.seconds)
        yield Row(work, side.name, theirs, rate / theirs, rate / theirs >= TARGET)


def _cut(document: Document, start: int, end: int, doc_id: str) -> Document:
    def holds(span: Any) -> bool:  # noqa: ANN401 - whatever has a place
        return bool(start <= span.start and span.end <= end)

    def moved(span: Any) -> Any:  # noqa: ANN401 - the same
        return structs.replace(span, start=span.start - start, end=span.end - start)

    mentions = tuple(
        structs.replace(
            moved(each),
            extent=moved(each.extent) if each.extent and holds(each.extent) else None,
        )
        for each in document.mentions or ()
        if holds(each)
    )
    timexes = tuple(moved(each) for each in document.timexes or () if holds(each))
    ids = {each.id for each in (*mentions, *timexes)}

    def arguments(event: Event) -> tuple[Argument, ...]:
        kept = (each for each in event.arguments if each.ref in ids or _within(each, holds))
        return tuple(
            each if each.span is UNSET else structs.replace(each, span=moved(each.span))
            for each in kept
        )

    events = tuple(
        structs.replace(each, trigger=moved(each.trigger), arguments=arguments(each))
        for each in document.events or ()
        if holds(each.trigger)
    )
    entities = {each.entity for each in mentions}
    chains = {each.chain for each in events}
    return structs.replace(
        document,
        doc_id=doc_id,
        text=(document.text or "")[start:end],
        sections=None,
        sentences=None,
        mentions=mentions,
        timexes=timexes,
        events=events,
        entities=tuple(each for each in document.entities or () if each.id in entities),
        chains=tuple(each for each in document.chains or () if each.id in chains),
    )


def _within(argument: Argument, holds: Callable[[Span], bool]) -> bool:
    return argument.span is not UNSET and holds(argument.span)


def tell(message: str) -> None:
    """Say what was done, beside the table."""
    print(message, file=sys.stderr, flush=True)


def main() -> None:
    """Measure, as the command line asks, and print it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--tasks", type=int, default=TASKS, help="how many tasks")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each is called")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tell("starting a server")
        with running(Wishes(data=Path(folder) / "data", port=0)) as server:
            connection = connect(server.url, server.key)
            rows = list(measure(connection, options.tasks, options.rounds))
    if options.json:
        print(json.dumps([asdict(row) for row in rows], indent=2))
        return
    print(f"{options.tasks:,} tasks, medians of {options.rounds} rounds")
    print(f"{'work':<6} {'side':<18} {'tasks/s':>9} {'ratio':>7}  target")
    for row in rows:
        verdict = ""
        if row.ratio is not None:
            verdict = f"{row.ratio:7.2f}  >= {TARGET:g} {'met' if row.met else 'MISSED'}"
        print(f"{row.work:<6} {row.name:<18} {row.rate:9.1f} {verdict}")


if __name__ == "__main__":
    main()
