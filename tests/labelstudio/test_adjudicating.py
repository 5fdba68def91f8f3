"""Tasks of an adjudication, and what is made of annotations of them; without a server."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest
from adjudications import answer, answered, empty, opened, passes, recorded, there
from label_studio_sdk.label_interface.interface import LabelInterface
from msgspec.structs import replace

from vinee import ontology
from vinee.corpus.adjudication import Article, Change, Log, adjudicate, articles
from vinee.formats.label_studio import controls
from vinee.labelstudio.adjudicating.config import adjudication_config
from vinee.labelstudio.adjudicating.instructions import instructions
from vinee.labelstudio.adjudicating.names import NO_VALUE, Names
from vinee.labelstudio.adjudicating.outcome import Outcome, outcome
from vinee.labelstudio.adjudicating.panel import block
from vinee.labelstudio.adjudicating.tasks import task
from vinee.model import Document, Entity, Event, Mention, Span

ARTICLE = passes()[2]  # seven disagreements, one of them on modality, and one later change
MODALITY = 4
HOSTILE = "</td><script>alert(1)</script><img src=x onerror=alert(2)> & \"q\" 'a' \u202e{{idx}} $x"


class Parsed(HTMLParser):
    """Tags and text of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def xml(config: str) -> Element:
    return fromstring(config)  # noqa: S314 - we have just written it


def decided(article: Article, log: Log) -> Document:
    return adjudicate(article.first, article.second, article.naming, log.decided(), log.sweep)


def handed_in(*results: list[dict[str, Any]], **given: Any) -> Outcome:
    return outcome(ARTICLE, empty(ARTICLE), there(ARTICLE, *results, **given))


def complete() -> list[dict[str, Any]]:
    log = replace(recorded(ARTICLE), sweep=())
    return opened(ARTICLE) + answered(ARTICLE, log)


def region(result: list[dict[str, Any]], id_: str) -> list[dict[str, Any]]:
    return [item for item in result if item.get("id") == id_]


def trigger(result: list[dict[str, Any]], start: int) -> str:
    return next(
        str(item["id"])
        for item in result
        if item.get("from_name") == controls.TRIGGER and item["value"]["start"] == start
    )


def test_configuration_is_one_that_the_sdk_reads() -> None:
    config = adjudication_config(ontology.default(), ("lan@example.org", "<minh> & 'x'"))

    interface: Any = LabelInterface(config)
    interface.validate()
    names = {each.get("name") for each in xml(config).iter() if each.get("toName")}
    assert names >= controls.LABELS
    assert {"take_{{idx}}", "why_{{idx}}", "change_why", "rest_why", "disputed"} <= names


def test_configuration_asks_for_nothing_that_adjudication_would_drop() -> None:
    config = adjudication_config(ontology.default(), ("a1", "a2"))

    names = {each.get("name") for each in xml(config).iter("TextArea")}
    of_entities = {controls.ENTITY, controls.ENTITY_NAME, controls.ENTITY_WIKIDATA}
    assert {*of_entities, controls.CHAIN, controls.CHAIN_NAME, controls.TIMEX_VALUE} <= names
    assert not names & {controls.ENTITY_TYPE, controls.ENTITY_CORPUS_ID, controls.CHAIN_CORPUS_ID}


def test_names_of_annotators_are_escaped_in_the_instructions() -> None:
    html = instructions(ontology.default(), ("<script>", "a2"))

    assert "&lt;script&gt;" in html
    assert "<script>" not in html


@pytest.mark.parametrize("of", passes(), ids=lambda of: of.doc_id)
def test_task_that_is_handed_in_with_the_recorded_answers_gives_what_they_give(
    of: Article,
) -> None:
    log = replace(recorded(of), sweep=())

    found = outcome(of, empty(of), there(of, opened(of) + answered(of, log)))

    assert found.open == ()
    assert found.log == log
    assert found.document == decided(of, log)


@pytest.mark.parametrize("of", passes(), ids=lambda of: of.doc_id)
def test_log_is_set_in_the_task_and_comes_back_as_it_was(of: Article) -> None:
    log = recorded(of)

    found = outcome(of, log, there(of, opened(of, log)))

    assert found.open == ()
    assert [(c.id, c.before, c.after, c.why) for c in found.log.sweep] == [
        (c.id, c.before, c.after, c.why) for c in log.sweep
    ]
    assert found.log.decisions == log.decisions
    assert found.document == decided(of, log)


def test_log_counts_before_anything_is_handed_in() -> None:
    found = outcome(ARTICLE, recorded(ARTICLE), there(ARTICLE))

    assert (found.open, found.undecided, found.log) == ((), 0, recorded(ARTICLE))


def test_answer_is_newer_than_the_log() -> None:
    log = recorded(ARTICLE)
    result = opened(ARTICLE, log)
    for item in result:
        if item.get("from_name") == "take_0":
            item["value"]["choices"] = ["second"]

    found = outcome(ARTICLE, log, there(ARTICLE, result))

    assert found.revised == 1
    assert found.log.decisions[0].take == "second"


def test_marks_in_the_text_say_who_states_what() -> None:
    marks = [item for item in opened(ARTICLE) if item.get("from_name") == "disputed"]

    assert {(m["value"]["start"], *m["value"]["labels"], *m["meta"]["text"]) for m in marks} >= {
        (988, "both", "5. modality")
    }
    assert all(mark["readonly"] for mark in marks)


@pytest.mark.parametrize("layer", ["text", "annotators"])
def test_nothing_from_a_document_becomes_a_tag(layer: str) -> None:
    text = f"{HOSTILE} gặp {HOSTILE}"
    start = text.index("gặp")
    events = (Event("Contact.Meet", Span(start, start + 3, "gặp"), realis="ACTUAL"),)
    first = Document("d", text, events=events, sentences=(Span(0, len(text)),))
    second = replace(
        first,
        events=(replace(events[0], realis="OTHER"),),
        mentions=(Mention(0, 5, "PER", entity="e1"),),
        entities=(Entity("e1", "PER", corpus_id=HOSTILE),),
    )
    who = (HOSTILE, "a2") if layer == "annotators" else ("a1", "a2")
    article = articles([first], [second], who)[0]

    blocks = [block(number, found, article) for number, found in enumerate(article.found)]

    pieces = [str(each["html"]) for each in blocks]
    pieces += [choice["html"] for each in blocks for choice in each["choices"]]  # type: ignore[attr-defined]
    parsed = [Parsed(piece) for piece in pieces]
    assert {tag for each in parsed for tag in each.tags} <= {"table", "tr", "td", "b", "span"}
    assert {name for each in parsed for name in each.attributes} == {"class"}
    assert any(HOSTILE in each.text for each in parsed)


def test_both_versions_of_a_sentence_stand_side_by_side() -> None:
    found = ARTICLE.found[6]  # the second annotator has a Giver

    html = str(block(7, found, ARTICLE)["html"])

    ours, theirs = html.split("</td><td")
    assert '<span class="vinee-item">cung cấp</span>' in ours
    assert "vinee-filler" not in ours
    assert '<span class="vinee-filler">Mỹ</span>' in theirs


def test_third_value_is_offered_as_none_only_where_nobody_says_so() -> None:
    offered = [
        [choice["value"] for choice in block(n, found, ARTICLE)["choices"]]  # type: ignore[attr-defined]
        for n, found in enumerate(ARTICLE.found)
    ]

    assert offered[MODALITY] == ["first", "second", NO_VALUE, "other"]
    assert offered[0] == ["first", "second", "other"]


def test_no_value_is_logged_as_a_change_and_set_again() -> None:
    result = complete()
    for item in result:
        if item.get("from_name") == f"take_{MODALITY}":
            item["value"]["choices"] = [NO_VALUE]

    found = handed_in(result)

    # By the guidelines, this event cannot be without a modality; the answer can still be given.
    assert [line.rpartition(" ")[2] for line in found.open] == ["[event-attributes]"]
    assert found.log.decisions[MODALITY].take == "other"
    assert [(c.id, c.after, c.why) for c in found.log.sweep] == [
        (ARTICLE.found[MODALITY].id, None, recorded(ARTICLE).decisions[MODALITY].why)
    ]
    assert (decided(ARTICLE, found.log).events or ())[14].modality is None
    again = [i for i in opened(ARTICLE, found.log) if i.get("from_name") == f"take_{MODALITY}"]
    assert again[0]["value"]["choices"] == [NO_VALUE]


def test_third_value_is_that_of_the_region() -> None:
    result = complete()
    event = trigger(result, ARTICLE.found[MODALITY].key.start)
    for item in result:
        if item.get("from_name") == f"take_{MODALITY}":
            item["value"]["choices"] = ["other"]
    result.append(
        {
            **answer("modality", "DESIRED"),
            "id": event,
            "type": "choices",
            "value": {"choices": ["DESIRED"]},
        }
    )

    found = handed_in(result)

    assert found.open == ()
    assert [(c.id, c.after) for c in found.log.sweep] == [(ARTICLE.found[MODALITY].id, "DESIRED")]
    assert found.document == decided(ARTICLE, found.log)
    assert outcome(ARTICLE, found.log, there(ARTICLE, opened(ARTICLE, found.log))).log == found.log


@pytest.mark.parametrize("where", ["text", "nowhere"])
def test_region_that_was_deleted_is_a_change_and_needs_a_reason(where: str) -> None:
    result = complete()
    time = next(i for i in result if i.get("from_name") == controls.TIMEX)
    gone = str(time["id"])
    result = [
        item
        for item in result
        if item.get("id") != gone and gone not in (item.get("from_id"), item.get("to_id"))
    ]
    if where == "text":
        result.append(answer("rest_why", "T2: no time"))

    found = handed_in(result)

    changes = [change for change in found.log.sweep if change.id.endswith("exists")]
    assert len(changes) == 1
    if where == "text":
        assert found.open == ()
        assert {change.why for change in found.log.sweep} == {"T2: no time"}
        assert found.document == decided(ARTICLE, found.log)
    else:
        assert all(line.startswith("no reason for the change: ") for line in found.open)
        assert found.document is None


def test_reason_at_an_extent_is_its_mentions() -> None:
    result = complete()
    tie = next(i for i in result if i["type"] == "relation" and i["labels"] == ["extent"])
    (extent,) = [i for i in region(result, tie["to_id"]) if i["type"] == "labels"]
    extent["value"]["end"] += 1
    result.append({**answer("change_why", "M4: with the next"), "id": tie["to_id"]})

    found = handed_in(result)

    assert [(c.why, c.id.rpartition(" ")[2]) for c in found.log.sweep] == [
        ("M4: with the next", "extent")
    ]


def test_drawn_mention_of_a_new_entity_is_a_change() -> None:
    result = complete()
    value = {"start": 0, "end": 4, "text": "nonsense", "labels": ["PER"]}
    result.append(
        {"id": "new", "from_name": "mention", "to_name": "text", "type": "labels", "value": value}
    )
    result.append({**answer("entity", "somebody-new"), "id": "new"})
    result.append({**answer("change_why", "M1: a name"), "id": "new"})

    found = handed_in(result)

    assert [(c.why, c.fact.item.attributes["entity"]) for c in found.log.sweep] == [  # type: ignore[union-attr]
        ("M1: a name", "somebody-new")
    ]
    assert found.document is None or found.document == decided(ARTICLE, found.log)


def test_answer_without_a_reason_is_open_and_takes_back_what_the_log_had() -> None:
    log = recorded(ARTICLE)
    result = [item for item in opened(ARTICLE, log) if item.get("from_name") != "why_3"]

    found = outcome(ARTICLE, log, there(ARTICLE, result))

    assert found.undecided == 1
    assert found.open[0] == f"4. answered, but without a reason: {ARTICLE.found[3].id}"
    assert found.document is None


@pytest.mark.parametrize("why", ["", " ", "\n"])
def test_blank_reason_is_none(why: str) -> None:
    result = complete()
    for item in result:
        if item.get("from_name") == "why_0":
            item["value"]["text"] = [why]

    assert handed_in(result).undecided == 1


def test_reason_without_an_answer_is_open() -> None:
    result = [item for item in complete() if item.get("from_name") != "take_2"]

    assert handed_in(result).open[0] == f"3. has a reason, but no answer: {ARTICLE.found[2].id}"


def test_draft_is_said_and_holds_the_article_back() -> None:
    found = handed_in(complete(), draft=True)

    assert "a draft that is not submitted" in found.open[0]
    assert found.document is None


def test_skipped_task_is_said_and_undecided() -> None:
    found = handed_in(skipped=1)

    assert found.open[0] == "the task was skipped; submit it instead"
    assert found.undecided == 7


def test_two_adjudicators_who_say_the_same_are_one() -> None:
    assert handed_in(complete(), complete()).open == ()


def test_two_adjudicators_who_contradict_each_other_are_refused() -> None:
    other = complete()
    for item in other:
        if item.get("from_name") == "take_1":
            item["value"]["choices"] = ["first"]

    found = handed_in(complete(), other)

    assert found.open[0] == ("the annotations 1, 2 contradict each other; delete all but one")
    assert found.undecided == 7


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (answer("take_7", "first"), "there is an answer 'take_7', but only 7 disagreements"),
        (answer("take_0", "third"), "take_0 is 'third'; known: first, second, other"),
        (answer("why_0", "another"), "there are several answers 'why_0'; keep one"),
        ({**answer("take_0", "x"), "value": 5}, "not as"),
        ({**answer("take_0", "x"), "value": {"choices": 5}}, "not as exported"),
        (
            {"type": "relation", "from_id": "ev1", "to_id": "disputed-both-988-996", "labels": []},
            "there is no such region",
        ),
        (
            {
                "id": "x",
                "type": "labels",
                "from_name": "mention",
                "to_name": "text",
                "value": {"start": 5, "end": 99999, "labels": ["PER"]},
            },
            "draw it again",
        ),
        (
            {
                "id": "x",
                "type": "labels",
                "from_name": "foreign",
                "to_name": "text",
                "value": {"start": 5, "end": 9, "labels": ["PER"]},
            },
            "is of the control 'foreign'",
        ),
    ],
)
def test_annotation_that_cannot_be_read_is_open_and_nothing_of_it_is_taken(
    item: dict[str, Any], said: str
) -> None:
    replaced = item.get("from_name") if said.startswith("take_0 is") else "nothing"
    found = handed_in([*(i for i in complete() if i.get("from_name") != replaced), item])

    assert found.open[0].startswith("annotation 1 cannot be read: ")
    assert said in found.open[0]
    assert found.undecided == 7


def test_document_that_the_validator_refuses_is_open() -> None:
    result = complete()
    relation = next(i for i in result if i["type"] == "relation" and i["labels"] != ["extent"])
    relation["labels"] = ["NoSuchRole"]
    result.append(answer("rest_why", "A1"))

    found = handed_in(result)

    assert found.document is None
    assert any("NoSuchRole" in line for line in found.open)


def test_task_of_a_document_is_always_the_same() -> None:
    assert task(ARTICLE, recorded(ARTICLE)) == task(ARTICLE, recorded(ARTICLE))


def test_names_leave_out_the_documents_id_and_come_back() -> None:
    names = Names("d", ["d:e1", "putin", "d:e2", "e2", "x:e3"])

    shown = [names.shown(name) for name in ("d:e1", "putin", "d:e2", "e2", "x:e3", "new")]

    assert shown == ["e1", "putin", "d:e2", "e2", "x:e3", "new"]
    assert [names.meant(name) for name in shown] == ["d:e1", "putin", "d:e2", "e2", "x:e3", "new"]


def test_change_that_the_log_has_is_set_on_its_region() -> None:
    article = passes()[4]
    key = article.found[0].key
    log = recorded(article)
    change = Change(f"s2 event hội nghị thượng đỉnh@{key.start} realis", "x", "GENERIC", "R1")

    result = opened(article, replace(log, sweep=(change,)))

    ids = trigger(result, key.start)
    realis = [i for i in region(result, ids) if i.get("from_name") == "realis"]
    assert realis[0]["value"]["choices"] == ["GENERIC"]
