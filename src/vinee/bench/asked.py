"""What language models were asked for, and what went wrong, summed over documents."""

from __future__ import annotations

from collections import Counter
from math import fsum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vinee.model import Document

_MOST = 1e15  # what is more was not paid by anybody
_TOKENS = {"prompt_tokens": "prompt tokens", "completion_tokens": "answer tokens"}


def note(documents: Iterable[Document]) -> str | None:
    """Sum ``meta.llm.problems`` and ``meta.usage``; None if no document was asked about.

    Returns:
        Such as ``llm: lost 5, unreadable 10; 1,234 prompt tokens, 56 answer tokens, cost 0.01``.
    """
    asked = [meta for each in documents if isinstance((meta := each.meta or {}).get("llm"), dict)]
    if not asked:
        return None
    problems: Counter[str] = Counter()
    tokens: Counter[str] = Counter()
    costs: list[float] = []
    for meta in asked:
        problems.update(_counts(meta["llm"].get("problems")))
        usage = meta.get("usage")
        tokens.update({key: n for key, n in _counts(usage).items() if key in _TOKENS})
        cost = usage.get("cost") if isinstance(usage, dict) else None
        if isinstance(cost, int | float) and abs(cost) < _MOST:
            costs.append(cost)
    return f"llm: {'; '.join(_parts(problems, tokens, costs))}"


def _parts(problems: Counter[str], tokens: Counter[str], costs: list[float]) -> Iterator[str]:
    yield ", ".join(f"{name} {n}" for name, n in sorted(problems.items())) or "no problems"
    taken = [f"{tokens[key]:,} {name}" for key, name in _TOKENS.items() if key in tokens]
    if costs:
        taken.append(f"cost {fsum(costs):.4g}")
    if taken:
        yield ", ".join(taken)


def _counts(given: object) -> dict[str, int]:
    """Give the whole numbers of an object that anybody may have written."""
    if not isinstance(given, dict):
        return {}
    return {key: n for key, n in given.items() if type(n) is int and n > 0}
