"""How an implementation did: for people, and as JSON."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from vinee.bench.conformance.judging import STATUSES, TOLERANCE
from vinee.errors import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vinee.bench.conformance.judging import Difference, Outcome, Verdict

_NOT_DEFINED = "not defined"


def text(outcome: Outcome) -> str:
    """Write a table of families, then each failure, why cases were skipped, and problems."""
    return "\n".join(_lines(outcome)) + "\n"


def to_json(outcome: Outcome) -> dict[str, Any]:
    """Return plain values: ``conforms``, ``families``, ``failed``, ``skipped``, ``problems``."""
    return {
        "conforms": outcome.conforms,
        "cases": len(outcome.verdicts),
        "decimals": _decimals(outcome),
        "tolerance": float(TOLERANCE),
        "families": {
            family: {status: counted[status] for status in STATUSES}
            for family, counted in _families(outcome).items()
        },
        "failed": [_failure(each) for each in outcome.verdicts if each.status == "failed"],
        "skipped": [
            {"id": each.case.id, "reason": each.reason}
            for each in outcome.verdicts
            if each.status == "skipped"
        ],
        "problems": list(outcome.problems),
    }


def _lines(outcome: Outcome) -> Iterator[str]:
    families = _families(outcome)
    wide = max(map(len, (*families, "all")), default=0)
    yield f"{'':{wide}}  " + "  ".join(f"{status:>7}" for status in STATUSES)
    total: Counter[str] = Counter()
    for family, counted in families.items():
        total.update(counted)
        yield _row(family, counted, wide)
    yield _row("all", total, wide)
    if decimals := _decimals(outcome):
        yield f"{decimals} scores are decimals, and were compared within {float(TOLERANCE):g}"
    for each in outcome.verdicts:
        if each.status == "failed":
            yield from _told(each)
    reasons = Counter(each.reason for each in outcome.verdicts if each.status == "skipped")
    for reason, number in reasons.items():
        yield f"skipped {number}: {printable(reason)}"
    for problem in outcome.problems:
        yield f"problem: {problem}"
    yield _conclusion(outcome, total)


def _conclusion(outcome: Outcome, total: Counter[str]) -> str:
    if outcome.conforms:
        part = f" on {total['passed']} of {total.total()}" if total["skipped"] else ""
        return f"conforms{part}"
    skipped = total["skipped"] == total.total() and not outcome.problems
    return "nothing was answered" if skipped else "does not conform"


def _row(name: str, counted: Counter[str], wide: int) -> str:
    return f"{name:{wide}}  " + "  ".join(f"{counted[status]:>7}" for status in STATUSES)


def _told(verdict: Verdict) -> Iterator[str]:
    yield f"failed {verdict.case.id}: {verdict.reason or verdict.case.why}"
    for each in verdict.differences:
        yield f"  {each.score}: expected {_shown(each.expected)}, got {_shown(each.got)}"
    if verdict.differences:
        yield f"  {verdict.case.derivation}"


def _shown(value: str | float | None) -> str:
    return _NOT_DEFINED if value is None else str(value)


def _failure(verdict: Verdict) -> dict[str, Any]:
    return {
        "id": verdict.case.id,
        "reason": verdict.reason,
        "why": verdict.case.why,
        "derivation": verdict.case.derivation,
        "differences": [_difference(each) for each in verdict.differences],
    }


def _difference(each: Difference) -> dict[str, Any]:
    return {"score": each.score, "expected": each.expected, "got": each.got}


def _families(outcome: Outcome) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for each in outcome.verdicts:
        found.setdefault(each.case.family, Counter())[each.status] += 1
    return found


def _decimals(outcome: Outcome) -> int:
    return sum(each.decimals for each in outcome.verdicts)
