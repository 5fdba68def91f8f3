"""Plots of the statistics as SVG; the same statistics give the same bytes.

Letters are drawn as paths of a font that comes with matplotlib and has all of Vietnamese, so
that they look the same everywhere.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from vinee.corpus.statistics import NOT_GIVEN, by_level
from vinee.errors import MissingExtraError
from vinee.model import Level, Realis

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    Rows = Mapping[str, Mapping[str, int | None]]

_EXTRA = "report"
# Okabe and Ito, Color Universal Design, 2008; told apart with any colour vision, and in grey.
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#999999")
_STYLE: Any = {
    "svg.hashsalt": "vinee",
    "svg.fonttype": "path",
    "text.parse_math": False,
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.titlelocation": "left",
    "axes.titleweight": "bold",
    "axes.axisbelow": True,
    "axes.grid": True,
    "axes.grid.axis": "x",
    "grid.color": "#dddddd",
    "ytick.left": False,
}
_WIDTH, _BAR, _MARGIN = 7.5, 0.24, 1.2  # inches
_PANELS = 4  # sizes beside each other
_SPACE = 1.2  # for the number behind the longest bar
_LABEL = 32  # characters; longer ones would leave no room for the bars


def draw(counted: Mapping[str, Any]) -> dict[str, bytes]:
    """Draw what `statistics` counted.

    Returns:
        File name to SVG: ``sizes.svg``, ``mentions.svg``, ``events.svg``, ``roles.svg`` and
        ``chains.svg``, without those for which nothing is annotated.

    Raises:
        MissingExtraError: matplotlib is not installed.
    """
    try:
        import matplotlib as mpl
    except ModuleNotFoundError as error:
        raise MissingExtraError("matplotlib", _EXTRA) from error
    with mpl.rc_context():
        mpl.rcdefaults()  # whatever the reader's own settings are
        mpl.rcParams.update(_STYLE)
        figures = {
            "sizes": _sizes(counted),
            "mentions": _mentions(counted),
            "events": _events(counted),
            "roles": _roles(counted),
            "chains": _chains(counted),
        }
        return {f"{name}.svg": _svg(figure) for name, figure in figures.items() if figure}


def _svg(figure: Figure) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": "vinee corpus stats"})
    return buffer.getvalue()


def _figure(bars: int) -> Figure:
    from matplotlib.figure import Figure

    return Figure(figsize=(_WIDTH, _MARGIN + _BAR * bars), layout="constrained")


def _sizes(counted: Mapping[str, Any]) -> Figure | None:
    documents, sizes = counted["documents"], list(counted["total"])
    lines = -(-len(sizes) // _PANELS)
    if not sizes:
        return None
    from matplotlib.figure import Figure

    height = lines * (0.75 + _BAR * len(documents)) + 0.4
    figure = Figure(figsize=(_WIDTH, height), layout="constrained")
    figure.suptitle("Sizes of the articles", x=0.01, ha="left", fontweight="bold")
    for number, name in enumerate(sizes):
        axes = figure.add_subplot(lines, _PANELS, number + 1)
        rows = {doc_id: {name: row[name]} for doc_id, row in documents.items()}
        _bars(axes, rows, [name])
        axes.set_title(name, fontsize="medium", fontweight="normal")
        axes.locator_params(axis="x", nbins=3, integer=True)
        if number % _PANELS:
            axes.tick_params(labelleft=False)
    return figure


def _mentions(counted: Mapping[str, Any]) -> Figure | None:
    rows = by_level(counted.get("mentions", {}))
    return _single(rows, _members(Level), "Mentions by type and level", "mentions")


def _events(counted: Mapping[str, Any]) -> Figure | None:
    crossed = counted.get("events_by_realis")
    if crossed:
        names = [*_members(Realis), NOT_GIVEN]
        return _single(crossed, names, "Events by type and realis", "events")
    return _single(_plain(counted.get("events", {})), [""], "Events by type", "events")


def _roles(counted: Mapping[str, Any]) -> Figure | None:
    return _single(_plain(counted.get("roles", {})), [""], "Arguments by role", "arguments")


def _chains(counted: Mapping[str, Any]) -> Figure | None:
    kinds = {
        "Entities": counted.get("entity_chains", {}),
        "Event chains": counted.get("event_chains", {}),
    }
    given = {name: lengths for name, lengths in kinds.items() if lengths}
    if not given:
        return None
    figure = _figure(max(map(len, given.values())))
    for number, (name, lengths) in enumerate(given.items()):
        axes = figure.add_subplot(1, len(given), number + 1)
        _bars(axes, _plain(lengths), [""])
        axes.set_title(f"{name} by length")
        axes.set_xlabel("number of chains")
        axes.set_ylabel("mentions in one article")
    return figure


def _single(rows: Rows, names: Sequence[str], title: str, unit: str) -> Figure | None:
    if not rows:
        return None
    figure = _figure(len(rows))
    axes = figure.add_subplot()
    _bars(axes, rows, names)
    axes.set_title(title)
    axes.set_xlabel(f"number of {unit}")
    if len(names) > 1:
        figure.legend(loc="outside upper right", ncols=len(names), frameon=False)
    return figure


def _bars(axes: Axes, rows: Rows, names: Sequence[str]) -> None:
    """Draw a bar for each row, made of the parts that ``names`` tells, the first row on top."""
    positions = range(len(rows))
    ends = [0] * len(rows)
    for colour, name in zip(COLOURS, names, strict=False):
        parts = [row.get(name) or 0 for row in rows.values()]
        if any(parts):
            axes.barh(positions, parts, left=ends, color=colour, label=name, height=0.75)
            ends = [end + part for end, part in zip(ends, parts, strict=True)]
    for position, end, row in zip(positions, ends, rows.values(), strict=True):
        text = NOT_GIVEN if None in row.values() else str(end)
        axes.text(end, position, f" {text}", fontsize=8, va="center")
    labels = [name if len(name) <= _LABEL else f"{name[: _LABEL - 1]}…" for name in rows]
    axes.set_yticks(positions, labels)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xlim(0, max(*ends, 1) * _SPACE)
    axes.locator_params(axis="x", integer=True)


def _plain(counts: Mapping[str, int]) -> Rows:
    return {label: {"": number} for label, number in counts.items()}


def _members(literal: Any) -> list[str]:  # noqa: ANN401 - a Literal has no type of its own
    from typing import get_args

    return list(get_args(literal))
