"""stanza's named-entity recognisers as extractors."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from msgspec import UNSET

from vinee.errors import ExtractorError, MissingExtraError
from vinee.extractors.base import sentence_spans, text_of
from vinee.extractors.models.base import Found, ModelExtractor
from vinee.extractors.models.loading import failed, only_weights
from vinee.text import syllables, word_tool, words
from vinee.text.tags import chunks

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from vinee.model import Document

_PROCESSORS = "tokenize,ner"
_ABSENT = ("NotFound", "Unknown", "No processors to load")


@dataclass(eq=False)
class StanzaExtractor(ModelExtractor):
    """The recogniser that stanza has for a language: ``stanza:vi``.

    Nothing is downloaded: get a model with ``stanza.download("vi", processors="tokenize,ner")``.
    stanza's models are pickles; torch is made to read tensors and plain values only, and an old
    model that needs more is refused. There are no scores.

    Needs the extra ``stanza``.

    Args:
        directory: Where the models are; stanza's own directory if not given.
        package: Which of stanza's recognisers for the language; its default if not given.
        tokens: What makes the tokens: stanza's tokenizer, or syllables or underthesea's words,
            for which stanza needs no model.
    """

    _: KW_ONLY
    directory: str | Path | None = None
    package: str | None = None
    tokens: Literal["stanza", "syllable", "word"] = "stanza"

    library: ClassVar[str] = "stanza"
    requires: ClassVar[tuple[str, ...]] = ("stanza", "torch")

    def __post_init__(self) -> None:
        """Check the options.

        Raises:
            ExtractorError: No language is named, or ``tokens`` is none of the three.
        """
        super().__post_init__()
        if self.tokens not in {"stanza", "syllable", "word"}:
            raise ExtractorError(
                f"{self.name}: tokens= must be 'stanza', 'syllable' or 'word' (got {self.tokens!r})"
            )

    @cached_property
    def pipeline(self) -> Any:  # noqa: ANN401 - stanza may not be there
        """The pipeline, loaded on first use.

        Raises:
            MissingExtraError: stanza is not installed.
            ExtractorError: The models are not there, or cannot be loaded.
        """
        try:
            import stanza
        except ModuleNotFoundError as error:
            raise MissingExtraError("stanza", self.library) from error
        options: dict[str, Any] = {"tokenize_pretokenized": True} if self._given else {}
        if self.directory is not None:
            options["dir"] = str(self.directory)
        if self.package is not None:
            options["package"] = {"ner": self.package}
        try:
            with only_weights():
                return stanza.Pipeline(
                    self.model,
                    processors=_PROCESSORS,
                    download_method=None,
                    use_gpu=False,
                    logging_level="ERROR",
                    **options,
                )
        except FileNotFoundError as error:
            raise self._absent() from error
        except Exception as error:
            # What it raises for models that are not there has no class in common.
            if any(sign in f"{type(error).__name__}: {error}" for sign in _ABSENT):
                raise self._absent() from error
            raise failed(self.name, error) from error

    def own_labels(self) -> Iterable[str]:
        """List the recogniser's labels."""
        return list(self.pipeline.processors["ner"].get_known_tags())

    def identity(self) -> str:
        """Give a hash of the files of the models, and the tool that makes words."""
        import hashlib

        hashed = hashlib.sha256()
        for name, processor in sorted(self.pipeline.processors.items()):
            for path in sorted(_paths(processor.config)):
                with open(path, "rb") as file:  # noqa: PTH123 - a path as stanza gives it
                    content = hashlib.file_digest(file, "sha256").hexdigest()
                hashed.update(f"{name}\0{content}\0".encode())
        tool = f", {word_tool()}" if self.tokens == "word" else ""
        return f"model {hashed.hexdigest()[:12]}{tool}"

    def find(self, document: Document, counts: Counter[str]) -> Iterator[Found]:
        """Read a document and give stanza's entities, or the chunks of its tags."""
        text = text_of(document)
        if not text.strip():
            return
        if self._given:
            yield from self._of_tokens(document, text, counts)
            return
        parsed = self.pipeline(text)
        counts["exact"] += parsed.num_tokens
        for entity in parsed.ents:
            yield Found(entity.start_char, entity.end_char, entity.type, UNSET)

    @property
    def _given(self) -> bool:
        return self.tokens != "stanza"

    def _of_tokens(self, document: Document, text: str, counts: Counter[str]) -> Iterator[Found]:
        units = words if self.tokens == "word" else syllables
        spans = [units(text, start, end) for start, end in sentence_spans(document)]
        spans = [each for each in spans if each]
        counts["exact"] += sum(map(len, spans))
        read = self.pipeline([[text[slice(*span)] for span in each] for each in spans])
        for sentence, parsed in zip(spans, read.sentences, strict=True):
            for first, last, kind in chunks([token.ner for token in parsed.tokens]):
                yield Found(sentence[first][0], sentence[last - 1][1], kind, UNSET)

    def _absent(self) -> ExtractorError:
        where = "its own directory" if self.directory is None else repr(str(self.directory))
        return ExtractorError(
            f"{self.name}: stanza has no model for {self.model!r} in {where}; get it where there "
            f"is a network, with stanza.download({self.model!r}, processors={_PROCESSORS!r}), and "
            "name the folder with directory="
        )


def _paths(config: Any) -> Iterator[str]:  # noqa: ANN401 - stanza's settings of a processor
    """List the files that a processor was made from: one path, several, or some by name."""
    import os

    of_others = (each for named in config.get("dependencies", ()) for each in named.items())
    for key, value in (*config.items(), *of_others):
        if key.endswith("path"):
            paths = value if isinstance(value, list) else str(value).split(";")
            yield from (path for path in map(str, paths) if os.path.isfile(path))  # noqa: PTH113
