"""What every metric gives: all that scores, intervals, tests and merging ever see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, Self

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from vinee.metrics.exact import Exact
    from vinee.metrics.scores import FloatArray, Scores
    from vinee.metrics.units import Unit


class Tally(Protocol):
    """Numbers for each unit whose sums over units are all that the scores need.

    `Counts` hold whole items, `Credits` parts of items, and `Ratios` what chain metrics divide.
    """

    @property
    def metric(self) -> str:
        """Name of the metric that counted."""
        ...

    @property
    def unit(self) -> Unit:
        """What a row is."""
        ...

    @property
    def units(self) -> tuple[str, ...]:
        """Names of the rows, ascending; see `vinee.metrics.units.Rows`."""
        ...

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the second axis of the table."""
        ...

    @property
    def table(self) -> npt.NDArray[Any]:
        """The numbers, int64 or float64, shape ``[units, columns, k]``."""
        ...

    @property
    def pooled(self) -> npt.NDArray[Any]:
        """The table with what `statistic` adds up anyway added up, shape ``[units, parts, k]``.

        Resampling takes as long as there are different rows, and here most are alike.
        """
        ...

    def statistic(self, sums: npt.NDArray[Any]) -> FloatArray:
        """Compute the score that systems are compared by, shape ``[...]``.

        Args:
            sums: Sums over units of the table, or of `pooled`, shape ``[..., columns, k]``.
        """
        ...

    def exact(self) -> Mapping[str, Exact]:
        """Return exact scores of all units together: ``micro``, and one for each column."""
        ...

    def scores(self) -> Scores:
        """Return what a report shows."""
        ...

    def over_documents(self) -> Self:
        """Return the sums over the units of each document."""
        ...

    def merge(self, other: Self) -> Self:
        """Return the counts of both, which must be of one metric and of disjoint units.

        Raises:
            InvalidError: The metrics or units differ, or a unit is in both.
        """
        ...

    def to_json(self) -> dict[str, Any]:
        """Return plain dicts, lists, numbers and strings; ``kind`` tells which tally it is."""
        ...
