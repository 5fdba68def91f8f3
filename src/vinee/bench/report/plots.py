"""Scores as a picture: a dot with the whiskers of its interval for each system and metric."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vinee.bench.leaderboard import Table
    from vinee.bench.tables import Value

LEFT, RIGHT, WIDTH = 230, 560, 660  # of the scale, and of the picture with the numbers beside it
_HEAD, _ROW, _TOP = 26, 20, 22
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class Dot:
    """A line of a plot: a metric's heading if it has no score, or a system.

    Attributes:
        name: What stands on the left.
        y: Its middle.
        score: The score; None for a heading.
        x: Where the dot stands.
        low: Where the whiskers begin; None if there is no interval.
        high: Where they end.
        said: The numbers in words.
    """

    name: str
    y: int
    score: float | None = None
    x: float = 0.0
    low: float | None = None
    high: float | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot of one task.

    Attributes:
        height: Of the picture; its width is `WIDTH`.
        dots: Its lines.
    """

    height: int
    dots: tuple[Dot, ...]

    @property
    def bottom(self) -> int:
        """Where the scale ends."""
        return self.height - _TOP

    @property
    def ticks(self) -> tuple[tuple[float, float], ...]:
        """Score and place of each tick."""
        return tuple((value, _x(value)) for value in TICKS)


def plot_of(table: Table) -> Plot | None:
    """Place the F1 of each system by each metric on all labels; None if there are none."""
    dots = tuple(_dots(table))
    return Plot(dots[-1].y + _ROW // 2 + _TOP, dots) if dots else None


def _dots(table: Table) -> Iterator[Dot]:
    y = _TOP
    records = [each for each in table.records if each["labels"] == "all" and each["f1"] is not None]
    others = dict.fromkeys(each["metric"] for each in records if each["metric"] != table.headline)
    for metric in (table.headline, *others):
        rows = [each for each in records if each["metric"] == metric]
        if rows:
            yield Dot(str(metric), y)
            y += _HEAD - 4
        for row in rows:
            score, low, high = (_number(row[name]) for name in ("f1", "low", "high"))
            if score is not None:
                ends = "" if low is None or high is None else f" ({low:.3f}–{high:.3f})"
                yield Dot(
                    str(row["system"]),
                    y,
                    score,
                    _x(score),
                    None if low is None else _x(low),
                    None if high is None else _x(high),
                    f"{score:.3f}{ends}",
                )
                y += _ROW
        y += _HEAD - _ROW if rows else 0


def _number(value: Value) -> float | None:
    return value if isinstance(value, int | float) else None


def _x(score: float) -> float:
    return round(LEFT + score * (RIGHT - LEFT), 1)
