from __future__ import annotations

from pathlib import Path

import pytest

from vinee.errors import InputError, InvalidError, SchemaError, Where
from vinee.formats import short
from vinee.formats.jsonl import JsonLines
from vinee.model import Document, Mention

TEXT = "Ở Việt Nam, ông Putin gặp ông Trump; Putin nói về Việt Nam."
TEXTS = {"a": TEXT}


def read(line: str, texts: dict[str, str] | None = None) -> Document:
    decode = short.decoder(TEXTS if texts is None else texts)
    return decode(line.encode(), Where("x.jsonl", 1))


def test_strings_are_looked_for_in_the_text_given_for_the_document() -> None:
    found = read('{"doc_id": "a", "strings": [["Việt_Nam", "LOC", 1], ["Macron", "PER"]]}')

    assert found == Document(
        "a",
        mentions=(Mention(50, 58, "LOC"),),
        meta={"alignment": {"exact": 0, "repaired": 1, "ambiguous": 0, "ungrounded": 1}},
    )


def test_a_text_of_their_own_comes_first() -> None:
    found = read('{"doc_id": "a", "text": "Putin", "strings": [["Putin", "PER"]]}')

    assert found.mentions == (Mention(0, 5, "PER"),)


def test_spans_need_no_text() -> None:
    found = read('{"doc_id": "a", "spans": [[16, 21, "PER"]]}', {})

    assert found == Document("a", mentions=(Mention(16, 21, "PER"),))


def test_mentions_without_offsets_are_grounded_beside_those_with() -> None:
    found = read(
        '{"doc_id": "a", "events": [], "mentions": [{"text": "Việt_Nam", "type": "LOC", "id": "m"},'
        '{"start": 16, "end": 21, "type": "PER"}, {"text": "Macron", "type": "PER"},'
        '{"text": "Việt Nam", "type": "LOC"}]}'
    )

    assert found.events == ()
    assert found.mentions == (
        Mention(2, 10, "LOC", "Việt Nam", id="m"),
        Mention(16, 21, "PER"),
        Mention(50, 58, "LOC", "Việt Nam"),
    )
    assert short.summed([found, found]) == {
        "ambiguous": 0,
        "exact": 2,
        "repaired": 2,
        "ungrounded": 2,
    }


@pytest.mark.parametrize(
    ("texts", "remedy"), [({}, "give the texts with --texts"), ({"b": "x"}, "none of .* this id")]
)
def test_strings_without_a_text_are_told(texts: dict[str, str], remedy: str) -> None:
    with pytest.raises(InvalidError, match=rf"x\.jsonl:1: a: .*{remedy}.* \[no-text\]"):
        read('{"doc_id": "a", "strings": [["Putin", "PER"]]}', texts)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('{"doc_id": "a", "spans": [[1, 2]]}', r"spans\[0\] must be \[start, end, label\]"),
        ('{"doc_id": "a", "spans": 3}', r"'spans' must be a list \(got 3\)"),
        ('{"doc_id": "a", "spans": [], "events": []}', "got 'events' too"),
        ('{"strings": [["Putin", "PER"]]}', "doc_id"),
        ('{"doc_id": 3, "strings": [["Putin", "PER"]]}', r"\$\.doc_id"),
        ('{"doc_id": "a", "text": 3, "strings": [["Putin", "PER"]]}', r"\$\.text"),
        ('{"doc_id": "a", "mentions": [{"text": "Putin"}]}', "type"),
        ('{"doc_id": "a", "mentions": [{"text": "Putin", "type": "PER", "end": 5}]}', "start"),
    ],
)
def test_what_is_wrong_with_a_short_form_is_named(line: str, complaint: str) -> None:
    with pytest.raises(SchemaError, match=rf"x\.jsonl:1: .*{complaint}"):
        read(line)


def test_without_texts_our_own_json_has_no_short_forms(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text('{"doc_id": "a", "text": "Putin", "strings": [["Putin", "PER"]]}\n')

    with pytest.raises(InputError, match="unknown field `strings`"):
        JsonLines().read(path)
    assert JsonLines().read(path, {})[0].mentions == (Mention(0, 5, "PER"),)
