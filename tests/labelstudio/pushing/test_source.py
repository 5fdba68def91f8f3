"""The documents of a push."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vinee.corpus import gold, seeds
from vinee.errors import MalformedError
from vinee.formats import registry
from vinee.labelstudio.pushing import PushError, source
from vinee.labelstudio.pushing.items import Given, homeless, whole
from vinee.labelstudio.pushing.predicting import by_extractor, from_file, model_version
from vinee.labelstudio.pushing.refusing import checked
from vinee.model import Chain, Document, Entity, Mention


@pytest.mark.parametrize("form", ["jsonl", "label-studio", "brat"])
def test_documents_are_read_in_any_format(tmp_path: Path, form: str) -> None:
    suffix = {"jsonl": ".jsonl", "label-studio": ".json", "brat": ""}[form]
    path = tmp_path / f"documents{suffix}"
    registry.get(form).write(gold.documents(), path)

    found = source.read(path)

    texts = {each.doc_id: each.text for each in found.documents}
    assert texts == {each.doc_id: each.text for each in gold.documents()}


def test_without_a_path_it_is_the_gold_or_the_seeds() -> None:
    assert source.read(None).documents == gold.documents()
    assert [each.doc_id for each in source.articles(None).documents] == [*seeds.doc_ids()]


def test_articles_have_a_layout_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "bài-1.txt").write_bytes("Tiêu đề\r\n\r\nHà Nội có mưa. Huế có nắng.\n".encode())

    (document,) = source.articles(tmp_path).documents

    assert document.doc_id == "bài-1"
    assert "\r\n" in (document.text or "")
    assert document.sections
    assert document.sentences
    assert document.mentions is None


def test_everything_wrong_with_articles_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff\xfe")
    (tmp_path / "b.txt").write_bytes(b" \n")
    (tmp_path / "c.txt").write_bytes(b"\xef\xbb\xbfH")
    (tmp_path / "d.txt").write_bytes(b"fine")

    with pytest.raises(PushError) as refused:
        source.articles(tmp_path)

    assert [each.id for each in refused.value.findings] == ["not-utf8", "no-text", "bom"]


def test_a_folder_without_articles_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MalformedError, match="no article"):
        source.articles(tmp_path)


def test_a_document_without_a_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "documents.jsonl"
    path.write_text('{"doc_id": "a", "mentions": []}\n')

    with pytest.raises(PushError, match="no text"):
        source.read(path)


def test_what_is_to_be_annotated_names_all_layers_what_was_annotated_its_own() -> None:
    document = Document("d", "Hà Nội.", mentions=(Mention(0, 6, "GPE"),))

    assert whole(Given(document))["annotations"] == []
    assert len(whole(Given(document))["data"]["layers"]) == 5
    assert whole(Given(document, with_annotation=True))["data"]["layers"] == ("mentions",)


def test_all_documents_are_checked_before_anything_is_refused() -> None:
    config = '<View><Text name="text" value="$text"/></View>'
    documents = [
        Document("a", "Hà Nội.", mentions=(Mention(0, 99, "GPE"),)),
        Document("b", "Hà Nội."),
        Document("b", "Huế."),
        Document("c/d", "Huế."),
    ]

    with pytest.raises(PushError) as refused:
        checked([Given(each, with_annotation=True) for each in documents], config)

    found = {(each.id, each.where.doc_id) for each in refused.value.findings}
    assert {("span-outside", "a"), ("doc-twice", "b"), ("doc-id-unsafe", "c/d")} <= found


def test_predicted_entities_that_no_mention_has_are_counted() -> None:
    predicted = Document(
        "d",
        mentions=(Mention(0, 6, "GPE", entity="e1"),),
        entities=(Entity("e1", "GPE"), Entity("e2", "PER")),
        chains=(Chain("c1"),),
    )

    assert homeless([predicted]) == 2


def test_a_version_has_nothing_that_the_server_takes_for_a_separator() -> None:
    assert model_version("crf", '0.9 (a=1,b=[2], "x")') == "crf 0.9 (a=1;b=;2; ;x;)"


def test_a_system_that_learns_is_not_taught_what_it_is_given(tmp_path: Path) -> None:
    pytest.importorskip("pycrfsuite")
    articles = source.articles(None).documents[:1]

    predicted = by_extractor("crf", articles, tmp_path)
    found = predicted.of(articles)

    # With its own annotations it would find nearly every mention of the article.
    mine = {(each.start, each.end) for each in gold.documents()[0].mentions or ()}
    right = [
        each for each in found[articles[0].doc_id].mentions or () if (each.start, each.end) in mine
    ]
    assert 0 < len(right) < 0.9 * len(mine)


def test_predictions_of_a_file_bear_its_name(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    first = gold.documents()[0]
    path.write_text(
        json.dumps({"doc_id": first.doc_id, "mentions": [{"start": 0, "end": 5, "type": "PER"}]})
    )

    predicted = from_file(path, gold.documents(), None)

    assert predicted.model_version.startswith("mine ")
    assert list(predicted.of([first])) == [first.doc_id]
