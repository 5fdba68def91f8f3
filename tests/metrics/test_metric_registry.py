from __future__ import annotations

import subprocess
import sys

import pytest
from small_documents import TypeView

from vinee.corpus.views import EntityView
from vinee.errors import InvalidError, UnknownNameError
from vinee.metrics.events import EventMetric
from vinee.metrics.registry import canonical, metric, names


@pytest.mark.parametrize("name", names())
def test_the_name_is_the_repr_and_the_way_back(name: str) -> None:
    found = metric(name, view=TypeView())

    assert (found.name, repr(found)) == (name, name)


@pytest.mark.parametrize(
    ("given", "spelled"),
    [
        ("tags.seqeval(mode=default)", "tags.seqeval"),
        ("tags.seqeval(mode=strict)", "tags.seqeval(mode=strict)"),
        ("ner.strict(span=extent,levels=NOM+NAM)", "ner.strict(levels=NAM+NOM,span=extent)"),
        ("events.AC+(implicit=excluded)", "events.AC+"),
    ],
)
def test_each_metric_has_one_spelling(given: str, spelled: str) -> None:
    assert canonical(given) == spelled
    assert metric(given, view=EntityView()).name == spelled


@pytest.mark.parametrize("name", ["ner", "NER.strict", "seqeval"])
def test_an_unknown_family_is_refused_with_the_known_ones(name: str) -> None:
    with pytest.raises(UnknownNameError, match=r"known: boundary, .*events\.AC, .*ner\.strict"):
        metric(name, view=TypeView())


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("ner.strict(mode=strict)", r"parameter of ner\.strict 'mode'; known: .*levels"),
        ("tags.seqeval(mode=lenient)", r"mode in tags\.seqeval 'lenient'; known: default, strict"),
        ("events.AC(roles=Agent)", r"parameter of events\.AC 'roles'; known: .*implicit"),
    ],
)
def test_an_unknown_parameter_or_value_is_refused_with_the_known_ones(
    name: str, known: str
) -> None:
    with pytest.raises(UnknownNameError, match=known):
        metric(name, view=TypeView())


@pytest.mark.parametrize(
    "name",
    ["", "tags.seqeval()", "ner.strict(levels=)", "ner.strict(levels=NAM,levels=NOM)", "a b", "x("],
)
def test_a_malformed_name_is_refused(name: str) -> None:
    with pytest.raises(InvalidError, match="metric "):
        metric(name, view=TypeView())


def test_a_value_that_cannot_be_read_is_refused_with_what_it_must_be() -> None:
    with pytest.raises(InvalidError, match=r"levels of ner\.strict must be some of NAM, NOM, PRO"):
        metric("ner.strict(levels=NAM+XXX)", view=TypeView())


def test_parameters_of_the_view_change_what_is_seen() -> None:
    found = metric("ner.strict(levels=NOM,span=extent)", view=EntityView())

    assert found.parameters["levels"] == "NOM"
    assert found.parameters["span"] == "extent"


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
def test_every_metric_states_its_unit_and_how_items_match(name: str) -> None:
    parameters = metric(name, view=TypeView()).parameters

    assert parameters["unit"] == ("syllable" if name.startswith("tags.") else "char")
    assert parameters["match"]
