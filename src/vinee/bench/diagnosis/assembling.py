"""A diagnosis from predictions and gold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee.bench import reference as user_gold
from vinee.bench import tasks
from vinee.bench.diagnosis.told import Diagnosis, ItemDiagnosis, Told, ToldItem
from vinee.bench.result import Corpus, Skipped
from vinee.bench.scorable import why_not_these
from vinee.corpus import gold as our_gold
from vinee.corpus import predictions
from vinee.corpus.foreign import view_with
from vinee.corpus.predictions import Predictions
from vinee.errors import InvalidError, MissingExtraError, UnknownNameError, Where
from vinee.metrics.diagnostics import (
    Arguments,
    Mentions,
    Times,
    Triggers,
    attributes,
    bucketed,
    compared,
    confused,
)
from vinee.metrics.diagnostics.seen import seen
from vinee.metrics.diagnostics.segmented import segmented

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vinee.bench.reference import GoldLike
    from vinee.bench.tasks import Task
    from vinee.metrics.diagnostics import Attribute, Case, Found, Kind
    from vinee.model import Document
    from vinee.ontology import Ontology

TASKS = ("ner", "ner_fine", "mentions", "events", "timex")


def diagnose(
    predicted: Sequence[Document] | Predictions,
    task: Task | str = "ner",
    *,
    gold: GoldLike = None,
    training: Sequence[Document] | None = None,
    words: bool = True,
) -> Diagnosis:
    """Tell what became of each item of a task, and where the errors are.

    The order of documents and items changes nothing. Gold documents whose layer was not annotated
    are left out; one without a prediction is missed.

    Args:
        predicted: Documents, which are checked strictly first; or predictions that were read and
            checked.
        task: A task of mentions, events or times, or its name.
        gold: The gold; ours if not given. It may have labels of its own.
        training: Documents, with texts, that a system may have learnt strings from; all of gold
            if not given. None of them counts for the items of a document of its own ``doc_id``.
        words: Whether to ask which items word segmentation cuts, which is slow.

    Raises:
        UnknownNameError: There is no such task, or it is one of chains.
        InvalidError: No gold document, or no predicted one, has the task's layer, or the
            predictions have labels that it does not score.
        PredictionError: The predictions do not fit the gold texts or the labels.
        InputError: Gold or training is not fit to be compared with.
        IntegrityError: No gold was given, and ours is not there.
    """
    task = task if isinstance(task, tasks.Task) else tasks.get(task)
    reference, labels = user_gold.fit(gold)
    checked = (
        predicted
        if isinstance(predicted, Predictions)
        else predictions.check(predicted, reference, labels_of=labels)
    )
    _refuse_what_is_empty(task, reference, checked.documents)
    if reason := why_not_these(task, checked.documents, labels):
        problem = f"task {task.name} is not scored: {reason}; choose another task"
        raise InvalidError("not-scored", Where(), problem)
    learnt = reference if training is None else training
    return Diagnosis(
        task=task.name,
        corpus=_corpus(reference, checked.documents, task),
        items=tuple(
            _of_kind(kind, reference, checked.documents, learnt, words=words)
            for kind in _kinds(task, labels)
        ),
        findings=checked.counted(),
        grounding=_grounding(checked.documents),
    )


def _kinds(task: Task, labels: Ontology) -> tuple[Kind, ...]:
    view = task.view()
    if view is not None:
        return (Mentions(view_with(view, labels)),)
    if task.layer == "events":
        return Triggers(), Arguments()
    if task.layer == "timexes":
        return (Times(),)
    raise UnknownNameError("task that can be diagnosed", task.name, TASKS)


def _refuse_what_is_empty(
    task: Task, reference: Sequence[Document], predicted: Sequence[Document]
) -> None:
    for whose, documents in (("gold", reference), ("predicted", predicted)):
        if documents and all(getattr(each, task.layer) is None for each in documents):
            raise InvalidError(
                "no-layer",
                Where(),
                f"no {whose} document has the layer {task.layer!r}, which task {task.name} is "
                "about; choose another task",
            )


def _corpus(reference: Sequence[Document], predicted: Sequence[Document], task: Task) -> Corpus:
    annotated = {each.doc_id for each in reference if getattr(each, task.layer) is not None}
    digest = our_gold.content_hash(reference)
    return Corpus(
        version=our_gold.edition().version if digest == user_gold.our_hash() else "user",
        hash=digest,
        scored=tuple(sorted(annotated)),
        unscored=tuple(sorted({each.doc_id for each in reference} - annotated)),
        unpredicted=tuple(sorted(annotated - {each.doc_id for each in predicted})),
    )


def _of_kind(
    kind: Kind,
    gold: Sequence[Document],
    predicted: Sequence[Document],
    training: Sequence[Document],
    *,
    words: bool,
) -> ItemDiagnosis:
    documents = compared(kind, gold, predicted)
    known: list[Attribute] = []
    skipped: list[Skipped] = []
    for found in _attributes(kind, gold, training, words=words):
        if isinstance(found, Skipped):
            skipped.append(found)
        else:
            known.append(found)
    return ItemDiagnosis(
        kind=kind.name,
        metric=kind.metric,
        settings=kind.settings,
        cases=tuple(_told(case, each.gold.text or "") for each in documents for case in each.cases),
        confusion=confused(case for each in documents for case in each.cases),
        buckets=tuple(bucketed(kind, documents, each) for each in known),
        skipped=tuple(skipped),
    )


def _attributes(
    kind: Kind, gold: Sequence[Document], training: Sequence[Document], *, words: bool
) -> Iterator[Attribute | Skipped]:
    yield attributes.LABEL
    yield attributes.LENGTH
    if kind.name == "mentions":
        yield attributes.LEVEL
    if kind.name == "arguments":
        yield attributes.FILLER
        yield attributes.TRIGGER
    yield attributes.NESTING
    if training and len({each.doc_id for each in (*training, *gold)}) > 1:
        yield seen(kind, training)
    else:
        yield Skipped("string", "there is no other document to have seen it in")
    if kind.name == "mentions":
        if any(each.entities for each in gold):
            yield attributes.entity_frequency(gold)
        else:
            yield Skipped("entity", "the gold has no entities")
    if any(each.sections for each in gold):
        yield attributes.SECTION
    else:
        yield Skipped("section", "the gold has no sections")
    yield attributes.SENTENCE
    yield _words() if words else Skipped("words", "it was not asked for")
    yield attributes.ARTICLE


def _words() -> Attribute | Skipped:
    try:
        return segmented()
    except MissingExtraError as error:
        return Skipped("words", str(error))


def _told(case: Case, text: str) -> Told:
    return Told(case.doc_id, case.outcome, _item(case.gold, text), _item(case.predicted, text))


def _item(item: Found | None, text: str) -> ToldItem | None:
    if item is None:
        return None
    event = None
    if item.frame:
        start, end, type_ = item.frame
        event = ToldItem(start, end, text[start:end], type_)
    return ToldItem(item.start, item.end, text[item.start : item.end], item.label, event)


def _grounding(predicted: Sequence[Document]) -> Mapping[str, Mapping[str, int]]:
    found = {}
    for document in sorted(predicted, key=lambda each: each.doc_id):
        counted = (document.meta or {}).get("alignment")
        if isinstance(counted, dict):
            numbers = {key: each for key, each in counted.items() if type(each) is int}
            found[document.doc_id] = dict(sorted(numbers.items()))
    return found
