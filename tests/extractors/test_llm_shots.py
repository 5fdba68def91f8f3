from __future__ import annotations

import json
from pathlib import Path

import pytest
from llm_server import EMPTY, saying, serving, text_of

import vinee
from vinee.bench.run import run
from vinee.errors import ExtractorError
from vinee.extractors.llm import FewShotLlmExtractor, LlmExtractor
from vinee.extractors.llm.annotating import Annotations
from vinee.extractors.llm.reading import read
from vinee.extractors.llm.settings import Settings
from vinee.extractors.llm.shots import LONGEST, choose
from vinee.model import Document

GOLD = vinee.documents()
FOUR = Settings(shots=4)


def test_the_same_sentences_are_chosen_whatever_the_order() -> None:
    assert choose(GOLD, FOUR) == choose(GOLD[::-1], FOUR)
    assert choose(GOLD, FOUR)[:2] == choose(GOLD, Settings(shots=2))


def test_the_sentences_show_more_labels_than_the_first_ones_would() -> None:
    chosen = choose(GOLD, Settings(shots=8))
    every = choose(GOLD, Settings(shots=1000))

    assert all(len(shot.text) <= LONGEST for shot in chosen)
    shown = frozenset[str]().union(*(shot.labels for shot in chosen))
    possible = frozenset[str]().union(*(shot.labels for shot in every))
    assert len(shown) > 0.6 * len(possible)
    assert not chosen[0].labels <= chosen[1].labels


def test_what_is_shown_is_read_back_as_the_gold() -> None:
    """Whoever answered as the shots do would be right."""
    (document, *_) = GOLD
    text = document.text or ""
    wanted = {(each.start, each.end, each.type, each.level) for each in document.mentions or ()}
    triggers = {(e.trigger.start, e.trigger.end, e.type, e.realis) for e in document.events or ()}
    for shot in choose([document], Settings(shots=1000)):
        start = text.index(shot.text)
        found = Annotations(text, Settings())
        found.add(read(shot.answer, Settings().layers), ((start, start + len(shot.text)),))

        assert found.alignment["ungrounded"] == 0
        assert not any(found.dropped.values())
        if not found.alignment["ambiguous"]:
            mentions = {(each.start, each.end, each.type, each.level) for each in found.mentions}
            assert mentions <= wanted
            events = {(e.trigger.start, e.trigger.end, e.type, e.realis) for e in found.events}
            assert events <= triggers


def test_each_article_is_shown_sentences_of_the_others_only(tmp_path: Path) -> None:
    with (
        serving(saying(EMPTY)) as server,
        LlmExtractor("tiny", url=server.url, shots=3, unit="document") as mine,
    ):
        ran = run(mine, GOLD, tmp_path / "llm.jsonl")

    assert len(server.asked) == len(GOLD)
    for request, document in zip(server.asked, GOLD, strict=True):
        own = document.text or ""
        assert text_of(request) in own
        shown = [each["content"] for each in request["messages"][1:-1:2]]
        assert len(shown) == 3
        assert all(text.split("\n", 1)[1].rsplit("\n", 1)[0] not in own for text in shown)
        assert json.loads(request["messages"][2]["content"]).keys() == EMPTY.keys()
    assert mine.usage.answers == len(GOLD)
    assert "leave one document out" in ran.system.trained_on


def test_fitting_leaves_the_extractor_as_it_was() -> None:
    mine = LlmExtractor("tiny", url="http://127.0.0.1:9/v1", shots=2)
    assert isinstance(mine, FewShotLlmExtractor)

    fitted = mine.fit(GOLD)

    assert type(fitted) is LlmExtractor
    assert fitted.version == mine.version
    with pytest.raises(ExtractorError, match="call fit"):
        mine.extract([])


def test_only_the_layers_and_levels_asked_for_are_shown() -> None:
    settings = Settings(shots=5, layers=("mentions",), levels=("NAM",))

    for shot in choose(GOLD, settings):
        answer = json.loads(shot.answer)
        assert list(answer) == ["mentions"]
        assert all(each.keys() == {"text", "label"} for each in answer["mentions"])


def test_documents_without_the_layers_teach_nothing() -> None:
    with pytest.raises(ExtractorError, match="1 documents, 0 of them with all layers"):
        choose([Document("a", text="Ông Putin nói.")], FOUR)
