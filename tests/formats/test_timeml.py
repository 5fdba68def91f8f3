"""TimeML: text, times and triggers survive, and no file can bring in anything from outside."""

from __future__ import annotations

import re
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from full_documents import STEMS, documents, full
from hypothesis import assume, given
from kept_features import kept

from vinee.errors import InputError, InvalidError, MalformedError
from vinee.formats.contract import features_of, losses
from vinee.formats.timeml import TimeMl
from vinee.model import Document, Event, Mention, Span, Timex

TIMEML = TimeMl()
MEETING = Document(
    "meeting",
    'Trump & "Putin" gặp < hôm nay.',
    timexes=(Timex(22, 29, "hôm nay", "t1", "DATE", "2025-08-07", "APPROX"),),
    events=(
        Event(
            "Contact.Meet", Span(16, 19, "gặp"), "ev1", (), "NEGATIVE", "OTHER", modality="PLANNED"
        ),
    ),
    meta={"published": "2025-08-08"},
)
XML = """\
<?xml version="1.0" encoding="UTF-8"?>
<TimeML>
<DOCID>meeting</DOCID>
<DCT><TIMEX3 tid="dct" type="DATE" value="2025-08-08" functionInDocument="CREATION_TIME">\
2025-08-08</TIMEX3></DCT>
<TEXT>Trump &amp; "Putin" <EVENT eid="ev1" class="Contact.Meet" polarity="NEG" realis="OTHER" \
modality="PLANNED">gặp</EVENT> &lt; <TIMEX3 tid="t1" type="DATE" value="2025-08-07" mod="APPROX">\
hôm nay</TIMEX3>.</TEXT>
</TimeML>
"""
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read(content: str) -> Document:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.tml"
        path.write_bytes(content.encode())
        return TIMEML.read(path)[0]


def test_elements_are_those_of_the_docstring(tmp_path: Path) -> None:
    TIMEML.write([MEETING], tmp_path / "a.tml")

    assert (tmp_path / "a.tml").read_text("utf-8") == XML


def test_document_comes_back_with_its_date() -> None:
    assert read(XML) == MEETING


@given(documents())
def test_what_is_held_is_read_back(document: Document) -> None:
    assume("events.crossing" not in features_of(document))
    said = [value for time in document.timexes or () for value in (time.value, time.mod)]
    assume(not NOT_XML.search("".join(value or "" for value in said)))

    with tempfile.TemporaryDirectory() as folder:
        TIMEML.write([document], Path(folder))

        (back,) = TIMEML.read(Path(folder))

    assert kept(back, TIMEML.holds) == kept(document, TIMEML.holds)


def test_articles_come_back(tmp_path: Path) -> None:
    articles = [full(stem) for stem in STEMS]
    TIMEML.write(articles, tmp_path / "out")

    back = TIMEML.read(tmp_path / "out")

    assert [kept(b, TIMEML.holds) for b in back] == [kept(a, TIMEML.holds) for a in articles]


@pytest.mark.parametrize("stem", STEMS)
def test_any_xml_parser_finds_the_text(tmp_path: Path, stem: str) -> None:
    article = full(stem)
    TIMEML.write([article], tmp_path)

    tree = ET.parse(tmp_path / f"{stem}.tml")  # noqa: S314 - the file is our own

    text = tree.getroot().find("TEXT")
    assert text is not None
    assert "".join(text.itertext()) == article.text
    assert len(text.findall(".//EVENT")) == len(article.events or ())


def test_carriage_returns_survive(tmp_path: Path) -> None:
    document = Document("a", "Một\r\nHai\r")
    TIMEML.write([document], tmp_path)

    assert TIMEML.read(tmp_path) == (document,)


def test_of_crossing_spans_the_later_is_left_out_and_told(tmp_path: Path) -> None:
    crossing = Document(
        "a", "hôm nay gặp", timexes=(Timex(0, 7),), events=(Event("X", Span(4, 11)),)
    )
    TIMEML.write([crossing], tmp_path)

    (back,) = TIMEML.read(tmp_path)

    assert (back.timexes, back.events) == ((Timex(0, 7, "hôm nay"),), None)
    assert [(loss.feature, loss.count) for loss in losses(TIMEML, [crossing])] == [
        ("events.crossing", 2)
    ]


def test_trigger_inside_a_time_nests(tmp_path: Path) -> None:
    nested = Document(
        "a",
        "ngày họp",
        timexes=(Timex(0, 8, "ngày họp"),),
        events=(Event("X", Span(5, 8, "họp")), Event("Y", Span(5, 8, "họp"))),
    )
    TIMEML.write([nested], tmp_path)

    assert TIMEML.read(tmp_path) == (nested,)


def test_foreign_elements_are_looked_through() -> None:
    back = read(
        '<TimeML><DOCID> wsj </DOCID><TEXT>Họ <SIGNAL sid="s1">đã <EVENT class="OCCURRENCE">'
        'họp</EVENT></SIGNAL>.</TEXT><MAKEINSTANCE eiid="e"/></TimeML>'
    )

    event = Event("OCCURRENCE", Span(6, 9, "họp"))
    assert back == Document("wsj", "Họ đã họp.", events=(event,))


def test_document_without_id_is_named_after_its_file() -> None:
    assert read("<TimeML><TEXT>Nga</TEXT></TimeML>") == Document("a", "Nga")


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><TimeML><TEXT>&b;</TEXT></TimeML>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hosts">]><TimeML><TEXT>&a;</TEXT></TimeML>'


@pytest.mark.parametrize("content", [BOMB, OUTSIDE, "<!DOCTYPE TimeML>\n<TimeML/>"])
def test_document_types_are_refused(content: str) -> None:
    with pytest.raises(InputError, match="xml-doctype"):
        read(content)


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        ("<TimeML>\n<TEXT>Nga</TimeML>", "not-xml", 2),
        ("<TimeML><TEXT>&nga;</TEXT></TimeML>", "not-xml", 1),
        ("", "not-xml", 1),
        ('<?xml version="1.0" encoding="nix"?><TimeML/>', "not-xml", 1),
        ("<TimeML/>", "timeml-text", None),
        ("<TimeML>\n<TEXT><EVENT>họp</EVENT></TEXT></TimeML>", "timeml-class", 2),
        ("<TimeML><TEXT>\n<EVENT class='X'/></TEXT></TimeML>", "span-outside", 2),
        ("<TimeML><TEXT>\n<TIMEX3 type='X'>họp</TIMEX3></TEXT></TimeML>", "timeml-value", 2),
    ],
)
def test_mistakes_are_told_with_their_line(content: str, code: str, line: int | None) -> None:
    with pytest.raises(InputError) as caught:
        read(content)

    assert (caught.value.code, caught.value.where.line) == (code, line)


@pytest.mark.parametrize(
    ("documents_", "code"),
    [
        ([Document("a")], "no-text"),
        ([Document("a", "Nga\x00")], "not-xml"),
        ([Document("a", "Nga"), Document("b", "Mỹ")], "doc-count"),
        ([Document("a", "Nga", mentions=(Mention(2, 2, "GPE"),))], "span-outside"),
    ],
)
def test_what_cannot_be_written_is_refused(
    tmp_path: Path, documents_: list[Document], code: str
) -> None:
    with pytest.raises(InvalidError) as caught:
        TIMEML.write(documents_, tmp_path / "out.tml")

    assert caught.value.code == code
    assert not list(tmp_path.iterdir())


def test_file_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(MalformedError, match="unreadable"):
        TIMEML.read(tmp_path / "none.tml")


def test_surrogates_in_memory_are_told(tmp_path: Path) -> None:
    with pytest.raises(MalformedError, match="surrogate"):
        TIMEML.write([Document("a", "\ud800")], tmp_path / "out.tml")


FAULTY = """\
<TimeML><TEXT>Hoa <EVENT eid="e1" class="Visit" modality="NONE">thăm</EVENT> Lào
<TIMEX3 tid="t1" type="DAY" value="2025-09-02">hôm 2/9</TIMEX3>,
<EVENT eid="e2">họp</EVENT> <EVENT eid="e3" class="Meet"></EVENT>.</TEXT></TimeML>
"""


def test_all_that_is_wrong_is_told_and_lenient_reading_leaves_out_no_more(tmp_path: Path) -> None:
    (tmp_path / "a.tml").write_text(FAULTY, "utf-8")
    (tmp_path / "b.tml").write_text("<TimeML><TEXT>Lào", "utf-8")

    rows = list(TimeMl().read_rows(tmp_path))

    assert [(item.code, item.where.line) for _, item in rows if isinstance(item, InputError)] == [
        ("span-outside", 3),
        ("timeml-value", 2),
        ("timeml-class", 3),
        ("not-xml", 1),
    ]
    (document,) = [item for _, item in rows if isinstance(item, Document)]
    assert [(each.type, each.modality) for each in document.events or ()] == [("Visit", None)]
    assert [(each.text, each.type) for each in document.timexes or ()] == [("hôm 2/9", None)]
