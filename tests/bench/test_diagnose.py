"""A diagnosis from documents in memory."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from small_gold import PEACE, SUMMIT, VISIT, gold, mention, opening

from vinee import resources
from vinee.bench import scoring
from vinee.bench.diagnosis import SCHEMA, TASKS, Diagnosis, diagnose
from vinee.bench.diagnosis import assembling as room
from vinee.corpus import predictions
from vinee.errors import InvalidError, MissingExtraError, UnknownNameError
from vinee.metrics.diagnostics import Attribute
from vinee.model import Document, Mention


def predicted(system: str) -> predictions.Predictions:
    from vinee.corpus.gold import documents

    path = resources.root() / "benchmark" / "predictions" / f"{system}.jsonl"
    return predictions.read(path, documents())


def some(*mentions: Mention) -> Document:
    return Document(SUMMIT, mentions=mentions)


@pytest.mark.parametrize("task", TASKS)
def test_items_are_those_that_the_task_scores(task: str) -> None:
    stored = predicted("rules")
    scores = scoring.score(stored, task)

    for items in diagnose(stored, task, words=False).items:
        scored = scores.metric(items.metric)
        assert scored is not None
        micro = scored.all.micro
        assert (items.gold, items.predicted) == (micro.support, micro.predicted)
        assert items.outcomes["correct"] == micro.correct


def test_outcomes_are_a_partition_of_both_sides() -> None:
    (items,) = diagnose(predicted("crf"), "ner", words=False).items
    paired = sum(items.outcomes[each] for each in ("correct", "type", "boundary", "both"))

    assert items.outcomes == {
        "correct": 243,
        "type": 26,
        "boundary": 2,
        "both": 5,
        "missed": 13,
        "spurious": 5,
    }
    assert paired + items.outcomes["missed"] == items.gold == 289
    assert paired + items.outcomes["spurious"] == items.predicted == 281


def test_events_are_told_as_triggers_and_arguments() -> None:
    found = diagnose(gold(), "events", gold=gold(), words=False)

    assert [items.kind for items in found.items] == ["triggers", "arguments"]
    assert {case.outcome for items in found.items for case in items.cases} == {"correct"}


def test_case_has_text_and_labels_of_both_sides() -> None:
    putin = mention(SUMMIT, "Nga Vladimir Putin", "PER")

    (items,) = diagnose([some(putin)], "ner", gold=gold(), words=False).items
    case = next(each for each in items.cases if each.predicted)

    assert case.to_json() == {
        "doc_id": SUMMIT,
        "outcome": "boundary",
        "gold": {"start": 15, "end": 29, "text": "Vladimir Putin", "label": "PER"},
        "predicted": {"start": 11, "end": 29, "text": "Nga Vladimir Putin", "label": "PER"},
    }


def test_argument_has_its_event() -> None:
    arguments = diagnose(gold(), "events", gold=gold(), words=False).items[1]

    case = arguments.cases[0].to_json()

    assert case["gold"]["event"] == {
        "start": 30,
        "end": 33,
        "text": "gặp",
        "label": "Contact.Meet",
    }


def test_document_without_prediction_is_missed() -> None:
    found = diagnose([some()], "ner", gold=gold(), words=False)

    assert found.corpus.unpredicted == (VISIT, PEACE)
    assert found.items[0].outcomes["missed"] == found.items[0].gold == 6


def test_order_of_documents_and_items_changes_nothing() -> None:
    stored = predicted("rules").documents
    turned = [
        replace(each, mentions=tuple(reversed(each.mentions or ()))) for each in reversed(stored)
    ]

    assert diagnose(turned, words=False) == diagnose(stored, words=False)


def test_string_is_seen_where_training_has_it() -> None:
    training = [Document("other", text="Ông Putin", mentions=(Mention(4, 9, "PER"),))]
    named = replace(gold()[2], mentions=(mention(PEACE, "Putin", "PER"),))

    (items,) = diagnose([], "ner", gold=[named], training=training, words=False).items

    assert [each.name for each in told(items, "string")] == ["seen"]


def told(items: Any, attribute: str) -> Any:
    return next(each.buckets for each in items.buckets if each.attribute == attribute)


def test_what_cannot_be_told_is_said() -> None:
    bare = Document(SUMMIT, text=opening(SUMMIT), mentions=(mention(SUMMIT, "Nga", "GPE"),))

    (items,) = diagnose([], "ner", gold=[bare], words=False).items

    assert {each.what: each.why for each in items.skipped} == {
        "string": "there is no other document to have seen it in",
        "entity": "the gold has no entities",
        "section": "the gold has no sections",
        "words": "it was not asked for",
    }


def test_words_without_their_tool_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> Attribute:
        raise MissingExtraError("underthesea", "baselines")

    monkeypatch.setattr(room, "segmented", missing)

    (items,) = diagnose([], "ner", gold=gold()).items

    assert items.skipped[-1].what == "words"
    assert "pip install 'vinee[baselines]'" in items.skipped[-1].why


def test_words_are_told_where_their_tool_is() -> None:
    pytest.importorskip("underthesea", reason="needs the extra baselines")

    (items,) = diagnose([], "ner", gold=gold()).items

    assert sum(each.gold for each in told(items, "words")) == items.gold


def test_grounding_is_told_by_document() -> None:
    counted = {"exact": 3, "ambiguous": 2, "ungrounded": 1, "odd": "x", "on": True}
    given = replace(some(), meta={"alignment": counted})

    found = diagnose([given, Document(VISIT, mentions=())], "ner", gold=gold(), words=False)

    assert found.grounding == {SUMMIT: {"ambiguous": 2, "exact": 3, "ungrounded": 1}}


def test_what_was_left_out_is_counted(tmp_path: Path) -> None:
    file = tmp_path / "system.jsonl"
    file.write_text(json.dumps({"doc_id": SUMMIT, "mentions": [{"start": 0, "end": 9**9}]}))

    found = diagnose(predictions.read(file, gold(), lenient=True), gold=gold(), words=False)

    assert sum(found.findings.values()) == 1


def test_gold_may_have_labels_of_its_own() -> None:
    own = replace(gold()[0], mentions=(mention(SUMMIT, "Nga", "COUNTRY"),), events=None)
    other = replace(own, entities=None, text=None, sections=None, sentences=None, timexes=None)

    (items,) = diagnose([other], "ner_fine", gold=[own], words=False).items

    assert items.confusion.equal == {("COUNTRY", "COUNTRY"): 1}


@pytest.mark.parametrize("task", ["coref", "event_coref"])
def test_chains_are_not_diagnosed(task: str) -> None:
    with pytest.raises(UnknownNameError, match="known: events, mentions, ner, ner_fine, timex"):
        diagnose([], task)


def test_layer_that_no_prediction_has_is_an_error() -> None:
    with pytest.raises(InvalidError, match="no predicted document has the layer 'timexes'"):
        diagnose(predicted("crf"), "timex")


def test_coarse_labels_are_not_diagnosed_as_errors_of_fine_ones() -> None:
    coarse = Document(SUMMIT, mentions=(Mention(0, 4, "MISC"),))

    with pytest.raises(InvalidError, match="not scored: the predictions use the coarse label MISC"):
        diagnose([coarse], "ner_fine", words=False)


def test_layer_that_no_gold_document_has_is_an_error() -> None:
    with pytest.raises(InvalidError, match="no gold document has the layer 'timexes'"):
        diagnose([], "timex", gold=[replace(gold()[0], timexes=None, events=None)])


def test_json_is_plain_and_says_what_it_is() -> None:
    found = diagnose([some(mention(SUMMIT, "Nga", "GPE"))], gold=gold(), words=False)

    plain = found.to_json()

    assert plain["schema"] == SCHEMA
    assert json.loads(json.dumps(plain)) == plain
    assert list(plain["items"][0]) == [
        *("kind", "metric", "settings", "gold", "predicted", "outcomes"),
        *("confusion", "buckets", "skipped", "cases"),
    ]


def test_diagnosis_says_nothing_of_a_system() -> None:
    assert not any("system" in name for name in Diagnosis.__dataclass_fields__)
