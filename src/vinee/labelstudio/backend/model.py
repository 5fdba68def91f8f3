"""An extractor with what decides its output, and predictions made with it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING, Any

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from vinee import ontology
from vinee.bench.extracting import annotated, speaking
from vinee.bench.judged import Labels
from vinee.corpus import labelmap
from vinee.corpus.gold import content_hash
from vinee.extractors import Trainable, contract
from vinee.extractors.fitted import fit_once
from vinee.formats.label_studio import task as written
from vinee.labelstudio.backend.fitting import fitting
from vinee.labelstudio.backend.shapes import Prediction

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence

    from vinee.corpus.labelmap import LabelMap
    from vinee.extractors import Extractor
    from vinee.labelstudio.offered import Offered
    from vinee.model import Document

_DIGITS = 8


@dataclass(frozen=True)
class Model:
    """An extractor that is ready, the labels that it speaks, and its name to a server.

    Attributes:
        extractor: Fitted, if it learns.
        spoken: Our labels, and the map that leads to them.
        version: Name and version of the extractor, and hashes of the map and of the gold that it
            learnt from, if there are any: predictions of one version are alike.
    """

    extractor: Extractor
    spoken: Labels
    version: str

    @classmethod
    def ready(
        cls, extractor: Extractor, gold: Sequence[Document] = (), labels: LabelMap | None = None
    ) -> Model:
        """Make an extractor ready.

        Args:
            extractor: The extractor.
            gold: What one that learns is fitted on; others do not need it.
            labels: Renames and drops labels of what the extractor gives.

        Raises:
            ExtractorError: Its card is not what it must be, or it cannot learn from the gold.
            MissingExtraError: It needs a package that is not installed.
            InvalidError: The map leads to a label that is not known.
        """
        contract.check(extractor)
        known = ontology.default()
        spoken = Labels(known, labels)
        parts = [f"{extractor.name} {extractor.version}"]
        if labels is not None:
            labelmap.apply(labels, (), known)
            digest = hashlib.sha256(str(labels).encode("utf-8", "surrogatepass")).hexdigest()
            parts.append(f"map {digest[:_DIGITS]}")
        if isinstance(extractor, Trainable):
            extractor = fit_once(extractor, gold)
            parts.append(f"gold {content_hash(gold)[:_DIGITS]}")
        return cls(speaking(extractor, spoken), spoken, ", ".join(parts))

    def predict(
        self, document: Document, known: Offered | None
    ) -> tuple[Prediction, Counter[str] | None]:
        """Find what the extractor finds, as far as a configuration has a place for it.

        Args:
            document: With text, sections and sentences.
            known: What the configuration offers; None if nobody told it.

        Returns:
            The prediction, and how many items were left out, by control and label.

        Raises:
            ExtractorError: The extractor failed, or what it gave breaks the contract.
            MissingExtraError: It needs a package that is not installed.
            InputError: What it gave cannot be written.
        """
        found = annotated(self.extractor, document, self.spoken)
        task = written(_with_text(found, document))
        items = [item for each in task["annotations"] for item in each["result"]]
        gone = None
        if known is not None:
            items, gone = fitting(items, known)
        return Prediction(items, self.version, _score(items)), gone


def _with_text(found: Document, document: Document) -> Document:
    return replace(found, text=document.text)


def _score(items: Sequence[dict[str, Any]]) -> float | UnsetType:
    """Give the mean of the regions' scores, by which a server sorts tasks."""
    scores = [item["score"] for item in items if "score" in item]
    return fmean(scores) if scores else UNSET
