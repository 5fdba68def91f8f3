"""From the short form of a file of scenarios to its cases: one for each metric of a scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec
import yaml
from msgspec import Struct
from msgspec.structs import replace

from vinee.bench.conformance import notation
from vinee.bench.conformance.case import Case, CaseFile, Expected, Tagged, View
from vinee.bench.conformance.derived import derived
from vinee.errors import SchemaError, VineeError, Where
from vinee.model import LAYERS, Document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Side: TypeAlias = str | list[str] | dict[str, list[str]] | None
"""Chains as words, items of the group's layer, items by layer; or None if not annotated."""
SHUFFLED = "-shuffled"


class Sides(Struct, frozen=True, forbid_unknown_fields=True):
    """A document; without ``predicted`` there is no prediction for it."""

    text: str | None = None
    gold: Side = None
    predicted: Side | msgspec.UnsetType = msgspec.UNSET


class Expectation(Struct, frozen=True, forbid_unknown_fields=True):
    """What is expected of a metric, as `vinee.bench.conformance.derived` reads it."""

    micro: str
    labels: dict[str, str] = {}
    units: dict[str, str] = {}
    derivation: str = ""


class Scenario(Struct, frozen=True, forbid_unknown_fields=True):
    """Documents that several metrics are asked about.

    Attributes:
        name: Unique; the first part of the ids of its cases.
        why: What it probes.
        expected: By names of metrics, several joined by a comma and a space.
        source: Where it is from.
        derivation: How the scores follow, for all metrics.
        text: Text of the only document, whose sides are `gold` and `predicted`.
        gold: Its gold.
        predicted: Its prediction.
        documents: The documents, if there are several.
        tags: Gold and predicted tags in place of documents.
        shuffled: Whether the same is asked again with everything in another order.
    """

    name: str
    why: str
    expected: dict[str, str | Expectation]
    source: str = "own"
    derivation: str = ""
    text: str | None = None
    gold: Side = None
    predicted: Side = None
    documents: dict[str, Sides] = {}
    tags: tuple[str, str] | None = None
    shuffled: bool = False


class Source(Struct, frozen=True, forbid_unknown_fields=True):
    """A file of scenarios."""

    group: str
    about: str
    scenarios: tuple[Scenario, ...]
    layer: str | None = None
    view: View | None = None


def read(path: Path) -> CaseFile:
    """Read a file of scenarios and make its cases.

    Raises:
        SchemaError: It is not of that shape.
        InvalidError: Some short form in it cannot be read; the scenario is named.
    """
    try:
        source = msgspec.convert(yaml.safe_load(path.read_bytes()), Source)
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise SchemaError("scenarios", Where(file=str(path)), str(error)) from error
    return CaseFile(1, source.group, source.about, tuple(_cases(source, path)))


def _cases(source: Source, path: Path) -> Iterator[Case]:
    for scenario in source.scenarios:
        try:
            for names, expectation in scenario.expected.items():
                for metric in names.split(", "):
                    yield from _asked(source, scenario, metric, expectation)
        except (VineeError, msgspec.ValidationError, ValueError) as error:
            where = Where(file=str(path), path=scenario.name)
            raise SchemaError("scenario", where, str(error)) from error


def _asked(
    source: Source, scenario: Scenario, metric: str, expectation: str | Expectation
) -> Iterator[Case]:
    wanted = Expectation(expectation) if isinstance(expectation, str) else expectation
    micro = derived(wanted.micro)
    reasons = (micro.words, wanted.derivation, scenario.derivation)
    case = Case(
        id=f"{scenario.name}@{metric}",
        metric=metric,
        why=scenario.why,
        source=scenario.source,
        derivation="; ".join(reason for reason in reasons if reason),
        expected=Expected(
            micro.scores,
            {label: derived(each).scores for label, each in wanted.labels.items()},
            {unit: derived(each).scores for unit, each in wanted.units.items()},
        ),
        view=source.view,
    )
    if scenario.tags is not None:
        yield replace(case, tags=Tagged(*map(notation.tags, scenario.tags)))
        return
    given = scenario.documents or {"d": Sides(scenario.text, scenario.gold, scenario.predicted)}
    gold = tuple(_document(source, each, doc_id, metric, "gold") for doc_id, each in given.items())
    predicted = tuple(
        _document(source, each, doc_id, metric, "predicted")
        for doc_id, each in given.items()
        if each.predicted is not msgspec.UNSET
    )
    yield replace(case, gold=gold, predicted=predicted)
    if scenario.shuffled:
        yield replace(
            case,
            id=f"{scenario.name}{SHUFFLED}@{metric}",
            why=f"{scenario.why} Documents and items are in the opposite order.",
            gold=tuple(map(_turned, reversed(gold))),
            predicted=tuple(map(_turned, reversed(predicted))),
        )


def _document(source: Source, sides: Sides, doc_id: str, metric: str, side: str) -> Document:
    written: Any = getattr(sides, side)
    if isinstance(written, str):
        used = "".join(f"{each} " for each in (sides.gold, sides.predicted) if each)
        chains = "".join(word.rpartition(":")[2] for word in used.split())
        events = "chains=events" in metric
        return notation.lettered(doc_id, "".join(sorted(set(chains))), written, events=events)
    layers = {source.layer or "": written} if isinstance(written, list) else written or {}
    document = notation.document(doc_id, sides.text or "", layers)
    # Only gold needs its text; that a prediction may leave it out is part of the shape.
    return document if side == "gold" else replace(document, text=None)


def _turned(document: Document) -> Document:
    found = {name: getattr(document, name) for name in LAYERS}
    turned = {name: items[::-1] for name, items in found.items() if items is not None}
    return replace(document, **turned)
