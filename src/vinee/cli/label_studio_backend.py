"""``vinee label-studio backend``: suggestions as annotators open a task."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, TypeAlias

import typer

from vinee.cli import output
from vinee.cli.label_studio_options import Key, Url
from vinee.cli.options import Gold, Json, Map
from vinee.cli.service import ended_by_signals, logged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vinee.labelstudio.backend import Model
    from vinee.labelstudio.backend.access import Credentials
    from vinee.labelstudio.backend.retrieving import OnProgress
    from vinee.labelstudio.backend.worker import Worker
    from vinee.labelstudio.connection import Connection
    from vinee.labelstudio.projects import Project

    Target: TypeAlias = tuple[Connection, Project]


def backend(
    extractor: Annotated[
        str, typer.Argument(help="Name, module:object, cmd:COMMAND, http://… or llm:MODEL.")
    ],
    *,
    host: Annotated[
        str,
        typer.Option(
            help="Address to listen on; other than loopback only with VINEE_BACKEND_USER and "
            "VINEE_BACKEND_PASSWORD in the environment."
        ),
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port to listen on; 0 for any that is free.")
    ] = 9090,
    label_map: Map = None,
    gold: Gold = None,
    max_bytes: Annotated[int, typer.Option(min=1024, help="Most bytes of a request.")] = 16
    * 1024
    * 1024,
    timeout: Annotated[
        float,
        typer.Option(
            min=0.1,
            help="Most seconds for a request. Label Studio waits for 100; what is not done by "
            "then is left out, and done when it asks again.",
        ),
    ] = 90.0,
    project: Annotated[
        str | None,
        typer.Option(help="Connect the backend to this project, by title or number, and show it."),
    ] = None,
    url: Url = None,
    api_key: Key = None,
    seen_at: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="Address by which Label Studio reaches the backend. [its own]"
        ),
    ] = None,
    retrieve: Annotated[
        bool, typer.Option("--retrieve", help="Make predictions for all tasks of --project now.")
    ] = False,
    verbose: Annotated[
        bool,
        typer.Option(
            "--verbose", help="Log in full why a document failed; may quote the document."
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """Serve an extractor as an ML backend, until Ctrl-C."""
    from vinee.errors import ServerError
    from vinee.labelstudio.backend import access

    if retrieve and project is None:
        raise ServerError("--retrieve needs to know of which project; give --project")
    required = access.credentials(os.environ)
    _check_host(host, required)
    limits = {"most_bytes": max_bytes, "seconds": timeout, "verbose": verbose}
    try:
        with ended_by_signals():
            with output.kept_apart():
                model = _ready(extractor, gold, label_map)
            # First, for what is wrong there is wrong whatever the backend does.
            target = None if project is None else _target(url, api_key, project)
            place = _Place(host, port, seen_at, required)
            _serve(model, place, limits, target, retrieve=retrieve, as_json=as_json)
    except KeyboardInterrupt:
        typer.echo("stopped", err=True)


class _Place(NamedTuple):
    """Where the backend listens, where a server sees it, and what it asks for."""

    host: str
    port: int
    seen_at: str | None
    required: Credentials | None


def _serve(
    model: Model,
    place: _Place,
    limits: dict[str, Any],
    target: Target | None,
    *,
    retrieve: bool,
    as_json: bool,
) -> None:
    from vinee.errors import ServerError
    from vinee.labelstudio.backend import application, serving
    from vinee.labelstudio.backend.worker import Worker

    worker = Worker()
    app = application(model, worker=worker, required=place.required, **limits)
    with logged("vinee.labelstudio.backend"), serving(app, place.host, place.port) as served:
        told = _told(served.address, place.seen_at, model)
        if target is not None:
            told |= _attach(target, told["seen_at"], model, place.required)
        said = json.dumps(told, ensure_ascii=False) if as_json else _words(told, place.required)
        typer.echo(said)
        if target is not None and retrieve:
            _retrieve(target, model, worker, as_json=as_json)
        with output.kept_apart():
            served.wait()
    raise ServerError("the backend ended by itself; its log says why")


def _check_host(host: str, required: Credentials | None) -> None:
    from vinee.errors import ServerError, printable
    from vinee.labelstudio.backend.access import PASSWORD_VARIABLE, USER_VARIABLE
    from vinee.labelstudio.backend.serving import is_loopback

    if is_loopback(host):
        return
    shown = printable(host)
    if required is None:
        raise ServerError(
            f"on {shown!r} others than this machine can ask the backend; set {USER_VARIABLE} and "
            f"{PASSWORD_VARIABLE}, or leave --host out"
        )
    typer.echo(
        f"warning: others than this machine can ask the backend on {shown}, with the password; "
        "articles and password go over the network as they are, so put TLS before it",
        err=True,
    )


def _ready(extractor: str, gold: Path | None, label_map: list[str] | None) -> Model:
    from vinee.cli.reading import gold_of
    from vinee.corpus import labelmap
    from vinee.errors import ExtractorError
    from vinee.extractors import Trainable, registry
    from vinee.labelstudio.backend import Model

    found = registry.resolve(extractor)
    learns = isinstance(found, Trainable)
    if gold is not None and not learns:
        raise ExtractorError(f"{found.name!r} does not learn from gold; leave --gold out")
    documents = gold_of(gold).documents if learns else ()
    return Model.ready(found, documents, labelmap.parse(label_map) if label_map else None)


def _target(url: str | None, key: str | None, project: str) -> Target:
    from vinee.labelstudio.backend.fitting import with_ours
    from vinee.labelstudio.connection import connect
    from vinee.labelstudio.projects import find

    connection = connect(url, key)
    found = find(connection, project)
    with_ours(found.config)
    return connection, found


def _told(address: str, seen_at: str | None, model: Model) -> dict[str, Any]:
    return {
        "address": address,
        "seen_at": (seen_at or address).rstrip("/"),
        "model_version": model.version,
    }


def _attach(
    target: Target, address: str, model: Model, required: Credentials | None
) -> dict[str, Any]:
    from vinee.labelstudio.backend.attaching import attach

    connection, project = target
    done = attach(connection, project, address, model.version, required)
    return {
        "project": project.id,
        "title": project.title,
        "backend": done.id,
        "is_new": done.is_new,
        "shown_before": done.shown_before,
    }


def _words(told: dict[str, Any], required: Credentials | None) -> str:
    lines = [f"The backend of {told['model_version']} answers at {told['address']}"]
    if "project" in told:
        how = "is connected to" if told["is_new"] else "was connected already to"
        lines.append(f"It {how} project {told['project']}, {told['title']!r}, and shown there.")
        if told["shown_before"]:
            lines.append(f"Until now the project showed predictions of {told['shown_before']!r}.")
    else:
        lines.append(
            "To connect it, start it with --project, or add this address in Label Studio under "
            "Settings > Model of a project"
            + (" with the user name and the password." if required else ".")
        )
    return _printable_lines([*lines, "Ctrl-C ends it."])


def _printable_lines(lines: list[str]) -> str:
    """Join lines that hold names of somebody else's, so that none moves the cursor."""
    from vinee.errors import printable

    return "\n".join(map(printable, lines))


def _retrieve(target: Target, model: Model, worker: Worker, *, as_json: bool) -> None:
    from vinee.errors import VineeError, printable
    from vinee.labelstudio.backend.retrieving import retrieve

    connection, project = target
    try:
        with output.kept_apart(), _bar(connection, project) as on_progress:
            done = retrieve(connection, project, model, worker, on_progress)
    except VineeError as error:
        # Annotators are served all the same.
        typer.echo(f"vinee: {error}", err=True)
        typer.echo("not all tasks have predictions; start again with --retrieve", err=True)
        return
    for failure in done.failures:
        typer.echo(printable(f"no prediction for {failure.doc_id}: {failure.detail}"), err=True)
    if as_json:
        failures = [{"task": each.task, "doc_id": each.doc_id} for each in done.failures]
        counts = {"made": done.made, "there": done.there, "doubled": done.doubled}
        typer.echo(json.dumps({**counts, "failures": failures}, ensure_ascii=False))
        return
    typer.echo(
        f"Predictions made: {done.made}; there before: {done.there}; removed, for their task had "
        f"two: {done.doubled}; tasks without: {len(done.failures)}."
    )


@contextmanager
def _bar(connection: Connection, project: Project) -> Iterator[OnProgress]:
    """Show a bar on a terminal, and nothing elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    with connection.calls(f"count the tasks of project {project.id}"):
        total = connection.sdk.projects.get(id=project.id).task_number
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        shown = bar.add_task("tasks", total=total)
        yield lambda done: bar.update(shown, completed=done)
