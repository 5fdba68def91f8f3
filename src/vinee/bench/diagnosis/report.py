"""A diagnosis as tables for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee.bench.diagnosis.matrices import of_confusion
from vinee.bench.leaderboard import decimals
from vinee.bench.tables import Table
from vinee.errors import one_line, printable
from vinee.metrics.diagnostics import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from fractions import Fraction

    from vinee.bench.diagnosis.told import Diagnosis, ItemDiagnosis, Told, ToldItem
    from vinee.bench.tables import Value
    from vinee.metrics.diagnostics import Bucket, Buckets, Outcome

_NOTHING = "–"
_MEANINGS: Mapping[Outcome, str] = {
    "correct": "span and label right",
    "type": "span right, label wrong",
    "boundary": "span overlaps, label right",
    "both": "span overlaps, label wrong",
    "missed": "gold alone",
    "spurious": "predicted alone",
}
_WIDTH = 26  # of a cell that shows an item; with all others a row has less than 120 columns
_WIDTH_OF_NAMES = 20


def diagnosis_tables(diagnosis: Diagnosis, examples: int = 0) -> tuple[Table, ...]:
    """Lay out a diagnosis; all text is made printable.

    Args:
        diagnosis: What was found.
        examples: Most items to list of each kind of error; no table of them if 0.
    """
    tables: list[Table] = []
    for items in diagnosis.items:
        title = f"{diagnosis.task}, {items.kind}"
        tables.append(_of_outcomes(title, items))
        tables += of_confusion(title, items.confusion)
        tables.append(_of_buckets(title, items))
        if examples:
            tables.append(_of_examples(title, items.cases, examples))
    if diagnosis.grounding:
        tables.append(_of_grounding(diagnosis))
    return tuple(tables)


def _of_outcomes(title: str, items: ItemDiagnosis) -> Table:
    outcomes = items.outcomes
    records: list[dict[str, Value]] = []
    rows = []
    for outcome in OUTCOMES:
        number = outcomes[outcome]
        of_gold = None if outcome == "spurious" else _share(number, items.gold)
        of_predicted = None if outcome == "missed" else _share(number, items.predicted)
        rows.append(
            (outcome, _MEANINGS[outcome], str(number), _percent(of_gold), _percent(of_predicted))
        )
        records.append(
            {
                "class": outcome,
                "items": number,
                "of_gold": of_gold,
                "of_predicted": of_predicted,
            }
        )
    settings = (f", {name} {_cut(value, _WIDTH)}" for name, value in items.settings.items())
    return Table(
        title=f"{title}: what became of {items.gold} gold and {items.predicted} predicted items",
        header=("Class", "Meaning", "Items", "of gold", "of predicted"),
        rows=tuple(rows),
        names=2,
        notes=(f"counts of {items.metric}{''.join(settings)}",),
        records=tuple(records),
    )


def _share(number: int, whole: int) -> float | None:
    return number / whole if whole else None


def _percent(share: float | None) -> str:
    return _NOTHING if share is None else f"{share:.1%}"


def _of_buckets(title: str, items: ItemDiagnosis) -> Table:
    told = [(buckets, bucket) for buckets in items.buckets for bucket in buckets.buckets]
    gold_only = [buckets.attribute for buckets in items.buckets if buckets.gold_only]
    return Table(
        title=f"{title}: scores by attributes of the items",
        header=("Attribute", "Value", "gold", "recall", "predicted", "precision", "F1"),
        rows=tuple(
            (
                buckets.attribute,
                _cut(bucket.name, _WIDTH),
                str(bucket.gold),
                _score(bucket.recall),
                _NOTHING if bucket.predicted is None else str(bucket.predicted),
                _score(bucket.precision),
                _score(bucket.f1),
            )
            for buckets, bucket in told
        ),
        names=2,
        notes=(
            "recall is of gold items with the value, precision of predicted ones",
            *(f"{name}: only gold has it" for name in gold_only),
            *(f"{each.attribute}: {printable(each.about)}" for each in items.buckets),
            *(f"{each.what} is left out: {one_line(each.why)}" for each in items.skipped),
        ),
        records=tuple(_bucket(*each) for each in told),
    )


def _bucket(buckets: Buckets, bucket: Bucket) -> dict[str, Value]:
    return {
        "attribute": buckets.attribute,
        "value": printable(bucket.name),
        **{name: value for name, value in bucket.to_json().items() if name != "name"},
    }


def _score(value: Fraction | None) -> str:
    return decimals(None if value is None else float(value))


def _of_examples(title: str, cases: Sequence[Told], most: int) -> Table:
    wrong = [outcome for outcome in OUTCOMES if outcome != "correct"]
    chosen = [
        case for each in wrong for case in [c for c in cases if c.outcome == each][:most]
    ]  # the first ones, so that they are always the same
    framed = any(item and item.event for case in chosen for item in (case.gold, case.predicted))
    return Table(
        title=f"{title}: at most {most} examples of each class",
        header=("Class", "Article", "Place", *(("Event",) if framed else ()), "Gold", "Predicted"),
        rows=tuple(tuple(_example(case, framed=framed)) for case in chosen),
        names=6 if framed else 5,
        records=tuple(map(_record, chosen)),
    )


def _example(case: Told, *, framed: bool) -> Iterator[str]:
    item = case.gold or case.predicted
    yield case.outcome
    yield _cut(case.doc_id, _WIDTH_OF_NAMES)
    yield _NOTHING if item is None else f"{item.start}-{item.end}"
    if framed:
        event = item and item.event
        yield _NOTHING if event is None else _cut(f"{event.label}: {event.text}", _WIDTH_OF_NAMES)
    for each in (case.gold, case.predicted):
        yield _NOTHING if each is None else _cut(f"{each.label}: {each.text}", _WIDTH)


def _record(case: Told) -> dict[str, Value]:
    item = case.gold or case.predicted
    event = item and item.event
    return {
        "class": case.outcome,
        "article": printable(case.doc_id),
        **_side("event", event),
        **_side("gold", case.gold),
        **_side("predicted", case.predicted),
    }


def _side(side: str, item: ToldItem | None) -> dict[str, Value]:
    told: tuple[Value, ...] = (None,) * 4
    if item is not None:
        told = (item.start, item.end, printable(item.label), printable(item.text))
    names = ("start", "end", "label", "text")
    return {f"{side}_{name}": value for name, value in zip(names, told, strict=True)}


def _of_grounding(diagnosis: Diagnosis) -> Table:
    names = sorted({name for counted in diagnosis.grounding.values() for name in counted})
    numbers = {
        printable(doc_id): [counted.get(name, 0) for name in names]
        for doc_id, counted in diagnosis.grounding.items()
    }
    sums = [sum(column) for column in zip(*numbers.values(), strict=True)]
    header = ("article", *map(printable, names))
    return Table(
        title=f"{diagnosis.task}: tokens or strings of predictions brought onto the texts",
        header=header,
        rows=tuple((doc_id, *map(str, row)) for doc_id, row in [*numbers.items(), ("total", sums)]),
        records=tuple(
            dict(zip(header, (doc_id, *row), strict=True)) for doc_id, row in numbers.items()
        ),
    )


def _cut(text: str, width: int) -> str:
    shown = printable(" ".join(text.split()))
    return shown if len(shown) <= width else f"{shown[: width - 1]}…"
