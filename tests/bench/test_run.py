from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, cast

import numpy as np
import pytest
from small_gold import CLAIMS, PEACE, SUMMIT, VISIT, Echo, gold

from vinee.bench import scoring
from vinee.bench.run import Progress, run, without_gold
from vinee.corpus import labelmap, predictions
from vinee.errors import ExtractorError
from vinee.extractors import CallableExtractor, Claims, resolve
from vinee.formats import native
from vinee.model import Argument, Document, Event, Mention, Span
from vinee.text import decode

if TYPE_CHECKING:
    from collections.abc import Sequence


class Learner(Echo):
    """Gives what it was fitted on, so that a look at the gold would show."""

    name = "learner"

    def fit(self, documents: Sequence[Document]) -> Remembering:
        return Remembering([each.doc_id for each in documents])


class Remembering(Echo):
    def __init__(self, fitted: list[str]) -> None:
        super().__init__((), CLAIMS)
        self.fitted = fitted

    def extract(self, documents: Sequence[Document]) -> list[Document]:
        return [Document(each.doc_id, mentions=(), meta={"on": self.fitted}) for each in documents]


class Stubborn(Echo):
    """Fails at one document."""

    def extract(self, documents: Sequence[Document]) -> list[Document]:
        if documents[0].doc_id == PEACE:
            raise RuntimeError("out of memory")
        return super().extract(documents)


def echo() -> Echo:
    return Echo(gold(), CLAIMS)


def messages(progress: list[Progress]) -> list[str]:
    return [each.message for each in progress]


def test_an_extractor_sees_text_and_layout_and_no_layer_of_the_gold(tmp_path: Path) -> None:
    extractor = echo()

    run(extractor, gold(), tmp_path / "echo.jsonl")

    assert extractor.seen == [without_gold(each) for each in gold()]
    for seen in extractor.seen:
        assert (seen.mentions, seen.entities, seen.timexes, seen.events, seen.meta) == (None,) * 5
        assert None not in (seen.text, seen.sections, seen.sentences)


def test_what_it_gives_is_stored_in_the_order_of_the_documents(tmp_path: Path) -> None:
    found = run(echo(), gold()[::-1], tmp_path / "echo.jsonl")

    stored = [each for _, each in native.read_lines(tmp_path / "echo.jsonl")]
    assert tuple(stored) == found.predictions.documents
    assert [each.doc_id for each in found.predictions.documents] == [SUMMIT, VISIT, PEACE]


def test_nothing_else_is_left_behind(tmp_path: Path) -> None:
    run(echo(), gold(), tmp_path / "echo.jsonl")

    assert [path.name for path in tmp_path.iterdir()] == ["echo.jsonl"]


def test_the_system_is_described(tmp_path: Path) -> None:
    system = run(echo(), gold(), tmp_path / "echo.jsonl").system

    assert (system.name, system.version) == ("echo", "1")
    assert system.claims is not None
    assert system.claims.entities == ("EVT", "GPE", "ORG", "PER")


def test_one_that_learns_is_fitted_on_the_other_documents(tmp_path: Path) -> None:
    found = run(Learner(gold(), CLAIMS), gold(), tmp_path / "learner.jsonl")

    fitted = {each.doc_id: (each.meta or {})["on"] for each in found.predictions.documents}
    assert fitted == {SUMMIT: [VISIT, PEACE], VISIT: [SUMMIT, PEACE], PEACE: [SUMMIT, VISIT]}
    assert found.system.trained_on == (
        "leave one document out: fitted, for each of the 3 documents, on the gold of the other 2"
    )


def test_progress_is_told_for_each_document(tmp_path: Path) -> None:
    told: list[Progress] = []

    run(echo(), gold(), tmp_path / "echo.jsonl", on_progress=told.append)

    assert told[-1] == Progress("echo", 3, 3, PEACE)
    assert messages(told) == [SUMMIT, VISIT, PEACE]


def test_a_failure_names_extractor_and_document(tmp_path: Path) -> None:
    with pytest.raises(
        ExtractorError, match=f"extractor 'echo', document '{PEACE}': RuntimeError: out of memory"
    ):
        run(Stubborn(gold(), CLAIMS), gold(), tmp_path / "echo.jsonl")


def test_a_rerun_goes_on_where_a_failure_stopped(tmp_path: Path) -> None:
    with pytest.raises(ExtractorError):
        run(Stubborn(gold(), CLAIMS), gold(), tmp_path / "echo.jsonl")
    extractor, told = echo(), list[Progress]()

    run(extractor, gold(), tmp_path / "echo.jsonl", on_progress=told.append)

    assert [each.doc_id for each in extractor.seen] == [PEACE]
    assert messages(told) == ["took over 2 finished before", PEACE]
    assert [each.is_notice for each in told] == [True, False]


def test_after_a_failure_nothing_is_taken_over_from_code_without_a_version(tmp_path: Path) -> None:
    def fail_late(text: str) -> list[tuple[int, int, str]]:
        if text == gold()[2].text:
            raise RuntimeError("out of memory")
        return []

    with pytest.raises(ExtractorError):
        run(CallableExtractor(fail_late, "mine"), gold(), tmp_path / "mine.jsonl")

    assert list(tmp_path.iterdir()) == []


KILLED = """
import os, sys
from pathlib import Path
sys.path.insert(0, {here!r})
from small_gold import CLAIMS, PEACE, Echo, gold
from vinee.bench.run import run

class Killed(Echo):
    def extract(self, documents):
        if documents[0].doc_id == PEACE:
            os.kill(os.getpid(), 9)
        return super().extract(documents)

run(Killed(gold(), CLAIMS), gold(), Path({out!r}))
"""


@pytest.mark.skipif(os.name != "posix", reason="kills a process by its signal")
def test_a_rerun_after_a_kill_gives_the_same_bytes(tmp_path: Path) -> None:
    whole, halved = tmp_path / "whole" / "echo.jsonl", tmp_path / "halved" / "echo.jsonl"
    run(echo(), gold(), whole)
    script = KILLED.format(here=str(Path(__file__).parent), out=str(halved))
    killed = subprocess.run([sys.executable, "-c", script], check=False)
    extractor = echo()

    run(extractor, gold(), halved)

    assert killed.returncode == -9
    assert [each.doc_id for each in extractor.seen] == [PEACE]
    assert halved.read_bytes() == whole.read_bytes()


def stopped(folder: Path) -> Path:
    """A partial file with two finished documents."""
    with pytest.raises(ExtractorError):
        run(Stubborn(gold(), CLAIMS), gold(), folder / "echo.jsonl")
    return folder / "echo.partial.jsonl"


def test_a_line_that_was_cut_off_is_done_again(tmp_path: Path) -> None:
    partial = stopped(tmp_path)
    partial.write_bytes(partial.read_bytes()[:-20])
    extractor = echo()

    found = run(extractor, gold(), tmp_path / "echo.jsonl")

    assert [each.doc_id for each in extractor.seen] == [VISIT, PEACE]
    assert len(found.predictions.documents) == 3


def test_a_line_without_its_end_is_done_again_even_if_it_can_be_read(tmp_path: Path) -> None:
    partial = stopped(tmp_path)
    partial.write_bytes(partial.read_bytes().removesuffix(b"\n"))
    extractor = echo()

    run(extractor, gold(), tmp_path / "echo.jsonl")

    assert [each.doc_id for each in extractor.seen] == [VISIT, PEACE]


def test_a_partial_file_of_another_version_is_thrown_away_and_said_so(tmp_path: Path) -> None:
    stopped(tmp_path)
    extractor, told = echo(), list[Progress]()
    extractor.version = "2"

    run(extractor, gold(), tmp_path / "echo.jsonl", on_progress=told.append)

    assert len(extractor.seen) == 3
    assert messages(told)[0].startswith("threw away echo.partial.jsonl")


def test_a_partial_file_of_another_corpus_is_thrown_away(tmp_path: Path) -> None:
    stopped(tmp_path)
    extractor = echo()

    run(extractor, gold()[:2], tmp_path / "echo.jsonl")

    assert [each.doc_id for each in extractor.seen] == [SUMMIT, VISIT]


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\n", b"[]\n", b'{"partial": "vinee/0"}\n'])
def test_what_is_no_partial_file_is_thrown_away(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "echo.partial.jsonl").write_bytes(content)
    extractor = echo()

    run(extractor, gold(), tmp_path / "echo.jsonl")

    assert len(extractor.seen) == 3


class Wrong(Echo):
    """Gives whatever it was told to."""

    def __init__(self, answer: list[Document]) -> None:
        super().__init__((), CLAIMS)
        self.answer = answer

    def extract(self, documents: Sequence[Document]) -> list[Document]:
        del documents
        return self.answer


def mentioning(start: Any, end: Any, label: str, **others: Any) -> Document:
    return Document(SUMMIT, mentions=(Mention(start, end, label, **others),))


WITH_PLACE = Event("Contact.Meet", Span(0, 4), arguments=(Argument("Place", span=Span(5, 7)),))


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ([], r"got 0 items for 1"),
        ([Document(VISIT)], "doc-unknown"),
        ([Document(SUMMIT, mentions=(Mention(0, 10**6, "PER"),))], "span-outside"),
        ([Document(SUMMIT, mentions=(Mention(0, 4, "PERSON"),))], "PERSON"),
        ([None], "no valid Document"),
        ([mentioning(0, 4, "PER", score=float("nan"))], r"\$\.mentions\[0\]\.score"),
        ([mentioning(np.int64(0), np.int64(4), "PER")], "int64"),
        ([mentioning(0.5, 4, "PER")], r"\$\.mentions\[0\]\.start"),
        ([mentioning(0, True, "PER")], r"\$\.mentions\[0\]\.end"),
        ([mentioning(0, 4, "PER", level="NAME")], r"\$\.mentions\[0\]\.level"),
        ([Document(SUMMIT, mentions=cast("Any", ((0, 4, "PER"),)))], r"\$\.mentions\[0\]"),
        ([Document(SUMMIT, meta={"note": "\ud800"})], "no valid Document"),
        ([mentioning(0, 4, "LOC")], "entity label 'LOC'"),
        ([Document(SUMMIT, events=(Event("Speech.Ask", Span(0, 4)),))], "event type 'Speech.Ask'"),
        ([Document(SUMMIT, events=(WITH_PLACE,))], "role 'Place'"),
    ],
    ids=[
        *("none", "another document", "outside the text", "unknown label", "no document"),
        *("NaN", "numpy", "float", "bool", "literal", "a plain tuple", "surrogate"),
        *("unclaimed label", "unclaimed type", "unclaimed role"),
    ],
)
def test_an_answer_that_breaks_the_contract_names_the_extractor(
    tmp_path: Path, answer: list[Document], problem: str
) -> None:
    with pytest.raises(ExtractorError, match=rf"(?s)extractor 'echo'.*{problem}"):
        run(Wrong(answer), gold(), tmp_path / "echo.jsonl")


def test_a_wrong_answer_is_not_stored(tmp_path: Path) -> None:
    with pytest.raises(ExtractorError):
        run(Wrong([]), gold(), tmp_path / "echo.jsonl")

    assert not (tmp_path / "echo.jsonl").exists()


def test_what_is_stored_is_what_was_checked(tmp_path: Path) -> None:
    listed = Document(SUMMIT, mentions=cast("Any", [Mention(0, 4, "PER")]))

    found = run(Wrong([listed]), gold()[:1], tmp_path / "echo.jsonl")

    assert found.predictions.documents == (Document(SUMMIT, mentions=(Mention(0, 4, "PER"),)),)


def test_time_expressions_must_be_claimed(tmp_path: Path) -> None:
    extractor = echo()
    extractor.claims = replace(CLAIMS, timexes=False)

    with pytest.raises(ExtractorError, match="its claims do not name: time expressions"):
        run(extractor, gold(), tmp_path / "echo.jsonl")


def test_claims_are_checked_before_anything_runs(tmp_path: Path) -> None:
    extractor = echo()
    extractor.claims = Claims(entities=("PERSON",))

    with pytest.raises(ExtractorError, match=r"claims\.entities must be labels.*'PERSON'"):
        run(extractor, gold(), tmp_path / "echo.jsonl")

    assert extractor.seen == []


class Accumulating(Echo):
    """Learns in itself, so that it would know an article when it comes to it."""

    def fit(self, documents: Sequence[Document]) -> Accumulating:
        self.known |= {each.doc_id: each for each in documents}
        return self


class Forgetful(Echo):
    """Learns, and gives nothing back."""

    def fit(self, documents: Sequence[Document]) -> None:
        del documents


@pytest.mark.parametrize("learner", [Accumulating, Forgetful])
def test_one_that_learns_must_return_a_new_extractor(tmp_path: Path, learner: type[Echo]) -> None:
    with pytest.raises(ExtractorError, match="'echo': fit must return a new extractor"):
        run(learner((), CLAIMS), gold(), tmp_path / "echo.jsonl")


def test_a_failure_while_learning_names_extractor_and_cause(tmp_path: Path) -> None:
    class Failing(Echo):
        def fit(self, documents: Sequence[Document]) -> Echo:
            raise ZeroDivisionError(len(documents))

    with pytest.raises(ExtractorError, match=r"'echo', document.*ZeroDivisionError: 2") as caught:
        run(Failing((), CLAIMS), gold(), tmp_path / "echo.jsonl")

    assert isinstance(caught.value.__cause__, ZeroDivisionError)


def test_an_error_of_ours_that_an_extractor_ran_into_names_the_extractor(tmp_path: Path) -> None:
    def decode_wrongly(text: str) -> list[tuple[int, int, str]]:
        return decode([(0, len(text))], ["B-PER", "O"])

    with pytest.raises(ExtractorError, match=r"'mine', document .*InvalidError: 2 tags for 1"):
        run(CallableExtractor(decode_wrongly, "mine"), gold(), tmp_path / "mine.jsonl")


def test_an_interrupt_is_no_failure_of_the_extractor(tmp_path: Path) -> None:
    def interrupted(text: str) -> NoReturn:
        raise KeyboardInterrupt(text[:1])

    with pytest.raises(KeyboardInterrupt):
        run(CallableExtractor(interrupted, "mine"), gold(), tmp_path / "mine.jsonl")


def test_what_code_without_a_version_left_behind_is_not_taken_over(tmp_path: Path) -> None:
    stopped(tmp_path)
    left = tmp_path / "echo.partial.jsonl"
    left.write_bytes(left.read_bytes().replace(b'"version":"1"', b'"version":"unknown"'))
    extractor, told = echo(), list[Progress]()
    extractor.version = "unknown"

    run(extractor, gold(), tmp_path / "echo.jsonl", on_progress=told.append)

    assert [each.doc_id for each in extractor.seen] == [SUMMIT, VISIT, PEACE]
    assert messages(told)[0].startswith("threw away echo.partial.jsonl and started anew")


def test_changed_source_of_a_function_is_not_mixed_with_what_it_gave_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    source = (
        "def tag(text):\n    if text.startswith({!r}):\n        1 / 0\n    return [(0, 5, 'ORG')]\n"
    )
    last = str(gold()[2].text)[:20]
    (tmp_path / "mine.py").write_text(source.format(last), encoding="utf-8")
    with pytest.raises(ExtractorError, match="ZeroDivisionError"):
        run(resolve("mine:tag"), gold(), tmp_path / "mine.jsonl")
    sys.modules.pop("mine")
    (tmp_path / "mine.py").write_text(
        "def tag(text):\n    return [(0, 5, 'PER')]\n", encoding="utf-8"
    )

    found = run(resolve("mine:tag"), gold(), tmp_path / "mine.jsonl")

    sys.modules.pop("mine")
    labels = {m.type for each in found.predictions.documents for m in each.mentions or ()}
    assert labels == {"PER"}


def test_our_errors_pass_through(tmp_path: Path) -> None:
    def refuse(text: str) -> NoReturn:
        del text
        raise ExtractorError("the model is not there")

    with pytest.raises(ExtractorError, match=r"^the model is not there$"):
        run(CallableExtractor(refuse, "mine"), gold(), tmp_path / "mine.jsonl")


class Undeclared:
    """Finds countries, and says nothing of what else it can do."""

    name = "undeclared"
    version = "1"
    trained_on = "unknown"
    claims = Claims(entities=("GPE",), declared=False)

    def extract(self, documents: Sequence[Document]) -> list[Document]:
        return [
            Document(each.doc_id, mentions=(Mention(0, 4, "PER", text=(each.text or "")[:4]),))
            for each in documents
        ]


class AtOnce(Undeclared):
    """Takes all documents together, and gives one after the other."""

    name = "at once"
    concurrency = 4

    def __init__(self) -> None:
        self.calls: list[int] = []

    def extract(self, documents: Sequence[Document]) -> list[Document]:
        self.calls.append(len(documents))
        return super().extract(documents)


def test_what_nobody_claimed_is_judged_by_what_came(tmp_path: Path) -> None:
    ran = run(Undeclared(), gold(), tmp_path / "x.jsonl")

    assert ran.system.claims is None
    assert len(ran.predictions.documents) == len(gold())


def test_an_extractor_that_works_on_several_documents_gets_them_all(tmp_path: Path) -> None:
    extractor = AtOnce()

    ran = run(extractor, gold(), tmp_path / "x.jsonl")

    assert extractor.calls == [len(gold())]
    assert set(ran.seconds) == {each.doc_id for each in gold()}


def test_one_that_gives_too_few_is_told_for_which_document(tmp_path: Path) -> None:
    class TooFew(AtOnce):
        def extract(self, documents: Sequence[Document]) -> list[Document]:
            return super().extract(documents[:1])

    with pytest.raises(ExtractorError, match=rf"{sorted(d.doc_id for d in gold())[1]}.*0 items"):
        run(TooFew(), gold(), tmp_path / "x.jsonl")


def test_gold_with_labels_of_its_own_takes_predictions_of_these(tmp_path: Path) -> None:
    own = [Document("mine", text="Nga và Mỹ", mentions=(Mention(0, 3, "COUNTRY"),))]

    class Countries(Undeclared):
        def extract(self, documents: Sequence[Document]) -> list[Document]:
            found = (Mention(0, 3, "COUNTRY"),)
            return [Document(each.doc_id, mentions=found) for each in documents]

    ran = run(Countries(), own, tmp_path / "x.jsonl")

    assert [m.type for m in ran.predictions.documents[0].mentions or ()] == ["COUNTRY"]


OWN = (
    Document("a", text="Nam ở Huế", mentions=(Mention(0, 3, "PERSON"), Mention(6, 9, "CITY"))),
    Document("b", text="Nam ở Huế", mentions=(Mention(0, 3, "PERSON"),)),
)


def test_a_callable_speaks_the_labels_of_a_gold_that_has_its_own(tmp_path: Path) -> None:
    # The second document has no CITY; the gold has.
    extractor = CallableExtractor(lambda _: [(0, 3, "PERSON"), (6, 9, "CITY")], "mine")

    ran = run(extractor, OWN, tmp_path / "x.jsonl")

    assert ran.system.claims is None
    found = scoring.score(ran.predictions, "ner", gold=OWN, system=ran.system)
    (micro,) = [each.all.micro for each in found.metrics if each.name == "ner.strict"]
    assert (micro.correct, micro.predicted, micro.support) == (3, 4, 3)


def test_a_callable_is_told_the_labels_of_the_gold(tmp_path: Path) -> None:
    extractor = CallableExtractor(lambda _: [(0, 3, "PERSN")], "mine")

    with pytest.raises(
        ExtractorError, match="document 'a', item 0: label must be one of CITY, PER"
    ):
        run(extractor, OWN, tmp_path / "x.jsonl")


def test_a_label_map_leads_from_the_extractors_labels_to_those_of_the_gold(tmp_path: Path) -> None:
    extractor = CallableExtractor(lambda _: [(0, 4, "PERSON"), (5, 8, "JOB")], "mine")
    out = tmp_path / "x.jsonl"

    ran = run(extractor, gold(), out, labels=labelmap.of({"PERSON": "PER", "JOB": None}))

    assert ran.predictions.mapped is not None
    assert ran.predictions.mapped.renamed == {"entity:PERSON=PER": len(gold())}
    assert ran.predictions.mapped.dropped == {"entity:JOB": len(gold())}
    assert predictions.read(out, gold()).documents == ran.predictions.documents


def test_a_system_that_learnt_the_labels_of_a_gold_is_scored_on_them(tmp_path: Path) -> None:
    class Fitted(Echo):
        def extract(self, documents: Sequence[Document]) -> list[Document]:
            return [
                Document(each.doc_id, mentions=(Mention(0, 3, "PERSON"),)) for each in documents
            ]

    class Learning(Echo):
        name = "learning"

        def fit(self, documents: Sequence[Document]) -> Echo:
            return Fitted(documents, CLAIMS)

    ran = run(Learning((), CLAIMS), OWN, tmp_path / "x.jsonl")

    found = scoring.score(ran.predictions, "ner", gold=OWN, system=ran.system)
    assert [each.all.micro.correct for each in found.metrics if each.name == "ner.strict"] == [2]


def test_claims_are_not_judged_where_a_map_renames_the_labels(tmp_path: Path) -> None:
    answers = [Document(SUMMIT, mentions=(Mention(0, 4, "PERSON"),))]
    to_ours = labelmap.of({"PERSON": "PER"})

    found = run(Wrong(answers), gold()[:1], tmp_path / "echo.jsonl", labels=to_ours)

    assert [each.type for each in found.predictions.documents[0].mentions or ()] == ["PER"]
    assert found.system.claims is None


def test_a_layer_that_is_claimed_and_never_given_is_told(tmp_path: Path) -> None:
    told: list[Progress] = []

    run(
        Wrong([Document(SUMMIT, mentions=())]),
        gold()[:1],
        tmp_path / "echo.jsonl",
        on_progress=told.append,
    )

    assert messages(told)[1].startswith("claims the layers timexes, events and gave them in no")
    assert told[1].is_notice


def test_an_exit_in_an_extractor_is_its_failure(tmp_path: Path) -> None:
    def leave(text: str) -> NoReturn:
        sys.exit(len(text) * 0)

    with pytest.raises(
        ExtractorError,
        match=rf"'mine', document '{SUMMIT}': it called sys\.exit\(0\)",
    ):
        run(CallableExtractor(leave, "mine"), gold(), tmp_path / "mine.jsonl")


class Surplus(Echo):
    """Works on all documents at a time, and gives one too many or fails at once."""

    concurrency = 2

    def extract(self, documents: Sequence[Document]) -> list[Document]:
        found = super().extract(documents)
        return [*found, found[-1]]


class FailingAtOnce(Surplus):
    def extract(self, documents: Sequence[Document]) -> NoReturn:
        raise RuntimeError(len(documents))


def test_documents_that_nobody_asked_for_are_refused_at_once_as_one_by_one(tmp_path: Path) -> None:
    for _ in ("run", "rerun"):
        with pytest.raises(ExtractorError, match=r"must give one Document.*got 2 items for 1"):
            run(Surplus(gold(), CLAIMS), gold(), tmp_path / "echo.jsonl")


def test_a_failure_before_the_first_of_several_at_once_names_the_extractor(tmp_path: Path) -> None:
    with pytest.raises(ExtractorError, match=rf"'echo', document '{SUMMIT}': RuntimeError: 3"):
        run(FailingAtOnce(gold(), CLAIMS), gold(), tmp_path / "echo.jsonl")


def test_a_partial_file_of_other_claims_is_thrown_away(tmp_path: Path) -> None:
    stopped(tmp_path)
    extractor = echo()
    extractor.claims = replace(CLAIMS, chains=True)

    run(extractor, gold(), tmp_path / "echo.jsonl")

    assert len(extractor.seen) == 3


@pytest.mark.parametrize(
    ("version", "kept"),
    [
        ("1", "interrupted; 2 documents are kept in {}; the same command goes on"),
        ("unknown", "interrupted; nothing is kept, since the extractor has no version"),
    ],
)
def test_an_interrupted_run_tells_what_is_kept(tmp_path: Path, version: str, kept: str) -> None:
    extractor, told = echo(), list[Progress]()
    extractor.version = version

    def tell(progress: Progress) -> None:
        told.append(progress)
        if progress.message == VISIT:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(extractor, gold(), tmp_path / "echo.jsonl", on_progress=tell)

    assert messages(told)[-1] == kept.format(tmp_path / "echo.partial.jsonl")


def test_nothing_is_told_of_a_partial_file_that_holds_nothing(tmp_path: Path) -> None:
    path = stopped(tmp_path)
    path.write_bytes(path.read_bytes().split(b"\n")[0] + b"\n")
    told: list[Progress] = []

    run(echo(), gold(), tmp_path / "echo.jsonl", on_progress=told.append)

    assert messages(told) == [SUMMIT, VISIT, PEACE]
