"""Everything that a comparison shows, as tables."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from vinee.bench import tasks
from vinee.bench.significance.changed import changes
from vinee.bench.significance.tables import of_changes, of_comparisons
from vinee.bench.significance.versus import compare, pairs_of
from vinee.errors import InvalidError, Where

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vinee.bench.resampling import Resampling
    from vinee.bench.result import Result
    from vinee.bench.significance.given import Given
    from vinee.bench.significance.versus import Test
    from vinee.bench.tables import Table
    from vinee.metrics.base import Metric
    from vinee.model import Document
    from vinee.ontology import Ontology

    _Side: TypeAlias = tuple[str, Sequence[Document]]
    _Pair: TypeAlias = tuple[_Side, _Side]


def compared_tables(  # noqa: PLR0913 -- what is compared, and how
    given: Sequence[Given],
    gold: Sequence[Document],
    *,
    metrics: tuple[str, ...] = (),
    against: str | None = None,
    test: Test = "randomisation",
    resampling: Resampling | None = None,
    examples: int = 0,
    labels: Ontology | None = None,
) -> tuple[Table, ...]:
    """Compare systems and lay out what was found: a table a metric, then one a pair of examples.

    Args:
        given: Results of one task, with predictions where examples are asked for.
        gold: Documents with their texts.
        metrics: Names of metrics; the headline if not given.
        against: Name of the system that the others are compared with; every pair if not given.
        test: ``randomisation`` or ``bootstrap``.
        resampling: Draws, seed, level and method; its unit is that which was asked for.
        examples: Most items that changed to list for each metric and pair; none if 0.
        labels: The labels of the gold; ours if not given.

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
    tables = of_comparisons(compared, "document" if resampling is None else resampling.unit)
    if not examples:
        return tables
    names = tuple(dict.fromkeys(each.metric for each in compared))
    found = tasks.get(compared.task).with_metrics(names).metrics(labels=labels)
    pairs = [
        (_predicted(given, one), _predicted(given, other))
        for one, other in pairs_of(results, against)
    ]
    return tuple(
        shown
        for table, metric in zip(tables, found, strict=True)
        for shown in _with_examples(table, metric, gold, pairs, examples)
    )


def _with_examples(
    table: Table, metric: Metric, gold: Sequence[Document], pairs: Sequence[_Pair], most: int
) -> Iterator[Table]:
    made = []
    for (first, ours), (second, theirs) in pairs:
        changed = changes(metric, gold, ours, theirs)
        if changed is None:
            note = f"examples are not available for {metric.name}"
            yield replace(table, notes=(*table.notes, note))
            return
        made.append(of_changes(changed, metric.name, first, second, most))
    yield table
    yield from made


def _predicted(given: Sequence[Given], result: Result) -> _Side:
    found = next(each for each in given if each.result is result)
    if found.predictions is None:
        raise InvalidError(
            "no-predictions",
            Where(),
            f"examples need the predictions of {result.system.name!r}, and only its result "
            "was given; give the file of predictions",
        )
    return result.system.name, found.predictions.documents
