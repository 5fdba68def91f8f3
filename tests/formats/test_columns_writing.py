"""Columns as we write them: mentions come back from every scheme, by syllables and by words."""

from __future__ import annotations

import importlib.util
import tempfile
from pathlib import Path

import pytest
from full_documents import STEMS, documents, full, gold
from hypothesis import given, settings
from hypothesis import strategies as st
from kept_features import kept
from msgspec.structs import replace
from seqeval import scheme as seqeval_schemes
from seqeval.scheme import Entities

from vinee.errors import InputError, InvalidError
from vinee.formats.columns import Columns, read_columns
from vinee.formats.contract import FEATURES, losses
from vinee.model import Document, Mention, Span
from vinee.text import syllables
from vinee.text.tags import SCHEMES, Scheme

TEXT = "Tổng thống Nga gặp\n\nông Donald Trump."
SUMMIT = Document(
    "summit",
    TEXT,
    sentences=(Span(0, 18), Span(20, 37)),
    mentions=(
        Mention(11, 14, "GPE"),
        Mention(0, 14, "PER", level="NOM"),
        Mention(24, 36, "PER"),
    ),
)
IOBES = """\
# global.columns = FORM NER NER:2
# newdoc id = summit
Tổng	B-PER	O
thống	I-PER	O
Nga	E-PER	S-GPE
gặp	O	O

ông	O	O
Donald	B-PER	O
Trump	E-PER	O
.	O	O

"""
WORDS = """\
# global.columns = FORM NER NER:2
# newdoc id = summit
Tổng_thống	B-PER	O
Nga	I-PER	B-GPE
gặp	O	O

ông	O	O
Donald_Trump	B-PER	O
.	O	O

"""
needs_words = pytest.mark.skipif(
    importlib.util.find_spec("underthesea") is None, reason="words are made by underthesea"
)


def on_syllables(document: Document) -> Document:
    """Move the edges of mentions outward to those of syllables; drop what holds none."""
    tokens = syllables(document.text or "")
    moved = []
    for mention in document.mentions or ():
        inside = [(s, e) for s, e in tokens if s < mention.end and mention.start < e]
        if inside:
            moved.append(replace(mention, start=inside[0][0], end=inside[-1][1], text=None))
    return document if document.mentions is None else replace(document, mentions=tuple(moved))


def texts_of(*articles: Document) -> dict[str, str]:
    return {each.doc_id: each.text or "" for each in articles}


def test_columns_are_those_of_the_docstring(tmp_path: Path) -> None:
    Columns("IOBES").write([SUMMIT], tmp_path / "a.conll")

    assert (tmp_path / "a.conll").read_text("utf-8") == IOBES


@needs_words
def test_words_have_underscores_between_their_syllables(tmp_path: Path) -> None:
    Columns(unit="token").write([SUMMIT], tmp_path / "a.conll")

    assert (tmp_path / "a.conll").read_text("utf-8") == WORDS


@needs_words
def test_word_is_cut_where_a_mention_ends_inside_it(tmp_path: Path) -> None:
    text = "Bộ trưởng Hà Nội"
    cut = Document("a", text, mentions=(Mention(13, 16, "LOC", "Nội"),))
    Columns(unit="token").write([cut], tmp_path / "a.conll")

    assert (tmp_path / "a.conll").read_text("utf-8").splitlines()[3:5] == ["Hà\tO", "Nội\tB-LOC"]
    assert Columns().read(tmp_path / "a.conll", {"a": text})[0].mentions == cut.mentions


@needs_words
def test_space_of_a_word_between_two_mentions_is_no_token(tmp_path: Path) -> None:
    text = "ngày 7/8Tổng thống"
    document = Document("a", text, mentions=(Mention(0, 12, "PER"), Mention(13, 18, "PER")))

    Columns(unit="token").write([document], tmp_path / "a.conll")

    rows = (tmp_path / "a.conll").read_text("utf-8").splitlines()[2:6]
    assert rows == ["ngày\tB-PER", "7/8\tI-PER", "Tổng\tI-PER", "thống\tB-PER"]


@given(documents().map(on_syllables), st.sampled_from(SCHEMES))
def test_what_is_held_is_read_back(document: Document, scheme: Scheme) -> None:
    form = Columns(scheme)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.conll"
        form.write([document], path)

        (back,) = form.read(path, texts_of(document))

    assert kept(back, form.holds) == kept(document, form.holds)


@needs_words
@settings(max_examples=30)
@given(documents().map(on_syllables), st.sampled_from(SCHEMES))
def test_what_is_held_is_read_back_from_words(document: Document, scheme: Scheme) -> None:
    form = Columns(scheme, unit="token")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.conll"
        form.write([document], path)

        (back,) = form.read(path, texts_of(document))

    assert kept(back, form.holds) == kept(document, form.holds)


@pytest.mark.parametrize("name", ["a.conll", "folder"])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_articles_come_back_from_one_file_and_from_a_folder(
    tmp_path: Path, scheme: Scheme, name: str
) -> None:
    articles = [full(stem) for stem in STEMS]
    form = Columns(scheme)
    form.write(articles, tmp_path / name)

    found = read_columns(tmp_path / name, texts=texts_of(*articles))

    assert [kept(b, form.holds) for b in found.documents] == [kept(a, form.holds) for a in articles]
    assert (found.report.scheme, found.report.ill_formed) == (scheme, 0)
    assert (found.report.alignment or {}).keys() == {"exact", "repaired", "ungrounded"}
    assert (found.report.alignment or {})["repaired"] == 0


# seqeval 1.2.2 says of its IOE1 that it does not handle all cases.
@pytest.mark.parametrize("scheme", [scheme for scheme in SCHEMES if scheme != "IOE1"])
def test_strict_seqeval_finds_the_names_of_the_articles_in_every_scheme(
    tmp_path: Path, scheme: Scheme
) -> None:
    article = gold(STEMS[0])
    outer = replace(article, mentions=tuple(m for m in article.mentions or () if m.type == "PER"))
    Columns(scheme).write([outer], tmp_path / "a.conll")
    blocks = (tmp_path / "a.conll").read_text("utf-8").strip().split("\n\n")
    tags = [
        [line.split("\t")[1] for line in block.splitlines() if not line.startswith("# ")]
        for block in blocks
    ]

    found = Entities(tags, getattr(seqeval_schemes, scheme)).entities

    (back,) = read_columns(tmp_path / "a.conll", tags=(1,)).documents
    assert sum(map(len, found)) == len(back.mentions or ()) > 0


def test_sentence_does_not_end_inside_a_mention(tmp_path: Path) -> None:
    text = "Công ty A. B. Nga"
    crossing = Document(
        "a", text, sentences=(Span(0, 10), Span(11, 17)), mentions=(Mention(0, 13, "ORG"),)
    )
    Columns("IOE1").write([crossing], tmp_path / "a.conll")

    found = read_columns(tmp_path / "a.conll", texts={"a": text})

    assert [m.text for m in found.documents[0].mentions or ()] == ["Công ty A. B."]
    assert (found.report.sentences, found.report.problems) == (1, {})


def test_same_mention_twice_is_no_gold_beside_predictions(tmp_path: Path) -> None:
    twice = Document(
        "a", "Nga", mentions=(Mention(0, 3, "LOC", "Nga"), Mention(0, 3, "LOC", "Nga"))
    )
    Columns().write([twice], tmp_path / "a.conll")

    assert Columns().read(tmp_path / "a.conll", {"a": "Nga"})[0].mentions == twice.mentions


@pytest.mark.parametrize("text", ["", " \n"])
def test_text_without_a_token_is_a_document(tmp_path: Path, text: str) -> None:
    Columns().write([Document("a", text)], tmp_path / "a.conll")

    (back,) = Columns().read(tmp_path / "a.conll", {"a": text})

    assert (back.doc_id, back.text, back.mentions) == ("a", text, ())


def test_format_holds_bare_spans_and_types() -> None:
    form = Columns()

    assert form.name == "columns"
    assert form.holds < set(FEATURES)
    assert [loss.feature for loss in losses(form, [SUMMIT])] == [
        "text",
        "sentences",
        "mentions.level",
    ]


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (Document("a"), "no-text"),
        (Document("a", "Nga", mentions=(Mention(0, 9, "GPE"),)), "span-outside"),
        (Document("a", "Nga ", mentions=(Mention(3, 4, "GPE"),)), "span-without-token"),
        (Document("a", "Nga", mentions=(Mention(0, 3, "G PE"),)), "type-form"),
        (Document("a", "Nga", mentions=(Mention(0, 3, "GPE\u200b"),)), "type-form"),
        (Document("a", "Nga", mentions=(Mention(0, 3, ""),)), "type-form"),
        (Document("../a", "Nga"), "doc-id-name"),
    ],
)
def test_what_cannot_be_written_is_refused(tmp_path: Path, document: Document, code: str) -> None:
    with pytest.raises(InvalidError) as caught:
        Columns().write([document], tmp_path / "out")

    assert caught.value.code == code
    assert not list(tmp_path.iterdir())


def test_another_text_is_refused(tmp_path: Path) -> None:
    Columns().write([SUMMIT], tmp_path / "a.conll")

    with pytest.raises(InputError, match="mention-ungrounded"):
        Columns().read(tmp_path / "a.conll", {"summit": TEXT.replace("Nga", "Mỹ")})
