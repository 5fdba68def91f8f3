"""A thread of its own for the extractor, so that one document is worked on at a time."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_Found = TypeVar("_Found")


class Worker:
    """Does one piece of work after the other, in the order in which they come.

    Extractors are not made for several threads. The thread is a daemon: an extractor that hangs
    cannot be stopped, and must not keep the program from ending.
    """

    def __init__(self) -> None:
        self._waiting: SimpleQueue[tuple[Future[Any], Callable[[], Any]]] = SimpleQueue()
        Thread(target=self._work, name="extractor", daemon=True).start()

    async def do(self, work: Callable[[], _Found]) -> _Found:
        """Wait for a piece of work; it is never begun if nobody waits for it any more."""
        return await asyncio.wrap_future(self._submit(work))

    def do_now(self, work: Callable[[], _Found]) -> _Found:
        """Wait for a piece of work, from another thread."""
        return self._submit(work).result()

    def _submit(self, work: Callable[[], _Found]) -> Future[_Found]:
        future: Future[_Found] = Future()
        self._waiting.put((future, work))
        return future

    def _work(self) -> None:
        while True:
            future, work = self._waiting.get()
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(work())
            except BaseException as error:  # noqa: BLE001 - whoever waits for it judges
                future.set_exception(error)
