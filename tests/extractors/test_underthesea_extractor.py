from __future__ import annotations

import sys
import unicodedata
from importlib import metadata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vinee.errors import ExtractorError, MissingExtraError
from vinee.extractors.underthesea import UndertheseaExtractor
from vinee.model import Document, Span

TEXT = "Ông Nguyễn Văn An đến Hà Nội. Bà Trần Thị Bình ở Huế."


def names(text: str) -> list[tuple[str | None, str]]:
    (predicted,) = UndertheseaExtractor().extract([Document("a", text=text)])
    return [(mention.text, mention.type) for mention in predicted.mentions or ()]


def test_names_are_found_with_coarse_labels_and_offsets_of_the_document() -> None:
    (predicted,) = UndertheseaExtractor().extract([Document("a", text=TEXT)])

    mentions = predicted.mentions or ()
    assert ("Nguyễn Văn An", "PER", "NAM") in [(m.text, m.type, m.level) for m in mentions]
    assert ("Trần Thị Bình", "PER", "NAM") in [(m.text, m.type, m.level) for m in mentions]
    assert {m.type for m in mentions} <= set(UndertheseaExtractor.claims.entities)
    assert [m.text for m in mentions] == [TEXT[m.start : m.end] for m in mentions]
    assert [m.id for m in mentions] == [f"m{n}" for n in range(1, len(mentions) + 1)]


def test_a_decomposed_text_gives_its_own_offsets() -> None:
    decomposed = unicodedata.normalize("NFD", TEXT)

    found = names(decomposed)

    assert found == [(unicodedata.normalize("NFD", str(text)), kind) for text, kind in names(TEXT)]
    assert found != names(TEXT)


def test_a_tone_mark_that_the_tool_moves_is_given_as_it_was_written() -> None:
    found = names("Hoà bình. Ông Nguyễn Văn Hoà đến Thanh Hoá.")

    assert ("Nguyễn Văn Hoà", "PER") in found
    assert ("Thanh Hoá", "LOC") in found


def test_what_the_aligner_did_is_counted() -> None:
    text = "Ông Nguyễn Văn Hoà đến Huế."

    (predicted,) = UndertheseaExtractor().extract([Document("a", text=text)])

    assert predicted.meta == {"alignment": {"exact": 4, "repaired": 1, "ungrounded": 0}}


def test_the_documents_own_sentences_are_read() -> None:
    sentence = Span(TEXT.index("Bà"), len(TEXT))

    (predicted,) = UndertheseaExtractor().extract([Document("a", text=TEXT, sentences=(sentence,))])

    assert next(mention.text for mention in predicted.mentions or ()) == "Trần Thị Bình"


def test_an_empty_text_has_no_names() -> None:
    assert names("") == []


def test_documents_keep_their_order() -> None:
    documents = [Document("b", text="Huế."), Document("a", text="Hà Nội.")]

    predicted = UndertheseaExtractor().extract(documents)

    assert [document.doc_id for document in predicted] == ["b", "a"]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Hoà", "Hòa", "Hà Nội", "\u0302", "@abc", "“Huế”", "…", "\u200b", "F-16"])
        | st.text(max_size=6),
        max_size=8,
    ).map(" ".join)
)
def test_every_span_covers_its_text(text: str) -> None:
    (predicted,) = UndertheseaExtractor().extract([Document("a", text=text)])

    for mention in predicted.mentions or ():
        assert mention.text == text[mention.start : mention.end] != ""


def test_the_version_is_that_of_the_package() -> None:
    assert UndertheseaExtractor().version == metadata.version("underthesea")


def test_a_missing_package_names_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "underthesea", None)

    with pytest.raises(MissingExtraError, match=r"pip install 'vinee\[baselines\]'"):
        UndertheseaExtractor().extract([Document("a", text=TEXT)])


def test_without_the_package_there_is_no_version(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", absent)

    with pytest.raises(MissingExtraError, match="'underthesea' is not installed"):
        _ = UndertheseaExtractor().version


def test_a_document_without_text_is_refused() -> None:
    with pytest.raises(ExtractorError, match="document 'a' has no text"):
        UndertheseaExtractor().extract([Document("a")])
