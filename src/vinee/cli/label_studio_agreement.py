"""``vinee label-studio agreement``."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from vinee.cli.agreeing import AnyGuidelines, Html, Seeds, Spots, To
from vinee.cli.label_studio_options import Key, Url
from vinee.cli.options import Json

if TYPE_CHECKING:
    from vinee.bench.agreement import Agreement


def agreement(
    folders: Annotated[
        list[Path] | None,
        typer.Argument(help="Folders of passes, one an annotator, pulled or quoted; or of a gold."),
    ] = None,
    project: Annotated[
        str | None,
        typer.Option(help="Title or number of a project, pulled for this once and not kept."),
    ] = None,
    to: To = None,
    html: Html = None,
    seeds: Seeds = None,
    url: Url = None,
    api_key: Key = None,
    *,
    spots: Spots = False,
    any_guidelines: AnyGuidelines = False,
    as_json: Json = False,
) -> None:
    """Measure how far annotators agree, by the matchers that score systems, and show where not.

    Each pair is compared on the articles that both annotated.
    """
    from vinee.cli import agreeing

    given = list(folders or ())
    if project is None:
        measured = agreeing.measure(given, seeds, any_guidelines=any_guidelines)
    else:
        measured = _pulled(project, given, seeds, (url, api_key), any_guidelines=any_guidelines)
    agreeing.tell(measured, to, html, as_json=as_json, all_spots=spots)


def _pulled(
    project: str,
    folders: list[Path],
    seeds: Path | None,
    server: tuple[str | None, str | None],
    *,
    any_guidelines: bool,
) -> Agreement:
    """Measure the annotators of a project, and of the folders."""
    from vinee.cli import agreeing
    from vinee.labelstudio import pulling
    from vinee.labelstudio.connection import connect

    with TemporaryDirectory(prefix="vinee-agreement-") as name:
        passes = Path(name) / "passes"
        summary = pulling.pull(connect(*server), pulling.Asked(project, passes, seeds=seeds))
        for finding in summary.findings:
            if finding.refuses:
                typer.echo(str(finding), err=True)
        if rejected := len(summary.set_aside):
            typer.echo(
                f"Not compared, since they cannot be read: {rejected} annotations; "
                "vinee label-studio pull keeps them, with what was found.",
                err=True,
            )
        annotators = sorted(path for path in passes.glob("*") if path.is_dir())
        return agreeing.measure([*annotators, *folders], seeds, any_guidelines=any_guidelines)
