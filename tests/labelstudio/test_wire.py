"""JSON that only Python's own reader and writer take, since servers write such."""

from __future__ import annotations

import json
from typing import Any

import pytest

from vinee.labelstudio import wire

pytest.importorskip("label_studio_sdk", reason="the SDK is in the extra `label-studio`")


@pytest.mark.parametrize(
    "value", [{"text": "Hà Nội 😀", "n": [1, 2.5, None]}, ["\ud83d"], "\udc00x"]
)
def test_what_is_written_is_read_back(value: Any) -> None:
    assert wire.decoded(wire.encoded(value)) == value


@pytest.mark.parametrize("content", [b'["\\ud83d"]', b"[Infinity]", b'[{"a": [1e400]}]'])
def test_what_is_no_json_elsewhere_is_read_all_the_same(content: bytes) -> None:
    assert wire.decoded(content) == json.loads(content)


@pytest.mark.parametrize("content", [b"", b"[1, 2", b'["\xff"]', b"<html>"])
def test_what_was_cut_off_is_told(content: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of several kinds
        wire.decoded(content)
