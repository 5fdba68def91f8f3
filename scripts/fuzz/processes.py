"""Many cases in processes, since a broken file may end the process that reads it.

Processes are spawned, not forked: each begins with nothing but what it is given, and imports
these modules by name. What a process runs is therefore here, and not in `__main__.py`.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import tempfile
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

from cases import case
from counts import originals
from judge import Outcome, outcome
from valid import gold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from valid import Base

MOST_ADDRESSES = 4 << 30  # bytes of a process, libraries included


def in_processes(
    sources: Mapping[str, Sequence[Base]],
    wanted: Sequence[tuple[str, int]],
    seed: int,
    jobs: int,
) -> Iterator[Outcome]:
    """Give the outcomes; a process that dies is a failure of its case, and the next one goes on."""
    context = multiprocessing.get_context("spawn")
    queues = [list(wanted[job::jobs]) for job in range(jobs)]
    running: dict[Connection, tuple[BaseProcess, list[tuple[str, int]]]] = {}

    def start(queue: list[tuple[str, int]]) -> None:
        if queue:
            ours, theirs = context.Pipe(duplex=False)
            process = context.Process(target=_work, args=(theirs, sources, queue, seed))
            process.start()
            theirs.close()
            running[ours] = process, queue

    for queue in queues:
        start(queue)
    while running:
        ready = wait([*running])
        for ours in [each for each in running if each in ready]:
            process, queue = running[ours]
            try:
                each = ours.recv()
            except EOFError:
                process.join()
                del running[ours]
                if queue:
                    name, number = queue.pop(0)
                    told = f"the process ended with {process.exitcode}"
                    yield Outcome(name, number, "failure", told)
                    start(queue)
                continue
            queue.pop(0)
            yield each


def _work(
    pipe: Connection,
    sources: Mapping[str, Sequence[Base]],
    wanted: Sequence[tuple[str, int]],
    seed: int,
) -> None:
    quiet()
    # What asks for more than this fails here, before the machine does.
    resource.setrlimit(resource.RLIMIT_AS, (MOST_ADDRESSES, MOST_ADDRESSES))
    reference = gold()
    before = originals(sources, reference)
    for name, number in wanted:
        pipe.send(outcome(case(sources, name, seed, number), reference, before[name]))
    pipe.close()


def quiet() -> None:
    """Let `datasets` ask nobody, show no progress, and leave the user's cache alone."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["HF_DATASETS_DISABLE_PROGRESS_BARS"] = "1"
    os.environ.setdefault("HF_DATASETS_CACHE", tempfile.mkdtemp(prefix="vinee-datasets-"))
