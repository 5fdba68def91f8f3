"""GLiNER models, which find what they are asked for in words, as extractors."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from vinee import ontology
from vinee.errors import ExtractorError, MissingExtraError
from vinee.extractors.base import UNKNOWN, sentence_spans, text_of
from vinee.extractors.models.base import Found, ModelExtractor
from vinee.extractors.models.labels import LabelTable, table
from vinee.extractors.models.loading import digest, failed, folder, licence_in, only_weights
from vinee.extractors.models.windows import windows

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from vinee.model import Document

ENGLISH: Mapping[str, str] = {
    "PER": "person",
    "ORG": "organization",
    "MEDIA": "news agency or media outlet",
    "GPE": "country, province or city",
    "LOC": "region, sea, mountain or river",
    "FAC": "building or facility",
    "PROD": "weapon, vehicle or product",
    "EVT": "war, conference or festival",
    "TITLE": "job title or office",
}
"""A short English name for each fine label, as a prompt."""


@dataclass(eq=False)
class GlinerExtractor(ModelExtractor):
    """A GLiNER model, asked for the ontology's fine labels: ``gliner:OWNER/NAME`` or a folder.

    ``labels`` maps prompts onto the ontology: ``{"người": "PER", "quốc gia": "GPE"}``. Without it
    the model is asked for all fine labels, by short English names or by the ontology's Vietnamese
    ones. A sentence with more words, or more sub-words, than the model reads is read in
    overlapping windows, whose number beyond the first is counted as ``split``; nothing is cut
    off. Weights must be safetensors.

    Needs the extra ``gliner``.

    Args:
        language: Of the prompts, where ``labels`` is not given.
        threshold: Least score of a span.
        nested: Whether spans may lie in each other.
        revision: Branch, tag or commit of a repository.
        local_files_only: Ask no network.
        overlap: How many words two windows share.
        batch_size: How many windows are read at a time.
        pickled_weights: Load weights from a pickle too, tensors only.
    """

    _: KW_ONLY
    language: Literal["en", "vi"] = "en"
    threshold: float = 0.5
    nested: bool = False
    revision: str | None = None
    local_files_only: bool = False
    overlap: int = 16
    batch_size: int = 8
    pickled_weights: bool = False

    library: ClassVar[str] = "gliner"
    requires: ClassVar[tuple[str, ...]] = ("gliner", "torch")

    @cached_property
    def folder(self) -> Path:
        """Where the model's files are.

        Raises:
            ExtractorError: It cannot be had, or has no weights that may be loaded.
        """
        found = folder(
            self.model,
            self.name,
            revision=self.revision,
            local_files_only=self.local_files_only,
            pickled=self.pickled_weights,
        )
        if self.licence == UNKNOWN:
            self.licence = licence_in(found)
        return found

    @cached_property
    def network(self) -> Any:  # noqa: ANN401 - gliner may not be there
        """The model, loaded on first use.

        Raises:
            MissingExtraError: gliner is not installed.
            ExtractorError: It cannot be loaded.
        """
        try:
            from gliner import GLiNER
        except ModuleNotFoundError as error:
            raise MissingExtraError("gliner", self.library) from error
        try:
            with only_weights():
                return GLiNER.from_pretrained(
                    str(self.folder), local_files_only=self.local_files_only
                ).eval()
        except Exception as error:  # a broken file may raise anything
            raise failed(self.name, error) from error

    @cached_property
    def table(self) -> LabelTable:
        """What each prompt becomes."""
        if any(target is None for target in self.labels.values()):
            raise ExtractorError(
                f"{self.name}: labels= must name a label for each prompt (got {self.labels!r}); "
                "leave out what is not asked for"
            )
        prompts = dict(self.labels) or dict(_prompts(self.language))
        return table(prompts, prompts, self.name)

    def own_labels(self) -> Iterable[str]:
        """List the prompts."""
        return self.table.targets

    def identity(self) -> str:
        """Give a hash of the model's files."""
        return f"model {digest(self.folder)}"

    def find(self, document: Document, counts: Counter[str]) -> Iterator[Found]:
        """Read a document's sentences and give what the model finds in each."""
        text = text_of(document)
        pieces: list[tuple[int, int, int, int]] = []
        for start, end in sentence_spans(document):
            found = list(self._pieces(text, start, end, counts))
            counts["split"] += max(0, len(found) - 1)
            pieces += found
        answers = self.network.inference(
            [text[start:end] for start, end, *_ in pieces],
            list(self.table.targets),
            flat_ner=not self.nested,
            threshold=self.threshold,
            batch_size=self.batch_size,
        )
        reach = 0
        for (start, _, first, last), spans in zip(pieces, answers, strict=True):
            for span in sorted(spans, key=lambda each: (each["start"], each["end"])):
                place = start + span["start"], start + span["end"]
                # Two windows may see a name at their border differently: the first has its way.
                if first <= place[0] < last and (self.nested or place[0] >= reach):
                    reach = max(reach, place[1])
                    yield Found(*place, span["label"], float(span["score"]))

    def _pieces(
        self, text: str, start: int, end: int, counts: Counter[str]
    ) -> Iterator[tuple[int, int, int, int]]:
        """Cut a sentence into what the model can read, and what each piece decides on."""
        processor = self.network.data_processor
        words = [(start + a, start + b) for _, a, b in processor.words_splitter(text[start:end])]
        counts["exact"] += len(words)
        sizes = [self._size(text[slice(*word)]) for word in words]
        for each in windows(sizes, self._budget, self.overlap, self.network.config.max_len):
            last = words[each.last][0] if each.last < len(words) else end
            yield words[each.start][0], words[each.stop - 1][1], words[each.first][0], last

    @cached_property
    def _budget(self) -> int:
        """Most sub-words of a text beside those of the prompts, which stand before it."""
        limits = [self._tokenizer.model_max_length]
        encoder = getattr(self.network.config, "encoder_config", None)
        limits.append(getattr(encoder, "max_position_embeddings", None) or limits[0])
        special = 2  # around the whole
        prompts = sum(self._size(prompt) + special for prompt in self.table.targets)
        budget: int = min(limits) - prompts - 2 * special
        if budget < 1:
            raise ExtractorError(
                f"{self.name}: the prompts alone have {prompts} sub-words, and the model reads "
                f"{min(limits)}; ask for less with labels="
            )
        return budget

    @property
    def _tokenizer(self) -> Any:  # noqa: ANN401 - as above
        return self.network.data_processor.transformer_tokenizer

    def _size(self, word: str) -> int:
        return len(self._tokenizer.encode(word, add_special_tokens=False, verbose=False))


def _prompts(language: str) -> Iterator[tuple[str, str]]:
    if language not in {"en", "vi"}:
        raise ExtractorError(
            f"gliner: language= must be 'en' or 'vi' (got {language!r}); "
            "for prompts of your own use labels="
        )
    for entity in ontology.default().entities:
        yield (ENGLISH[entity.name] if language == "en" else entity.vi), entity.name
