"""Detection: what we write is known again, and so is what others write."""

from __future__ import annotations

import os
import zlib
from pathlib import Path

import pytest
from full_documents import STEMS, full

from vinee import resources
from vinee.errors import InputError, MalformedError, MissingExtraError
from vinee.formats import registry
from vinee.formats.archive import fitting, packed
from vinee.formats.contract import Format
from vinee.formats.detect import Detected, detect
from vinee.formats.docbin import SpacyDocBin
from vinee.formats.hf import HuggingFace

ARTICLE = full(STEMS[0])
FORMATS: list[Format] = [
    *map(registry.get, registry.names()),
    *(f for f in (HuggingFace(), SpacyDocBin()) if f.name not in registry.names()),
]


@pytest.mark.parametrize("suffix", ["", ".zip", ".tar", ".tar.gz"])
@pytest.mark.parametrize("format_", FORMATS, ids=lambda f: f.name)
def test_what_a_format_writes_is_detected(tmp_path: Path, format_: Format, suffix: str) -> None:
    path = tmp_path / f"out{suffix}"
    try:
        fitting(format_, path).write([ARTICLE], path)
    except MissingExtraError as error:
        pytest.skip(str(error))

    found = detect(path)

    bare = "folder" if path.is_dir() else "file"
    assert (found.format, found.container) == (format_.name, suffix[1:] or bare)


@pytest.mark.parametrize(
    ("path", "format_", "container"),
    [
        ("annotations/gold", "jsonl", "folder"),
        (f"annotations/gold/{STEMS[0]}.json", "jsonl", "file"),
        ("corpus", "hf", "folder"),
        (f"corpus/data/documents/{STEMS[0]}.parquet", "hf", "file"),
        ("seeds", None, "folder"),
        ("README.md", None, "file"),
    ],
)
def test_own_folders_are_what_they_are(path: str, format_: str | None, container: str) -> None:
    found = resources.root() / path
    if not found.exists():
        pytest.skip("it is not part of this installation")
    if format_ is None:
        with pytest.raises(InputError, match="format-unknown"):
            detect(found)
    else:
        assert (detect(found).format, detect(found).container) == (format_, container)


TASK = '{"id": 3, "data": {"text": "Nga", "annotations": 1}, "annotations": []}'
FOREIGN = {
    "a.jsonl": ('\ufeff\n{"doc_id": "a", "text": "{\\"wnd_id\\": 1}"}\n', "jsonl"),
    "spread.json": ('{\n "text": "' + "x" * 99_999 + '",\n "doc_id": "a"}', "jsonl"),
    "broken.jsonl": ('{"doc_i', "jsonl"),
    "empty.jsonl": ("", "jsonl"),
    "nothing.json": ("{}", "jsonl"),
    "b.json": ('{"wnd_id": "1", "doc_id": "a", "entity_mentions": []}', "textee"),
    "c.json": ('{"doc_id": "1", "entity_mentions": [], "event_mentions": []}', "textee"),
    "d.jsonl": ('{"id": "1", "passages": [], "entities": [], "events": []}', "bigbio"),
    "e.json": (' [{"id": "1", "passages": [{"doc_id": 1}], "entities": []}]', "bigbio"),
    "f.json": (f"[{TASK}]", "label-studio"),
    "g.json": ('[{"data": {}, "predictions": []}]', "label-studio"),
    "h.xml": ('<?xml version="1.0"?>\n<TimeML xmlns:xsi="x">\n', "timeml"),
    "i.tml": ("", "timeml"),
    "j.txt": ("EU NNP B-NP B-ORG\nrejects VBZ B-VP O\n\n", "columns"),
    "k.conll": ("-DOCSTART- -X- -X- O\n\nEU NNP B-NP B-ORG\n", "columns"),
    "l.tsv": ("<s>\nNga\tNp\tB-LOC\r\ngặp\tV\tO\r\n</s>\n", "columns"),
    "m.conll": ("# newdoc id = a\nNga\tB-LOC\n", "columns"),
    "n.conll": ("-DOCSTART- (a)\tO\n\nNga\tB-LOC\n", "conll-plain"),
    "o.conll": ("# doc_id = a\nNga\t0\t3\tB-LOC\n", "conll"),
    "p.parquet": ("", "hf"),
    "q": ("PAR1", "hf"),
    "r.arrow": ("ARROW1", "hf"),
    "s.spacy": ("", "spacy"),
}


@pytest.mark.parametrize(("name", "expected"), [(name, of) for name, (_, of) in FOREIGN.items()])
def test_files_of_others_are_known(tmp_path: Path, name: str, expected: str) -> None:
    (tmp_path / name).write_bytes(FOREIGN[name][0].encode())

    assert detect(tmp_path / name).format == expected


def test_docbin_is_known_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(zlib.compress(b"\x89\xa7version\xa30.1\xa5attrs" + bytes(999)))

    assert detect(tmp_path / "a").format == "spacy"


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("a.txt", "a.ann", "README.md"), "brat"),
        (("dataset_dict.json", "train/state.json"), "hf"),
        (("data/train/0.parquet", "README.md", "x.json"), "hf"),
    ],
)
def test_folders_are_known_by_their_names(
    tmp_path: Path, names: tuple[str, ...], expected: str
) -> None:
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text("Nga", "utf-8")

    assert detect(tmp_path).format == expected


def test_folder_with_a_broken_file_is_known_by_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{", "utf-8")
    (tmp_path / "b.json").write_text('{"doc_id": "b"}', "utf-8")

    assert detect(tmp_path).format == "jsonl"


def test_several_formats_are_listed(tmp_path: Path) -> None:
    for name, content in {"a.txt": "", "a.ann": "", "a.json": '{"doc_id": "a"}'}.items():
        (tmp_path / name).write_text(content, "utf-8")

    with pytest.raises(InputError, match=r"jsonl \(.*; brat \(.*--format NAME.*format-several"):
        detect(tmp_path)


@pytest.mark.parametrize("other", ["brat", "columns", "hf", "label-studio", "timeml", "textee"])
def test_files_of_several_formats_side_by_side_are_refused(tmp_path: Path, other: str) -> None:
    names = {"label-studio": "tasks.json", "textee": "b.jsonl", "hf": "b.parquet"}
    registry.get("jsonl").write([ARTICLE], tmp_path / "a.jsonl")
    written = tmp_path / names[other] if other in names else tmp_path
    registry.get(other).write([ARTICLE], written)

    with pytest.raises(InputError, match=r"jsonl \(a\.jsonl\).*--gold-format.*several") as caught:
        detect(tmp_path)

    assert f"{other} (" in caught.value.problem


@pytest.mark.parametrize("content", ["", "Tổng thống Nga\nthăm Mỹ.\n", "[1, 2]", "[]", "[{}]"])
@pytest.mark.parametrize("suffix", [".txt", ".json"])
def test_unknown_lists_what_was_looked_for(tmp_path: Path, content: str, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_text(content, "utf-8")
    if suffix == ".json" and not content.startswith("["):
        assert detect(path).format == "jsonl"
        return

    with pytest.raises(InputError, match="format-unknown") as caught:
        detect(path)

    assert all(name in caught.value.problem for name in registry.names())
    assert "--format NAME" in caught.value.problem


def test_error_of_an_archive_names_it(tmp_path: Path) -> None:
    fitting(registry.get("brat"), tmp_path / "a.zip").write([], tmp_path / "a.zip")

    with pytest.raises(InputError, match="format-unknown") as caught:
        detect(tmp_path / "a.zip")

    assert (caught.value.where.file or "").startswith(str(tmp_path / "a.zip"))


def test_archive_in_an_archive_is_not_opened(tmp_path: Path) -> None:
    fitting(registry.get("brat"), tmp_path / "a.zip").write([ARTICLE], tmp_path / "a.zip")
    with packed(tmp_path / "b.zip") as folder:
        (folder / "a.zip").write_bytes((tmp_path / "a.zip").read_bytes())

    with pytest.raises(InputError, match="format-unknown"):
        detect(tmp_path / "b.zip")


def test_nothing_and_pipes_are_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(MalformedError, match="no-documents"):
        detect(tmp_path / "missing")
    with pytest.raises(InputError, match="format-pipe"):
        detect(tmp_path / "pipe")


def test_it_says_what_it_was_known_by() -> None:
    assert str(Detected("brat", "zip", ".ann beside .txt")) == "brat, a zip: .ann beside .txt"


def test_folder_of_splits_names_them_with_their_formats(tmp_path: Path) -> None:
    for split in ("train", "test"):
        (tmp_path / split).mkdir()
        (tmp_path / split / "a.txt").write_text("Lào", "utf-8")
        (tmp_path / split / "a.ann").write_text("", "utf-8")
    (tmp_path / "docs").mkdir()

    with pytest.raises(
        InputError, match=r"folders that do: test \(brat\); train \(brat\)"
    ) as caught:
        detect(tmp_path)

    assert caught.value.code == "format-folders"


def test_tokens_and_tags_in_json_are_columns_whatever_the_file_is_called(tmp_path: Path) -> None:
    (tmp_path / "dev.json").write_text('{"words": ["Lào"], "tags": ["B-LOC"]}\n' * 2, "utf-8")

    assert detect(tmp_path / "dev.json").format == "columns"


def test_json_of_another_shape_is_told_by_its_keys(tmp_path: Path) -> None:
    (tmp_path / "dev.json").write_text('{"doc_key": 3, "sentences": [["Lào"]]}\n' * 2, "utf-8")

    with pytest.raises(InputError, match="JSON with doc_key, sentences, which is no shape"):
        detect(tmp_path / "dev.json")
