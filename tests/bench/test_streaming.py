"""Predictions that are counted while they are read count as those that are read first."""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vinee.bench.streaming import Reference, counts, doubtful, matching, streams
from vinee.corpus import gold as our_gold
from vinee.corpus import predictions
from vinee.corpus.predictions import PredictionError
from vinee.corpus.views import EntityView
from vinee.errors import InputError, InvalidError
from vinee.formats import native
from vinee.metrics.base import Metric
from vinee.metrics.ner import Boundary, NerStrict
from vinee.model import Document, Mention
from vinee.ontology import default

FINE = NerStrict(EntityView("fine"))
NOMINAL = NerStrict(EntityView("fine", levels=("NOM", "PRO")))
LINES = "predictions.jsonl"
law = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

# Three documents; the last has no mentions, which is not the same as none annotated.
TEXT = "Tổng thống Nga Vladimir Putin gặp Donald Trump ở Alaska."
GOLD = (
    Document(
        "a",
        TEXT,
        mentions=(
            Mention(49, 55, "GPE", "Alaska"),
            Mention(15, 29, "PER", "Vladimir Putin"),
            Mention(11, 14, "GPE", "Nga"),
            Mention(0, 14, "TITLE", "Tổng thống Nga", level="NOM"),
            Mention(34, 46, "PER"),
        ),
    ),
    Document("b", TEXT, mentions=()),
    Document("c", TEXT),
)


def in_two_steps(path: Path, gold: Sequence[Document], metric: Metric, **options: Any) -> object:
    """Read first, then count."""
    found = predictions.read(path, gold, **options)
    ids = tuple(sorted(each.doc_id for each in found.documents))
    return metric.counts(gold, found.documents), found.findings, ids


def at_once(path: Path, gold: Sequence[Document], metric: Metric, **options: Any) -> object:
    found = counts(path, Reference(gold, metric), **options)
    return found.tally, found.findings, found.predicted


def outcome(way: Any, path: Path, metric: Metric, **options: Any) -> object:
    try:
        return way(path, GOLD, metric, **options)
    except PredictionError as error:
        return error.findings, str(error)
    except InputError as error:
        return str(error)


def same(path: Path, metric: Metric = FINE) -> None:
    for lenient, name in product((True, False), (None, "jsonl")):
        options = {"lenient": lenient, "format": name}
        expected = outcome(in_two_steps, path, metric, **options)
        assert outcome(at_once, path, metric, **options) == expected


def written(folder: Path, *lines: object) -> Path:
    """Write lines, given as JSON values or as they are."""
    path = folder / LINES
    path.write_bytes(
        b"\n".join(
            line if isinstance(line, bytes) else json.dumps(line, ensure_ascii=False).encode()
            for line in lines
        )
    )
    return path


NAMES = (Mention(11, 14, "GPE"), Mention(15, 29, "PER"))
RIGHT = {"start": 15, "end": 29, "type": "PER", "text": "Vladimir Putin"}
WRONG = {"start": 34, "end": 40, "type": "PER", "text": "Donald"}

# Something to change in a mention; what is wrong and what is only unusual.
CHANGES: list[dict[str, object]] = [
    {"id": "m1"},
    {"id": "m2"},
    {"id": ""},
    {"score": 0.5},
    {"level": "NOM"},
    {"level": "PRO"},
    {"level": "none"},
    {"gpe_role": "LOC"},
    {"entity": "e1"},
    {"extent": {"start": 0, "end": 29}},
    {"extent": {"start": 0, "end": 300}},
    {"text": None},
    {"text": "Trump"},
    {"type": "GPE"},
    {"type": "MISC"},
    {"type": "Person"},
    {"start": -1},
    {"start": 29},
    {"end": 99},
    {"start": 29, "text": None},
    {"end": 99, "text": None},
    {"start": -1, "text": None},
    {"start": 49, "end": 99, "text": TEXT[49:99]},
    {"start": -1, "end": len(TEXT), "text": TEXT[-1:]},
    {"start": 5, "end": 5, "text": ""},
    {"end": 1.5},
    {"start": 10**30},
    {"color": "red"},
]
MENTIONS = [
    RIGHT,
    WRONG,
    {"start": 34, "end": 46, "type": "PER", "text": "Donald Trump"},
    {"start": 0, "end": 14, "type": "TITLE", "text": "Tổng thống Nga", "level": "NOM"},
    {"start": 0, "end": 14, "type": "TITLE", "text": "Tổng thống Nga"},
    {"start": 49, "end": 55, "type": "LOC", "text": "Alaska"},
    {"start": 11, "end": 14, "type": "GPE"},
]
mentions = st.builds(
    lambda mention, changes: {k: v for part in (mention, *changes) for k, v in part.items()},
    st.sampled_from(MENTIONS),
    st.just([]) | st.lists(st.sampled_from(CHANGES), max_size=2),
)
NESTED = json.loads("[" * 150 + "]" * 150)
LAYERS: list[dict[str, object]] = [
    {},
    {},
    {},
    {"text": TEXT},
    {"text": "Tổng thống"},
    {"meta": {"alignment": {"exact": 2}}},
    {"meta": {"deep": NESTED}},
    {"events": [], "timexes": [], "sections": [], "sentences": [], "chains": []},
    {"entities": [{"id": "e1", "type": "PER"}]},
    {"events": [{"type": "none", "trigger": {"start": 30, "end": 33}}]},
    {"timexes": [{"start": 3, "end": 2}]},
    {"sentences": [{"start": 0, "end": 1000}]},
    {"sections": [{"start": 5, "end": 5, "kind": "body"}]},
    {"chains": [{"id": ""}]},
    {"mentions": None},
    {"mentions": "none"},
    {"mentions": [{"text": "Donald_Trump", "type": "PER"}, RIGHT]},
    {"mentions": [{"text": "Putin", "type": "PER"}, {"text": "Biden", "type": "PER"}]},
]
documents = st.builds(
    lambda doc_id, found, more: {"doc_id": doc_id, "mentions": found, **more},
    st.sampled_from(["a", "a", "b", "c", "d"]),
    st.lists(mentions, max_size=4),
    st.sampled_from(LAYERS),
)
BYTES = [
    b'{"doc_id": "a", "strings": [["Vladimir_Putin", "PER"], ["Biden", "PER"]]}',
    b'{"doc_id": "a", "spans": [[11, 14, "GPE"], [15, 290, "PER"]]}',
    b'{"doc_id": "d", "strings": [["Nga", "GPE"]]}',
    b'{"doc_id": "b", "strings": [["Nga"]]}',
    b"",
    b"  ",
    b"{",
    b"[]",
    b'{"doc_id": 3}',
    b'\xef\xbb\xbf{"doc_id": "a"}',
    b'{"doc_id": "a\xff"}',
    b'{"doc_id": "a", "doc_id": "b"}',
    (
        b'{"doc_id": "a", "mentions": [{"start": 11, "end": 14, "type": "GPE", "text": "Nga"}],'
        b' "mentions": []}'
    ),
    b'{"doc_id": "a", "strings": [["Nga", "GPE"]], "strings": []}',
    # One key twice where another is left out; a colon that is no colon of the line's bytes.
    (
        b'{"doc_id": "b", "mentions": [{"start": 11, "end": 14, "type": "GPE", "text": "Nga",'
        b' "score": 1, "score": 2}, {"start": 49, "end": 55, "type": "GPE", "text": "Alaska"}]}'
    ),
    b'{"doc_id": "a:b\\u003A", "doc_id": "b", "mentions": []}',
    (
        b'{"doc_id": "b", "mentions": [{"start": 11, "end": 14, "type": "GPE", "text": "Nga",'
        b' "\\u0074ype": "PER"}]}'
    ),
    b'{"doc_id": "a", "meta": ' + b"[" * 2000 + b"]" * 2000 + b"}",
    b'{"doc_id": "b"} {}',
    b'{"doc_id": "\\ud800"}',
    b'{"doc_id": "a", "meta": {"half": "\\ud800"}}',
    b'{"doc_id": "a", "meta": {"mark": "\xff"}}',
]
every_line = st.lists(documents | documents | st.sampled_from(BYTES), max_size=6)


@law
@given(lines=every_line, metric=st.sampled_from([FINE, NOMINAL]))
def test_counts_and_findings_are_those_of_reading_first(
    lines: list[object], metric: Metric, tmp_path: Path
) -> None:
    same(written(tmp_path, *lines), metric)


@law
@given(
    lines=every_line,
    waiting=st.integers(1, 3),
    # Room for no document of that length, for two, and for any number.
    largest=st.sampled_from([1 << 10, 1 << 18, 1 << 62]),
)
def test_it_does_not_matter_how_much_waits(
    lines: list[object], waiting: int, largest: int, tmp_path: Path
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(doubtful, "_MOST_WAITING", waiting)
        patch.setattr(matching, "_MOST_WAITING", waiting)
        patch.setattr(matching, "_LARGEST", largest)
        same(written(tmp_path, *lines))


@pytest.mark.parametrize("change", CHANGES, ids=str)
@pytest.mark.parametrize("mention", [RIGHT, WRONG], ids=["right", "wrong"])
def test_each_change_of_a_mention_is_seen(
    change: dict[str, object], mention: dict[str, object], tmp_path: Path
) -> None:
    same(written(tmp_path, {"doc_id": "a", "mentions": [MENTIONS[2], mention | change]}))


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_a_mention_that_differs_only_by_a_change_is_the_same_mention(
    change: dict[str, object], tmp_path: Path
) -> None:
    same(written(tmp_path, {"doc_id": "a", "mentions": [RIGHT, RIGHT | change]}))
    same(written(tmp_path, {"doc_id": "a", "mentions": [WRONG | change, WRONG]}))


def test_ids_are_told_apart(tmp_path: Path) -> None:
    for ids in (["m1", "m1"], ["m1", "m2"], ["m1", ""], ["m1", None]):
        found = [each | {"id": id_} for each, id_ in zip([RIGHT, WRONG], ids, strict=True)]
        same(written(tmp_path, {"doc_id": "a", "mentions": found}))


def test_a_name_where_gold_has_a_nominal_is_wrong(tmp_path: Path) -> None:
    path = written(tmp_path, {"doc_id": "a", "mentions": [MENTIONS[4], RIGHT]})

    assert counts(path, Reference(GOLD, FINE)).tally.exact()["micro"].precision == Fraction(1, 2)
    same(path)
    same(path, NOMINAL)


@pytest.mark.parametrize("layer", LAYERS, ids=str)
def test_other_layers_are_checked(layer: dict[str, object], tmp_path: Path) -> None:
    same(written(tmp_path, {"doc_id": "a", "mentions": [RIGHT], **layer}))


@pytest.mark.parametrize("line", BYTES, ids=range(len(BYTES)))
def test_lines_that_are_no_documents_are_told(line: bytes, tmp_path: Path) -> None:
    same(written(tmp_path, line))
    same(written(tmp_path, {"doc_id": "a", "mentions": [RIGHT]}, line, {"doc_id": "b"}))


def test_a_key_that_stands_twice_is_told_in_lines_of_every_kind(tmp_path: Path) -> None:
    mention = '"start": 15, "end": 29, "type": "PER", "text": "Vladimir Putin"'
    for more in ("", ', "score": 0.5', ', "id": null, "level": "NAM"', ', "id": "m1"'):
        for twice in ("start", "end", "type", "text", *(["id"] if "id" in more else [])):
            value = json.dumps(RIGHT.get(twice))
            one = f'{{{mention}{more}, "{twice}": {value}}}'
            other = f'{{"start": 11, "end": 14, "type": "GPE", "text": "Nga"{more}}}'
            line = f'{{"doc_id": "a", "mentions": [{other}, {one}]}}'.encode()
            path = written(tmp_path, {"doc_id": "b", "mentions": []}, line)

            found = counts(path, Reference(GOLD, FINE), lenient=True)

            assert [each.id for each in found.findings] == ["key-twice"]
            same(path)


def test_colons_in_strings_are_no_keys(tmp_path: Path) -> None:
    text = "Lúc 8:30: Nga"
    gold = [Document("a:1", text, mentions=(Mention(10, 13, "GPE", "Nga"),))]
    found = [Mention(4, 8, "TITLE", "8:30"), Mention(10, 13, "GPE", "Nga")]
    for own in (None, text):
        native.write_lines(tmp_path / LINES, [Document("a:1", own, mentions=tuple(found))])

        tally = counts(tmp_path / LINES, Reference(gold, FINE)).tally

        assert tally.exact()["micro"].precision == Fraction(1, 2)


def test_a_document_that_comes_again_is_told_wherever_the_first_was_counted(
    tmp_path: Path,
) -> None:
    plain = {"doc_id": "a", "mentions": [RIGHT]}
    unusual = {"doc_id": "a", "mentions": [WRONG | {"extent": {"start": 30, "end": 40}}]}
    shifted = {"doc_id": "a", "text": "x"}

    for lines in ([plain, plain], [unusual, plain], [plain, unusual, plain], [shifted, plain]):
        same(written(tmp_path, *lines))


def test_the_gold_against_itself_and_against_half_of_it(tmp_path: Path) -> None:
    gold = our_gold.documents()
    half = [msgspec.structs.replace(each, mentions=(each.mentions or ())[::2]) for each in gold]
    path = tmp_path / LINES
    for predicted in (gold, half, [_only_names(each) for each in gold]):
        native.write_lines(path, predicted)
        assert at_once(path, gold, FINE, lenient=True) == in_two_steps(
            path, gold, FINE, lenient=True
        )


def _only_names(document: Document) -> Document:
    names = (each for each in document.mentions or () if each.level == "NAM")
    spans = tuple(Mention(each.start, each.end, each.type, each.text) for each in names)
    return Document(document.doc_id, mentions=spans)


def test_mentions_that_are_all_right_score_one(tmp_path: Path) -> None:
    gold = our_gold.documents()
    native.write_lines(tmp_path / LINES, map(_only_names, gold))

    found = counts(tmp_path / LINES, Reference(gold, FINE))

    assert found.tally.exact()["micro"].f1 == 1
    assert found.predicted == tuple(sorted(each.doc_id for each in gold))


@pytest.mark.parametrize(
    "broken",
    [
        Mention(15, 29, "PER", "Donald Trump"),
        Mention(49, 70, "GPE", TEXT[49:]),
        Mention(-1, len(TEXT), "GPE", TEXT[-1:]),
        Mention(14, len(TEXT) + 1 + 29, "PER"),  # in a row of all spans, where [15, 29) would be
        Mention(-(10**30), 10**30, "PER"),
        Mention(15, 29, "Politician", "Vladimir Putin"),
    ],
    ids=str,
)
def test_gold_that_is_wrong_misleads_nobody(broken: Mention, tmp_path: Path) -> None:
    gold = [Document("a", TEXT, mentions=(broken,)), Document("b", TEXT, mentions=())]
    reference = Reference(gold, FINE, default())
    for mention in (msgspec.to_builtins(broken), RIGHT):
        path = written(tmp_path, {"doc_id": "a", "mentions": [mention]}, {"doc_id": "b"})

        found = counts(path, reference, lenient=True)

        expected = predictions.read(path, gold, lenient=True, labels_of=default())
        assert found.findings == expected.findings
        assert found.tally == FINE.counts(gold, expected.documents)


def test_gold_with_labels_of_its_own(tmp_path: Path) -> None:
    gold = [Document("a", TEXT, mentions=(Mention(15, 29, "Politician"), Mention(49, 55, "GPE")))]
    path = written(
        tmp_path,
        {"doc_id": "a", "mentions": [RIGHT | {"type": "Politician"}, WRONG | {"type": "MISC"}]},
    )

    assert at_once(path, gold, FINE, lenient=True) == in_two_steps(path, gold, FINE, lenient=True)


@pytest.mark.parametrize(
    "metric",
    [
        Boundary(EntityView("fine")),
        NerStrict(EntityView("coarse")),
        NerStrict(EntityView("fine", nesting="outer")),
        NerStrict(EntityView("fine", span="extent")),
    ],
    ids=lambda metric: str(metric.parameters),
)
def test_other_metrics_are_counted_after_reading(metric: Metric, tmp_path: Path) -> None:
    path = written(tmp_path, {"doc_id": "a", "mentions": [RIGHT, WRONG]})

    assert not streams(path, Reference(GOLD, metric))
    same(path, metric)


def test_only_lines_are_streamed(tmp_path: Path) -> None:
    reference = Reference(GOLD, FINE)
    path = written(tmp_path, {"doc_id": "a", "mentions": [RIGHT, WRONG]})
    single = tmp_path / "a.json"
    single.write_bytes(path.read_bytes())

    assert streams(path, reference)
    assert streams(path, reference, "jsonl")
    assert not streams(path, reference, "brat")
    assert not streams(single, reference)
    assert not streams(tmp_path, reference)
    assert not streams(tmp_path / "nothing.jsonl", reference)
    same(single)
    same(tmp_path)
    same(tmp_path / "nothing.jsonl")


def test_many_documents_are_counted_in_several_turns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {f"d{number}": TEXT[: 30 + number] for number in range(26)}
    gold = [Document(doc_id, text, mentions=NAMES) for doc_id, text in texts.items()]
    lines = [
        {"doc_id": doc_id, "mentions": [RIGHT, WRONG] if len(text) > 40 else [RIGHT]}
        for doc_id, text in texts.items()
    ]
    path = written(tmp_path, *lines[::-1])

    for largest in (1 << 17, 1 << 19, 1 << 62):
        monkeypatch.setattr(matching, "_LARGEST", largest)
        assert at_once(path, gold, FINE) == in_two_steps(path, gold, FINE)


def test_a_gold_document_that_occurs_twice_is_refused() -> None:
    with pytest.raises(InvalidError, match="a: occurs twice among the gold documents"):
        Reference([GOLD[0], GOLD[0]], FINE)
