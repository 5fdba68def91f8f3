"""spaCy pipelines as extractors."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar

from msgspec import UNSET

from vinee.errors import ExtractorError, MissingExtraError
from vinee.extractors.base import UNKNOWN, sentence_spans, text_of
from vinee.extractors.models.base import Found, ModelExtractor
from vinee.extractors.models.loading import failed, only_weights
from vinee.extractors.models.windows import windows

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator

    from vinee.model import Document

_GIVES = ("doc.ents", "doc.spans")


@dataclass(eq=False)
class SpacyExtractor(ModelExtractor):
    """The named entities and span groups of a spaCy pipeline: ``spacy:vi_core_news_lg``.

    ``model`` is the name of an installed package or the path of a folder that ``to_disk`` wrote.
    A package is Python code and may do anything; a folder is data. spaCy reads a document whole;
    one longer than the pipeline's ``max_length`` is read in stretches of whole sentences, whose
    number beyond the first is counted as ``split``. Span categorisers give scores; the entity
    recogniser has none.

    Needs the extra ``spacy``.

    Args:
        groups: Span groups to take besides the entities; all if not given.
    """

    _: KW_ONLY
    groups: tuple[str, ...] | None = None

    library: ClassVar[str] = "spacy"
    requires: ClassVar[tuple[str, ...]] = ("spacy",)

    @cached_property
    def pipeline(self) -> Any:  # noqa: ANN401 - spaCy's Language; spaCy may not be there
        """The pipeline, loaded on first use.

        Raises:
            MissingExtraError: spaCy is not installed.
            ExtractorError: There is no such model, or it cannot be loaded.
        """
        try:
            import spacy
        except ModuleNotFoundError as error:
            raise MissingExtraError("spacy", self.library) from error
        try:
            with only_weights():
                loaded = spacy.load(self.model)
        except OSError as error:
            raise ExtractorError(
                f"{self.name}: spaCy has no model {self.model!r}; install its package (pip "
                "install, or python -m spacy download for spaCy's own), or name the folder that "
                "to_disk() wrote"
            ) from error
        except Exception as error:  # a pipeline's components may raise anything
            raise failed(self.name, error) from error
        if self.licence == UNKNOWN:
            self.licence = loaded.meta.get("license") or UNKNOWN
        return loaded

    def own_labels(self) -> Iterable[str]:
        """List the labels of the components that write entities or span groups."""
        return {
            label
            for name in self.pipeline.pipe_names
            if any(each in _GIVES for each in self.pipeline.get_pipe_meta(name).assigns)
            for label in getattr(self.pipeline.get_pipe(name), "labels", ())
        }

    def identity(self) -> str:
        """Name the model with the version that its makers gave it, and a hash of its weights."""
        import hashlib

        meta = self.pipeline.meta
        content = hashlib.sha256(self.pipeline.to_bytes(exclude=["vocab"])).hexdigest()[:12]
        return f"model {meta['lang']}_{meta['name']} {meta['version']} {content}"

    def find(self, document: Document, counts: Counter[str]) -> Iterator[Found]:
        """Read a document and give its entities and spans."""
        text = text_of(document)
        stretches = self._stretches(document, text)
        counts["split"] += len(stretches) - 1
        for start, end in stretches:
            try:
                parsed = self.pipeline(text[start:end])
            except ValueError as error:  # spaCy's own errors, with a code and a remedy
                raise failed(self.name, error) from error
            counts["exact"] += len(parsed)
            for span, score in self._spans(parsed):
                yield Found(start + span.start_char, start + span.end_char, span.label_, score)

    def _stretches(self, document: Document, text: str) -> list[tuple[int, int]]:
        if len(text) <= self.pipeline.max_length:
            return [(0, len(text))]
        spans = sentence_spans(document)
        starts = [0, *(start for start, _ in spans[1:]), len(text)]
        sizes = [after - before for before, after in pairwise(starts)]
        return [
            (starts[each.start], starts[each.stop])
            for each in windows(sizes, self.pipeline.max_length, overlap=0)
        ]

    def _spans(self, parsed: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 - spaCy's Doc
        yield from ((span, UNSET) for span in parsed.ents)
        for name, group in sorted(parsed.spans.items()):
            if self.groups is None or name in self.groups:
                scores = group.attrs.get("scores")
                for index, span in enumerate(group):
                    yield span, UNSET if scores is None else float(scores[index])
