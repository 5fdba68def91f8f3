"""Bad predictions: each has its own error with line and path, and lenient reading counts it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from vinee.corpus import predictions
from vinee.corpus.predictions import PredictionError
from vinee.model import Document, Mention

TEXT = "Bà Vũ Hoa thăm Lào hôm 2/9."
GOLD = (Document("a", text=TEXT), Document("b", text="Lào."))


def mention(start: int, end: int, label: str = "PER", **more: Any) -> dict[str, Any]:
    return {"start": start, "end": end, "type": label, **more}


def write(path: Path, *lines: str | bytes | dict[str, Any]) -> Path:
    encoded = [
        line
        if isinstance(line, bytes)
        else (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)).encode()
        for line in lines
    ]
    path.write_bytes(b"\n".join(encoded) + b"\n")
    return path


GOOD = {"doc_id": "b", "mentions": [mention(0, 3, "GPE", text="Lào")]}
BAD: dict[str, tuple[str | bytes | dict[str, Any], str]] = {
    "doc-unknown": ({"doc_id": "zzz", "mentions": []}, ":2: zzz"),
    "doc-text": ({"doc_id": "a", "text": "khác"}, ":2: a: $.text"),
    "span-outside": ({"doc_id": "a", "mentions": [mention(3, 99)]}, ":2: a: $.mentions[0]"),
    "span-reversed": ({"doc_id": "a", "mentions": [mention(9, 3)]}, ":2: a: $.mentions[0]"),
    "label-entity": ({"doc_id": "a", "mentions": [mention(3, 9, "PERSON")]}, "$.mentions[0]"),
    "span-text": ({"doc_id": "a", "mentions": [mention(3, 9, text="Vu Hoa")]}, "$.mentions[0]"),
    "duplicate": ({"doc_id": "a", "mentions": [mention(3, 9), mention(3, 9)]}, "$.mentions[1]"),
    "not-finite": (
        '{"doc_id": "a", "mentions": [{"start": 3, "end": 9, "type": "PER", "score": NaN}]}',
        ":2: a: $.mentions[0].score",
    ),
    "not-json": ('{"doc_id": "a", "mentions": [{"start": 3, "en', ":2: "),
    "not-utf8": (b'{"doc_id": "\xff"}', ":2: "),
    "schema": (
        {"doc_id": "a", "mentions": [mention(3, 9) | {"start": "3"}]},
        ":2: a: $.mentions[0].start",
    ),
    "bom": (b'\xef\xbb\xbf{"doc_id": "a", "mentions": []}', ":2: "),
    "surrogate": (r'{"doc_id": "a", "meta": {"x": "\ud800"}}', ":2: a: $.meta.x"),
    "too-deep": ('{"doc_id": "a", "meta": {"x": ' + "[" * 9999 + "]" * 9999 + "}}", ":2: "),
    "id-empty": ({"doc_id": "a", "mentions": [mention(3, 9, id="")]}, "$.mentions[0]"),
    "label-event": (
        {"doc_id": "a", "events": [{"type": "Meet", "trigger": {"start": 10, "end": 14}}]},
        "$.events[0]",
    ),
    "label-role": (
        {
            "doc_id": "a",
            "mentions": [mention(3, 9, id="m1")],
            "events": [
                {
                    "type": "Diplomacy.Visit",
                    "trigger": {"start": 10, "end": 14},
                    "arguments": [{"role": "Tourist", "ref": "m1"}],
                }
            ],
        },
        "$.events[0].arguments[0]",
    ),
    "ref-unknown": (
        {
            "doc_id": "a",
            "events": [
                {
                    "type": "Diplomacy.Visit",
                    "trigger": {"start": 10, "end": 14},
                    "arguments": [{"role": "Visitor", "ref": "m9"}],
                }
            ],
        },
        "$.events[0].arguments[0]",
    ),
}


@pytest.mark.parametrize("code", BAD)
def test_strict_reading_names_kind_line_and_path(tmp_path: Path, code: str) -> None:
    line, place = BAD[code]
    path = write(tmp_path / "p.jsonl", GOOD, line)

    with pytest.raises(PredictionError) as caught:
        predictions.read(path, GOLD)

    assert [finding.id for finding in caught.value.findings] == [code]
    assert "p.jsonl:2" in str(caught.value)
    assert place in str(caught.value)


@pytest.mark.parametrize("code", BAD)
def test_lenient_reading_counts_it_and_keeps_the_rest(tmp_path: Path, code: str) -> None:
    path = write(tmp_path / "p.jsonl", GOOD, BAD[code][0])

    found = predictions.read(path, GOLD, lenient=True)

    assert found.counted() == {code: 1}
    assert found.documents[0].mentions is not None
    assert len(found.documents[0].mentions) == 1


def test_document_given_twice_is_an_error(tmp_path: Path) -> None:
    path = write(tmp_path / "p.jsonl", GOOD, GOOD)

    with pytest.raises(PredictionError, match=r"p\.jsonl:2: b: .* \[doc-twice\]"):
        predictions.read(path, GOLD)


def test_all_errors_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    path = write(tmp_path / "p.jsonl", *(line for line, _ in BAD.values()))

    with pytest.raises(PredictionError) as caught:
        predictions.read(path, GOLD)

    assert {finding.id for finding in caught.value.findings} >= {
        "doc-unknown",
        "not-json",
        "not-utf8",
    }


def test_argument_goes_with_the_mention_it_refers_to() -> None:
    """An argument whose filler is left out is left out too, and counted."""
    document = {
        "doc_id": "a",
        "mentions": [mention(3, 99, id="m1")],
        "events": [
            {
                "type": "Diplomacy.Visit",
                "trigger": {"start": 10, "end": 14},
                "arguments": [{"role": "Visitor", "ref": "m1"}],
            }
        ],
    }
    found = predictions.check([document], GOLD, lenient=True)

    assert found.counted() == {"ref-dropped": 1, "span-outside": 1}
    assert found.documents[0].events
    assert found.documents[0].events[0].arguments == ()


def test_missing_file_is_told(tmp_path: Path) -> None:
    from vinee.errors import MalformedError

    with pytest.raises(MalformedError, match="no such file or folder"):
        predictions.read(tmp_path / "none.jsonl", GOLD)


def visit(*arguments: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "Diplomacy.Visit",
        "trigger": {"start": 10, "end": 14},
        "arguments": list(arguments),
    }


def lenient(**layers: Any) -> predictions.Predictions:
    return predictions.check([{"doc_id": "a", **layers}], GOLD, lenient=True)


def test_wrong_item_does_not_take_its_good_double_along() -> None:
    found = lenient(mentions=[mention(3, 9, text="Vu Hoa"), mention(3, 9, text="Vũ Hoa")])

    assert [(f.id, f.where.path) for f in found.findings] == [("span-text", "$.mentions[0]")]
    assert [m.text for m in found.documents[0].mentions or ()] == ["Vũ Hoa"]


def test_doubles_are_told_with_their_place_in_the_file() -> None:
    found = lenient(mentions=[mention(3, 99), mention(3, 9), mention(3, 9)])

    assert [(f.id, f.where.path) for f in found.findings] == [
        ("span-outside", "$.mentions[0]"),
        ("duplicate", "$.mentions[2]"),
    ]
    assert "number 1 of mentions" in found.findings[1].message


def test_argument_of_an_id_used_twice_stays_with_the_mention_that_stays() -> None:
    found = lenient(
        mentions=[mention(3, 9, id="m1"), mention(15, 18, "GPE", id="m1")],
        events=[visit({"role": "Visitor", "ref": "m1"})],
    )

    assert found.counted() == {"id-twice": 1}
    assert found.documents[0].events
    assert len(found.documents[0].events[0].arguments) == 1


def test_id_of_a_wrong_item_is_free_for_another() -> None:
    found = lenient(
        mentions=[mention(3, 99, id="m1"), mention(3, 9, id="m1")],
        events=[visit({"role": "Visitor", "ref": "m1"})],
    )

    assert found.counted() == {"span-outside": 1}


def test_argument_that_is_wrong_itself_is_counted_once() -> None:
    found = lenient(
        mentions=[mention(3, 99, id="m1")],
        events=[
            visit({"role": "Tourist", "ref": "m1"}),
            visit({"role": "Visitor", "ref": "m1"}) | {"type": "Meet"},
        ],
    )

    assert found.counted() == {"label-event": 1, "label-role": 1, "span-outside": 1}


def test_wrong_argument_goes_alone_and_a_double_event_whole() -> None:
    wrong = {"role": "Visitor", "ref": "m9"}
    good = {"role": "Visitor", "span": {"start": 3, "end": 9}}
    found = lenient(events=[visit(wrong, good, good), visit(good), visit(good)])

    assert [(f.id, f.where.path) for f in found.findings] == [
        ("ref-unknown", "$.events[0].arguments[0]"),
        ("duplicate", "$.events[2]"),
        ("duplicate", "$.events[0].arguments[2]"),
    ]
    assert [len(event.arguments) for event in found.documents[0].events or ()] == [1, 1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"arguments": []}, {}),
        ({"id": "ev1"}, {"id": "ev2"}),
        ({"realis": "ACTUAL"}, {"realis": "GENERIC"}),
    ],
)
def test_events_of_one_trigger_and_type_may_differ_in_anything_else(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    event = visit({"role": "Visitor", "span": {"start": 3, "end": 9}})

    found = lenient(events=[event | one, event | other])

    assert (len(found.documents[0].events or ()), found.counted()) == (2, {})


@pytest.mark.parametrize("ref", ["", "m1"])
def test_what_passes_the_checks_has_fillers_that_can_be_found(ref: str) -> None:
    from vinee.metrics.arguments import fillers

    span = {"start": 3, "end": 9}
    found = lenient(
        mentions=[mention(3, 9, id="m1"), mention(15, 18, "GPE", id="")],
        events=[
            visit({"role": "Visitor", "ref": ref}, {"role": "Visitor", "ref": ref, "span": span})
        ],
    )

    assert [len(each) for each in fillers(found.documents[0])] == [1 if ref else 0]


@pytest.mark.parametrize(
    ("item", "code", "place"),
    [
        (Document("a", mentions=(Mention(3.0, 9, "PER"),)), "schema", "a: $.mentions[0].start"),  # type: ignore[arg-type]
        (
            Document("a", mentions=(Mention(3, 9, "PER", score=float("nan")),)),
            "not-finite",
            "a: $.mentions[0].score",
        ),
        ({"doc_id": "a", "mentions": [{}]}, "schema", "a: $.mentions[0]"),
        (7, "schema", "documents[1]: $"),
    ],
)
def test_document_in_memory_is_checked_like_one_of_a_file(item: Any, code: str, place: str) -> None:
    good = Document("b", mentions=())

    with pytest.raises(PredictionError) as caught:
        predictions.check([good, item], GOLD)

    assert str(caught.value).startswith(f"error {place}: ")
    assert predictions.check([good, item], GOLD, lenient=True).counted() == {code: 1}


def test_checked_document_is_what_its_json_says() -> None:
    found = predictions.checked_document({"doc_id": "a", "mentions": [mention(3, 9)]})

    assert found == Document("a", mentions=(Mention(3, 9, "PER"),))


def test_file_without_a_document_is_told(tmp_path: Path) -> None:
    from vinee.errors import MalformedError

    with pytest.raises(MalformedError, match="no-documents"):
        predictions.read(write(tmp_path / "p.jsonl", ""), GOLD)


def test_text_that_differs_is_told_with_both_ends_of_its_span(tmp_path: Path) -> None:
    line, _ = BAD["span-text"]

    with pytest.raises(PredictionError, match=r"at \[3, 9\) stands 'Vũ Hoa'"):
        predictions.read(write(tmp_path / "p.jsonl", line), GOLD)
