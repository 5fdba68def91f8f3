"""TextEE lines: token offsets, everything that is held read back, and other people's files."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from full_documents import STEMS, canonical, documents, full, gold
from hypothesis import assume, given, settings

from vinee import text as segment
from vinee.errors import InputError
from vinee.formats import contract
from vinee.formats.placed import placed
from vinee.formats.textee import TextEE, writing
from vinee.model import Argument, Document, Event, Mention, Span, Timex

TEXT = "Ông đến Lào hôm 7/8. Hà Nội hoan nghênh."
#       0   4   8   12  16   21     28
VISIT = Document(
    "d",
    TEXT,
    mentions=(
        Mention(0, 3, "PER", id="m1", level="PRO"),
        Mention(8, 11, "GPE", id="m2"),
        Mention(21, 27, "GPE", id="m3", gpe_role="ORG"),
    ),
    timexes=(Timex(12, 19, id="t1", type="DATE", value="2025-08-07"),),
    events=(
        Event(
            "Movement.Transport",
            Span(4, 7),
            id="ev1",
            arguments=(Argument("Artifact", ref="m1"), Argument("Time", ref="t1")),
        ),
        Event(
            "Speech.Statement",
            Span(28, 39),
            id="ev2",
            arguments=(
                Argument("Speaker", ref="m3"),
                Argument("Place", ref="m2", implicit=True),
                Argument("Topic", span=Span(4, 11)),
            ),
            polarity="POSITIVE",
        ),
    ),
)

FOREIGN: dict[str, Any] = {
    "doc_id": "d",
    "wnd_id": "d-0",
    "text": "James starts at Google.",
    "lang": "en",
    "tokens": ["James", "starts", "at", "Google", "."],
    "entity_mentions": [
        {"id": "d-0-E0", "entity_type": "PER", "text": "James", "start": 0, "end": 1},
        {"id": "d-0-E1", "entity_type": "TIM", "text": "Google", "start": 3, "end": 4},
    ],
    "event_mentions": [
        {
            "id": "d-0-EV0",
            "event_type": "START_JOB",
            "trigger": {"text": "starts", "start": 1, "end": 2},
            "arguments": [
                {"entity_id": "d-0-E0", "role": "person", "text": "J", "start": 0, "end": 1},
                {"entity_id": "d-0-E9", "role": "company", "text": "G", "start": 3, "end": 4},
            ],
        }
    ],
}
SECOND = {
    **FOREIGN,
    "wnd_id": "d-1",
    "text": "He left .",
    "tokens": ["He", "has", "left"],
    "entity_mentions": [{"id": "d-1-E0", "entity_type": "PER", "start": 0, "end": 1}],
    "event_mentions": [],
}


def write(path: Path, *lines: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return path


def written(path: Path, *given: Document) -> list[dict[str, Any]]:
    TextEE().write(given, path)
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def round_trip(*given: Document) -> tuple[Document, ...]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "textee.jsonl"
        TextEE().write(given, path)
        return TextEE().read(path)


def held(document: Document) -> Document:
    """Leave out what TextEE is said to lose."""

    def without(item: Any, **lost: Any) -> Any:
        return msgspec.structs.replace(item, score=msgspec.UNSET, **lost)

    return placed(
        msgspec.structs.replace(
            document,
            meta=None,
            sections=None,
            entities=None,
            chains=None,
            mentions=document.mentions
            and tuple(without(m, extent=None, entity=None) for m in document.mentions),
            timexes=document.timexes and tuple(without(t) for t in document.timexes),
            events=document.events and tuple(without(e, chain=None) for e in document.events),
        )
    )


def spans(document: Document) -> list[Any]:
    events = document.events or ()
    bare = [a.span for e in events for a in e.arguments if a.span is not msgspec.UNSET]
    return [*(document.mentions or ()), *(document.timexes or ()), *bare] + [
        event.trigger for event in events
    ]


@settings(max_examples=50)
@given(documents())
def test_what_is_held_comes_back(document: Document) -> None:
    document = held(document)
    assume(all(segment.syllables(document.text or "", s.start, s.end) for s in spans(document)))

    [back] = round_trip(document)

    assert contract.losses(TextEE(), [document]) == []
    assert canonical(back) == canonical(document)


@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.parametrize("make", [gold, full])
def test_article_comes_back_but_for_what_is_lost(
    stem: str, make: Callable[[str], Document]
) -> None:
    document = make(stem)

    [back] = round_trip(document)

    assert canonical(back) == canonical(held(document))


def test_losses_are_known() -> None:
    assert {loss.feature for loss in contract.losses(TextEE(), [full(STEMS[0])])} == {
        "sections",
        "mentions.extent",
        *(name for name in contract.FEATURES if name.startswith(("entities", "chains"))),
    }


@pytest.mark.parametrize("stem", STEMS)
def test_tokens_stand_at_their_offsets(tmp_path: Path, stem: str) -> None:
    lines = written(tmp_path / "a.jsonl", full(stem))

    for line in lines:
        items = [*line["entity_mentions"], *(e["trigger"] for e in line["event_mentions"])]
        items += [a for e in line["event_mentions"] for a in e["arguments"]]
        joined = [segment.syllables(item["text"]) for item in items]
        assert [item["end"] - item["start"] for item in items] == list(map(len, joined))
    assert sum(len(line["event_mentions"]) for line in lines) == len(full(stem).events or ())


def test_line_is_as_published(tmp_path: Path) -> None:
    first, second = written(tmp_path / "a.jsonl", VISIT)

    assert list(first)[:5] == ["doc_id", "wnd_id", "tokens", "entity_mentions", "event_mentions"]
    assert (first["wnd_id"], first["lang"], first["text"]) == ("d-0", "vi", TEXT[:20])
    assert first["tokens"] == ["Ông", "đến", "Lào", "hôm", "7/8", "."]
    event = first["event_mentions"][0]
    assert (event["event_type"], event["trigger"]) == (
        "Movement.Transport",
        {"start": 1, "end": 2, "text": "đến"},
    )
    assert event["arguments"] == [
        {"role": "Artifact", "start": 0, "end": 1, "entity_id": "m1", "text": "Ông"},
        {"role": "Time", "start": 3, "end": 5, "entity_id": "t1", "text": "hôm 7/8"},
    ]
    assert [m["entity_type"] for m in first["entity_mentions"]] == ["PER", "GPE", "DATE", "SPAN"]
    assert [a["role"] for a in second["event_mentions"][0]["arguments"]] == ["Speaker"]


def test_part_of_a_token_takes_the_whole_token_and_comes_back_exactly(tmp_path: Path) -> None:
    document = Document("d", "Nga-Mỹ họp", mentions=(Mention(5, 6, "GPE", id="m1"),))

    [line] = written(tmp_path / "a.jsonl", document)

    assert [(m["text"], m["start"], m["end"]) for m in line["entity_mentions"]] == [("Mỹ", 2, 3)]
    assert round_trip(document) == (placed(document),)


def test_sentences_that_a_mention_reaches_across_share_a_line(tmp_path: Path) -> None:
    document = Document("d", TEXT, mentions=(Mention(8, 27, "EVT"),))

    [line] = written(tmp_path / "a.jsonl", document)

    assert line["text"] == TEXT


def test_document_without_text_to_speak_of_is_a_line() -> None:
    document = Document("d", " \n")

    assert round_trip(document) == (document,)


def test_several_documents_come_back_in_order() -> None:
    assert [d.doc_id for d in round_trip(*map(gold, STEMS))] == STEMS


def test_lines_of_others_are_read(tmp_path: Path) -> None:
    [back] = TextEE().read(write(tmp_path / "a.jsonl", FOREIGN, SECOND))

    assert back == Document(
        "d",
        "James starts at Google.\nHe has left",
        sentences=(
            Span(0, 23, "James starts at Google."),
            Span(24, 35, "He has left"),
        ),
        mentions=(
            Mention(0, 5, "PER", text="James", id="d-0-E0"),
            Mention(16, 22, "TIM", text="Google", id="d-0-E1"),
            Mention(24, 26, "PER", text="He", id="d-1-E0"),
        ),
        events=(
            Event(
                "START_JOB",
                Span(6, 12, "starts"),
                id="d-0-EV0",
                arguments=(
                    Argument("person", ref="d-0-E0"),
                    Argument("company", span=Span(16, 22, "Google")),
                ),
            ),
        ),
    )


def test_line_without_text_is_its_tokens_with_blanks_between(tmp_path: Path) -> None:
    line = {key: value for key, value in SECOND.items() if key != "text"}

    [back] = TextEE().read(write(tmp_path / "a.jsonl", line))

    assert back.text == "He has left"


def test_file_without_a_line_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no-documents"):
        TextEE().read(write(tmp_path / "a.jsonl"))


def test_tokens_are_grounded_in_the_text_that_is_given(tmp_path: Path) -> None:
    text = "  James\tstarts at Google.\r\n\r\nHe left."

    [back] = TextEE().read(write(tmp_path / "a.jsonl", FOREIGN, SECOND), {"d": text})

    assert back.text == text
    assert [(m.start, m.text) for m in back.mentions or ()] == [
        (2, "James"),
        (18, "Google"),
        (29, "He"),
    ]


def test_our_own_lines_are_grounded_in_another_writing_of_the_text(tmp_path: Path) -> None:
    TextEE().write([VISIT], tmp_path / "a.jsonl")
    other = TEXT.replace(" ", "  ")

    [back] = TextEE().read(tmp_path / "a.jsonl", {"d": other})

    assert [m.text for m in back.mentions or ()] == ["Ông", "Lào", "Hà  Nội"]
    assert back.sentences is None


def test_some_of_our_lines_are_read_by_themselves(tmp_path: Path) -> None:
    _, second = written(tmp_path / "a.jsonl", VISIT)
    second["event_mentions"][0]["vinee"]["far"] = []

    [back] = TextEE().read(write(tmp_path / "b.jsonl", second))

    assert back.text == TEXT[21:]
    assert [(m.text, m.gpe_role) for m in back.mentions or ()] == [("Hà Nội", "ORG")]


def test_offsets_of_tokens_win_where_they_were_changed(tmp_path: Path) -> None:
    first, second = written(tmp_path / "a.jsonl", VISIT)
    first["entity_mentions"][0].update(start=4, end=5)

    [back] = TextEE().read(write(tmp_path / "b.jsonl", first, second))

    assert {m.id: m.text for m in back.mentions or ()}["m1"] == "7/8"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda line: line["entity_mentions"][0].update(end=9), "token-outside"),
        (lambda line: line["event_mentions"][0]["trigger"].update(start=2), "token-outside"),
        (lambda line: line["event_mentions"][0]["arguments"][1].update(end=9), "token-outside"),
        (lambda line: line.pop("tokens"), "schema"),
        (
            lambda line: line["entity_mentions"][0].update(
                vinee={"kind": "timexes", "start": 0, "end": 5}
            ),
            "timex-type",
        ),
        (
            lambda line: line["event_mentions"][0].update(
                vinee={
                    "start": 0,
                    "end": 5,
                    "far": [{"role": "R", "entity_id": "X", "implicit": True}],
                }
            ),
            "ref-unknown",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    tmp_path: Path, change: Callable[[dict[str, Any]], Any], code: str
) -> None:
    broken = json.loads(json.dumps(FOREIGN))
    change(broken)

    with pytest.raises(InputError) as caught:
        TextEE().read(write(tmp_path / "a.jsonl", SECOND, broken))

    assert (caught.value.code, caught.value.where.line) == (code, 2)


def test_token_that_is_needed_and_not_in_the_text_is_told(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", FOREIGN)

    with pytest.raises(InputError, match=r"a.jsonl:1: d: the token 'Google' is not in the text"):
        TextEE().read(path, {"d": "James starts at Amazon."})


@pytest.mark.parametrize(
    ("given_", "code"),
    [
        ([Document("d")], "no-text"),
        ([VISIT, VISIT], "doc-twice"),
        ([Document("d", "a  b", mentions=(Mention(1, 3, "X"),))], "span-without-token"),
        (
            [
                Document(
                    "d", TEXT, mentions=(Mention(0, 3, "X", id="a"), Mention(4, 7, "X", id="a"))
                )
            ],
            "id-twice",
        ),
        (
            [Document("d", TEXT, events=(Event("X", Span(0, 3), arguments=(Argument("R"),)),))],
            "ref-unknown",
        ),
    ],
)
def test_what_cannot_be_written_is_told(tmp_path: Path, given_: list[Document], code: str) -> None:
    with pytest.raises(InputError) as caught:
        TextEE().write(given_, tmp_path / "a.jsonl")

    assert caught.value.code == code
    assert list(tmp_path.iterdir()) == []


def test_lines_cover_every_token_of_the_article(article: str) -> None:
    lines = writing.lines(Document("d", article))

    tokens = [token for line in lines for token in line.tokens]
    assert tokens == [article[start:end] for start, end in segment.syllables(article)]
