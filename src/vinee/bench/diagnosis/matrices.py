"""Which labels met, as tables: a matrix where it fits on a screen, a list of cells elsewhere."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from vinee.bench.tables import Table, aligned
from vinee.errors import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vinee.bench.tables import Value
    from vinee.metrics.diagnostics import TypeConfusion

_WIDEST = 100
_CORNER = "Gold \\ predicted"
_TOTAL = "total"
_EMPTY = "."


class _Head(NamedTuple):
    """What a row or a column is of: a label, or something that no label can be taken for."""

    margin: bool
    name: str

    @property
    def shown(self) -> str:
        """What a table shows."""
        return f"({self.name})" if self.margin else printable(self.name)


Cells: TypeAlias = Counter[tuple[_Head, _Head]]
_OVERLAP, _NONE = _Head(margin=True, name="overlap"), _Head(margin=True, name="none")


def of_confusion(title: str, confusion: TypeConfusion) -> Iterator[Table]:
    """Make a table of pairs with equal spans, and one of those that overlap, if there are any.

    The first has all items: those that overlap stand in a row and a column of their own there.
    """
    cells = _paired(confusion.equal)
    for (gold, predicted), number in _paired(confusion.overlapping).items():
        cells[gold, _OVERLAP] += number
        cells[_OVERLAP, predicted] += number
    for label, number in confusion.missed.items():
        cells[_label(label), _NONE] += number
    for label, number in confusion.spurious.items():
        cells[_NONE, _label(label)] += number
    records = [
        *_records("equal", confusion.equal),
        *(_record("none", label, None, number) for label, number in confusion.missed.items()),
        *(_record("none", None, label, number) for label, number in confusion.spurious.items()),
    ]
    yield _table(f"{title}: labels where spans are equal", cells, records)
    if confusion.overlapping:
        records = list(_records("overlapping", confusion.overlapping))
        cells = _paired(confusion.overlapping)
        yield _table(f"{title}: labels where spans overlap", cells, records)


def _label(name: str) -> _Head:
    return _Head(margin=False, name=name)


def _paired(pairs: Mapping[tuple[str, str], int]) -> Cells:
    return Counter({(_label(gold), _label(other)): n for (gold, other), n in pairs.items()})


def _table(title: str, cells: Cells, records: Sequence[Mapping[str, Value]]) -> Table:
    header, *rows = _matrix(cells)
    if max(map(len, aligned([header, *rows]))) <= _WIDEST:
        return Table(title, header, tuple(rows), records=tuple(records))
    confused = sorted(
        (_NONE in (gold, predicted), -number, gold, predicted)
        for (gold, predicted), number in cells.items()
        if gold != predicted and _OVERLAP not in (gold, predicted)
    )
    equal = sum(number for (gold, predicted), number in cells.items() if gold == predicted)
    return Table(
        title,
        ("Gold", "Predicted", "Items"),
        tuple((one.shown, other.shown, str(-number)) for _, number, one, other in confused),
        names=2,
        notes=(f"{equal} pairs of equal labels are not shown",),
        records=tuple(records),
    )


def _matrix(cells: Cells) -> list[tuple[str, ...]]:
    heads = sorted({head for cell in cells for head in cell})
    rows = [(_CORNER, *(head.shown for head in heads), _TOTAL)]
    for gold in heads:
        numbers = [cells[gold, predicted] for predicted in heads]
        rows.append((gold.shown, *(str(n or _EMPTY) for n in numbers), _sum(gold, numbers)))
    columns = [[cells[gold, predicted] for gold in heads] for predicted in heads]
    rows.append((_TOTAL, *(_sum(*each) for each in zip(heads, columns, strict=True)), ""))
    return rows


def _sum(head: _Head, numbers: Sequence[int]) -> str:
    return "" if head.margin else str(sum(numbers))


def _records(spans: str, pairs: Mapping[tuple[str, str], int]) -> Iterator[dict[str, Value]]:
    for (gold, predicted), number in pairs.items():
        yield _record(spans, gold, predicted, number)


def _record(spans: str, gold: str | None, predicted: str | None, number: int) -> dict[str, Value]:
    return {
        "spans": spans,
        "gold": None if gold is None else printable(gold),
        "predicted": None if predicted is None else printable(predicted),
        "items": number,
    }
