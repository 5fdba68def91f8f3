"""What happened while a document was annotated, for its ``meta``."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Any

from vinee.extractors.llm.usage import Usage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vinee.extractors.llm.annotating import Annotations
    from vinee.extractors.llm.completion import Reply
    from vinee.extractors.llm.dialogue import Heard
    from vinee.extractors.llm.usage import Price


def meta(found: Annotations, heard: Sequence[Heard], price: Price | None) -> dict[str, Any]:
    """Say what happened; the same whether answers came from the network or the disk.

    Returns:
        ``alignment``: how strings were found; ``usage``: what the answers took when they were
        made; ``llm``: models and response formats, units, and what went wrong, by kind.
    """
    replies = [reply for each in heard for reply in each.replies]
    read = [answer.counts for each in heard for _, answer in each.answers]
    problems = reduce(add, [*(each.counts for each in heard), *read, found.dropped], Counter[str]())
    return {
        "alignment": dict(found.alignment),
        "usage": _usage(replies, price),
        "llm": {
            "models": sorted({reply.model for reply in replies if reply.model}),
            "formats": sorted({reply.kind for reply in replies}),
            "units": len(heard),
            "problems": dict(sorted(problems.items())),
        },
    }


def _usage(replies: Sequence[Reply], price: Price | None) -> dict[str, int | float]:
    taken = asdict(reduce(add, (reply.taken for reply in replies), Usage()).at(price))
    del taken["from_cache"]
    return {key: value for key, value in taken.items() if value is not None}
