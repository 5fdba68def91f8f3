"""Whatever an endpoint answers, it makes a counted problem or a clear error, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from llm_server import EMPTY, Server, Status, completion, problems, serving

from vinee import ontology
from vinee.corpus import predictions
from vinee.errors import ExtractorError
from vinee.extractors.llm import LlmExtractor
from vinee.extractors.llm.placing import Placing
from vinee.extractors.llm.reading import UnreadableError, read
from vinee.model import Document

TEXT = "Ông Putin gặp ông Trump ở Hà Nội hôm 2/9. Họ nói về Nga, Nga và Nga."
DOCUMENT = Document("a", text=TEXT)
LABELS = ontology.default()

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
strings = st.sampled_from(["Putin", "gặp", "Nga", "hà nội", "Trump", "2/9", "", " ", "Nga, Nga"])
words = strings | st.text(max_size=4)
mention = st.fixed_dictionaries(
    {"text": words, "label": st.sampled_from([*LABELS.fine_labels, "MISC", "x"])},
    optional={"level": st.sampled_from(["NAM", "NOM", "PRO", "x"])},
)
timex = st.fixed_dictionaries(
    {"text": words},
    optional={"type": st.sampled_from(["DATE", "x"]), "value": st.text(max_size=3), "mod": words},
)
argument = st.fixed_dictionaries(
    {"role": st.sampled_from(["Entity", "Time", "Place", "x"]), "text": words}
)
event = st.fixed_dictionaries(
    {"trigger": words, "type": st.sampled_from(["Contact.Meet", "Speech.Statement", "x"])},
    optional={"arguments": st.lists(argument | anything, max_size=4), "realis": words},
)
answers = st.fixed_dictionaries(
    {
        "mentions": st.lists(mention | anything, max_size=6),
        "timexes": st.lists(timex | anything, max_size=4),
        "events": st.lists(event | anything, max_size=4),
    }
)
bodies = (
    anything
    | st.binary(max_size=30)
    | st.fixed_dictionaries({"choices": anything}, optional={"usage": anything, "model": anything})
    | st.builds(
        lambda message, finish: {"choices": [{"message": message, "finish_reason": finish}]},
        anything,
        anything,
    )
    | st.builds(completion, st.text(max_size=20) | answers.map(json.dumps))
)


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[Server, LlmExtractor]]:
    with (
        serving(lambda _: completion(EMPTY)) as server,
        LlmExtractor("tiny", url=server.url, retries=0) as mine,
    ):
        yield server, mine


@settings(max_examples=30, derandomize=True)
@given(body=bodies, status=st.sampled_from([200] * 6 + [400, 404, 422, 429, 500]))
def test_no_answer_of_an_endpoint_makes_anything_else(
    running: tuple[Server, LlmExtractor], body: Any, status: int
) -> None:
    server, mine = running

    def answer(_: object) -> Any:
        if status == 200:
            return body
        raise Status(status, body)

    server.answer = answer
    try:
        (found,) = mine.extract([DOCUMENT])
    except ExtractorError:
        return
    predictions.check([found], [DOCUMENT])
    said = problems(found)
    assert said.get("lost", 0) <= said.get("unreadable", 0)


@settings(max_examples=50, derandomize=True)
@given(content=st.text(max_size=40) | anything.map(json.dumps))
def test_reading_gives_an_answer_or_says_why_not(content: str) -> None:
    try:
        answer = read(content, ("mentions", "events"))
    except UnreadableError:
        return
    assert all(count > 0 for count in answer.counts.values())


@settings(max_examples=50, derandomize=True)
@given(answer=answers)
def test_every_item_is_given_or_counted(running: tuple[Server, LlmExtractor], answer: Any) -> None:
    server, mine = running
    server.answer = lambda _: completion(answer)

    (found,) = mine.extract([DOCUMENT])

    predictions.check([found], [DOCUMENT])
    said = problems(found)
    alignment = (found.meta or {})["alignment"]
    items = len(answer["mentions"]) + len(answer["timexes"]) + len(answer["events"])
    given_back = len(found.mentions or ()) + len(found.timexes or ()) + len(found.events or ())
    left_out = sum(
        said.get(kind, 0) for kind in ("malformed", "unknown_label", "unasked_level", "duplicate")
    )
    assert items <= given_back + left_out + alignment["ungrounded"]


@settings(max_examples=50, derandomize=True)
@given(listed=st.lists(st.tuples(words, st.sampled_from(["A", "B"])), max_size=8))
def test_every_string_is_counted_once_and_no_place_bears_a_label_twice(
    listed: list[tuple[str, str]],
) -> None:
    placing = Placing(TEXT, 0, len(TEXT))

    found = placing.places(listed)

    assert sum(placing.counts.values()) == len(listed)
    assert placing.counts["ungrounded"] == found.count(None)
    exact = [
        (place, label, string)
        for place, (string, label) in zip(found, listed, strict=True)
        if place is not None
    ]
    assert len(set(exact)) == len(exact)
