"""What the report is made of: classes, marks, chains, events, errors, confusions, plots."""

from __future__ import annotations

from collections import Counter

import pytest
from msgspec.structs import replace
from report_pages import classes
from small_gold import SUMMIT, find, gold, mention

from vinee.bench import leaderboard, report, scoring, tasks
from vinee.bench.report import readings
from vinee.bench.report.confusion import NONE, confusion_of
from vinee.bench.report.differing import differing_in
from vinee.bench.report.errors import errors_of
from vinee.bench.report.events import events_of
from vinee.bench.report.judging import CLASSES, Judged, judge
from vinee.bench.report.labels import labels_of
from vinee.bench.report.marks import Mark, marks_of
from vinee.bench.report.plots import LEFT, RIGHT, plot_of
from vinee.bench.report.readings import read_all
from vinee.bench.report.tally import ClassTally
from vinee.bench.report.track import lay_out
from vinee.bench.result import System
from vinee.bench.visible import LONGEST, plain, shortened, snippet
from vinee.metrics.diagnostics import Mentions, compared
from vinee.model import Argument, Document, Event, Mention, Span, Timex

FINE = tasks.get("ner_fine").view()
COARSE = tasks.get("ner").view()
GOLD = gold()[0]
TEXT = GOLD.text or ""


def judged() -> tuple[Judged, ...]:
    return judge(*classes(), FINE)


def named(marks: tuple[Mark, ...], kind: str = "mention") -> list[tuple[str, str, str]]:
    return [
        (TEXT[each.start : each.end], each.outcome, each.sides)
        for each in marks
        if each.kind == kind
    ]


def test_each_class_occurs() -> None:
    assert {each.outcome for each in judged()} == {*CLASSES}


def test_classes_of_names_are_those_of_the_diagnosis() -> None:
    wanted, found = classes()
    assert FINE is not None
    (diagnosed,) = compared(Mentions(FINE), [wanted], [found])

    ours = Counter(e.outcome for e in judged() if e.layer == "mention" and e.outcome != "unscored")
    assert ours == Counter(case.outcome for case in diagnosed.cases)


def test_a_layer_that_a_system_does_not_give_is_not_scored() -> None:
    found = judge(GOLD, Document(SUMMIT, mentions=()), FINE)

    assert {(e.layer, e.outcome) for e in found if e.layer != "mention"} == {
        ("trigger", "unscored"),
        ("argument", "unscored"),
        ("timex", "unscored"),
    }


def test_a_coarse_name_shows_its_fine_type_too() -> None:
    found = judge(GOLD, Document(SUMMIT, mentions=(mention(SUMMIT, "Nga", "LOC"),)), COARSE)

    (nga,) = [e for e in found if e.outcome == "correct"]
    assert nga.gold is not None
    assert (nga.gold.label, nga.gold.shown) == ("LOC", "LOC (GPE)")


def test_items_that_count_once_are_one_mark() -> None:
    twice = (mention(SUMMIT, "Nga", "GPE"),) * 2
    marks = marks_of(judge(GOLD, Document(SUMMIT, mentions=twice), FINE), "x")

    (nga,) = [e for e in marks if e.outcome == "correct"]
    assert nga.predicted is not None
    assert nga.predicted.times == 2


def test_times_without_types_are_not_scored() -> None:
    untyped = replace(GOLD, timexes=(Timex(*find(SUMMIT, "năm 2019")),))

    found = judge(untyped, Document(SUMMIT, timexes=GOLD.timexes), FINE)

    assert {e.outcome for e in found if e.layer == "timex"} == {"unscored"}


def test_one_span_is_one_mark_and_overlapping_ones_are_two() -> None:
    assert named(marks_of(judged(), "x")) == [
        ("Tổng thống", "unscored", "gold"),
        ("Nga", "missed", "gold"),
        ("Vladimir Putin", "correct", "gold and predicted"),
        ("Mỹ", "type", "gold and predicted"),
        ("Donald Trump", "boundary", "gold"),
        ("Donald Tru", "boundary", "predicted"),
        ("bên lề", "spurious", "predicted"),
        ("hội nghị thượng đỉnh G20", "both", "gold"),
        ("G20", "both", "predicted"),
    ]


def test_chains_are_numbered_and_lead_round() -> None:
    marks = {TEXT[e.start : e.end]: e for e in marks_of(judged(), "x") if e.kind == "mention"}
    one, other = marks["Tổng thống"], marks["Vladimir Putin"]

    assert one.gold is not None
    assert other.gold is not None
    assert (one.gold.chain, one.gold.next) == ("1", other.id)
    assert (other.gold.chain, other.gold.next) == ("1", one.id)


def test_who_stands_alone_has_no_chain() -> None:
    marks = {TEXT[e.start : e.end]: e for e in marks_of(judged(), "x")}
    predicted = marks["Vladimir Putin"].predicted

    assert predicted is not None
    assert predicted.chain is None


def test_bare_spans_that_fill_roles_become_marks() -> None:
    place = Argument("Place", span=Span(*find(SUMMIT, "bên lề")))
    meeting = Event("Contact.Meet", Span(*find(SUMMIT, "gặp")), arguments=(place,))
    found = judge(replace(GOLD, mentions=(), events=(meeting,)), Document(SUMMIT), FINE)

    marks = marks_of(found, "x")
    (event,) = events_of(found, marks, TEXT, "x")

    (filler,) = [each for each in marks if each.kind == "filler"]
    assert TEXT[filler.start : filler.end] == "bên lề"
    assert event.arguments[0].gold_arc == (event.marks[0], filler.id)


def test_arcs_lead_from_triggers_to_fillers() -> None:
    marks = marks_of(judged(), "x")
    (event,) = events_of(judged(), marks, TEXT, "x")
    texts = {each.id: TEXT[each.start : each.end] for each in marks}

    arcs = [tuple(texts[end] for end in line.gold_arc or ()) for line in event.arguments]
    assert arcs == [("gặp", "Vladimir Putin"), ("gặp", "Donald Trump"), ("gặp", "bên lề")]
    assert [line.outcome for line in event.arguments] == ["type", "correct", "unscored"]


def test_errors_stand_in_order_of_the_text() -> None:
    marks = marks_of(judged(), "x")
    lines = errors_of(judged(), marks, events_of(judged(), marks, TEXT, "x"), TEXT)

    assert [(line.layer, line.outcome) for line in lines] == [
        ("mention", "missed"),
        ("argument", "type"),
        ("mention", "type"),
        ("mention", "boundary"),
        ("mention", "spurious"),
        ("mention", "both"),
    ]


def test_outer_lines_stand_above_inner_ones() -> None:
    judged_ = judge(
        replace(GOLD, mentions=(Mention(0, 14, "PER"), Mention(11, 14, "GPE")), events=()),
        Document(SUMMIT),
        FINE,
    )
    marks = [each for each in marks_of(judged_, "x") if each.kind == "mention"]

    track = lay_out(TEXT, marks)

    assert [track.above[each.id] for each in marks] == [1, 0]
    assert [track.below[each.id] for each in marks] == [0, 0]


def test_every_pair_stands_in_the_matrix_once() -> None:
    found = confusion_of("mention", judged())

    assert found is not None
    assert found.columns == ("EVT", "GPE", "LOC", "ORG", NONE)
    cells = {
        (gold_, column): (cell.equal, cell.overlapping)
        for gold_, row in found.rows
        for column, cell in zip(found.columns, row, strict=True)
        if cell.equal or cell.overlapping
    }
    assert cells == {
        ("EVT", "ORG"): (0, 1),
        ("GPE", "ORG"): (1, 0),
        ("GPE", NONE): (1, 0),
        (NONE, "LOC"): (1, 0),
    }
    assert found.always_right == ("PER",)


def test_a_matrix_that_is_too_wide_is_a_list() -> None:
    wanted = Document(
        "d", "x" * 60, events=tuple(Event(f"T{n}", Span(n, n + 1)) for n in range(60))
    )
    found = confusion_of("trigger", judge(wanted, Document("d", events=()), FINE))

    assert found is not None
    assert (found.rows, len(found.listed), found.unlisted) == ((), 40, 20)


def test_what_was_not_scored_has_no_matrix() -> None:
    assert confusion_of("timex", judge(GOLD, Document(SUMMIT, mentions=()), FINE)) is None


def test_counts_by_class_and_by_layer_agree() -> None:
    tally = ClassTally(judged())

    assert sum(map(tally.of_class, CLASSES)) == len(judged())
    assert tally.cell("mention", "missed") == 1


def test_dots_stand_where_the_scores_are() -> None:
    result = scoring.score([], "ner", gold=gold())
    perfect = scoring.score(
        [Document(each.doc_id, mentions=each.mentions) for each in gold()], "ner", gold=gold()
    )
    (table,) = leaderboard.build([replace(result, system=System("none")), perfect]).tables

    plot = plot_of(table)

    assert plot is not None
    places = {each.x for each in plot.dots if each.score is not None}
    assert places == {LEFT, RIGHT}
    assert plot.dots[0].name == "ner.strict"


def test_labels_stand_in_order_of_their_gold_items() -> None:
    found = [Document(each.doc_id, mentions=each.mentions) for each in gold()]

    table = labels_of([scoring.score(found, "ner_fine", gold=gold())])

    assert table is not None
    assert [row[:2] for row in table.rows[:2]] == [("PER", "3"), ("GPE", "2")]
    assert table.rows[0][2] == (("1.000", 20),)


@pytest.mark.parametrize("number", [200, 201])
def test_of_many_documents_those_with_errors_are_shown(number: int) -> None:
    documents = [
        Document(f"d{n:03}", "Nga", mentions=(Mention(0, 3, "GPE"),)) for n in range(number)
    ]
    right = [replace(each, text=None) for each in documents[1:]]

    found = read_all([], documents, {"some": [Document("d000", mentions=()), *right]})

    assert len(found.articles) == (200 if number == 200 else 1)
    assert found.with_errors == (None if number == 200 else 1)


def test_the_page_says_what_it_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "MOST", 1)

    page = report.render([], gold(), {"nothing": [Document(each.doc_id) for each in gold()]})

    assert "of 3 documents, 0 have errors; the first 0 of these are shown" in page


def test_a_system_that_finds_nominals_is_compared_by_all_mentions() -> None:
    wanted, _ = classes()
    found = Document(SUMMIT, mentions=wanted.mentions, entities=wanted.entities)
    results = [scoring.score([found], task, gold=[wanted]) for task in ("ner_fine", "mentions")]

    (system,) = read_all(results, [wanted], {"unnamed": [found]}).systems

    assert (system.task, system.tally.cell("mention", "unscored")) == ("mentions", 0)


def test_long_text_is_cut_and_says_so() -> None:
    assert shortened("x" * LONGEST) == "x" * LONGEST
    assert shortened("x" * 100) == f"{'x' * LONGEST}… (100 characters)"
    assert snippet("a\n b") == "a b"
    assert plain("a\u202eb") == "aU+202Eb"


def differing(gold_document: Document, predicted: Document) -> list[tuple[str, ...]]:
    marks = marks_of(judge(gold_document, predicted, FINE), "a1s1")
    return [
        (each.text, each.attribute, str(each.gold), str(each.predicted))
        for each in differing_in(gold_document, predicted, marks)
    ]


def test_values_polarity_and_realis_that_differ_are_listed_in_order_of_the_text() -> None:
    year, meeting = (
        Timex(*find(SUMMIT, "năm 2019"), type="DATE", value="2019"),
        Event("Contact.Meet", Span(*find(SUMMIT, "gặp")), polarity="POSITIVE", realis="ACTUAL"),
    )
    wanted = replace(GOLD, timexes=(year,), events=(meeting,))
    found = Document(
        SUMMIT,
        timexes=(replace(year, value="2018"),),
        events=(replace(meeting, polarity="NEGATIVE", realis="OTHER"),),
    )

    assert sorted(differing(wanted, found)) == [
        ("gặp", "polarity", "POSITIVE", "NEGATIVE"),
        ("gặp", "realis", "ACTUAL", "OTHER"),
        ("năm 2019", "value", "2019", "2018"),
    ]
    assert differing(wanted, wanted) == []


def test_an_attribute_that_a_system_never_gives_is_not_listed() -> None:
    year = Timex(*find(SUMMIT, "năm 2019"), type="DATE", value="2019")
    wanted = replace(GOLD, timexes=(year,))

    assert differing(wanted, Document(SUMMIT, timexes=(replace(year, value=None),))) == []


def test_a_wrong_argument_alone_is_the_first_error() -> None:
    (meeting, *others) = GOLD.events or ()
    found = replace(GOLD, events=(replace(meeting, arguments=()), *others))
    results = [scoring.score([found], "events", gold=[GOLD])]

    (reading,) = read_all(results, [GOLD], {"unnamed": [found]}).articles[0].readings

    assert {each.layer for each in reading.errors} == {"argument"}
    assert reading.first == reading.errors[0].target
