"""What is wrong in columns is told with its line: the first of it, or all of it and read on."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vinee.errors import InputError
from vinee.formats.columns import Columns, ColumnsRead, read_columns
from vinee.text.tags import SCHEMES, Scheme

SOUND = "Tổng_thống O\nVladimir B-PER\nPutin I-PER\ngặp O\nông O\nTrump B-PER\n. O\n\nMỹ B-LOC\n"


def lenient(folder: Path, content: str, scheme: Scheme | None = None) -> ColumnsRead:
    path = folder / "a.conll"
    path.write_bytes(content.encode())
    return read_columns(path, scheme=scheme, lenient=True)


def told(found: ColumnsRead) -> list[tuple[str, int | None]]:
    return [(finding.code, finding.where.line) for finding in found.findings]


def names(found: ColumnsRead) -> list[tuple[str | None, str]]:
    return [(m.text, m.type) for document in found.documents for m in document.mentions or ()]


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("Vladimir B-PER", "Vladimir O", "tag-order", 3),
        ("Putin I-PER", "Putin I-LOC", "tag-order", 3),
        ("Vladimir B-PER", "Vladimir B", "tag-form", 2),
        ("Vladimir B-PER", "Vladimir B-", "tag-form", 2),
        ("Trump B-PER", "Trump E-PER", "tag-form", 6),
        ("Trump B-PER", "Trump X-PER", "tag-form", 6),
        ("Trump B-PER", "Trump PER", "tag-form", 6),
        ("gặp O", "gặp 0", "tag-form", 4),
        ("gặp O", "gặp", "columns-width", 4),
        ("gặp O", "gặp V O", "columns-width", 4),
        ("Mỹ B-LOC", "Mỹ I-LOC", "tag-order", 9),
    ],
)
def test_strict_reading_stops_at_the_line(
    tmp_path: Path, old: str, new: str, code: str, line: int
) -> None:
    path = tmp_path / "a.conll"
    path.write_text(SOUND.replace(old, new), "utf-8")

    with pytest.raises(InputError) as caught:
        Columns().read(path)

    assert (caught.value.code, caught.value.where.line) == (code, line)
    assert str(caught.value).startswith(
        f"{path}:{line}: a: " if "tag" in code else f"{path}:{line}: "
    )


def test_sound_file_has_no_findings(tmp_path: Path) -> None:
    found = lenient(tmp_path, SOUND)

    assert (found.findings, found.report.problems, found.report.ill_formed) == ((), {}, 0)


def test_ill_formed_tags_are_read_by_the_rules_of_conlleval(tmp_path: Path) -> None:
    content = "Vladimir I-PER\nPutin I-PER\nvà O\nHà B-LOC\nNội I-ORG\nXô X-LOC\nLiên B\ncũ LOC\n"

    found = lenient(tmp_path, content, "IOB2")

    assert names(found) == [
        ("Vladimir Putin", "PER"),
        ("Hà", "LOC"),
        ("Nội", "ORG"),
        ("Xô", "LOC"),
        ("Liên", "_"),
    ]
    assert told(found) == [
        ("tag-order", 1),
        ("tag-order", 5),
        ("tag-form", 6),
        ("tag-form", 7),
        ("tag-form", 8),
    ]
    assert found.report.problems == {"tag-form": 3, "tag-order": 2}
    assert found.report.ill_formed == 5
    assert found.report.read_as == {
        ("B", "B-_"): 1,
        ("I-ORG", "B-ORG"): 1,
        ("I-PER", "B-PER"): 1,
        ("LOC", "O"): 1,
        ("X-LOC", "B-LOC"): 1,
    }


def test_label_without_a_prefix_is_told_how_it_would_be_a_tag(tmp_path: Path) -> None:
    found = lenient(tmp_path, "Nga LOC\nthắng O\nlớn O\n")

    assert "a label needs a prefix, as in 'B-LOC'" in found.findings[0].problem


def test_end_without_begin_is_told(tmp_path: Path) -> None:
    found = lenient(tmp_path, "Vladimir B-PER\nPutin E-PER\ngặp O\nTrump E-PER\nNga S-LOC\n")

    assert (found.report.scheme, told(found)) == ("IOBES", [("tag-order", 4)])
    assert names(found) == [("Vladimir Putin", "PER"), ("Trump", "PER"), ("Nga", "LOC")]


def test_entity_that_continues_over_a_sentence_boundary_is_two(tmp_path: Path) -> None:
    found = lenient(tmp_path, "Vladimir B-PER\n\nPutin I-PER\n. O\n")

    assert told(found) == [("tag-order", 3)]
    assert names(found) == [("Vladimir", "PER"), ("Putin", "PER")]


def test_broken_lines_are_left_out_and_counted(tmp_path: Path) -> None:
    content = "Nga\tB-LOC\nHà Nội\n\tO\nMỹ\tB-LOC\tx\nthắng\tO\nAnh\tB-LOC\n"

    found = lenient(tmp_path, content)

    assert found.documents[0].text == "Nga thắng Anh"
    assert told(found) == [("columns-width", 2), ("token-empty", 3), ("columns-width", 4)]
    assert found.report.problems == {"columns-width": 2, "token-empty": 1}


def test_sentence_of_broken_lines_alone_is_none(tmp_path: Path) -> None:
    found = lenient(tmp_path, "Nga\tB-LOC\nthắng\tO\n\n\tO\n\nMỹ\tO\n")

    assert (found.documents[0].text, found.report.sentences) == ("Nga thắng\nMỹ", 2)


def test_hash_inside_a_sentence_is_a_token_even_if_its_tag_is_wrong(tmp_path: Path) -> None:
    found = lenient(tmp_path, "Nga O\n# PER\nMỹ B-LOC\n")

    assert (found.report.tokens, told(found)) == (3, [("tag-form", 2)])


def test_second_document_of_an_id_is_left_out(tmp_path: Path) -> None:
    content = "# newdoc id = x\nNga O\n# newdoc id = y\nMỹ O\n# newdoc id = x\nAnh O\n"

    found = lenient(tmp_path, content)

    assert [each.text for each in found.documents] == ["Nga", "Mỹ"]
    assert told(found) == [("doc-twice", 5)]


def test_findings_of_a_folder_come_in_order_of_files(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("Nga B-LOC\nNga B-LOC\nNga\n", "utf-8")
    (tmp_path / "b").write_text("Nga\nNga B-LOC\n", "utf-8")

    found = read_columns(tmp_path, lenient=True)

    assert [(Path(f.where.file or "").name, f.where.line) for f in found.findings] == [
        ("a", 3),
        ("b", 1),
    ]


def test_findings_are_many_but_not_without_end(tmp_path: Path) -> None:
    found = lenient(tmp_path, "Nga S-LOC\n" * 1500, "IOB2")

    assert (len(found.findings), found.report.problems) == (1000, {"tag-form": 1500})
    assert found.report.candidates == ("IOB2",)
    assert found.findings[-1].problem.endswith("; 500 more of these are not listed")


def test_message_says_what_should_be_there_and_shows_no_controls(tmp_path: Path) -> None:
    found = lenient(tmp_path, SOUND.replace("Putin I-PER", "Putin I-\x1bPER"))

    (finding,) = found.findings
    assert finding.problem.isprintable()
    assert "IOB2 has 'B-" in str(finding)


TEXTS = [
    "Nga",
    "-",
    "#",
    "_",
    "Hà_Nội",
    "\u00a0",
    "\u200b",
    "\ufeff",
    unicodedata.normalize("NFD", "ệ"),
]
CELLS = st.sampled_from(
    [*TEXTS, "O", "o", "B", "B-", "I-PER", "b-per", "E-X-Y", "-PER", "<s>", "="]
)
LINES = st.lists(CELLS, max_size=4).flatmap(
    lambda row: st.sampled_from(["\t", " ", "  ", "\t "]).map(lambda blank: blank.join(row))
)
MARKED = st.sampled_from(
    ["-DOCSTART-", "# newdoc id = a", "# sent_id = s", "# doc_id =", "#", "<s>"]
)


@given(st.lists(LINES | MARKED, max_size=12), st.sampled_from([None, *SCHEMES]), st.booleans())
def test_whatever_is_in_a_file_is_read_or_told(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[str],
    scheme: Scheme | None,
    given_texts: bool,
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.conll"
    path.write_text("\n".join(rows), "utf-8")
    texts = {"a": "Nga Hà Nội", "any": "Nga = O"} if given_texts else None

    try:
        found = read_columns(path, texts=texts, scheme=scheme, lenient=True)
    except InputError as error:
        assert error.where.file == str(path)  # noqa: PT017  either is right, a traceback is not
        return

    assert sum(found.report.problems.values()) == len(found.findings)
    assert all(
        m.text == (d.text or "")[m.start : m.end] for d in found.documents for m in d.mentions or ()
    )
