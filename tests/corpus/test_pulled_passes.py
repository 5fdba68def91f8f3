"""Passes that are documents stand in folders of passes beside quoted ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from vinee.corpus import gold, guidelines, quoted
from vinee.errors import InputError
from vinee.formats import native
from vinee.model import Document, Mention

ARTICLE = gold.documents()[0]
MADE = {"pass": {"annotator": "a9", "guidelines": "1.1"}}


def written(folder: Path, document: Document, **changes: Any) -> Path:
    native.write(folder / f"{document.doc_id}.json", replace(document, **{"meta": MADE, **changes}))
    return folder


def test_pulled_pass_is_read_with_its_guidelines(tmp_path: Path) -> None:
    [(_, found)] = quoted.passes(written(tmp_path, ARTICLE))

    assert (found.doc_id, found.annotator, found.guidelines) == (ARTICLE.doc_id, "a9", "1.1")


def test_pulled_pass_is_its_own_document(tmp_path: Path) -> None:
    [document] = quoted.resolved(written(tmp_path, ARTICLE))

    assert document == replace(ARTICLE, meta=MADE)


def test_quoted_and_pulled_passes_may_share_a_folder(tmp_path: Path) -> None:
    known = sorted((Path(__file__).parents[2] / "annotations" / "passes" / "a4").glob("*.json"))
    (tmp_path / known[1].name).write_bytes(known[1].read_bytes())

    both = quoted.resolved(written(tmp_path, ARTICLE))

    assert [document.doc_id for document in both] == [ARTICLE.doc_id, known[1].stem]


def test_pass_without_layout_gets_sections_and_sentences(tmp_path: Path) -> None:
    plain = Document("other", " Putin đến Lào. Ông gặp\n", mentions=(Mention(1, 6, "PER"),))

    [document] = quoted.resolved(written(tmp_path, plain))

    assert [(s.start, s.end) for s in document.sections or ()] == [(1, 23)]
    assert [s.text for s in document.sentences or ()] == ["Putin đến Lào.", "Ông gặp"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"meta": None}, "pass-maker"),
        ({"meta": {"pass": {"annotator": "a9"}}}, "pass-maker"),
        ({"text": (ARTICLE.text or "") + " "}, "text-seed"),
        ({"mentions": (Mention(0, 10**6, "PER"),)}, "span-outside"),
    ],
)
def test_pass_that_cannot_be_compared_is_told(
    tmp_path: Path, changes: dict[str, Any], code: str
) -> None:
    folder = written(tmp_path, ARTICLE, **changes)

    with pytest.raises(InputError) as caught:
        quoted.resolved(folder)

    assert (caught.value.code, caught.value.where.doc_id) == (code, ARTICLE.doc_id)


def test_edition_of_the_guidelines_stands_in_their_heading(tmp_path: Path) -> None:
    (tmp_path / "annotations").mkdir()
    file = tmp_path / "annotations" / "GUIDELINES.md"
    file.write_text("# Annotation guidelines, edition 2.3\n\nText.\n", "utf-8")
    assert guidelines.edition(tmp_path) == "2.3"

    file.write_text("# Annotation guidelines\n\nedition 2.3\n", "utf-8")
    with pytest.raises(InputError, match="must be a heading"):
        guidelines.edition(tmp_path)


def test_our_passes_follow_our_guidelines() -> None:
    newest = Path(__file__).parents[2] / "annotations" / "passes" / "a4"

    assert {each.guidelines for _, each in quoted.passes(newest)} == {guidelines.edition()}
