"""CoNLL columns: mentions of any nesting survive, and mistakes are told with their line."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from full_documents import STEMS, documents, full, gold
from hypothesis import given
from kept_features import kept
from msgspec.structs import replace

from vinee.corpus.views import EntityView
from vinee.errors import InputError, InvalidError
from vinee.formats.conll import Conll
from vinee.formats.contract import features_of, losses
from vinee.model import Document, Mention, Section, Span
from vinee.text import syllables

FULL = Conll()
PLAIN = Conll(columns="plain")
TEXT = "Tổng thống Nga gặp\n\nông Trump."
SUMMIT = Document(
    "summit",
    TEXT,
    sections=(Section(0, 18, "heading"), Section(20, 30, "body")),
    sentences=(Span(0, 18), Span(20, 30)),
    mentions=(
        Mention(11, 14, "GPE"),
        Mention(0, 14, "PER", level="NOM"),
        Mention(24, 29, "PER"),
    ),
)
LINES = """\
# doc_id = summit
# section = heading 0 18
# sentence = 0 18
Tổng	0	4	B-PER/NOM	O
thống	5	10	I-PER/NOM	O
Nga	11	14	I-PER/NOM	B-GPE
gặp	15	18	O	O

# section = body 20 30
# sentence = 20 30
ông	20	23	O	O
Trump	24	29	B-PER	O
.	29	30	O	O

"""


def on_syllables(document: Document) -> Document:
    """Move the edges of mentions outward to those of syllables; drop what holds none."""
    tokens = syllables(document.text or "")
    moved = []
    for mention in document.mentions or ():
        inside = [(s, e) for s, e in tokens if s < mention.end and mention.start < e]
        if inside:
            moved.append(replace(mention, start=inside[0][0], end=inside[-1][1], text=None))
    return document if document.mentions is None else replace(document, mentions=tuple(moved))


def read(content: str, texts: dict[str, str] | None = None, form: Conll = FULL) -> Document:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.conll"
        path.write_bytes(content.encode())
        return form.read(path, texts)[0]


def test_columns_are_those_of_the_docstring(tmp_path: Path) -> None:
    FULL.write([SUMMIT], tmp_path / "a.conll")

    assert (tmp_path / "a.conll").read_text("utf-8") == LINES


def test_two_columns_hold_outermost_names(tmp_path: Path) -> None:
    PLAIN.write([SUMMIT], tmp_path / "a.conll")

    assert (tmp_path / "a.conll").read_text("utf-8") == (
        "-DOCSTART- (summit)\tO\n\nTổng\tO\nthống\tO\nNga\tB-GPE\ngặp\tO\n\n"
        "ông\tO\nTrump\tB-PER\n.\tO\n\n"
    )


@given(documents().map(on_syllables))
def test_what_is_held_is_read_back(document: Document) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.conll"
        FULL.write([document], path)

        (back,) = FULL.read(path, {document.doc_id: document.text or ""})

    assert kept(back, FULL.holds) == kept(document, FULL.holds)


@pytest.mark.parametrize("name", ["a.conll", "folder"])
def test_articles_come_back_from_one_file_and_from_a_folder(tmp_path: Path, name: str) -> None:
    articles = [full(stem) for stem in STEMS]
    FULL.write(articles, tmp_path / name)

    back = FULL.read(tmp_path / name, {each.doc_id: each.text or "" for each in articles})

    assert [kept(each, FULL.holds) for each in back] == [kept(a, FULL.holds) for a in articles]


@pytest.mark.parametrize("stem", STEMS)
def test_without_texts_offsets_stay_and_white_space_is_rebuilt(tmp_path: Path, stem: str) -> None:
    article = gold(stem)
    FULL.write([article], tmp_path / "a.conll")

    (back,) = FULL.read(tmp_path / "a.conll")

    rebuilt, text = back.text or "", article.text or ""
    assert [rebuilt[s:e] for s, e in syllables(text)] == [text[s:e] for s, e in syllables(text)]
    assert kept(replace(back, text=text), FULL.holds) == kept(article, FULL.holds)


@pytest.mark.parametrize("stem", STEMS)
def test_two_columns_hold_what_the_outer_view_sees(tmp_path: Path, stem: str) -> None:
    article = gold(stem)
    PLAIN.write([article], tmp_path / "a.conll")

    (back,) = PLAIN.read(tmp_path / "a.conll", {stem: article.text or ""})

    view = EntityView(scheme="fine", nesting="outer")
    assert [(m.start, m.end, m.type) for m in back.mentions or ()] == view(article)


def test_foreign_files_with_more_columns_and_joined_words_are_read() -> None:
    back = read("Hà_Nội N B-NP B-LOC\nđẹp A B-AP O\n", {"a": "Hà Nội đẹp"}, PLAIN)

    assert back.mentions == (Mention(0, 6, "LOC", "Hà Nội"),)


def test_foreign_documents_without_names_are_numbered(tmp_path: Path) -> None:
    (tmp_path / "train.conll").write_text(
        "# nguồn\n-DOCSTART- O\n\nNga O\r\n\n\n-DOCSTART- O\n\nMỹ B-LOC\n", "utf-8"
    )

    first, second = PLAIN.read(tmp_path)

    assert (first.doc_id, second.doc_id) == ("train-1", "train-2")
    assert (first.text, first.mentions) == ("Nga", ())
    assert second.mentions == (Mention(0, 2, "LOC", "Mỹ"),)


def test_token_outside_of_names_that_the_text_lacks_is_passed_over() -> None:
    back = read("<s>\tO\n\nHà\tB-LOC\nNội\tI-LOC\n", {"a": "Hà Nội"}, PLAIN)

    assert back.mentions == (Mention(0, 6, "LOC", "Hà Nội"),)
    assert back.sentences == (Span(0, 6, "Hà Nội"),)


@pytest.mark.parametrize("content", ["", "\n\n"])
@pytest.mark.parametrize("form", [FULL, PLAIN])
def test_empty_file_is_refused(form: Conll, content: str) -> None:
    with pytest.raises(InputError, match="no-documents"):
        read(content, form=form)


def test_lines_of_different_width_are_refused_in_two_columns() -> None:
    with pytest.raises(InputError, match=r"a\.conll:2: 3 columns"):
        read("Nga\tO\nMỹ\tN\tO\n", form=PLAIN)


def test_comments_of_others_are_passed_over() -> None:
    back = read("# nguồn\n# doc_id = a\n# text = Nga\nNga\t0\t3\tO\n")

    assert back == Document("a", "Nga", mentions=())


def test_documents_without_mentions_layer_share_a_file_with_others(tmp_path: Path) -> None:
    FULL.write([SUMMIT, Document("bare", "Nga")], tmp_path / "a.conll")

    _, bare = FULL.read(tmp_path / "a.conll")

    assert bare == Document("bare", "Nga")


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("Nga\t11\t14", "Nga\t11\t15", "conll-offsets", 6),
        ("Nga\t11\t14", "Nga\t9\t12", "conll-offsets", 6),
        ("Nga\t11\t14", "Nga\t999999999\t1000000002", "conll-offsets", 6),
        ("gặp\t15\t18\tO", "gặp\t15\t18", "conll-columns", 7),
        ("B-GPE", "S-GPE", "tag-form", 6),
        ("gặp\t15\t18\tO\tO", "gặp\t15\t18\t_\t_", "tag-form", 1),
        ("heading 0 18", "title 0 18", "conll-comment", 2),
        ("body 20 30", "body 20 10", "span-outside", 1),
        ("# doc_id = summit\n", "", "conll-doc-id", 3),
        ("Nga\t", "Mỹ\t\t", "conll-columns", 6),
    ],
)
def test_mistakes_are_told_with_their_line(old: str, new: str, code: str, line: int) -> None:
    with pytest.raises(InputError) as caught:
        read(LINES.replace(old, new, 1))

    assert (caught.value.code, caught.value.where.line) == (code, line)


def test_another_text_is_refused() -> None:
    with pytest.raises(InvalidError, match=r"a.conll:6: summit: the text has 'Mỹ ' at \[11, 14\)"):
        read(LINES, {"summit": TEXT.replace("Nga", "Mỹ")})


def test_two_columns_refuse_a_name_that_the_text_lacks() -> None:
    with pytest.raises(InvalidError, match=r"a.conll:1: a: 'Paris' is not"):
        read("Paris\tB-LOC\n", {"a": "Hà Nội đẹp"}, PLAIN)


@pytest.mark.parametrize("form", [FULL, PLAIN])
def test_texts_without_the_document_are_refused(form: Conll) -> None:
    with pytest.raises(InvalidError, match="no text of this id"):
        read("# doc_id = a\nNga\t0\t3\tO\n", {"b": "Nga"}, form)


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (Document("a"), "no-text"),
        (Document("a", "Nga", mentions=(Mention(0, 9, "GPE"),)), "span-outside"),
        (Document("a", "Nga ", mentions=(Mention(3, 4, "GPE"),)), "span-without-token"),
        (Document("a", "Nga", mentions=(Mention(0, 3, "G PE"),)), "type-form"),
        (Document("a", "Nga", mentions=(Mention(0, 3, "GPE/NOM"),)), "type-form"),
        (Document("../a", "Nga"), "doc-id-name"),
    ],
)
@pytest.mark.parametrize("form", [FULL, PLAIN])
def test_what_cannot_be_written_is_refused(
    tmp_path: Path, form: Conll, document: Document, code: str
) -> None:
    with pytest.raises(InvalidError) as caught:
        form.write([document], tmp_path / "out")

    assert caught.value.code == code
    assert not list(tmp_path.iterdir())


def test_loss_of_names_that_cut_syllables_is_told() -> None:
    cut = Document("a", "Nga", mentions=(Mention(0, 2, "GPE"),))

    assert "mentions.partial_syllables" in features_of(cut)
    assert [loss.feature for loss in losses(FULL, [cut])] == ["text", "mentions.partial_syllables"]
