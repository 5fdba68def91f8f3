"""Arguments of two sides, paired where more than one span fills a role rightly."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from vinee.metrics.pairing import Compared, most
from vinee.metrics.sets import Item

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vinee.metrics.arguments import Answer


class Argued(NamedTuple):
    """An argument as it is scored.

    Attributes:
        label: What it is counted under.
        frame: What else than the span must be equal.
        span: Half-open, in code points.
        answers: Spans that are right where this is gold; none if only its own is.
    """

    label: str
    frame: tuple[str | int, ...]
    span: tuple[int, int]
    answers: frozenset[Answer] = frozenset()

    @property
    def item(self) -> Item:
        """The tuple that is counted."""
        return Item(self.label, self.span[0], (*self.frame, self.span[1]))


def compare(gold: Iterable[Argued], predicted: Iterable[Argued]) -> Compared:
    """Pair the arguments of a document one-to-one, as many as can be.

    Gold arguments that are one tuple are one, and what answers any of them answers it.
    """
    wanted, given = _tuples(gold), _tuples(predicted)
    by_frame: defaultdict[object, list[int]] = defaultdict(list)
    for number, each in enumerate(given):
        by_frame[each.label, each.frame].append(number)
    possible = list(_possible(wanted, given, by_frame))
    equal = [pair for pair in possible if wanted[pair[0]].span == given[pair[1]].span]
    return Compared(
        [each.item for each in wanted], [each.item for each in given], most(possible, equal)
    )


def _possible(
    gold: Sequence[Argued], predicted: Sequence[Argued], by_frame: defaultdict[object, list[int]]
) -> Iterator[tuple[int, int]]:
    for number, wanted in enumerate(gold):
        for other in by_frame[wanted.label, wanted.frame]:
            if any(answer.takes(*predicted[other].span) for answer in wanted.answers):
                yield number, other


def _tuples(arguments: Iterable[Argued]) -> list[Argued]:
    found: defaultdict[Argued, frozenset[Answer]] = defaultdict(frozenset)
    for each in arguments:
        found[each._replace(answers=frozenset())] |= each.answers
    return sorted(each._replace(answers=answers) for each, answers in found.items())
