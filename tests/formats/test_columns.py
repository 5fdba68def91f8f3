"""Columns of other people: what they hold is detected, stated, and read."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vinee.errors import InputError, MalformedError, SchemaError, UnknownNameError
from vinee.formats.columns import Columns, ColumnsRead, cells, detection, read_columns
from vinee.model import Document, Mention, Span
from vinee.text.tags import SCHEMES, Scheme, tagged

PHONER = """\
Bệnh_nhân O
" O
BN237 B-PATIENT_ID
" O
từ O
Hà_Nội B-LOCATION
đến O
Bệnh_viện B-ORGANIZATION
Đức_Giang I-ORGANIZATION

Ngày O
20-3 B-DATE
"""

VLSP = """\
-DOCSTART-
<s>
Ông	Nc	B-NP	O	O
Ushakov	Np	I-NP	B-PER	O
rời	V	B-VP	O	O
Đại_sứ_quán	N	B-NP	B-ORG	O
Nga	Np	I-NP	I-ORG	B-LOC
ở	E	B-PP	O	O
Hà_Nội	Np	B-NP	B-LOC	O
.	CH	O	O	O
</s>
<s>
Mỹ	Np	B-NP	B-LOC	O
vắng_mặt	V	B-VP	O	O
</s>
"""


def read(folder: Path, content: str, **options: object) -> ColumnsRead:
    path = folder / "mẫu.conll"
    path.write_bytes(content.encode())
    return read_columns(path, **options)  # type: ignore[arg-type]


def said(document: Document) -> list[tuple[str, str]]:
    text = document.text or ""
    return [(text[m.start : m.end], m.type) for m in document.mentions or ()]


def test_two_columns_of_segmented_words_become_a_text(tmp_path: Path) -> None:
    (document,), report = (found := read(tmp_path, PHONER)).documents, found.report

    text = 'Bệnh nhân " BN237 " từ Hà Nội đến Bệnh viện Đức Giang\nNgày 20-3'
    assert document == Document(
        "mẫu",
        text,
        sentences=(Span(0, 53, text[:53]), Span(54, 63, text[54:])),
        mentions=(
            Mention(12, 17, "PATIENT_ID", "BN237"),
            Mention(23, 29, "LOCATION", "Hà Nội"),
            Mention(34, 53, "ORGANIZATION", "Bệnh viện Đức Giang"),
            Mention(59, 63, "DATE", "20-3"),
        ),
    )
    assert (report.separator, report.width, report.token, report.tags) == ("blank", 2, 0, (1,))
    assert (report.scheme, report.candidates) == ("IOB2", ("IOB2",))
    assert (report.segmented, report.underscores, report.text) == (True, "join", "joined")
    assert (report.documents, report.sentences, report.tokens) == (1, 2, 11)
    assert report.prefixes == {"B": 4, "I": 1}


def test_five_columns_give_nested_entities_and_no_phrases(tmp_path: Path) -> None:
    found = read(tmp_path, VLSP)

    assert said(found.documents[0]) == [
        ("Ushakov", "PER"),
        ("Đại sứ quán Nga", "ORG"),
        ("Nga", "LOC"),
        ("Hà Nội", "LOC"),
        ("Mỹ", "LOC"),
    ]
    assert found.documents[0].doc_id == "mẫu"
    assert (found.report.separator, found.report.tags, found.report.left_out) == (
        "tab",
        (3, 4),
        (2,),
    )
    assert (found.report.sentences, found.report.passed_over) == (2, 4)


def test_columns_can_be_named(tmp_path: Path) -> None:
    found = read(tmp_path, VLSP, tags=(2,))

    assert said(found.documents[0])[:2] == [("Ông Ushakov", "NP"), ("rời", "VP")]


def test_protocol_gives_the_documents_alone(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(VLSP, "utf-8")

    (document,) = Columns(tags=(4,)).read(tmp_path / "a.txt")

    assert said(document) == [("Nga", "LOC")]


@pytest.mark.parametrize(
    "option", [{"tags": (5,)}, {"tags": (0,)}, {"token": 9}, {"token": 4}, {"tags": (-1,)}]
)
def test_columns_that_are_not_there_are_refused(tmp_path: Path, option: dict[str, object]) -> None:
    with pytest.raises(
        SchemaError, match=r"different columns from 0 to 4.*columns-option"
    ) as caught:
        read(tmp_path, VLSP, **{"tags": (4,), **option})

    assert caught.value.where.file == str(tmp_path / "mẫu.conll")


def test_unknown_options_list_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="IOB1, IOB2"):
        read(tmp_path, VLSP, scheme="BIO")
    with pytest.raises(UnknownNameError, match="auto, join, keep"):
        read(tmp_path, VLSP, underscores="drop")


def test_column_names_in_the_file_are_followed(tmp_path: Path) -> None:
    found = read(tmp_path, "# global.columns = ID FORM NER POS\n1 Nga B-LOC B-X\n2 thắng O B-Y\n")

    assert (found.report.token, found.report.tags) == (1, (2,))
    assert said(found.documents[0]) == [("Nga", "LOC")]


def test_gold_beside_predictions_is_not_read_as_nested(tmp_path: Path) -> None:
    content = "Nga N B-LOC B-LOC\nMỹ N B-LOC B-ORG\nAnh N B-LOC B-LOC\n"

    with pytest.raises(SchemaError, match=r"columns 2 and 3 .* tags=\(3,\) \[columns-alike\]"):
        read(tmp_path, content, lenient=True)

    assert said(read(tmp_path, content, tags=(3,)).documents[0])[1] == ("Mỹ", "ORG")


def test_one_slip_does_not_hide_the_outer_column(tmp_path: Path) -> None:
    rows = ["Nga B-LOC O"] * 19 + ["Mỹ LOC O", "Liên_minh B-ORG O", "Anh I-ORG B-LOC"]

    found = read(tmp_path, "\n".join(rows), lenient=True)

    assert found.report.tags == (1, 2)
    assert found.report.problems == {"tag-form": 1}


def test_last_column_without_tags_gives_way_to_one_with_tags(tmp_path: Path) -> None:
    assert read(tmp_path, "Nga B-LOC Np\nthắng O V\n").report.tags == (1,)


def test_file_without_tags_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match=r"no column holds tags.*columns-tags"):
        read(tmp_path, "Nga Np\nthắng V\n")


@pytest.mark.parametrize(
    ("tags", "candidates"),
    [
        ("B-A I-A B-A O", ["IOB2"]),
        ("B-A E-A S-A O", ["IOBES"]),
        ("B-A M-A E-A O", ["IOBES"]),
        ("B-A L-A U-A O", ["BILOU"]),
        ("I-A I-A B-A O", ["IOB1"]),
        ("I-A E-A E-A O", ["IOE2"]),
        ("E-A I-A O O", ["IOE1"]),
        ("I-A I-A O I-B", ["IOB1", "IOE1"]),
        ("O O O O", list(SCHEMES)),
        ("I-A B-A O B-A", ["IOB2", "IOB1"]),
    ],
)
def test_scheme_is_that_with_the_fewest_ill_formed_tags(
    tmp_path: Path, tags: str, candidates: list[Scheme]
) -> None:
    rows = "".join(f"Nga {tag}\n" for tag in tags.split())

    report = read(tmp_path, rows, lenient=True).report

    assert (report.scheme, list(report.candidates)) == (candidates[0], candidates)


@given(
    st.sampled_from(SCHEMES),
    st.lists(st.lists(st.sampled_from([(1, ""), (1, "A"), (2, "A"), (3, "B")]), max_size=6)),
)
def test_detected_scheme_has_no_ill_formed_tags_in_files_of_any_scheme(
    scheme: Scheme, drawn: list[list[tuple[int, str]]]
) -> None:
    sentences = []
    for pieces in drawn:
        found, at = [], 0
        for length, kind in pieces:
            if kind:
                found.append((at, at + length, kind))
            at += length
        sentences.append(tagged(found, at, scheme))

    candidates = detection.schemes(sentences)

    assert scheme in candidates


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffNga\tB-LOC\r\nthắng\tO\r\n\r\nMỹ\tB-LOC\r\n",
        "Nga \t B-LOC\nthắng  O\n \t\nMỹ\tB-LOC ",
        "\n\n\nNga B-LOC\u200b\nthắng O\n\u00a0\n\n\u200b\nMỹ b-LOC",
        "Nga\tB-LOC \nthắng\tO\n\n\nMỹ\tB-LOC\u00a0\n\n\n",
        "Nga B-LOC\rthắng o\r\rMỹ B-LOC\r",
        "  Nga B-LOC\n\tthắng O\n\nMỹ B-LOC",
    ],
)
def test_line_ends_marks_and_blanks_make_no_difference(tmp_path: Path, content: str) -> None:
    found = read(tmp_path, content)

    assert found.documents[0].text == "Nga thắng\nMỹ"
    assert said(found.documents[0]) == [("Nga", "LOC"), ("Mỹ", "LOC")]


def test_lower_prefixes_are_read_and_told(tmp_path: Path) -> None:
    report = read(tmp_path, "Hà b-loc\nNội i-loc\nđẹp o\nNga B-LOC\n").report

    assert (report.prefixes, report.ill_formed) == ({"B": 1, "b": 1, "i": 1}, 0)


def test_types_may_hold_hyphens(tmp_path: Path) -> None:
    found = read(tmp_path, "BN B-PATIENT-ID\n237 I-PATIENT-ID\n")

    assert said(found.documents[0]) == [("BN 237", "PATIENT-ID")]


def test_tokens_between_tabs_may_hold_spaces(tmp_path: Path) -> None:
    found = read(tmp_path, "Hà Nội\tB-LOC\nđẹp\tO\nThành phố Huế\tB-LOC\n")

    assert found.report.separator == "tab"
    assert said(found.documents[0]) == [("Hà Nội", "LOC"), ("Thành phố Huế", "LOC")]


def test_no_break_space_and_zero_width_space_are_part_of_the_token(tmp_path: Path) -> None:
    found = read(tmp_path, "Hà\u00a0Nội B-LOC\nđẹp\u200b O\n\u200b O\nNga B-LOC\n")

    assert found.documents[0].text == "Hà\u00a0Nội đẹp\u200b \u200b Nga"
    assert said(found.documents[0]) == [("Hà\u00a0Nội", "LOC"), ("Nga", "LOC")]


def test_decomposed_tokens_stay_as_they_are(tmp_path: Path) -> None:
    token = unicodedata.normalize("NFD", "Điện_Kremlin")

    (document,) = read(tmp_path, f"{token} B-FAC\n").documents

    assert document.text == token.replace("_", " ")


def test_sentence_of_three_thousand_tokens_is_one(tmp_path: Path) -> None:
    found = read(tmp_path, "Nga B-LOC\n" * 3000)

    assert (found.report.sentences, len(found.documents[0].mentions or ())) == (1, 3000)


@pytest.mark.parametrize(
    ("tokens", "underscores", "text"),
    [
        ("Bộ_trưởng _ nói", "auto", "Bộ trưởng _ nói"),
        ("Bộ_trưởng _ nói", "keep", "Bộ_trưởng _ nói"),
        ("file_name nói", "auto", "file_name nói"),
        ("file_name nói", "join", "file name nói"),
        ("@Hà_Nội nói", "auto", "@Hà_Nội nói"),
        ("Bộ_trưởng _x__y", "auto", "Bộ trưởng _x__y"),
    ],
)
def test_underscores_become_spaces_in_segmented_words(
    tmp_path: Path, tokens: str, underscores: str, text: str
) -> None:
    rows = "".join(f"{token} O\n" for token in tokens.split())

    found = read(tmp_path, rows, underscores=underscores)

    assert found.documents[0].text == text
    assert found.report.underscores == ("join" if text != tokens else "keep")


def test_rare_underscores_are_no_segmentation() -> None:
    assert not detection.is_segmented(["Hà_Nội", *["Nga"] * 100])
    assert detection.is_segmented(["Hà_Nội", *["Nga"] * 99])
    assert not detection.is_segmented([])


def test_documents_begin_at_lines_that_say_so(tmp_path: Path) -> None:
    content = (
        "# nguồn: báo\n-DOCSTART- (một)\tO\n\nNga\tO\n\n# newdoc id = hai\n# text = Mỹ\nMỹ\tB-LOC\n"
        "# newdoc\n# sent_id = s1\nAnh\tO\n# doc_id = bốn\n-DOCSTART- -X-\tO\n\nPháp\tO\n#\tO\n"
    )

    found = read(tmp_path, content)

    assert [(each.doc_id, each.text) for each in found.documents] == [
        ("một", "Nga"),
        ("hai", "Mỹ"),
        ("mẫu-3", "Anh"),
        ("bốn", "Pháp #"),
    ]
    assert found.report.passed_over == 2


def test_sentences_with_ids_are_documents_where_nothing_else_is(tmp_path: Path) -> None:
    content = "Ồ O\n\n# sent_id = a\nNga O\n\nMỹ B-LOC\n\n# sent_id = b\nAnh O\n"

    found = read(tmp_path, content)

    assert [(each.doc_id, each.text) for each in found.documents] == [
        ("mẫu", "Ồ"),
        ("a", "Nga\nMỹ"),
        ("b", "Anh"),
    ]


@pytest.mark.parametrize("row", ["# O", "# B-MISC", "#covid O", "#\tO"])
def test_hash_may_be_a_token(tmp_path: Path, row: str) -> None:
    found = read(tmp_path, f"{row}\nNga O\n# O\n")

    assert found.report.tokens == 3


def test_folder_is_read_as_one_corpus_in_order_of_names(tmp_path: Path) -> None:
    for name, content in {
        "b.txt": "Nga O\n",
        "a.conll": "-DOCSTART- O\n\nHà_Nội S-LOC\n\n-DOCSTART- O\n\nMỹ S-LOC\n",
        ".ẩn": "x\n",
    }.items():
        (tmp_path / name).write_text(content, "utf-8")
    (tmp_path / "sub").mkdir()

    found = read_columns(tmp_path)

    assert [each.doc_id for each in found.documents] == ["a-1", "a-2", "b"]
    assert [Path(name).name for name in found.report.files] == ["a.conll", "b.txt"]
    assert found.report.scheme == "IOBES"


@pytest.mark.parametrize("content", ["", "\n\n", "# nguồn\n", "-DOCSTART- -X- O\n"])
def test_file_without_tokens_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(InputError, match="no-documents"):
        read(tmp_path, content)


def test_one_column_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match=r"one column.*columns-width"):
        read(tmp_path, "Nga\nthắng\n")


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.conll").write_bytes("Nga O\n".encode("utf-16"))

    with pytest.raises(MalformedError, match="not-utf8"):
        Columns().read(tmp_path / "a.conll")
    with pytest.raises(MalformedError, match="unreadable"):
        Columns().read(tmp_path / "b.conll")
    (tmp_path / "none").mkdir()
    with pytest.raises(MalformedError, match="no-documents"):
        Columns().read(tmp_path / "none")


NUMBERED = """\
#	http://example.org/thăm	[2025-08-07]
1	Bà	O	O
2	Hoa	B-PER	O
3	thăm	O	O
4	Lào	B-LOC	O

#	http://example.org/họp	[2025-08-08]
1	Hà	B-ORG	B-LOC
2	Nội	I-ORG	I-LOC
3	FC	I-ORG	O
"""


def test_column_that_counts_the_tokens_is_not_the_tokens(tmp_path: Path) -> None:
    found = read(tmp_path, NUMBERED)

    assert found.report.token == 1
    assert found.documents[0].text == "Bà Hoa thăm Lào\nHà Nội FC"


def test_comment_that_begins_with_a_hash_and_a_tab_is_no_row(tmp_path: Path) -> None:
    assert not read(tmp_path, NUMBERED, lenient=True).findings


def test_numbers_as_tokens_are_no_column_that_counts(tmp_path: Path) -> None:
    found = read(tmp_path, "1\tM\tB-NUM\n2\tM\tB-NUM\n\n5\tM\tB-NUM\n9\tM\tB-NUM\n")

    assert found.documents[0].text == "1 2\n5 9"


def test_documents_may_begin_at_a_docstart_behind_a_hash(tmp_path: Path) -> None:
    found = read(tmp_path, "#DOCSTART\n\n0\tLào\tB-LOC\n\n#DOCSTART\n\n0\tHoa\tB-PER\n1\tđi\tO\n")

    assert [each.text for each in found.documents] == ["Lào", "Hoa đi"]


def test_a_rare_chunk_of_another_name_does_not_make_entities_of_phrases(tmp_path: Path) -> None:
    chunks = "thư\tN\tB-NP\tO\n\n" * 99 + "thư\tN\tB-NPb\tO\n\nLào\tNp\tB-NP\tB-LOC\n"

    found = read(tmp_path, chunks)

    assert (found.report.tags, found.report.left_out) == ((3,), (2,))


def test_report_says_what_was_detected_in_one_line(tmp_path: Path) -> None:
    line = str(read(tmp_path, "Nga I-LOC\nthắng O\n").report)

    assert line == (
        "IOB1 (or IOE1: the same entities); 2 columns separated by blanks; token 0, tags 1; "
        "tokens without underscores; 1 documents, 1 sentences, 2 tokens; 0 ill-formed tags; "
        "texts made by joining tokens with spaces, sentences with line breaks"
    )


@given(st.lists(st.sampled_from(["Nga", "O", "B-LOC", "Hà Nội", "\u00a0"]), min_size=2, max_size=4))
def test_shape_of_one_line_is_that_of_its_cells(parts: list[str]) -> None:
    lines = ["\t".join(parts), "\t".join(["x y z"] + ["a"] * (len(parts) - 1))]

    shape = cells.detect(lines)

    assert shape is not None
    assert all(len(shape.cells(line)) == shape.width for line in lines)


JSON_ROWS = """\
{"doc_id": "d1", "words": ["Hà_Nội", "mưa"], "tags": ["B-LOC", "O"]}
{"doc_id": "d1", "words": ["Bà", "Hoa"], "tags": ["O", "B-PER"]}
{"doc_id": "d2", "words": ["#", "Lào"], "tags": ["O", "B-LOC"]}
"""


def test_tokens_and_tags_in_json_are_columns(tmp_path: Path) -> None:
    found = read(tmp_path, JSON_ROWS)

    assert [(each.doc_id, each.text) for each in found.documents] == [
        ("d1", "Hà Nội mưa\nBà Hoa"),
        ("d2", "# Lào"),
    ]
    assert [said(each) for each in found.documents] == [
        [("Hà Nội", "LOC"), ("Hoa", "PER")],
        [("Lào", "LOC")],
    ]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('{"words": ["Lào"], "tags": ["O", "O"]}', "json-tokens"),
        ('{"words": ["Lào"], "tags": [3]}', "json-tokens"),
        ('{"words": ["a\\tb"], "tags": ["O"]}', "json-tokens"),
        ('{"words": ["Lào"], "tags": ["O"]', "not-json"),
    ],
)
def test_line_of_json_that_is_no_sentence_is_told_and_left_out(
    tmp_path: Path, line: str, code: str
) -> None:
    found = read(tmp_path, f"{JSON_ROWS}{line}\n", lenient=True)

    assert [(each.code, each.where.line) for each in found.findings] == [(code, 4)]
    assert len(found.documents) == 2


def test_ill_formed_tag_in_json_is_told_with_the_line_of_its_sentence(tmp_path: Path) -> None:
    found = read(tmp_path, JSON_ROWS.replace('"O", "B-PER"', '"O", "I-PER"'), lenient=True)

    assert [(each.code, each.where.line) for each in found.findings] == [("tag-order", 2)]


def test_files_may_differ_in_how_many_columns_nesting_needs(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("Hà\tB-ORG\nNội\tI-ORG\nFC\tI-ORG\n", "utf-8")
    (tmp_path / "b.tsv").write_text("Hà\tB-ORG\tB-LOC\nNội\tI-ORG\tI-LOC\nFC\tI-ORG\tO\n", "utf-8")

    found = read_columns(tmp_path)

    assert [said(each) for each in found.documents] == [
        [("Hà Nội FC", "ORG")],
        [("Hà Nội FC", "ORG"), ("Hà Nội", "LOC")],
    ]


def test_files_that_differ_in_more_than_tags_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("Lào\tB-LOC\n" * 3, "utf-8")
    (tmp_path / "b.tsv").write_text("Lào\tNp\tB-LOC\n", "utf-8")

    found = read_columns(tmp_path, lenient=True)

    assert [each.code for each in found.findings] == ["columns-width"]


def test_files_that_differ_in_their_suffix_are_documents_of_their_own(tmp_path: Path) -> None:
    for suffix in ("train", "test"):
        (tmp_path / f"names.{suffix}").write_text("Lào B-LOC\n", "utf-8")

    found = read_columns(tmp_path)

    assert [each.doc_id for each in found.documents] == ["names.test", "names.train"]
