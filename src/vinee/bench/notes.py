"""What a reader of scores must know beside the numbers, in words, each thing once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee.errors import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vinee.bench.result import Result


def notes_on(results: Iterable[Result]) -> Iterator[str]:
    """Say what is missing and how predictions were read, a line for all systems that it is of."""
    missing: dict[tuple[str, str, str], dict[str, None]] = {}
    noted: dict[str, dict[str, None]] = {}
    read: dict[str, None] = {}
    for each in results:
        reasons: dict[str, list[str]] = {}
        for skipped in each.skipped:
            reasons.setdefault(skipped.why, []).append(skipped.what)
        for why, whats in reasons.items():
            missing.setdefault((each.task, "; ".join(whats), why), {})[each.system.name] = None
        for note in each.notes:
            noted.setdefault(note, {})[each.system.name] = None
        read |= dict.fromkeys(_read_how(each))
    for (task, what, why), systems in missing.items():
        yield f"{task}: not scored: {what}: {why} ({', '.join(systems)})"
    for note, systems in noted.items():
        yield f"{', '.join(systems)}: {printable(note)}"
    yield from read


def _read_how(result: Result) -> Iterator[str]:
    name, task = result.system.name, result.task
    if result.findings:
        counted = ", ".join(f"{check} {number}" for check, number in result.findings.items())
        yield f"{name}: left out of the predictions, by check: {counted}"
    if result.corpus.unpredicted:
        missing = ", ".join(result.corpus.unpredicted)
        yield f"{name}, {task}: no prediction for {missing}, whose gold counts as missed"
    if result.grounding:
        counted = ", ".join(f"{kind} {number}" for kind, number in result.grounding.items())
        yield f"{name}: brought onto the text: {counted}"
