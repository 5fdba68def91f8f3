"""Wikidata items in an adjudication: set where annotators agree, asked for where they do not."""

from __future__ import annotations

from dataclasses import replace as dc_replace
from typing import TYPE_CHECKING, Any

import pytest
from adjudications import (
    LAO,
    LAO_AGAIN,
    PHAP,
    PHAP_AGAIN,
    TEXT,
    answer,
    answered,
    empty,
    opened,
    there,
    two_states,
    two_views,
)
from msgspec.structs import replace

from vinee.corpus.adjudication import adjudicate, articles
from vinee.corpus.adjudication.facts import Key
from vinee.formats.label_studio import controls
from vinee.labelstudio.adjudicating.names import CHANGE_WHY, NO_VALUE, REST_WHY, STANDING
from vinee.labelstudio.adjudicating.outcome import outcome
from vinee.labelstudio.adjudicating.panel import block
from vinee.model import Argument, Event, Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from vinee.corpus.adjudication import Log
    from vinee.corpus.adjudication.article import Article
    from vinee.labelstudio.adjudicating.outcome import Outcome

HOSTILE = "</td><script>alert(1)</script>"
DISPUTE = "entity lao wikidata"


def at(result: list[dict[str, Any]], place: tuple[int, int]) -> str:
    """Give the region that a mention is."""
    return next(
        str(item["id"])
        for item in result
        if item.get("from_name") == controls.MENTION
        and (item["value"]["start"], item["value"]["end"]) == place
    )


def written(result: list[dict[str, Any]]) -> dict[str, str]:
    """Give the items by the regions that they are written at."""
    return {
        item["id"]: item["value"]["text"][0]
        for item in result
        if item.get("from_name") == controls.ENTITY_WIKIDATA
    }


def write(result: list[dict[str, Any]], control: str, place: tuple[int, int], text: str) -> None:
    result.append({**answer(control, text), "id": at(result, place)})


def draw(result: list[dict[str, Any]], place: tuple[int, int], level: str) -> None:
    """Draw a mention that is in no region yet."""
    value = {"start": place[0], "end": place[1], "text": TEXT[slice(*place)], "labels": ["GPE"]}
    region = {"id": "new", "from_name": "mention", "to_name": "text", "type": "labels"}
    result.append({**region, "value": value})
    result += [
        {**answer(c, v), "id": "new", "type": "choices", "value": {"choices": [v]}}
        for c, v in {"gpe_role": "ORG", "level": level}.items()
    ]


def clear(result: list[dict[str, Any]], control: str, place: tuple[int, int]) -> None:
    region = at(result, place)
    result[:] = [i for i in result if (i.get("id"), i.get("from_name")) != (region, control)]


def delete(result: list[dict[str, Any]], place: tuple[int, int]) -> None:
    region = at(result, place)
    result[:] = [item for item in result if item.get("id") != region]


def decide(article: Article, take: str, why: str = "looked at both") -> list[dict[str, Any]]:
    return [*opened(article), answer("take_0", take), answer("why_0", why)]


def handed_in(article: Article, result: list[dict[str, Any]], log: Log | None = None) -> Outcome:
    return outcome(article, log or empty(article), there(article, result))


def items_of(found: Outcome, result: list[dict[str, Any]]) -> dict[str | None, str | None]:
    """Give the items of the decided document.

    Passes and log give it again, so does the same annotation another time, and so does a task
    that is made of the log and handed in as it is.
    """
    assert (found.open, found.undecided) == ((), 0)
    article, log = found.article, found.log
    again = adjudicate(article.first, article.second, article.naming, log.decided(), log.sweep)
    assert found.document == again
    repeated = handed_in(article, result, log)
    assert (repeated.open, repeated.log, repeated.document) == ((), log, again)
    remade = outcome(article, log, there(article, opened(article, log), log=log))
    assert (remade.open, remade.log, remade.document) == ((), log, again)
    return {entity.corpus_id: entity.wikidata for entity in again.entities or ()}


def test_agreed_item_is_set_in_the_text_and_a_disputed_one_is_marked() -> None:
    result = opened(two_views())

    assert written(result) == {at(result, PHAP): "Q142"}
    [mark] = [item for item in result if item.get("from_name") == "disputed"]
    assert (mark["value"]["start"], mark["value"]["end"]) == LAO
    assert mark["meta"]["text"] == ["1. wikidata"]


def test_both_items_stand_side_by_side_with_who_gave_them() -> None:
    article = two_views()

    shown: dict[str, Any] = block(1, article.found[0], article)

    assert shown["title"] == "1. lao — thực thể · entity: wikidata"
    ours, theirs = shown["html"].split("</td><td")
    link = '<a href="https://www.wikidata.org/wiki/Q819" target="_blank" rel="noreferrer">Q819</a>'
    assert f"<b>lan</b> {link}" in ours
    assert "<b>minh</b> NIL" in theirs
    assert '<span class="vinee-item">Lào</span> thăm Pháp.' in ours
    assert [(c["value"], c["html"].partition(" ")[0]) for c in shown["choices"]] == [
        ("first", "<b>lan</b>:"),
        ("second", "<b>minh</b>:"),
        (NO_VALUE, "Chưa"),
        ("other", "Cách"),
    ]


def test_no_item_becomes_a_tag() -> None:
    article = two_views(second=two_states(HOSTILE, "Q142"))

    shown: dict[str, Any] = block(1, article.found[0], article)

    told = shown["html"] + "".join(choice["html"] for choice in shown["choices"])
    assert "&lt;script&gt;" in told
    assert "<script>" not in told


@pytest.mark.parametrize(("take", "item"), [("first", "Q819"), ("second", "NIL"), (NO_VALUE, None)])
def test_answer_is_the_item_of_the_gold(take: str, item: str | None) -> None:
    article = two_views()

    result = decide(article, take)

    found = handed_in(article, result)

    assert items_of(found, result) == {"lao": item, "phap": "Q142"}


def test_nothing_is_gold_before_the_item_is_decided() -> None:
    article = two_views()

    found = handed_in(article, opened(article))

    assert found.open == (f"1. undecided: {DISPUTE}",)
    assert found.document is None


@pytest.mark.parametrize("place", [LAO, LAO_AGAIN])
def test_third_item_is_written_at_a_mention(place: tuple[int, int]) -> None:
    article = two_views()
    result = decide(article, "other", "both are something else")
    write(result, controls.ENTITY_WIKIDATA, place, "Q9854")

    found = handed_in(article, result)

    assert items_of(found, result) == {"lao": "Q9854", "phap": "Q142"}
    assert [(c.id, c.after, c.why) for c in found.log.sweep] == [
        (DISPUTE, "Q9854", "both are something else")
    ]


def test_third_item_that_nobody_wrote_is_missed() -> None:
    article = two_views()

    found = handed_in(article, decide(article, "other"))

    assert found.open == (f"neither's, but nothing of its own is set: {DISPUTE}",)


def test_third_item_that_is_no_item_is_refused() -> None:
    article = two_views()
    result = decide(article, "other")
    write(result, controls.ENTITY_WIKIDATA, LAO, "819")

    [line] = handed_in(article, result).open

    assert "819" in line
    assert "Q and a number" in line


def test_answer_for_one_item_and_another_one_in_the_text_contradict() -> None:
    article = two_views()
    result = decide(article, "first")
    write(result, controls.ENTITY_WIKIDATA, LAO, "Q9854")

    found = handed_in(article, result)

    assert f"answer and text contradict each other: {DISPUTE}" in found.open


@pytest.mark.parametrize("why", [None, CHANGE_WHY, REST_WHY])
@pytest.mark.parametrize("item", ["Q70802", None])
def test_agreed_item_can_be_changed_with_a_reason(item: str | None, why: str | None) -> None:
    article = two_views()
    result = decide(article, "first")
    clear(result, controls.ENTITY_WIKIDATA, PHAP)
    if item is not None:
        write(result, controls.ENTITY_WIKIDATA, PHAP, item)
    if why == CHANGE_WHY:
        write(result, why, PHAP, "another one is meant")
    elif why == REST_WHY:
        result.append(answer(why, "another one is meant"))

    found = handed_in(article, result)

    if why is None:
        assert found.open == ("no reason for the change: entity phap wikidata",)
    else:
        assert items_of(found, result) == {"lao": "Q819", "phap": item}
        assert [(c.before, c.after, c.why) for c in found.log.sweep] == [
            ("Q142", item, "another one is meant")
        ]


def test_item_outlives_the_mention_that_it_was_written_at() -> None:
    article = two_views()
    result = [*decide(article, "first"), answer(REST_WHY, "M1: no mention")]
    delete(result, PHAP)

    found = handed_in(article, result)

    assert items_of(found, result) == {"lao": "Q819", "phap": "Q142"}
    assert [change.id for change in found.log.sweep] == ["s0 mention Pháp@9 GPE exists"]


def test_item_that_is_wiped_off_a_mention_that_another_entity_gets_stays_with_the_first() -> None:
    article = two_views()
    result = [*decide(article, "first"), answer(REST_WHY, "C1: another one")]
    clear(result, controls.ENTITY, PHAP)
    write(result, controls.ENTITY, PHAP, "paris")
    [line] = handed_in(article, result).open
    clear(result, controls.ENTITY_WIKIDATA, PHAP)

    found = handed_in(article, result)

    assert "'phap' and 'paris' are both Q142" in line
    assert items_of(found, result) == {"lao": "Q819", "phap": "Q142", "paris": None}


def test_mention_that_both_missed_comes_with_its_item() -> None:
    lone = [two_states(item, "Q142", LAO_AGAIN, PHAP_AGAIN) for item in ("Q819", "NIL")]
    article = two_views(*lone)
    result = decide(article, "first")
    draw(result, PHAP_AGAIN, "NOM")
    write(result, controls.ENTITY, PHAP_AGAIN, "another")
    write(result, controls.ENTITY_WIKIDATA, PHAP_AGAIN, "Q70802")
    write(result, CHANGE_WHY, PHAP_AGAIN, "M1: both missed it")

    found = handed_in(article, result)

    assert items_of(found, result) == {"lao": "Q819", "phap": "Q142", "another": "Q70802"}
    assert {(c.id, c.why) for c in found.log.sweep} == {
        ("s1 mention nước kia@35 GPE exists", "M1: both missed it"),
        ("entity another wikidata", "M1: both missed it"),
    }


def test_item_of_an_entity_of_which_nothing_is_agreed_is_kept() -> None:
    # Each has one mention of Phap only, and not the same.
    article = two_views(
        two_states("Q819", "Q142", PHAP_AGAIN), two_states("Q819", "Q142", PHAP, LAO_AGAIN)
    )
    log = empty(article)
    first = replace(log, decisions=tuple(replace(d, take="first", why="M1") for d in log.decisions))

    result = opened(article) + answered(article, first)

    found = handed_in(article, result)

    assert Key("entity", 0, 0, "phap") in article.ground
    assert items_of(found, result) == {"lao": "Q819", "phap": "Q142"}


@pytest.mark.parametrize("why", [None, "M1: none of them"])
def test_bare_text_is_taken_for_what_the_editor_did_not_show_unless_a_reason_is_given(
    why: str | None,
) -> None:
    article = two_views()
    result = [answer("take_0", "first"), answer("why_0", "looked at both")]
    if why:
        result.append(answer(REST_WHY, why))

    found = handed_in(article, result)

    assert found.log.decisions[0].take == "first"
    if why is None:
        assert any("nothing left in the text" in line for line in found.open)
        assert found.document is None
        assert found.log.sweep == ()
    else:
        assert len(found.log.sweep) == len(article.first.mentions or ())


def test_third_name_is_written_at_a_mention() -> None:
    first, second = (
        replace(
            document := two_states("Q819", "Q142"),
            entities=tuple(
                replace(e, name=f"{e.corpus_id}, {who}") for e in document.entities or ()
            ),
            meta={"pass": {"annotator": who}},
        )
        for who in ("lan", "minh")
    )
    article = two_views(first, second)
    result = opened(article)
    for index, take in enumerate(("other", "second")):
        result += [answer(f"take_{index}", take), answer(f"why_{index}", "its usual name")]
    write(result, controls.ENTITY_NAME, LAO_AGAIN, "Laos")

    found = handed_in(article, result)

    assert items_of(found, result) == {"lao": "Q819", "phap": "Q142"}
    assert found.document is not None
    assert [entity.name for entity in found.document.entities or ()] == ["Laos", "phap, minh"]
    assert [(c.id, c.why) for c in found.log.sweep] == [("entity lao name", "its usual name")]
    shown: dict[str, Any] = block(1, article.found[0], article)
    assert shown["choices"][-2]["html"] == "Không có giá trị · Neither: it has no value"


def test_item_that_goes_along_to_another_entity_is_noticed() -> None:
    article = two_views(two_states(None, "Q142"), two_states(None, "Q142"))
    result = [*opened(article), answer(REST_WHY, "C1: this one is Lào")]
    clear(result, controls.ENTITY, PHAP)
    write(result, controls.ENTITY, PHAP, "lao")

    [line] = handed_in(article, result).open

    assert "'phap' and 'lao' are both Q142; make them one entity, or mend an item" in line


def agreed() -> Article:
    return two_views(two_states("Q819", "Q142"), two_states("Q819", "Q142"))


def remade(found: Outcome, edit: Callable[[list[dict[str, Any]]], None]) -> Outcome:
    """Make the task again of the log, and hand it in with one more thing done."""
    result = opened(found.article, found.log)
    edit(result)
    return outcome(found.article, found.log, there(found.article, result, log=found.log))


@pytest.mark.parametrize("item", ["Q70802", None])
def test_changed_item_of_a_log_outlives_the_mention_that_it_was_written_at(
    item: str | None,
) -> None:
    article = agreed()
    result = [*opened(article), answer(REST_WHY, "wrong")]
    clear(result, controls.ENTITY_WIKIDATA, PHAP)
    if item is not None:
        write(result, controls.ENTITY_WIKIDATA, PHAP, item)

    again = remade(handed_in(article, result), lambda result: delete(result, PHAP))

    assert again.open == ()
    assert again.document is not None
    assert [e.wikidata for e in again.document.entities or ()] == ["Q819", item]


def test_third_item_of_a_log_outlives_the_mention_that_it_was_written_at() -> None:
    article = two_views()
    result = [*decide(article, "other"), answer(REST_WHY, "M1: no mention")]
    write(result, controls.ENTITY_WIKIDATA, LAO, "Q9854")

    again = remade(handed_in(article, result), lambda result: delete(result, LAO))

    assert again.open == ()
    assert {change.id for change in again.log.sweep} == {DISPUTE, "s0 mention Lào@0 GPE exists"}


def test_item_given_to_an_entity_of_which_nothing_was_set_is_set_again() -> None:
    elsewhere = replace(two_states("Q819", None), doc_id="b")
    firsts = [two_states("Q819", None, PHAP_AGAIN, LAO_AGAIN), elsewhere]
    seconds = [two_states("Q819", None, PHAP, LAO_AGAIN), elsewhere]
    article, _ = articles(firsts, seconds, ("lan", "minh"))
    log = empty(article)
    first = replace(log, decisions=tuple(replace(d, take="first", why="M1") for d in log.decisions))
    result = [*opened(article), *answered(article, first), answer(REST_WHY, "found it")]
    draw(result, PHAP, "NAM")
    write(result, controls.ENTITY, PHAP, "phap")
    write(result, controls.ENTITY_WIKIDATA, PHAP, "Q142")

    found = handed_in(article, result)

    assert items_of(found, result) == {"lao": "Q819", "phap": "Q142"}


def test_mention_that_was_deleted_with_the_argument_that_it_filled_does_not_come_back() -> None:
    visit = Event(
        "Contact.Meet",
        Span(4, 8, "thăm"),
        id="ev1",
        arguments=(Argument("Entity", ref="m0"),),
        polarity="POSITIVE",
        realis="ACTUAL",
    )
    both = replace(two_states("Q819", "Q142"), events=(visit,))
    article = two_views(both, both)
    region = at(opened(article), LAO)
    result = [
        item
        for item in [*opened(article), answer(REST_WHY, "M1: no mention")]
        if region not in (item.get("id"), item.get("from_id"), item.get("to_id"))
    ]

    found = handed_in(article, result)

    assert items_of(found, result) == {"phap": "Q142", "lao": "Q819"}
    assert len(found.log.sweep) == 2


def test_reasons_of_a_log_stay_with_what_they_are_of() -> None:
    article = agreed()
    result = [*opened(article), answer(REST_WHY, "one thing is clear")]
    for place in (PHAP, PHAP_AGAIN):
        clear(result, controls.ENTITY, place)
        write(result, controls.ENTITY, place, "paris")
    clear(result, controls.ENTITY_WIKIDATA, PHAP)
    write(result, controls.ENTITY_WIKIDATA, PHAP, "Q90")
    write(result, CHANGE_WHY, PHAP, "the city")

    found = handed_in(article, result)

    assert items_of(found, result) == {"lao": "Q819", "paris": "Q90"}
    assert {(c.id.rpartition(" ")[2], c.why) for c in found.log.sweep} == {
        ("entity", "the city"),
        ("entity", "one thing is clear"),
        ("wikidata", "the city"),
    }


def test_text_without_regions_is_not_missed_where_none_was_set() -> None:
    article = two_views(
        two_states("Q819", None, PHAP, LAO_AGAIN, PHAP_AGAIN),
        two_states(None, None, LAO, PHAP, LAO_AGAIN, PHAP_AGAIN),
    )
    result = [*opened(article), answer("take_0", "first"), answer("why_0", "M1")]

    assert handed_in(article, result).open == ()


def test_task_that_does_not_say_what_stood_in_it_is_read_as_the_log_would_make_it() -> None:
    article = agreed()
    result = [*opened(article), answer(REST_WHY, "wrong")]
    clear(result, controls.ENTITY_WIKIDATA, PHAP)
    shown = there(article, result)
    old = dc_replace(shown, data={k: v for k, v in shown.data.items() if k != STANDING})

    assert outcome(article, empty(article), old).log == handed_in(article, result).log


def test_two_items_at_one_entity_are_refused_with_both() -> None:
    article = two_views()
    result = decide(article, "first")
    write(result, controls.ENTITY_WIKIDATA, PHAP_AGAIN, "Q1")

    [line] = handed_in(article, result).open[:1]

    assert "Q142" in line
    assert "Q1" in line
