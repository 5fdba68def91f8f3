"""From documents to chains: what a mention is, which documents count, and the corpus scope."""

from __future__ import annotations

from fractions import Fraction

import pytest
from msgspec.structs import replace
from small_documents import STEMS, SUMMIT, mention

from vinee.errors import InvalidError, UnknownNameError
from vinee.metrics.coref.documents import CorefMetric
from vinee.metrics.coref.muc import MUC
from vinee.metrics.exact import Exact
from vinee.metrics.registry import canonical, metric, names
from vinee.model import Chain, Document, Entity, Event, Mention, Span

OTHER = STEMS[1]


def linked(doc_id: str, phrase: str, type_: str, entity: str | None) -> Mention:
    return replace(mention(doc_id, phrase, type_), entity=entity)


# "Tổng thống Nga Vladimir Putin gặp Tổng thống Mỹ Donald Trump ..."
PUTIN = linked(SUMMIT, "Vladimir Putin", "PER", "putin")
TITLE = linked(SUMMIT, "Tổng thống Nga", "TITLE", "putin")
TRUMP = linked(SUMMIT, "Donald Trump", "PER", "trump")
RUSSIA = linked(SUMMIT, "Nga", "GPE", None)
ENTITIES = (Entity("putin", "PER", corpus_id="Q-putin"), Entity("trump", "PER"))


def document(*mentions: Mention, doc_id: str = SUMMIT) -> Document:
    return Document(doc_id, mentions=mentions, entities=ENTITIES)


PERFECT = Exact(*map(Fraction, (1, 1, 1)))
GOLD = document(PUTIN, TITLE, TRUMP, RUSSIA)


def counted(name: str, gold: Document, predicted: Document) -> list[list[float]]:
    """Return the rows of the only document."""
    rows: list[list[float]] = metric(name).counts([gold], [predicted]).table[0].tolist()
    return rows


def test_mentions_without_an_entity_are_in_no_chain() -> None:
    # Three mentions are linked; of the predicted ones only Putin is.
    assert counted("coref.B3", GOLD, document(PUTIN, RUSSIA)) == [[1, 1, 0.5, 3]]


def test_two_mentions_of_one_span_and_two_types_differ() -> None:
    prediction = document(replace(PUTIN, type="TITLE"), TITLE, TRUMP)

    assert counted("coref.MUC", GOLD, prediction) == [[0, 1, 0, 1]]


def test_ids_of_entities_need_not_agree() -> None:
    prediction = document(
        *(replace(each, entity=f"x{each.entity}") for each in (PUTIN, TITLE, TRUMP))
    )

    assert metric("coref.LEA").counts([GOLD], [prediction]).exact()["micro"] == PERFECT


def test_a_prediction_need_not_list_its_entities() -> None:
    prediction = replace(GOLD, entities=None)

    assert metric("coref.LEA").counts([GOLD], [prediction]).exact()["micro"] == PERFECT


def test_gold_without_the_layer_is_left_out() -> None:
    unannotated = Document(OTHER, mentions=(linked(OTHER, "Putin", "PER", None),))

    found = metric("coref.CoNLL").counts([unannotated, GOLD], [])

    assert found.units == (SUMMIT,)


def test_a_document_that_nobody_predicted_is_missed() -> None:
    assert metric("coref.CEAFe").counts([GOLD], []).exact()["micro"] == Exact(
        *map(Fraction, (0, 0, 0))
    )


def test_no_document_at_all_has_no_score() -> None:
    for name in ("coref.BLANC", "coref.BLANC(scope=corpus)"):
        found = metric(name).counts([], [])
        assert (found.table.shape, found.exact()["micro"]) == ((0, 3, 4), (None, None, None))


def test_counts_are_summed_over_documents_before_they_are_divided() -> None:
    second = document(*(linked(OTHER, "Nga", "GPE", "putin"),), doc_id=OTHER)

    found = metric("coref.B3").counts([GOLD, second], [document(TRUMP), second])

    # Two predicted mentions are right, of 3 + 1 in gold.
    assert found.exact()["micro"] == Exact(Fraction(1), Fraction(2, 4), Fraction(2, 3))


def test_a_mention_in_two_chains_is_refused_with_the_document() -> None:
    bad = document(PUTIN, replace(PUTIN, entity="trump"))

    with pytest.raises(InvalidError, match=rf"{SUMMIT}: .*{PUTIN.start}, {PUTIN.end}, 'PER'"):
        metric("coref.MUC").counts([GOLD], [bad])


def test_an_equal_mention_given_twice_in_one_chain_collapses() -> None:
    assert counted("coref.B3", GOLD, document(TRUMP, TRUMP)) == [[1, 1, 1, 3]]


def test_shared_mentions_see_the_chains_alone() -> None:
    # Gold also links TITLE; the prediction also links RUSSIA. On Putin and Trump they agree.
    prediction = document(PUTIN, TRUMP, replace(RUSSIA, entity="trump"))

    assert counted("coref.B3(mentions=shared)", GOLD, prediction) == [[2, 2, 2, 2]]
    assert counted("coref.B3", GOLD, prediction) == [[1.5, 3, 1.5, 3]]


def meet(start: int, chain: str | None) -> Event:
    return Event("Contact.Meet", Span(start, start + 3), chain=chain)


def test_events_are_chained_by_trigger_and_type() -> None:
    gold = Document(SUMMIT, events=(meet(30, "c1"), meet(90, "c1"), meet(60, None)), chains=())
    prediction = replace(gold, events=(meet(30, "x"), replace(meet(90, "x"), type="Contact.Call")))

    # Gold joins 30 and 90, the prediction 30 and a call at 90.
    assert counted("coref.B3(chains=events)", gold, gold) == [[2, 2, 2, 2]]
    assert counted("coref.B3(chains=events)", gold, prediction) == [[0.5, 2, 0.5, 2]]


def test_corpus_scope_joins_chains_of_one_corpus_id_and_no_others() -> None:
    here, there = (
        Document(
            doc_id,
            events=(meet(30, "c1"), meet(60, "c2")),
            chains=(Chain("c1", corpus_id="summit"), Chain("c2")),
        )
        for doc_id in (SUMMIT, OTHER)
    )
    apart = replace(there, chains=(Chain("c1"), Chain("c2")))

    found = CorefMetric(MUC, "events", "corpus").counts([there, here], [apart, here])

    # Gold joins the two c1; the two c2 share an id and nothing else. No predicted chain joins.
    assert found.units == ("corpus",)
    assert found.table.tolist() == [[[0, 0, 0, 1]]]


def test_document_scope_does_not_look_across() -> None:
    other = replace(GOLD, doc_id=OTHER)

    found = metric("coref.MUC").counts([other, GOLD], [GOLD, other])

    assert found.units == (SUMMIT, OTHER)
    assert found.table.tolist() == [[[1, 1, 1, 1]], [[1, 1, 1, 1]]]


def test_chain_metrics_are_seven_measures() -> None:
    assert [name for name in names() if name.startswith("coref.")] == [
        "coref.MUC",
        "coref.B3",
        "coref.CEAFm",
        "coref.CEAFe",
        "coref.BLANC",
        "coref.LEA",
        "coref.CoNLL",
    ]


def test_singletons_can_be_left_out_after_mentions_were_chosen() -> None:
    prediction = document(PUTIN, TRUMP, replace(RUSSIA, entity="trump"))

    # Gold: Putin with his title, Trump alone. Predicted: Putin alone, Trump with Russia.
    assert counted("coref.B3(singletons=excluded)", GOLD, prediction) == [[0, 2, 0, 2]]
    assert counted("coref.B3(mentions=shared,singletons=excluded)", GOLD, GOLD) == [[2, 2, 2, 2]]


def test_chains_cannot_be_counted_by_sentence() -> None:
    with pytest.raises(InvalidError, match=r"coref\.MUC counts whole documents"):
        metric("coref.MUC").counts([GOLD], [GOLD], "sentence")


def test_a_default_that_is_spelled_out_is_the_same_metric() -> None:
    assert canonical("coref.LEA(scope=corpus,chains=entities)") == "coref.LEA(scope=corpus)"


@pytest.mark.parametrize(
    ("field", "known"),
    [("chains", "entities, events"), ("scope", "corpus, document"), ("mentions", "all, shared")],
)
def test_a_setting_that_does_not_exist_is_refused(field: str, known: str) -> None:
    with pytest.raises(UnknownNameError, match=rf"{field} in coref.MUC 'x'; known: {known}"):
        CorefMetric(MUC, **{field: "x"})  # type: ignore[arg-type]


def test_parameters_of_a_chain_metric_state_every_choice() -> None:
    assert metric("coref.LEA(chains=events,scope=corpus)").parameters == {
        "unit": "char",
        "match": "strict",
        "chains": "events",
        "scope": "corpus",
        "mentions": "all",
        "singletons": "included",
        "repeated": "refused",
    }
