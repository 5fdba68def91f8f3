"""``vinee label-studio agreement``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vinee.cli.agreeing import AnyGuidelines, Html, Seeds, Spots, To
from vinee.cli.options import Json


def agreement(
    folders: Annotated[
        list[Path],
        typer.Argument(help="Folders of passes, one an annotator, pulled or quoted; or of a gold."),
    ],
    to: To = None,
    html: Html = None,
    seeds: Seeds = None,
    *,
    spots: Spots = False,
    any_guidelines: AnyGuidelines = False,
    as_json: Json = False,
) -> None:
    """Measure how far annotators agree, by the matchers that score systems, and show where not.

    Each pair is compared on the articles that both annotated.
    """
    from vinee.cli import agreeing

    measured = agreeing.measure(folders, seeds, any_guidelines=any_guidelines)
    agreeing.tell(measured, to, html, as_json=as_json, all_spots=spots)
