"""Systems from outside through a whole run: what is done is done once, whatever breaks."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import pytest
from http_server import Handler, putin, serving

from vinee.bench.run import Progress, Run, run
from vinee.corpus.gold import documents
from vinee.errors import ExtractorError
from vinee.extractors import Claims
from vinee.extractors.command import CommandExtractor
from vinee.extractors.command.kept import CUT, Kept
from vinee.extractors.http import HttpExtractor
from vinee.model import Document

# Finds "Putin", writes down what it was given, and fails while a file says so.
SYSTEM = """
import json, os, pathlib, re, sys
here = pathlib.Path(__file__).parent
for line in sys.stdin:
    document = json.loads(line)
    with (here / "given").open("a") as log:
        log.write(document["doc_id"] + "\\n")
    if (here / "broken").exists() and document["doc_id"].startswith("003"):
        sys.exit("CUDA out of memory")
    spans = [[m.start(), m.end(), "PER"] for m in re.finditer("Putin", document["text"])]
    print(json.dumps({"spans": spans}), flush=True)
"""


def system(folder: Path, version: str = "1", claims: Claims | None = None) -> CommandExtractor:
    path = folder / "system.py"
    path.write_text(SYSTEM, encoding="utf-8")
    command = shlex.join([sys.executable, "-S", "-E", str(path)])
    card = {} if claims is None else {"claims": claims}
    return CommandExtractor(command, name="mine", version=version, **card)  # type: ignore[arg-type]


def given(folder: Path) -> list[str]:
    return (folder / "given").read_text(encoding="utf-8").split()


def ids() -> list[str]:
    return [each.doc_id for each in documents()]


def people(found: Run) -> int:
    return sum(len(each.mentions or ()) for each in found.predictions.documents)


def test_a_command_runs_over_the_corpus(tmp_path: Path) -> None:
    with system(tmp_path) as extractor:
        found = run(extractor, documents(), tmp_path / "mine.jsonl")

    assert given(tmp_path) == ids()
    assert people(found) == sum((each.text or "").count("Putin") for each in documents())
    assert found.system.name == "mine"


def test_after_a_failure_a_run_goes_on_and_does_nothing_twice(tmp_path: Path) -> None:
    (tmp_path / "broken").touch()
    with (
        system(tmp_path) as extractor,
        pytest.raises(ExtractorError, match=r"'003_.*exit code 1.*2 times in a row\n.*\nCUDA out"),
    ):
        run(extractor, documents(), tmp_path / "mine.jsonl")
    (tmp_path / "broken").unlink()
    (tmp_path / "given").unlink()
    told: list[Progress] = []

    with system(tmp_path) as extractor:
        found = run(extractor, documents(), tmp_path / "mine.jsonl", on_progress=told.append)

    assert given(tmp_path) == ids()[3:]
    assert told[0].message == "took over 3 finished before"
    assert people(found) == sum((each.text or "").count("Putin") for each in documents())


def test_an_interrupted_run_goes_on_and_gives_the_same_bytes(tmp_path: Path) -> None:
    def interrupt(progress: Progress) -> None:
        if progress.done == 2:
            raise KeyboardInterrupt

    with system(tmp_path) as extractor:
        run(extractor, documents(), tmp_path / "whole.jsonl")
        (tmp_path / "given").unlink()
        with pytest.raises(KeyboardInterrupt):
            run(extractor, documents(), tmp_path / "mine.jsonl", on_progress=interrupt)
        run(extractor, documents(), tmp_path / "mine.jsonl")

    assert given(tmp_path) == ids()
    assert (tmp_path / "mine.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


def test_without_a_version_a_run_starts_anew(tmp_path: Path) -> None:
    (tmp_path / "broken").touch()
    with system(tmp_path, "unknown") as extractor:
        with pytest.raises(ExtractorError):
            run(extractor, documents(), tmp_path / "mine.jsonl")
        (tmp_path / "broken").unlink()
        (tmp_path / "given").unlink()

        run(extractor, documents(), tmp_path / "mine.jsonl")

    assert given(tmp_path) == ids()


def test_a_label_that_was_not_claimed_is_refused(tmp_path: Path) -> None:
    with (
        system(tmp_path, claims=Claims(("LOC",), scheme="coarse")) as extractor,
        pytest.raises(ExtractorError, match=r"'mine', .*claims do not name: entity label 'PER'"),
    ):
        run(extractor, documents(), tmp_path / "mine.jsonl")


def test_a_span_outside_the_text_is_refused(tmp_path: Path) -> None:
    with (
        serving(lambda request: request.reply(b'{"spans": [[0, 1000000, "PER"]]}')) as server,
        HttpExtractor(server.url) as extractor,
        pytest.raises(ExtractorError, match="span-outside"),
    ):
        run(extractor, documents(), tmp_path / "http.jsonl")


def test_an_endpoint_that_fails_is_asked_for_the_rest_only(tmp_path: Path) -> None:
    def refuse_third(request: Handler) -> None:
        if len(request.server.seen) == 3:
            request.reply(b"quota", 402)
        else:
            putin(request)

    with (
        serving(refuse_third) as server,
        HttpExtractor(server.url, version="2026-11") as extractor,
    ):
        with pytest.raises(ExtractorError, match="answered 402: 'quota'"):
            run(extractor, documents(), tmp_path / "http.jsonl")
        run(extractor, documents(), tmp_path / "http.jsonl")

    assert [doc_id for _, doc_id, _ in server.seen] == [*ids()[:3], *ids()[2:]]


class Interrupted(HttpExtractor):
    """Is interrupted before it has sent anything."""

    def extract(self, documents: Sequence[Document]) -> NoReturn:
        raise KeyboardInterrupt(len(documents))


def test_an_interrupt_is_no_failure_of_the_endpoint(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(Interrupted("http://127.0.0.1/"), documents(), tmp_path / "http.jsonl")


# Dies over every second document that is new to it.
FRAIL = """
import json, os, pathlib, sys
here = pathlib.Path(__file__).parent
for count, line in enumerate(sys.stdin):
    if count == 1:
        sys.exit("\\x1b[31mout of memory")
    print(json.dumps({"spans": []}), flush=True)
"""


def frail(folder: Path) -> str:
    path = folder / "frail.py"
    path.write_text(FRAIL, encoding="utf-8")
    return shlex.join([sys.executable, "-S", "-E", str(path)])


def test_each_restart_is_told_with_the_last_of_standard_error_and_counted(tmp_path: Path) -> None:
    told: list[Progress] = []

    with CommandExtractor(frail(tmp_path), name="frail") as extractor:
        found = run(extractor, documents(), tmp_path / "frail.jsonl", on_progress=told.append)

    notices = [each.message for each in told if each.is_notice]
    assert found.restarts == 4
    assert notices == [
        f"document {doc_id!r}: the command ended (exit code 1) before it had answered; it is "
        "started again\nthe last that it wrote to standard error:\n\\x1b[31mout of memory"
        for doc_id in ids()[1:]
    ]


def test_an_end_between_two_documents_is_a_restart_too(tmp_path: Path) -> None:
    once = tmp_path / "once.py"
    once.write_text("input()\nprint('{\"spans\": []}', flush=True)\n", encoding="utf-8")

    with CommandExtractor(shlex.join([sys.executable, "-S", "-E", str(once)])) as extractor:
        found = run(extractor, documents(), tmp_path / "once.jsonl")

    assert found.restarts == 4


def test_standard_error_is_kept_up_to_a_size_across_restarts(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "runs" / "mine.stderr", most=10)

    for chunk in (b"12345", b"67890", b"more", b"and more"):
        kept.write(chunk)

    assert (tmp_path / "runs" / "mine.stderr").read_bytes() == b"1234567890" + CUT


def test_what_an_earlier_run_said_is_not_kept_with_what_this_one_says(tmp_path: Path) -> None:
    kept = tmp_path / "frail.stderr"
    kept.write_text("of an earlier run", encoding="utf-8")

    with CommandExtractor(frail(tmp_path)) as extractor:
        extractor.keep_stderr(kept)
        run(extractor, documents(), tmp_path / "frail.jsonl")

    assert kept.read_text(encoding="utf-8") == "\x1b[31mout of memory\n" * 4
