"""What is missing in a project, and in what batches it goes there."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pytest

from vinee.corpus import gold
from vinee.labelstudio.pushing import PushError, sending
from vinee.labelstudio.pushing.items import Given, Item, item, whole
from vinee.labelstudio.pushing.planning import Plan, plan, same
from vinee.labelstudio.pushing.present import Detail, Present, There
from vinee.model import Document

ME = 1
DATA = b'{"text": "x", "doc_id": "d"}'


def of(number: int, *, predicted: bool = True) -> Item:
    prediction = b'{"result":[],"model_version":"v 1"}' if predicted else None
    return Item(f"d{number}", "x", b'{"doc_id":"d","text":"x"}', b"[]", prediction)


def there(*tasks: Present, twice: dict[str, tuple[int, ...]] | None = None) -> There:
    return There({f"d{task.id}": task for task in tasks}, twice or {}, len(tasks))


def none(_: Iterable[int]) -> dict[int, Detail]:
    raise AssertionError("nobody had to look closer")


def test_a_document_without_a_task_is_to_be_sent_whole() -> None:
    planned = plan(
        [of(1), of(2)], there(Present(1, "x", DATA, frozenset(), frozenset())), ME, "v 1", none
    )

    assert [each.doc_id for each in planned.tasks] == ["d2"]
    assert [task for task, _ in planned.annotations] == [1]
    assert [task for task, _ in planned.predictions] == [1]
    assert planned.size == 3


def test_what_others_annotated_says_nothing_of_what_is_mine() -> None:
    planned = plan(
        [of(1)], there(Present(1, "x", DATA, frozenset({7}), frozenset({"v 1"}))), ME, "v 1", none
    )

    assert [task for task, _ in planned.annotations] == [1]
    assert planned.predictions == ()


def test_where_i_annotated_it_is_looked_at_what() -> None:
    task = Present(1, "x", DATA, frozenset({ME}), frozenset({"v 1"}))

    kept = plan(
        [of(1)], there(task), ME, "v 1", lambda _: {1: Detail((b"[]",), frozenset({"v 1"}))}
    )
    mine = plan([of(1)], there(task), ME, "v 1", lambda _: {1: Detail((), frozenset({"v 1"}))})

    assert kept.is_empty
    assert [number for number, _ in mine.annotations] == [1]


OTHER = b'{"text": "x", "doc_id": "d", "layers": ["mentions"]}'


@pytest.mark.parametrize(("data", "changes"), [(DATA, set()), (OTHER, {1})])
def test_data_that_says_something_else_goes_along_with_the_annotation(
    data: bytes, changes: set[int]
) -> None:
    task = Present(1, "x", data, frozenset(), frozenset({"v 1"}))

    planned = plan([of(1)], there(task), ME, "v 1", none)

    assert planned.data == changes
    assert planned.held == ()


@pytest.mark.parametrize("truths", [(), (b"[]",)])
def test_data_of_what_somebody_annotated_is_left_and_told(truths: tuple[bytes, ...]) -> None:
    task = Present(1, "x", OTHER, frozenset({ME}), frozenset({"v 1"}))

    planned = plan(
        [of(1)], there(task), ME, "v 1", lambda _: {1: Detail(truths, frozenset({"v 1"}))}
    )

    assert planned.held == ("d1",)
    assert planned.data == frozenset()


def test_data_is_nobodys_concern_where_no_annotation_goes_along() -> None:
    task = Present(1, "x", OTHER, frozenset({7}), frozenset({"v 1"}))
    bare = Item("d1", "x", b'{"doc_id":"d","text":"x"}')

    assert plan([bare], there(task), ME, "v 1", none) == Plan()


def test_versions_that_the_server_cut_off_are_looked_at() -> None:
    task = Present(1, "x", DATA, frozenset(), None)
    known = {1: Detail((), frozenset({"v 1"}))}

    assert plan([of(1)], there(task), ME, "v 1", lambda _: known).predictions == ()
    assert plan([of(1)], there(task), ME, "v 2", lambda _: known).predictions != ()


def test_another_text_is_refused() -> None:
    with pytest.raises(PushError, match=r"task 1 .* another text"):
        plan([of(1)], there(Present(1, "y", DATA, frozenset(), frozenset())), ME, "v 1", none)


@pytest.mark.parametrize("document", gold.documents(), ids=lambda each: str(each.doc_id))
def test_an_editor_that_reorders_items_changes_nothing(document: Document) -> None:
    made = whole(Given(document, with_annotation=True))
    sent = item(document.doc_id, document.text or "", made)
    result = made["annotations"][0]["result"]
    edited = [{**each, "origin": "manual"} for each in reversed(result)]

    assert same(sent, json.dumps(edited).encode())
    assert not same(sent, json.dumps(result[:-1]).encode())
    assert not same(sent, b'[{"type": "labels", "from_name": "nobody"}]')


def test_batches_are_bounded_by_number_and_by_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "MOST_TASKS", 3)
    by_number = [batch.tasks for batch in sending.batches(of(n) for n in range(7))]
    monkeypatch.setattr(sending, "MOST_BYTES", 2 * len(of(0).task()))
    by_bytes = [batch.tasks for batch in sending.batches(of(n) for n in range(5))]
    monkeypatch.setattr(sending, "MOST_BYTES", 1)
    alone = [batch.tasks for batch in sending.batches(of(n) for n in range(2))]

    assert by_number == [3, 3, 1]
    assert by_bytes == [2, 2, 1]
    assert alone == [1, 1], "a task that is too large by itself is sent by itself"


def test_a_batch_is_a_list_of_tasks_and_knows_what_hangs_on_them() -> None:
    (batch,) = sending.batches([of(1), of(2, predicted=False)])

    tasks = json.loads(batch.body)
    assert [len(each["annotations"]) for each in tasks] == [1, 1]
    assert [len(each["predictions"]) for each in tasks] == [1, 0]
    assert (batch.tasks, batch.annotations, batch.predictions) == (2, 2, 1)
