"""Predictions for the tasks of a request, in the time that it has."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from vinee.errors import InputError, VineeError, printable
from vinee.labelstudio.backend.shapes import Failure, PredictAnswer, Prediction
from vinee.labelstudio.backend.tasks import document_of, name_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from vinee.labelstudio.backend.model import Model
    from vinee.labelstudio.backend.shapes import AskedTask
    from vinee.labelstudio.backend.worker import Worker
    from vinee.labelstudio.offered import Offered
    from vinee.model import Document

    Found = tuple[Prediction, Counter[str] | None]
    Gone = Callable[[], Awaitable[bool]]

UNFIT, FAILED, LATE = 422, 500, 503


@dataclass(frozen=True)
class Trouble:
    """A task without a prediction.

    Attributes:
        failure: Which, and why.
        status: The HTTP status that this has if no task has a prediction.
        kind: What kind of error it was; unlike the reason it quotes no text.
    """

    failure: Failure
    status: int
    kind: str


@dataclass(frozen=True)
class Predicted:
    """What came of a request.

    Attributes:
        answer: What is answered, if anything was found for any task.
        troubles: The tasks without a prediction.
    """

    answer: PredictAnswer
    troubles: tuple[Trouble, ...]

    @property
    def all_failed(self) -> bool:
        """Whether there were tasks, and none has a prediction."""
        return bool(self.troubles) and len(self.troubles) == len(self.answer.results)


class Predicting:
    """Predicts for one request after the other, a document at a time.

    Requests that come at once take turns by document, so that whoever opens a task need not wait
    until thousands of others are done.
    """

    def __init__(self, model: Model, worker: Worker, seconds: float) -> None:
        self.model = model
        self._worker = worker
        self._seconds = seconds

    async def predict(
        self, tasks: Sequence[AskedTask], known: Offered | None, gone: Gone
    ) -> Predicted:
        """Predict for tasks until time is up, or until whoever asked has gone.

        Args:
            tasks: The tasks.
            known: What the project's configuration offers.
            gone: Tells whether anybody waits for the answer.

        Returns:
            What was found in time; tasks that were not come among the troubles, and a server
            that asks again asks for these alone.
        """
        deadline = asyncio.get_running_loop().time() + self._seconds
        results: list[Prediction | list[Prediction]] = []
        troubles: list[Trouble] = []
        lost: Counter[str] = Counter()
        for task in tasks:
            if await gone():
                break
            found = await self._one(task, known, deadline)
            if isinstance(found, Trouble):
                troubles.append(found)
                results.append([])
            else:
                results.append(found[0])
                lost.update(found[1] or ())
        failures = [each.failure for each in troubles]
        return Predicted(PredictAnswer(results, failures, dict(lost)), tuple(troubles))

    async def _one(
        self, task: AskedTask, known: Offered | None, deadline: float
    ) -> Found | Trouble:
        try:
            document = document_of(task)
        except InputError as error:
            return _trouble(task, error, UNFIT)
        left = deadline - asyncio.get_running_loop().time()
        try:
            if left <= 0:
                raise TimeoutError  # noqa: TRY301 - told like the time that runs out below
            return await asyncio.wait_for(self._found(document, known), left)
        except TimeoutError:
            detail = (
                f"{document.doc_id!r} was not reached, or not done, within {self._seconds:g} "
                "seconds; ask again, or give more time with --timeout"
            )
            return _trouble(task, detail, LATE)
        except VineeError as error:
            return _trouble(task, error, FAILED)

    async def _found(self, document: Document, known: Offered | None) -> Found:
        return await self._worker.do(partial(self.model.predict, document, known))


def _trouble(task: AskedTask, why: VineeError | str, status: int) -> Trouble:
    doc_id = printable(name_of(task))
    detail = str(why)
    if doc_id not in detail:
        detail = f"document {doc_id!r}: {detail}"
    kind = "Timeout" if isinstance(why, str) else type(why).__name__
    return Trouble(Failure(task.id, doc_id, detail), status, kind)
