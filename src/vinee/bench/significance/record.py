"""A comparison as one flat record, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vinee.bench.significance.versus import Versus
    from vinee.bench.tables import Value


def record(each: Versus) -> dict[str, Value]:
    """Give all but the units that changed, unrounded."""
    ends, test = each.interval, each.test
    return {
        "metric": each.metric,
        "first": each.first,
        "second": each.second,
        "first_f1": each.first_score,
        "second_f1": each.second_score,
        "difference": test.difference,
        "low": None if ends is None else ends.low,
        "high": None if ends is None else ends.high,
        "level": None if ends is None else ends.level,
        "interval": None if ends is None else ends.method,
        "interval_exact": None if ends is None else ends.exact,
        "interval_draws": None if ends is None else ends.draws,
        "interval_seed": None if ends is None else ends.seed,
        "test": test.method,
        "p": test.p,
        "holm_p": each.adjusted_p,
        "smallest_p": test.smallest_p,
        "smallest_holm_p": each.smallest_adjusted_p,
        "detectable": each.detectable,
        "unit": test.unit,
        "units": test.units,
        "differing": test.differing,
        "exact": test.exact,
        "draws": test.draws,
        "seed": test.seed,
        "signature": each.signature,
    }
