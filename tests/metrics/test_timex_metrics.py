from __future__ import annotations

import pytest
from msgspec.structs import replace
from small_documents import STEMS, SUMMIT, article

from vinee.errors import UnknownNameError
from vinee.metrics.naming import parse
from vinee.metrics.registry import metric
from vinee.metrics.timex import Compared, TimexRelaxed, TimexStrict
from vinee.model import Document, Span, Timex, TimexType


def timex(phrase: str, type_: TimexType, value: str | None, mod: str | None = None) -> Timex:
    start = article(SUMMIT).index(phrase)
    return Timex(start, start + len(phrase), type=type_, value=value, mod=mod)


TODAY = timex("hôm nay 7/8", "DATE", "2025-08-07")
YEAR = timex("năm 2019", "DATE", "2019")
NOON = replace(timex("7/8", "TIME", "2025-08-07T12:00", "APPROX"), start=0, end=3)
GOLD = Document(SUMMIT, timexes=(TODAY, YEAR, NOON))


def counted(name: str, *predicted: Timex) -> dict[str, list[int]]:
    """Return (correct, predicted, gold) of the labels that occur."""
    counts = metric(name).counts([GOLD], [Document(SUMMIT, timexes=predicted)])
    rows = zip(counts.columns, counts.table.sum(axis=0).tolist(), strict=True)
    return {label: row for label, row in rows if any(row)}


def test_span_compares_nothing_else() -> None:
    assert counted("timex.span", replace(TODAY, type="SET", value=None)) == {"timex": [1, 1, 3]}


def test_span_is_exact() -> None:
    shorter = replace(TODAY, start=TODAY.start + 1)

    assert counted("timex.span", shorter) == {"timex": [0, 1, 3]}
    assert counted("timex.relaxed", shorter) == {"timex": [1, 1, 3]}


def test_relaxed_pairs_one_to_one() -> None:
    both = Timex(min(TODAY.start, YEAR.start), max(TODAY.end, YEAR.end))
    halves = (replace(NOON, end=1), replace(NOON, start=1))

    assert counted("timex.relaxed", both) == {"timex": [1, 1, 3]}
    assert counted("timex.relaxed", *halves) == {"timex": [1, 2, 3]}


def test_relaxed_does_not_take_what_only_touches() -> None:
    assert counted("timex.relaxed", Timex(TODAY.end, TODAY.end + 4)) == {"timex": [0, 1, 3]}


def test_type_is_compared_and_is_the_label() -> None:
    found = counted("timex.type", replace(TODAY, type="TIME", value=None), replace(NOON, value="x"))

    assert found == {"DATE": [0, 0, 2], "TIME": [1, 2, 1]}


def test_value_compares_the_value_as_written_and_not_the_mod() -> None:
    found = counted("timex.value", replace(TODAY, value="2025-8-7"), replace(NOON, mod=None))

    assert found == {"DATE": [0, 1, 2], "TIME": [1, 1, 1]}


def test_value_compares_the_type_too() -> None:
    assert counted("timex.value", replace(TODAY, type="SET"))["SET"] == [0, 1, 0]


def test_full_compares_the_mod() -> None:
    assert counted("timex.full", TODAY, replace(NOON, mod=None)) == {
        "DATE": [1, 1, 2],
        "TIME": [0, 1, 1],
    }


def test_a_prediction_without_a_type_has_a_label_of_its_own() -> None:
    assert counted("timex.type", replace(YEAR, type=None)) == {
        "DATE": [0, 0, 2],
        "TIME": [0, 0, 1],
        "_": [0, 1, 0],
    }


def test_the_four_types_are_columns_though_they_do_not_occur() -> None:
    counts = metric("timex.type").counts([GOLD], [])

    assert counts.columns == ("DATE", "DURATION", "SET", "TIME")


def test_gold_without_values_is_not_scored_on_values() -> None:
    typed = Document(STEMS[1], timexes=(Timex(6, 16, type="DATE"),))

    scored = {
        name: metric(name).counts([typed, GOLD], [typed]).units
        for name in ("timex.span", "timex.relaxed", "timex.type", "timex.value", "timex.full")
    }

    both = (SUMMIT, STEMS[1])
    assert scored == {
        "timex.span": both,
        "timex.relaxed": both,
        "timex.type": both,
        "timex.value": (SUMMIT,),
        "timex.full": (SUMMIT,),
    }


def test_gold_with_one_value_is_scored_on_values() -> None:
    gold = Document(SUMMIT, timexes=(TODAY, replace(YEAR, value=None)))

    counts = metric("timex.value").counts([gold], [Document(SUMMIT, timexes=(YEAR,))])

    assert counts.table.sum(axis=(0, 1)).tolist() == [0, 1, 2]


def test_gold_that_was_searched_and_holds_no_time_is_scored() -> None:
    gold = Document(SUMMIT, timexes=())

    counts = metric("timex.full").counts([gold], [Document(SUMMIT, timexes=(YEAR,))])

    assert counts.table.sum(axis=(0, 1)).tolist() == [0, 1, 0]


def test_a_comparison_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="known: full, span, type, value"):
        TimexStrict("mod")  # type: ignore[arg-type]


def test_parameters_state_what_is_compared() -> None:
    assert metric("timex.full").parameters["compared"] == "span,type,value,mod"
    assert metric("timex.relaxed").parameters == {
        "unit": "char",
        "match": "overlap",
        "pairing": "one-to-one",
        "duplicates": "collapse",
        "compared": "span",
    }


def relaxed(compared: Compared, *predicted: Timex) -> dict[str, list[int]]:
    """Return (correct, predicted, gold) of the labels that occur."""
    counts = TimexRelaxed(compared).counts([GOLD], [Document(SUMMIT, timexes=predicted)])
    rows = zip(counts.labels, counts.total().tolist(), strict=True)
    return {label: row for label, row in rows if any(row)}


def test_relaxed_attributes_need_an_overlap_and_what_is_compared() -> None:
    off = replace(TODAY, start=TODAY.start + 1, mod="START")

    assert relaxed("value", off) == {"DATE": [1, 1, 2], "TIME": [0, 0, 1]}
    assert relaxed("value", replace(off, value="2025-08-08"))["DATE"] == [0, 1, 2]
    assert relaxed("type", replace(off, value="2025-08-08"))["DATE"] == [1, 1, 2]
    assert relaxed("full", off)["DATE"] == [0, 1, 2]
    assert relaxed("full", replace(off, mod=None))["DATE"] == [1, 1, 2]
    assert relaxed("value", replace(off, start=TODAY.end, end=TODAY.end + 4))["DATE"] == [0, 1, 2]


def test_relaxed_attributes_are_paired_so_that_as_many_as_can_be_are_right() -> None:
    # Over both gold dates lies one with the value of the second; the first has one of its own.
    second = Timex(TODAY.start, YEAR.end, type="DATE", value="2019")
    if TODAY.start > YEAR.start:
        second = replace(second, start=YEAR.start, end=TODAY.end)

    assert relaxed("value", second, replace(TODAY, end=TODAY.end - 1))["DATE"] == [2, 2, 2]


def test_relaxed_attributes_pair_one_to_one() -> None:
    halves = replace(NOON, end=1), replace(NOON, start=1)

    assert relaxed("value", *halves)["TIME"] == [1, 2, 1]


def test_relaxed_attributes_that_are_missing_on_both_sides_are_equal() -> None:
    untyped = Timex(TODAY.start, TODAY.end)
    gold = Document(SUMMIT, timexes=(replace(YEAR, value=None), TODAY))

    counts = TimexRelaxed("value").counts(
        [gold],
        [Document(SUMMIT, timexes=(replace(YEAR, start=YEAR.start + 1, value=None), untyped))],
    )

    assert counts.for_labels(["DATE", "_"]).total().tolist() == [[1, 1, 2], [0, 1, 0]]


def test_relaxed_leaves_out_gold_without_the_attributes() -> None:
    typed = Document(STEMS[1], timexes=(Timex(6, 16, type="DATE"),))

    assert TimexRelaxed("value").counts([typed, GOLD], [typed]).units == (SUMMIT,)
    assert TimexRelaxed("type").counts([typed, GOLD], [typed]).units == (SUMMIT, STEMS[1])


def test_a_pair_belongs_to_the_sentence_of_its_gold_time() -> None:
    sentences = (Span(0, TODAY.start), Span(TODAY.start, 2000))
    gold = Document(SUMMIT, text=article(SUMMIT), sentences=sentences, timexes=(TODAY,))
    early = replace(TODAY, start=TODAY.start - 2)

    counts = TimexRelaxed().counts([gold], [Document(SUMMIT, timexes=(early,))], "sentence")

    assert counts.table[:, 0].tolist() == [[0, 0, 0], [1, 1, 1]]


@pytest.mark.parametrize(
    ("name", "scorer"),
    [
        ("timex.span", TimexStrict("span")),
        ("timex.relaxed", TimexRelaxed()),
        ("timex.type", TimexStrict("type")),
        ("timex.value(span=relaxed)", TimexRelaxed("value")),
        ("timex.full(span=relaxed)", TimexRelaxed("full")),
    ],
)
def test_the_name_says_how_spans_are_compared_where_that_is_not_the_family(
    name: str, scorer: TimexStrict | TimexRelaxed
) -> None:
    family, parameters = parse(name)

    assert scorer.name == repr(scorer) == name
    assert scorer.family.name == family
    assert scorer.family.spell(scorer.family.complete(parameters)) == name
