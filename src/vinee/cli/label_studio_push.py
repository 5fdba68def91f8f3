"""``vinee label-studio push``: documents become tasks of a project."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vinee.cli import output
from vinee.cli.label_studio_options import Key, ProjectName, Url
from vinee.cli.options import Json, Map

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import Progress, TaskID

    from vinee.bench.progress import Progress as RunStep
    from vinee.labelstudio.pushing import Pushed
    from vinee.labelstudio.pushing.predicting import Predicted
    from vinee.labelstudio.pushing.source import Source

TO_BE_LOOKED_AT = 1
"""Exit code where a document has several tasks, or an annotation there was changed by somebody."""


def push(
    source: Annotated[
        Path | None,
        typer.Argument(help="Documents, in any format. [the gold shipped]", show_default=False),
    ] = None,
    *,
    project: ProjectName,
    articles: Annotated[
        bool,
        typer.Option(
            "--articles", help="SOURCE is a .txt file or a folder of such files. [the seeds]"
        ),
    ] = False,
    annotations: Annotated[
        bool,
        typer.Option("--annotations", help="Their layers go along, marked as ground truth."),
    ] = False,
    predict: Annotated[
        str | None,
        typer.Option(
            metavar="EXTRACTOR", help="What it finds goes along as predictions.", show_default=False
        ),
    ] = None,
    predictions: Annotated[
        Path | None,
        typer.Option(help="Predictions, in any format, that go along.", show_default=False),
    ] = None,
    label_map: Map = None,
    form: Annotated[
        str | None, typer.Option("--from", metavar="FORMAT", help="Format of SOURCE. [detected]")
    ] = None,
    overlap: Annotated[
        int | None,
        typer.Option(min=1, help="How many people a task of a new project is for. [2]"),
    ] = None,
    out: Annotated[
        Path, typer.Option(help="Folder where an extractor's predictions are kept as it runs.")
    ] = Path("label-studio"),
    patience: Annotated[
        float, typer.Option(min=0, help="Seconds that the server may be away.")
    ] = 300.0,
    url: Url = None,
    key: Key = None,
    as_json: Json = False,
) -> None:
    """Bring documents into a project; what is there already is not sent again.

    Exit 2 if a document is not fit to be sent: nothing is sent then. A push that was broken off
    goes on when it is repeated.
    """
    from vinee.labelstudio import pushing
    from vinee.labelstudio.connection import connect

    _check_options(predict, predictions, label_map, form, articles=articles, given=annotations)
    found = _source(source, form, articles=articles)
    connection = connect(url, key)
    with _bars() as bars:
        asked = pushing.Request(
            found.documents,
            project,
            annotations=annotations,
            predicted=_predicted(found, predict, predictions, label_map, out, bars),
            overlap=overlap,
            patience=pushing.Patience(patience, bars.say),
            on_step=bars.step,
            notes=found.notes,
        )
        with output.kept_apart():
            done = pushing.push(connection, asked)
    _print(done, as_json=as_json)
    raise typer.Exit(0 if done.is_clean else TO_BE_LOOKED_AT)


def _check_options(
    predict: str | None,
    predictions: Path | None,
    label_map: list[str] | None,
    form: str | None,
    *,
    articles: bool,
    given: bool,
) -> None:
    """Refuse options that contradict each other."""
    if predict is not None and predictions is not None:
        raise typer.BadParameter("give --predict or --predictions, not both")
    if label_map and predict is None and predictions is None:
        raise typer.BadParameter("--map is for predictions; give --predict or --predictions")
    if articles and (given or form is not None):
        raise typer.BadParameter("articles have neither annotations nor a format; leave these out")


def _source(path: Path | None, form: str | None, *, articles: bool) -> Source:
    from vinee.labelstudio.pushing import source

    return source.articles(path) if articles else source.read(path, form)


def _predicted(
    found: Source,
    predict: str | None,
    predictions: Path | None,
    label_map: list[str] | None,
    out: Path,
    bars: _Bars,
) -> Predicted | None:
    from vinee.corpus import labelmap
    from vinee.labelstudio.pushing import predicting

    labels = labelmap.parse(label_map) if label_map else None
    if predictions is not None:
        return predicting.from_file(predictions, found.documents, labels)
    if predict is None:
        return None
    with output.kept_apart():
        folder = out / "predictions"
        return predicting.by_extractor(predict, found.documents, folder, labels, bars.run)


def _print(done: Pushed, *, as_json: bool) -> None:
    import json

    from vinee.errors import printable

    if as_json:
        typer.echo(json.dumps(done.to_json(), ensure_ascii=False, indent=1))
    else:
        for line in done.lines():
            typer.echo(printable(line))
    for line in done.warnings():
        typer.echo(f"warning: {printable(line)}", err=True)


class _Bars:
    """Bars on a terminal, one for each kind of step; what is said goes above them."""

    def __init__(self, bar: Progress) -> None:
        self.bar = bar
        self.shown: dict[str, TaskID] = {}

    def step(self, doing: str, done: int, total: int) -> None:
        if doing not in self.shown:
            self.shown[doing] = self.bar.add_task(doing, total=total)
        self.bar.update(self.shown[doing], completed=done, total=total)

    def run(self, step: RunStep) -> None:
        self.step(step.system, step.done, step.total)
        if step.is_notice:
            self.say(f"{step.system}: {step.message}")

    def say(self, message: str) -> None:
        self.bar.console.print(message, highlight=False, markup=False, soft_wrap=True)


@contextmanager
def _bars() -> Iterator[_Bars]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        yield _Bars(bar)
