"""Valid prediction files in each format, from which every case begins.

They are stored predictions of our own systems, so that they hold what real files hold. Only the
beginnings of two articles are kept, since small files are read, changed and scored quickly.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from vinee import resources
from vinee.corpus import gold as our_gold
from vinee.formats import native, registry
from vinee.model import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Tree = dict[str, bytes]  # files by their place in a folder; "" is the only file of no folder

LENGTH = 300  # code points that are kept of an article, for speed
SYSTEMS = ("rules", "crf")
SUFFIXES = {
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


@dataclass(frozen=True)
class Base:
    """Valid predictions in one format, to be mutated."""

    name: str
    tree: Tree

    @property
    def format(self) -> str:
        """Name in the registry."""
        return registered(self.name)


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


def registered(name: str) -> str:
    """Give the format in the registry by which a name of `format_names` is read."""
    return _VARIANTS.get(name, name)


def bases(names: Iterable[str]) -> dict[str, list[Base]]:
    """Write valid predictions in each format."""
    documents = predicted()
    return {name: [_base(name, documents[system]) for system in SYSTEMS] for name in names}


def _base(name: str, documents: Sequence[Document]) -> Base:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"case{SUFFIXES.get(name, '')}"
        if name == "hf-saved":
            _save_to_disk(documents, path)
        elif name == "brat-zip":
            path = path.with_suffix("")
            registry.get("brat").write(documents, path)
        else:
            registry.get(registered(name)).write(documents, path)
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
