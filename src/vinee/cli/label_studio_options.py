"""Options that the commands of ``vinee label-studio`` share."""

from __future__ import annotations

from typing import Annotated

import typer

Url = Annotated[
    str | None,
    typer.Option(envvar="LABEL_STUDIO_URL", help="Address of the server.", show_default=False),
]
Key = Annotated[
    str | None,
    typer.Option(
        "--api-key",
        envvar="LABEL_STUDIO_API_KEY",
        help="Legacy token or personal access token; better in the environment, where other users "
        "of the machine do not see it.",
        show_default=False,
    ),
]
ProjectName = Annotated[str, typer.Option("--project", help="Title or number of the project.")]
