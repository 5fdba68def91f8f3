"""spaCy's DocBin: text and mentions survive, models' files are read, and nothing is run."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path
from typing import Any

import pytest
from full_documents import STEMS, documents, full
from hypothesis import given, settings
from kept_features import kept
from msgspec.structs import replace

from vinee.errors import InvalidError, MalformedError, MissingExtraError
from vinee.formats.contract import losses
from vinee.formats.docbin import SpacyDocBin
from vinee.model import Document, Mention, Span
from vinee.text import syllables

FORMAT = SpacyDocBin()
TEXT = "Tổng thống Nga  gặp\n\nông Trump."
SUMMIT = Document(
    "summit",
    TEXT,
    sentences=(Span(0, 19), Span(21, 31)),
    mentions=(
        Mention(0, 14, "PER", "Tổng thống Nga", "m1", level="NOM"),
        Mention(11, 14, "GPE", "Nga", "m2"),
        Mention(25, 30, "PER", "Trump"),
    ),
    meta={"published": "2025-08-07"},
)


def test_missing_spacy_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    monkeypatch.setitem(sys.modules, "spacy.tokens", None)

    with pytest.raises(MissingExtraError, match=r"vinee\[spacy\]"):
        FORMAT.write([SUMMIT], tmp_path / "a.spacy")


def on_syllables(document: Document) -> Document:
    """Move the edges of mentions outward to those of syllables; drop what holds none."""
    tokens = syllables(document.text or "")
    moved = []
    for mention in document.mentions or ():
        inside = [(s, e) for s, e in tokens if s < mention.end and mention.start < e]
        if inside:
            moved.append(replace(mention, start=inside[0][0], end=inside[-1][1], text=None))
    return document if document.mentions is None else replace(document, mentions=tuple(moved))


def docs(path: Path) -> list[Any]:
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    return list(DocBin().from_disk(path).get_docs(Vocab()))


class TestWithSpacy:
    @pytest.fixture(autouse=True)
    def _needs_spacy(self) -> None:
        pytest.importorskip("spacy", reason="the extra `spacy` is not installed")

    @settings(max_examples=50)
    @given(document=documents().map(on_syllables))
    def test_what_is_held_is_read_back(self, document: Document) -> None:
        with tempfile.TemporaryDirectory() as folder:
            FORMAT.write([document], Path(folder) / "a.spacy")

            (back,) = FORMAT.read(Path(folder) / "a.spacy")

        assert kept(back, FORMAT.holds) == kept(document, FORMAT.holds)

    def test_articles_come_back(self, tmp_path: Path) -> None:
        articles = [full(stem) for stem in STEMS]
        FORMAT.write(articles, tmp_path / "a.spacy")

        back = FORMAT.read(tmp_path)

        assert [kept(each, FORMAT.holds) for each in back] == [
            kept(each, FORMAT.holds) for each in articles
        ]
        assert "mentions.nested" not in {loss.feature for loss in losses(FORMAT, articles)}

    def test_spacy_sees_entities_groups_and_sentences(self, tmp_path: Path) -> None:
        nested = Mention(0, 14, "ORG", "Tổng thống Nga")
        FORMAT.write(
            [replace(SUMMIT, mentions=(*(SUMMIT.mentions or ()), nested))], tmp_path / "a.spacy"
        )

        (doc,) = docs(tmp_path / "a.spacy")

        assert doc.text == TEXT
        assert [(e.text, e.label_) for e in doc.ents] == [
            ("Tổng thống Nga", "ORG"),
            ("Trump", "PER"),
        ]
        assert {
            key: [(s.text, s.label_, s.id_) for s in group] for key, group in doc.spans.items()
        } == {
            "sc": [("Nga", "GPE", "m2"), ("Trump", "PER", ""), ("Tổng thống Nga", "ORG", "")],
            "sc.NOM": [("Tổng thống Nga", "PER", "m1")],
            "sc.PRO": [],
        }
        assert [s.text.strip() for s in doc.sents] == ["Tổng thống Nga  gặp", "ông Trump."]

    def test_key_of_the_group_can_be_chosen(self, tmp_path: Path) -> None:
        format_ = SpacyDocBin(key="names")
        format_.write([SUMMIT], tmp_path / "a.spacy")

        assert set(docs(tmp_path / "a.spacy")[0].spans) == {"names", "names.NOM", "names.PRO"}
        assert format_.read(tmp_path / "a.spacy")[0].mentions == SUMMIT.mentions

    @pytest.mark.parametrize("mentions", [None, ()])
    def test_no_mention_is_not_the_same_as_not_annotated(
        self, tmp_path: Path, mentions: tuple[Mention, ...] | None
    ) -> None:
        FORMAT.write([replace(SUMMIT, mentions=mentions)], tmp_path / "a.spacy")

        assert FORMAT.read(tmp_path / "a.spacy")[0].mentions == mentions

    def test_mention_that_cuts_a_syllable_is_widened(self, tmp_path: Path) -> None:
        FORMAT.write(
            [Document("a", "Ngay", mentions=(Mention(0, 3, "GPE"),))], tmp_path / "a.spacy"
        )

        assert FORMAT.read(tmp_path / "a.spacy")[0].mentions == (Mention(0, 4, "GPE", "Ngay"),)

    def test_what_a_model_wrote_is_read(self, tmp_path: Path) -> None:
        from spacy.tokens import Doc, DocBin
        from spacy.tokens import Span as SpacySpan
        from spacy.vocab import Vocab

        vocab = Vocab()
        doc = Doc(vocab, words=["Putin", "😀", "thăm", "Hà", "Nội"])
        doc.set_ents([SpacySpan(doc, 3, 5, "LOC"), SpacySpan(doc, 0, 1, "PER")])
        doc.spans["sc"] = [SpacySpan(doc, 3, 5, "LOC"), SpacySpan(doc, 4, 5, "LOC")]
        plain = Doc(vocab, words=["Nga"], user_data={"doc_id": "nga"})
        Doc.set_extension("doc_id", default=None)
        extended = Doc(vocab, words=["Mỹ"])
        extended._.doc_id = 7
        DocBin(store_user_data=True, docs=[doc, plain, extended]).to_disk(tmp_path / "run.spacy")
        Doc.remove_extension("doc_id")

        found = FORMAT.read(tmp_path / "run.spacy")

        assert [(each.doc_id, each.mentions) for each in found[1:]] == [("nga", None), ("7", None)]
        assert found[0] == Document(
            "run-0",
            "Putin 😀 thăm Hà Nội ",
            mentions=(
                Mention(0, 5, "PER", "Putin"),
                Mention(13, 19, "LOC", "Hà Nội"),
                Mention(16, 19, "LOC", "Nội"),
            ),
        )

    def test_lone_document_without_an_id_is_named_after_the_file(self, tmp_path: Path) -> None:
        from spacy.tokens import Doc, DocBin
        from spacy.vocab import Vocab

        DocBin(docs=[Doc(Vocab(), words=["Nga"])]).to_disk(tmp_path / "nga.spacy")

        assert [each.doc_id for each in FORMAT.read(tmp_path)] == ["nga"]

    @pytest.mark.parametrize(
        ("document", "code"),
        [
            (Document("a"), "no-text"),
            (Document("a", "Nga  Mỹ", mentions=(Mention(3, 5, "GPE"),)), "span-without-token"),
            (Document("a", "Nga", mentions=(Mention(0, 9, "GPE"),)), "span-outside"),
        ],
    )
    def test_what_cannot_be_written_is_refused(
        self, tmp_path: Path, document: Document, code: str
    ) -> None:
        with pytest.raises(InvalidError) as caught:
            FORMAT.write([document], tmp_path / "a.spacy")

        assert (caught.value.code, caught.value.where.doc_id) == (code, "a")
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize(
        "content", [b"", b"Nga", zlib.compress(b"Nga"), zlib.compress(b"\x80")[:-4]]
    )
    def test_what_is_no_docbin_is_refused(self, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "a.spacy").write_bytes(content)

        with pytest.raises(MalformedError, match="spacy-broken") as caught:
            FORMAT.read(tmp_path / "a.spacy")

        assert caught.value.where.file == str(tmp_path / "a.spacy")

    def test_file_that_was_cut_off_is_refused(self, tmp_path: Path) -> None:
        FORMAT.write([full(STEMS[0])], tmp_path / "a.spacy")
        content = (tmp_path / "a.spacy").read_bytes()
        (tmp_path / "a.spacy").write_bytes(content[: len(content) // 2])

        with pytest.raises(MalformedError, match="spacy-broken"):
            FORMAT.read(tmp_path / "a.spacy")

    def test_bomb_is_refused(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("vinee.formats.docbin.reading._MOST", 1 << 20)
        (tmp_path / "a.spacy").write_bytes(zlib.compress(bytes(3 << 20)))

        with pytest.raises(InvalidError, match="spacy-size"):
            FORMAT.read(tmp_path / "a.spacy")

    def test_span_outside_of_the_text_is_refused(self, tmp_path: Path) -> None:
        srsly = pytest.importorskip("srsly")
        FORMAT.write([SUMMIT], tmp_path / "a.spacy")
        message = srsly.msgpack_loads(zlib.decompress((tmp_path / "a.spacy").read_bytes()))
        group = srsly.msgpack_loads(next(iter(srsly.msgpack_loads(message["span_groups"][0]))))
        # id, link, label, first token, one past the last, first code point, one past the last
        *rest, _ = struct.unpack(">QQQllll", group["spans"][0])
        group["spans"] = [struct.pack(">QQQllll", *rest, 10_000)]
        message["span_groups"] = [srsly.msgpack_dumps({srsly.msgpack_dumps(group): ["sc"]})]
        (tmp_path / "a.spacy").write_bytes(zlib.compress(srsly.msgpack_dumps(message)))

        with pytest.raises(InvalidError, match="span-outside"):
            FORMAT.read(tmp_path / "a.spacy")

    def test_nothing_is_unpickled(self, tmp_path: Path) -> None:
        FORMAT.write([SUMMIT], tmp_path / "a.spacy")
        code = (
            "import sys\nfrom pathlib import Path\nfrom vinee.formats.docbin import SpacyDocBin\n"
            "import spacy.tokens\nseen = []\n"
            "sys.addaudithook(lambda event, _: seen.append(event))\n"
            f"SpacyDocBin().read(Path({str(tmp_path / 'a.spacy')!r}))\n"
            "print([e for e in seen if e.startswith('pickle') or e in ('exec', 'compile')])\n"
        )

        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )

        assert done.stdout == "[]\n"

    def test_same_documents_give_the_same_bytes_whatever_the_hash_seed(
        self, tmp_path: Path
    ) -> None:
        code = (
            "from pathlib import Path\nfrom vinee.formats.docbin import SpacyDocBin\n"
            "from vinee.model import Document, Mention\n"
            "mentions = (Mention(0, 3, 'GPE', id='m'), Mention(8, 10, 'GPE'))\n"
            "d = Document('a', 'Nga gặp Mỹ', mentions=mentions, meta={'a': 1})\n"
        )
        for seed in ("1", "2"):
            write = f"SpacyDocBin().write([d], Path({str(tmp_path / seed)!r}))"
            environment = {**os.environ, "PYTHONHASHSEED": seed}
            subprocess.run([sys.executable, "-c", code + write], check=True, env=environment)

        assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()
