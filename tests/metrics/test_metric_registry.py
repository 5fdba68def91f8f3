from __future__ import annotations

import subprocess
import sys

import pytest
from small_documents import TypeView

from vinee.errors import InvalidError, UnknownNameError
from vinee.metrics.events import EventMetric
from vinee.metrics.registry import metric, names


@pytest.mark.parametrize("name", names())
def test_the_name_is_the_repr_and_the_way_back(name: str) -> None:
    found = metric(name, view=TypeView())

    assert (found.name, repr(found)) == (name, name)


def test_all_metrics_of_the_design_are_there() -> None:
    implicit = [name for name in names() if name.endswith("(implicit=included)")]
    assert len(implicit) == 6
    assert [name for name in names() if name not in implicit] == [
        "ner.strict",
        "boundary",
        "tags.seqeval",
        "tags.seqeval(mode=strict)",
        "events.TI",
        "events.TC",
        "events.AI",
        "events.AC",
        "events.AI+",
        "events.AC+",
        "timex.span",
        "timex.relaxed",
        "timex.type",
        "timex.value",
        "timex.full",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "ner",
        "NER.strict",
        "ner.strict(mode=strict)",
        "tags.seqeval(mode=lenient)",
        "tags.seqeval(scheme=IOB2)",
        "tags.seqeval()",
        "events.AC(roles=Agent)",
        "",
    ],
)
def test_an_unknown_name_or_parameter_is_refused_with_the_known_ones(name: str) -> None:
    with pytest.raises(UnknownNameError, match=r"known: boundary, events\.AC, .*ner\.strict"):
        metric(name, view=TypeView())


def test_a_metric_of_mentions_needs_a_view() -> None:
    with pytest.raises(InvalidError, match=r"'ner\.strict' scores mentions: give it a view"):
        metric("ner.strict")


def test_types_and_roles_reach_the_event_metric() -> None:
    found = metric("events.AC+(implicit=included)", types=("Meet",), roles=("Place",))

    assert found == EventMetric("AC+", ("Meet",), ("Place",), implicit=True)


def test_importing_the_metrics_does_not_pay_for_heavy_packages() -> None:
    code = (
        "import sys, vinee.metrics.registry, vinee.metrics.coref, vinee.metrics.scores,"
        " vinee.stats.bootstrap;"
        "print([m for m in ('datasets', 'pandas', 'pyarrow', 'seqeval', 'sklearn', 'scipy')"
        " if m in sys.modules])"
    )

    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert result.stdout.strip() == "[]"


@pytest.mark.parametrize("name", names())
def test_every_metric_states_unit_match_and_duplicates(name: str) -> None:
    parameters = metric(name, view=TypeView()).parameters

    unit = "syllable" if name.startswith("tags.") else "char"
    assert parameters["unit"] == unit
    match = "overlap" if name == "timex.relaxed" else "strict"
    assert (parameters["match"], parameters["duplicates"]) == (match, "collapse")
