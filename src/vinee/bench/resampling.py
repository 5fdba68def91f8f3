"""How intervals are made and tests drawn: one setting for everything in a result."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb
from typing import TYPE_CHECKING

from vinee.errors import InvalidError, UnknownNameError, Where
from vinee.metrics.units import UNITS
from vinee.stats.bootstrap import METHODS, PERCENTILE
from vinee.stats.resampling import DRAWS, SEED, enumerable

if TYPE_CHECKING:
    from vinee.metrics.units import Unit

LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Resampling:
    """What is resampled, and how.

    Attributes:
        unit: Units that are drawn with replacement. Metrics that count whole documents only are
            resampled by document whatever is said here.
        method: How the ends of an interval follow from the resamples.
        draws: Random resamples, where there are too many units to enumerate all.
        seed: Seed of the random resamples; any whole number >= 0, 0 is like any other.
        level: Nominal coverage.

    Raises:
        UnknownNameError: There is no such unit or method.
        InvalidError: A number is out of range.
    """

    unit: Unit = "document"
    method: str = PERCENTILE
    draws: int = DRAWS
    seed: int = SEED
    level: float = LEVEL

    def __post_init__(self) -> None:
        """Refuse what does not exist."""
        if self.unit not in UNITS:
            raise UnknownNameError("unit", self.unit, UNITS)
        if self.method not in METHODS:
            raise UnknownNameError("method of intervals", self.method, METHODS)
        for is_fit, problem in (
            (self.draws >= 1, f"draws must be >= 1 (got {self.draws}); set --draws, or draws="),
            (self.seed >= 0, f"seed must be >= 0 (got {self.seed}); set --seed, or seed="),
            (0 < self.level < 1, f"level must be between 0 and 1 (got {self.level}); set level="),
        ):
            if not is_fit:
                raise InvalidError("resampling", Where(), problem)

    def fields(self, unit: str, units: int) -> dict[str, str]:
        """Return the fields of a signature.

        Args:
            unit: What was in fact resampled.
            units: How many there are. With the settings this fixes how the interval is made,
                also where the counts of one system are such that it has none.
        """
        if units <= 1:
            return {"interval": "none"}
        exact = enumerable(units)
        return {
            "interval": self.method,
            "resampled": unit,
            "draws": f"exact[{comb(2 * units - 1, units)}]" if exact else str(self.draws),
            "seed": "none" if exact else str(self.seed),
            "level": str(self.level),
        }
