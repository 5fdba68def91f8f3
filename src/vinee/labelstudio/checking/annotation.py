"""One annotation or prediction: read as a document, or told why it cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

from vinee import ontology as of_labels
from vinee.errors import InputError, Where
from vinee.formats.label_studio import reading
from vinee.formats.label_studio.faults import Faults
from vinee.formats.label_studio.regions import Regions
from vinee.formats.label_studio.shapes import Annotation
from vinee.formats.placed import placed
from vinee.labelstudio.checking.blemishes import blemish_of
from vinee.labelstudio.checking.document import document_findings
from vinee.labelstudio.checking.found import at, error, of_error, of_fault
from vinee.labelstudio.checking.items import item_findings, region_findings, typed_items

if TYPE_CHECKING:
    from collections.abc import Collection

    from vinee.formats.label_studio.shapes import Data
    from vinee.labelstudio.checking.found import TaskFinding
    from vinee.model import Document
    from vinee.ontology import Ontology


@dataclass(frozen=True)
class Rules:
    """What is asked of an annotation.

    Attributes:
        ontology: The labels that there are.
        guidelines: Whether to ask also for what only gold must satisfy.
        others: Names of controls that the project has and we do not read, such as a comment;
            an item of such a control is a warning, of any other an error.
        users: Names and numbers of those who may have made it; anybody if not given.
    """

    ontology: Ontology = field(default_factory=of_labels.default)
    guidelines: bool = True
    others: Collection[str] = ()
    users: Collection[str] | None = None


@dataclass(frozen=True)
class Sound:
    """What came of a check.

    Attributes:
        document: What was read; ``None`` where something refuses it.
        findings: All that was found.
    """

    document: Document | None
    findings: tuple[TaskFinding, ...]


ANNOTATION, PREDICTION = "annotation", "prediction"


class _Prediction(msgspec.Struct):
    """What of a prediction is not in its result."""

    score: float | None = None
    model_version: str | None = None


def check_annotation(
    raw: object, data: Data, where: Where, rules: Rules | None = None, kind: str = ANNOTATION
) -> Sound:
    """Check an annotation or a prediction, and read it.

    Args:
        raw: It, as JSON.
        data: The data of its task, which has a text.
        where: The place of the annotation in the task.
        rules: What is asked of it; the guidelines are never asked of a prediction.
        kind: ``annotation`` or ``prediction``.

    Returns:
        The document, if it can be read, and all findings.
    """
    rules = rules or Rules()
    findings = _own_findings(raw, where, rules, kind)
    result = raw.get("result") if isinstance(raw, Mapping) else None
    if not isinstance(result, list | tuple):
        problem = f"must have a result, a list (got {type(result).__name__}); save it again"
        return Sound(None, (*findings, error("schema", at(where, ".result"), problem)))
    text = data.text or ""
    items, wrong, refused = typed_items(result, at(where, ".result"))
    findings += wrong
    for item, whole in items:
        findings += item_findings(item, whole, where, rules.others)
    plain = [item for item, _ in items]
    regions = Regions(plain, len(text), Faults(refused=refused))
    document = reading.annotated(data, text, regions)
    findings += [of_fault(fault, where) for fault in regions.faults.found]
    findings += region_findings(regions, plain, text, where)
    if any(finding.refuses for finding in findings):
        return Sound(None, tuple(findings))
    try:
        document = placed(document)
    except InputError as raised:
        return Sound(None, (*findings, of_error(raised, where)))
    guidelines = rules.guidelines and kind == ANNOTATION
    findings += document_findings(document, regions, rules.ontology, where, guidelines=guidelines)
    is_refused = any(finding.refuses for finding in findings)
    return Sound(None if is_refused else document, tuple(findings))


def _own_findings(raw: object, where: Where, rules: Rules, kind: str) -> list[TaskFinding]:
    """``schema``, ``annotator-unknown``: what is wrong beside the result."""
    if not isinstance(raw, Mapping):
        return [error("schema", where, f"must be an object (got {type(raw).__name__}); save again")]
    own = {key: value for key, value in raw.items() if key != "result"}
    if blemish := blemish_of(own, where):
        return [of_error(blemish, where)]
    try:
        if kind == PREDICTION:
            msgspec.convert(own, _Prediction)
            return []
        annotation = msgspec.convert(own, Annotation)
    except msgspec.ValidationError as wrong:
        return [error("schema", where, f"is not as exported: {wrong}; save it again")]
    return _annotator_findings(annotation, where, rules)


def _annotator_findings(annotation: Annotation, where: Where, rules: Rules) -> list[TaskFinding]:
    names = annotation.names()
    if rules.users is None or not names or not {*names}.isdisjoint(rules.users):
        return []
    problem = (
        f"is said to be by {names[0]!r}, who is nobody on this server; "
        "name somebody who is, or leave completed_by out"
    )
    return [error("annotator-unknown", at(where, ".completed_by"), problem)]


def is_cancelled(raw: object) -> bool:
    """Tell whether an annotation was skipped: what it holds was not submitted."""
    found: Any = raw.get("was_cancelled") if isinstance(raw, Mapping) else None
    return found is True
