"""Third solutions: what an adjudicator changes beside the answers, each with a reason."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vinee.corpus.adjudication import (
    Article,
    Change,
    Decision,
    adjudicate,
    articles,
    common_names,
    disagreements,
)
from vinee.corpus.adjudication.changes import changed
from vinee.corpus.adjudication.decide import TAKES
from vinee.corpus.adjudication.editing import Settled, preset, settle
from vinee.corpus.adjudication.facts import Fill, Item, Key, facts
from vinee.corpus.adjudication.reasons import Edited
from vinee.errors import IntegrityError, InvalidError
from vinee.model import Argument, Chain, Document, Entity, Event, Mention, Span, Timex

TEXT = "Ông Lê An thăm Lào hôm 2/9.\nÔng gặp bà Vũ Hoa ở đó.\n"
AN = Key("mention", 4, 9, "PER")
LAO = Key("mention", 15, 18, "GPE")
DAY = Key("time", 19, 26, "")
VISIT = Key("event", 10, 14, "")
MEET = Key("event", 32, 35, "")
TIME = Fill("Time", "ref", 19, 26, "")


def an(**other: object) -> Mention:
    given: dict[str, object] = {"id": "m1", "extent": Span(0, 9, TEXT[:9]), "entity": "e1"}
    return Mention(4, 9, "PER", text=TEXT[4:9], **{**given, **other})  # type: ignore[arg-type]


def lao(**other: object) -> Mention:
    given: dict[str, object] = {"id": "m2", "gpe_role": "LOC", "entity": "e2"}
    return Mention(15, 18, "GPE", text="Lào", **{**given, **other})  # type: ignore[arg-type]


def day(start: int = 19, value: str = "XXXX-09-02") -> Timex:
    return Timex(start, 26, text=TEXT[start:26], id="t1", type="DATE", value=value)


def visit(*, time: bool = True, **other: object) -> Event:
    arguments = (Argument("Visitor", "m1"), Argument("Destination", "m2"))
    given: dict[str, object] = {
        "type": "Diplomacy.Visit",
        "realis": "ACTUAL",
        "polarity": "POSITIVE",
        "arguments": (*arguments, Argument("Time", "t1")) if time else arguments,
    }
    return Event(trigger=Span(10, 14, "thăm"), id="ev1", **{**given, **other})  # type: ignore[arg-type]


def document(*items: Mention | Timex | Event) -> Document:
    return Document(
        "d",
        TEXT,
        sentences=(Span(0, 27), Span(28, 52)),
        mentions=tuple(item for item in items if isinstance(item, Mention)),
        entities=(Entity("e1", "PER", corpus_id="an"), Entity("e2", "GPE", corpus_id="laos")),
        timexes=tuple(item for item in items if isinstance(item, Timex)),
        events=tuple(item for item in items if isinstance(item, Event)),
        chains=(),
    )


FULL = document(an(), lao(), day(), visit())


def article(second: Document, first: Document = FULL) -> Article:
    return articles([first], [second], ("a1", "a2"))[0]


def answered(of: Article, take: object) -> dict[str, Decision]:
    return {each.id: Decision(take, f"R{n}") for n, each in enumerate(of.found)}  # type: ignore[arg-type]


def left(of: Article) -> dict[Key, Item]:
    return {key: Item(dict(item.attributes), item.fills) for key, item in of.ground.items()}


def replayed(of: Article, decisions: dict[str, Decision], settled: Settled) -> Document:
    stored = msgspec.json.encode(settled.sweep)
    sweep = msgspec.json.decode(stored, type=tuple[Change, ...])
    return adjudicate(of.first, of.second, of.naming, decisions, sweep)


def test_what_both_state_is_set_and_what_they_do_not_is_not() -> None:
    of = article(document(an(extent=None), lao(), day(value="2025-09-02"), visit(time=False)))

    assert of.ground[AN].attributes == {
        "level": "NAM",
        "gpe_role": None,
        "extent": None,
        "entity": "an",
    }
    assert of.ground[DAY].attributes["value"] is None
    assert {fill.role for fill in of.ground[VISIT].fills} == {"Visitor", "Destination"}


def test_argument_whose_filler_only_one_marks_in_that_way_is_not_set() -> None:
    of = article(document(an(), lao(), day(20), visit()))

    assert TIME not in of.ground[VISIT].fills
    assert DAY not in of.ground


def test_item_keeps_what_it_cannot_be_without_while_that_is_open() -> None:
    of = article(document(an(level="NOM"), lao(), day(), visit(type="Contact.Meet")))

    assert of.ground[AN].attributes["level"] == "NAM"
    assert of.ground[VISIT].attributes["type"] == "Diplomacy.Visit"


@pytest.mark.parametrize("take", ["first", "second"])
def test_text_left_as_it_was_set_gives_what_the_answers_say(take: str) -> None:
    of = article(document(an(extent=None), lao(), visit(time=False, realis="OTHER")))
    decisions = answered(of, take)

    settled = settle(of, decisions, Edited(of.ground))

    assert settled.open == ()
    assert settled.sweep == ()
    assert settled.document == adjudicate(of.first, of.second, of.naming, decisions)


def test_open_disagreement_is_told_with_its_number() -> None:
    of = article(document(an(), lao(gpe_role="ORG"), day(), visit(realis="OTHER")))
    decisions = answered(of, "first")
    del decisions["s0 mention Lào@15 GPE gpe_role"]

    settled = settle(of, decisions, Edited(of.ground))

    assert settled.open == ("2. undecided: s0 mention Lào@15 GPE gpe_role",)
    assert settled.document is None


def test_third_value_is_the_regions_and_its_reason_is_the_answers() -> None:
    of = article(document(an(), lao(), day(), visit(realis="OTHER")))
    decisions = answered(of, "other")
    items = left(of)
    items[VISIT].attributes["realis"] = "GENERIC"

    settled = settle(of, decisions, Edited(items))

    assert settled.open == ()
    assert [(c.id, c.before, c.after, c.why) for c in settled.sweep] == [
        ("s0 event thăm@10 realis", None, "GENERIC", "R0")
    ]
    assert settled.document == replayed(of, decisions, settled)
    assert (settled.document.events or ())[0].realis == "GENERIC"


def test_third_value_that_was_not_set_is_open() -> None:
    of = article(document(an(), lao(), day(), visit(realis="OTHER")))

    settled = settle(of, answered(of, "other"), Edited(of.ground))

    assert settled.open == ("neither's, but nothing of its own is set: s0 event thăm@10 realis",)


def test_value_that_was_said_to_be_none_is_none() -> None:
    of = article(document(an(), lao(), day(), visit(realis="OTHER")))
    decisions = answered(of, "other")
    none = Edited(of.ground, valueless=frozenset(decisions))

    settled = settle(of, decisions, none)

    assert settled.open == ()
    assert (settled.document.events or ())[0].realis is None  # type: ignore[union-attr]
    assert settled.document == replayed(of, decisions, settled)


def test_third_type_of_an_event_has_to_be_another_than_the_one_that_stood_there() -> None:
    of = article(document(an(), lao(), day(), visit(type="Contact.Meet")))
    items = left(of)
    unchanged = settle(of, answered(of, "other"), Edited(items))
    items[VISIT].attributes["type"] = "Movement.Transport"

    settled = settle(of, answered(of, "other"), Edited(items))

    assert "nothing of its own is set: s0 event thăm@10 type" in unchanged.open[0]
    assert settled.open == ()
    assert (settled.document.events or ())[0].type == "Movement.Transport"  # type: ignore[union-attr]


def test_third_span_is_drawn_and_takes_its_reason_from_the_answer_on_the_spot() -> None:
    of = article(document(an(), lao(), day(20), visit()))
    decisions = answered(of, "other")
    items = left(of)
    items[Key("time", 23, 26, "")] = Item({"type": "DATE", "value": "XXXX-09-02", "mod": None})
    items[VISIT] = Item(
        items[VISIT].attributes, items[VISIT].fills | {Fill("Time", "ref", 23, 26, "")}
    )

    settled = settle(of, decisions, Edited(items))

    assert settled.open == ()
    assert [(c.id, bool(c.why)) for c in settled.sweep] == [
        ("s0 event thăm@10 argument Time ref 23:26", True),
        ("s0 time 2/9@23 exists", True),
    ]
    assert settled.document == replayed(of, decisions, settled)


def test_change_without_a_reason_is_open() -> None:
    of = article(FULL)
    items = left(of)
    items[LAO].attributes["gpe_role"] = "ORG"

    settled = settle(of, {}, Edited(items))

    assert settled.open == ("no reason for the change: s0 mention Lào@15 GPE gpe_role",)
    assert settled.document is None


def test_change_takes_the_reason_of_its_region_before_that_of_the_text() -> None:
    of = article(FULL)
    items = left(of)
    items[LAO].attributes["gpe_role"] = "ORG"
    del items[DAY]
    items[VISIT] = Item(items[VISIT].attributes, items[VISIT].fills - {TIME})

    settled = settle(of, {}, Edited(items, {LAO: "M7: acts"}, "T2: no time"))

    assert settled.open == ()
    assert [(c.id, c.after, c.why) for c in settled.sweep] == [
        ("s0 event thăm@10 argument Time ref 19:26", None, "T2: no time"),
        ("s0 mention Lào@15 GPE gpe_role", "ORG", "M7: acts"),
        ("s0 time hôm 2/9@19 exists", None, "T2: no time"),
    ]
    assert settled.document == replayed(of, {}, settled)


def test_answer_and_text_that_contradict_each_other_are_open() -> None:
    of = article(document(an(), lao(), day(), visit(time=False)))
    items = left(of)
    items[VISIT] = Item(items[VISIT].attributes, items[VISIT].fills | {TIME})

    settled = settle(of, answered(of, "second"), Edited(items, {VISIT: "A2"}))

    assert settled.open == (
        "answer and text contradict each other: s0 event thăm@10 argument Time ref 19:26",
    )


def test_argument_that_both_state_goes_with_its_filler_and_the_log_says_so() -> None:
    of = article(document(an(), msgspec.structs.replace(lao(), type="LOC"), day(), visit()))
    decisions = answered(of, "other")

    settled = settle(of, decisions, Edited(of.ground))

    assert settled.open == ()
    assert [(c.id, c.after, c.why) for c in settled.sweep] == [
        ("s0 event thăm@10 argument Destination ref 15:18", None, "R0")
    ]
    assert settled.document == replayed(of, decisions, settled)


def test_decided_argument_whose_filler_is_not_taken_is_open() -> None:
    of = article(document(an(), lao(), visit(time=False)))
    decisions = answered(of, "first")
    decisions["s0 time hôm 2/9@19 exists"] = Decision("second", "T1")

    settled = settle(of, decisions, Edited(of.ground))

    assert "which was decided away" in settled.open[0]
    assert settled.document is None


def test_log_decides_what_nobody_has_handed_in() -> None:
    of = article(document(an(), lao(gpe_role="ORG"), day(), visit()))
    change = Change("s0 time hôm 2/9@19 mod", None, "APPROX", "T5: about")

    settled = settle(of, answered(of, "second"), None, [change])

    assert settled.open == ()
    assert settled.sweep == (change,)
    assert (settled.document.timexes or ())[0].mod == "APPROX"  # type: ignore[union-attr]


def test_changes_of_the_log_are_set_and_keep_their_reasons() -> None:
    of = article(FULL)
    known = [
        Change("s0 time hôm 2/9@19 mod", None, "APPROX", "T5: about"),
        Change("s0 time hôm 2/9@19 value", "XXXX-09-02", "2025-09-02", "T6: the year is known"),
    ]
    items, unset = preset(of, known, {})

    settled = settle(of, {}, Edited(items, {DAY: "T5: about; T6: the year is known"}), known)

    assert unset == []
    assert sorted((c.id, c.after, c.why) for c in settled.sweep) == [
        ("s0 time hôm 2/9@19 mod", "APPROX", "T5: about"),
        ("s0 time hôm 2/9@19 value", "2025-09-02", "T6: the year is known"),
    ]


def test_change_on_an_item_that_only_one_states_sets_the_item_and_comes_back() -> None:
    of = article(document(an(), lao(), visit(time=False)))
    decisions = answered(of, "first")
    known = [Change("s0 time hôm 2/9@19 mod", None, "APPROX", "T5: about")]
    items, unset = preset(of, known, decisions)

    settled = settle(of, decisions, Edited(items, {DAY: "T5: about"}), known)

    assert unset == []
    assert DAY not in of.ground
    assert items[DAY].attributes["mod"] == "APPROX"
    assert settled.open == ()
    assert [(c.id, c.after, c.why) for c in settled.sweep] == [
        ("s0 time hôm 2/9@19 mod", "APPROX", "T5: about")
    ]


def test_change_that_was_taken_back_leaves_the_log() -> None:
    of = article(FULL)
    known = [Change("s0 time hôm 2/9@19 mod", None, "APPROX", "T5: about")]

    assert settle(of, {}, Edited(of.ground), known).sweep == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Change("s9 time hôm@99 mod", None, "APPROX", "T5"), "is on an item that is not there"),
        (Change("s0 time hôm 2/9@19 extent", None, "hôm", "T5"), "give the change its fact"),
        (Change("s0 time hôm 2/9@19 shape", None, "big", "T5"), "is on an item that is not there"),
        (Change("s0 event thăm@10 argument Time ref x", None, "a", "T5"), "give the change its"),
        (Change("s0 time hôm 2/9@19 exists", None, "yes", "T5"), "give the change its fact"),
    ],
)
def test_change_that_cannot_be_made_is_refused(change: Change, said: str) -> None:
    with pytest.raises(InvalidError, match=said):
        adjudicate(FULL, FULL, common_names([FULL], [FULL]), {}, [change])


def test_two_items_that_nobody_could_tell_apart_are_refused() -> None:
    twice = document(an(), msgspec.structs.replace(lao(), start=4, end=9, type="PER"))
    of = article(twice)

    with pytest.raises(InvalidError, match=r"two items .* stand on 'Lê An' \[4, 9\) as PER"):
        _ = of.found


def test_chain_of_two_counts_though_it_has_no_name_of_the_corpus() -> None:
    events = (
        visit(chain="c7"),
        Event("Contact.Meet", Span(32, 35, "gặp"), id="ev2", chain="c7"),
    )
    tied = msgspec.structs.replace(FULL, events=events, chains=(Chain("c7"),))
    loose = msgspec.structs.replace(
        FULL,
        events=tuple(msgspec.structs.replace(e, chain=None) for e in events),
    )

    found = disagreements(tied, loose, common_names([tied], [loose]))

    assert [(each.id, each.first, each.second) for each in found] == [
        ("s0 event thăm@10 chain", "d:c7", None),
        ("s1 event gặp@32 chain", "d:c7", None),
    ]


def test_implicit_argument_whose_mention_has_no_entity_is_told() -> None:
    meet = Event(
        "Contact.Meet", Span(32, 35, "gặp"), arguments=(Argument("Place", "m2", implicit=True),)
    )

    of = article(document(an(), lao(entity=None), meet))

    with pytest.raises(InvalidError, match="give that mention its entity"):
        _ = of.found


def test_passes_of_other_articles_are_refused() -> None:
    other = msgspec.structs.replace(FULL, doc_id="other")

    with pytest.raises(IntegrityError, match="only a1 annotated 'd'"):
        articles([FULL], [other, FULL][:1], ("a1", "a2"))


def test_passes_on_another_text_are_refused() -> None:
    other = msgspec.structs.replace(FULL, text=TEXT.replace("Lào", "Lao"))

    with pytest.raises(IntegrityError, match="not the same text"):
        articles([FULL], [other], ("a1", "a2"))


def test_fingerprint_is_of_what_is_stated_not_of_ids_or_order() -> None:
    renumbered = document(
        lao(id="x2", entity="e2"),
        an(id="x1"),
        day(),
        visit(
            arguments=(
                Argument("Time", "t1"),
                Argument("Destination", "x2"),
                Argument("Visitor", "x1"),
            )
        ),
    )

    assert article(renumbered).fingerprint == article(FULL).fingerprint
    assert article(document(an(), lao(), visit(time=False))).fingerprint != (
        article(FULL).fingerprint
    )


VALUES = {
    "gpe_role": (None, "LOC", "ORG"),
    "value": (None, "2025", "XXXX-09-02"),
    "realis": (None, "ACTUAL", "OTHER", "GENERIC"),
    "modality": (None, "PLANNED"),
    "extent": (None, "0:9", "15:26"),
}
SECONDS = (
    FULL,
    document(an(extent=None), lao(gpe_role="ORG"), day(20), visit()),
    document(an(), visit(time=False, realis="OTHER", arguments=(Argument("Visitor", "m1"),))),
    document(lao(), day(value="2025"), visit(time=True, arguments=(Argument("Time", "t1"),))),
)


@given(st.data())
def test_gold_is_made_again_from_the_passes_and_the_log_whatever_was_changed(
    data: st.DataObject,
) -> None:
    of = article(data.draw(st.sampled_from(SECONDS)))
    take = st.sampled_from(TAKES)
    decisions = {each.id: Decision(data.draw(take), "R1") for each in of.found}
    items = left(of)
    for key in list(items):
        if data.draw(st.integers(0, 3)) == 0:
            del items[key]
            continue
        for what, values in VALUES.items():
            if what in items[key].attributes:
                items[key].attributes[what] = data.draw(st.sampled_from(values))
        fills = items[key].fills
        kept = frozenset(fill for fill in sorted(fills) if data.draw(st.booleans()))
        items[key] = Item(items[key].attributes, kept)
    if data.draw(st.booleans()):
        new = {"level": "PRO", "gpe_role": None, "extent": None, "entity": "an"}
        items[Key("mention", 28, 31, "PER")] = Item(dict(new))

    settled = settle(of, decisions, Edited(items, why="R2"))

    assert (settled.document is None) == bool(settled.open)
    if settled.document is not None:
        assert settled.document == replayed(of, decisions, settled)
        names = common_names([settled.document], [settled.document])
        found = facts(settled.document, names[0])
        for key, item in items.items():
            assert found[key].attributes.keys() == item.attributes.keys()
        assert not any(key in of.ground and key not in items for key in found)


def test_item_is_changed_without_touching_what_it_was_made_of() -> None:
    items = left(article(FULL))
    change = Change("s0 time hôm 2/9@19 mod", None, "APPROX", "T5")

    made = changed(items, [change], FULL)

    assert items[DAY].attributes["mod"] is None
    assert made[DAY].attributes["mod"] == "APPROX"
