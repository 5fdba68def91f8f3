"""Running an extractor over gold texts, so that a rerun goes on where a killed run stopped."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from time import perf_counter
from typing import TYPE_CHECKING

from msgspec import structs

from vinee.bench import partial, reference
from vinee.bench.claims import SystemClaims
from vinee.bench.extracting import asked, blamed, speaking, without_gold
from vinee.bench.judged import Labels, checked, fit, never_given
from vinee.bench.progress import Progress, interrupt_told, restarts_told
from vinee.bench.result import System
from vinee.corpus.gold import content_hash
from vinee.extractors import Extractor, Trainable, contract
from vinee.extractors.base import UNKNOWN
from vinee.extractors.fitted import fit as fit_anew
from vinee.formats import native

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from vinee.bench.progress import OnProgress
    from vinee.bench.reference import GoldLike
    from vinee.corpus.labelmap import LabelMap
    from vinee.corpus.predictions import Predictions
    from vinee.extractors.base import Seen
    from vinee.model import Document

__all__ = ["LEAVE_ONE_OUT", "Progress", "Run", "describe", "run", "without_gold"]

LEAVE_ONE_OUT = "leave one document out"
"""How the card of a system begins that was fitted on the gold of the other documents."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a run gave.

    Attributes:
        system: The extractor's card.
        predictions: In ascending order of ``doc_id``.
        seconds: How long each document took, of those that an earlier run had not finished. For
            an extractor that works on several at a time, how long after the one before it came.
        restarts: How often the extractor's process was started again because it had ended.
    """

    system: System
    predictions: Predictions
    seconds: dict[str, float]
    restarts: int = 0


def run(
    extractor: Extractor,
    gold: GoldLike,
    out: Path,
    *,
    labels: LabelMap | None = None,
    on_progress: OnProgress | None = None,
) -> Run:
    """Run an extractor on each document and store what it gives as JSON Lines.

    The extractor sees ``doc_id``, text, sections and sentences, and no layer of the gold. One
    that learns is fitted, for each document, on the gold of the others.

    Args:
        extractor: Called with one document at a time.
        gold: Documents with their texts, in memory, or as they were read or checked.
        out: Where the predictions go, once all are there. Until then ``<stem>.partial.jsonl``
            beside it holds those that are done; a rerun of the same extractor, version and gold
            takes these over, unless the version is ``unknown``.
        labels: Renames and drops labels of what the extractor gave; what is stored has the new
            ones, so that it can be scored again.
        on_progress: Told of each document, of a partial file that is taken over or thrown away,
            of a process that is started again, of layers that are claimed and never given, and
            of what is kept when it is interrupted.

    Raises:
        InputError: The gold is not fit to be scored against.
        ExtractorError: The extractor failed, or its claims or what it gave break the contract.
        MissingExtraError: It needs a package that is not installed.
    """
    texts, known = reference.fit(gold)
    spoken = Labels(known, labels)
    extractor = speaking(extractor, spoken)
    documents = sorted(texts, key=lambda document: document.doc_id)
    system = describe(extractor, len(documents))
    identity = partial.Identity(system.name, system.version, content_hash(documents), system.claims)
    if labels is not None or spoken.are_own:
        # What it claims are labels from which the map leads away, or which the gold does not have.
        system = structs.replace(system, claims=None)
    name = f"{out.stem}.partial.jsonl"
    with partial.Partial(out.with_name(name), identity) as store:
        ids = {document.doc_id for document in documents}
        done = {each.doc_id: each for each in store.documents if each.doc_id in ids}

        def tell(message: str, *, is_notice: bool = False) -> None:
            if on_progress is not None:
                on_progress(Progress(system.name, len(done), len(documents), message, is_notice))

        if store.message:
            tell(store.message, is_notice=True)
        pending = [document for document in documents if document.doc_id not in done]
        seconds: dict[str, float] = {}
        with (
            interrupt_told(store, done, tell),
            restarts_told(extractor, tell) as restarts,
        ):
            started = perf_counter()
            for document, found in _extracted(extractor, pending, documents, spoken):
                store.append(found)
                done[document.doc_id] = found
                seconds[document.doc_id] = perf_counter() - started
                tell(document.doc_id)
                started = perf_counter()
        ordered = [done[document.doc_id] for document in documents]
        whole = checked(system.name, ordered, documents, spoken)
        native.write_lines(out, whole.documents)
        if lacking := never_given(extractor.claims, whole.documents):
            tell(
                f"claims the layers {', '.join(lacking)} and gave them in no document, so they are "
                "not scored; a layer in which nothing was found is (), not None",
                is_notice=True,
            )
    store.remove()
    return Run(system, whole, seconds, len(restarts))


def describe(extractor: Extractor, documents: int) -> System:
    """Write down an extractor's card.

    Args:
        extractor: The extractor.
        documents: How many documents the gold has; one that learns is fitted on all but one.

    Raises:
        ExtractorError: The card is not what it must be, or claims what the ontology lacks.
    """
    contract.check(extractor)
    trained_on = extractor.trained_on
    if isinstance(extractor, Trainable):
        trained_on = (
            f"{LEAVE_ONE_OUT}: fitted, for each of the {documents} documents, on the gold "
            f"of the other {documents - 1}"
        )
        if getattr(extractor, "texts_seen", UNKNOWN) in ("possibly", "yes"):
            # What it learnt before it was fitted counts too.
            trained_on = f"{trained_on}; before that: {extractor.trained_on}"
    claims = SystemClaims.of(extractor.claims) if extractor.claims.declared else None
    seen: Seen = getattr(extractor, "texts_seen", "unknown")
    return System(
        extractor.name,
        extractor.version,
        trained_on,
        getattr(extractor, "licence", UNKNOWN),
        seen,
        claims,
    )


def _extracted(
    extractor: Extractor, pending: Sequence[Document], gold: Sequence[Document], spoken: Labels
) -> Iterator[tuple[Document, Document]]:
    """Give each pending document with what was found in it, as soon as it is there."""
    if getattr(extractor, "concurrency", 1) > 1 and not isinstance(extractor, Trainable):
        yield from _at_once(extractor, pending, spoken)
        return
    for document in pending:
        with blamed(extractor, document):
            others = [each for each in gold if each.doc_id != document.doc_id]
            found = asked(_ready(extractor, others), document)
        yield document, fit(extractor, document, found, spoken)


def _at_once(
    extractor: Extractor, pending: Sequence[Document], spoken: Labels
) -> Iterator[tuple[Document, Document]]:
    """Hand over all documents, to an extractor that works on several at a time."""
    if not pending:
        return
    with blamed(extractor, pending[0]):
        answers = iter(extractor.extract([without_gold(document) for document in pending]))
    for document in pending:
        # What comes after the last is seen before that one is kept: a rerun then meets it again.
        wanted = 1 if document is not pending[-1] else 2
        with blamed(extractor, document):
            found = list(islice(answers, wanted))
        yield document, fit(extractor, document, found, spoken)


def _ready(extractor: Extractor, others: list[Document]) -> Extractor:
    if not isinstance(extractor, Trainable):
        return extractor
    return fit_anew(extractor, others)
