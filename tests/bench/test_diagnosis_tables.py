"""A diagnosis as tables."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping

import pytest
from msgspec.structs import replace
from small_gold import SUMMIT, gold, mention

from vinee import resources
from vinee.bench.diagnosis import Diagnosis, ItemDiagnosis, diagnose, diagnosis_tables
from vinee.bench.diagnosis.matrices import of_confusion
from vinee.bench.tables import FORMS, Form, Table, render
from vinee.corpus import predictions
from vinee.corpus.gold import documents
from vinee.metrics.diagnostics import TypeConfusion
from vinee.model import Document

HOSTILE = "\x1b[2J\u202eNga"


def rules(task: str) -> Diagnosis:
    path = resources.root() / "benchmark" / "predictions" / "rules.jsonl"
    return diagnose(predictions.read(path, documents()), task, words=False)


def text_of(*tables: Table) -> list[str]:
    return render(tables, "text").splitlines()


def confusion(
    equal: Mapping[tuple[str, str], int] | None = None,
    overlapping: Mapping[tuple[str, str], int] | None = None,
    missed: Mapping[str, int] | None = None,
    spurious: Mapping[str, int] | None = None,
) -> TypeConfusion:
    return TypeConfusion(equal or {}, overlapping or {}, missed or {}, spurious or {})


def test_matrix_has_all_items_and_their_sums() -> None:
    found = confusion(
        equal={("L", "L"): 5, ("P", "L"): 2},
        overlapping={("P", "P"): 3},
        missed={"P": 1},
        spurious={"L": 4},
    )

    first, second = of_confusion("ner", found)

    assert text_of(first) == [
        "ner: labels where spans are equal",
        "Gold \\ predicted   L  P  (none)  (overlap)  total",
        "L                  5  .       .          .      5",
        "P                  2  .       1          3      6",
        "(none)             4  .       .          .",
        "(overlap)          .  3       .          .",
        "total             11  3",
    ]
    assert text_of(second) == [
        "ner: labels where spans overlap",
        "Gold \\ predicted  P  total",
        "P                 3      3",
        "total             3",
    ]


def test_records_have_every_cell_once() -> None:
    found = confusion(
        equal={("P", "L"): 2}, overlapping={("P", "P"): 3}, missed={"P": 1}, spurious={"L": 4}
    )

    records = [record for table in of_confusion("ner", found) for record in table.records]

    assert [tuple(record.values()) for record in records] == [
        ("equal", "P", "L", 2),
        ("none", "P", None, 1),
        ("none", None, "L", 4),
        ("overlapping", "P", "P", 3),
    ]


def test_without_overlap_there_is_one_table() -> None:
    (table,) = of_confusion("ner", confusion(equal={("L", "L"): 1}))

    assert table.header == ("Gold \\ predicted", "L", "total")


def test_label_is_not_taken_for_a_margin() -> None:
    (table,) = of_confusion("ner", confusion(equal={("(none)", "(none)"): 1}, missed={"(none)": 2}))

    assert table.rows[0] == ("(none)", "1", "2", "3")


def test_matrix_that_is_too_wide_becomes_a_list() -> None:
    labels = [f"Type.Number-{number}" for number in range(20)]
    found = confusion(
        equal={
            **{(label, label): 1 for label in labels},
            (labels[1], labels[2]): 2,
            (labels[3], labels[2]): 7,
        },
        missed={labels[0]: 9},
    )

    (table,) = of_confusion("events", found)

    assert table.rows == (
        (labels[3], labels[2], "7"),
        (labels[1], labels[2], "2"),
        (labels[0], "(none)", "9"),
    )
    assert table.notes == ("20 pairs of equal labels are not shown",)


@pytest.mark.parametrize("task", ["ner", "ner_fine", "mentions", "events", "timex"])
def test_text_is_readable_on_a_screen(task: str) -> None:
    lines = text_of(*diagnosis_tables(rules(task), 3))

    assert max(map(len, lines)) <= 120


def test_classes_say_what_share_of_each_side_they_have() -> None:
    table = diagnosis_tables(rules("ner"))[0]

    assert table.title == "ner, mentions: what became of 289 gold and 287 predicted items"
    assert table.rows[0] == ("correct", "span and label right", "266", "92.0%", "92.7%")
    assert table.rows[-1] == ("spurious", "predicted alone", "1", "–", "0.3%")


def test_buckets_say_what_they_are_of() -> None:
    table = next(t for t in diagnosis_tables(rules("mentions")) if "attributes" in t.title)

    assert ("level", "NOM", "89", "0.000", "0", "0.000", "0.000") in table.rows
    assert ("entity", "none", "74", "0.973", "–", "–", "–") in table.rows
    assert "entity: only gold has it" in table.notes
    assert "words is left out: it was not asked for" in table.notes


def test_examples_are_at_most_so_many_of_each_class() -> None:
    table = next(t for t in diagnosis_tables(rules("ner"), 2) if "examples" in t.title)

    classes = [row[0] for row in table.rows]
    assert classes == [*["type"] * 2, *["boundary"] * 2, *["both"] * 2, *["missed"] * 2, "spurious"]


def test_examples_of_arguments_have_their_event() -> None:
    tables = diagnosis_tables(rules("events"), 1)
    table = next(t for t in tables if t.title.startswith("events, arguments: at most"))

    assert table.header == ("Class", "Article", "Place", "Event", "Gold", "Predicted")
    assert table.rows[0] == (
        "type",
        SUMMIT,
        "1433-1440",
        "Conflict.Attack: xu…",
        "Place: Ukraine",
        "Target: Ukraine",
    )


def test_no_examples_unless_asked_for() -> None:
    assert not any("examples" in table.title for table in diagnosis_tables(rules("ner")))


def test_grounding_has_a_total() -> None:
    given = [
        Document(SUMMIT, mentions=(), meta={"alignment": {"exact": 3, "ungrounded": 1}}),
        Document(gold()[1].doc_id, mentions=(), meta={"alignment": {"ambiguous": 2}}),
    ]

    table = diagnosis_tables(diagnose(given, gold=gold(), words=False))[-1]

    assert table.header == ("article", "ambiguous", "exact", "ungrounded")
    assert table.rows[-1] == ("total", "2", "3", "1")
    assert len(table.records) == 2


def hostile() -> Diagnosis:
    """A gold with labels of its own, and ids and names of counts, that mean ill to a terminal."""
    name = replace(mention(SUMMIT, "Nga", HOSTILE), text=None)
    own = replace(
        gold()[0], doc_id=HOSTILE, mentions=(name,), events=None, timexes=None, entities=None
    )
    given = Document(HOSTILE, mentions=(), meta={"alignment": {HOSTILE: 1}})
    return diagnose([given], "ner_fine", gold=[own], words=False)


@pytest.mark.parametrize("form", FORMS)
def test_hostile_names_are_made_printable(form: Form) -> None:
    written = render(diagnosis_tables(hostile(), 3), form)

    assert all(line.isprintable() for line in written.splitlines())
    assert "Nga" in written


def test_csv_and_json_have_the_same_numbers() -> None:
    tables = diagnosis_tables(rules("timex"), 2)

    titles = {row[0] for row in csv.reader(io.StringIO(render(tables, "csv")))} - {"table"}
    listed = json.loads(render(tables, "json"))

    assert titles == {each["title"] for each in listed}
    assert listed[0]["rows"][0] == {
        "class": "correct",
        "items": 27,
        "of_gold": 27 / 37,
        "of_predicted": 27 / 34,
    }


def test_nothing_gold_and_nothing_predicted_is_a_table_too() -> None:
    empty = ItemDiagnosis("times", "timex.type", {}, (), confusion(), ())
    found = replace_items(rules("timex"), empty)

    lines = text_of(*diagnosis_tables(found, 1))

    assert lines[2].split() == ["correct", "span", "and", "label", "right", "0", "–", "–"]


def replace_items(diagnosis: Diagnosis, items: ItemDiagnosis) -> Diagnosis:
    return Diagnosis(
        diagnosis.task, diagnosis.corpus, (items,), diagnosis.findings, diagnosis.grounding
    )
