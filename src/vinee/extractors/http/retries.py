"""How long to wait before a request is sent again."""

from __future__ import annotations

import math
import random
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_JITTER = random.SystemRandom()  # no seed of the user's is touched, and processes differ


def pause(attempt: int, first: float, longest: float) -> float:
    """Give the seconds to wait after a failed attempt, the first of which is 1.

    It doubles with each attempt up to ``longest``; of that, a random part between a half and the
    whole, so that clients that failed together do not come back together.
    """
    ceiling = min(longest, math.ldexp(first, min(attempt - 1, 32)))
    return ceiling * _JITTER.uniform(0.5, 1.0)


def asked(header: str | None, now: datetime | None = None) -> float | None:
    """Read ``Retry-After``, seconds or a date (RFC 9110, 10.2.3); None if it says neither."""
    if header is None:
        return None
    try:
        seconds = float(header)
    except ValueError:
        try:
            date = parsedate_to_datetime(header)
        except ValueError:
            return None
        date = date if date.tzinfo is not None else date.replace(tzinfo=UTC)
        seconds = (date - (now or datetime.now(UTC))).total_seconds()
    return max(0.0, seconds) if math.isfinite(seconds) else None
