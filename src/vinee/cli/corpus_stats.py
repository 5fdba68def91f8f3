"""``vinee corpus stats``: what the corpus holds, as tables, JSON and plots."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, get_args

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_TITLES = {
    "gpe_roles": "mentions by gpe_role",
    "nesting": "names by depth of nesting",
    "entity_chains": "entities by mentions in one article",
    "links": "entities by link",
    "timexes": "time expressions by type",
    "polarity": "events by polarity",
    "modality": "events by modality",
    "event_chains": "event chains by events in one article",
    "roles": "arguments by role",
    "arguments": "arguments by where they stand",
    "sections": "sections by kind",
}


class _Table(NamedTuple):
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


def stats(
    gold: Annotated[
        Path | None, typer.Option(help="Folder of gold documents. [the gold shipped]")
    ] = None,
    plots: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Write plots as SVG here; needs the extra report."),
    ] = None,
    *,
    words: Annotated[
        bool,
        typer.Option("--words", help="Count names that words cut; needs the extra baselines."),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON for a program to read.")
    ] = False,
) -> None:
    """Count layers, types and sizes of what is annotated."""
    from vinee.corpus.gold import documents
    from vinee.corpus.statistics import cut_by_words, statistics

    read = documents(gold)
    counted = statistics(read)
    if words:
        counted["cut_by_words"] = cut_by_words(read)
    drawn = _draw(counted, plots) if plots else []
    if as_json:
        typer.echo(json.dumps(counted, ensure_ascii=False, indent=1))
    elif sys.stdout.isatty():
        _print(counted)
    else:
        _echo(counted)
    for path in drawn:
        typer.echo(f"wrote {path}", err=True)


def _draw(counted: Mapping[str, Any], folder: Path) -> list[Path]:
    from vinee.corpus.plots import draw
    from vinee.formats import atomic

    written = []
    for name, content in draw(counted).items():
        atomic.write_bytes(folder / name, content)
        written.append(folder / name)
    return written


def _echo(counted: Mapping[str, Any]) -> None:
    from vinee.bench.tables import aligned

    for number, table in enumerate(_tables(counted)):
        lines = aligned([(table.title, *table.columns), *table.rows])
        for line in ([""] if number else []) + lines:
            typer.echo(line)


def _print(counted: Mapping[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Column, Table
    from rich.text import Text

    console = Console(highlight=False)
    for table in _tables(counted):
        shown = Table(Column(Text(table.title)))
        for name in table.columns:
            shown.add_column(Text(name), justify="right")
        for row in table.rows:
            shown.add_row(*map(Text, row))
        console.print(shown)


def _tables(counted: Mapping[str, Any]) -> Iterator[_Table]:
    """Give the tables of what there is; empty ones are not worth a header."""
    from vinee.corpus.statistics import NOT_GIVEN, by_level
    from vinee.model import Level, Realis

    total = counted["total"]
    sizes = [(doc_id, *_cells(row.values())) for doc_id, row in counted["documents"].items()]
    yield _Table("document", list(total), [*sizes, ("total", *_cells(total.values()))])
    if counted.get("mentions"):
        levels = by_level(counted["mentions"])
        yield _crossed("mentions by type and level", levels, get_args(Level))
    if "events_by_realis" in counted:
        realis = (*get_args(Realis), NOT_GIVEN)
        yield _crossed("events by type and realis", counted["events_by_realis"], realis)
    elif counted.get("events"):
        yield _Table("events by type", ["count"], _rows(counted["events"]))
    for name, title in _TITLES.items():
        if counted.get(name):
            yield _Table(title, ["count"], _rows(counted[name]))
    if cut := counted.get("cut_by_words"):
        rows = [(name, *_cells([all_, cut["cut"][name]])) for name, all_ in cut["names"].items()]
        yield _Table(f"names cut by words of {cut['tool']}", ["names", "cut"], rows)


def _crossed(title: str, rows: Mapping[str, Mapping[str, int]], order: Sequence[str]) -> _Table:
    used = [name for name in order if any(name in row for row in rows.values())]
    cells = [
        (label, *_cells([*(row.get(name, 0) for name in used), sum(row.values())]))
        for label, row in rows.items()
    ]
    return _Table(title, [*used, "total"], cells)


def _rows(counts: Mapping[str, int]) -> list[tuple[str, str]]:
    return [(label, str(number)) for label, number in counts.items()]


def _cells(numbers: Iterable[int | None]) -> list[str]:
    from vinee.corpus.statistics import NOT_GIVEN

    return [NOT_GIVEN if number is None else str(number) for number in numbers]
