from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vinee.errors import ExtractorError
from vinee.extractors.command import answer
from vinee.extractors.command.excerpt import excerpt
from vinee.formats import native
from vinee.model import Argument, Document, Event, Mention, Section, Span, Timex
from vinee.resources import root

TEXT = "Ông Putin gặp ông Trump ở Moskva; Putin cảm ơn hoà giải năm 2019."
DOCUMENT = Document(
    "a", text=TEXT, sections=(Section(0, len(TEXT), "body"),), sentences=(Span(0, len(TEXT)),)
)


def read(**given: Any) -> Document:
    return answer.read(json.dumps(given).encode(), DOCUMENT, "extractor 'mine', document 'a'")


def texts(found: Document) -> list[tuple[str | None, str]]:
    return [(each.text, each.type) for each in found.mentions or ()]


def test_spans_become_mentions() -> None:
    assert read(spans=[[4, 9, "PER"], [26, 32, "GPE"]]) == Document(
        "a",
        mentions=(
            Mention(4, 9, "PER", text="Putin", id="m1"),
            Mention(26, 32, "GPE", text="Moskva", id="m2"),
        ),
    )


def test_no_spans_are_an_answer_too() -> None:
    assert read(spans=[]) == Document("a", mentions=())


def test_a_full_document_keeps_all_that_it_says() -> None:
    full = Document(
        "a",
        mentions=(Mention(4, 9, "PER", text="Putin", id="x", extent=Span(0, 9), score=0.5),),
        timexes=(Timex(56, 64, id="t", type="DATE", value="2019"),),
        events=(
            Event(
                "Contact.Meet",
                Span(10, 13),
                id="e",
                arguments=(Argument("Place", span=Span(26, 32)), Argument("Entity", ref="x")),
            ),
        ),
        meta={"seconds": 1.5},
    )

    found = answer.read(native.encode(full), DOCUMENT, "")

    assert found.meta == full.meta
    assert [(m.id, m.score) for m in found.mentions or ()] == [("x", 0.5)]
    assert found.mentions is not None
    assert found.timexes is not None
    assert found.events is not None
    (event,) = found.events
    assert found.mentions[0].extent == Span(0, 9, "Ông Putin")
    assert found.timexes[0].text == "năm 2019"
    assert event.trigger.text == "gặp"
    assert event.arguments[0].span == Span(26, 32, "Moskva")
    assert event.arguments[1] == Argument("Entity", ref="x")


def test_ids_that_were_left_out_are_filled_in_and_never_taken_twice() -> None:
    found = read(
        mentions=[
            {"start": 4, "end": 9, "type": "PER"},
            {"start": 18, "end": 23, "type": "PER", "id": "m1"},
            {"start": 26, "end": 32, "type": "GPE"},
        ],
        timexes=[{"start": 56, "end": 64}],
        events=[{"type": "Contact.Meet", "trigger": {"start": 10, "end": 13}}],
    )

    assert [each.id for each in found.mentions or ()] == ["m2", "m1", "m3"]
    assert [each.id for each in found.timexes or ()] == ["t1"]
    assert [each.id for each in found.events or ()] == ["ev1"]


def test_a_wrong_text_or_span_is_left_for_the_checks_to_name() -> None:
    found = read(mentions=[{"start": 4, "end": 9, "type": "PER", "text": "Trump"}])
    outside = read(spans=[[4, 900, "PER"], [9, 4, "PER"]])

    assert texts(found) == [("Trump", "PER")]
    assert texts(outside) == [(None, "PER"), (None, "PER")]


def test_what_was_sent_may_be_repeated_and_is_not_kept() -> None:
    found = answer.read(
        answer.request(DOCUMENT)[:-1] + b',"mentions":[]}', DOCUMENT, "extractor 'mine'"
    )

    assert found == Document("a", mentions=())


def test_another_text_is_refused() -> None:
    with pytest.raises(ExtractorError, match=r"'mine', document 'a': the text .* differs"):
        read(text=TEXT.replace("hoà", "hòa"), mentions=[])


def test_layers_that_a_system_does_not_make_stay_unannotated() -> None:
    found = read(timexes=[])

    assert (found.mentions, found.timexes, found.events) == (None, (), None)


def test_strings_are_grounded() -> None:
    found = read(strings=[["Trump", "PER"], ["hòa  giải", "EVT"], ["Macron", "PER"]])

    assert texts(found) == [("Trump", "PER"), ("hoà giải", "EVT")]
    assert found.meta == {"alignment": {"exact": 1, "repaired": 1, "ambiguous": 0, "ungrounded": 1}}


def test_a_string_given_as_often_as_it_stands_there_means_each_place() -> None:
    found = read(strings=[["Putin", "PER"], ["Trump", "PER"], ["Putin", "PER"]])

    assert [each.start for each in found.mentions or ()] == [4, 18, 34]
    assert found.meta == {"alignment": {"exact": 3, "repaired": 0, "ambiguous": 0, "ungrounded": 0}}


def test_a_string_given_less_often_means_the_first_place_and_is_counted() -> None:
    found = read(strings=[["Putin", "PER"]], meta={"model": "x"})

    assert [each.start for each in found.mentions or ()] == [4]
    assert found.meta == {
        "model": "x",
        "alignment": {"exact": 0, "repaired": 0, "ambiguous": 1, "ungrounded": 0},
    }


def test_a_string_given_more_often_is_not_grounded_the_last_time() -> None:
    found = read(strings=[["Putin", "PER"]] * 3)

    assert [each.start for each in found.mentions or ()] == [4, 34]
    assert (found.meta or {})["alignment"]["ungrounded"] == 1


def test_mentions_without_offsets_are_grounded() -> None:
    found = read(mentions=[{"text": "hòa giải", "type": "EVT"}, {"text": "Macron", "type": "PER"}])

    assert texts(found) == [("hoà giải", "EVT")]
    assert found.meta == {"alignment": {"exact": 0, "repaired": 1, "ambiguous": 0, "ungrounded": 1}}


def test_the_place_of_a_string_can_be_said() -> None:
    found = read(strings=[["Putin", "PER", 1], ["Putin", "PER", 2], ["Putin", "PER", None]])

    assert [each.start for each in found.mentions or ()] == [34, 4]
    assert (found.meta or {})["alignment"] == {
        "exact": 1,
        "repaired": 0,
        "ambiguous": 1,
        "ungrounded": 1,
    }


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"spans": {}}, r"'spans' must be a list \(got {}\)"),
        ({"spans": [[0, 4]]}, r"spans\[0\] must be \[start, end, label\] \(got \[0, 4\]\)"),
        ({"spans": [[0, 4, "PER"], "PER"]}, r"spans\[1\] must be"),
        ({"spans": [["0", 4, "PER"]]}, r"mentions\[0\]\.start"),
        ({"spans": [[0, 4.5, "PER"]]}, r"mentions\[0\]\.end"),
        ({"spans": [[0, 4, None]]}, r"mentions\[0\]\.type"),
        ({"spans": [], "strings": []}, r"answer with 'spans' may .* \(got 'strings' too\)"),
        ({"spans": [], "events": []}, r"answer with 'spans' may .* \(got 'events' too\)"),
        ({"strings": None}, r"'strings' must be a list \(got None\)"),
        ({"strings": ["Putin"]}, r"strings\[0\] must be \[string, label\] or"),
        ({"strings": [["Putin"]]}, r"strings\[0\] must be"),
        ({"strings": [[1, "PER"]]}, r"strings\[0\] must be"),
        ({"strings": [["Putin", "PER", "1"]]}, r"strings\[0\] must be"),
        ({"strings": [["Putin", "PER", True]]}, r"strings\[0\] must be"),
        ({"strings": [["Putin", 3]]}, r"mentions\[0\]\.type"),
        ({"strings": [], "meta": []}, "'meta' must be an object"),
        ({"strings": [[["x" * 1000]]]}, r"got \[\['x{60,90}\)"),
        ({"error": "out of memory"}, "out of memory"),
        ({"mentions": [{"start": 0}]}, r"no document: .*mentions\[0\]"),
        ({"mentions": [], "meta": {"x": "\ud800"}}, "no document|not JSON"),
    ],
)
def test_a_form_that_is_not_what_it_must_be_is_named(given: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ExtractorError, match=rf"extractor 'mine', document 'a': .*{complaint}"):
        read(**given)


def test_a_byte_order_mark_is_named() -> None:
    with pytest.raises(
        ExtractorError, match=r"'mine': .* byte order mark; write UTF-8 without BOM"
    ):
        answer.read(b'\xef\xbb\xbf{"spans": []}', DOCUMENT, "extractor 'mine'")


@pytest.mark.parametrize(
    "content",
    [
        b'{"spans": [[4, 9, "PER"]], "spans": []}',
        b'{"mentions": [{"start": 4, "end": 9, "type": "PER", "type": "ORG"}]}',
    ],
)
def test_a_key_that_stands_twice_is_refused(content: bytes) -> None:
    with pytest.raises(ExtractorError, match=r"'mine'.*stands twice .*keep one .*\[key-twice\]"):
        answer.read(content, DOCUMENT, "extractor 'mine'")


def test_every_word_of_an_article_is_grounded_where_it_stands() -> None:
    path = root() / "seeds" / "000_050def64e66b55bf.txt"
    text = path.read_bytes().decode("utf-8")
    words = [word.strip(".,:;!?“”\"'()") for word in text.split()]
    strings = [[word, "PER"] for word in words if word.isalpha()]

    found = answer.read(
        json.dumps({"strings": strings}).encode(), Document("a", text=text), "extractor 'mine'"
    )

    counts = (found.meta or {})["alignment"]
    assert counts["ungrounded"] == 0
    assert sum(counts.values()) == len(strings)


@given(st.binary(max_size=80))
def test_whatever_comes_there_is_an_answer_or_our_error(content: bytes) -> None:
    try:
        shown = answer.read(content, DOCUMENT, "extractor 'mine'").doc_id
    except ExtractorError as error:
        shown = str(error)

    assert shown == "a" or shown.startswith("extractor 'mine': ")
    assert shown.isprintable()


@given(st.binary(max_size=3000))
def test_an_excerpt_is_short_and_on_one_line(content: bytes) -> None:
    assert excerpt(content).isprintable()
    assert len(excerpt(content)) < 10 * 200 + 40
