"""Names and Wikidata items: agreed ones are gold, on those that differ a decision says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from vinee.corpus.adjudication import Change, Decision, Log, adjudicate, articles
from vinee.corpus.adjudication.changes import Fact
from vinee.corpus.adjudication.facts import Key
from vinee.errors import InvalidError
from vinee.model import Chain, Document, Entity, Event, Mention, Span

if TYPE_CHECKING:
    from vinee.corpus.adjudication import Take
    from vinee.corpus.adjudication.article import Article

TEXT = "Lào thăm Pháp."
DISPUTE = "entity lao wikidata"


def annotated(name: str | None, item: str | None, level: str = "NAM") -> Document:
    return Document(
        "a",
        TEXT,
        sentences=(Span(0, len(TEXT)),),
        mentions=(Mention(0, 3, "GPE", id="m1", level=level, entity="e1"),),  # type: ignore[arg-type]
        entities=(Entity("e1", "GPE", corpus_id=name, wikidata=item),),
    )


def article(first: str | None, second: str | None, names: tuple[str | None, ...] = ()) -> Article:
    one, other = names or ("lao", "laos")
    [paired] = articles([annotated(one, first)], [annotated(other, second)], ("lan", "minh"))
    return paired


def decided(paired: Article, *sweep: Change, take: Take | None = None) -> str | None:
    decisions = {DISPUTE: Decision(take, "looked at")} if take else {}
    document = adjudicate(paired.first, paired.second, paired.naming, decisions, sweep)
    [entity] = document.entities or ()
    return entity.wikidata


def test_item_that_both_gave_is_gold_whatever_they_called_the_entity() -> None:
    paired = article("Q819", "Q819")

    assert paired.found == []
    assert decided(paired) == "Q819"


@pytest.mark.parametrize("given", [("Q819", None), (None, "Q819")])
def test_item_that_one_gave_is_gold(given: tuple[str | None, str | None]) -> None:
    paired = article(*given)

    assert paired.found == []
    assert decided(paired) == "Q819"


def test_item_that_nobody_gave_is_unknown() -> None:
    assert decided(article(None, None)) is None


@pytest.mark.parametrize("other", ["NIL", "Q9"])
def test_items_that_differ_are_a_disagreement_with_who_said_what(other: str) -> None:
    paired = article("Q819", other)

    assert [(d.id, d.first, d.second) for d in paired.found] == [(DISPUTE, "Q819", other)]
    with pytest.raises(InvalidError, match="undecided"):
        decided(paired)


@pytest.mark.parametrize(("take", "item"), [("first", "Q819"), ("second", "NIL")])
def test_decision_says_whose_item_holds(take: Take, item: str) -> None:
    assert decided(article("Q819", "NIL"), take=take) == item


@pytest.mark.parametrize("item", ["Q9", None])
def test_neither_item_holds_but_what_a_change_says(item: str | None) -> None:
    fact = Fact(Key("entity", 0, 0, "lao"), "wikidata", item)
    change = Change(DISPUTE, None, item, "looked at", fact)
    paired = article("Q819", "NIL")

    assert decided(paired, change, take="other") == item
    with pytest.raises(InvalidError, match="no change says what holds"):
        decided(paired, take="other")


def test_change_gives_an_item_where_nobody_gave_one() -> None:
    fact = Fact(Key("entity", 0, 0, "lao"), "wikidata", "Q819")

    change = Change(DISPUTE, None, "Q819", "found it", fact)

    assert decided(article(None, None), change) == "Q819"


@pytest.mark.parametrize("name", ["lao", "lao pdr"])
def test_change_by_its_id_alone_is_enough(name: str) -> None:
    [paired] = articles([annotated(name, None)], [annotated(name, None)], ("lan", "minh"))

    assert decided(paired, Change(f"entity {name} wikidata", None, "Q819", "found")) == "Q819"


def test_blanks_around_an_item_are_no_disagreement() -> None:
    paired = article("Q819 ", "Q819")

    assert paired.found == []
    assert decided(paired) == "Q819"


def test_entities_without_names_for_the_corpus_are_told_apart() -> None:
    paired = article("Q819", "NIL", (None, None))

    assert [each.id for each in paired.found] == ["entity a:e1 wikidata"]


def test_items_come_after_what_stands_in_the_text() -> None:
    first, second = annotated("lao", "Q819"), annotated("lao", "NIL", level="NOM")
    [paired] = articles([first], [second], ("lan", "minh"))

    assert [each.what for each in paired.found] == ["level", "wikidata"]


def test_log_keeps_the_decision() -> None:
    paired = article("Q819", "NIL")
    log = Log("a", ("lan", "minh")).with_disagreements(paired.found)

    assert [(d.id, d.first, d.second, d.take) for d in log.decisions] == [
        (DISPUTE, "Q819", "NIL", None)
    ]


def test_item_of_an_entity_that_nothing_mentions_is_left_out() -> None:
    lone = Document("a", TEXT, sentences=(Span(0, len(TEXT)),), mentions=(), entities=())
    both = Document("a", TEXT, entities=(Entity("e1", "GPE", wikidata="Q819"),))

    [paired] = articles([lone], [both], ("lan", "minh"))

    assert paired.found == []


def test_one_name_with_two_items_is_refused() -> None:
    twice = Document(
        "a",
        TEXT,
        mentions=(
            Mention(0, 3, "GPE", id="m1", entity="e1"),
            Mention(9, 13, "GPE", id="m2", entity="e2"),
        ),
        entities=(
            Entity("e1", "GPE", corpus_id="lao", wikidata="Q819"),
            Entity("e2", "GPE", corpus_id="lao", wikidata="Q142"),
        ),
    )
    [paired] = articles([twice], [annotated("lao", None)], ("lan", "minh"))

    with pytest.raises(
        InvalidError, match="'lao' has both 'Q819' and 'Q142' as wikidata; keep one"
    ):
        _ = paired.found


def test_fingerprint_tells_which_items_were_given() -> None:
    assert article(None, None).fingerprint != article("Q819", None).fingerprint
    assert article(None, "Q819").fingerprint == article("Q819", None).fingerprint


def named(entity: str | None, chain: str | None, *, pulled: bool = True) -> Document:
    events = tuple(
        Event(
            "Diplomacy.Visit",
            Span(start, start + 4, TEXT[start : start + 4]),
            id=f"ev{start}",
            polarity="POSITIVE",
            realis="ACTUAL",
            chain="c1",
        )
        for start in (4, 9)
    )
    document = annotated("lao", "Q819")
    return replace(
        document,
        entities=tuple(replace(e, name=entity) for e in document.entities or ()),
        events=events,
        chains=(Chain("c1", name=chain, corpus_id="a-visit"),),
        meta={"pass": {"annotator": "lan"}, "source": "x"} if pulled else None,
    )


def names_of(first: Document, second: Document, take: Take) -> tuple[str | None, str | None]:
    [paired] = articles([first], [second], ("lan", "minh"))
    decisions = {each.id: Decision(take, "looked at") for each in paired.found}
    document = adjudicate(paired.first, paired.second, paired.naming, decisions)
    [entity], [chain] = document.entities or (), document.chains or ()
    return entity.name, chain.name


def test_names_that_annotators_gave_are_gold() -> None:
    both = named("Laos", "visit to France")

    assert names_of(both, both, "first") == ("Laos", "visit to France")
    assert names_of(both, named(None, None), "second") == ("Laos", "visit to France")
    assert names_of(named(None, None), both, "first") == ("Laos", "visit to France")


def test_entity_that_nobody_named_has_the_name_of_its_mentions() -> None:
    assert names_of(named(None, None), named(None, None), "first") == ("Lào", None)


def test_name_of_a_chain_of_one_event_is_gold() -> None:
    lone = named(None, "state visit")
    lone = replace(lone, events=(lone.events or ())[:1], chains=(Chain("c1", name="state visit"),))

    assert names_of(lone, lone, "first") == ("Lào", "state visit")


def test_names_that_differ_are_disagreements() -> None:
    first, second = named("Laos", "visit"), named("Lao PDR", "state visit")
    [paired] = articles([first], [second], ("lan", "minh"))

    assert [(each.id, each.first, each.second) for each in paired.found] == [
        ("chain a-visit name", "visit", "state visit"),
        ("entity lao name", "Laos", "Lao PDR"),
    ]
    assert names_of(first, second, "second") == ("Lao PDR", "state visit")


def test_names_of_quoted_passes_are_those_of_their_mentions_and_no_disagreement() -> None:
    [paired] = articles(
        [named("Laos", "visit", pulled=False)], [named("Lào", None, pulled=False)], ("lan", "minh")
    )

    assert paired.found == []


def test_gold_is_not_said_to_be_the_pass_of_one_annotator() -> None:
    both = named("Laos", "visit")
    [paired] = articles([both], [both], ("lan", "minh"))

    assert adjudicate(paired.first, paired.second, paired.naming, {}).meta == {"source": "x"}
