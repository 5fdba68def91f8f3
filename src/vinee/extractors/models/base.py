"""What the extractors over other libraries' models have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from dataclasses import KW_ONLY, dataclass, field, fields
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from vinee.errors import ExtractorError
from vinee.extractors.base import UNKNOWN, Claims, Seen, text_of
from vinee.extractors.installed import package_version
from vinee.extractors.models.labels import LabelTable, table
from vinee.model import Document, Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from msgspec import UnsetType

_DIGITS = 4
# What does not decide the output, or is in the version anyway.
_NOT_IN_VERSION = frozenset(
    {"model", "name", "trained_on", "licence", "texts_seen"}
    | {"directory", "revision", "local_files_only", "batch_size"}
)


class Found(NamedTuple):
    """A span as a model gives it, in code points of the document, with the model's own label."""

    start: int
    end: int
    label: str
    score: float | UnsetType


@dataclass(eq=False)
class ModelExtractor(ABC):
    """A model that finds spans with labels of its own.

    Spans whose label means none of the ontology's are dropped and counted: their number in
    ``meta["alignment"]["unmapped"]``, by label in ``meta["unmapped"]``.

    Args:
        model: Name or path.
        labels: What the model's labels mean: ``{"PERSON": "PER", "DATE": None}``; None drops.
            Unambiguous names, such as ``PERSON``, need no pair.
        name: Name in results; ``library:model`` if not given.
        trained_on: What it was trained on, in plain words.
        licence: Of the weights; what their card says if not given.
        texts_seen: Whether its training may have had the texts.
    """

    model: str
    _: KW_ONLY
    labels: Mapping[str, str | None] = field(default_factory=dict)
    name: str = ""
    trained_on: str = UNKNOWN
    licence: str = UNKNOWN
    texts_seen: Seen = "unknown"

    library: ClassVar[str]
    requires: ClassVar[tuple[str, ...]]

    def __post_init__(self) -> None:
        """Name the system after its model.

        Raises:
            ExtractorError: No model is named.
        """
        if not self.model.strip():
            raise ExtractorError(
                f"{self.library}: names no model; write {self.library}:MODEL, its name or path"
            )
        self.name = self.name or f"{self.library}:{self.model}"

    @property
    def claims(self) -> Claims:
        """The labels that its own mean.

        Raises:
            MissingExtraError: A package is not installed.
            ExtractorError: The model cannot be had, or its labels mean none of the ontology's.
        """
        return self.table.claims

    @cached_property
    def table(self) -> LabelTable:
        """What each of the model's labels becomes."""
        return table(self.own_labels(), self.labels, self.name)

    @cached_property
    def version(self) -> str:
        """Versions of the packages, a hash of the model, and the options that are not default.

        Raises:
            MissingExtraError: A package is not installed.
            ExtractorError: The model cannot be had.
        """
        packages = [f"{each} {package_version(each, self.library)}" for each in self.requires]
        return ", ".join([*packages, self.identity(), *self._options()])

    def extract(self, documents: Sequence[Document]) -> list[Document]:
        """Annotate documents with mentions of level NAM.

        Raises:
            MissingExtraError: A package is not installed.
            ExtractorError: The model cannot be had, or a document has no text.
        """
        return [self._annotate(document) for document in documents]

    @abstractmethod
    def own_labels(self) -> Iterable[str]:
        """List the labels that the model can give."""

    @abstractmethod
    def identity(self) -> str:
        """Tell this model from all others, as ``model`` and a hash or version."""

    @abstractmethod
    def find(self, document: Document, counts: Counter[str]) -> Iterable[Found]:
        """Find spans in any order, and count what was read, split, repaired or lost."""

    def _options(self) -> list[str]:
        return [
            f"{each.name}={_shown(value)}"
            for each in fields(self)
            if each.name not in _NOT_IN_VERSION
            and (value := getattr(self, each.name)) not in (each.default, {})
        ]

    def _annotate(self, document: Document) -> Document:
        text = text_of(document)
        counts: Counter[str] = Counter(exact=0, repaired=0, ungrounded=0, unmapped=0)
        unmapped: Counter[str] = Counter()
        best: dict[tuple[int, int, str], float | UnsetType] = {}
        for start, end, label, score in self.find(document, counts):
            target = self.table.targets.get(label)
            if target is None:
                unmapped[label] += 1
            else:
                # Two of the model's labels may mean one of ours.
                best.setdefault((start, end, target), score)
        counts["unmapped"] = unmapped.total()
        mentions = tuple(
            Mention(
                start,
                end,
                label,
                text=text[start:end],
                id=f"m{number}",
                score=round(score, _DIGITS) if isinstance(score, float) else score,
            )
            for number, ((start, end, label), score) in enumerate(sorted(best.items()), start=1)
        )
        meta = {"alignment": dict(counts), "unmapped": dict(sorted(unmapped.items()))}
        return Document(document.doc_id, mentions=mentions, meta=meta)


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "{" + " ".join(f"{key}>{of or ''}" for key, of in sorted(value.items())) + "}"
    return str(value)
