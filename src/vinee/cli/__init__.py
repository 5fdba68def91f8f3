"""The command line: thin commands that read options, call a room, and print."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run ``vinee``; an error that ViNEE raised on purpose becomes one message and exit code 2."""
    from vinee.cli.app import app
    from vinee.errors import VineeError

    try:
        app()
    except VineeError as error:
        sys.stderr.write(f"vinee: {error}\n")
        sys.exit(2)
    except BrokenPipeError:
        # Whoever read our output has gone; that is no error of ours, and there is no one to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
