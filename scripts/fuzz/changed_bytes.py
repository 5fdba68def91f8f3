"""Changes of bytes and lines, which know nothing of the format that they break.

They are what happens to files: cut-off downloads, editors that change line ends or the encoding,
lines that were sorted, lost or doubled. Numbers, labels and ids are changed by their looks alone.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping, Sequence

    Change = Callable[[random.Random, bytes], bytes]

_BAD_BYTES = (b"\x00", b"\xff\xfe", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xef\xbb\xbf")
_BAD_TEXT = ("\u2028", "\x85", "\x0c", "\u202e", "\u0301", "\U0001f600", "\t", "\r", " ", '"')
_NUMBERS = ("-1", "0", "1", "99999999", "9" * 30, "1e400", "1.5", "", "007", "+3", "٣", "1e2")
_LABELS = ("PER", "GPE", "B-", "I-PER", "X" * 300, "", "Contact.Meet", "per", "O", "B-PER", "-")
NEAR = 0.5  # of the numbers are changed into one close by, which is harder to notice


def flip(rng: random.Random, content: bytes) -> bytes:
    """Flip one bit, or some."""
    changed = bytearray(content)
    for _ in range(rng.choice((1, 1, 3, 20))):
        if changed:
            changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def insert(rng: random.Random, content: bytes) -> bytes:
    """Insert what text does not hold, or seldom."""
    at = rng.randrange(len(content) + 1)
    what = rng.choice((*_BAD_BYTES, *(each.encode() for each in _BAD_TEXT)))
    return content[:at] + what + content[at:]


def _slice(rng: random.Random, content: bytes) -> tuple[int, int]:
    start = rng.randrange(len(content) + 1)
    return start, min(len(content), start + rng.choice((1, 5, 50, 2000)))


def delete(rng: random.Random, content: bytes) -> bytes:
    """Take out a stretch."""
    start, end = _slice(rng, content)
    return content[:start] + content[end:]


def _repeat(rng: random.Random, content: bytes) -> bytes:
    start, end = _slice(rng, content)
    return content[:end] + content[start:end] * rng.choice((1, 1, 50)) + content[end:]


def truncate(rng: random.Random, content: bytes) -> bytes:
    """Cut off the end."""
    return content[: rng.randrange(len(content) + 1)]


def _empty(rng: random.Random, _: bytes) -> bytes:
    return rng.choice((b"", b"\n", b" ", b"\xef\xbb\xbf", b"null", b"[]", b"{}", b"0", b'""'))


def _swap_lines(rng: random.Random, content: bytes) -> bytes:
    lines = content.split(b"\n")
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def _delete_line(rng: random.Random, content: bytes) -> bytes:
    lines = content.split(b"\n")
    del lines[rng.randrange(len(lines))]
    return b"\n".join(lines)


def _repeat_line(rng: random.Random, content: bytes) -> bytes:
    lines = content.split(b"\n")
    at = rng.randrange(len(lines))
    return b"\n".join([*lines[:at], *[lines[at]] * rng.choice((2, 2, 100)), *lines[at + 1 :]])


def _bom(_: random.Random, content: bytes) -> bytes:
    return b"\xef\xbb\xbf" + content


def _crlf(rng: random.Random, content: bytes) -> bytes:
    return content.replace(b"\n", rng.choice((b"\r\n", b"\r", b"\n\n", b" \n", b"\t\n")))


def _utf16(rng: random.Random, content: bytes) -> bytes:
    return content.decode("utf-8", "replace").encode(rng.choice(("utf-16", "utf-32", "utf-7")))


def _substitute(pattern: bytes, choices: Sequence[str]) -> Change:
    def change(rng: random.Random, content: bytes) -> bytes:
        found = list(re.finditer(pattern, content))
        if not found:
            return flip(rng, content)
        match = rng.choice(found)
        new = rng.choice(choices).encode()
        if match[0].isdigit() and rng.random() < NEAR:
            new = str(int(match[0]) + rng.choice((-1, 1, 7))).encode()
        return content[: match.start()] + new + content[match.end() :]

    return change


CHANGES: Mapping[str, Change] = {
    "flip": flip,
    "insert": insert,
    "delete": delete,
    "repeat": _repeat,
    "truncate": truncate,
    "empty": _empty,
    "swap-lines": _swap_lines,
    "delete-line": _delete_line,
    "repeat-line": _repeat_line,
    "bom": _bom,
    "line-ends": _crlf,
    "encoding": _utf16,
    "number": _substitute(rb"\b\d{1,4}\b", _NUMBERS),
    "label": _substitute(rb"\b[A-Z]{3,5}\b|\b[A-Z][a-z]+\.[A-Z][A-Za-z]+\b", _LABELS),
    "doc-id": _substitute(
        rb"00[01]_[0-9a-f]{16}", ("nobody", "", "../../etc", "a/b", "000", "\\u0000", "x y")
    ),
}


def in_compressed(rng: random.Random, content: bytes, kind: str) -> bytes:
    """Change what is compressed, such as a DocBin: changed outside, it would not even be opened."""
    try:
        return zlib.compress(CHANGES[kind](rng, zlib.decompress(content)))
    except zlib.error:
        return CHANGES[kind](rng, content)
