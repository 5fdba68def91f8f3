"""How the long steps of a start report, and how they wait."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def _silent(_: str) -> None:
    """Report to nobody."""


@dataclass(frozen=True)
class Waiting:
    """What a start says, and how it lets time pass.

    Attributes:
        say: Is given what a person should read, once.
        progress: Is given what is being done now, again and again; nothing when it is over.
        pause: Waits so many seconds. It is called where a start can be given up without leaving
            a process behind, so it may raise, as the command line's does after Ctrl-C.
    """

    say: Callable[[str], None] = _silent
    progress: Callable[[str], None] = _silent
    pause: Callable[[float], None] = time.sleep
