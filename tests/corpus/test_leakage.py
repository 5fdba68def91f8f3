"""Near-duplicate sentences, exactly counted: the two articles on one announcement, and copies."""

from __future__ import annotations

import json
import random
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vinee import resources, text
from vinee.cli import corpus_leakage
from vinee.corpus import gold, leakage
from vinee.corpus.leakage import render
from vinee.corpus.leakage.syllables import syllables
from vinee.errors import MalformedError, SchemaError, Where
from vinee.formats import native

FIRST, SECOND = "000_050def64e66b55bf", "001_4b169b2f93d1fecc"
SENTENCE = (
    "Nhà lãnh đạo Ukraine tuyên bố ông cần nói chuyện trực tiếp với Tổng thống Nga để đạt được "
    "tiến triển trong các cuộc đàm phán hòa bình."
)


def ours() -> list[leakage.Sentence]:
    return list(leakage.read(gold.folder()))


def one(string: str, document: str = "d", number: int = 0) -> leakage.Sentence:
    return leakage.Sentence(string, document, number, Where())


def keys(report: leakage.Report) -> list[tuple[str, str, int, str, int]]:
    return [
        (p.kind, p.ours.document, p.ours.number, p.other.document, p.other.number)
        for p in report.pairs
    ]


def test_articles_share_the_four_sentences_of_one_announcement() -> None:
    report = leakage.within(ours())

    assert keys(report) == [
        ("near", FIRST, 19, SECOND, 9),
        ("near", FIRST, 6, SECOND, 7),
        ("near", FIRST, 7, SECOND, 3),
        ("near", FIRST, 18, SECOND, 8),
    ]
    assert [round(pair.similarity, 2) for pair in report.pairs] == [0.70, 0.49, 0.41, 0.38]
    assert [round(pair.containment, 2) for pair in report.pairs] == [0.88, 0.71, 0.62, 0.55]


def test_no_other_two_sentences_of_the_articles_come_near_the_threshold() -> None:
    report = leakage.within(ours(), leakage.Thresholds(near=0.2))

    assert {round(pair.similarity, 2) for pair in report.pairs[4:]} == {0.21, 0.22, 0.23}


def test_shares_count_sentences_of_each_article_once() -> None:
    report = leakage.within(ours())

    assert [(share.sentences, share.duplicated) for share in report.ours] == [
        (20, 4),
        (16, 4),
        (15, 0),
        (31, 0),
        (13, 0),
    ]
    assert report.our_total.share == pytest.approx(8 / 95)


def test_shuffled_copy_in_another_form_is_found_whole() -> None:
    copy = [
        one(unicodedata.normalize("NFD", each.text.upper()), f"copy {each.document}", each.number)
        for each in ours()
    ]
    random.Random(7).shuffle(copy)  # noqa: S311 - test data, no secret

    report = leakage.between(ours(), copy)

    identical = {(p.ours.text, p.other.number) for p in report.pairs if p.kind == "identical"}
    assert identical == {(each.text, each.number) for each in ours()}
    assert report.other_total == leakage.Share("total", 95, 95)


def test_edited_copy_is_near() -> None:
    edited = SENTENCE.replace("tuyên bố", "nói rằng").replace("hòa bình", "hoà bình")

    (pair,) = leakage.between([one(SENTENCE)], [one(edited)]).pairs

    assert pair.kind == "near"
    # 28 syllables make 27 pairs; a changed word of two syllables touches three of them.
    assert (pair.similarity, pair.containment) == (24 / 30, 24 / 27)


def test_sentence_quoted_inside_a_long_one_is_contained() -> None:
    others = " ".join(each.text for each in ours() if each.document.startswith("003"))

    (pair,) = leakage.between([one(SENTENCE)], [one(f"{others} {SENTENCE}")]).pairs

    assert (pair.kind, pair.containment) == ("contained", 1.0)
    assert pair.similarity < 0.3


def test_short_sentences_are_only_reported_if_identical() -> None:
    caption = one("Tổng thống Mỹ Donald Trump.")
    longer = one("Tổng thống Mỹ Donald Trump (Ảnh: AFP).")
    same = one("tổng thống Mỹ, Donald Trump")

    assert keys(leakage.between([caption], [longer, same])) == [("identical", "d", 0, "d", 0)]


def test_sentences_without_words_are_like_nothing() -> None:
    assert leakage.between([one("…")], [one("…"), one("")]).pairs == ()


def test_same_syllables_in_another_order_are_not_identical() -> None:
    turned = " ".join(reversed(SENTENCE.rstrip(".").split()))

    assert leakage.between([one(SENTENCE)], [one(turned)]).pairs == ()


def test_segmented_words_are_the_syllables_that_they_join() -> None:
    segmented = SENTENCE.replace("Tổng thống", "Tổng_thống").replace("bình.", "bình .")

    (pair,) = leakage.between([one(SENTENCE)], [one(segmented)]).pairs

    assert pair.kind == "identical"


def test_syllables_are_folded_as_the_aligner_folds(article: str) -> None:
    for form in ("NFC", "NFD"):
        written = unicodedata.normalize(form, article)
        folded = text.fold(written, joiners=True, case=True).text
        assert "".join(syllables(written)) == "".join(c for c in folded if c.isalnum())


WORDS = st.lists(
    st.sampled_from(["Nga", "Mỹ", "hòa", "hoà", "bình", "đàm", "phán", "cuộc", "gặp"]), max_size=14
)
LOW = leakage.Thresholds(near=0.0, min_syllables=2)


def similarity(first: str, second: str) -> tuple[float, float] | None:
    found = list(leakage.Index([one(first)], LOW).matches(second))
    return (found[0].similarity, found[0].containment) if found else None


@given(WORDS, WORDS)
def test_similarity_is_symmetric(first: list[str], second: list[str]) -> None:
    there = similarity(" ".join(first), " ".join(second))

    assert there == similarity(" ".join(second), " ".join(first))


@given(WORDS)
def test_similarity_with_itself_is_one(words: list[str]) -> None:
    assert similarity(" ".join(words), " ".join(words)) == ((1.0, 1.0) if words else None)


@given(WORDS, WORDS)
def test_similarity_is_that_of_the_definition(first: list[str], second: list[str]) -> None:
    a, b = (syllables(" ".join(words)) for words in (first, second))
    left, right = (set(pairwise(each)) for each in (a, b))
    expected = None
    if a and a == b:
        expected = (1.0, 1.0)
    elif left & right:
        both = len(left & right)
        expected = (both / len(left | right), both / min(len(left), len(right)))

    assert similarity(" ".join(first), " ".join(second)) == expected


@given(st.permutations(range(36)), st.permutations(range(36)))
def test_order_of_input_does_not_matter(first: list[int], second: list[int]) -> None:
    mine = [each for each in ours() if each.document in {FIRST, SECOND}]

    shuffled = leakage.between([mine[n] for n in first], [mine[n] for n in second])

    assert shuffled == leakage.between(mine, mine)


def test_defaults_of_the_command_are_those_of_the_room() -> None:
    command = corpus_leakage.leakage.__defaults__

    assert command is not None
    assert leakage.Thresholds(*command[2:]) == leakage.Thresholds()


# What the other corpus may come in.


def found_in(path: Path) -> tuple[int, int]:
    total = leakage.between(ours(), leakage.read(path)).other_total
    assert total is not None
    return total.sentences, total.duplicated


def rows(kind: str) -> list[dict[str, Any]]:
    every = []
    for sentence in ours():
        spans = text.syllables(sentence.text)
        tokens = [sentence.text[start:end] for start, end in spans]
        if kind == "text":
            every.append({"id": 1, "text": sentence.text})
        elif kind == "words":
            joined = " ".join(tokens).replace("Tổng thống", "Tổng_thống")
            every.append({"words": joined.split()})
        else:
            every.append({"doc_id": sentence.document, "tokens": tokens, "ner_tags": []})
    return every


@pytest.mark.parametrize("kind", ["text", "tokens", "words"])
def test_json_lines_are_read(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "train.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows(kind)), "utf-8")

    assert found_in(path) == (95, 95)


@pytest.mark.parametrize("kind", ["text", "tokens", "words"])
def test_parquet_is_read(kind: str, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    pq.write_table(pa.Table.from_pylist(rows(kind)), tmp_path / "data" / "train.parquet")

    assert found_in(tmp_path) == (95, 95)


def test_plain_text_is_read(tmp_path: Path) -> None:
    path = tmp_path / "all.txt"
    path.write_text("\n\n".join(each.text for each in ours()), "utf-8")

    assert found_in(path) == (95, 95)


def test_folder_of_plain_texts_is_read() -> None:
    sentences, duplicated = found_in(resources.root() / "seeds")

    # One line of 003 holds a dateline, too, which only the gold tells from the caption.
    assert (sentences, duplicated) == (94, 94)


def test_documents_are_read_as_lines_and_as_files(tmp_path: Path) -> None:
    native.write_lines(tmp_path / "gold.jsonl", gold.documents())

    assert found_in(tmp_path / "gold.jsonl") == found_in(gold.folder()) == (95, 95)


def test_exported_dataset_is_read_once_and_not_once_a_config() -> None:
    assert found_in(resources.root() / "corpus") == (95, 95)
    assert found_in(resources.root() / "corpus" / "data" / "ner") == (95, 95)


def test_rows_are_numbered_in_their_document_and_have_a_place(tmp_path: Path) -> None:
    path = tmp_path / "train.jsonl"
    path.write_text(
        '{"doc_id": "a", "text": "Một. Hai."}\n\n{"doc_id": "a", "text": "Ba."}\n{"text": "Tư."}\n',
        "utf-8",
    )

    read = [(s.text, s.document, s.number, s.where.line) for s in leakage.read(path)]

    assert read == [
        ("Một.", "a", 0, 1),
        ("Hai.", "a", 1, 1),
        ("Ba.", "a", 2, 3),
        ("Tư.", "train", 0, 4),
    ]


def test_sentences_of_another_shape_are_made_by_rule(tmp_path: Path) -> None:
    path = tmp_path / "train.jsonl"
    path.write_text('{"text": "Một. Hai.", "sentences": ["Một. Hai."]}\n', "utf-8")

    assert [each.text for each in leakage.read(path)] == ["Một.", "Hai."]


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="there is no /proc here")
def test_unreadable_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("/proc/self/mem")

    with pytest.raises(MalformedError, match=r"a\.txt: cannot be read: Input/output error"):
        list(leakage.read(tmp_path / "a.txt"))


def test_splits_of_one_dataset_are_compared(tmp_path: Path) -> None:
    card = "---\nconfigs:\n- config_name: x\n  data_files: 'data/*.parquet'\n---\n# X\n"
    (tmp_path / "README.md").write_text(card, "utf-8")
    (tmp_path / "data").mkdir()
    for split, last in (("train", "Nga"), ("test", "Mỹ")):
        table = pa.table({"text": [SENTENCE, f"Câu này chỉ ở một nơi, ở {last}."]})
        pq.write_table(table, tmp_path / "data" / f"{split}.parquet")

    report = leakage.within(leakage.read(tmp_path))

    assert keys(report) == [("identical", "data/test", 0, "data/train", 0)]
    assert [share.duplicated for share in report.ours] == [1, 1]


def test_columns_are_read_by_their_tokens(tmp_path: Path) -> None:
    (tmp_path / "train.conll").write_text("Hà_Nội B-LOC\nmưa O\n\nLào B-LOC\nnắng O\n", "utf-8")

    found = [(each.text, each.document) for each in leakage.read(tmp_path / "train.conll")]

    assert found == [("Hà Nội mưa", "train"), ("Lào nắng", "train")]


def test_faults_of_annotations_do_not_hide_texts(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Hà Nội mưa.\n", "utf-8")
    (tmp_path / "a.ann").write_text("T1\tLOC 0 6\tHuế\n", "utf-8")

    assert [each.text for each in leakage.read(tmp_path)] == ["Hà Nội mưa."]


def test_document_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff")
    (tmp_path / "a.ann").write_text("", "utf-8")

    with pytest.raises(MalformedError, match=r"a\.txt"):
        list(leakage.read(tmp_path))


@pytest.mark.parametrize(
    ("name", "content", "code", "place"),
    [
        ("a.jsonl", b'{"text": "x"}\n{"text": ', "not-json", "a.jsonl:2"),
        ("a.jsonl", b'{"txt": "x"}\n', "schema", "a.jsonl:1"),
        ("a.jsonl", b'{"text": 3}\n', "schema", "a.jsonl:1"),
        ("a.jsonl", b'["x"]\n', "schema", "a.jsonl:1"),
        ("a.jsonl", b'{"text": "\xff"}\n', "not-utf8", "a.jsonl:1"),
        ("a.txt", b"x\n\xff\n", "not-utf8", "a.txt:2"),
        ("a.json", b'{"doc_id": "a"}', "no-text", "a.json"),
        ("a.parquet", b"no", "not-parquet", "a.parquet"),
        ("a.docx", b"x", "unknown-suffix", "a.docx"),
    ],
)
def test_bad_input_is_told_with_its_place(
    name: str, content: bytes, code: str, place: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises((MalformedError, SchemaError), match=place) as caught:
        list(leakage.read(tmp_path / name))

    assert caught.value.code == code


def test_parquet_without_text_is_told_with_its_columns(tmp_path: Path) -> None:
    pq.write_table(pa.table({"id": [1], "label": [0]}), tmp_path / "a.parquet")

    with pytest.raises(SchemaError, match="but 'id', 'label'"):
        list(leakage.read(tmp_path / "a.parquet"))


@pytest.mark.parametrize(
    "header", ["configs: [", "configs: [{config_name: x, data_files: 'no/*.parquet'}]"]
)
def test_broken_card_is_told(header: str, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(f"---\n{header}\n---\n", "utf-8")

    with pytest.raises(SchemaError, match=r"README\.md: .*mend the card"):
        list(leakage.read(tmp_path))


def test_card_without_configs_says_nothing_of_the_files(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("---\nlicense: mit\n---\n", "utf-8")
    (tmp_path / "a.txt").write_text("Một câu.", "utf-8")

    assert [each.text for each in leakage.read(tmp_path)] == ["Một câu."]


def test_empty_folder_and_missing_path_are_told(tmp_path: Path) -> None:
    with pytest.raises(MalformedError, match=r"no file of \.parquet"):
        list(leakage.read(tmp_path))
    with pytest.raises(MalformedError, match="no such file or folder"):
        list(leakage.read(tmp_path / "nowhere"))


def test_markdown_holds_hostile_text_in_one_cell() -> None:
    hostile = one("| a\u202e <b> *" + SENTENCE, document="x|y")

    table = render.markdown(leakage.between([hostile], [hostile])).splitlines()[-1]

    assert table.count(" | ") == 6
    assert "\u202e" not in table
    assert r"x\|y" in table
