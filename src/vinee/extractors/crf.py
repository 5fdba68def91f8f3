"""A linear-chain conditional random field, trained anew for each fold."""

from __future__ import annotations

import tempfile
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from vinee import ontology
from vinee.errors import ExtractorError, MissingExtraError
from vinee.extractors.base import Claims, named_mentions, sentence_spans, text_of
from vinee.extractors.features import features
from vinee.model import Document, Event, Span
from vinee.text import decode, encode, syllables

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_PACKAGE = "python-crfsuite"
_MODULE = "pycrfsuite"
_EXTRA = "baselines"
_ALGORITHM = "lbfgs"
# c1 and c2 weigh the L1 and L2 penalties. Customary values, tuned on nothing.
_PARAMETERS = {"c1": 0.1, "c2": 0.01, "max_iterations": 100}


class CrfExtractor:
    """Two conditional random fields over the syllables of each sentence, from ``python-crfsuite``.

    One tags names (mentions of level NAM with their fine labels; of nested ones the outermost),
    the other tags event triggers with their types; both in IOB2. The features are the syllables'
    own forms and those of two neighbours on either side: no word list, no word segmenter, and
    nothing of the `rules` baseline. Arguments are not attempted.

    The algorithm (L-BFGS) draws no random numbers: the same documents in the same order give the
    same model, byte for byte.

    Needs the extra ``baselines``.
    """

    name = "crf"
    requires = (_MODULE,)

    def __init__(self) -> None:
        self._names: bytes | None = None
        self._triggers: bytes | None = None
        self._seen: tuple[str, ...] = ()

    @property
    def version(self) -> str:
        """Version of the installed ``python-crfsuite`` and the parameters of the training.

        Raises:
            MissingExtraError: It is not installed.
        """
        try:
            version = metadata.version(_PACKAGE)
        except metadata.PackageNotFoundError as error:
            raise MissingExtraError(_PACKAGE, _EXTRA) from error
        parameters = ",".join(f"{key}={value}" for key, value in _PARAMETERS.items())
        return f"{_PACKAGE} {version} ({_ALGORITHM},{parameters})"

    @property
    def claims(self) -> Claims:
        """All fine labels that a name can bear, and all event types, seen in training or not."""
        labels = ontology.default()
        return Claims(
            entities=tuple(entity.name for entity in labels.entities if "NAM" in entity.levels),
            events=labels.event_labels,
        )

    @property
    def trained_on(self) -> str:
        """The documents that it was fitted on."""
        if not self._seen:
            return "nothing yet: fit() gives it the other articles of the fold"
        return f"only the documents that it was fitted on: {', '.join(self._seen)}"

    def fit(self, documents: Sequence[Document]) -> CrfExtractor:
        """Train on documents that have mentions and events; this extractor stays as it was.

        Raises:
            MissingExtraError: ``python-crfsuite`` is not installed.
            ExtractorError: There is no document, or one lacks its text, mentions or events.
        """
        if not documents:
            raise ExtractorError("the CRF has no documents to learn from; give fit() at least one")
        fitted = CrfExtractor()
        fitted._names = _train((each, _name_spans(each)) for each in documents)
        fitted._triggers = _train((each, _trigger_spans(each)) for each in documents)
        fitted._seen = tuple(document.doc_id for document in documents)
        return fitted

    def extract(self, documents: Sequence[Document]) -> list[Document]:
        """Annotate documents with names and with events that have no arguments.

        Raises:
            ExtractorError: It was not fitted, or a document has no text.
        """
        if self._names is None or self._triggers is None:
            raise ExtractorError(
                "the CRF was not fitted; call fit(documents) with annotated documents first "
                "and extract with what it returns"
            )
        names, triggers = _opened(self._names), _opened(self._triggers)
        return [_annotate(document, names, triggers) for document in documents]


class _Tagger(Protocol):
    def tag(self, xseq: list[list[str]]) -> list[str]:
        """Tag one sentence."""
        ...


def _train(examples: Iterable[tuple[Document, list[tuple[int, int, str]]]]) -> bytes:
    try:
        import pycrfsuite
    except ModuleNotFoundError as error:
        raise MissingExtraError(_PACKAGE, _EXTRA) from error
    trainer = pycrfsuite.Trainer(algorithm=_ALGORITHM, params=_PARAMETERS, verbose=False)
    for document, spans in examples:
        text = text_of(document)
        for start, end in sentence_spans(document):
            tokens = syllables(text, start, end)
            inside = [span for span in spans if start <= span[0] and span[1] <= end]
            trainer.append(features(text, tokens), encode(tokens, _flat(inside, tokens)))
    # The library writes its model to a path and nowhere else.
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.crfsuite"
        trainer.train(str(path))
        return path.read_bytes()


def _opened(model: bytes) -> _Tagger:
    import pycrfsuite

    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(model)
    opened: _Tagger = tagger
    return opened


def _annotate(document: Document, names: _Tagger, triggers: _Tagger) -> Document:
    text = text_of(document)
    mentions: list[tuple[int, int, str]] = []
    events: list[tuple[int, int, str]] = []
    for start, end in sentence_spans(document):
        tokens = syllables(text, start, end)
        observed = features(text, tokens)
        mentions += decode(tokens, names.tag(observed))
        events += decode(tokens, triggers.tag(observed))
    return Document(
        document.doc_id,
        mentions=named_mentions(text, mentions),
        events=tuple(
            Event(label, Span(start, end, text[start:end]), id=f"ev{number}")
            for number, (start, end, label) in enumerate(events, start=1)
        ),
    )


def _name_spans(document: Document) -> list[tuple[int, int, str]]:
    if document.mentions is None:
        raise _unannotated(document, "mentions")
    return [(each.start, each.end, each.type) for each in document.mentions if each.level == "NAM"]


def _trigger_spans(document: Document) -> list[tuple[int, int, str]]:
    if document.events is None:
        raise _unannotated(document, "events")
    return [(each.trigger.start, each.trigger.end, each.type) for each in document.events]


def _unannotated(document: Document, layer: str) -> ExtractorError:
    return ExtractorError(
        f"document {document.doc_id!r} has no layer {layer!r} to learn from; "
        "fit the CRF on documents with mentions and events"
    )


def _flat(
    spans: Iterable[tuple[int, int, str]], tokens: Sequence[tuple[int, int]]
) -> list[tuple[int, int, str]]:
    """Keep the outermost of spans that share a syllable, the first of equals."""
    taken: set[int] = set()
    kept = []
    for start, end, label in sorted(spans, key=lambda span: (span[0] - span[1], span)):
        covered = {
            index for index, (first, last) in enumerate(tokens) if first < end and start < last
        }
        if covered and not covered & taken:
            taken |= covered
            kept.append((start, end, label))
    return kept
