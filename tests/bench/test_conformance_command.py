"""Programs that answer well, badly, or not at all."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import monotonic, sleep

import pytest

from vinee import resources
from vinee.bench.conformance import command, judging, published
from vinee.errors import ExtractorError

CASES = [case for case in published.cases() if case.metric == "ner.strict"]
EXAMPLE = resources.root() / "benchmark" / "conformance" / "example.py"
README = EXAMPLE.with_name("README.md")


def program(tmp_path: Path, body: str) -> list[str]:
    path = tmp_path / "program.py"
    path.write_text(f"import sys, json, time, os\n{body}\n")
    return [sys.executable, str(path)]


def test_the_example_conforms() -> None:
    asked = command.ask([sys.executable, str(EXAMPLE)], published.cases())

    outcome = judging.judge(published.cases(), asked.answers, asked.problems)

    passed = {each.case.metric for each in outcome.verdicts if each.status == "passed"}
    assert outcome.conforms
    assert passed == {"ner.strict"}


def test_the_readme_shows_a_real_question_and_its_answer() -> None:
    blocks = [part.partition("```")[0] for part in README.read_text().split("```json\n")[1:]]
    question, answer = map(json.loads, blocks)

    (case,) = (each for each in published.cases() if each.id == question["id"])
    (sent,) = published.questions([case]).splitlines()
    assert json.loads(sent) == question
    judged = judging.judge([case], command.answers(json.dumps(answer).encode(), {case.id})[0])
    assert judged.conforms


def test_answers_may_come_in_any_order_after_all_was_read(tmp_path: Path) -> None:
    body = (
        "lines = [json.loads(line) for line in sys.stdin]\n"
        "for case in reversed(lines):\n"
        "    print(json.dumps({'id': case['id'], 'skipped': 'later'}))"
    )

    asked = command.ask(program(tmp_path, body), CASES)

    assert set(asked.answers) == {case.id for case in CASES}
    assert asked.problems == ()


def test_a_crash_keeps_what_was_answered_before_and_shows_the_complaint(tmp_path: Path) -> None:
    body = (
        "case = json.loads(sys.stdin.readline())\n"
        "print(json.dumps({'id': case['id'], 'skipped': 'x'}), flush=True)\n"
        "sys.exit('\\x1b[2Jout of cheese')"
    )

    asked = command.ask(program(tmp_path, body), CASES)

    assert list(asked.answers) == [CASES[0].id]
    assert asked.problems == ("exit code 1: \\x1b[2Jout of cheese",)


def test_garbage_strangers_and_repetitions_are_problems(tmp_path: Path) -> None:
    body = (
        "case = json.loads(sys.stdin.readline())['id']\n"
        "print('loading model ...')\n"
        "print(json.dumps({'id': 'nobody', 'skipped': 'x'}))\n"
        "print(json.dumps({'id': case, 'skipped': 'first'}))\n"
        "print()\n"
        "print(json.dumps({'id': case, 'skipped': 'second'}))\n"
        "print(json.dumps({'id': case, 'micro': {'precision': 'x'}}))\n"
        "sys.stdout.flush()\n"
        "sys.stdout.buffer.write(b'\\xff\\xfe')"
    )

    asked = command.ask(program(tmp_path, body), CASES)

    assert asked.answers[CASES[0].id].skipped == "first"
    starts = [problem.partition(" of its output ")[::2] for problem in asked.problems]
    assert [(line, what.partition(" ")[0]) for line, what in starts] == [
        ("line 1", "is"),
        ("line 2", "answers"),
        ("line 5", "answers"),
        ("line 6", "is"),
        ("line 7", "is"),
    ]


def test_very_much_garbage_is_summed_up(tmp_path: Path) -> None:
    asked = command.ask(program(tmp_path, "print('x\\n' * 1000)"), CASES)

    assert len(asked.problems) == 21
    assert asked.problems[-1] == "980 more lines of its output are no answers"


def test_silence_ends_with_the_time(tmp_path: Path) -> None:
    begun = monotonic()

    asked = command.ask(program(tmp_path, "time.sleep(60)"), CASES, seconds=0.5)

    assert asked.answers == {}
    assert asked.problems == ("ended after 0.5 seconds, before it had ended by itself",)
    assert monotonic() - begun < 20


def test_children_end_with_the_program(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    body = (
        "import subprocess, pathlib\n"
        "code = 'import time, pathlib, sys; time.sleep(1); pathlib.Path(sys.argv[1]).touch()'\n"
        f"subprocess.Popen([sys.executable, '-c', code, {str(mark)!r}])\n"
    )

    asked = command.ask(program(tmp_path, body), CASES)
    sleep(1.5)

    assert asked.problems == ()
    assert not mark.exists()


def test_endless_output_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "_MOST_BYTES", 1 << 20)

    asked = command.ask(program(tmp_path, "while True: print('x' * 9999)"), CASES)

    assert asked.problems[-1] == "ended because it wrote more than 1 MiB"


def test_a_program_that_does_not_read_is_no_problem(tmp_path: Path) -> None:
    asked = command.ask(program(tmp_path, "pass"), CASES)

    assert asked == ({}, ())


def test_a_program_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ExtractorError, match="cannot start"):
        command.ask([str(tmp_path / "nothing")], CASES)
