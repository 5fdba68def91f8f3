from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_documents import event

from vinee.corpus.gold import documents as gold_documents
from vinee.errors import InvalidError
from vinee.metrics.arguments import fillers
from vinee.metrics.events import PARTS, EventMetric
from vinee.metrics.events.columns import Arguments, Columns, Names, Triggers, count
from vinee.metrics.events.packing import Packed
from vinee.model import Document, Event

Row = tuple[int, ...]


def table(rows: list[Row], width: int) -> list[np.ndarray[Any, np.dtype[np.int64]]]:
    return list(np.array(rows, dtype=np.int64).reshape(len(rows), width).T)


def names_of(*sides: list[Document]) -> Names:
    documents = [document for side in sides for document in side]
    events = [each for document in documents for each in document.events or ()]
    roles = {argument.role for each in events for argument in each.arguments}
    return Names(
        tuple(sorted({document.doc_id for document in documents})),
        tuple(sorted({each.type for each in events})),
        tuple(sorted(roles)),
    )


def columns(documents: list[Document], names: Names) -> Columns:
    triggers: list[Row] = []
    arguments: list[Row] = []
    for document in documents:
        for each, filled in zip(document.events or (), fillers(document), strict=True):
            number = names.documents.index(document.doc_id), names.types.index(each.type)
            trigger = (*number, each.trigger.start, each.trigger.end)
            triggers.append(trigger)
            arguments += [
                (*trigger, names.roles.index(role), start, end)
                for role, start, end, implicit in filled
                if not implicit
            ]
    return Columns(Triggers(*table(triggers, 4)), Arguments(*table(arguments, 7)))


def assert_as_the_metric(gold: list[Document], predicted: list[Document]) -> None:
    names = names_of(gold, predicted)

    found = count(columns(gold, names), columns(predicted, names), names)

    assert [*found] == [*PARTS]
    for part, counts in found.items():
        expected = EventMetric(part).counts(gold, predicted)
        assert counts == expected.for_labels(counts.labels), part


def test_the_gold_articles_count_as_with_documents() -> None:
    gold = list(gold_documents())
    shifted = [
        Document(
            each.doc_id,
            events=(other.events or ())[:20],
            mentions=other.mentions,
            timexes=other.timexes,
        )
        for each, other in zip(gold, [*gold[1:], gold[0]], strict=True)
    ]

    assert_as_the_metric(gold, gold)
    assert_as_the_metric(gold, shifted)


spans = st.tuples(st.integers(0, 4), st.integers(1, 2)).map(lambda t: (t[0], t[0] + t[1]))
events = st.builds(
    lambda type_, trigger, arguments: event(type_, trigger, *((r, *s) for r, s in arguments)),
    st.sampled_from("XY"),
    spans,
    st.lists(st.tuples(st.sampled_from("rs"), spans), max_size=4),
)


def corpora() -> st.SearchStrategy[list[Document]]:
    side = st.lists(events, max_size=4)
    return st.tuples(side, side).map(
        lambda both: [
            Document(name, events=tuple(each)) for name, each in zip("ab", both, strict=True)
        ]
    )


@settings(max_examples=50)
@given(gold=corpora(), predicted=corpora())
def test_any_events_count_as_with_documents(
    gold: list[Document], predicted: list[Document]
) -> None:
    assert_as_the_metric(gold, predicted)


def test_only_the_asked_parts_are_counted() -> None:
    one = [Document("a", events=(event("X", (0, 1), ("r", 2, 3)),))]
    names = names_of(one)

    found = count(columns(one, names), columns([], names), names, ["AC+", "TI"])

    assert {part: counts.table.tolist() for part, counts in found.items()} == {
        "TI": [[[0, 0, 1]]],
        "AC+": [[[0, 0, 1]]],
    }


FAR = 2**31


@settings(max_examples=50)
@given(
    st.lists(st.tuples(*[st.sampled_from([-3, 0, 1, FAR, FAR + 1])] * 4), max_size=8),
    st.lists(st.tuples(*[st.sampled_from([-3, 0, 2, FAR])] * 4), max_size=8),
)
def test_keys_are_equal_only_where_rows_are_however_long_they_are(
    gold: list[Row], predicted: list[Row]
) -> None:
    packed = Packed(list(zip(table(gold, 4), table(predicted, 4), strict=True)))

    keys, rows = np.concatenate([packed.gold, packed.predicted]), gold + predicted
    by_row = sorted(zip(rows, keys.tolist(), strict=True))
    assert [key for _, key in by_row] == sorted(keys.tolist())
    assert len({*keys.tolist()}) == len({*rows})
    for number in range(4):
        assert packed.field(keys, number).tolist() == [row[number] for row in rows]
        first = packed.first(keys, number + 1)
        assert len({*first.tolist()}) == len({row[: number + 1] for row in rows})
        assert packed.field(first, number, number + 1).tolist() == [row[number] for row in rows]


def test_fields_that_fill_a_key_to_the_last_bit_are_kept_apart() -> None:
    # 32 and 31 bits are a whole key. Its four values become ranks of 2 bits, and with 31 and 29
    # more there is one bit left, into which the last field does not fit.
    ends = [(0, 0, 0, 0), (2**32 - 1, 2**31 - 1, 2**29 - 1, 3)]
    rows = [(a, b, c, d) for a, b, c, d in product(*zip(*ends, strict=True))]
    wide: list[Row] = [(row[0], row[1], row[1], row[2], row[3]) for row in rows]

    packed = Packed([(column, column[:0]) for column in table(wide, 5)])

    assert sorted(packed.gold.tolist()) == packed.gold.tolist()
    assert len({*packed.gold.tolist()}) == 16
    for number in range(5):
        assert packed.field(packed.gold, number).tolist() == [row[number] for row in wide]


def broken(**changes: Any) -> tuple[Columns, Names]:
    one = [
        Document(
            "a", events=(event("X", (0, 1), ("r", 2, 3)), Event("X", event("X", (4, 5)).trigger))
        )
    ]
    names = names_of(one)
    found = columns(one, names)
    arguments = found.arguments._replace(**changes)
    return found._replace(arguments=arguments), names


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"start": np.array([2, 3])}, "columns of gold arguments must be flat and of one length"),
        (
            {"role": np.array([0], dtype=np.int32)},
            r"role of gold arguments must be int64 \(got int32",
        ),
        ({"role": np.array([1])}, "role of gold arguments must be at least 0, and less than 1"),
        ({"document": np.array([-1])}, "document of gold arguments must be at least 0"),
        ({"end": np.array([2**31])}, "end of gold arguments must be at least 0, and less than"),
    ],
)
def test_columns_that_cannot_be_counted_are_refused(changes: dict[str, Any], problem: str) -> None:
    columns_, names = broken(**changes)

    with pytest.raises(InvalidError, match=problem):
        count(columns_, columns_, names)


def test_names_must_ascend() -> None:
    columns_, names = broken()

    with pytest.raises(InvalidError, match="names of roles must be unique and ascending"):
        count(columns_, columns_, names._replace(roles=("r", "q")))
