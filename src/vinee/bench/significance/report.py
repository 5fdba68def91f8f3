"""Everything that a comparison shows, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee.bench import tasks
from vinee.bench.significance.changed import changes
from vinee.bench.significance.tables import of_changes, of_comparisons
from vinee.bench.significance.versus import compare, pairs_of
from vinee.errors import InvalidError, Where

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vinee.bench.resampling import Resampling
    from vinee.bench.significance.given import Given
    from vinee.bench.significance.versus import Test
    from vinee.bench.tables import Table
    from vinee.model import Document


_KINDS = {
    "mentions": ("mention",),
    "entities": ("mention",),
    "timexes": ("timex",),
    "events": ("trigger", "argument"),
    "chains": ("trigger",),
}


def compared_tables(  # noqa: PLR0913 -- what is compared, and how
    given: Sequence[Given],
    gold: Sequence[Document],
    *,
    metrics: tuple[str, ...] = (),
    against: str | None = None,
    test: Test = "randomisation",
    resampling: Resampling | None = None,
    examples: int = 0,
) -> tuple[Table, ...]:
    """Compare systems and lay out what was found: a table a metric, and one a pair of examples.

    Args:
        given: Results of one task, with predictions where examples are asked for.
        gold: Documents with their texts.
        metrics: Names of metrics; the headline if not given.
        against: Name of the system that the others are compared with; every pair if not given.
        test: ``randomisation`` or ``bootstrap``.
        resampling: Draws, seed, level and method.
        examples: Most items that changed to list for each pair; none if 0.

    Raises:
        InvalidError: The results may not be compared, or examples are asked for and a system's
            predictions are not at hand.
        UnknownNameError: There is no such metric, system or test.
    """
    results = [each.result for each in given]
    compared = compare(
        results,
        metrics=metrics or (results[0].headline,) if results else (),
        against=against,
        test=test,
        resampling=resampling,
    )
    tables = of_comparisons(compared)
    if not examples:
        return tables
    return (*tables, *_examples(given, gold, against, examples))


def _examples(
    given: Sequence[Given], gold: Sequence[Document], against: str | None, most: int
) -> Iterator[Table]:
    for one, other in pairs_of([each.result for each in given], against):
        sides = []
        for result in (one, other):
            found = next(each for each in given if each.result is result)
            if found.predictions is None:
                raise InvalidError(
                    "no-predictions",
                    Where(),
                    f"examples need the predictions of {result.system.name!r}, and only its result "
                    "was given; give the file of predictions",
                )
            sides.append((result.system, found.predictions.documents))
        first, second = sides
        changed = changes(gold, first, second, _KINDS.get(tasks.get(one.task).layer))
        yield of_changes(changed, first[0].name, second[0].name, most)
