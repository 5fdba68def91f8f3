from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vinee.errors import MalformedError, Where
from vinee.formats import keys, native, short

HERE = Where("x.jsonl", 7)
MENTION = '"start": 0, "end": 2, "type": "PER"'


@pytest.mark.parametrize(
    ("line", "path"),
    [
        (f'{{"doc_id": "a", "mentions": [{{{MENTION}}}], "mentions": []}}', "$.mentions"),
        (f'{{"doc_id": "a", "mentions": [{{{MENTION}, "end": 3}}]}}', "$.mentions[0].end"),
        (f'{{"doc_id": "a", "mentions": [{{{MENTION}, "\\u0065nd": 3}}]}}', "$.mentions[0].end"),
        ('{"doc_id": "a", "text": "1\\u003a2", "text": "1"}', "$.text"),
        ('{"doc_id": "a", "meta": {"x.y": {"z": 1, "z": 1}}}', "$.meta.x.y.z"),
        ('{"doc_id": "a", "spans": [[0, 2, "PER"]], "spans": []}', "$.spans"),
    ],
)
def test_a_key_that_stands_twice_is_refused_with_its_path(line: str, path: str) -> None:
    with pytest.raises(MalformedError) as caught:
        short.decoder({})(line.encode(), HERE)

    assert (caught.value.code, caught.value.where) == ("key-twice", Where("x.jsonl", 7, "a", path))
    assert "keep one of them" in caught.value.problem


def test_what_is_no_key_may_stand_twice() -> None:
    line = '{"doc_id": "a:a", "text": "{\\"text\\": \\u003a:}", "meta": {"a": ["a", "a"]}}'

    assert native.decode(line.encode(), HERE).doc_id == "a:a"


values = st.recursive(
    st.none() | st.text(':\\"a\u003aé') | st.integers() | st.floats(allow_nan=False),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("ab:"), inner),
)


@given(values)
def test_nothing_is_found_in_what_has_each_key_once(value: object) -> None:
    assert keys.find_twice(json.dumps(value).encode(), HERE) is None


@given(value=st.dictionaries(st.text("ab:é"), values, min_size=1), escaped=st.booleans())
def test_any_key_that_stands_twice_is_found(value: dict[str, object], *, escaped: bool) -> None:
    pairs = [*value.items(), next(iter(value.items()))]
    written = ", ".join(
        f"{json.dumps(key, ensure_ascii=escaped)}: {json.dumps(item)}" for key, item in pairs
    )

    found = keys.find_twice(f"[{{{written}}}]".encode(), HERE)

    assert found is not None
    assert found.code == "key-twice"
