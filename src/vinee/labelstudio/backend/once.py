"""One prediction for a task that a server asks for twice at the same time."""

from __future__ import annotations

import asyncio
from typing import TypeAlias

# Seconds that a server has to store an answer before somebody else's request for it goes on.
_SETTLING = 2.0

Key: TypeAlias = tuple[int | str, int | str]
"""Project and task."""


class Once:
    """Lets the first of several requests for a task predict, and the others wait for it.

    A server asks if it has no prediction of a task yet. If two people open the task, or one page
    loads it twice, both requests find none, and it would store what each of them is answered.
    Whoever is second is answered without a prediction once the first one's is stored, and a
    server looks again then what it has.

    Args:
        settling: Seconds that a server has to store an answer.
    """

    def __init__(self, settling: float = _SETTLING) -> None:
        self._settling = settling
        self._begun: dict[Key, asyncio.Future[bool]] = {}

    async def is_first(self, key: Key) -> bool:
        """Tell whether to predict; if so, `done` is to be called at the end.

        If another request has begun, this waits until its answer is stored. Where that one has
        no answer, the next in line is the first.
        """
        while (other := self._begun.get(key)) is not None:
            if await asyncio.shield(other):
                return False
        self._begun[key] = asyncio.get_running_loop().create_future()
        return True

    def done(self, key: Key, *, answered: bool) -> None:
        """Say that the first request is answered, or that it failed."""
        if answered:
            asyncio.get_running_loop().call_later(self._settling, self._end, key, answered)
        else:
            self._end(key, answered)

    def _end(self, key: Key, answered: bool) -> None:
        self._begun.pop(key).set_result(answered)
