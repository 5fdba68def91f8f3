from __future__ import annotations

import random
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from small_gold import PEACE, SUMMIT, VISIT, gold, mention

from vinee.bench import result, scoring, tasks
from vinee.bench.claims import SystemClaims
from vinee.bench.resampling import Resampling
from vinee.bench.result import Result, System
from vinee.corpus import gold as corpus_gold
from vinee.corpus import predictions, validate
from vinee.corpus.predictions import PredictionError, Predictions
from vinee.errors import InputError, InvalidError
from vinee.model import Document, Mention

if TYPE_CHECKING:
    from vinee.corpus.findings import Finding

TASKS = [task.name for task in tasks.known()]
HEAVY = ("pandas", "datasets", "seqeval", "sklearn", "jinja2", "rich", "pyarrow", "underthesea")
COARSE = System("coarse", claims=SystemClaims(("PER", "LOC", "ORG", "MISC"), scheme="coarse"))


def micro(found: Result, metric: str) -> float | None:
    scores = found.metric(metric)
    assert scores is not None
    return scores.all.micro.f1


def without(document: Document, **layers: Any) -> Document:
    return replace(document, **layers)


@pytest.mark.parametrize("task", ["ner", "ner_fine", "events", "timex"])
def test_gold_against_itself_is_perfect(task: str) -> None:
    found = scoring.score(gold(), task, gold=gold())

    assert {metric.name: metric.all.micro.f1 for metric in found.metrics} == dict.fromkeys(
        (metric.name for metric in tasks.get(task).metrics()), 1.0
    )


@pytest.mark.parametrize("task", TASKS)
def test_our_gold_against_itself_is_perfect(task: str) -> None:
    ours = corpus_gold.documents()

    found = scoring.score(ours, task)

    assert {metric.all.micro.f1 for metric in found.metrics} == {1.0}
    assert found.corpus.version == corpus_gold.edition().version
    assert found.corpus.scored == tuple(document.doc_id for document in ours)


def test_a_missing_name_costs_recall_only() -> None:
    predicted = [Document(SUMMIT, mentions=(mention(SUMMIT, "Vladimir Putin", "PER"),))]

    scores = scoring.score(predicted, "ner", gold=gold()).metrics[0].all.micro

    assert (scores.precision, scores.correct, scores.support) == (1.0, 1, 6)


@settings(max_examples=25)
@given(st.randoms(use_true_random=False))
def test_order_changes_no_byte(chance: random.Random) -> None:
    given_ = [
        replace(document, mentions=tuple(chance.sample(mentions, len(mentions))))
        for document, mentions in ((each, each.mentions or ()) for each in gold())
    ]
    reference = list(gold())
    chance.shuffle(given_)
    chance.shuffle(reference)

    shuffled = result.encode(scoring.score(given_, "ner_fine", gold=reference))

    assert shuffled == result.encode(scoring.score(gold(), "ner_fine", gold=gold()))


def test_a_document_without_the_layer_is_not_scored_and_said_so() -> None:
    reference = [without(gold()[0], events=None), *gold()[1:]]

    found = scoring.score(gold(), "events", gold=reference)

    assert found.corpus.scored == (VISIT, PEACE)
    assert [str(each.what) for each in found.skipped] == [f"document {SUMMIT}"]


def test_gold_without_the_layer_anywhere_is_not_scored() -> None:
    reference = [without(each, events=None) for each in gold()]

    found = scoring.score(gold(), "events", gold=reference)

    assert found.metrics == ()
    assert found.skipped[0].why == "no gold document has the layer 'events'"


def test_a_document_without_prediction_counts_as_missed() -> None:
    found = scoring.score(gold()[:1], "ner", gold=gold())

    assert found.corpus.unpredicted == (VISIT, PEACE)
    assert found.metrics[0].all.micro.support == 6


def test_no_predictions_at_all_score_zero() -> None:
    assert micro(scoring.score([], "ner", gold=gold()), "ner.strict") == 0.0


def test_predictions_without_the_layer_are_not_scored() -> None:
    found = scoring.score([without(each, events=None) for each in gold()], "events", gold=gold())

    assert (found.metrics, found.skipped[0].why) == ((), "no prediction has the layer 'events'")


@pytest.mark.parametrize(
    ("task", "why"),
    [
        ("ner_fine", "the system's labels are coarse, the task's fine"),
        ("events", "the system finds no events"),
    ],
)
def test_a_system_is_not_scored_on_what_it_cannot_do(task: str, why: str) -> None:
    found = scoring.score(gold(), task, gold=gold(), system=COARSE)

    assert (found.metrics, found.skipped[0].why) == ((), why)


def test_a_system_that_finds_events_only_is_not_scored_on_names() -> None:
    system = System("events", claims=SystemClaims(events=("Contact.Meet",)))

    found = scoring.score(gold(), "ner", gold=gold(), system=system)

    assert found.skipped[0].why == "the system finds no mentions"


def test_claimed_labels_are_scored_beside_all() -> None:
    people = tuple(
        replace(
            each, mentions=tuple(m for m in each.mentions or () if m.type == "PER"), events=None
        )
        for each in gold()
    )
    system = System("people", claims=SystemClaims(entities=("PER",)))

    strict = scoring.score(people, "ner", gold=gold(), system=system).metrics[0]

    assert strict.claimed is not None
    assert strict.claimed.micro.recall == 1.0
    assert strict.all.micro.recall == 0.5


def test_argument_scores_on_claimed_labels_need_roles() -> None:
    system = System("triggers", claims=SystemClaims(events=("Contact.Meet",)))

    found = scoring.score(gold(), "events", gold=gold(), system=system)

    assert [metric.name for metric in found.metrics if metric.claimed is not None] == [
        "events.TI",
        "events.TC",
    ]
    assert {each.why for each in found.skipped} == {"the system claims no roles"}


def test_a_prediction_that_does_not_fit_the_text_is_refused() -> None:
    with pytest.raises(PredictionError, match="span"):
        scoring.score([Document(SUMMIT, mentions=(Mention(0, 10**6, "PER"),))], "ner", gold=gold())


def test_what_lenient_reading_left_out_is_counted_in_the_result() -> None:
    wrong = (*(gold()[0].mentions or ()), Mention(0, 10**6, "PER"))
    checked = predictions.check([Document(SUMMIT, mentions=wrong)], gold(), lenient=True)

    found = scoring.score(checked, "ner", gold=gold())

    assert sum(found.findings.values()) == 1


def test_checked_predictions_are_taken_as_they_are() -> None:
    checked = Predictions(gold())

    assert micro(scoring.score(checked, "ner", gold=gold()), "ner.strict") == 1.0


def test_gold_of_ones_own_is_named_by_its_hash() -> None:
    found = scoring.score(gold(), "ner", gold=gold())

    assert found.corpus.version == "user"
    assert f"hash:{corpus_gold.content_hash(gold())[:12]}|" in found.metrics[0].all.signature.long


def test_gold_must_have_its_text() -> None:
    with pytest.raises(InvalidError, match=r"a gold document must have its text"):
        scoring.score([], "ner", gold=[Document(SUMMIT, mentions=())])


def test_gold_of_ones_own_is_checked_and_all_that_is_wrong_is_listed() -> None:
    wrong = Document(
        "mine", text="Nga và Mỹ", mentions=(Mention(0, 300, "GPE"), Mention(3, 3, "GPE"))
    )

    with pytest.raises(InputError) as caught:
        scoring.score([], "ner", gold=[gold()[0], wrong])

    first, second, remedy = str(caught.value).splitlines()
    assert "mine: $.mentions[0]" in first
    assert "[span-outside]" in first
    assert "mine: $.mentions[1]" in second
    assert remedy.startswith("mend the gold")


def test_gold_with_labels_of_its_own_is_scored_with_these_and_says_so() -> None:
    text = "Nga và Mỹ"
    own = [Document("mine", text=text, mentions=(Mention(0, 3, "COUNTRY"), Mention(7, 9, "X")))]

    found = scoring.score(own, "ner", gold=own)

    assert micro(found, "ner.strict") == 1.0
    assert "labels:own[COUNTRY,X]" in found.metrics[0].all.signature.long
    assert found.notes == ("the gold has labels of its own: COUNTRY, X",)


def test_a_prediction_that_such_a_gold_lacks_is_refused() -> None:
    own = [Document("mine", text="Nga và Mỹ", mentions=(Mention(0, 3, "COUNTRY"),))]
    wrong = Document("mine", mentions=(Mention(0, 3, "GPE"),))

    with pytest.raises(PredictionError, match="'GPE'"):
        scoring.score([wrong], "ner", gold=own)


def test_sentences_can_be_resampled() -> None:
    found = scoring.score(gold(), "ner", gold=gold(), resampling=Resampling("sentence", "bca"))

    ends = found.metrics[0].all.interval
    assert ends is not None
    assert (ends.unit, ends.units) == ("sentence", sum(len(d.sentences or ()) for d in gold()))
    assert "resampled:sentence" in found.metrics[0].all.signature.long
    assert found.warning is not None
    assert "sentences of one document depend on each other" in found.warning


def test_gold_may_use_coarse_labels() -> None:
    text = "Nga và Mỹ"
    coarse = [Document("mine", text=text, mentions=(Mention(0, 3, "LOC"), Mention(7, 9, "MISC")))]

    assert micro(scoring.score(coarse, "ner", gold=coarse), "ner.strict") == 1.0


def test_a_gold_document_that_is_there_twice_is_refused() -> None:
    with pytest.raises(InvalidError, match="occurs twice among the gold documents"):
        scoring.score([], "ner", gold=[gold()[0], gold()[0]])


@pytest.mark.parametrize("score", [float("nan"), "high"], ids=["NaN", "string"])
def test_a_gold_document_must_have_the_shape_of_one(score: Any) -> None:
    shapeless = replace(gold()[0], mentions=(Mention(0, 4, "PER", score=score),))

    with pytest.raises(InputError, match=r"\$\.mentions\[0\]\.score"):
        scoring.score([], "ner", gold=[shapeless])


def test_our_own_gold_is_not_checked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []

    def noted(document: Document, *others: Any) -> list[Finding]:
        del others
        checked.append(document.doc_id)
        return []

    monkeypatch.setattr(validate, "check_document", noted)

    scoring.score([], "ner", gold=corpus_gold.documents())
    assert checked == []

    scoring.score([], "ner", gold=gold())
    assert checked == [SUMMIT, VISIT, PEACE]


def test_predictions_with_a_label_that_is_only_coarse_are_not_scored_as_fine_ones() -> None:
    predicted = [Document(SUMMIT, mentions=(mention(SUMMIT, "G20", "MISC"),))]

    found = scoring.score(predicted, "ner_fine", gold=gold())

    assert (found.metrics, found.skipped[0].why) == (
        (),
        "the predictions use the coarse label MISC",
    )
    assert scoring.score(predicted, "ner", gold=gold()).metrics


def test_an_empty_output_has_the_signature_of_any_other() -> None:
    nothing = [replace(each, mentions=(), events=None) for each in gold()]

    empty = scoring.score(nothing, "ner", gold=nothing).metrics[0].all
    full = scoring.score(gold(), "ner", gold=nothing).metrics[0].all

    assert (empty.interval, full.interval is None) == (None, False)
    assert empty.signature == full.signature


def test_few_documents_are_warned_of() -> None:
    found = scoring.score(gold(), "ner", gold=gold())

    assert found.warning is not None
    assert found.warning.startswith("only 3 documents")


def test_the_interval_holds_the_score() -> None:
    predicted = [gold()[0], Document(VISIT, mentions=()), gold()[2]]

    scores = scoring.score(predicted, "ner", gold=gold()).metrics[0].all

    assert scores.interval is not None
    assert scores.micro.f1 is not None
    assert scores.interval.exact
    assert scores.interval.low < scores.micro.f1 < scores.interval.high


def test_scores_can_be_computed_again_from_the_stored_counts() -> None:
    strict = scoring.score(gold()[:1], "ner_fine", gold=gold()).metrics[0].all

    assert strict.counts.load().scores().micro == strict.micro


def test_grounding_is_summed_over_documents() -> None:
    predicted = [replace(each, meta={"alignment": {"exact": 2, "repaired": 1}}) for each in gold()]

    assert scoring.score(predicted, "ner", gold=gold()).grounding == {"exact": 6, "repaired": 3}


def test_scoring_imports_nothing_heavy() -> None:
    code = f"import sys, vinee.bench.scoring; print([m for m in {HEAVY!r} if m in sys.modules])"

    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == "[]"


def test_a_result_is_valid_by_its_own_schema() -> None:
    found = scoring.score(gold(), "events", gold=gold(), system=COARSE)

    assert msgspec.json.decode(result.encode(found), type=Result) == found


def test_a_document_without_the_layer_is_named_where_others_have_it() -> None:
    predicted = [without(gold()[0]), *(without(each, mentions=None) for each in gold()[1:])]
    predicted[1:] = [replace(each, events=None, timexes=None) for each in predicted[1:]]

    found = scoring.score(predicted, "ner", gold=gold())

    annotated = {each.doc_id for each in gold() if each.mentions is not None}
    assert set(found.corpus.unpredicted) == annotated - {gold()[0].doc_id}
