"""Answers on the disk, so that what was asked once is never paid again."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import msgspec

from vinee.errors import ExtractorError
from vinee.formats import atomic

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SCHEMA = "vinee.llm/1"
_NO = "unsupported"


class _Entry(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="schema", tag=SCHEMA
):
    """One file: what was asked where, and the bytes that came, as JSON."""

    url: str
    request: dict[str, Any]
    answer: msgspec.Raw


@dataclass(frozen=True)
class Cache:
    """A folder with one file for each request, named by the request's SHA-256.

    A request is its address and its body. Keys, users, passwords and queries are in neither, so
    a folder can be handed on.
    """

    folder: Path

    def get(self, url: str, request: Mapping[str, Any]) -> bytes | None:
        """Give the answer to a request; None if it was never asked.

        Raises:
            ExtractorError: The file is damaged.
        """
        path = self._path(url, request)
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise ExtractorError(f"{path}: the stored answer cannot be read: {error}") from error
        try:
            entry = msgspec.json.decode(content, type=_Entry)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise _damaged(path, str(error)) from error
        if entry.url != url or canonical(entry.request) != canonical(request):
            raise _damaged(path, "it answers another request")
        return bytes(entry.answer)

    def put(self, url: str, request: Mapping[str, Any], answer: bytes) -> None:
        """Store an answer, which must be JSON.

        Raises:
            ExtractorError: It cannot be written.
        """
        path = self._path(url, request)
        entry = _Entry(url, dict(request), msgspec.Raw(answer))
        try:
            atomic.write_bytes(path, msgspec.json.encode(entry))
        except OSError as error:
            raise ExtractorError(
                f"{path}: the answer cannot be stored: {error}; give another folder as cache, or "
                "none"
            ) from error

    def refused(self, url: str, model: str, kind: str) -> bool:
        """Tell whether the endpoint is known to refuse a kind of response format."""
        return self.get(url, _refusal(model, kind)) is not None

    def refuse(self, url: str, model: str, kind: str) -> None:
        """Remember that it does, so that a rerun need not ask."""
        self.put(url, _refusal(model, kind), b"null")

    def _path(self, url: str, request: Mapping[str, Any]) -> Path:
        key = sha256(canonical({"url": url, "request": request})).hexdigest()
        return self.folder / f"{key}.json"


def canonical(thing: object) -> bytes:
    """Encode as JSON in which the order of keys does not count."""
    return msgspec.json.encode(thing, order="sorted")


def _refusal(model: str, kind: str) -> dict[str, Any]:
    return {"model": model, _NO: kind}


def _damaged(path: Path, problem: str) -> ExtractorError:
    return ExtractorError(f"{path}: the stored answer is damaged: {problem}; delete the file")
