from __future__ import annotations

import os
import shlex
import signal
import sys
import time
from pathlib import Path

import pytest
from command_scripts import DOCUMENTS, PUTIN, command, gone, pids

from vinee.errors import ExtractorError
from vinee.extractors.command import CommandExtractor
from vinee.extractors.command import process as processes
from vinee.extractors.command.process import Process
from vinee.model import Document


def before_answering(statement: str) -> str:
    """The program, with a statement between reading a document and answering it."""
    return PUTIN.replace("    start =", f"    {statement}\n    start =")


def in_b(statement: str) -> str:
    return before_answering(f"if document['doc_id'] == 'b': {statement}")


def once(folder: Path, statement: str) -> str:
    """Do something to document b, but only the first time that it comes."""
    mark = str(folder / "mark")
    condition = f"document['doc_id'] == 'b' and not os.path.exists({mark!r})"
    return before_answering(f"if {condition}: open({mark!r}, 'w').close(); {statement}")


@pytest.mark.parametrize(
    "statement",
    ["os._exit(3)", "os.kill(os.getpid(), 9)", "1 / 0", "os.close(1); sys.stdin.readline()"],
    ids=["exit", "kill -9", "exception", "closed output"],
)
def test_a_process_that_ends_over_a_document_is_started_again(
    tmp_path: Path, statement: str
) -> None:
    with CommandExtractor(command(tmp_path, once(tmp_path, statement))) as extractor:
        found = list(extractor.extract(DOCUMENTS))

    first, second, third = pids(found)
    assert [each.doc_id for each in found] == ["a", "b", "c"]
    assert first != second == third


@pytest.mark.parametrize(
    ("statement", "end"),
    [
        ("os._exit(3)", r"ended \(exit code 3\)"),
        ("os._exit(0)", r"ended \(exit code 0\)"),
        ("os.kill(os.getpid(), 9)", "was killed by SIGKILL"),
        ("os.close(1); sys.stdin.readline()", "closed its output"),
    ],
)
def test_one_that_ends_again_is_named_with_its_end(
    tmp_path: Path, statement: str, end: str
) -> None:
    with (
        CommandExtractor(command(tmp_path, in_b(statement)), name="mine") as extractor,
        pytest.raises(
            ExtractorError,
            match=rf"'mine', document 'b': .* {end} before it had answered, 2 times in a row",
        ),
    ):
        list(extractor.extract(DOCUMENTS))


def test_the_end_of_what_it_complained_about_is_shown(tmp_path: Path) -> None:
    # 20 lines, a bar of progress, an escape sequence, and bytes that are no UTF-8.
    say = (
        "[print('line', n, file=sys.stderr) for n in range(20)]; "
        "sys.stderr.flush(); os.write(2, b'\\r10%\\r20%\\n\\x1b[31mCUDA \\xff\\n'); os._exit(1)"
    )
    with (
        CommandExtractor(command(tmp_path, before_answering(say)), restarts=0) as extractor,
        pytest.raises(ExtractorError) as caught,
    ):
        list(extractor.extract(DOCUMENTS))

    first, second, *last = str(caught.value).split("\n")
    assert first.endswith("ended (exit code 1) before it had answered")
    assert second == "the last that it wrote to standard error:"
    assert last == [*(f"line {n}" for n in range(13, 20)), "10%", "20%", r"\x1b[31mCUDA \xff"]


def test_how_often_to_try_again_can_be_said(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with (
        CommandExtractor(
            command(tmp_path, before_answering("print('x', file=sys.stderr); os._exit(1)")),
            restarts=2,
            stderr_to=log,
        ) as extractor,
        pytest.raises(ExtractorError, match="3 times in a row"),
    ):
        list(extractor.extract(DOCUMENTS))

    assert log.read_text(encoding="utf-8") == "x\n" * 3


def test_a_process_that_was_killed_between_documents_is_started_again(tmp_path: Path) -> None:
    with CommandExtractor(command(tmp_path, PUTIN), restarts=0) as extractor:
        answers = iter(extractor.extract(DOCUMENTS))
        first = next(answers)
        os.kill(pids([first])[0], signal.SIGKILL)
        assert gone(pids([first])[0])
        second = next(answers)

    assert pids([first]) != pids([second])


@pytest.mark.parametrize("statement", ["import time; time.sleep(60)", "signal.pause()"])
def test_a_document_that_takes_too_long_fails_and_the_next_one_starts_anew(
    tmp_path: Path, statement: str
) -> None:
    source = in_b(f"print('thinking', file=sys.stderr); import signal; {statement}")
    with CommandExtractor(command(tmp_path, source), timeout=0.4, startup=5) as extractor:
        (first,) = extractor.extract(DOCUMENTS[:1])
        with pytest.raises(ExtractorError) as caught:
            list(extractor.extract(DOCUMENTS[1:2]))
        (third,) = extractor.extract(DOCUMENTS[2:])

    assert "document 'b': the command did not answer within 0.4 seconds" in str(caught.value)
    assert str(caught.value).endswith("standard error:\nthinking")
    assert pids([first]) != pids([third])


def test_a_process_that_takes_too_long_is_gone_with_its_children(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    source = before_answering(
        f"open({str(pid_file)!r}, 'w').write(str(os.getpid())); import time; time.sleep(60)"
    )
    inner = command(tmp_path, source)
    shell = CommandExtractor(shlex.join(["bash", "-c", f"{inner}; true"]), timeout=1.2, startup=0)

    with shell, pytest.raises(ExtractorError, match=r"within 1\.2 seconds"):
        list(shell.extract(DOCUMENTS))

    assert gone(int(pid_file.read_text(encoding="utf-8")))


def test_one_that_holds_its_answers_back_is_told_to_flush(tmp_path: Path) -> None:
    source = f"import sys\nsys.stdout = open(1, 'w', buffering=65536)\n{PUTIN}".replace(
        ", flush=True", ""
    )
    with (
        CommandExtractor(command(tmp_path, source), timeout=0.4, startup=0) as extractor,
        pytest.raises(ExtractorError, match="writes out each answer before it reads on"),
    ):
        list(extractor.extract(DOCUMENTS))


def test_one_that_never_reads_a_large_document_runs_out_of_time(tmp_path: Path) -> None:
    source = "import time\nprint('{\"mentions\": []}', flush=True)\ntime.sleep(60)\n"
    large = [Document("a", text="Hà Nội " * 100_000)]
    with (
        CommandExtractor(command(tmp_path, source), timeout=0.5, startup=0) as extractor,
        pytest.raises(ExtractorError, match=r"within 0\.5 seconds|before it was given"),
    ):
        list(extractor.extract(large))


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        (b"Loading model ...\n", r"not JSON: .*got 'Loading model \.\.\.'\).*answer one JSON"),
        (b"{'spans': []}\n", r"not JSON: .*got '{'spans': \[\]}'"),
        (b'{"spans": ["\xff"]}\n', r"not JSON: .*got '{\"spans\": \[\"\\xff\"\]}'"),
        (b"\xff\xfe{}\n", r"not JSON: .*got '\\xff\\xfe{}'"),
        (b'\x1b[2J"\n', r"not JSON: .*got '\\x1b\[2J\"'"),
        (b"[" * 100_000 + b"\n", r"not JSON: .*…', 100000 bytes"),
        (b"[]\n", r"must be a JSON object \(got '\[\]'\)"),
        (b"null\n", r"must be a JSON object \(got 'null'\)"),
        (b"{}\n", r"has no layer \(got '{}'\)"),
        (b'{"doc_id": "a", "mentions": []}\n', "is for another document, 'a'"),
        (b'{"doc_id": 7, "mentions": []}\n', "is for another document, 7"),
        (b'{"mentoins": []}\n', "no document: .*mentoins"),
        (
            b'{"mentions": []}\n{"mentions": []}\n',
            r"wrote more than one line .*got '{\"mentions\": \[\]}\\n{\"m",
        ),
    ],
)
def test_what_is_no_answer_is_quoted(tmp_path: Path, written: bytes, complaint: str) -> None:
    source = in_b(f"os.write(1, {written!r}); continue")
    with (
        CommandExtractor(command(tmp_path, source), name="mine", timeout=10) as extractor,
        pytest.raises(ExtractorError, match=rf"(?s)'mine', document 'b': .*{complaint}"),
    ):
        list(extractor.extract(DOCUMENTS))


def test_what_it_wrote_too_much_is_not_taken_for_the_next_answer(tmp_path: Path) -> None:
    source = f"{PUTIN}    import time; time.sleep(0.05); print('{{\"spans\": []}}', flush=True)\n"
    with CommandExtractor(command(tmp_path, source)) as extractor:
        answers = iter(extractor.extract(DOCUMENTS))
        next(answers)
        time.sleep(0.2)

        with pytest.raises(ExtractorError, match=r"document 'b': .* before it was given this doc"):
            next(answers)


def test_after_a_wrong_answer_the_next_document_has_a_new_process(tmp_path: Path) -> None:
    source = in_b("print('oops', flush=True); continue")
    with CommandExtractor(command(tmp_path, source)) as extractor:
        (first,) = extractor.extract(DOCUMENTS[:1])
        with pytest.raises(ExtractorError, match="not JSON"):
            list(extractor.extract(DOCUMENTS[1:2]))
        (third,) = extractor.extract(DOCUMENTS[2:])

    assert third.doc_id == "c"
    assert pids([first]) != pids([third])


def test_a_line_without_end_is_cut_off(tmp_path: Path) -> None:
    source = before_answering("[os.write(1, b'x' * 65536) for _ in range(10_000)]")
    with (
        CommandExtractor(command(tmp_path, source), longest=1_000_000) as extractor,
        pytest.raises(ExtractorError, match=r"a line of more than 1000000 bytes \(got 'xxx"),
    ):
        list(extractor.extract(DOCUMENTS))


def test_a_signal_without_a_name_has_its_number(tmp_path: Path) -> None:
    source = before_answering("import signal; os.kill(os.getpid(), signal.SIGRTMIN + 1)")
    number = signal.SIGRTMIN + 1
    with (
        CommandExtractor(command(tmp_path, source), restarts=0) as extractor,
        pytest.raises(ExtractorError, match=f"was killed by signal {number} before"),
    ):
        list(extractor.extract(DOCUMENTS))


def test_lines_without_end_are_stopped() -> None:
    with CommandExtractor("yes") as extractor:
        with pytest.raises(ExtractorError, match="line"):
            list(extractor.extract(DOCUMENTS))
        with pytest.raises(ExtractorError, match="line"):
            list(extractor.extract(DOCUMENTS))


def test_an_interrupt_ends_the_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    extractor = CommandExtractor(command(tmp_path, PUTIN))
    (found,) = extractor.extract(DOCUMENTS[:1])

    def interrupted(*_: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(Process, "_answer", interrupted)
    with pytest.raises(KeyboardInterrupt):
        list(extractor.extract(DOCUMENTS))

    assert gone(pids([found])[0])


def test_one_that_will_not_end_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_GRACE", 0.2)
    ignoring = "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    source = f"{ignoring}{PUTIN}\nimport time\ntime.sleep(60)\n"
    extractor = CommandExtractor(command(tmp_path, source))
    (found,) = extractor.extract(DOCUMENTS[:1])

    extractor.close()

    assert gone(pids([found])[0])


def test_one_that_ends_when_asked_is_not_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "_GRACE", 0.3)
    source = (
        "import signal, sys, time\n"
        "signal.signal(signal.SIGTERM, lambda *_: sys.exit(5))\n"
        "print(sys.stdin.readline(), flush=True)\ntime.sleep(60)\n"
    )
    process = Process(shlex.split(command(tmp_path, source)), None, 1000)
    assert process.ask(b"{}", 5) == b"{}"

    assert process.close() == 5


def test_a_full_disk_under_the_log_does_not_stop_the_process(tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("there is no /dev/full here")
    source = before_answering("print('x' * 1_000_000, file=sys.stderr, flush=True)")

    with CommandExtractor(command(tmp_path, source), stderr_to=full) as extractor:
        assert len(list(extractor.extract(DOCUMENTS))) == 3


def test_no_threads_and_no_pipes_are_left_behind(tmp_path: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("counts file descriptors in /proc")
    before = len([*Path("/proc/self/fd").iterdir()])

    for _ in range(3):
        with CommandExtractor(command(tmp_path, PUTIN)) as extractor:
            list(extractor.extract(DOCUMENTS))

    assert len([*Path("/proc/self/fd").iterdir()]) == before
