"""Defects that files of other people have, imitated small: each is told, none is passed over."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from vinee.corpus.foreign import read_gold
from vinee.corpus.foreign.gold import ForeignGold, GoldError
from vinee.errors import InputError, MalformedError, SchemaError
from vinee.formats import registry
from vinee.model import Document, Mention

TEXT = "Bà Vũ Hoa thăm Lào hôm 2/9.\n"
HOA = "T1\tPER 3 9\tVũ Hoa\n"
NAMES = {(3, 9, "PER"), (15, 18, "GPE")}


def brat(folder: Path, annotations: str | bytes, text: str = TEXT) -> Path:
    content = annotations if isinstance(annotations, bytes) else annotations.encode()
    folder.mkdir(exist_ok=True)
    (folder / "a.txt").write_bytes(text.encode())
    (folder / "a.ann").write_bytes(content)
    return folder


def columns(folder: Path, content: str) -> Path:
    path = folder / "a.conll"
    path.write_bytes(content.encode())
    return path


def spans(found: ForeignGold) -> set[tuple[int, int, str]]:
    return {(m.start, m.end, m.type) for each in found.documents for m in each.mentions or ()}


@pytest.mark.parametrize(
    ("defect", "annotations"),
    [
        ("no line break at the end", HOA.rstrip("\n")),
        ("Windows line ends", HOA.replace("\n", "\r\n")),
        ("empty lines", f"\n{HOA}\n\n"),
        ("a note without a target", f"{HOA}#1\tAnnotatorNotes\tsee above\n"),
        ("a note on what was deleted", f"{HOA}#1\tAnnotatorNotes T7\tsee above\n"),
        ("a note by hand", f"# first pass\n{HOA}"),
        ("a normalisation by another base", f"{HOA}N1\tReference T1 GeoNames:1655842\tLào\n"),
        ("an attribute of another scheme", f"{HOA}A1\tConfidence T1 Low\n"),
    ],
)
def test_what_does_no_harm_in_brat_is_read(tmp_path: Path, defect: str, annotations: str) -> None:
    found = read_gold(brat(tmp_path / "b", annotations), "brat")

    assert spans(found) == {(3, 9, "PER")}, defect
    assert found.findings == ()


@pytest.mark.parametrize(
    ("line", "code", "annotations"),
    [
        (1, "span-text", "T1\tPER 3 9\tVũ Hoa\t\n"),
        (1, "span-text", "T1\tPER 3 9\tVũ  Hoa\n"),
        (1, "span-discontinuous", "T1\tPER 0 2;6 9\tBà Hoa\n"),
        (1, "span-outside", "T1\tPER 9 3\tVũ Hoa\n"),
        (1, "span-outside", "T1\tPER 3 3\t\n"),
        (1, "brat-line", "T1 PER 3 9 Vũ Hoa\n"),
        (1, "brat-line", "T1\tPER -3 9\tVũ Hoa\n"),
        (1, "brat-line", f"\ufeff{HOA}"),
        (2, "brat-id", HOA + HOA),
        (2, "brat-target", f"{HOA}A1\tNegation T8\n"),
        (2, "brat-target", f"{HOA}N1\tReference T8 Wikidata:Q819\tLào\n"),
        (2, "brat-target", f"{HOA}R1\tVisits Arg1:T1 Arg2:T8\n"),
        (2, "brat-target", f"{HOA}*\tCoref T1 T8\n"),
        (2, "brat-target", f"{HOA}E1\tVisit:T8 Who:T1\n"),
    ],
)
def test_what_contradicts_itself_in_brat_is_refused_with_its_line(
    tmp_path: Path, line: int, code: str, annotations: str
) -> None:
    with pytest.raises(InputError) as caught:
        read_gold(brat(tmp_path / "b", annotations), "brat")

    assert caught.value.code == code
    assert (caught.value.where.doc_id, caught.value.where.line) == ("a", line)
    assert str(caught.value.where.file).endswith("a.ann")


def test_text_with_windows_line_ends_counts_each_of_their_characters(tmp_path: Path) -> None:
    text = "Bà Vũ Hoa.\r\nLào.\r\n"

    found = read_gold(brat(tmp_path / "b", f"{HOA}T2\tGPE 12 15\tLào\n", text), "brat")

    assert spans(found) == {(3, 9, "PER"), (12, 15, "GPE")}


def test_annotations_without_their_text_are_not_passed_over(tmp_path: Path) -> None:
    folder = brat(tmp_path / "b", HOA)
    (folder / "b.ann").write_text(HOA, "utf-8")

    with pytest.raises(GoldError, match=r"b\.ann: b: there is no b\.txt beside it") as caught:
        read_gold(folder, "brat")

    assert caught.value.code == "brat-text"


# Spans at fault, what refers to them, and an annotation that is sound.
FAULTY = f"""\
{HOA}T2\tVisit 10 14\tthăm
E1\tVisit:T2 Who:T1 Where:T3
T3\tGPE 14 17\tLào
T4\tPER 0 2;6 9\tBà Hoa
T5\tMeet 15 19\tLào
E2\tMeet:T5 Who:T1
R1\tKnows Arg1:T1 Arg2:T4
"""


def test_all_that_is_wrong_in_brat_is_listed_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(GoldError) as caught:
        read_gold(brat(tmp_path / "b", FAULTY), "brat")

    assert [(each.where.line, each.id) for each in caught.value.findings] == [
        (4, "span-text"),
        (5, "span-discontinuous"),
        (6, "span-text"),
        (7, "ref-dropped"),
        (3, "ref-dropped"),
        (8, "ref-dropped"),
    ]


def test_lenient_brat_leaves_out_the_lines_at_fault_and_no_more(tmp_path: Path) -> None:
    found = read_gold(brat(tmp_path / "b", FAULTY), "brat", lenient=True)

    (event,) = found.documents[0].events or ()
    assert (event.type, [each.role for each in event.arguments]) == ("Visit", ["Who"])
    assert spans(found) == {(3, 9, "PER")}
    assert found.counted() == {"ref-dropped": 3, "span-discontinuous": 1, "span-text": 2}


def test_trigger_of_an_event_whose_line_is_broken_is_no_mention(tmp_path: Path) -> None:
    annotations = f"{HOA}T2\tVisit 10 14\tthăm\nE1\tVisit:T2 Who T1\n"

    assert spans(read_gold(brat(tmp_path / "b", annotations), "brat", lenient=True)) == {
        (3, 9, "PER")
    }


def test_event_triggered_by_an_event_is_refused_with_its_line(tmp_path: Path) -> None:
    annotations = f"{HOA}E1\tVisit:E2\nE2\tVisit:T1\n"

    with pytest.raises(GoldError, match=r"a\.ann:2: a: it refers to 'E2'"):
        read_gold(brat(tmp_path / "b", annotations), "brat")


def test_span_that_runs_wild_does_not_fill_the_screen(tmp_path: Path) -> None:
    folder = brat(tmp_path / "b", "T1\tPER 0 900\tBà\n", "Bà " * 300)

    with pytest.raises(GoldError, match=r"'… \(900 code points\) there, the line shows 'Bà'"):
        read_gold(folder, "brat")


def test_given_and_found_annotations_of_bionlp_are_read_as_one(tmp_path: Path) -> None:
    folder = brat(tmp_path / "b", "", TEXT)
    (folder / "a.ann").rename(folder / "a.a1")
    (folder / "a.a1").write_text(HOA, "utf-8")
    (folder / "a.a2").write_text("T2\tVisit 10 14\tthăm\nE1\tVisit:T2 Who:T1\n", "utf-8")

    found = read_gold(folder)

    assert (found.format, spans(found)) == ("brat", {(3, 9, "PER")})
    assert [each.type for each in found.documents[0].events or ()] == ["Visit"]


def test_error_in_found_annotations_names_their_file(tmp_path: Path) -> None:
    folder = brat(tmp_path / "b", "", TEXT)
    (folder / "a.ann").rename(folder / "a.a1")
    (folder / "a.a2").write_text("\nE1\tVisit:T9\n", "utf-8")

    with pytest.raises(GoldError, match=r"a\.a2:2: a: it refers to 'T9'"):
        read_gold(folder)


def test_mention_given_twice_is_named_as_its_file_does(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"\(T7 and T1 in the file\)"):
        read_gold(brat(tmp_path / "b", f"{HOA}T7\tPER 3 9\tVũ Hoa\n"))


def test_hidden_files_beside_documents_are_passed_over(tmp_path: Path) -> None:
    folder = brat(tmp_path / "b", HOA)
    (folder / "._a.txt").write_bytes(b"\x00\x05\x16\x07\xff")
    (folder / "._a.ann").write_bytes(b"\x00\x05\x16\x07\xff")

    assert spans(read_gold(folder)) == {(3, 9, "PER")}


def test_all_that_is_wrong_in_an_archive_is_listed_with_archive_and_member(tmp_path: Path) -> None:
    folder = brat(tmp_path / "b", FAULTY)
    packed = Path(shutil.make_archive(str(tmp_path / "gold"), "zip", folder))

    with pytest.raises(GoldError) as caught:
        read_gold(packed)

    assert {each.where.file for each in caught.value.findings} == {f"{packed}:a.ann"}
    assert len(caught.value.findings) == 6


def test_bytes_that_are_no_utf8_are_told_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "a.conll"
    path.write_bytes("Bà O\nHoa B-PER\n".encode() + b"Th\xe0nh B-PER\n")

    with pytest.raises(
        MalformedError, match=r"a\.conll:3: of the gold: byte 18 \(0xe0\) is not UTF-8"
    ):
        read_gold(path, "columns")


ROWS = "Bà O\nVũ B-PER\nHoa I-PER\nthăm O\nLào B-GPE\n"


@pytest.mark.parametrize(
    ("defect", "content"),
    [
        ("IOB1, in which I- begins", ROWS.replace("B-", "I-")),
        ("a comment at the end", f"{ROWS}\n# 5 tokens\n"),
        ("Windows line ends", ROWS.replace("\n", "\r\n")),
        ("no line break at the end", ROWS.rstrip("\n")),
        ("a byte order mark", f"\ufeff{ROWS}"),
        ("blanks at the ends of lines", ROWS.replace("\n", " \n")),
    ],
)
@pytest.mark.parametrize("name", ["columns", "conll-plain"])
def test_what_does_no_harm_in_columns_is_read(
    tmp_path: Path, name: str, defect: str, content: str
) -> None:
    found = read_gold(columns(tmp_path, content), name)

    assert spans(found) == NAMES, defect
    assert found.findings == ()


@pytest.mark.parametrize(
    ("content", "line", "code"),
    [
        (ROWS.replace("Hoa I-PER", "HoaI-PER"), 3, "columns-width"),  # two columns ran together
        (ROWS.replace("Hoa I-PER", "Hoa I-PER x"), 3, "columns-width"),
        ("Bà\tO\nVũ\tHoa\tB-PER\nthăm\tO\nLào\tB-GPE\n", 2, "columns-width"),
        (ROWS.replace("B-PER", "B-"), 2, "tag-form"),
        (ROWS.replace(" ", "\t").replace("thăm", ""), 4, "token-empty"),
    ],
)
def test_broken_rows_are_refused_or_left_out_and_counted(
    tmp_path: Path, content: str, line: int, code: str
) -> None:
    path = columns(tmp_path, content)

    with pytest.raises(GoldError) as caught:
        read_gold(path, "columns")
    lenient = read_gold(path, "columns", lenient=True)

    assert (caught.value.findings[0].id, caught.value.findings[0].where.line) == (code, line)
    assert lenient.findings == tuple(caught.value.findings)
    assert lenient.counted()[code] == 1
    assert any(label == "GPE" for _, _, label in spans(lenient))


@pytest.mark.parametrize(
    ("content", "line", "code"),
    [
        (ROWS.replace("Hoa I-PER", "HoaI-PER"), 3, "conll-columns"),
        (ROWS.replace("B-PER", "B-"), 2, "tag-form"),
        (ROWS.replace("B-PER", "S-PER"), 2, "tag-form"),
        (ROWS.replace(" ", "\t").replace("thăm", ""), 4, "token-empty"),
    ],
)
def test_broken_rows_of_two_columns_are_refused_with_their_line(
    tmp_path: Path, content: str, line: int, code: str
) -> None:
    with pytest.raises(SchemaError) as caught:
        read_gold(columns(tmp_path, content), "conll-plain")

    assert (caught.value.code, caught.value.where.line) == (code, line)


@pytest.mark.parametrize("name", ["conll", "conll-plain"])
def test_a_file_with_line_ends_of_old_macs_is_not_taken_for_one_line(
    tmp_path: Path, name: str
) -> None:
    format_ = registry.get(name)
    format_.write([Document("a", TEXT, mentions=(Mention(3, 9, "PER"),))], tmp_path / "a.conll")
    content = (tmp_path / "a.conll").read_text("utf-8")
    path = columns(tmp_path, content.replace("\n", "\r"))

    with pytest.raises(MalformedError, match="a carriage return stands inside of the line"):
        format_.read(path, {"a": TEXT})


@pytest.mark.parametrize("name", ["columns", "conll-plain"])
def test_a_sentence_of_ten_thousand_tokens_is_read(tmp_path: Path, name: str) -> None:
    rows = "".join(f"w{n} {'O' if n % 3 else 'B-PER'}\n" for n in range(12_000))

    found = read_gold(columns(tmp_path, rows), name)

    assert len(spans(found)) == 4_000


def saved(folder: Path) -> Path:
    """What `save_to_disk` makes of a document."""
    import datasets

    rows = [{"doc_id": "a", "text": TEXT, "mentions": [{"start": 3, "end": 9, "type": "PER"}]}]
    datasets.Dataset.from_list(rows).save_to_disk(str(folder))
    return folder


@pytest.mark.parametrize(
    ("file", "change"),
    [
        ("state.json", {"_data_files": []}),
        ("state.json", {"_data_files": 7}),
        ("dataset_info.json", {"features": {"text": "string"}}),
        ("dataset_info.json", {"features": []}),
    ],
)
def test_a_saved_dataset_whose_json_was_changed_is_refused(
    tmp_path: Path, file: str, change: dict[str, Any]
) -> None:
    folder = saved(tmp_path / "saved")
    told = json.loads((folder / file).read_text("utf-8"))
    (folder / file).write_text(json.dumps({**told, **change}), "utf-8")

    with pytest.raises(MalformedError, match=r"cannot be read: .* is it whole") as caught:
        registry.get("hf").read(folder)

    assert caught.value.code == "unreadable"


@pytest.mark.parametrize("end", [2**31 - 1, -1, 5000])
def test_arrow_whose_offsets_lead_elsewhere_is_refused_before_they_are_followed(
    tmp_path: Path, end: int
) -> None:
    table = pa.table({"doc_id": ["a"], "text": ["x" * 4242]})
    path = tmp_path / "a.arrow"
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_stream(file, table.schema) as writer:
        writer.write_table(table)
    valid = (0).to_bytes(4, "little") + (4242).to_bytes(4, "little")
    before, _, after = path.read_bytes().rpartition(valid)
    path.write_bytes(before + bytes(4) + end.to_bytes(4, "little", signed=True) + after)

    with pytest.raises(MalformedError) as caught:
        registry.get("hf").read(path)

    assert caught.value.code == "unreadable"


@pytest.mark.parametrize(
    "mentions",
    [
        {"start": [3, 15], "end": [9, 18], "type": ["PER"]},
        {"start": [3], "end": None, "type": ["PER"]},
        {"start": 3, "end": 9, "type": "PER"},
    ],
)
def test_lists_of_a_layer_that_do_not_fit_together_are_refused(
    tmp_path: Path, mentions: dict[str, Any]
) -> None:
    rows = [{"doc_id": "a", "text": TEXT, "mentions": mentions}]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet")

    with pytest.raises(SchemaError) as caught:
        registry.get("hf").read(tmp_path / "a.parquet")

    assert caught.value.where.path == "$.mentions"
