"""The command line: thin commands that read options, call a room, and print."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run ``vinee``; what goes wrong becomes one message and exit code 2, never a traceback.

    Errors that ViNEE raised on purpose say everything themselves; those of the operating system
    name the file.
    """
    from vinee.cli.app import app
    from vinee.errors import VineeError

    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except VineeError as error:
        _stop(str(error))
    except BrokenPipeError:
        # Whoever read our output has gone; that is no error of ours, and there is no one to tell.
        _forget_output()
        sys.exit(0)
    except OSError as error:
        _forget_output()
        place = f"{error.filename}: " if error.filename else ""
        _stop(f"{place}{error.strerror or error}")


def _stop(message: str) -> None:
    sys.stderr.write(f"vinee: {message}\n")
    sys.exit(2)


def _forget_output() -> None:
    """Keep what could not be written from being tried, and failing, again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
