"""A linear-chain conditional random field, trained anew for each fold."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from vinee import ontology
from vinee.errors import ExtractorError, MissingExtraError
from vinee.extractors.base import Claims, named_mentions, sentence_spans, text_of
from vinee.extractors.features import features
from vinee.extractors.installed import package_version
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
    nothing of the `rules` baseline. Arguments are not attempted. Each learns from the documents
    that have its layer; where none has it, that layer is not predicted.

    The algorithm (L-BFGS) draws no random numbers: the same documents in the same order give the
    same model, byte for byte.

    Needs the extra ``baselines``.
    """

    name = "crf"
    requires = (_MODULE,)

    def __init__(self) -> None:
        self._names: bytes | None = None
        self._triggers: bytes | None = None
        self._named: tuple[str, ...] = ()
        self._triggered: tuple[str, ...] = ()

    @property
    def version(self) -> str:
        """Version of the installed ``python-crfsuite`` and the parameters of the training.

        Raises:
            MissingExtraError: It is not installed.
        """
        version = package_version(_PACKAGE, _EXTRA)
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

    licence = "Apache-2.0"
    texts_seen = "no"

    @property
    def trained_on(self) -> str:
        """The documents that it was fitted on, and what it cannot predict for want of any."""
        if not self._named and not self._triggered:
            return "nothing yet: fit() gives it the other articles of the fold"
        said = "only the documents that it was fitted on: "
        if self._named == self._triggered:
            return said + ", ".join(self._named)
        names = ", ".join(self._named) or "none, so it predicts no mentions"
        triggers = ", ".join(self._triggered) or "none, so it predicts no events"
        return f"{said}for names {names}; for event triggers {triggers}"

    def fit(self, documents: Sequence[Document]) -> CrfExtractor:
        """Train on documents that have mentions or events; this extractor stays as it was.

        A layer that no document has is not learnt, and `extract` leaves it ``None``;
        `trained_on` of what is returned says so.

        Raises:
            MissingExtraError: ``python-crfsuite`` is not installed.
            ExtractorError: No document has mentions or events, or one that has lacks its text.
        """
        named = [each for each in documents if each.mentions is not None]
        triggered = [each for each in documents if each.events is not None]
        if not named and not triggered:
            raise ExtractorError(
                "the CRF has no documents to learn from; give fit() at least one that has the "
                f"layer 'mentions' or 'events' (got {len(documents)} with neither)"
            )
        fitted = CrfExtractor()
        fitted._names = _train((each, _name_spans(each)) for each in named) if named else None
        fitted._triggers = (
            _train((each, _trigger_spans(each)) for each in triggered) if triggered else None
        )
        fitted._named = tuple(document.doc_id for document in named)
        fitted._triggered = tuple(document.doc_id for document in triggered)
        return fitted

    def extract(self, documents: Sequence[Document]) -> list[Document]:
        """Annotate documents with names and with events that have no arguments.

        A layer that none of the documents it was fitted on had stays ``None``.

        Raises:
            ExtractorError: It was not fitted, or a document has no text.
        """
        if self._names is None and self._triggers is None:
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


def _opened(model: bytes | None) -> _Tagger | None:
    if model is None:
        return None
    import pycrfsuite

    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(model)
    opened: _Tagger = tagger
    return opened


def _annotate(document: Document, names: _Tagger | None, triggers: _Tagger | None) -> Document:
    text = text_of(document)
    mentions: list[tuple[int, int, str]] = []
    events: list[tuple[int, int, str]] = []
    for start, end in sentence_spans(document):
        tokens = syllables(text, start, end)
        observed = features(text, tokens)
        if names is not None:
            mentions += decode(tokens, names.tag(observed))
        if triggers is not None:
            events += decode(tokens, triggers.tag(observed))
    return Document(
        document.doc_id,
        mentions=None if names is None else named_mentions(text, mentions),
        events=None
        if triggers is None
        else tuple(
            Event(label, Span(start, end, text[start:end]), id=f"ev{number}")
            for number, (start, end, label) in enumerate(events, start=1)
        ),
    )


def _name_spans(document: Document) -> list[tuple[int, int, str]]:
    named = (each for each in document.mentions or () if each.level == "NAM")
    return [(each.start, each.end, each.type) for each in named]


def _trigger_spans(document: Document) -> list[tuple[int, int, str]]:
    return [(each.trigger.start, each.trigger.end, each.type) for each in document.events or ()]


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
