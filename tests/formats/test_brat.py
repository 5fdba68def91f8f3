"""brat stand-off: everything survives, and folders that others made can be read."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from full_documents import STEMS, canonical, documents, full
from hypothesis import assume, given

from vinee import ontology
from vinee.errors import InputError, InvalidError
from vinee.formats.brat import Brat
from vinee.formats.brat.names import LINE_BREAKS, brat_name
from vinee.formats.contract import features_of, losses
from vinee.model import Argument, Chain, Document, Entity, Event, Mention, Span, Timex

BRAT = Brat()
TEXT = "Hôm nay, ông Trump gặp Putin.\nTrump nói."
MEETING = Document(
    "meeting",
    TEXT,
    mentions=(
        Mention(13, 18, "PER", "Trump", "m1", extent=Span(9, 18, "ông Trump"), entity="e1"),
        Mention(23, 28, "PER", "Putin", "m2"),
        Mention(30, 35, "PER", "Trump", "m3", entity="e1"),
    ),
    entities=(Entity("e1", "PER", "Donald Trump", "trump", "Q22686"),),
    timexes=(Timex(0, 7, "Hôm nay", "t1", "DATE", "2025-08-07"),),
    events=(
        Event(
            "Contact.Meet",
            Span(19, 22, "gặp"),
            "ev1",
            (
                Argument("Entity", ref="m1"),
                Argument("Entity", ref="m2"),
                Argument("Time", ref="t1", implicit=True),
            ),
            "POSITIVE",
            "ACTUAL",
        ),
    ),
)
LINES = """\
T1	PER 13 18	Trump
T2	EXTENT 9 18	ông Trump
R1	ExtentOf Arg1:T2 Arg2:T1
T3	PER 23 28	Putin
T4	PER 30 35	Trump
T5	TIMEX 0 7	Hôm nay
A1	TimexType T5 DATE
T6	Contact-Meet 19 22	gặp
E1	Contact-Meet:T6 Entity:T1 Entity2:T3 Time:T5
A2	Polarity E1 POSITIVE
A3	Realis E1 ACTUAL
*	Coref T1 T4
N1	Reference T1 Wikidata:Q22686	Donald Trump
#1	AnnotatorNotes T1	{"entity": "e1"}
#2	AnnotatorNotes T5	{"value": "2025-08-07"}
#3	AnnotatorNotes E1	{"implicit": ["Time"]}
"""
FOREIGN = """\
T1\tPerson 13 18\tTrump
T2\tMeeting 19 22\tgặp
T3\tPerson 23 28\tPutin
T4\tTalk 36 39\tnói
T5\tPerson 30 35\tTrump
E1\tMeeting:T2 Who:T1 Who2:T3
E2\tTalk:T4 About:E1 Who:T5
*\tEquiv T1 T5
M1\tNegation E1
R1\tFamily Arg1:T1 Arg2:T3\t
#1\tAnnotatorNotes T1\tlà tổng thống
"""


def read(annotations: str, text: str = TEXT) -> Document:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "a.txt").write_bytes(text.encode())
        Path(folder, "a.ann").write_bytes(annotations.encode())
        return BRAT.read(Path(folder))[0]


def test_lines_are_those_of_the_docstring(tmp_path: Path) -> None:
    BRAT.write([MEETING], tmp_path / "out")

    written = (tmp_path / "out" / "meeting.ann").read_text("utf-8")
    assert written.startswith(LINES)
    assert written.removeprefix(LINES).startswith("#4\tDocument DOC\t{")


@given(documents())
def test_every_feature_survives(document: Document) -> None:
    covered = [mention.text for mention in document.mentions or ()]
    covered += [timex.text for timex in document.timexes or ()]
    covered += [m.extent.text for m in document.mentions or () if m.extent is not None]
    covered += [event.trigger.text for event in document.events or ()]
    arguments = [argument for event in document.events or () for argument in event.arguments]
    covered += [each.span.text for each in arguments if isinstance(each.span, Span)]
    assume(all(LINE_BREAKS.sub("", text or "") for text in covered))

    with tempfile.TemporaryDirectory() as folder:
        BRAT.write([document], Path(folder))

        (back,) = BRAT.read(Path(folder))

    assert canonical(back) == canonical(document)


def test_articles_of_all_layers_come_back(tmp_path: Path) -> None:
    articles = [full(stem) for stem in STEMS]
    BRAT.write(articles, tmp_path / "out")

    back = BRAT.read(tmp_path / "out")

    assert [canonical(each) for each in back] == [canonical(each) for each in articles]
    assert losses(BRAT, articles) == []
    assert {"entities.wikidata", "events.arguments.implicit"} <= features_of(articles[0])


@pytest.mark.parametrize("stem", STEMS)
def test_text_is_kept_byte_for_byte(tmp_path: Path, stem: str) -> None:
    article = full(stem)
    BRAT.write([article], tmp_path)

    assert (tmp_path / f"{stem}.txt").read_bytes() == (article.text or "").encode()


@pytest.mark.parametrize("stem", STEMS)
def test_lines_show_the_text_at_their_offsets(tmp_path: Path, stem: str) -> None:
    article = full(stem)
    BRAT.write([article], tmp_path)

    bound = [
        line.split("\t")
        for line in (tmp_path / f"{stem}.ann").read_text("utf-8").splitlines()
        if line.startswith("T")
    ]
    text = article.text or ""
    for _, data, shown in bound:
        pieces = [map(int, piece.split()) for piece in data.partition(" ")[2].split(";")]
        assert " ".join(text[slice(*piece)] for piece in pieces) == shown


def test_configuration_names_every_label_of_the_ontology(tmp_path: Path) -> None:
    BRAT.write([], tmp_path)

    words = set((tmp_path / "annotation.conf").read_text("utf-8").replace("\t", "\n").split("\n"))
    labels = ontology.default()
    assert {brat_name(name) for name in (*labels.fine_labels, *labels.event_labels)} <= words


def test_configuration_lets_roles_take_what_the_ontology_lets_them(tmp_path: Path) -> None:
    BRAT.write([], tmp_path)

    lines = (tmp_path / "annotation.conf").read_text("utf-8").splitlines()
    (meeting,) = (line for line in lines if line.startswith("Contact-Meet\t"))
    assert meeting.endswith("Topic*:SPAN, Place*:GPE|LOC|FAC, Time*:TIMEX")


def test_configuration_names_what_the_documents_use_beyond_the_ontology(tmp_path: Path) -> None:
    event = Event("Sport.Win", Span(0, 3), arguments=(Argument("Winner", span=Span(0, 3)),))
    BRAT.write([Document("a", "Nga", mentions=(Mention(0, 3, "Team"),), events=(event,))], tmp_path)

    lines = (tmp_path / "annotation.conf").read_text("utf-8").splitlines()
    assert "Team" in lines
    assert "Sport-Win\tWinner*:<ANY>" in lines


def test_foreign_types_stay_and_events_as_arguments_become_their_triggers() -> None:
    back = read(FOREIGN)

    assert [mention.type for mention in back.mentions or ()] == ["Person"] * 3
    meeting, talk = back.events or ()
    assert [(a.role, a.ref) for a in meeting.arguments] == [("Who", "T1"), ("Who", "T3")]
    assert talk.arguments[0] == Argument("About", span=Span(19, 22, "gặp"))


def test_foreign_equivalence_becomes_an_entity() -> None:
    back = read(FOREIGN)

    assert back.entities == (Entity("e1", "Person"),)
    assert [mention.entity for mention in back.mentions or ()] == ["e1", None, "e1"]


def test_foreign_lines_that_mean_nothing_to_us_are_kept() -> None:
    assert read(FOREIGN).meta == {
        "brat": [
            "M1\tNegation E1",
            "R1\tFamily Arg1:T1 Arg2:T3\t",
            "#1\tAnnotatorNotes T1\tlà tổng thống",
        ]
    }


def test_text_without_annotations_has_no_layers(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Nga\r\n")

    assert BRAT.read(tmp_path) == (Document("a", "Nga\r\n"),)


def test_what_is_added_in_brat_gets_an_id_and_a_chain_of_its_own(tmp_path: Path) -> None:
    BRAT.write([MEETING], tmp_path)
    added = "T99\tPER 9 12\tông\n*\tCoref T3 T99\n*\tEventCoref E1\n"
    path = tmp_path / "meeting.ann"
    path.write_text(path.read_text("utf-8") + added, "utf-8")

    (back,) = BRAT.read(tmp_path)

    assert (back.mentions or ())[3] == Mention(9, 12, "PER", "ông", "T99", entity="e2")
    assert back.entities == (*(MEETING.entities or ()), Entity("e2", "PER"))
    assert back.chains == (Chain("c1"),)


def test_labels_that_brat_cannot_hold_come_back(tmp_path: Path) -> None:
    document = Document(
        "a",
        "Nga",
        mentions=tuple(
            Mention(0, 3, label, "Nga", "m")
            for label in ("SPAN", "TIMEX", "A B", "A.B", "A-B", "", "Contact-Meet", "Tổ")
        ),
        events=(
            Event(
                "Contact.Meet",
                Span(0, 3, "Nga"),
                "e",
                tuple(Argument(role, ref="m") for role in ("Arg1", "Arg1", "Arg2", "A B")),
            ),
        ),
    )
    BRAT.write([document], tmp_path)

    assert BRAT.read(tmp_path) == (document,)


def test_modifier_of_another_vocabulary_comes_back(tmp_path: Path) -> None:
    document = Document("a", "Nga", timexes=(Timex(0, 3, "Nga", "t", mod="UNTIL"),))
    BRAT.write([document], tmp_path)

    assert BRAT.read(tmp_path) == (document,)


@pytest.mark.parametrize(
    "line",
    [
        "A1\tLevel T2 NOM",
        '#1\tAnnotatorNotes T2\t{"entity": "e1"}',
        '#1\tAnnotatorNotes T1\t{"value": "2025"}',
        "#1\tAnnotatorNotes T1\t[1]",
        "#1\tghi chú tự do",
        "N1\tReference T2 Wikidata:Q1\tgặp",
        "N1\tReference T1 UMLS:C01\tTrump",
        "*\tCoref T1 E1",
    ],
)
def test_what_stands_where_it_means_nothing_is_kept_as_it_is(line: str) -> None:
    base = "T1\tPER 13 18\tTrump\nT2\tContact-Meet 19 22\tgặp\nE1\tContact-Meet:T2\n"

    assert read(base + line).meta == {"brat": [line]}


def test_second_reading_keeps_the_lines_of_the_first(tmp_path: Path) -> None:
    BRAT.write([read(FOREIGN)], tmp_path)
    with (tmp_path / "a.ann").open("a", encoding="utf-8") as file:
        file.write("M1\tSpeculation E1\n")

    (back,) = BRAT.read(tmp_path)

    assert [line[:2] for line in (back.meta or {})["brat"]] == ["M1", "R1", "#1", "M1"]


def test_id_that_is_taken_is_not_given_again(tmp_path: Path) -> None:
    document = Document("a", "Nga Mỹ", mentions=(Mention(0, 3, "GPE", "Nga", "T2"),))
    BRAT.write([document], tmp_path)
    with (tmp_path / "a.ann").open("a", encoding="utf-8") as file:
        file.write("T2\tGPE 4 6\tMỹ\n")

    (back,) = BRAT.read(tmp_path)

    assert [mention.id for mention in back.mentions or ()] == ["T2", "T2_"]


def test_nothing_is_left_behind_where_no_folder_can_be(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("khác", "utf-8")

    with pytest.raises(NotADirectoryError):
        BRAT.write([MEETING], tmp_path / "out")

    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_item_without_an_entity_makes_one() -> None:
    lines = 'T1\tPER 13 18\tTrump\n#1\tAnnotatorNotes T1\t{"entity": "x"}\n'

    back = read(f"{lines}N1\tReference T1 Wikidata:Q22686\tTrump\n")

    assert back.entities == (Entity("x", "PER", wikidata="Q22686"),)


def test_span_over_several_lines_is_one_fragment_a_line(tmp_path: Path) -> None:
    document = Document("a", "Một\nHai", mentions=(Mention(0, 7, "PER", "Một\nHai"),))
    BRAT.write([document], tmp_path)

    assert (tmp_path / "a.ann").read_text("utf-8").startswith("T1\tPER 0 3;4 7\tMột Hai\n")
    assert BRAT.read(tmp_path) == (document,)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("T1\tPER 0 3;4 7\tHôm nay", "span-discontinuous"),
        ("T1\tPER 0 99\tHôm nay", "span-outside"),
        ("T1\tPER 3 3\t", "span-outside"),
        ("T1\tPER 0 7\tHôm qua", "span-text"),
        ("T1\tPER zero 7\tHôm nay", "brat-line"),
        ("T1 PER 0 7 Hôm nay", "brat-line"),
        ("T1\tPER 0 7\tHôm nay\nT1\tPER 0 7\tHôm nay", "brat-id"),
        ("X1\tPER", "brat-line"),
        ("E1\tContact-Meet", "brat-line"),
        ("E1\tContact-Meet:T9", "brat-target"),
        ("R1\tFamily Arg1:T1", "brat-line"),
        ("R1\tFamily Arg1:T1 Arg2:T2", "brat-target"),
        ("A1\tLevel", "brat-line"),
        ("A1\tLevel T1 NAM", "brat-target"),
        ("T1\tPER 0 7\tHôm nay\nA1\tLevel T1 NMO", "brat-value"),
        ("N1\tReference T1", "brat-line"),
        ("*\tCoref", "brat-line"),
        ('#1\tDocument DOC\t{"empty": 1}', "brat-note"),
        ("#1\tDocument DOC\t{", "brat-note"),
    ],
)
def test_mistakes_are_told_with_their_line(line: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read(line)

    assert caught.value.code == code
    assert (caught.value.where.line, caught.value.where.doc_id) == (line.count("\n") + 1, "a")


def test_discontinuous_annotation_names_the_remedy() -> None:
    with pytest.raises(InvalidError, match=r"a\.ann:1: a: .* annotate one span from first to last"):
        read("T1\tPER 0 3;4 7\tHôm nay")


def test_layout_outside_of_the_text_is_refused() -> None:
    with pytest.raises(InvalidError, match="span-outside"):
        read('#1\tDocument DOC\t{"sentences": [[0, 99]]}')


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (Document("a"), "no-text"),
        (Document("a", "Nga\n", mentions=(Mention(3, 4, "GPE"),)), "span-line-break"),
        (
            Document(
                "a", "Nga", events=(Event("X", Span(0, 3), arguments=(Argument("A", "m1"),)),)
            ),
            "ref-unknown",
        ),
        (Document("a/b", "Nga"), "doc-id-name"),
    ],
)
def test_what_cannot_be_written_is_refused(tmp_path: Path, document: Document, code: str) -> None:
    with pytest.raises(InvalidError) as caught:
        BRAT.write([document], tmp_path / "out")

    assert caught.value.code == code
    assert not list(tmp_path.iterdir())


def test_two_documents_of_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidError, match="doc-twice"):
        BRAT.write([MEETING, MEETING], tmp_path / "out")


@pytest.mark.parametrize("name", ["empty", "missing"])
def test_folder_without_texts_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()

    with pytest.raises(InputError):
        BRAT.read(tmp_path / name)
