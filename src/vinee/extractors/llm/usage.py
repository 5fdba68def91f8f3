"""What answers took: tokens and money."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

Price: TypeAlias = tuple[float, float]
"""What a million tokens cost, those of the prompt and those of the answer, in any currency."""
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of some answers, as the endpoint counts them.

    Attributes:
        answers: Answers that the endpoint gave.
        from_cache: Answers that were on the disk already; their tokens are not counted again.
        prompt_tokens: Tokens of the prompts.
        completion_tokens: Tokens of the answers.
        unreported: Answers of which the endpoint did not say what they took.
        cost: What the tokens cost; None if no price is known.
    """

    answers: int = 0
    from_cache: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    unreported: int = 0
    cost: float | None = None

    def __add__(self, other: Usage) -> Usage:
        """Add up, all but the cost, which follows from the sums."""
        return Usage(
            self.answers + other.answers,
            self.from_cache + other.from_cache,
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            self.unreported + other.unreported,
        )

    def at(self, price: Price | None) -> Usage:
        """Give the same with what it costs."""
        cost = (
            None
            if price is None
            else (self.prompt_tokens * price[0] + self.completion_tokens * price[1]) / _MILLION
        )
        return replace(self, cost=cost)


CACHED = Usage(from_cache=1)


def reported(usage: object) -> Usage:
    """Read what an endpoint says that an answer took."""
    said = usage if isinstance(usage, dict) else {}
    prompt, completion = _count(said.get("prompt_tokens")), _count(said.get("completion_tokens"))
    if prompt is None or completion is None:
        return Usage(1, unreported=1)
    return Usage(1, 0, prompt, completion)


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
