"""``vinee label-studio adjudicate``: disagreements to a server, decisions from it, and gold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vinee.cli.label_studio_options import Key, Url

if TYPE_CHECKING:
    from vinee.labelstudio.adjudicating import Outcome

Seeds = Annotated[Path | None, typer.Option(help="Folder of the articles. [ours]")]


def adjudicate(
    first: Annotated[Path, typer.Argument(help="Passes of one annotator.")],
    second: Annotated[Path, typer.Argument(help="Passes of the other, on the same articles.")],
    log: Annotated[Path, typer.Option(help="Folder of the logs, <doc_id>.json.")],
    to: Annotated[Path | None, typer.Option(help="Folder for the decided documents.")] = None,
    project: Annotated[
        str | None,
        typer.Option(
            help="Title or number of the project; it is made if there is none of that title. "
            "[Adjudication FIRST / SECOND]",
            show_default=False,
        ),
    ] = None,
    seeds: Seeds = None,
    url: Url = None,
    api_key: Key = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Have what two annotators disagree on decided in Label Studio, with reasons.

    Repeat it: the first call makes project and tasks, each call writes what was decided since
    into the log, and the one after the last decision writes the documents. Exit 1 as long as
    anything is open; no document is written then.
    """
    from vinee.corpus import quoted
    from vinee.corpus.adjudication import articles
    from vinee.labelstudio.adjudicating import adjudicate as run
    from vinee.labelstudio.adjudicating import write_gold
    from vinee.labelstudio.connection import connect

    names = (first.resolve().name, second.resolve().name)
    paired = articles(quoted.resolved(first, seeds), quoted.resolved(second, seeds), names)
    title = project or f"Adjudication {names[0]} / {names[1]}"
    found = run(connect(url, api_key), paired, title, log)
    written = 0 if to is None else write_gold(found, to)
    if as_json:
        _json(found, written)
    else:
        _plain(found, written, to)
    if any(each.open for each in found):
        raise typer.Exit(1)


def _plain(found: list[Outcome], written: int, to: Path | None) -> None:
    from vinee.errors import one_line, printable

    for each in found:
        revised = f", {each.revised} decided otherwise than before" if each.revised else ""
        typer.echo(
            f"{printable(each.article.doc_id)}: {len(each.article.found)} disagreements, "
            f"{each.undecided} undecided, {len(each.log.sweep)} changes{revised}; {each.url}"
        )
        for line in each.open:
            typer.echo(f"  {one_line(line)}")
    done = sum(not each.open for each in found)
    typer.echo(f"{done} of {len(found)} articles are decided")
    if written:
        typer.echo(printable(f"wrote {written} documents to {to}"))
    elif to is not None:
        typer.echo(printable(f"nothing was written to {to}"))


def _json(found: list[Outcome], written: int) -> None:
    import msgspec

    rows: list[dict[str, Any]] = [
        {
            "doc_id": each.article.doc_id,
            "disagreements": len(each.article.found),
            "undecided": each.undecided,
            "changes": len(each.log.sweep),
            "revised": each.revised,
            "open": list(each.open),
            "url": each.url,
        }
        for each in found
    ]
    typer.echo(msgspec.json.encode({"articles": rows, "written": written}).decode())
