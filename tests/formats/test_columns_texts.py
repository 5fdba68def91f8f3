"""Columns as predictions: tokens are brought onto the texts of the gold."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from full_documents import STEMS, gold

from vinee.errors import InputError, InvalidError
from vinee.formats.columns import ColumnsRead, read_columns
from vinee.model import Document, Mention

TEXT = "Ông  Vladimir Putin\nthăm thành phố Hòa Bình."


def read(
    folder: Path, content: str, texts: dict[str, str], *, lenient: bool = False
) -> ColumnsRead:
    path = folder / "a.conll"
    path.write_text(content, "utf-8")
    return read_columns(path, texts=texts, lenient=lenient)


def test_tokens_are_aligned_and_counted(tmp_path: Path) -> None:
    content = (
        "Ông O\nVladimir_Putin B-PER\n\nthăm O\nthành_phố O\n"
        + unicodedata.normalize("NFD", "Hoà")
        + " B-LOC\nBình I-LOC\n</s> O\n. O\n"
    )

    found = read(tmp_path, content, {"a": TEXT})

    alignment = {"exact": 4, "repaired": 3, "ungrounded": 1}
    assert found.documents == (
        Document(
            "a",
            TEXT,
            mentions=(
                Mention(5, 19, "PER", "Vladimir Putin"),
                Mention(35, 43, "LOC", "Hòa Bình"),
            ),
            meta={"alignment": alignment},
        ),
    )
    assert (found.report.alignment, found.report.matched) == (alignment, "id")
    assert found.report.text == "given"


def test_token_that_the_text_lacks_does_not_join_two_entities(tmp_path: Path) -> None:
    found = read(tmp_path, "Nga I-LOC\n<unk> O\nMỹ I-LOC\n", {"a": "Nga Mỹ"})

    assert [m.text for m in found.documents[0].mentions or ()] == ["Nga", "Mỹ"]


def test_mention_that_the_text_lacks_is_told(tmp_path: Path) -> None:
    content = "Nga B-LOC\nParis B-LOC\nHà B-LOC\nNội I-LOC\nXYZ I-LOC\nđẹp O\n"
    texts = {"a": "Nga Hà Nội đẹp"}

    found = read(tmp_path, content, texts, lenient=True)

    assert [m.text for m in found.documents[0].mentions or ()] == ["Nga", "Hà Nội"]
    assert [(f.code, f.where.line) for f in found.findings] == [
        ("mention-ungrounded", 2),
        ("mention-ungrounded", 3),
    ]
    with pytest.raises(
        InvalidError, match=r"a\.conll:2: a: the mention 'Paris' is not in the text"
    ):
        read(tmp_path, content, texts)


def test_documents_find_their_texts_by_id_in_any_order(tmp_path: Path) -> None:
    content = "# newdoc id = y\nMỹ B-LOC\n\n# newdoc id = x\nNga B-LOC\n"

    found = read(tmp_path, content, {"x": "Nga", "y": "Mỹ", "z": "Anh"})

    assert [(each.doc_id, each.text) for each in found.documents] == [("y", "Mỹ"), ("x", "Nga")]


def test_document_without_a_text_is_told(tmp_path: Path) -> None:
    content = "# newdoc id = x\nNga B-LOC\n\n# newdoc id = y\nMỹ B-LOC\n"

    found = read(tmp_path, content, {"x": "Nga"}, lenient=True)

    assert [each.doc_id for each in found.documents] == ["x"]
    assert [(f.code, f.where.line, f.where.doc_id) for f in found.findings] == [
        ("doc-unknown", 4, "y")
    ]
    with pytest.raises(InvalidError, match="doc-unknown"):
        read(tmp_path, content, {"x": "Nga"})


def test_documents_without_ids_find_their_texts_by_order(tmp_path: Path) -> None:
    content = "-DOCSTART- O\n\nNga B-LOC\n\n-DOCSTART- O\n\nHà_Nội B-LOC\n"

    found = read(tmp_path, content, {"x": "Nga", "y": "Hà Nội"})

    assert [(each.doc_id, each.text) for each in found.documents] == [("x", "Nga"), ("y", "Hà Nội")]
    assert found.report.matched == "order"


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("Nga B-LOC\n\nMỹ B-LOC\n", 1, "bear no ids, and they are 1 where 2 texts are given"),
        (
            "-DOCSTART- O\nMỹ B-LOC\n-DOCSTART- O\nNga B-LOC\n",
            2,
            "this one should be 'x', which does not hold 'Mỹ' there",
        ),
        (
            "# newdoc id = p\nNga B-LOC\n# newdoc id = q\nMỹ B-LOC\n",
            1,
            "no document's id is among those",
        ),
    ],
)
@pytest.mark.parametrize("lenient", [False, True])
def test_documents_that_find_no_text_are_refused(
    tmp_path: Path, content: str, line: int, reason: str, *, lenient: bool
) -> None:
    with pytest.raises(InvalidError, match="put a line '# newdoc id = …'") as caught:
        read(tmp_path, content, {"x": "Nga", "y": "Mỹ"}, lenient=lenient)

    assert (caught.value.code, caught.value.where.line) == ("doc-unknown", line)
    assert reason in caught.value.problem


def test_ids_of_sentences_are_passed_over_where_texts_are_of_articles(tmp_path: Path) -> None:
    content = "# sent_id = 1\nNga B-LOC\n\n# sent_id = 2\nMỹ B-LOC\n"

    whole = read(tmp_path, content, {"a": "Nga\nMỹ"})
    each = read(tmp_path, content, {"1": "Nga", "2": "Mỹ"})

    assert [document.doc_id for document in whole.documents] == ["a"]
    assert [document.doc_id for document in each.documents] == ["1", "2"]


@pytest.mark.parametrize("stem", STEMS)
def test_words_of_an_article_in_other_forms_are_all_found(tmp_path: Path, stem: str) -> None:
    text = gold(stem).text or ""
    tokens = unicodedata.normalize("NFD", text).split()
    content = "".join(f"{token}\tB-X\n" for token in tokens)

    found = read(tmp_path, content, {"a": text})

    assert [m.text for m in found.documents[0].mentions or ()] == text.split()
    assert (found.report.alignment or {})["ungrounded"] == 0


def test_empty_texts_match_nothing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="they are 1 where 0 texts are given"):
        read(tmp_path, "Nga O\n", {})


def test_text_that_no_token_covers_is_counted_and_warned_of(tmp_path: Path) -> None:
    text = "Ông Putin gặp ông Trump ở Alaska."

    found = read(tmp_path, "Ông O\nPutin B-PER\ngặp O\n", {"a": text})

    assert found.findings == ()
    assert (found.documents[0].meta or {})["alignment"]["uncovered"] == 5
    assert "5 syllables, numbers and marks" in (found.report.warning or "")
    assert "a (5 of 8, the first at 14)" in (found.report.warning or "")


def test_text_that_is_covered_but_for_white_space_is_not_warned_of(tmp_path: Path) -> None:
    found = read(tmp_path, "Ông_Putin B-PER\ngặp O\n", {"a": "  Ông Putin \n gặp \n"})

    assert found.report.warning is None
    assert "uncovered" not in (found.documents[0].meta or {})["alignment"]
