"""What somebody else's code raised, in words."""

from __future__ import annotations

from vinee.errors import printable

ANYTHING = (Exception, SystemExit)
"""What an extractor may raise; `sys.exit` in it would end ViNEE, with exit code 0 and no word."""


def said(error: BaseException) -> str:
    """Name an error, and what to do about it where it is a call of `sys.exit`."""
    if isinstance(error, SystemExit):
        return printable(
            f"it called sys.exit({error.code!r}); let it raise an error that says why, or put "
            "what it does as a program under if __name__ == '__main__'"
        )
    return f"{type(error).__name__}: {error}"
