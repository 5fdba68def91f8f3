"""Whether an answer is right: exact fractions are compared exactly, decimals closely."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, TypeAlias

from vinee.bench.conformance.case import SCORES, Answer, Numbers, Triple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vinee.bench.conformance.case import Case

Status: TypeAlias = Literal["passed", "failed", "skipped"]
STATUSES: tuple[Status, ...] = ("passed", "failed", "skipped")
TOLERANCE = Fraction(1, 10**9)
_UNDEFINED = Numbers(None, None, None)
_Value: TypeAlias = str | int | float | None


@dataclass(frozen=True, slots=True)
class Difference:
    """A score that is not what was expected.

    Attributes:
        score: Such as ``micro.f1`` or ``labels.PER.recall``.
        expected: An exact fraction, or None where the score is not defined.
        got: What was answered.
    """

    score: str
    expected: str | None
    got: _Value


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a case.

    Attributes:
        case: The case.
        status: Skipped only if the implementation says so; a case without an answer has failed.
        differences: Scores that are not as expected.
        reason: Why it was skipped, or failed without a difference; else empty.
        decimals: How many scores were compared as decimals.
    """

    case: Case
    status: Status
    differences: tuple[Difference, ...] = ()
    reason: str = ""
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """The verdicts on all cases, and what was wrong apart from them.

    Attributes:
        verdicts: In the order of the cases.
        problems: What cannot be laid to one case: a line that is no answer, a crash.
    """

    verdicts: tuple[Verdict, ...]
    problems: tuple[str, ...] = field(default=())

    @property
    def conforms(self) -> bool:
        """Whether something passed and nothing failed; what was skipped is no failure."""
        statuses = {each.status for each in self.verdicts}
        return not self.problems and "passed" in statuses and "failed" not in statuses


def judge(
    cases: Sequence[Case], answers: Mapping[str, Answer], problems: Sequence[str] = ()
) -> Outcome:
    """Compare answers, by id, with what is expected."""
    verdicts = tuple(_verdict(case, answers.get(case.id)) for case in cases)
    return Outcome(verdicts, tuple(problems))


def _verdict(case: Case, answer: Answer | None) -> Verdict:
    if answer is None:
        return Verdict(case, "failed", reason="no answer")
    if answer.skipped is not None:
        return Verdict(case, "skipped", reason=answer.skipped)
    if answer.micro is None:
        return Verdict(case, "failed", reason="the answer has neither 'micro' nor 'skipped'")
    compared = list(_compared(case, answer, answer.micro))
    wrong = tuple(each for each, right in compared if not right)
    decimals = sum(isinstance(each.got, float) for each, _ in compared)
    return Verdict(case, "failed" if wrong else "passed", wrong, decimals=decimals)


def _compared(case: Case, answer: Answer, micro: Numbers) -> Iterator[tuple[Difference, bool]]:
    expected = case.expected
    yield from _triple("micro", expected.micro, micro)
    # A label or document that is not answered where others are is one that has no items.
    if answer.labels:
        for label, triple in expected.labels.items():
            given = answer.labels.get(label, _UNDEFINED)
            yield from _triple(f"labels.{label}", triple, given)
    if answer.units:
        for unit, triple in expected.units.items():
            yield from _triple(f"units.{unit}", triple, answer.units.get(unit, _UNDEFINED))


def _triple(place: str, expected: Triple, got: Numbers) -> Iterator[tuple[Difference, bool]]:
    for score in SCORES:
        wanted, given = getattr(expected, score), getattr(got, score)
        yield Difference(f"{place}.{score}", wanted, given), same(wanted, given)


def same(expected: str | None, got: _Value) -> bool:
    """Tell whether an answered score is the expected one: a decimal if it is within 1e-9."""
    if expected is None or got is None:
        return expected is None and got is None
    try:
        distance = abs(Fraction(got) - Fraction(expected))
    except (ValueError, OverflowError, ZeroDivisionError):
        return False
    return distance <= (TOLERANCE if isinstance(got, float) else 0)
