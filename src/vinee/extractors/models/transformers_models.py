"""Token classifiers of Hugging Face transformers as extractors."""

from __future__ import annotations

import re
from dataclasses import KW_ONLY, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from vinee.errors import ExtractorError, MissingExtraError
from vinee.extractors.base import UNKNOWN, sentence_spans, text_of
from vinee.extractors.models.base import Found, ModelExtractor
from vinee.extractors.models.loading import digest, failed, folder, licence_in, only_weights
from vinee.extractors.models.reading import Reader
from vinee.extractors.models.subwords import Subwords, of_text, of_units
from vinee.text import syllables, word_tool, words
from vinee.text.tags import chunks, is_tag

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from vinee.model import Document

_UNNAMED = re.compile(r"LABEL_\d+")
_SEGMENTED = ("PhobertTokenizer", "PhobertTokenizerFast")


@dataclass(eq=False)
class TransformersExtractor(ModelExtractor):
    """A token classifier, sentence by sentence: ``transformers:OWNER/NAME`` or a folder.

    A syllable or punctuation mark has the label of its first sub-word, and labels are read as
    chunks by the rules of conlleval in whatever scheme they are written. A sentence that is too
    long is read in overlapping windows, whose number beyond the first is counted as ``split``;
    nothing is cut off. Models in the manner of PhoBERT read words whose syllables are joined
    with underscores; their tokenizers give no offsets, so each word is read on its own, and the
    label is the word's. Weights must be safetensors, and code in a model's repository is not run.
    A mention's score is the mean probability of its labels.

    Needs the extra ``transformers``, and ``baselines`` for segmented words.

    Args:
        revision: Branch, tag or commit of a repository.
        local_files_only: Ask no network.
        segmented: Whether the model reads segmented words; if its tokenizer is PhoBERT's.
        max_length: Most sub-words in a window, special ones included; what the model allows.
        overlap: How many sub-words two windows share.
        batch_size: How many windows are read at a time.
        pickled_weights: Load weights from a pickle too, tensors only.
    """

    _: KW_ONLY
    revision: str | None = None
    local_files_only: bool = False
    segmented: bool | None = None
    max_length: int | None = None
    overlap: int = 32
    batch_size: int = 16
    pickled_weights: bool = False

    library: ClassVar[str] = "transformers"
    requires: ClassVar[tuple[str, ...]] = ("transformers", "torch")

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
    def config(self) -> Any:  # noqa: ANN401 - transformers may not be there
        """The model's configuration."""
        try:
            from transformers import AutoConfig
        except ModuleNotFoundError as error:
            raise MissingExtraError("transformers", self.library) from error
        try:
            return AutoConfig.from_pretrained(
                self.folder, local_files_only=True, trust_remote_code=False
            )
        except (OSError, ValueError, KeyError) as error:
            raise failed(self.name, error) from error

    @cached_property
    def tokenizer(self) -> Any:  # noqa: ANN401 - as above
        """The model's tokenizer."""
        config = self.config  # first, for it says what is missing
        from transformers import AutoTokenizer

        try:
            return AutoTokenizer.from_pretrained(
                self.folder, config=config, local_files_only=True, trust_remote_code=False
            )
        except Exception as error:  # a broken tokenizer file may raise anything
            raise failed(self.name, error) from error

    @cached_property
    def reader(self) -> Reader:
        """What reads sub-words, loaded on first use.

        Raises:
            MissingExtraError: torch is not installed.
            ExtractorError: The weights cannot be loaded, or are no token classifier's.
        """
        model = self._weights()
        limits = [self.max_length, self.tokenizer.model_max_length, self._positions()]
        length = min(limit for limit in limits if limit is not None)
        return Reader(model, self.tokenizer, length, self.overlap, self.batch_size)

    def own_labels(self) -> Iterable[str]:
        """List the types in the configuration's ``id2label``."""
        return {kind for tag in self._tags.values() for *_, kind in chunks([tag])}

    def identity(self) -> str:
        """Give a hash of the model's files, and the tool that makes words where it reads them."""
        tool = f", {word_tool()}" if self._is_segmented else ""
        return f"model {digest(self.folder)}{tool}"

    def find(self, document: Document, counts: Counter[str]) -> Iterator[Found]:
        """Read a document's sentences and give the chunks of their labels."""
        text = text_of(document)
        spans = sentence_spans(document)
        sentences = [self._subwords(text, *span, counts) for span in spans]
        for sentence, predicted in zip(
            sentences, self.reader.read([each.ids for each in sentences], counts), strict=True
        ):
            read = [
                (span, *predicted[first])
                for span, first in zip(sentence.spans, sentence.firsts, strict=True)
                if first is not None
            ]
            counts["ungrounded"] += len(sentence.spans) - len(read)
            tags = [self._tags[label] for _, label, _ in read]
            for first, last, kind in chunks(tags):
                score = sum(each for *_, each in read[first:last]) / (last - first)
                yield Found(read[first][0][0], read[last - 1][0][1], kind, score)

    def _subwords(self, text: str, start: int, end: int, counts: Counter[str]) -> Subwords:
        if not self._is_segmented and self.tokenizer.is_fast:
            return of_text(self.tokenizer, text, start, end, counts)
        units = words if self._is_segmented else syllables
        return of_units(self.tokenizer, text, units(text, start, end), counts)

    @property
    def _is_segmented(self) -> bool:
        if self.segmented is not None:
            return self.segmented
        return type(self.tokenizer).__name__ in _SEGMENTED

    @cached_property
    def _tags(self) -> dict[int, str]:
        return {int(index): _tag(label) for index, label in self.config.id2label.items()}

    def _weights(self) -> Any:  # noqa: ANN401 - transformers may not be there
        try:
            import torch
            from transformers import AutoModelForTokenClassification
        except ModuleNotFoundError as error:
            raise MissingExtraError(str(error.name), self.library) from error
        try:
            with only_weights():
                model, loading = AutoModelForTokenClassification.from_pretrained(
                    self.folder,
                    config=self.config,
                    local_files_only=True,
                    trust_remote_code=False,
                    use_safetensors=None if self.pickled_weights else True,
                    dtype=torch.float32,
                    output_loading_info=True,
                )
        except Exception as error:  # a broken file of weights may raise anything
            raise failed(self.name, error) from error
        if loading["missing_keys"]:
            # transformers would make these up at random, and only warn.
            missing = ", ".join(sorted(loading["missing_keys"]))
            raise ExtractorError(
                f"{self.name}: its weights lack {missing}; it is no token classifier, or not "
                "whole: name one that was fine-tuned for named entities"
            )
        return model.eval()

    def _positions(self) -> int | None:
        most: int | None = getattr(self.config, "max_position_embeddings", None)
        padding: int | None = getattr(self.config, "pad_token_id", None)
        if most is None or most <= 0:
            return None
        if "roberta" in self.config.model_type or self.config.model_type == "camembert":
            # These count positions from the one after the padding's id.
            return most - (padding or 0) - 1
        return most


def _tag(label: str) -> str:
    """Read an entry of ``id2label``: tags have a prefix; types without one are read as ``I-``."""
    if is_tag(label):
        return label
    return "O" if _UNNAMED.fullmatch(label) else f"I-{label}"
