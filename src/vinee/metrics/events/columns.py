"""The six scores of TextEE from columns of numbers, for corpora too large for documents."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from vinee.errors import InvalidError, Where
from vinee.metrics.counts import Counts
from vinee.metrics.events.metric import EventMetric
from vinee.metrics.events.packing import Packed
from vinee.metrics.events.parameters import PARTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import numpy.typing as npt

    from vinee.metrics.events.parameters import Part

    Numbers: TypeAlias = npt.NDArray[np.int64]

_KINDS = {"document": "documents", "type": "types", "role": "roles"}
_FAR = 1 << 31  # no text is as long, and any two numbers below it fit into a key


class Triggers(NamedTuple):
    """Events without their arguments, one a row; columns are int64 and of one length.

    Attributes:
        document: Number of the document.
        type: Number of the event type.
        start: First code point of the trigger.
        end: One past its last.
    """

    document: Numbers
    type: Numbers
    start: Numbers
    end: Numbers


class Arguments(NamedTuple):
    """Arguments, one a row, with their events; columns are int64 and of one length.

    Attributes:
        document: Number of the document.
        type: Number of the event type.
        trigger_start: First code point of the trigger.
        trigger_end: One past its last.
        role: Number of the role.
        start: First code point of the argument.
        end: One past its last.
    """

    document: Numbers
    type: Numbers
    trigger_start: Numbers
    trigger_end: Numbers
    role: Numbers
    start: Numbers
    end: Numbers


class Columns(NamedTuple):
    """One side: all its events, and all their arguments that are to be scored."""

    triggers: Triggers
    arguments: Arguments


class Names(NamedTuple):
    """What the numbers of both sides stand for: names, ascending and unique, by number."""

    documents: tuple[str, ...]
    types: tuple[str, ...]
    roles: tuple[str, ...]


class _Layout(NamedTuple):
    """Scores that are read off one sorted packing.

    Attributes:
        fields: Columns that are packed, in this order; an end as the length, which is shorter.
        parts: For each score, how many of the first fields make its tuple, and its label's column.
    """

    fields: tuple[str, ...]
    parts: dict[Part, tuple[int, str | None]]


_OF_TRIGGERS = _Layout(("document", "start", "end", "type"), {"TI": (3, None), "TC": (4, "type")})
_OF_ARGUMENTS = (
    _Layout(("document", "type", "start", "end", "role"), {"AI": (4, "type"), "AC": (5, "role")}),
    _Layout(
        ("document", "type", "trigger_start", "trigger_end", "start", "end", "role"),
        {"AI+": (6, "type"), "AC+": (7, "role")},
    ),
)


def count(
    gold: Columns, predicted: Columns, names: Names, parts: Iterable[Part] = PARTS
) -> dict[Part, Counts]:
    """Count what `EventMetric` counts with its defaults, per document, without a loop over rows.

    Rows are packed into single numbers without any loss, sorted once a side and two scores, and
    both sides merged. Rows need no order, and equal ones collapse. Every name of `names` gets a
    row or a column, also where nothing has it.

    Args:
        gold: Rows of gold.
        predicted: Rows of the prediction, in numbers of the same `names`.
        names: What the numbers stand for.
        parts: Scores to count.

    Returns:
        The counts of each part, named as the metric's are.

    Raises:
        InvalidError: Columns are not int64 or differ in length, a number has no name, an offset
            is negative or not less than 2^31, or names are not ascending.
    """
    _check(gold, predicted, names)
    wanted = set(parts)
    found: dict[Part, Counts] = {}
    sides: list[tuple[_Layout, Triggers | Arguments, Triggers | Arguments]] = [
        (_OF_TRIGGERS, gold.triggers, predicted.triggers),
        *((layout, gold.arguments, predicted.arguments) for layout in _OF_ARGUMENTS),
    ]
    for layout, one, other in sides:
        if wanted & layout.parts.keys():
            found |= _counted(layout, one, other, names, wanted)
    return {part: found[part] for part in PARTS if part in wanted}


def _counted(
    layout: _Layout,
    gold: Triggers | Arguments,
    predicted: Triggers | Arguments,
    names: Names,
    wanted: set[Part],
) -> dict[Part, Counts]:
    columns = [[_column(side, name) for side in (gold, predicted)] for name in layout.fields]
    packed = Packed([(one, other) for one, other in columns])
    sides = [np.sort(packed.gold), np.sort(packed.predicted)]
    found: dict[Part, Counts] = {}
    for part, (length, label) in layout.parts.items():
        if part not in wanted:
            continue
        tuples = [_distinct(packed.first(keys, length)) for keys in sides]
        labels = ("trigger",) if label is None else getattr(names, _KINDS[label])

        def cells(
            keys: Numbers,
            *,
            width: int = len(labels),
            label: str | None = label,
            among: int = length,
        ) -> Numbers:
            row = packed.field(keys, 0, among) * width
            return (
                row
                if label is None
                else row + packed.field(keys, layout.fields.index(label), among)
            )

        table = _table(
            [_common(*tuples), tuples[1], tuples[0]], cells, len(names.documents), len(labels)
        )
        found[part] = Counts(EventMetric(part).name, names.documents, labels, table)
    return found


def _column(table: Triggers | Arguments, name: str) -> Numbers:
    found: Numbers = getattr(table, name)
    if name.endswith("end"):
        start: Numbers = getattr(table, f"{name.removesuffix('end')}start")
        return found - start
    return found


def _table(
    kinds: Sequence[Numbers], cells: Callable[[Numbers], Numbers], rows: int, columns: int
) -> Numbers:
    table = np.empty((rows, columns, len(kinds)), dtype=np.int64)
    for side, keys in enumerate(kinds):
        numbers = np.bincount(cells(keys), minlength=rows * columns)
        table[..., side] = numbers.reshape(rows, columns)
    return table


def _distinct(ordered: Numbers) -> Numbers:
    new = np.ones(len(ordered), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return ordered[new]


def _common(one: Numbers, other: Numbers) -> Numbers:
    both = np.concatenate([one, other])
    both.sort(kind="stable")  # which merges two runs that are in order
    common: Numbers = both[1:][both[1:] == both[:-1]]
    return common


def _check(gold: Columns, predicted: Columns, names: Names) -> None:
    for kind, known in names._asdict().items():
        if any(left >= right for left, right in pairwise(known)):
            raise _invalid(f"names of {kind} must be unique and ascending")
    for side, columns in (("gold", gold), ("predicted", predicted)):
        for table in columns:
            _check_table(f"{side} {type(table).__name__.lower()}", table, names)


def _check_table(title: str, table: Triggers | Arguments, names: Names) -> None:
    if len({column.shape for column in table}) > 1 or table.start.ndim != 1:
        raise _invalid(f"columns of {title} must be flat and of one length")
    for name, column in table._asdict().items():
        if column.dtype != np.int64:
            raise _invalid(f"{name} of {title} must be int64 (got {column.dtype})")
        known = len(getattr(names, _KINDS[name])) if name in _KINDS else _FAR
        if column.size and not 0 <= column.min() <= column.max() < known:
            raise _invalid(f"{name} of {title} must be at least 0, and less than {known}")


def _invalid(problem: str) -> InvalidError:
    return InvalidError("event-columns", Where(), problem)
