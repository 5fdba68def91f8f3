"""What is told while an extractor runs."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vinee.extractors.base import Restarting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sized
    from typing import Protocol

    from vinee.bench.partial import Partial
    from vinee.extractors import Extractor

    OnProgress = Callable[["Progress"], None]

    class Tell(Protocol):
        """Tells of progress."""

        def __call__(self, message: str, *, is_notice: bool = False) -> None:
            """Tell of a document that is done, or notice what else happened."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is.

    Attributes:
        system: Name of the extractor.
        done: Documents that are done.
        total: All documents.
        message: The document that is done, or what else happened, in words.
        is_notice: Whether the message is of more than a document that is done.
    """

    system: str
    done: int
    total: int
    message: str
    is_notice: bool = False


@contextmanager
def restarts_told(extractor: Extractor, tell: Tell) -> Iterator[list[str]]:
    """Tell of each restart of the extractor's process, and list what was told."""
    told: list[str] = []
    if not isinstance(extractor, Restarting):
        yield told
        return

    def on_restart(message: str) -> None:
        told.append(message)
        tell(message, is_notice=True)

    before, extractor.on_restart = extractor.on_restart, on_restart
    try:
        yield told
    finally:
        extractor.on_restart = before


@contextmanager
def interrupt_told(store: Partial, done: Sized, tell: Tell) -> Iterator[None]:
    """Tell, when the run is interrupted, what of it is kept."""
    try:
        yield
    except KeyboardInterrupt:
        tell(store.kept(len(done)), is_notice=True)
        raise
