"""Work on several things at a time, with the results in the order of the things."""

from __future__ import annotations

from concurrent.futures import Future
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Thing = TypeVar("Thing")
Made = TypeVar("Made")


def in_order(
    work: Callable[[Thing, Event], Made], things: Sequence[Thing], concurrency: int
) -> Iterator[Made]:
    """Yield what ``work`` makes of each thing; the first failure is raised in its turn.

    The threads are daemons: a program that is interrupted does not wait for the network.

    Args:
        work: Given a thing, and an event that is set when nobody wants the result any more.
        things: What to work on.
        concurrency: Most at a time.
    """
    stop, lock = Event(), Lock()
    futures: list[Future[Made]] = [Future() for _ in things]
    waiting = iter(zip(things, futures, strict=True))

    def run() -> None:
        while not stop.is_set():
            with lock:
                thing, future = next(waiting, (None, None))
            if thing is None or future is None:
                return
            try:
                future.set_result(work(thing, stop))
            except BaseException as error:  # noqa: BLE001 - it is raised where the result is read
                future.set_exception(error)
                return

    threads = [Thread(target=run, daemon=True) for _ in range(min(concurrency, len(things)))]
    try:
        for thread in threads:
            thread.start()
        for future in futures:
            yield future.result()
    finally:
        stop.set()
