"""What ViNEE makes of corpora that other people wrote: detection, findings, scores, round trips.

    python scripts/real_data.py FOLDER [--only CORPUS] [--format markdown]

FOLDER has a folder for each corpus, and in it its parts: files, or folders of files. Where they
were got is in docs/real-data.md; none of them is kept in this repository. Each part is read as
gold, leniently, so that everything at fault is left out and counted, and is then scored against
itself, read as predictions: each score that is defined must be exactly 1. It is written in every
format and read back, and whatever a format says that it holds must come back.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from vinee.bench import scoring, tables, tasks
from vinee.corpus import predictions
from vinee.corpus.foreign import read_gold
from vinee.errors import InputError, VineeError
from vinee.formats import registry
from vinee.formats.contract import losses
from vinee.formats.detect import detect

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from vinee.bench.tables import Form
    from vinee.corpus.foreign import ForeignGold
    from vinee.formats.contract import Format
    from vinee.model import Document

LAYERS_SHOWN = ("mentions", "entities", "timexes", "events")
ROUND_TRIPS = ("jsonl", "brat", "columns", "conll", "timeml", "textee", "label-studio", "bigbio")
TEXTS_NEEDED = ("columns", "conll-plain")
MOST_SHOWN = 160
MOST_FILES = 20  # of a folder of many formats, that are looked at one by one


@dataclass
class Outcome:
    """What became of a part of a corpus."""

    name: str
    format: str = "–"
    items: dict[str, int] = field(default_factory=dict)
    findings: dict[str, int] = field(default_factory=dict)
    itself: str = "–"
    kept: str = "–"
    seconds: float = 0.0


def main() -> None:
    """Read the arguments, run the corpora, print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", type=Path, help="holds a folder for each corpus")
    parser.add_argument("--only", action="append", help="name of a corpus; may be given again")
    parser.add_argument("--format", default="text", choices=["text", "markdown", "json", "csv"])
    chosen = parser.parse_args()
    found = []
    for corpus in sorted(each for each in chosen.folder.iterdir() if each.is_dir()):
        if chosen.only and corpus.name not in chosen.only:
            continue
        for part in parts(corpus):
            name = part.relative_to(chosen.folder).as_posix()
            print(f"… {name}", flush=True)
            found.append(run(part, name))
    form: Form = chosen.format
    print(tables.render([table(found)], form))


def parts(corpus: Path) -> Iterator[Path]:
    """Give what is read by itself: a folder whose format is known, else the folders in it."""
    inside = sorted(each for each in corpus.iterdir() if not each.name.startswith("."))
    folders = [each for each in inside if each.is_dir()]
    if _is_known(corpus) or not inside:
        yield corpus
    elif folders:
        for each in folders:
            yield from parts(each)
    elif any(map(_is_known, inside[:MOST_FILES])):
        yield from inside
    else:
        yield corpus


def run(part: Path, name: str) -> Outcome:
    """Read, score and convert a part; an error of ours is an outcome, any other is a bug."""
    outcome = Outcome(name)
    began = time.perf_counter()
    try:
        outcome.format = detect(part).format
        gold = read_gold(part, lenient=True)
        outcome.seconds = time.perf_counter() - began
        outcome.findings = gold.counted()
        outcome.items = counted(gold.documents)
        if gold.documents:
            outcome.itself = against_itself(part, gold)
            outcome.kept = round_trips(gold.documents)
    except InputError as error:
        outcome.findings = {error.code: 1}
    return outcome


def counted(documents: Sequence[Document]) -> dict[str, int]:
    """Count documents, items by layer, and arguments."""
    found = {"documents": len(documents)}
    for layer in LAYERS_SHOWN:
        found[layer] = sum(len(getattr(each, layer) or ()) for each in documents)
    events = [event for each in documents for event in each.events or ()]
    return found | {"arguments": sum(len(event.arguments) for event in events)}


def against_itself(part: Path, gold: ForeignGold) -> str:
    """Score a part, read as predictions, against itself; ``1`` if all scores that there are."""
    predicted = predictions.read(part, gold.documents, lenient=True, labels_of=gold.labels_of)
    scored = 0
    for task in tasks.known():
        found = scoring.score(predicted, task, gold=gold)
        for each in found.metrics:
            micro = each.all.micro
            scored += micro.f1 is not None
            if micro.f1 not in {None, 1.0}:
                return f"{task.name}, {each.name}: {micro.f1}"
    return f"1 ({scored})"


def round_trips(documents: Sequence[Document]) -> str:
    """Write and read back; ``all`` if everything that a format holds came back."""
    broken = []
    for name in ROUND_TRIPS:
        format_ = registry.get(name)
        try:
            broken += [f"{name}: {what}" for what in _lost(format_, documents)]
        except VineeError as error:
            broken.append(f"{name}: {str(error)[:MOST_SHOWN]}")
    return "; ".join(broken) or f"all ({len(ROUND_TRIPS)})"


def _lost(format_: Format, documents: Sequence[Document]) -> Iterator[str]:
    """Name the layers whose spans and types do not come back, if the format says that they do."""
    said = Counter(loss.feature.partition(".")[0] for loss in losses(format_, documents))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out"
        given = {each.doc_id: each.text or "" for each in documents}
        format_.write(documents, path)
        back = format_.read(path, given if format_.name in TEXTS_NEEDED else None)
    same = {each.doc_id: each for each in back}
    for layer in LAYERS_SHOWN[:1] + LAYERS_SHOWN[2:]:
        if layer not in format_.holds or said[layer]:
            continue
        changed = [
            each.doc_id
            for each in documents
            if _places(each, layer) != _places(same.get(each.doc_id), layer)
        ]
        if changed:
            yield f"{layer} of {len(changed)} documents, such as {changed[0]}"


def _places(document: Document | None, layer: str) -> Counter[Hashable]:
    """Count the items of a layer by span and type."""
    items = () if document is None else getattr(document, layer) or ()
    found: Counter[Hashable] = Counter()
    for item in items:
        span = item.trigger if layer == "events" else item
        found[span.start, span.end, item.type] += 1
    return found


def table(found: Sequence[Outcome]) -> tables.Table:
    """Put the outcomes into a table."""
    names = ("documents", *LAYERS_SHOWN, "arguments")
    return tables.Table(
        "Corpora of others",
        ("part", "format", *names, "findings", "itself", "round trips", "seconds"),
        tuple(
            (
                each.name,
                each.format,
                *(str(each.items.get(name, "–")) for name in names),
                ", ".join(f"{kind} {count}" for kind, count in each.findings.items()),
                each.itself,
                each.kept,
                f"{each.seconds:.1f}",
            )
            for each in found
        ),
    )


def _is_known(path: Path) -> bool:
    try:
        detect(path)
    except VineeError:
        return False
    return True


if __name__ == "__main__":
    main()
