"""What models write instead of the JSON that was asked for."""

from __future__ import annotations

import json
from typing import Any

import pytest
from llm_server import EMPTY, Request, completion, problems, saying, serving

from vinee.errors import ExtractorError
from vinee.extractors.llm import LlmExtractor
from vinee.extractors.llm.placing import Placing
from vinee.extractors.llm.reading import UnreadableError, read
from vinee.model import Document

DOCUMENT = Document("a", text="Ông Putin gặp ông Trump.")
PUTIN = {**EMPTY, "mentions": [{"text": "Putin", "label": "PER", "level": "NAM"}]}
JSON = json.dumps(PUTIN)


@pytest.mark.parametrize(
    ("content", "repairs"),
    [
        (JSON, {}),
        (f"\ufeff\n{JSON}\n", {}),
        (f"```json\n{JSON}\n```", {"fence": 1}),
        (f"Here it is:\n```\n{JSON}\n```\nAnything else?", {"fence": 1}),
        (f"Here it is: {JSON} Anything else?", {"prose": 1}),
        (f"<think>Is {{Putin}} a name?</think>{JSON}", {"thought": 1}),
        (JSON.replace("}]", "},\n ]"), {"comma": 1}),
        (f"```json\n{JSON.replace('}]', '},]')}\n```", {"fence": 1, "comma": 1}),
    ],
)
def test_what_surrounds_the_json_is_removed_and_counted(
    content: str, repairs: dict[str, int]
) -> None:
    answer = read(content, ("mentions", "timexes", "events"))

    assert [each.text for each in answer.mentions] == ["Putin"]
    assert dict(answer.counts) == repairs


def test_a_comma_inside_a_string_stays() -> None:
    answer = read('{"mentions": [{"text": "a,] \\" ,}", "label": "PER"},]}', ("mentions",))

    assert answer.mentions[0].text == 'a,] " ,}'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "empty"),
        ("Xin lỗi, tôi không thể.", "not JSON"),
        (JSON[:-10], "not JSON"),
        ("[]", "one JSON object"),
        ('{"entities": []}', "none of the keys mentions, timexes"),
        ('{"mentions": {"Putin": "PER"}}', "mentions must be a list"),
        ("[" * 5000, "not JSON"),
        ('{"mentions": ["\\ud800"]}', "not JSON"),
    ],
)
def test_what_cannot_be_read_says_why(content: str, message: str) -> None:
    with pytest.raises(UnreadableError, match=message):
        read(content, ("mentions", "timexes"))


def test_reading_takes_linear_time() -> None:
    hostile = ['{"' + '\\"' * 200_000, "```\n" * 200_000, "{" * 200_000, "," + " " * 200_000]

    for content in hostile:
        with pytest.raises(UnreadableError):
            read(content, ("mentions",))


def test_items_of_another_shape_and_layers_that_lack_are_counted() -> None:
    content = '{"mentions": ["Putin", {"text": 1, "label": "PER"}, {"text": "Putin"}]}'

    answer = read(content, ("mentions", "timexes"))

    assert answer.mentions == ()
    assert dict(answer.counts) == {"malformed": 3, "absent": 1}


def ask(answer: Any, **keywords: Any) -> tuple[Document, list[Request]]:
    with serving(answer) as server, LlmExtractor("tiny", url=server.url, **keywords) as extractor:
        (found,) = extractor.extract([DOCUMENT])
    return found, server.asked


def test_an_answer_that_cannot_be_read_is_asked_for_again_with_the_reason() -> None:
    def better_the_second_time(request: Request) -> Request:
        return completion(PUTIN if len(request["messages"]) > 2 else "Ông Putin.")

    found, asked = ask(better_the_second_time)

    assert [each.text for each in found.mentions or ()] == ["Putin"]
    assert problems(found) == {"again": 1, "unreadable": 1}
    assert asked[1]["messages"][2] == {"role": "assistant", "content": "Ông Putin."}
    assert "not JSON" in asked[1]["messages"][3]["content"]


def ask_after_a_good_one(answer: Any) -> tuple[Document, int]:
    """Ask about a document with a model that could be read before; give how often it was asked."""
    with serving(saying(EMPTY)) as server, LlmExtractor("tiny", url=server.url) as extractor:
        list(extractor.extract([DOCUMENT]))
        server.answer = answer
        (found,) = extractor.extract([DOCUMENT])
    return found, len(server.asked) - 1


@pytest.mark.parametrize("content", ["Ông Putin.", ""])
def test_after_two_such_answers_nothing_is_predicted_and_that_is_counted(content: str) -> None:
    found, asked = ask_after_a_good_one(saying(content))

    assert found.mentions == ()
    assert asked == 2
    assert problems(found) == {"again": 1, "lost": 1, "unreadable": 2}


def test_no_choices_are_no_answer() -> None:
    found, _ = ask_after_a_good_one(lambda _: {"choices": []})

    assert problems(found) == {"again": 1, "lost": 1, "unreadable": 2}
    assert (found.meta or {})["usage"]["unreported"] == 2


def test_a_model_of_which_nothing_can_be_read_stops_at_the_first_document() -> None:
    with pytest.raises(ExtractorError) as stopped:
        ask(saying("Tôi không biết JSON.\x07"))

    told = str(stopped.value)
    assert "document 'a': no answer of the model can be read, in none of 1 stretches" in told
    assert "'Tôi không biết JSON." in told
    assert "\x07" not in told
    assert "take a model that follows a response format" in told


def test_a_key_that_comes_back_in_escapes_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    escaped = json.dumps(completion("I got sk@secret.")).replace("sk@", "\\u0073k-").encode()

    with pytest.raises(ExtractorError) as stopped:
        ask(lambda _: escaped)

    assert "secret" not in str(stopped.value)
    assert "the key from OPENAI_API_KEY" in str(stopped.value)


def test_it_goes_on_where_one_stretch_can_be_read() -> None:
    document = Document("a", text="Ông Putin nói. Ông Trump cười.")

    def one_of_two(request: Request) -> Request:
        return completion(EMPTY if "Putin" in request["messages"][1]["content"] else "?")

    with serving(one_of_two) as server:
        mine = LlmExtractor("tiny", url=server.url, unit="sentence")
        (found,) = mine.extract([document])
        mine.close()

    assert problems(found) == {"again": 1, "lost": 1, "unreadable": 2}


def test_text_in_parts_is_put_together() -> None:
    parts = [{"type": "text", "text": JSON[:20]}, {"type": "text", "text": JSON[20:]}]

    found, _ = ask(lambda _: {"choices": [{"message": {"content": parts}}]})

    assert len(found.mentions or ()) == 1


def test_a_truncated_answer_is_asked_for_in_halves() -> None:
    text = "Ông Putin nói. Ông Trump cười. Putin về."
    document = Document("a", text=text)

    def short_of_breath(request: Request) -> Request:
        is_long = request["messages"][-1]["content"].count(".") > 1
        return completion(JSON[:20], "length") if is_long else completion(PUTIN)

    with serving(short_of_breath) as server, LlmExtractor("tiny", url=server.url) as extractor:
        (found,) = extractor.extract([document])

    assert [each.start for each in found.mentions or ()] == [4, 31]
    assert problems(found) == {"halved": 2, "truncated": 2}
    assert (found.meta or {})["alignment"]["ungrounded"] == 1


def test_a_sentence_whose_answer_is_truncated_is_lost() -> None:
    found, asked = ask(saying(JSON, "length"))

    assert found.mentions == ()
    assert len(asked) == 1
    assert problems(found) == {"lost": 1, "truncated": 1}


@pytest.mark.parametrize(
    ("choice", "kind"),
    [
        ({"message": {"content": None}, "finish_reason": "content_filter"}, "filtered"),
        (
            {"message": {"content": None, "refusal": "I cannot."}, "finish_reason": "stop"},
            "refused",
        ),
    ],
)
def test_an_answer_that_is_held_back_is_lost(choice: Request, kind: str) -> None:
    found, asked = ask(lambda _: {"choices": [choice]})

    assert found.mentions == ()
    assert len(asked) == 1
    assert problems(found) == {kind: 1, "lost": 1}


def places(text: str, *strings: tuple[str, str]) -> tuple[list[int | None], dict[str, int]]:
    placing = Placing(text, 0, len(text))
    found = placing.places(strings)
    return [None if each is None else each[0] for each in found], dict(placing.counts)


def test_the_kth_time_means_the_kth_place() -> None:
    assert places("Nga, Nga, Nga", *[("Nga", "GPE")] * 3) == ([0, 5, 10], {"exact": 3})


def test_less_often_than_it_stands_there_is_ambiguous() -> None:
    assert places("Nga, Nga, Nga", ("Nga", "GPE")) == ([0], {"ambiguous": 1})


def test_more_often_than_it_stands_there_is_not_grounded() -> None:
    assert places("Nga", *[("Nga", "GPE")] * 2) == ([0, None], {"exact": 1, "ungrounded": 1})


def test_one_place_may_bear_two_labels() -> None:
    both = ("Tổng thống", "TITLE"), ("Tổng thống", "PER")

    assert places("Tổng thống Nga", *both) == ([0, 0], {"exact": 2})


def test_places_count_in_the_document() -> None:
    placing = Placing("Nga. Nga", 5, 8)

    assert placing.places([("Nga", "GPE")]) == [(5, 8)]


@pytest.mark.parametrize(
    ("trigger", "place"), [((24, 27), (20, 23)), ((9, 12), (4, 7)), ((0, 3), (4, 7))]
)
def test_an_argument_is_the_last_before_the_trigger_or_the_first_after(
    trigger: tuple[int, int], place: tuple[int, int]
) -> None:
    text = "gặp ông. gặp, gặp a ông gặp"

    assert Placing(text, 0, len(text)).near("ông", trigger, (0, len(text))) == place


def test_an_argument_is_looked_for_in_the_sentence_of_its_trigger_first() -> None:
    text = "Nga nói. Họ gặp Nga."

    assert Placing(text, 0, len(text)).near("Nga", (12, 15), (9, 20)) == (16, 19)


def test_what_is_given_twice_is_given_once_and_counted() -> None:
    twice = [{"role": "Entity", "text": "Putin"}, {"role": "Entity", "text": "putin"}]
    event = {"trigger": "gặp", "type": "Contact.Meet", "arguments": twice}

    found, _ = ask(saying({**EMPTY, "events": [event]}))

    assert [len(each.arguments) for each in found.events or ()] == [1]
    assert problems(found) == {"duplicate": 1}
