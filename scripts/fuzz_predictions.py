"""Mutate valid prediction files in every format, and see that none is misread in silence.

    python scripts/fuzz_predictions.py --files 100000 --seed 1 --jobs 2 --failures /tmp/failures

Each mutated file is read strictly and leniently, and scored. It must give scores or an error of
ViNEE's that names the file or a document. A failure is any other exception, more than
`MOST_SECONDS` or `MOST_BYTES`, a dead process, or scores that hide that something is missing:

- a strict read gives all that the format's reader gave, and so has no findings;
- what a lenient read leaves out is in its findings, one by one;
- every gold document is predicted, or listed as unpredicted;
- each prediction that a task can see is counted as predicted, equal ones once;
- where nothing was taken out of a file, its items do not vanish without a word.

A case is fixed by seed, format and number. Failures are written to the folder given, and the
exit code is then 1.
"""

from __future__ import annotations

import argparse
import io
import json
import multiprocessing
import os
import random
import re
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
import zipfile
import zlib
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from multiprocessing.connection import wait
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import replace

from vinee import resources
from vinee.bench import scoring
from vinee.bench.resampling import Resampling
from vinee.corpus import gold as our_gold
from vinee.corpus import predictions
from vinee.corpus.findings import FindingsError
from vinee.corpus.foreign import opening
from vinee.errors import InputError, VineeError
from vinee.formats import native, registry
from vinee.model import LAYERS, Document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from types import FrameType

    Tree = dict[str, bytes]  # files by their place in a folder; "" is the only file of no folder
    Change = Callable[[random.Random, Tree], Tree]

MOST_SECONDS = 10
MOST_BYTES = 1 << 30
TASKS = ("ner_fine", "events")
LENGTH = 300  # code points that are kept of an article, for speed
SYSTEMS = ("rules", "crf")
_MOST_ADDRESSES = 4 << 30  # of a process, libraries included
_HOW = Resampling(draws=20)
_SUFFIXES = {
    "jsonl": ".jsonl",
    "brat-zip": ".zip",
    "conll": ".conll",
    "conll-plain": ".conll",
    "columns": ".txt",
    "textee": ".jsonl",
    "label-studio": ".json",
    "bigbio": ".jsonl",
    "hf-parquet": ".parquet",
    "timeml": "",
    "spacy": ".spacy",
}
# Written by one format in several shapes.
_VARIANTS = {"brat-zip": "brat", "hf-parquet": "hf", "hf-saved": "hf"}
_JSON = {".json", ".jsonl"}


# ------------------------------------------------------------------ valid files


@dataclass(frozen=True)
class Base:
    """Valid predictions in one format, to be mutated."""

    name: str
    tree: Tree

    @property
    def format(self) -> str:
        """Name in the registry."""
        return _VARIANTS.get(self.name, self.name)


def cut(document: Document, text: str) -> Document:
    """Keep of a document what lies within the first `LENGTH` code points."""
    mentions = [m for m in document.mentions or () if m.end <= LENGTH]
    mentions = [
        m if m.extent is None or m.extent.end <= LENGTH else replace(m, extent=None)
        for m in mentions
    ]
    timexes = [t for t in document.timexes or () if t.end <= LENGTH]
    ids = {each.id for each in mentions} | {each.id for each in timexes}
    events = [
        replace(event, arguments=tuple(a for a in event.arguments if a.ref in ids), chain=None)
        for event in document.events or ()
        if event.trigger.end <= LENGTH
    ]
    return Document(
        document.doc_id,
        text=text[:LENGTH],
        mentions=tuple(replace(each, entity=None) for each in mentions),
        timexes=None if document.timexes is None else tuple(timexes),
        events=None if document.events is None else tuple(events),
    )


def gold() -> tuple[Document, ...]:
    """Give the beginnings of two articles of the gold."""
    return tuple(cut(each, each.text or "") for each in our_gold.documents()[:2])


def predicted() -> dict[str, tuple[Document, ...]]:
    """Give stored predictions for these, by system."""
    texts = {each.doc_id: each.text or "" for each in gold()}
    folder = resources.root() / "benchmark" / "predictions"
    found = {}
    for system in SYSTEMS:
        rows = [item for _, item in native.read_all(folder / f"{system}.jsonl")]
        documents = [each for each in rows if isinstance(each, Document)]
        found[system] = tuple(
            cut(each, texts[each.doc_id]) for each in documents if each.doc_id in texts
        )
    return found


def format_names() -> tuple[str, ...]:
    """Name all that can be fuzzed here: formats, and other shapes of some."""
    names = [*registry.names(), *_VARIANTS]
    return tuple(name for name in names if name != "spacy" or find_spec("spacy"))


def bases(names: Iterable[str]) -> dict[str, list[Base]]:
    """Write valid predictions in each format."""
    documents = predicted()
    return {name: [_base(name, documents[system]) for system in SYSTEMS] for name in names}


def _base(name: str, documents: Sequence[Document]) -> Base:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"case{_SUFFIXES.get(name, '')}"
        if name == "hf-saved":
            _save_to_disk(documents, path)
        elif name == "brat-zip":
            path = path.with_suffix("")
            registry.get("brat").write(documents, path)
        else:
            registry.get(_VARIANTS.get(name, name)).write(documents, path)
        return Base(name, _tree(path))


def _save_to_disk(documents: Sequence[Document], path: Path) -> None:
    import datasets

    parquet = path.with_name("rows.parquet")
    registry.get("hf").write(documents, parquet)
    datasets.Dataset.from_parquet(str(parquet)).save_to_disk(str(path))
    state = path / "state.json"
    told = json.loads(state.read_text("utf-8"))
    state.write_text(json.dumps({**told, "_fingerprint": "0" * 16}), "utf-8")


def _tree(path: Path) -> Tree:
    if path.is_file():
        return {"": path.read_bytes()}
    files = sorted(file for file in path.rglob("*") if file.is_file())
    return {file.relative_to(path).as_posix(): file.read_bytes() for file in files}


# ------------------------------------------------------------------ mutations of bytes and lines

_BAD_BYTES = (b"\x00", b"\xff\xfe", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xef\xbb\xbf")
_BAD_TEXT = ("\u2028", "\x85", "\x0c", "\u202e", "\u0301", "\U0001f600", "\t", "\r", " ", '"')
_NUMBERS = ("-1", "0", "1", "99999999", "9" * 30, "1e400", "1.5", "", "007", "+3", "٣", "1e2")
_LABELS = ("PER", "GPE", "B-", "I-PER", "X" * 300, "", "Contact.Meet", "per", "O", "B-PER", "-")
_ID = re.compile(rb"00[01]_[0-9a-f]{16}")


def _flip(rng: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(rng.choice((1, 1, 3, 20))):
        if changed:
            changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _insert(rng: random.Random, content: bytes) -> bytes:
    at = rng.randrange(len(content) + 1)
    what = rng.choice((*_BAD_BYTES, *(each.encode() for each in _BAD_TEXT)))
    return content[:at] + what + content[at:]


def _slice(rng: random.Random, content: bytes) -> tuple[int, int]:
    start = rng.randrange(len(content) + 1)
    return start, min(len(content), start + rng.choice((1, 5, 50, 2000)))


def _delete(rng: random.Random, content: bytes) -> bytes:
    start, end = _slice(rng, content)
    return content[:start] + content[end:]


def _repeat(rng: random.Random, content: bytes) -> bytes:
    start, end = _slice(rng, content)
    return content[:end] + content[start:end] * rng.choice((1, 1, 50)) + content[end:]


def _truncate(rng: random.Random, content: bytes) -> bytes:
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


def _substitute(pattern: bytes, choices: Sequence[str]) -> Callable[[random.Random, bytes], bytes]:
    def change(rng: random.Random, content: bytes) -> bytes:
        found = list(re.finditer(pattern, content))
        if not found:
            return _flip(rng, content)
        match = rng.choice(found)
        new = rng.choice(choices).encode()
        if match[0].isdigit() and rng.random() < 0.5:  # noqa: PLR2004 - every other is near
            new = str(int(match[0]) + rng.choice((-1, 1, 7))).encode()
        return content[: match.start()] + new + content[match.end() :]

    return change


_BYTES: Mapping[str, Callable[[random.Random, bytes], bytes]] = {
    "flip": _flip,
    "insert": _insert,
    "delete": _delete,
    "repeat": _repeat,
    "truncate": _truncate,
    "empty": _empty,
    "swap-lines": _swap_lines,
    "delete-line": _delete_line,
    "repeat-line": _repeat_line,
    "bom": _bom,
    "line-ends": _crlf,
    "encoding": _utf16,
    "number": _substitute(rb"\b\d{1,4}\b", _NUMBERS),
    "label": _substitute(rb"\b[A-Z]{3,5}\b|\b[A-Z][a-z]+\.[A-Z][A-Za-z]+\b", _LABELS),
    "doc-id": _substitute(_ID.pattern, ("nobody", "", "../../etc", "a/b", "000", "\\u0000", "x y")),
}


# ------------------------------------------------------------------ mutations of JSON


def _nodes(value: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 - any JSON
    keys: Iterable[Any] = ()
    if isinstance(value, dict):
        keys = list(value)
    elif isinstance(value, list):
        keys = range(len(value))
    for key in keys:
        yield value, key
        yield from _nodes(value[key])


def _nested(depth: int) -> Any:  # noqa: ANN401 - any JSON
    value: Any = []
    for _ in range(depth):
        value = [value]
    return value


_VALUES: tuple[Callable[[random.Random], Any], ...] = (
    lambda _: None,
    lambda _: True,
    lambda rng: rng.choice((-1, 0, 1, 10**6, 2**31, 2**63, 2**64, 10**40, -(2**63))),
    lambda rng: rng.choice((0.5, 1e308, float("nan"), float("inf"), -float("inf"), -0.0)),
    lambda rng: rng.choice(("", "\ud800", "\udc00x", "\x00", "\u202e", "a" * 5000, "PER", "m1")),
    lambda _: [],
    lambda _: {},
    lambda _: [[]],
    lambda _: {"id": None},
    lambda _: ["x", 1, None],
)


def _json_change(rng: random.Random, value: Any) -> Any:  # noqa: ANN401 - any JSON
    places = list(_nodes(value))
    if not places:
        return rng.choice(_VALUES)(rng)
    holder, key = rng.choice(places)
    how = rng.randrange(7)
    if how == 0 and isinstance(holder, dict):
        new = rng.choice((f"{key}x", "", str(key).upper(), "id", "text", "start"))
        holder[new] = holder.pop(key)
    elif how == 1:
        del holder[key]
    elif how == 2 and isinstance(holder, list):  # noqa: PLR2004 - one of seven
        holder[key:key] = [holder[key]] * rng.choice((1, 1, 30))
    elif how == 3 and type(holder[key]) is int:  # noqa: PLR2004 - one of seven
        holder[key] += rng.choice((-1, 1, 10, -1000, 10**6))
    elif how == 4:  # noqa: PLR2004 - one of seven
        source, at = rng.choice(places)
        holder[key] = json.loads(json.dumps(source[at]))
    else:
        holder[key] = rng.choice(_VALUES)(rng)
    return value


def _dumped(rng: random.Random, value: Any) -> bytes:  # noqa: ANN401 - any JSON
    text = json.dumps(value, ensure_ascii=rng.random() < 0.5)  # noqa: PLR2004 - every other
    if rng.random() < 0.02:  # noqa: PLR2004 - now and then
        deep = rng.choice((100, 5_000, 100_000))
        text = text.replace("null", "[" * deep + "]" * deep, 1)
    return text.encode("utf-8", "surrogatepass")


def _json(rng: random.Random, content: bytes) -> bytes:
    """Change a value of a JSON file, or of one line of JSON Lines."""
    lines = [content] if content.lstrip()[:1] == b"[" else content.split(b"\n")
    at = rng.randrange(len(lines))
    try:
        value = json.loads(lines[at])
    except (ValueError, RecursionError):
        return _flip(rng, content)
    for _ in range(rng.choice((1, 1, 2, 5))):
        value = _json_change(rng, value)
    lines[at] = _dumped(rng, value)
    return b"\n".join(lines)


def _rows(rng: random.Random, content: bytes) -> bytes:
    """Change a value of a row of Parquet, of which pyarrow then makes columns anew."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        rows = pq.ParquetFile(io.BytesIO(content)).read().to_pylist()
        for _ in range(rng.choice((1, 1, 2))):
            rows = _json_change(rng, rows)
        written = io.BytesIO()
        pq.write_table(pa.Table.from_pylist(rows), written)
    except (pa.ArrowException, ValueError, TypeError, AttributeError, OverflowError, OSError):
        return _flip(rng, content)  # of such rows there is no Parquet
    return written.getvalue()


# ------------------------------------------------------------------ mutations of folders


def _file_for_folder(_: random.Random, tree: Tree) -> Tree:
    return {"": next(iter(tree.values()), b"")}


def _folder_for_file(rng: random.Random, tree: Tree) -> Tree:
    name = rng.choice(("a.jsonl", "a.json", "a.txt", "a.ann", "a.parquet", "a", "README.md"))
    return {name: next(iter(tree.values()), b"")}


def _drop_file(rng: random.Random, tree: Tree) -> Tree:
    gone = rng.choice([*tree])
    return {name: content for name, content in tree.items() if name != gone}


def _rename_file(rng: random.Random, tree: Tree) -> Tree:
    old = rng.choice([*tree])
    new = rng.choice((f"{old}x", f"sub/{old}", f"x{old}", old.upper(), f"{old}.txt"))
    return {(new if name == old else name): content for name, content in tree.items()}


def _copy_file(rng: random.Random, tree: Tree) -> Tree:
    old, other = rng.choice([*tree]), rng.choice([*tree])
    return {**tree, rng.choice((f"copy-{old}", other)): tree[old]}


_TREES: Mapping[str, Change] = {
    "folder-for-file": _folder_for_file,
    "file-for-folder": _file_for_folder,
    "drop-file": _drop_file,
    "rename-file": _rename_file,
    "copy-file": _copy_file,
}
# After these what is missing was taken out, or cannot be told from what was never there. Arrow
# has no checksum: shifted bytes of it can be other, valid numbers.
REMOVING = frozenset(
    {"delete", "truncate", "empty", "delete-line", "json", "rows", "drop-file", "rename-file"}
    | {"copy-file", "file-for-folder", "folder-for-file", "binary"}
)


# ------------------------------------------------------------------ cases


class Case(NamedTuple):
    """A mutated file or folder.

    Attributes:
        format: What was mutated; see `format_names`.
        number: Which one; with the seed it fixes all else.
        tree: The files.
        kinds: The mutations.
        named: Whether the format is named when it is read, instead of detected.
    """

    format: str
    number: int
    tree: Tree
    kinds: tuple[str, ...]
    named: bool


def case(sources: Mapping[str, Sequence[Base]], name: str, seed: int, number: int) -> Case:
    """Make a case; the same arguments always give the same."""
    rng = random.Random(f"{seed}:{name}:{number}")  # noqa: S311 - no secret
    tree = dict(rng.choice(sources[name]).tree)
    kinds: list[str] = []
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        tree = _mutated(rng, tree, kinds)
    if name == "brat-zip":
        packed = _zip(tree)
        if rng.random() < 0.3:  # noqa: PLR2004 - mostly what is inside is broken
            kinds.append("flip")
            packed = rng.choice((_flip, _truncate, _delete, _insert))(rng, packed)
        tree = {"": packed}
    return Case(name, number, tree, tuple(kinds), rng.random() < 0.7)  # noqa: PLR2004 - mostly


def _mutated(rng: random.Random, tree: Tree, kinds: list[str]) -> Tree:
    if not tree or rng.random() < 0.04:  # noqa: PLR2004 - now and then
        kind = rng.choice([*_TREES]) if tree else "folder-for-file"
        kinds.append(kind)
        return _TREES[kind](rng, tree)
    place = rng.choice([*tree])
    content = tree[place]
    if content[:1] in {b"{", b"["} and rng.random() < 0.6:  # noqa: PLR2004 - mostly
        kinds.append("json")
        return {**tree, place: _json(rng, content)}
    if content[:4] == b"PAR1" and rng.random() < 0.6:  # noqa: PLR2004 - mostly
        kinds.append("rows")
        return {**tree, place: _rows(rng, content)}
    kind = rng.choice([*_BYTES])
    kinds.append(kind)
    if b"\0" in content:
        kinds.append("binary")
    if content[:1] == b"\x78" and rng.random() < 0.7:  # noqa: PLR2004 - mostly
        return {**tree, place: _inside(rng, content, kind)}
    return {**tree, place: _BYTES[kind](rng, content)}


def _inside(rng: random.Random, content: bytes, kind: str) -> bytes:
    """Change what is compressed, such as a DocBin."""
    try:
        return zlib.compress(_BYTES[kind](rng, zlib.decompress(content)))
    except zlib.error:
        return _BYTES[kind](rng, content)


def _zip(tree: Tree) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in tree.items():
            archive.writestr(zipfile.ZipInfo(name or "a.ann"), content)
    return packed.getvalue()


def put(made: Case, folder: Path) -> Path:
    """Write a case into a folder, and give the path to read."""
    path = folder / f"case{_SUFFIXES.get(made.format, '')}"
    if [*made.tree] == [""]:
        path.write_bytes(made.tree[""])
        return path
    path.mkdir()
    for name, content in made.tree.items():
        file = path / (name or "a")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return path


# ------------------------------------------------------------------ what may come of one


class Outcome(NamedTuple):
    """What came of a case: ``scored``, the code of an error, or a failure in words."""

    format: str
    number: int
    result: str
    failure: str = ""


class TooLongError(BaseException):
    """More than `MOST_SECONDS`; no `Exception`, so that no reader takes it for a broken file."""


class SilentError(Exception):
    """Scores that hide that something is missing."""


@contextmanager
def _watched() -> Iterator[None]:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TooLongError(f"more than {MOST_SECONDS} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(MOST_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def outcome(
    made: Case, reference: Sequence[Document], before: Mapping[str, int], every: int = 1
) -> Outcome:
    """Read and score a case.

    Args:
        made: The case.
        reference: The gold.
        before: How many items of each layer all valid predictions have in this format.
        every: Of how many cases one is scored, since that takes longest.
    """
    folder = Path(tempfile.mkdtemp(prefix="vinee-fuzz-"))
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        path = put(made, folder)
        with _watched():
            result = _judged(path, made, reference, before, every)
    except (Exception, TooLongError) as error:  # noqa: BLE001 - whatever comes is the finding
        told = f"{type(error).__name__}: {error}\n{traceback.format_exc()[-3000:]}"
        return Outcome(made.format, made.number, "failure", told)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    grown = 1024 * (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - used)
    if grown > MOST_BYTES:
        return Outcome(made.format, made.number, "failure", f"{grown} bytes of memory")
    return Outcome(made.format, made.number, result)


def _judged(
    path: Path,
    made: Case,
    reference: Sequence[Document],
    before: Mapping[str, int],
    every: int,
) -> str:
    form = _VARIANTS.get(made.format, made.format) if made.named else None
    strict: predictions.Predictions | None = None
    code = "scored"
    try:
        strict = predictions.read(path, reference, format=form)
    except VineeError as error:
        code = _told(error, path, reference)
    try:
        lenient = predictions.read(path, reference, format=form, lenient=True)
    except VineeError as error:
        _told(error, path, reference)
        if strict is not None:
            raise SilentError("read strictly, and not leniently") from error
        return code
    if strict is None and not lenient.findings:
        raise SilentError(f"strictly {code}, and leniently without a finding")
    if strict is not None and (lenient.findings or strict.documents != lenient.documents):
        raise SilentError("strict and lenient reads differ")
    texts = {each.doc_id: each.text or "" for each in reference}
    rows = [item for _, item in opening.read(path, form, texts).rows]
    _accounted(rows, lenient)
    if made.number % every == 0:
        _counted(lenient, TASKS[made.number // every % len(TASKS)], reference)
    if strict is not None and REMOVING.isdisjoint(made.kinds):
        _still_there(strict, before)
    return code


def _told(error: VineeError, path: Path, reference: Sequence[Document]) -> str:
    """Give an error's code, after a look at what it says."""
    message = str(error)
    names = [path.name, *(each.doc_id for each in reference)]
    if not any(name in message for name in names):
        raise SilentError(f"names neither file nor document: {message}") from error
    if isinstance(error, FindingsError):
        for finding in error.findings:
            if finding.where.file is None or not finding.message:
                raise SilentError(f"a finding without its place: {finding}")
        return "findings"
    return error.code if isinstance(error, InputError) else type(error).__name__


def items(documents: Iterable[Document]) -> Counter[str]:
    """Count the items of each layer, and the arguments of events."""
    found: Counter[str] = Counter()
    for document in documents:
        for layer in LAYERS:
            found[layer] += len(getattr(document, layer) or ())
        found["arguments"] += sum(len(event.arguments) for event in document.events or ())
    return found


def _accounted(rows: Sequence[Document | InputError], found: predictions.Predictions) -> None:
    """See that what was read is kept, or in the findings."""
    errors = [row for row in rows if isinstance(row, InputError)]
    whole = {"doc-unknown", "doc-twice", "doc-text"}
    lost = sum(each.id in whole for each in found.findings)
    lost -= sum(error.code in whole for error in errors)
    documents = [row for row in rows if isinstance(row, Document)]
    if len(found.documents) + lost != len(documents):
        raise SilentError(
            f"{len(documents)} documents read, {len(found.documents)} kept, {lost} told"
        )
    kept = {each.doc_id for each in found.documents}
    read = items(
        {each.doc_id: each for each in reversed(documents) if each.doc_id in kept}.values()
    )
    gone = read - items(found.documents)
    gone.pop("arguments", None)  # they go with their event
    told = len(found.findings) - lost - len(errors)
    if lost == 0 and gone.total() > told:
        raise SilentError(f"left out {dict(gone)}, and told {told}")


def _counted(found: predictions.Predictions, task: str, reference: Sequence[Document]) -> None:
    """See that all documents and all that a task can see are counted."""
    result = scoring.score(found, task, gold=reference, resampling=_HOW)
    there = {each.doc_id for each in found.documents}
    if missing := {*result.corpus.scored} - there - {*result.corpus.unpredicted}:
        raise SilentError(f"{task}: neither predicted nor listed: {missing}")
    if sum(result.findings.values()) != len(found.findings):
        raise SilentError(f"{task}: the result does not have all findings")
    if not result.metrics:
        if not result.skipped:
            raise SilentError(f"{task}: no scores, and no word why")
        return
    seen: set[tuple[str, int, int, str]] = set()
    for each in found.documents:
        if task == "events":
            seen |= {
                (each.doc_id, event.trigger.start, event.trigger.end, event.type)
                for event in each.events or ()
            }
        else:
            seen |= {
                (each.doc_id, m.start, m.end, m.type)
                for m in each.mentions or ()
                if m.level == "NAM"
            }
    scores = next(each.all.micro for each in result.metrics if each.name == result.headline)
    if scores.predicted != len(seen):
        raise SilentError(f"{task}: {len(seen)} predicted, and {scores.predicted} counted")


def _still_there(found: predictions.Predictions, before: Mapping[str, int]) -> None:
    """See that no layer is gone from a file of which nothing was taken out."""
    now = items(found.documents)
    for layer in ("mentions", "events", "timexes"):
        if before[layer] and not now[layer]:
            raise SilentError(f"{layer}: {before[layer]} before, and none now, without a word")


# ------------------------------------------------------------------ many


def originals(
    sources: Mapping[str, Sequence[Base]], reference: Sequence[Document]
) -> dict[str, dict[str, int]]:
    """Count, for each format, the items that every valid file of it has at least."""
    counted = {}
    for name, several in sources.items():
        read = []
        for base in several:
            tree = {"": _zip(base.tree)} if name == "brat-zip" else base.tree
            with tempfile.TemporaryDirectory() as folder:
                path = put(Case(name, 0, tree, (), named=True), Path(folder))
                read.append(predictions.read(path, reference, format=base.format).documents)
        layers = ("mentions", "events", "timexes")
        counted[name] = {layer: min(items(each)[layer] for each in read) for layer in layers}
    return counted


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--files", type=int, default=2_000, help="over all formats [%(default)s]")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--format", action="append", choices=format_names(), help="[all]")
    parser.add_argument("--jobs", type=int, default=1, help="processes [%(default)s]")
    parser.add_argument("--failures", type=Path, default=Path("fuzz-failures"))
    given = parser.parse_args(arguments)
    _quiet()
    names = given.format or format_names()
    sources = bases(names)
    wanted = [(names[index % len(names)], index // len(names)) for index in range(given.files)]
    started = time.monotonic()
    found: dict[str, Counter[str]] = {name: Counter() for name in names}
    for each in _in_processes(sources, wanted, given.seed, given.jobs):
        found[each.format][each.result] += 1
        if each.failure:
            made = case(sources, each.format, given.seed, each.number)
            print(f"{_saved(made, each, given.failures)}: {each.failure.splitlines()[0]}")
    print(f"{given.files} files, seed {given.seed}, {time.monotonic() - started:.0f} s")
    for name, counts in found.items():
        errors = {code: n for code, n in counts.most_common() if code not in {"scored", "failure"}}
        listed = ", ".join(f"{code} {n}" for code, n in errors.items())
        print(
            f"{name}: {counts.total()} files, {counts['scored']} scored, "
            f"{sum(errors.values())} refused ({listed}), {counts['failure']} failures"
        )
    return 1 if any(counts["failure"] for counts in found.values()) else 0


def _quiet() -> None:
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["HF_DATASETS_DISABLE_PROGRESS_BARS"] = "1"
    os.environ.setdefault("HF_DATASETS_CACHE", tempfile.mkdtemp(prefix="vinee-datasets-"))


def _saved(made: Case, found: Outcome, folder: Path) -> Path:
    place = folder / f"{made.format}-{made.number}"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    put(made, place)
    (place / "why.txt").write_text(
        f"{made.kinds}, named {made.named}\n{found.failure}", "utf-8", "backslashreplace"
    )
    return place


def _in_processes(
    sources: Mapping[str, Sequence[Base]],
    wanted: Sequence[tuple[str, int]],
    seed: int,
    jobs: int,
) -> Iterator[Outcome]:
    """Give the outcomes; a process that dies is a failure of its case, and the next one goes on."""
    context = multiprocessing.get_context("spawn")
    queues = [list(wanted[job::jobs]) for job in range(jobs)]
    running: dict[Connection, tuple[BaseProcess, list[tuple[str, int]]]] = {}

    def start(queue: list[tuple[str, int]]) -> None:
        if queue:
            ours, theirs = context.Pipe(duplex=False)
            process = context.Process(target=_work, args=(theirs, sources, queue, seed))
            process.start()
            theirs.close()
            running[ours] = process, queue

    for queue in queues:
        start(queue)
    while running:
        ready = wait([*running])
        for ours in [each for each in running if each in ready]:
            process, queue = running[ours]
            try:
                each = ours.recv()
            except EOFError:
                process.join()
                del running[ours]
                if queue:
                    name, number = queue.pop(0)
                    told = f"the process ended with {process.exitcode}"
                    yield Outcome(name, number, "failure", told)
                    start(queue)
                continue
            queue.pop(0)
            yield each


def _work(
    pipe: Connection,
    sources: Mapping[str, Sequence[Base]],
    wanted: Sequence[tuple[str, int]],
    seed: int,
) -> None:
    _quiet()
    # What asks for more than this fails here, before the machine does.
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_ADDRESSES, _MOST_ADDRESSES))
    reference = gold()
    before = originals(sources, reference)
    for name, number in wanted:
        pipe.send(outcome(case(sources, name, seed, number), reference, before[name]))
    pipe.close()


if __name__ == "__main__":
    sys.exit(main())
