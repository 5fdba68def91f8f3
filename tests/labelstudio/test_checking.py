"""Checks of tasks: what is sound passes, and each kind of broken task is told, with its region."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from broken_tasks import ARTICLE, BROKEN, TEXTS, Broken, added, answer, sound
from full_documents import STEMS, documents, full, gold
from hypothesis import given, settings
from hypothesis import strategies as st

from vinee.formats.label_studio import task
from vinee.labelstudio.checking import Rules, TaskFinding, check_task, check_tasks
from vinee.model import Document, Mention

NOBODY_ELSE = Rules(users={"1", "lan@example.org"})


def ids(findings: list[TaskFinding]) -> set[str]:
    return {finding.id for finding in findings}


@pytest.mark.parametrize("stem", STEMS)
def test_gold_is_sound(stem: str) -> None:
    assert check_task(task(gold(stem)), TEXTS) == []


def test_there_are_more_than_fifty_kinds_each_of_its_own() -> None:
    assert len({case.name for case in BROKEN}) == len(BROKEN) > 100


@pytest.mark.parametrize(("start", "told"), [(3, {"m1"}), (4, {"m1"}), (5, set())])
def test_region_that_the_editor_may_not_show_is_told(start: int, told: set[str]) -> None:
    document = Document("d", "Nga\r\nđến Pháp", mentions=(Mention(start, 8, "GPE", id="m1"),))

    findings = check_task(task(document), {}, Rules(guidelines=False))

    unseen = [f for f in findings if f.id == "region-unseen"]
    assert {f.region for f in unseen} == told
    assert not any(f.refuses for f in unseen)


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case.name)
def test_broken_task_is_refused(case: Broken) -> None:
    findings = check_task(case.task(), TEXTS, NOBODY_ELSE)

    told = [f for f in findings if f.id == case.code and f.region == case.region]
    assert told, findings
    assert all(f.severity == case.severity for f in told)
    assert told[0].refuses == (case.part != "guideline")
    if case.region is not None:
        assert f"region {case.region!r}" in told[0].message
    if case.part != "data":
        assert {f.where.doc_id for f in findings} == {ARTICLE}
        assert all(
            (f.where.path or "").startswith(("$.annotations[0]", "$.predictions[0]"))
            for f in findings
        )


# Who takes away a region's id takes its answers and relations their region too.
LONE = [c for c in BROKEN if c.part == "result" and c.name != "id a number"]


@pytest.mark.parametrize("case", LONE, ids=lambda case: case.name)
def test_one_slip_is_told_once(case: Broken) -> None:
    findings = check_task(case.task(), TEXTS, NOBODY_ELSE)

    assert ids([f for f in findings if f.refuses]) == {case.code}


def test_all_slips_are_told_at_once() -> None:
    broken = sound()
    for case in BROKEN:
        if case.name in {"direction that there is not", "relation to nowhere", "two extents"}:
            case.breaks(broken)

    codes = {"relation-direction", "region-unknown", "extent-twice"}
    assert ids(check_task(broken, TEXTS)) == codes


def test_document_in_two_tasks_is_told() -> None:
    findings = list(check_tasks([sound(), sound()], TEXTS))

    assert [(f.id, f.where.doc_id, f.where.path) for f in findings] == [
        ("doc-twice", ARTICLE, "$[1]")
    ]


def test_skipped_annotation_is_not_asked_anything() -> None:
    skipped = sound()
    skipped["annotations"] = [{"was_cancelled": True, "result": [None]}]

    assert check_task(skipped, TEXTS) == []


def test_control_of_the_projects_own_is_told_as_not_read() -> None:
    commented = sound()
    added(answer("m4", "comment", "không chắc"))(commented)

    [finding] = check_task(commented, TEXTS, Rules(others=["comment"]))

    assert (finding.id, finding.severity, finding.region) == ("not-read", "warning", "m4")


def test_predictions_are_not_held_to_the_guidelines() -> None:
    missed = next(c for c in BROKEN if c.name == "name that was missed").task()
    missed["predictions"], missed["annotations"] = missed["annotations"], []

    assert check_task(missed, TEXTS) == []


@pytest.mark.parametrize(
    ("covered", "said"),
    [
        ("hai  chỗ", "hai chỗ"),
        ("dòng\nkhác", "dòng\\nkhác"),
        ("a\tb", "a b"),
        ("dòng\r\nkhác", "dòng\\nkhác"),
    ],
)
def test_white_space_that_browsers_change_is_no_slip(covered: str, said: str) -> None:
    document = Document("d", f"x {covered} y")
    made = task(document)
    value = {"start": 2, "end": 2 + len(covered), "text": said, "labels": ["PER"]}
    item = {"id": "m", "from_name": "mention", "to_name": "text", "type": "labels", "value": value}
    made["predictions"] = [{"result": [item]}]

    assert check_task(made) == []


@pytest.mark.parametrize("stem", STEMS)
def test_regions_without_ids_are_named_all_the_same(stem: str) -> None:
    made = task(full(stem))
    mention = next(i for i in made["annotations"][0]["result"] if i["from_name"] == "mention")
    mention["value"]["labels"] = ["PERSON"]

    told = [f for f in check_task(made) if f.id == "label-entity" and f.item[0] == "mentions"]

    assert [f.region for f in told] == [mention["id"]]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=5,
)


@settings(max_examples=150)
@given(documents(), st.data())
def test_no_broken_task_breaks_the_check(document: Document, data: st.DataObject) -> None:
    broken: Any = copy.deepcopy(task(document))
    place: Any = broken
    for _ in range(data.draw(st.integers(0, 6))):
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not keys:
            break
        key = data.draw(st.sampled_from(keys))
        if not isinstance(place[key], dict | list) or data.draw(st.integers(0, 3)) == 0:
            place[key] = data.draw(JSON)
            break
        place = place[key]

    for finding in check_task(broken):
        assert finding.message
        finding.to_json()
