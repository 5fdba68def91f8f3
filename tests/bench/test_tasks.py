from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_gold import SUMMIT, gold

from vinee.bench import tasks
from vinee.bench.claims import SystemClaims
from vinee.errors import InvalidError, SchemaError, UnknownNameError
from vinee.ontology import default

if TYPE_CHECKING:
    from pathlib import Path

EVENTS = ["events.TI", "events.TC", "events.AI", "events.AC", "events.AI+", "events.AC+"]


def names(task: str, claims: SystemClaims | None = None) -> list[str]:
    return [metric.name for metric in tasks.get(task).metrics(claims)]


def test_eight_tasks_are_known() -> None:
    assert [task.name for task in tasks.known()] == [
        *("ner", "ner_fine", "mentions", "events", "timex", "coref", "event_coref", "linking"),
    ]


def test_a_task_can_be_scored_by_other_metrics_of_its_layer() -> None:
    task = tasks.get("ner").with_metrics(["boundary", "ner.strict(span=extent,levels=NOM)"])

    assert [each.name for each in task.metrics()] == [
        "boundary",
        "ner.strict(levels=NOM,span=extent)",
    ]
    assert task.headline == "boundary"
    assert tasks.get("ner").with_metrics(["boundary", "ner.strict"]).headline == "ner.strict"


def test_a_metric_of_another_layer_is_refused() -> None:
    with pytest.raises(InvalidError, match=r"events\.TC scores events, and task ner mentions"):
        tasks.get("ner").with_metrics(["events.TC"])


@pytest.mark.parametrize("task", tasks.known(), ids=lambda task: task.name)
def test_a_task_is_described_in_one_sentence(task: tasks.Task) -> None:
    assert task.description.endswith(".")
    assert task.description.count(". ") == 0


@pytest.mark.parametrize(
    ("task", "headline"),
    [("ner", "ner.strict"), ("ner_fine", "ner.strict"), ("events", "events.TC")],
)
def test_systems_are_ranked_by_one_metric(task: str, headline: str) -> None:
    assert tasks.get(task).headline == headline


def test_a_name_task_has_the_tag_scores_that_papers_quote() -> None:
    assert names("ner") == ["ner.strict", "tags.seqeval", "tags.seqeval(mode=strict)", "boundary"]


def test_the_event_task_has_the_six_scores_of_textee() -> None:
    assert names("events") == EVENTS


def test_tags_see_the_outermost_names_also_where_the_task_keeps_all() -> None:
    by_name = {metric.name: metric for metric in tasks.get("ner_fine").metrics()}

    assert by_name["ner.strict"].parameters["nesting"] == "all"
    assert by_name["tags.seqeval"].parameters["nesting"] == "outer"


def test_the_coarse_view_leaves_out_nested_names_and_maps_the_others() -> None:
    view = tasks.get("ner").view()

    assert view is not None
    assert [label for *_, label in view(gold()[0])] == ["LOC", "PER", "PER", "MISC"]


def test_an_unknown_task_is_told_which_there_are() -> None:
    with pytest.raises(
        UnknownNameError,
        match=r"unknown task 'nre'; known: coref, event_coref, events, linking,",
    ):
        tasks.get("nre")


@pytest.mark.parametrize("name", [None, ["ner"], 5])
def test_what_is_no_name_is_an_unknown_task(name: object) -> None:
    with pytest.raises(UnknownNameError, match="known: coref, event_coref, events, linking,"):
        tasks.get(name)  # type: ignore[arg-type]


def test_a_task_that_is_chosen_twice_is_given_once_in_the_order_of_choice() -> None:
    assert [task.name for task in tasks.chosen(["events", "ner", "events"])] == ["events", "ner"]


@pytest.mark.parametrize("names", [None, []])
def test_no_choice_is_every_task(names: list[str] | None) -> None:
    assert tasks.chosen(names) == tasks.known()


def test_an_unknown_task_among_others_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="unknown task 'nre'"):
        tasks.chosen(["ner", "nre"])


def test_claims_narrow_the_labels() -> None:
    claims = SystemClaims(entities=("PER", "GPE"))
    metric = tasks.get("ner").metrics(claims)[0]

    counts = metric.counts(gold(), [])

    assert metric.parameters["labels"] == "coarse[LOC,PER]"
    assert counts.columns == ("LOC", "PER")


def test_boundaries_are_narrowed_too() -> None:
    everything = tasks.get("ner_fine").metrics()[-1].counts(gold(), [])
    people = tasks.get("ner_fine").metrics(SystemClaims(entities=("PER",)))[-1].counts(gold(), [])

    assert int(everything.table.sum(axis=0)[0, 2]) == 7
    assert int(people.table.sum(axis=0)[0, 2]) == 3


def test_a_claim_of_all_labels_changes_nothing() -> None:
    claims = SystemClaims(entities=default().fine_labels)

    assert [m.parameters for m in tasks.get("ner").metrics(claims)] == [
        m.parameters for m in tasks.get("ner").metrics()
    ]


def test_a_system_without_roles_has_no_argument_metric() -> None:
    assert names("events", SystemClaims(events=("Contact.Meet",))) == ["events.TI", "events.TC"]


def test_claimed_event_types_are_those_that_are_scored() -> None:
    claims = SystemClaims(events=("Contact.Meet",), roles=("Entity",))
    by_name = {metric.name: metric for metric in tasks.get("events").metrics(claims)}

    counts = by_name["events.TC"].counts(gold(), [])

    assert counts.columns == ("Contact.Meet",)
    assert by_name["events.AC"].parameters["roles"] == "Entity"


def write(folder: Path, content: str) -> Path:
    path = folder / "tasks.yaml"
    path.write_text(content, encoding="utf-8")
    return path


def test_a_task_with_an_unknown_field_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "ner: {description: D., layer: mentions, metrics: [], headlin: x}")

    with pytest.raises(SchemaError, match="headlin"):
        tasks.read(path)


def test_a_headline_must_be_a_metric_of_the_task(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "t: {description: D., layer: events, metrics: [events.TI], headline: events.TC}",
    )

    with pytest.raises(InvalidError, match=r"events\.TC.*must be one of the task's metrics"):
        tasks.read(path)


def test_an_unknown_metric_is_refused_when_tasks_are_read(tmp_path: Path) -> None:
    path = write(
        tmp_path, "t: {description: D., layer: events, metrics: [events.XX], headline: events.XX}"
    )

    with pytest.raises(UnknownNameError, match=r"events\.XX"):
        tasks.read(path)


def test_the_small_gold_has_a_nested_name() -> None:
    view = tasks.get("ner_fine").view()

    assert view is not None
    assert len(view(gold()[0])) == 5
    assert gold()[0].doc_id == SUMMIT
