"""``vinee corpus stats`` as a user runs it."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from vinee.corpus import gold
from vinee.corpus.statistics import cut_by_words, statistics
from vinee.formats import native
from vinee.model import Document, Entity, Event, Mention, Span

COMMAND = [sys.executable, "-c", "from vinee.cli import main; main()", "corpus", "stats"]
MEETING = Document(
    "meeting",
    "Ông Putin gặp ông Trump.",
    sentences=(Span(0, 24),),
    mentions=(
        Mention(4, 9, "PER", text="Putin", id="m1", entity="e1"),
        Mention(14, 17, "PER", text="ông", id="m2", level="NOM", entity="e2"),
    ),
    entities=(Entity("e1", "PER", wikidata="Q7747"), Entity("e2", "PER", wikidata="NIL")),
    events=(Event("Contact.Meet", Span(10, 13), id="ev1", realis="OTHER"),),
)
BARE = Document("bare", "Hết.", sentences=(Span(0, 4),))


def stats(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *map(str, arguments)], capture_output=True, text=True, check=False
    )


@pytest.fixture
def small(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    folder.mkdir()
    for document in (MEETING, BARE):
        (folder / f"{document.doc_id}.json").write_bytes(native.encode(document))
    return folder


def test_tables_are_aligned_text_where_there_is_no_terminal(small: Path) -> None:
    done = stats("--gold", small)

    lines = done.stdout.splitlines()
    assert [line.split("  ")[0] for line in lines[:4]] == ["document", "bare", "meeting", "total"]
    assert [line.split()[1:] for line in lines[1:4]] == [
        ["4", "2", "1", "–", "–", "–", "–", "–"],
        ["24", "6", "1", "1", "1", "2", "1", "0"],
        ["28", "8", "2", "1", "1", "2", "1", "0"],
    ]
    assert lines[4:] == [
        "",
        "mentions by type and level  NAM  NOM  total",
        "PER                           1    1      2",
        "",
        "events by type and realis  OTHER  total",
        "Contact.Meet                   1      1",
        "",
        "names by depth of nesting  count",
        "0                              1",
        "",
        "entities by mentions in one article  count",
        "1                                        2",
        "",
        "entities by link  count",
        "NIL                   1",
        "Wikidata              1",
    ]


def test_terminal_gets_tables_of_the_same_numbers(small: Path) -> None:
    terminal, other = pty.openpty()
    environment = {**os.environ, "COLUMNS": "140", "TERM": "dumb"}
    done = subprocess.Popen([*COMMAND, "--gold", str(small)], stdout=other, env=environment)
    os.close(other)
    read = b""
    while chunk := _read(terminal):
        read += chunk
    os.close(terminal)

    shown = read.decode()
    assert done.wait() == 0
    assert "┃ events by type and realis ┃ OTHER ┃ total ┃" in shown
    assert "│ Contact.Meet              │     1 │     1 │" in shown


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1 << 16)
    except OSError:  # Linux says so where the other end has been closed
        return b""


def test_json_is_what_python_counts(small: Path) -> None:
    done = stats("--gold", small, "--json")

    assert json.loads(done.stdout) == statistics([BARE, MEETING])


def test_json_of_the_gold_shipped_needs_no_option() -> None:
    assert json.loads(stats("--json").stdout) == statistics(gold.documents())


def test_words_add_the_names_that_they_cut(small: Path) -> None:
    counted = json.loads(stats("--gold", small, "--words", "--json").stdout)

    assert counted["cut_by_words"] == cut_by_words([BARE, MEETING])
    assert "cut_by_words" not in json.loads(stats("--gold", small, "--json").stdout)


def test_words_are_a_table_that_names_the_tool(small: Path) -> None:
    lines = stats("--gold", small, "--words").stdout.splitlines()

    tool = cut_by_words([MEETING])["tool"]
    assert f"names cut by words of {tool}" in lines[-2]
    assert lines[-1].split()[:2] == ["PER", "1"]


def test_plots_are_written_and_named(small: Path, tmp_path: Path) -> None:
    done = stats("--gold", small, "--plots", tmp_path / "plots", "--json")

    names = ["sizes", "mentions", "events", "chains"]
    files = [tmp_path / "plots" / f"{name}.svg" for name in names]
    assert done.stderr.splitlines() == [f"wrote {file}" for file in files]
    assert sorted((tmp_path / "plots").iterdir()) == sorted(files)
    assert all(ET.parse(file).getroot().tag.endswith("svg") for file in files)  # noqa: S314 - ours
    assert "documents" in json.loads(done.stdout)


def test_missing_extra_is_one_line_and_nothing_is_written(small: Path, tmp_path: Path) -> None:
    (tmp_path / "matplotlib.py").write_text("raise ModuleNotFoundError('matplotlib')\n", "utf-8")

    done = subprocess.run(
        [*COMMAND, "--gold", str(small), "--plots", str(tmp_path / "plots")],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert done.stderr == (
        "vinee: 'matplotlib' is not installed; install it with: pip install 'vinee[report]'\n"
    )
    assert not (tmp_path / "plots").exists()


def test_matplotlib_is_not_loaded_without_plots(small: Path) -> None:
    script = (
        "import sys; from vinee.cli import main\n"
        f"sys.argv = ['vinee', 'corpus', 'stats', '--gold', {str(small)!r}]\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print('matplotlib' in sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert done.stdout.splitlines()[-1] == "False"
