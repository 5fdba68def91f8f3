"""Hostile JSON and hostile objects: each is explained, none ends in a traceback of another kind."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vinee.errors import InputError, Where
from vinee.formats import native
from vinee.formats.diagnosis import MOST_NESTED, find_blemish
from vinee.model import Argument, Document, Event, Mention, Span

DEEP = "[" * 100_000 + "]" * 100_000
DIGITS = "9" * 5000
MENTION = '{"doc_id": "d", "mentions": [{"start": %s, "end": 2, "type": "PER"}]}'
HOSTILE = {
    "schema, then cut off": ('{"doc_id": 5, "mentions": [', "not-json"),
    "schema, then cut off in a string": ('{"doc_id": 5, "text": "Hà', "not-json"),
    "schema, then deep": ('{"doc_id": 5, "meta": {"a": ' + DEEP + "}}", "too-deep"),
    "schema, then many digits": ('{"doc_id": 5, "meta": {"a": ' + DIGITS + "}}", "schema"),
    "schema in a key given twice": (
        '{"doc_id": "d", "mentions": [{"start": "x"}], "mentions": []}',
        "schema",
    ),
    "deep": ('{"doc_id": "d", "meta": {"a": ' + DEEP + "}}", "too-deep"),
    "deep, and never closed": ('{"doc_id": "d", "meta": {"a": %s' % ("[" * 100_000), "too-deep"),
    "deeper than we write": (
        '{"doc_id": "d", "meta": {"a": %s}}' % ("[" * 200 + "]" * 200),
        "too-deep",
    ),
    "NaN far below": (
        '{"doc_id": "d", "meta": {"a": %s}}' % ("[" * 800 + "NaN" + "]" * 800),
        "too-deep",
    ),
    "id of many digits": ('{"doc_id": ' + DIGITS + "}", "schema"),
    "offset of many digits": (MENTION % DIGITS, "schema"),
    "offset out of range": (MENTION % "1e999", "schema"),
    "meta out of range": ('{"doc_id": "d", "meta": {"a": 1e999}}', "schema"),
    "half a pair at the end": (r'{"doc_id": "\ud800"}', "surrogate"),
    "half a pair inside": (r'{"doc_id": "d", "meta": {"a": "\udc00x"}}', "surrogate"),
    "half a pair in a key": (r'{"doc_id": "d", "meta": {"\ud800": 1}}', "surrogate"),
    "a null character": ('{"doc_id": "\0"}', "not-json"),
    "two documents": ('{"doc_id": "a"}{"doc_id": "b"}', "not-json"),
    "nothing": ("", "not-json"),
    "an array": ("[1]", "schema"),
}


def error_of(text: str, line: int | None = 1) -> InputError:
    with pytest.raises(InputError) as caught:
        native.decode(text.encode(), Where("p.jsonl", line))
    return caught.value


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_line_is_explained(what: str) -> None:
    text, code = HOSTILE[what]

    error = error_of(text)

    assert error.code == code
    assert str(error).isprintable()
    assert len(str(error)) < 300


@given(st.data())
def test_no_cut_leads_to_another_exception(data: st.DataObject) -> None:
    whole = (
        r'{"doc_id": 5, "mentions": [{"start": "1", "start": NaN}], "meta": {"a": "\ud83d\ude00"}}'
    )
    cut = data.draw(st.integers(0, len(whole) - 1))

    assert error_of(whole[:cut]).code == "not-json"


def test_cut_off_line_is_told_as_such() -> None:
    assert "is the line cut off?" in error_of('{"doc_id": 5, "mentions": [').problem
    assert "is the file cut off?" in error_of('{"doc_id": ', line=None).problem


def test_value_of_a_key_given_twice_is_not_guessed() -> None:
    error = error_of('{"doc_id": 5, "doc_id": "d"}')

    assert "got 5" not in error.problem
    assert 'got "d"' not in error.problem


def test_number_that_is_too_large_is_shown_as_written() -> None:
    assert "got 1e999;" in error_of(MENTION % "1e999").problem


def test_schema_error_names_the_document_and_what_to_do() -> None:
    error = error_of(
        '{"doc_id": "d", "mentions": [{"start": 1, "end": 2, "type": "A", "level": "X"}]}'
    )

    assert error.where == Where("p.jsonl", 1, "d", "$.mentions[0].level")
    assert "use one of NAM, NOM, PRO" in error.problem


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ('{"doc_id": "d", "x": 1}', "remove it"),
        ("{}", "add it"),
        ('{"doc_id": 1}', "give a value of that type"),
    ],
)
def test_schema_error_says_what_to_do(line: str, remedy: str) -> None:
    assert remedy in error_of(line).problem


def nested(levels: int) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for _ in range(levels - 1):
        value = {"a": value}
    return value


def test_deepest_document_that_is_read_can_be_written() -> None:
    document = Document("d", meta=nested(MOST_NESTED))

    assert native.decode(native.encode(document), Where()) == document


def of(*arguments: Any, **more: Any) -> Document:
    return Document("d", mentions=(Mention(*arguments, **more),))


LOOP: dict[str, Any] = {}
LOOP["a"] = LOOP
OBJECTS: dict[str, tuple[Any, str, str | None]] = {
    "float": (of(1.0, 2, "PER"), "schema", "$.mentions[0].start"),
    "bool": (of(True, 2, "PER"), "schema", "$.mentions[0].start"),
    "string": (of("1", 2, "PER"), "schema", "$.mentions[0].start"),
    "numpy": (of(np.int64(1), 2, "PER"), "schema", "$.mentions[0].start"),
    "numpy score": (of(1, 2, "PER", score=np.float64(1)), "schema", "$.mentions[0].score"),
    "nan": (of(1, 2, "PER", score=float("nan")), "not-finite", "$.mentions[0].score"),
    "literal": (of(1, 2, "PER", level="ZZZ"), "schema", "$.mentions[0].level"),
    "label": (of(1, 2, None), "schema", "$.mentions[0].type"),
    "surrogate": (of(1, 2, "PER", text="\ud800"), "surrogate", "$.mentions[0].text"),
    "surrogate id": (Document("\ud800"), "surrogate", "$.doc_id"),
    "tuple": (Document("d", mentions=((1, 2, "PER"),)), "schema", "$.mentions[0]"),  # type: ignore[arg-type]
    "none": (Document("d", mentions=(None,)), "schema", "$.mentions[0]"),  # type: ignore[arg-type]
    "ref": (
        Document("d", events=(Event("X", Span(0, 1), arguments=(Argument("Y", ref=None),)),)),  # type: ignore[arg-type]
        "schema",
        "$.events[0].arguments[0].ref",
    ),
    "object": (Document("d", meta={"a": object()}), "schema", "$.meta.a"),
    "key": (Document("d", meta={1: 2}), "schema", "$.meta"),  # type: ignore[dict-item]
    "loop": (Document("d", meta=LOOP), "too-deep", None),
    "digits": (Document("d", meta={"a": 10**5000}), "schema", None),
    "no document": (7, "schema", "$"),
    "another struct": (Span(0, 1), "schema", "$"),
    "mapping": ({"doc_id": "d", "mentions": [{}]}, "schema", "$.mentions[0]"),
}


@pytest.mark.parametrize("what", OBJECTS)
def test_hostile_object_is_explained(what: str) -> None:
    value, code, path = OBJECTS[what]

    with pytest.raises(InputError) as caught:
        native.checked(value, Where())

    assert (caught.value.code, caught.value.where.path) == (code, path)
    assert str(caught.value).isprintable()


def test_good_object_stays_as_it_is() -> None:
    document = of(1, 2, "PER", score=0.5)

    assert native.checked(document, Where()) == document


def test_mapping_becomes_a_document() -> None:
    mapping = json.loads(native.encode(of(1, 2, "PER")))

    assert native.checked(mapping, Where()) == of(1, 2, "PER")


def test_lists_become_tuples() -> None:
    document = Document("d", mentions=[Mention(1, 2, "PER")])  # type: ignore[arg-type]

    assert native.checked(document, Where()) == of(1, 2, "PER")


def test_unset_is_not_an_object_of_a_foreign_type() -> None:
    assert native.checked(of(1, 2, "PER", score=msgspec.UNSET), Where()) == of(1, 2, "PER")


@pytest.mark.parametrize("opened", ["[", '{"a": '])
def test_nesting_is_counted_to_the_last_level(opened: str) -> None:
    closed = {"[": "]"}.get(opened, "}")

    def nested(levels: int) -> object:
        found: object = json.loads(opened * levels + "0" + closed * levels)
        return found

    assert find_blemish(nested(MOST_NESTED), Where()) is None
    blemish = find_blemish(nested(MOST_NESTED + 1), Where())
    assert blemish is not None
    assert blemish.code == "too-deep"


def test_many_parts_beside_each_other_are_not_deep() -> None:
    assert find_blemish([{"a": [n, "[[[{{{"]} for n in range(1000)], Where()) is None


@pytest.mark.parametrize("value", ["\ud800", float("nan"), b"x", {1, 2}, np.int64(1), object()])
def test_a_blemish_deep_inside_plain_json_is_found_with_its_path(value: object) -> None:
    blemish = find_blemish({"a": [{"b": "fine"}, {"b": value}]}, Where())

    assert blemish is not None
    assert blemish.where.path == "$.a[1].b"
