"""``vinee convert``: between all formats, with everything said that is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from vinee.cli.app import app
from vinee.corpus import gold
from vinee.errors import InputError, IntegrityError, UnknownNameError, VineeError
from vinee.formats import native, registry
from vinee.formats.contract import features_of
from vinee.model import Document

GOLD = str(gold.folder())
TEXT = "Bà Vũ Hoa thăm Lào hôm 2/9."
TWO_COLUMNS = "-DOCSTART- (a)\tO\n\nVũ\tB-PER\nHoa\tI-PER\nthăm\tO\nLào\tB-GPE\n"


def convert(*arguments: str | Path, code: int = 0) -> str:
    done = CliRunner().invoke(app, ["convert", *map(str, arguments)], catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done.stdout


def told(*arguments: str | Path, code: int = 0) -> dict[str, Any]:
    found = json.loads(convert(*arguments, "--json", code=code))
    assert isinstance(found, dict)
    return found


def refused(*arguments: str | Path, by: type[VineeError]) -> str:
    with pytest.raises(by) as caught:
        CliRunner().invoke(app, ["convert", *map(str, arguments)], catch_exceptions=False)
    return str(caught.value)


def line(path: Path, **document: Any) -> Path:
    path.write_text(json.dumps(document, ensure_ascii=False) + "\n", "utf-8")
    return path


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Callable[[Document, frozenset[str]], Document]:
    monkeypatch.syspath_prepend(Path(__file__).parents[1] / "formats")
    from kept_features import kept as kept_of

    return kept_of


@pytest.mark.parametrize("name", registry.names())
def test_gold_there_and_back_keeps_what_the_format_holds(
    name: str, tmp_path: Path, kept: Callable[[Document, frozenset[str]], Document]
) -> None:
    if name == "spacy":
        pytest.importorskip("spacy", reason="it is in the extra `spacy`")
    convert(GOLD, tmp_path / "there", "--from", "jsonl", "--to", name)
    convert(tmp_path / "there", tmp_path / "back.jsonl", "--from", name)

    holds = registry.get(name).holds
    back = native.read_lines(tmp_path / "back.jsonl")
    pairs = [(b, a) for (_, b), a in zip(back, gold.documents(), strict=True)]
    for document, original in pairs:
        assert isinstance(document, Document)
        if "mentions" in holds and not {"mentions.nested", "mentions.crossing"} <= holds:
            assert set(_spans(document)) <= set(_spans(original))
            assert len(_spans(document)) > len(_spans(original)) / 2
        else:
            assert kept(document, holds) == kept(original, holds)


def _spans(document: Document) -> list[tuple[int, int, str]]:
    return [(m.start, m.end, m.type) for m in document.mentions or ()]


def test_losses_are_told_by_feature(tmp_path: Path) -> None:
    found = told(GOLD, tmp_path / "out", "--from", "jsonl", "--to", "timeml")

    lost = {each["feature"]: each["items"] for each in found["losses"]}
    mentions = sum(len(each.mentions or ()) for each in gold.documents())
    assert lost["mentions"] == mentions
    assert found["written"]
    assert found["documents"] == 5


def test_losses_are_a_table_for_people(tmp_path: Path) -> None:
    shown = convert(GOLD, tmp_path / "out", "--from", "jsonl", "--to", "textee").splitlines()

    assert shown[0] == f"read 5 documents from {GOLD}, as jsonl"
    assert shown[1] == "textee does not hold:"
    assert shown[2].split() == ["feature", "items", "documents"]
    assert any(each.split()[0] == "mentions.extent" for each in shown)
    assert shown[-1] == f"wrote 5 documents to {tmp_path / 'out'} as textee"


def test_nothing_lost_is_exit_code_zero_in_strict_mode(tmp_path: Path) -> None:
    found = told(GOLD, tmp_path / "out.jsonl", "--from", "jsonl", "--strict")

    assert found["losses"] == []
    assert (tmp_path / "out.jsonl").exists()


def test_strict_writes_nothing_where_something_would_be_lost(tmp_path: Path) -> None:
    found = told(GOLD, tmp_path / "out", "--from", "jsonl", "--to", "timeml", "--strict", code=1)

    assert found["losses"]
    assert not found["written"]
    assert list(tmp_path.iterdir()) == []


def test_format_is_detected_and_told(tmp_path: Path) -> None:
    convert(GOLD, tmp_path / "brat", "--to", "brat")

    found = told(tmp_path / "brat", tmp_path / "out.jsonl")

    assert found["from"] == "brat"
    assert found["detected"]


def test_suffix_says_which_format_to_write(tmp_path: Path) -> None:
    assert told(GOLD, tmp_path / "out.conll", "--from", "jsonl")["to"] == "conll"
    assert told(GOLD, tmp_path / "out.jsonl.zip", "--from", "jsonl")["to"] == "jsonl"


def test_archive_comes_back(tmp_path: Path) -> None:
    convert(GOLD, tmp_path / "out.tar.gz", "--from", "jsonl", "--to", "label-studio")
    convert(tmp_path / "out.tar.gz", tmp_path / "back.jsonl", "--from", "label-studio")

    back = [each for _, each in native.read_lines(tmp_path / "back.jsonl")]
    assert [features_of(b) for b in back if isinstance(b, Document)] == [
        features_of(a) for a in gold.documents()
    ]


def test_name_that_says_no_format_is_refused(tmp_path: Path) -> None:
    message = refused(GOLD, tmp_path / "out", "--from", "jsonl", by=InputError)

    assert "name it with --to, one of bigbio, brat" in message


@pytest.mark.parametrize("option", ["--from", "--to"])
def test_unknown_format_names_the_nearest(tmp_path: Path, option: str) -> None:
    message = refused(GOLD, tmp_path / "out.jsonl", option, "Brta", by=UnknownNameError)

    assert "unknown format 'Brta'; nearest: brat; known: " in message


def test_missing_source_is_told(tmp_path: Path) -> None:
    message = refused(tmp_path / "none", tmp_path / "out.jsonl", by=InputError)

    assert "none: no such file or folder" in message


@pytest.mark.parametrize("name", ["brat", "textee"])
def test_file_and_folder_mixed_up_in_the_source_are_told(tmp_path: Path, name: str) -> None:
    source = line(tmp_path / "a.jsonl", doc_id="a") if name == "brat" else tmp_path

    message = refused(source, tmp_path / "out.conll", "--from", name, by=InputError)

    assert message.startswith(str(source))
    assert "directory" in message


def test_folder_where_a_file_is_to_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()

    message = refused(
        GOLD, tmp_path / "out", "--from", "jsonl", "--to", "textee", by=IntegrityError
    )

    assert "is a folder, and textee would write a file there" in message
    assert list((tmp_path / "out").iterdir()) == []


def test_file_where_a_folder_is_to_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("of somebody's", "utf-8")

    message = refused(
        GOLD, tmp_path / "out", "--from", "jsonl", "--to", "brat", "--force", by=IntegrityError
    )

    assert "is a file, and brat would write a folder there" in message
    assert (tmp_path / "out").read_text("utf-8") == "of somebody's"


def test_what_is_there_is_replaced_only_by_force(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("of somebody's", "utf-8")

    assert "--force" in refused(GOLD, out, "--from", "jsonl", by=IntegrityError)
    assert out.read_text("utf-8") == "of somebody's"
    convert(GOLD, out, "--from", "jsonl", "--force")
    assert len(list(native.read_lines(out))) == 5


def test_folder_that_holds_something_is_kept_but_for_force(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "README").write_text("of somebody's", "utf-8")

    refused(GOLD, out, "--from", "jsonl", "--to", "brat", by=IntegrityError)
    found = told(GOLD, out, "--from", "jsonl", "--to", "brat", "--force")

    assert found["left_alone"] == [str(out / "README")]


def test_empty_file_and_folder_need_no_force(tmp_path: Path) -> None:
    (tmp_path / "out.jsonl").touch()
    (tmp_path / "out").mkdir()

    convert(GOLD, tmp_path / "out.jsonl", "--from", "jsonl")
    convert(GOLD, tmp_path / "out", "--from", "jsonl", "--to", "brat")


def test_labels_are_mapped_and_counted(tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text("GPE: LOCATION\n", "utf-8")

    found = told(
        *(GOLD, tmp_path / "out.jsonl", "--from", "jsonl"),
        *("--map", "PER=PERSON", "--map", tmp_path / "map.yaml", "--map", "TITLE="),
    )

    assert set(found["map"]["renamed"]) == {"entity:GPE=LOCATION", "entity:PER=PERSON"}
    assert set(found["map"]["dropped"]) == {"entity:TITLE"}
    back = [each for _, each in native.read_lines(tmp_path / "out.jsonl")]
    types = {m.type for each in back if isinstance(each, Document) for m in each.mentions or ()}
    assert {"PERSON", "LOCATION"} <= types
    assert types.isdisjoint({"PER", "GPE", "TITLE"})


def test_texts_come_from_where_the_option_says(tmp_path: Path) -> None:
    (tmp_path / "p.conll").write_text(TWO_COLUMNS, "utf-8")
    texts = line(tmp_path / "gold.jsonl", doc_id="a", text=TEXT)

    arguments = (tmp_path / "p.conll", tmp_path / "out.jsonl", "--from", "conll-plain")
    found = told(*arguments, "--texts", texts)

    assert found["notes"] == [f"texts are those of the documents of {texts}"]
    document = json.loads((tmp_path / "out.jsonl").read_text("utf-8"))
    assert document["text"] == TEXT
    assert [(m["start"], m["end"]) for m in document["mentions"]] == [(3, 9), (15, 18)]


def test_texts_that_nobody_has_are_told_to_be_made(tmp_path: Path) -> None:
    (tmp_path / "p.conll").write_text(TWO_COLUMNS, "utf-8")

    found = told(tmp_path / "p.conll", tmp_path / "out.jsonl", "--from", "conll-plain")

    assert "give the right ones with --texts" in found["notes"][0]
    assert json.loads((tmp_path / "out.jsonl").read_text("utf-8"))["text"] == "Vũ Hoa thăm Lào"


def test_documents_of_ours_without_a_text_get_theirs(tmp_path: Path) -> None:
    first = gold.documents()[0]
    source = line(tmp_path / "p.jsonl", doc_id=first.doc_id, mentions=[])

    found = told(source, tmp_path / "out", "--from", "jsonl", "--to", "brat")

    assert found["notes"] == ["texts are those of ViNEE's gold"]
    assert (tmp_path / "out" / f"{first.doc_id}.txt").read_bytes().decode() == first.text


def test_what_is_wrong_is_refused_or_left_out(tmp_path: Path) -> None:
    outside = {"start": 3, "end": 99, "type": "PER"}
    source = line(tmp_path / "p.jsonl", doc_id="a", text=TEXT, mentions=[outside])
    arguments = (source, tmp_path / "out.conll", "--from", "jsonl")

    message = refused(*arguments, by=InputError)
    assert "p.jsonl:1: a: $.mentions[0]" in message
    assert "nothing was written" in message
    found = told(*arguments, "--lenient")
    assert [each["id"] for each in found["left_out"]] == ["span-outside"]


def test_labels_of_others_are_no_error(tmp_path: Path) -> None:
    mention = {"start": 3, "end": 9, "type": "NGƯỜI"}
    source = line(tmp_path / "p.jsonl", doc_id="a", text=TEXT, mentions=[mention])

    assert told(source, tmp_path / "out", "--from", "jsonl", "--to", "conll")["left_out"] == []


def test_strings_without_offsets_become_spans_where_the_text_is_given(tmp_path: Path) -> None:
    source = line(tmp_path / "p.jsonl", doc_id="a", strings=[["Vũ_Hoa", "PER"], ["Huế", "LOC"]])
    texts = line(tmp_path / "t.jsonl", doc_id="a", text=TEXT)

    found = told(source, tmp_path / "out.jsonl", "--texts", texts)

    (document,) = native.read_all(tmp_path / "out.jsonl")
    assert isinstance(document[1], Document)
    assert [(each.start, each.end) for each in document[1].mentions or ()] == [(3, 9)]
    assert (
        "brought onto the texts: 0 ambiguous, 0 exact, 1 repaired, 1 ungrounded" in found["notes"]
    )


def test_strings_without_a_text_say_what_is_missing(tmp_path: Path) -> None:
    source = line(tmp_path / "p.jsonl", doc_id="a", strings=[["Vũ Hoa", "PER"]])

    problem = refused(source, tmp_path / "out", "--to", "brat", by=InputError)

    assert "give the texts with --texts" in problem


def test_strings_of_our_documents_are_brought_onto_our_texts(tmp_path: Path) -> None:
    source = line(tmp_path / "p.jsonl", doc_id=gold.documents()[0].doc_id, strings=[["x", "PER"]])

    assert "texts are those of ViNEE's gold" in told(source, tmp_path / "out.jsonl")["notes"]
