"""How fast a file of predicted spans is scored, as a ratio to decoding it, measured in one run.

    python scripts/speed/lines.py [--quick] [--rounds N] [--json]

JSON Lines of 20,000 documents with 50 mentions each, start, end, type and text, three quarters of
them right, against a gold that is in memory. Ours reads the file, makes every check of
predictions, and counts the strict match by document and label. The peer is msgspec that decodes
the same lines and does nothing with them: to dicts and lists, and to our own documents. The gold
is made ready before, once for all files that are scored against it; a row says what that costs.
For comparison there is the ordinary way, which keeps all documents and can compute any metric; it
is given a tenth of the data, and so is the peer.
"""

from __future__ import annotations

import sys
from functools import partial
from random import Random
from typing import TYPE_CHECKING

import msgspec
from measuring import Growth, Pair, Setting, returned, run
from memory import peak

from vinee.bench.streaming import Reference, counts
from vinee.corpus import gold as our_gold
from vinee.corpus import predictions
from vinee.corpus.views import EntityView
from vinee.formats import native
from vinee.metrics.ner import NerStrict
from vinee.model import Document, Mention
from vinee.ontology import default

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Typed = tuple[int, int, str]

SEED = 20
DOCUMENTS = 20_000
SPANS = 50  # of a document
WORDS = 400  # of a document
PART = 10  # the ordinary way gets one document in so many
TARGET = 2.5
GROWTH = (10_000, 100_000, 1_000_000)  # predicted spans
EXPONENT = 1.05
MEMORY_EXPONENT = 0.2
FEW_DOCUMENTS = 200  # whose spans become more, while the gold stays as it is
FOUND, MISTYPED = 0.75, 0.1
METRIC = NerStrict(EntityView("fine"))


def pairs(setting: Setting) -> Iterator[Pair]:
    """Make files, and give what is measured on them."""
    documents = DOCUMENTS // PART if setting.quick else DOCUMENTS
    path, gold = written(setting.folder, documents, SPANS)
    reference = ready(gold)
    size = f"{documents * SPANS / 1e6:g}M spans"
    ours = partial(counts, path, reference)
    for kind, decode, target in (("dicts", to_dicts, TARGET), ("documents", to_documents, None)):
        work = f"JSON Lines to strict counts, {size}"
        peer = f"msgspec to {kind}, alone"
        yield Pair(work, peer, target, ours, partial(decode, path), most=True)
    work = f"the same, gold made ready, too, {size}"
    whole = partial(_with_gold, path, gold)
    yield Pair(work, "msgspec to dicts, alone", None, whole, partial(to_dicts, path), most=True)
    few = documents // PART
    path, gold = written(setting.folder, few, SPANS)
    work = f"the same, read first, then counted, {few * SPANS / 1e6:g}M"
    first = partial(_ordinary, path, gold)
    yield Pair(work, "msgspec to dicts, alone", None, first, partial(to_dicts, path), most=True)


def growths(setting: Setting) -> Iterator[Growth]:
    """Give how our time grows with the predicted spans, and our memory with a gold that stays."""
    sizes = GROWTH[:-1] if setting.quick else GROWTH
    calls = {spans: partial(_counting, setting.folder, spans) for spans in sizes}
    yield Growth("JSON Lines to strict counts", "predicted spans", EXPONENT, calls)
    files = {spans: partial(_peak, setting.folder, spans) for spans in sizes}
    work = "memory of JSON Lines to strict counts"
    yield Growth(work, "predicted spans", MEMORY_EXPONENT, files, cost=returned, unit="MB")


def written(folder: Path, documents: int, spans: int) -> tuple[Path, tuple[Document, ...]]:
    """Write predictions for documents of real words; return the file, and the gold for it."""
    random = Random(SEED)  # noqa: S311 - test data, no secret
    words = [word for each in our_gold.documents() for word in (each.text or "").split()]
    gold = tuple(_document(f"d{number:06}", words, spans, random) for number in range(documents))
    path = folder / f"predictions-{documents}-{spans}.jsonl"
    with path.open("wb") as file:
        for document in gold:
            file.write(msgspec.json.encode(_predicted(document, random)) + b"\n")
    return path, gold


def ready(gold: tuple[Document, ...]) -> Reference:
    """Make the gold ready to be counted against."""
    reference = Reference(gold, METRIC, default())
    _ = reference.fit_spans([gold[0].doc_id]), reference.table
    return reference


def from_files(gold: Path, path: Path) -> object:
    """Score predictions against a gold that is read from a file."""
    documents = tuple(msgspec.json.decode(line, type=Document) for line in gold.open("rb"))
    return counts(path, Reference(documents, METRIC))


def to_dicts(path: Path) -> None:
    """Decode each line, and forget it."""
    decoder = msgspec.json.Decoder()
    with path.open("rb") as file:
        for line in file:
            decoder.decode(line)


def to_documents(path: Path) -> None:
    """Decode each line as a document, and forget it."""
    decoder = msgspec.json.Decoder(Document)
    with path.open("rb") as file:
        for line in file:
            decoder.decode(line)


def _with_gold(path: Path, gold: tuple[Document, ...]) -> object:
    return counts(path, Reference(gold, METRIC))


def _ordinary(path: Path, gold: tuple[Document, ...]) -> object:
    return METRIC.counts(gold, predictions.read(path, gold).documents)


def _counting(folder: Path, spans: int) -> Callable[[], object]:
    path, gold = written(folder, spans // SPANS, SPANS)
    return partial(counts, path, ready(gold))


def _peak(folder: Path, spans: int) -> Callable[[], object]:
    _, gold = written(folder, FEW_DOCUMENTS, SPANS)
    native.write_lines(folder / "gold.jsonl", gold)
    path = folder / "many.jsonl"
    native.write_lines(path, (_dense(each, spans // FEW_DOCUMENTS) for each in gold))
    return partial(peak, "lines", folder / "gold.jsonl", path)


def _document(doc_id: str, words: list[str], spans: int, random: Random) -> Document:
    first = random.randrange(len(words) - WORDS)
    chosen = words[first : first + WORDS]
    text = " ".join(chosen)
    starts = [0]
    for word in chosen:
        starts.append(starts[-1] + len(word) + 1)
    found = [
        (starts[at], starts[at + random.randint(1, 2)] - 1, random.choice(default().fine_labels))
        for at in sorted(random.sample(range(WORDS - 2), spans))
    ]
    return Document(doc_id, text, mentions=tuple(_mention(text, *span) for span in found))


def _predicted(gold: Document, random: Random) -> dict[str, object]:
    """Keep most spans, give some another type, and make some longer by a character."""
    text = gold.text or ""
    found: set[Typed] = set()
    for mention in gold.mentions or ():
        kind, end, label = random.random(), mention.end, mention.type
        if kind > FOUND + MISTYPED:
            end += 1
        elif kind > FOUND:
            label = random.choice(default().fine_labels)
        found.add((mention.start, end, label))
    spans = [
        {"start": start, "end": end, "type": label, "text": text[start:end]}
        for start, end, label in sorted(found)
    ]
    return {"doc_id": gold.doc_id, "mentions": spans}


def _dense(gold: Document, spans: int) -> Document:
    """Predict as many spans as are asked for, whatever they mean."""
    text = gold.text or ""
    labels = default().fine_labels
    places = ((at % (len(text) - 99), at // (len(text) - 99)) for at in range(spans))
    found = (_mention(text, at, at + 1 + more, labels[more % len(labels)]) for at, more in places)
    return Document(gold.doc_id, mentions=tuple(found))


def _mention(text: str, start: int, end: int, label: str) -> Mention:
    return Mention(start, end, label, text[start:end])


if __name__ == "__main__":
    run([sys.modules[__name__]], __doc__)
