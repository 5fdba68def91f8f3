"""A run that is killed, at whatever moment, goes on to the same bytes and does nothing twice."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest
from small_gold import PEACE, SUMMIT, VISIT, gold

from vinee.formats import native

if os.name != "posix":
    pytest.skip("kills processes by their signals", allow_module_level=True)

DOC_IDS = (SUMMIT, VISIT, PEACE)  # in the order of a run
LIMIT = 60  # seconds for a process; one takes a few

EXTRACTORS = '''
import os, time
from concurrent.futures import ThreadPoolExecutor
from vinee.extractors import Claims, resolve
from vinee.model import Document, Mention

def noted(doc_id):
    with open(os.environ["SEEN"], "a") as log:
        log.write(doc_id + "\\n")

class Slow:
    """Marks the first two words of each document, and takes its time."""
    name, version, trained_on = "slow", "1", "nothing"
    claims = Claims(entities=("PER", "GPE"))

    def work(self, document):
        noted(document.doc_id)
        if os.environ.get("STOP_AT") == document.doc_id:
            time.sleep(60)
        first, second = document.text.split()[:2]
        begin = document.text.index(first)
        end = begin + len(first)
        start = document.text.index(second, end)
        return Document(document.doc_id, mentions=(
            Mention(begin, end, "PER", first, "m1"),
            Mention(start, start + len(second), "GPE", second, "m2"),
        ))

    def extract(self, documents):
        return [self.work(each) for each in documents]

class Several(Slow):
    """Works on two documents at a time, and gives them in order."""
    name, concurrency = "several", 2

    def extract(self, documents):
        with ThreadPoolExecutor(self.concurrency) as pool:
            yield from pool.map(self.work, documents)

class Learning:
    """The CRF, which tells on whose behalf it learns."""
    name, version, trained_on = "learning", "1", "the other documents"

    def __init__(self, inner=None):
        self.inner = inner or resolve("crf")
        self.claims = self.inner.claims

    def fit(self, documents):
        return Learning(self.inner.fit(documents))

    def extract(self, documents):
        for each in documents:
            noted(each.doc_id)
        return self.inner.extract(documents)
'''

# Kills a run at its first, second, third … step that leaves something on the disk, lets another
# run go on, and tells what each of them saw, until a run comes through.
EVERY_STEP = """
import json, os, sys
from pathlib import Path
work, name, here = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
sys.path[:0] = [here, str(work)]
import killed_extractors
from small_gold import gold
from vinee.bench.run import run


documents = gold()

def one(folder, kill_at, seen):
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    os.environ["SEEN"] = str(folder / seen)
    count = 0
    def step(call):
        def counted(*args, **more):
            nonlocal count
            count += 1
            if count == kill_at:
                os.kill(os.getpid(), 9)
            return call(*args, **more)
        return counted
    for each in ("fsync", "replace", "unlink"):
        setattr(os, each, step(getattr(os, each)))
    opened = Path.open
    def writing(path, mode="r", *args, **more):
        call = step(opened) if set(mode) & set("xwa") else opened
        return call(path, mode, *args, **more)
    Path.open = writing
    try:
        run(getattr(killed_extractors, name)(), documents, folder / "out" / "p.jsonl")
    except BaseException:
        import traceback
        traceback.print_exc()
        os._exit(3)
    os._exit(0)

def lines(path):
    return path.read_text().split() if path.exists() else []

at = 0
while True:
    at += 1
    folder = work / f"at{at}"
    folder.mkdir()
    ended = one(folder, at, "first")
    partial = folder / "out" / "p.partial.jsonl"
    stored = partial.read_bytes().count(b"\\n") - 1 if partial.exists() else 0
    then = one(folder, 0, "second") if ended else 0
    print(json.dumps({
        "ended": ended, "then": then, "stored": stored,
        "first": lines(folder / "first"), "second": lines(folder / "second"),
        "bytes": (folder / "out" / "p.jsonl").read_text("utf-8"),
        "left": sorted(each.name for each in (folder / "out").iterdir() if each.name[0] != "."),
    }), flush=True)
    if not ended:
        break
"""


class Killed(NamedTuple):
    """A run that was killed at a step, and the one that went on."""

    ended: int
    then: int
    stored: int
    first: list[str]
    second: list[str]
    bytes: str
    left: list[str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the extractors are, and the small gold."""
    made = tmp_path_factory.mktemp("killed")
    (made / "killed_extractors.py").write_text(EXTRACTORS, "utf-8")
    native.write_lines(made / "gold.jsonl", gold())
    return made


def killed_at_every_step(folder: Path, name: str) -> list[Killed]:
    work = folder / name
    work.mkdir()
    (work / "killed_extractors.py").write_text(EXTRACTORS, "utf-8")
    here = str(Path(__file__).parent)
    done = subprocess.run(
        [sys.executable, "-c", EVERY_STEP, str(work), name, here],
        capture_output=True,
        text=True,
        check=True,
        timeout=LIMIT,
    )
    return [Killed(**json.loads(line)) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module", params=["Slow", "Several", "Learning"])
def steps(request: pytest.FixtureRequest, folder: Path) -> list[Killed]:
    """All runs of one extractor; the last one came through."""
    if request.param == "Learning":
        pytest.importorskip("pycrfsuite", reason="it is in the extra `baselines`")
    return killed_at_every_step(folder, request.param)


def test_a_run_that_is_killed_at_any_step_ends_in_the_same_bytes(steps: list[Killed]) -> None:
    *killed, whole = steps

    assert len(killed) > 2 * len(DOC_IDS)
    assert whole.ended == 0
    assert {each.ended for each in killed} == {signal.SIGKILL}
    assert {each.then for each in killed} == {0}
    assert {each.bytes for each in killed} == {whole.bytes}


def test_only_the_predictions_are_left_once_a_run_is_through(steps: list[Killed]) -> None:
    # A kill between writing and renaming leaves a hidden file, which nothing reads.
    assert {tuple(each.left) for each in steps} == {("p.jsonl",)}


def test_what_was_stored_is_not_done_again(steps: list[Killed]) -> None:
    *killed, _ = steps

    for each in killed:
        # Several workers note what they do in any order.
        assert sorted(each.second) == sorted(DOC_IDS[each.stored :])


# What runs in the background may have been told to ignore interrupts, and its children with it.
INTERRUPTIBLE = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "


class Started(NamedTuple):
    """A run of the command line in a process of its own."""

    process: subprocess.Popen[str]
    out: Path
    seen: Path

    def doc_ids(self) -> list[str]:
        return self.seen.read_text("utf-8").split() if self.seen.exists() else []

    def wait_for(self, doc_id: str) -> None:
        until = time.monotonic() + LIMIT
        while doc_id not in self.doc_ids():
            assert self.process.poll() is None, self.process.communicate()
            assert time.monotonic() < until
            time.sleep(0.02)

    def end(self) -> tuple[int, str]:
        _, errors = self.process.communicate(timeout=LIMIT)
        return self.process.returncode, errors


def start(
    folder: Path, out: Path, name: str = "Slow", stop_at: str = "", most_bytes: int | None = None
) -> Started:
    seen = out / f"seen-{time.monotonic_ns()}"
    out.mkdir(exist_ok=True)
    limit = None
    if most_bytes is not None:
        limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    command: Sequence[str] = (
        *(sys.executable, "-c", INTERRUPTIBLE + "from vinee.cli import main; main()"),
        *("run", f"killed_extractors:{name}", "--gold", str(folder / "gold.jsonl")),
        *("--out", str(out), "--task", "ner_fine", "--draws", "100"),
    )
    environment = {
        # Coverage would write a file of its own, where the disk is made to be full.
        **{name: each for name, each in os.environ.items() if not name.startswith("COVERAGE")},
        "PYTHONPATH": os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "SEEN": str(seen),
        "STOP_AT": stop_at,
    }
    process = subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=limit,  # noqa: PLW1509 - one thread, and a full disk cannot be had otherwise
    )
    return Started(process, out, seen)


def results(out: Path, name: str = "slow") -> dict[str, bytes]:
    """What does not depend on the clock: predictions and results."""
    files = [out / "predictions" / f"{name}.jsonl", out / "results" / f"{name}.ner_fine.json"]
    return {file.name: file.read_bytes() for file in files}


@pytest.fixture(scope="module")
def whole(folder: Path) -> dict[str, bytes]:
    """What a run gives that nobody disturbs."""
    run = start(folder, folder / "whole")
    code, errors = run.end()
    assert code == 0, errors
    return results(run.out)


def test_the_command_goes_on_after_two_kills(
    folder: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    seen = []
    for stop_at in (VISIT, PEACE):
        run = start(folder, tmp_path, stop_at=stop_at)
        run.wait_for(stop_at)
        run.process.kill()
        assert run.end()[0] == -signal.SIGKILL
        seen.append(run.doc_ids())

    run = start(folder, tmp_path)

    assert run.end()[0] == 0
    assert [*seen, run.doc_ids()] == [[SUMMIT, VISIT], [VISIT, PEACE], [PEACE]]
    assert results(tmp_path) == whole


def test_an_interrupt_is_told_and_keeps_what_is_done(
    folder: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    run = start(folder, tmp_path, stop_at=PEACE)
    run.wait_for(PEACE)
    run.process.send_signal(signal.SIGINT)
    code, errors = run.end()

    again = start(folder, tmp_path)

    assert code == 130
    assert "Traceback" not in errors
    assert "slow: interrupted; 2 documents are kept in" in errors
    assert again.end()[0] == 0
    assert again.doc_ids() == [PEACE]
    assert results(tmp_path) == whole


def test_a_full_disk_is_told_and_the_run_goes_on_when_there_is_room(
    folder: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    # Room for the first line and one document, and for a part of the next.
    code, errors = start(folder, tmp_path, most_bytes=600).end()
    partial_file = tmp_path / "predictions" / "slow.partial.jsonl"
    stored = partial_file.read_bytes()

    again = start(folder, tmp_path)
    ended, told = again.end()

    assert code == 2
    assert "File too large" in errors
    assert "Traceback" not in errors
    assert stored.count(b"\n") > 1
    assert not stored.endswith(b"\n")
    assert ended == 0, told
    assert again.doc_ids() == list(DOC_IDS[stored.count(b"\n") - 1 :])
    assert results(tmp_path) == whole


@pytest.mark.parametrize("torn", [b"", b'{"partial": "vinee/1", "na'])
def test_a_partial_file_without_its_first_line_is_begun_anew(
    folder: Path, whole: dict[str, bytes], tmp_path: Path, torn: bytes
) -> None:
    (tmp_path / "predictions").mkdir()
    (tmp_path / "predictions" / "slow.partial.jsonl").write_bytes(torn)

    run = start(folder, tmp_path)

    code, errors = run.end()
    assert code == 0
    assert "threw away slow.partial.jsonl" in errors
    assert run.doc_ids() == list(DOC_IDS)
    assert results(tmp_path) == whole
