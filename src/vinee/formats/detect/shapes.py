"""What each format looks like, in a file or in a folder."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, NamedTuple

from vinee.formats.columns.json_rows import is_tagged
from vinee.text.tags import is_tag

if TYPE_CHECKING:
    from collections.abc import Callable

    from vinee.formats.detect.look import Look

BESIDE = (".ann", ".a1", ".a2")  # the text
_MOST_LINES = 200
_TAG_SHARE = 0.8  # of lines, that a slip does not hide what all others show
_FEWEST_COLUMNS = 2
_OFFSETS = re.compile(r"(?m)^[^\t\n]+\t\d+\t\d+\t\S")
_PLAIN = re.compile(r"-DOCSTART- \(.*\)\tO\n")
_NO_ROW = re.compile(r"#\s|-DOCSTART-|</?\w+>")


def _is_docbin(head: bytes) -> bool:
    try:
        return b"\xa7version" in zlib.decompressobj().decompress(head, 64)
    except zlib.error:
        return False


def _is_brat(look: Look) -> bool:
    names = {name for name in look.names if "/" not in name}
    stems = {name[: -len(suffix)] for suffix in BESIDE for name in names if name.endswith(suffix)}
    return any(f"{stem}.txt" in names for stem in stems)


def _is_ours(keys: frozenset[str]) -> bool:
    return "doc_id" in keys and not keys & {"passages", "wnd_id", "tokens", "entity_mentions"}


def _is_textee(keys: frozenset[str]) -> bool:
    return "wnd_id" in keys or {"entity_mentions", "event_mentions"} <= keys


def _is_task(keys: frozenset[str]) -> bool:
    return "data" in keys and bool(keys & {"annotations", "predictions"})


def _has_offsets(text: str) -> bool:
    return text.startswith("# doc_id = ") and _OFFSETS.search(text) is not None


def _is_plain(text: str) -> bool:
    return _PLAIN.match(text) is not None


def _is_columns(text: str) -> bool:
    lines = text.split("\n")[:-1] or [text]
    rows = [line.split() for line in lines if line.strip() and not _NO_ROW.match(line)]
    rows = rows[:_MOST_LINES]
    tagged = sum(len(row) >= _FEWEST_COLUMNS and any(map(is_tag, row[1:])) for row in rows)
    return bool(rows) and tagged >= _TAG_SHARE * len(rows) and not _has_offsets(text)


def _is_dataset(look: Look) -> bool:
    if look.is_folder:
        return look.has(".parquet") or bool({"dataset_dict.json", "state.json"} & {*look.names})
    return next(look.heads(), b"").startswith((b"PAR1", b"ARROW1"))


class Shape(NamedTuple):
    """How a format is known: ``sought`` says it in words, ``fits`` tells whether it is there."""

    format: str
    sought: str
    fits: Callable[[Look], bool]


SHAPES = (
    Shape(
        "jsonl",
        "JSON with doc_id, one document a line, or .json files of one each",
        lambda look: any(map(_is_ours, look.first_keys(".json"))),
    ),
    Shape(
        "brat", ".ann, or .a1 and .a2, beside .txt", lambda look: look.is_folder and _is_brat(look)
    ),
    Shape(
        "conll",
        "# doc_id and columns of token, start, end and tags",
        lambda look: any(map(_has_offsets, look.texts(".conll"))),
    ),
    Shape(
        "conll-plain",
        "-DOCSTART- (id) and two columns",
        lambda look: any(map(_is_plain, look.texts(".conll"))),
    ),
    Shape(
        "columns",
        "a token and its tags a line, or JSON Lines with tokens and tags",
        lambda look: (
            not any(map(_is_plain, look.texts(".conll")))
            and not look.has(*BESIDE)
            and (any(map(_is_columns, look.texts(""))) or any(map(is_tagged, look.texts(""))))
        ),
    ),
    Shape(
        "timeml",
        "XML with <TimeML>",
        lambda look: any("<TimeML" in text for text in look.texts(".tml")),
    ),
    Shape(
        "textee",
        "JSON Lines with wnd_id or entity_mentions",
        lambda look: not look.is_folder and any(map(_is_textee, look.first_keys())),
    ),
    Shape(
        "label-studio",
        "a JSON list of tasks with data and annotations",
        lambda look: look.opening == "[" and any(map(_is_task, look.first_keys())),
    ),
    Shape(
        "bigbio",
        "JSON Lines with passages",
        lambda look: not look.is_folder and any("passages" in keys for keys in look.first_keys()),
    ),
    Shape("hf", "Parquet, Arrow, or what save_to_disk made", _is_dataset),
    Shape(
        "spacy",
        "spaCy's DocBin, .spacy",
        lambda look: any(map(_is_docbin, look.heads(".spacy"))),
    ),
)
