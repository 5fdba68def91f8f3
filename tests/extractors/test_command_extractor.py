from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from command_scripts import DOCUMENTS, PUTIN, TEXT, command, gone, pids

from vinee import ontology
from vinee.bench.run import describe
from vinee.errors import ExtractorError
from vinee.extractors import Claims, Extractor, resolve
from vinee.extractors.command import CommandExtractor, process
from vinee.model import Document, Mention, Section, Span

ECHO = """
import sys
for line in sys.stdin:
    print('{"mentions": [], "meta": {"given": %s}}' % line.strip(), flush=True)
"""


def test_each_document_is_answered_in_order_by_one_process(tmp_path: Path) -> None:
    with CommandExtractor(command(tmp_path, PUTIN)) as extractor:
        found = list(extractor.extract(DOCUMENTS))

    assert [each.doc_id for each in found] == ["a", "b", "c"]
    assert found[0].mentions == (Mention(4, 9, "PER", text="Putin", id="m1"),)
    assert len(set(pids(found))) == 1


def test_the_process_is_kept_between_calls(tmp_path: Path) -> None:
    with CommandExtractor(command(tmp_path, PUTIN)) as extractor:
        found = [next(iter(extractor.extract([each]))) for each in DOCUMENTS]

    assert len(set(pids(found))) == 1


def test_it_is_given_text_and_layout_and_no_layer_of_the_gold(tmp_path: Path) -> None:
    document = Document(
        "a",
        text=TEXT,
        sections=(Section(0, len(TEXT), "body"),),
        sentences=(Span(0, len(TEXT)),),
        mentions=(Mention(4, 9, "PER"),),
        events=(),
        meta={"outlet": "x"},
    )

    with CommandExtractor(command(tmp_path, ECHO)) as extractor:
        (found,) = extractor.extract([document])

    given = (found.meta or {})["given"]
    assert list(given) == ["doc_id", "text", "sections", "sentences"]
    assert given["text"] == TEXT


def test_an_article_comes_through_unchanged(tmp_path: Path, article: str) -> None:
    with CommandExtractor(command(tmp_path, ECHO)) as extractor:
        (found,) = extractor.extract([Document("a", text=article)])

    assert (found.meta or {})["given"]["text"] == article


def test_a_document_larger_than_a_pipe_goes_both_ways(tmp_path: Path) -> None:
    text = "Hà Nội, " * 130_000

    with CommandExtractor(command(tmp_path, ECHO)) as extractor:
        (found,) = extractor.extract([Document("a", text=text)])

    assert (found.meta or {})["given"]["text"] == text


def test_a_large_answer_may_come_while_the_document_is_still_read(tmp_path: Path) -> None:
    # Answers before it reads, so that both pipes are full at once.
    eager = """
import json, sys
sys.stdin.read(1)
print(json.dumps({"mentions": [], "meta": {"x": "y" * 1_000_000}}), flush=True)
sys.stdin.readline()
"""
    with CommandExtractor(command(tmp_path, eager)) as extractor:
        (found,) = extractor.extract([Document("a", text="Hà Nội, " * 130_000)])

    assert len((found.meta or {})["x"]) == 1_000_000


def test_a_flood_on_standard_error_blocks_nothing_and_is_logged(tmp_path: Path) -> None:
    noisy = PUTIN.replace(
        "import json, os, sys", "import json, os, sys\nsize = 10_000_000"
    ).replace(
        "    document",
        '    sys.stderr.write("x" * size + "\\n"); sys.stderr.flush()\n    document',
        1,
    )
    log = tmp_path / "stderr.log"

    with CommandExtractor(command(tmp_path, noisy), stderr_to=log) as extractor:
        (found,) = extractor.extract(DOCUMENTS[:1])

    assert found.mentions is not None
    assert log.stat().st_size == 10_000_001


def test_standard_error_is_appended_to_what_the_log_holds(tmp_path: Path) -> None:
    log = tmp_path / "stderr.log"
    log.write_text("before\n", encoding="utf-8")
    source = PUTIN.replace("for line", "print('loading', file=sys.stderr)\nfor line")

    with CommandExtractor(command(tmp_path, source), stderr_to=log) as extractor:
        list(extractor.extract(DOCUMENTS[:1]))

    assert log.read_text(encoding="utf-8") == "before\nloading\n"


def test_empty_lines_and_carriage_returns_are_no_answers(tmp_path: Path) -> None:
    source = PUTIN.replace("print(json", "print('\\r\\n')\n    print(json").replace(
        "flush=True", "end='\\r\\n', flush=True"
    )

    with CommandExtractor(command(tmp_path, source)) as extractor:
        assert len(list(extractor.extract(DOCUMENTS))) == 3


def test_an_answer_without_a_line_break_counts_at_the_end_of_the_process(tmp_path: Path) -> None:
    source = PUTIN.replace("flush=True)", "end='')\n    break")

    with CommandExtractor(command(tmp_path, source)) as extractor:
        found = list(extractor.extract(DOCUMENTS[:1]))

    assert len(found) == 1


def test_a_command_that_ends_after_each_document_is_started_for_each(tmp_path: Path) -> None:
    with CommandExtractor(command(tmp_path, f"{PUTIN}    break"), restarts=1) as extractor:
        found = list(extractor.extract(DOCUMENTS))

    assert len(set(pids(found))) == 3


def test_a_python_that_forgets_to_flush_is_read_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)
    path = tmp_path / "lazy.py"
    path.write_text(PUTIN.replace(", flush=True", ""), encoding="utf-8")

    with CommandExtractor(shlex.join([sys.executable, str(path)]), timeout=5) as extractor:
        assert len(list(extractor.extract(DOCUMENTS))) == 3


def test_the_time_to_start_is_not_the_time_for_a_document(tmp_path: Path) -> None:
    source = f"import time\ntime.sleep(0.6)\n{PUTIN}"

    with CommandExtractor(command(tmp_path, source), timeout=0.4, startup=30) as extractor:
        assert len(list(extractor.extract(DOCUMENTS))) == 3


def test_a_shell_is_one_only_if_asked_for(tmp_path: Path) -> None:
    inner = command(tmp_path, PUTIN)

    with CommandExtractor(shlex.join(["bash", "-c", f"cat | {inner}"])) as extractor:
        assert len(list(extractor.extract(DOCUMENTS))) == 3


def test_closing_lets_the_process_end_by_itself(tmp_path: Path) -> None:
    source = f"{PUTIN}\nopen({str(tmp_path / 'ended')!r}, 'w').close()\n"
    extractor = CommandExtractor(command(tmp_path, source))
    (found,) = extractor.extract(DOCUMENTS[:1])

    extractor.close()

    assert (tmp_path / "ended").exists()
    assert gone(pids([found])[0])


def test_closing_twice_or_before_the_start_does_nothing(tmp_path: Path) -> None:
    extractor = CommandExtractor(command(tmp_path, PUTIN))
    extractor.close()
    list(extractor.extract(DOCUMENTS[:1]))

    extractor.close()
    extractor.close()


def test_it_can_be_used_again_after_closing(tmp_path: Path) -> None:
    with CommandExtractor(command(tmp_path, PUTIN)) as extractor:
        first = list(extractor.extract(DOCUMENTS[:1]))
    with extractor:
        second = list(extractor.extract(DOCUMENTS[:1]))

    assert pids(first) != pids(second)
    assert first[0].mentions == second[0].mentions


def test_an_extractor_that_nobody_closes_leaves_no_process(tmp_path: Path) -> None:
    extractor = CommandExtractor(command(tmp_path, PUTIN))
    (found,) = extractor.extract(DOCUMENTS[:1])

    del extractor

    assert gone(pids([found])[0])


def test_the_end_of_the_program_ends_the_process(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from vinee.extractors.command import CommandExtractor\n"
        "from vinee.model import Document\n"
        f"extractor = CommandExtractor({command(tmp_path, PUTIN)!r})\n"
        "(found,) = extractor.extract([Document('a', text='Putin')])\n"
        "print(found.meta['pid'])\n"
        "raise KeyboardInterrupt\n"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert "KeyboardInterrupt" in done.stderr
    assert gone(int(done.stdout))


def test_children_of_the_command_end_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "_GRACE", 0.2)
    stubborn = PUTIN.replace(
        "for line", "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nfor line"
    )
    source = f"{stubborn}\nimport time\ntime.sleep(60)\n"
    extractor = CommandExtractor(shlex.join(["bash", "-c", f"{command(tmp_path, source)}; true"]))
    (found,) = extractor.extract(DOCUMENTS[:1])

    extractor.close()

    assert gone(pids([found])[0])


def test_a_name_with_no_card_is_the_command(tmp_path: Path) -> None:
    found = resolve(f"cmd:{command(tmp_path, PUTIN)}")

    assert isinstance(found, CommandExtractor)
    assert isinstance(found, Extractor)
    assert found.name == f"cmd:{command(tmp_path, PUTIN)}"
    assert (found.version, found.trained_on[:7]) == ("unknown", "unknown")


def test_without_claims_no_label_is_refused_and_nothing_is_declared() -> None:
    found = CommandExtractor("true").claims

    assert found.entities == ontology.default().fine_labels
    assert not found.declared


def test_the_card_can_be_given() -> None:
    claims = Claims(("PER", "MISC"), scheme="coarse")

    found = resolve(
        CommandExtractor("true", name="mine", version="2", trained_on="VLSP", claims=claims)
    )

    assert (found.name, found.version, found.trained_on) == ("mine", "2", "VLSP")
    assert found.claims == claims


def test_the_licence_and_what_its_makers_may_have_seen_are_in_the_results_card() -> None:
    found = CommandExtractor("true", licence="MIT", texts_seen="no")

    system = describe(found, documents=5)

    assert (system.licence, system.texts_seen) == ("MIT", "no")


def test_without_a_card_licence_and_texts_seen_are_unknown() -> None:
    system = describe(CommandExtractor("true"), documents=5)

    assert (system.licence, system.texts_seen) == ("unknown", "unknown")


def test_a_command_with_a_line_break_has_a_printable_name() -> None:
    assert resolve("cmd:bash -c 'cat\nx'").name == r"cmd:bash -c 'cat\nx'"


@pytest.mark.parametrize(
    ("spec", "complaint"),
    [
        ("cmd:", "'cmd:' names no command"),
        ("cmd:  ", "'cmd:' names no command"),
        ("cmd:python 'x", "No closing quotation; quote"),
    ],
)
def test_what_is_no_command_is_refused_before_anything_runs(spec: str, complaint: str) -> None:
    with pytest.raises(ExtractorError, match=complaint):
        resolve(spec)


def test_a_program_that_is_not_there_is_named() -> None:
    extractor = CommandExtractor("no-such-program-here --fast")

    with pytest.raises(ExtractorError, match=r"document 'a': .*cannot be started.*no-such-program"):
        list(extractor.extract(DOCUMENTS))


def test_a_log_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    extractor = CommandExtractor(command(tmp_path, PUTIN), stderr_to=tmp_path / "no" / "log")

    with pytest.raises(ExtractorError, match=r"cannot be started: .*No such file"):
        list(extractor.extract(DOCUMENTS))


def test_a_document_without_text_is_named(tmp_path: Path) -> None:
    with (
        CommandExtractor(command(tmp_path, PUTIN)) as extractor,
        pytest.raises(ExtractorError, match="document 'x' has no text"),
    ):
        list(extractor.extract([Document("x")]))


def test_the_environment_reaches_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_MODEL", "small")
    source = PUTIN.replace("os.getpid()", "os.environ['MY_MODEL']")

    with CommandExtractor(command(tmp_path, source)) as extractor:
        (found,) = extractor.extract(DOCUMENTS[:1])

    assert json.dumps(found.meta) == '{"pid": "small"}'
