"""List, send what is missing, and list again where something went wrong, until all is there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vinee.errors import ServerError
from vinee.labelstudio.pushing import present
from vinee.labelstudio.pushing.planning import Plan, plan
from vinee.labelstudio.pushing.sending import send

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from vinee.labelstudio.connection import Connection
    from vinee.labelstudio.patience import Patience
    from vinee.labelstudio.projects import Project
    from vinee.labelstudio.pushing.items import Item
    from vinee.labelstudio.pushing.present import Detail, There

    OnStep = Callable[[str, int, int], None]

_MOST_ROUNDS = 3


@dataclass
class Delivery:
    """One push into one project.

    Attributes:
        connection: To a server.
        project: Where to.
        items: What is to be there.
        model_version: Of the predictions that go along.
        patience: How long the server may be away.
        on_step: Told what is being done, how much of it is done, and how much there is.
    """

    connection: Connection
    project: Project
    items: Sequence[Item]
    model_version: str
    patience: Patience
    on_step: OnStep
    _total: int = field(default=0, init=False)
    _left: int = field(default=0, init=False)

    def finish(self, there: There) -> Plan:
        """Send until nothing is missing.

        Args:
            there: What the project has.

        Returns:
            What was missing at first.

        Raises:
            PushError: A task with the id of a document has another text; nothing was sent.
            ServerError: The server refuses, or is away for too long, or stores less than it is
                given again and again.
        """
        first = missing = self._missing(there)
        self._total = self._left = first.size
        rounds = 0
        while not missing.is_empty:
            try:
                if send(self.connection, self.project, missing, self._sent):
                    break
            except ServerError as error:
                self.patience.wait(error, self._told())
            else:
                rounds += 1
                self._check(rounds)
            missing = self._missing_again()
        return first

    def _check(self, rounds: int) -> None:
        if rounds > _MOST_ROUNDS:
            raise ServerError(
                f"{self.connection.url} stores less than it is given, {rounds} times by now; "
                f"{self._told()}; see the server's log"
            )

    def doubles(self, before: There, expected: int) -> Mapping[str, tuple[int, ...]]:
        """Find documents with several tasks.

        Another push at the same time makes them, and so may a batch that the server still worked
        on when it was thought to be lost. The project is listed only if there are more tasks
        than this push accounts for.

        Args:
            before: What the project had.
            expected: How many tasks there were and were sent.

        Raises:
            ServerError: The server is away, or refuses.
        """
        twice = before.twice
        if present.count(self.connection, self.project) != expected:
            twice = present.listed(self.connection, self.project).twice
        ids = {item.doc_id for item in self.items}
        return {doc_id: tasks for doc_id, tasks in twice.items() if doc_id in ids}

    def _missing(self, there: There) -> Plan:
        def details(task_ids: Iterable[int]) -> dict[int, Detail]:
            user = self.connection.user_id
            return present.details(self.connection, self.project, task_ids, user)

        return plan(self.items, there, self.connection.user_id, self.model_version, details)

    def _missing_again(self) -> Plan:
        """List the project, as soon as the server is there."""
        while True:
            try:
                missing = self._missing(present.listed(self.connection, self.project))
            except ServerError as error:
                self.patience.wait(error, self._told())
            else:
                self._left = missing.size
                return missing

    def _sent(self, parts: int) -> None:
        # A list alone is no success: a server may answer that, and fail at each import.
        self.patience.succeeded()
        self._left -= parts
        self.on_step("send", self._total - self._left, self._total)

    def _told(self) -> str:
        done = self._total - self._left
        return f"{done} of {self._total} tasks, annotations and predictions have arrived"
