"""``vinee label-studio``: annotators at work."""

from __future__ import annotations

import typer

from vinee.cli import (
    label_studio_adjudicate,
    label_studio_agreement,
    label_studio_backend,
    label_studio_config,
    label_studio_pull,
    label_studio_push,
    label_studio_serve,
)

app = typer.Typer(
    name="label-studio",
    help="Annotators at work in Label Studio: server, tasks, agreement, adjudication.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.command()(label_studio_serve.serve)
app.command()(label_studio_config.config)
app.command()(label_studio_push.push)
app.command()(label_studio_pull.pull)
app.command()(label_studio_agreement.agreement)
app.command()(label_studio_adjudicate.adjudicate)
app.command()(label_studio_backend.backend)
