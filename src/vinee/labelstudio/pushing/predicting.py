"""What a system found in the documents of a push."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vinee.bench import card
from vinee.bench.file_names import file_name
from vinee.bench.reference import FitGold
from vinee.bench.run import run
from vinee.corpus import gold, predictions
from vinee.errors import ExtractorError
from vinee.extractors import Trainable, registry
from vinee.formats.label_studio.shapes import LAYERS
from vinee.labelstudio.pushing.items import without_layers
from vinee.ontology import default

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from vinee.bench.progress import OnProgress
    from vinee.corpus.labelmap import LabelMap
    from vinee.extractors import Extractor
    from vinee.model import Document

# The server lists versions with commas between them, and takes brackets and quotes away.
_SEPARATORS = re.compile(r'[,"\[\]]+')


@dataclass(frozen=True, slots=True)
class Predicted:
    """What a system found.

    Attributes:
        model_version: The system's name and version, by which Label Studio knows predictions.
        of: Finds what the system found in some documents, by ``doc_id``.
        notes: What is to be known of it, in words.
    """

    model_version: str
    of: Callable[[Sequence[Document]], Mapping[str, Document]]
    notes: tuple[str, ...] = ()


def from_file(path: Path, documents: Sequence[Document], labels: LabelMap | None) -> Predicted:
    """Read the predictions of a file in any format, checked against the texts.

    Raises:
        InputError: They cannot be read, or do not fit the texts or the labels.
    """
    bare = [without_layers(each) for each in documents]
    read = predictions.read(path, bare, labels=labels, labels_of=default())
    found = card.described(path, read, default())
    known = {each.doc_id: each for each in found.predictions.documents}
    return Predicted(
        model_version(found.system.name, found.system.version),
        lambda _: known,
        () if found.card is None else (f"predictions of {found.system.name}, as its card says",),
    )


def by_extractor(
    spec: str,
    documents: Sequence[Document],
    folder: Path,
    labels: LabelMap | None = None,
    on_progress: OnProgress | None = None,
) -> Predicted:
    """Get ready to run an extractor; nothing is run until somebody asks for documents.

    Args:
        spec: What `vinee.extractors.registry.resolve` takes.
        documents: All documents of the push; one that learns is fitted on those of them that are
            annotated, or else on ours, and never on the document that it is given.
        folder: Where predictions are kept while it runs, so that a killed run goes on.
        labels: Renames and drops its labels.
        on_progress: Told of each document.

    Raises:
        VineeError: There is no such extractor, or it needs what is not installed.
    """
    found = registry.resolve(spec)
    if isinstance(found, Trainable):
        taught = [each for each in documents if any(getattr(each, x) is not None for x in LAYERS)]
        found = _Taught(found, tuple(taught) or gold.documents())

    def of(some: Sequence[Document]) -> Mapping[str, Document]:
        if not some:
            return {}
        ran = run(
            found,
            FitGold(tuple(without_layers(each) for each in some), default()),
            folder / f"{file_name(found.name)}.jsonl",
            labels=labels,
            on_progress=on_progress,
        )
        return {each.doc_id: each for each in ran.predictions.documents}

    return Predicted(model_version(found.name, found.version), of)


def model_version(name: str, version: str) -> str:
    """Name a system and its version as Label Studio is to know it."""
    return _SEPARATORS.sub(";", f"{name} {version}").strip()


class _Taught:
    """An extractor that learns, fitted for each document on what others were annotated with."""

    def __init__(self, extractor: Trainable, taught: Sequence[Document]) -> None:
        self.name = extractor.name
        self.version = extractor.version
        self.claims = extractor.claims
        self.trained_on = extractor.trained_on
        self._extractor = extractor
        self._taught = taught
        self._on_all: Extractor | None = None

    def extract(self, documents: Sequence[Document]) -> Iterable[Document]:
        """Annotate documents."""
        for document in documents:
            found = list(self._fitted(document).extract([document]))
            if len(found) != 1:
                raise ExtractorError(
                    f"extractor {self.name!r}: extract() must give one Document for each it was "
                    f"given (got {len(found)} items for 1)"
                )
            yield found[0]

    def _fitted(self, document: Document) -> Extractor:
        # By its text too: the same article may have come under another name.
        others = [
            each
            for each in self._taught
            if each.doc_id != document.doc_id and each.text != document.text
        ]
        if len(others) < len(self._taught):
            return self._extractor.fit(others)
        if self._on_all is None:
            self._on_all = self._extractor.fit(others)
        return self._on_all
