"""A language model as an extractor: what it says of itself, and what it gives for a document."""

from __future__ import annotations

import os
from dataclasses import KW_ONLY, InitVar, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from vinee import ontology
from vinee.errors import ExtractorError
from vinee.extractors.base import Claims, text_of
from vinee.extractors.http.client import Limits
from vinee.extractors.http.in_order import in_order
from vinee.extractors.llm import account, identity, prompts, schema, shots, transport, units
from vinee.extractors.llm.annotating import Annotations
from vinee.extractors.llm.cache import Cache
from vinee.extractors.llm.chat import Chat, Line
from vinee.extractors.llm.dialogue import Dialogue
from vinee.extractors.llm.settings import LAYERS, LEVELS, Settings
from vinee.extractors.llm.transport import Patience, StoppedError
from vinee.model import Document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import TracebackType

    from vinee.extractors.base import Seen
    from vinee.extractors.llm.settings import Language, Layer, Unit
    from vinee.extractors.llm.usage import Price, Usage
    from vinee.model import Level

_URL_FROM = "OPENAI_BASE_URL"


@dataclass(eq=False)
class LlmExtractor:
    """A model behind an OpenAI-compatible chat endpoint, asked with prompts from the ontology.

    The model answers strings, which are brought onto the text. What went wrong is counted for each
    document in ``meta["llm"]``, how strings were found in ``meta["alignment"]``, and what the
    answers took in ``meta["usage"]``. With ``shots`` this makes a `FewShotLlmExtractor`.

    Args:
        model: Name of the model, as the endpoint knows it.
        url: Address of the endpoint, ``https://host/v1``; from ``OPENAI_BASE_URL`` if not given.
        shots: How many annotated sentences of other documents the model is shown.
        cache: A folder for answers; a request that was answered before is not sent again.
        layers: What the model is asked for.
        levels: Levels of the mentions that it is asked for.
        unit: How much text it is given at a time.
        language: Language of the instructions; definitions of labels are always English.
        temperature: 0 for the likeliest answer; None leaves it to the endpoint.
        seed: None leaves it to the endpoint.
        options: Further fields of each request, such as ``{"max_tokens": 4000}``.
        price: What a million tokens cost, of the prompt and of the answer.
        token_from: Name of the environment variable that holds a key; none is sent if it is empty.
        concurrency: How many requests are under way at a time.
        name: Name in results.
        version: Of the model, if its name does not say it: digest or date of its weights.
        trained_on: What it was trained on, in plain words.
        licence: Of the model, as SPDX names it.
        texts_seen: Whether its makers or its training may have had the texts.
        connect: Most seconds to connect.
        timeout: Most seconds for an answer.
        retries: How often a request is sent again.
        backoff: Seconds before it is sent again for the first time.
        longest_wait: Most seconds to wait; an endpoint that asks for more is not waited for.
        longest: Most bytes of an answer.

    Raises:
        ExtractorError: One of these is not what it must be.
    """

    model: str
    _: KW_ONLY
    url: InitVar[str | None] = None
    shots: int = 0
    cache: Path | str | None = None
    layers: tuple[Layer, ...] = LAYERS
    levels: tuple[Level, ...] = LEVELS
    unit: Unit = "paragraph"
    language: Language = "en"
    temperature: float | None = 0.0
    seed: int | None = 1
    options: Mapping[str, Any] = field(default_factory=dict)
    price: Price | None = None
    token_from: str = "OPENAI_API_KEY"  # noqa: S105 - the name of a variable, not its content
    concurrency: int = 1
    name: str = ""
    version: str = ""
    trained_on: str = ""
    licence: str = "unknown"
    texts_seen: Seen = "possibly"
    connect: float = 10.0
    timeout: float = 300.0
    retries: int = 4
    backoff: float = 1.0
    longest_wait: float = 60.0
    longest: int = 10_000_000

    def __new__(cls, *_: object, shots: int = 0, **__: object) -> Self:
        """Make the class that learns where examples are to be shown."""
        return super().__new__(FewShotLlmExtractor if shots and cls is LlmExtractor else cls)  # type: ignore[return-value]

    def __post_init__(self, url: str | None) -> None:
        if not self.model.strip() or not self.model.isprintable():
            raise ExtractorError(f"the name of a model must be printable (got {self.model!r})")
        if self.concurrency < 1:
            raise ExtractorError(f"concurrency must be at least 1 (got {self.concurrency!r})")
        self._settings = Settings(
            *(self.layers, self.levels, self.unit, self.language, self.shots),
            *(self.temperature, self.seed, self.options),
        )
        line = self._line(url)
        fields = self._settings.sampling()
        formats = {
            "json_schema": schema.response_format(self._settings),
            "json_object": {"type": "json_object"},
        }
        self._chat = Chat(line, self.model, fields, formats)
        self._system = prompts.system(self._settings)
        self._examples: tuple[shots.Shot, ...] = ()
        self.name = self.name or f"llm:{self.model}" + (f" ({self.shots} shots)" * bool(self.shots))
        self.version = identity.version(
            self.model, self.version, line.endpoint.shown, self._system, self._settings
        )
        self.trained_on = self.trained_on or (
            f"unknown: whatever the makers of {self.model} trained it on; the articles are public "
            "news of 2025, so a model made later may have read them"
        )

    @property
    def claims(self) -> Claims:
        """All labels of the layers and levels that the model is asked for."""
        labels = ontology.default()
        mentions, events = "mentions" in self.layers, "events" in self.layers
        return Claims(
            entities=schema.asked_entities(self._settings, labels) if mentions else (),
            timexes="timexes" in self.layers,
            events=labels.event_labels if events else (),
            roles=labels.role_labels if events else (),
            levels=self.levels if mentions else (),
        )

    @property
    def usage(self) -> Usage:
        """What all requests of this extractor took, those of its fitted copies included."""
        return self._chat.usage.at(self.price)

    def extract(self, documents: Sequence[Document]) -> Iterator[Document]:
        """Ask the model about one document after the other.

        Raises:
            ExtractorError: The endpoint does not answer, or nothing in it can be read from the
                first document on.
            MissingExtraError: The package for it is not installed.
        """
        return map(self._annotate, documents)

    def close(self) -> None:
        """Close the connections; a later document opens new ones."""
        self._chat.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _annotate(self, document: Document) -> Document:
        dialogue = Dialogue(self._chat, self._settings, self._opening(), text_of(document))
        stretches = units.stretches(document, self.unit)
        try:
            heard = list(in_order(dialogue.ask, stretches, self.concurrency))
            dialogue.check(heard)
        except (ExtractorError, StoppedError) as error:
            where = f"extractor {self.name!r}, document {document.doc_id!r}"
            raise ExtractorError(f"{where}: {error}") from error
        found = Annotations(dialogue.text, self._settings)
        for each in heard:
            for stretch, answer in each.answers:
                found.add(answer, stretch)
        return Document(
            document.doc_id,
            mentions=tuple(found.mentions) if "mentions" in self.layers else None,
            timexes=tuple(found.timexes) if "timexes" in self.layers else None,
            events=tuple(found.events) if "events" in self.layers else None,
            meta=account.meta(found, heard, self.price),
        )

    def _opening(self) -> list[prompts.Message]:
        opening = [{"role": "system", "content": self._system}]
        for shot in self._examples:
            opening += [prompts.text_message(shot.text), prompts.answered(shot.answer)]
        return opening

    def _line(self, url: str | None) -> Line:
        base = url or os.environ.get(_URL_FROM, "")
        if not base:
            raise ExtractorError(
                f"there is no endpoint for the model {self.model!r}; give its address as url, or "
                f"in the environment variable {_URL_FROM}, such as http://127.0.0.1:8000/v1"
            )
        return Line(
            transport.address(base),
            Limits(self.connect, self.timeout, self.longest, self.concurrency),
            Patience(self.retries, self.backoff, self.longest_wait),
            self.token_from,
            None if self.cache is None else Cache(Path(self.cache)),
        )


class FewShotLlmExtractor(LlmExtractor):
    """A model that is shown annotated sentences of other documents; `fit` chooses them."""

    def fit(self, documents: Sequence[Document]) -> LlmExtractor:
        """Choose sentences to show; the text and the gold of these go to the endpoint too.

        Returns:
            A new extractor, which shares connections, cache and usage with this one.

        Raises:
            ExtractorError: No document has all the layers that are asked for.
        """
        fitted = object.__new__(LlmExtractor)
        vars(fitted).update(vars(self))
        fitted._examples = shots.choose(documents, self._settings)
        return fitted

    def extract(self, documents: Sequence[Document]) -> Iterator[Document]:
        """Refuse: nothing was chosen yet.

        Raises:
            ExtractorError: Always.
        """
        raise ExtractorError(
            f"extractor {self.name!r} has no sentences to show the model; call fit() first, or set "
            f"shots=0 (got {len(documents)} documents)"
        )
