from __future__ import annotations

from itertools import combinations, product

import pytest
from msgspec.structs import replace

from vinee.bench import tasks
from vinee.bench.significance.changed import changes
from vinee.corpus import predictions
from vinee.corpus.gold import documents
from vinee.metrics import registry
from vinee.metrics.base import Metric
from vinee.metrics.items import itemised
from vinee.model import Document, Timex
from vinee.resources import root

FILES = sorted((root() / "benchmark" / "predictions").glob("*.jsonl"))
OF_MENTIONS = [
    *("ner.strict", "boundary", "ner.nested", "ner.strict(levels=NOM)", "ner.strict(span=extent)")
]
OTHERS = [
    *("events.TI", "events.TC", "events.AI", "events.AC", "events.AI+", "events.AC+"),
    *("events.AC(implicit=included)", "events.AC+(implicit=included)"),
    *("events.polarity", "events.realis", "events.modality"),
    *("timex.span", "timex.type", "timex.value", "timex.full"),
    *("link.strong", "link.strong(nil=included)"),
]


@pytest.fixture(scope="module")
def systems() -> dict[str, tuple[Document, ...]]:
    return {path.stem: tuple(predictions.read(path, documents()).documents) for path in FILES}


def made(name: str, task: str) -> Metric:
    view = tasks.get(task).view()
    return registry.metric(name, view=view)


def correct(metric: Metric, predicted: tuple[Document, ...]) -> int:
    return int(metric.counts(documents(), predicted).table[..., 0].sum())


@pytest.mark.parametrize(
    ("name", "task"),
    [
        *product(OF_MENTIONS, ("ner", "ner_fine", "mentions")),
        *((name, "ner") for name in OTHERS),
    ],
)
def test_the_net_of_the_changed_items_is_the_difference_of_the_counts(
    name: str, task: str, systems: dict[str, tuple[Document, ...]]
) -> None:
    metric = made(name, task)
    counted = {system: correct(metric, predicted) for system, predicted in systems.items()}

    for one, other in combinations(systems, 2):
        found = changes(metric, documents(), systems[one], systems[other])
        assert found is not None
        net = sum((each.first == "correct") - (each.second == "correct") for each in found)
        assert net == counted[one] - counted[other]


@pytest.mark.parametrize("name", [*OF_MENTIONS, *OTHERS])
def test_the_items_are_as_many_as_the_metric_counts(
    name: str, systems: dict[str, tuple[Document, ...]]
) -> None:
    metric = made(name, "ner_fine")
    found = itemised(metric, documents(), systems["rules"])

    assert found is not None
    sides = list(found.values())
    assert metric.counts(documents(), systems["rules"]).table.sum(axis=(0, 1)).tolist() == [
        sum(len(each.gold & each.predicted) for each in sides),
        sum(len(each.predicted) for each in sides),
        sum(len(each.gold) for each in sides),
    ]


@pytest.mark.parametrize(
    "name", ["coref.LEA", "tags.seqeval", "ner.iou", "timex.relaxed", "link.weak", "events.nugget"]
)
def test_what_does_not_count_equal_items_has_none_to_list(name: str) -> None:
    assert itemised(made(name, "ner"), documents(), documents()) is None


def test_a_time_of_another_value_is_another_item() -> None:
    gold = [Document("d", text="hôm nay", timexes=(Timex(0, 7, type="DATE", value="2025-08-07"),))]
    given = [replace(gold[0], timexes=(Timex(0, 7, type="DATE", value="2025-08-08"),))]

    (change, other) = changes(registry.metric("timex.value"), gold, gold, given) or ()

    assert (change.label, change.first, change.second) == (
        "DATE value 2025-08-07",
        "correct",
        "missed",
    )
    assert (other.label, other.first, other.second) == (
        "DATE value 2025-08-08",
        "absent",
        "spurious",
    )
