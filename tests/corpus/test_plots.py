"""Plots of the statistics: SVG that a program can read and that does not change."""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from typing import Any

import pytest

from vinee.corpus import gold, plots
from vinee.corpus.statistics import NOT_GIVEN, statistics
from vinee.errors import MissingExtraError

COUNTED: dict[str, Any] = {
    "documents": {"bài_1": {"names": 4, "events": None}, "bài_2": {"names": 2, "events": 3}},
    "total": {"names": 6, "events": 3},
    "mentions": {"PER NAM": 4, "PER PRO": 1, "GPE NAM": 2},
    "events": {"Contact.Meet": 3, "Diplomacy.Agree": 1},
    "events_by_realis": {
        "Contact.Meet": {"ACTUAL": 2, "GENERIC": 1},
        "Diplomacy.Agree": {NOT_GIVEN: 1},
    },
    "roles": {"Place": 2},
    "entity_chains": {"1": 5, "12": 1},
    "event_chains": {"2": 1},
}
ALL = {"sizes.svg", "mentions.svg", "events.svg", "roles.svg", "chains.svg"}


def written(svg: bytes) -> list[str]:
    """What is written on a plot: matplotlib says it in a comment before the paths of letters."""
    return [
        html.unescape(text).strip() for text in re.findall(r"<!--(.*?)-->", svg.decode("utf-8"))
    ]


def colours(svg: bytes) -> set[str]:
    return {colour for colour in plots.COLOURS if colour.lower() in svg.decode().lower()}


def test_every_table_of_the_gold_that_is_drawn_is_svg() -> None:
    counted = statistics(gold.documents())

    drawn = plots.draw(counted)

    assert {"sizes.svg", "mentions.svg", "events.svg", "roles.svg"} <= drawn.keys() <= ALL
    assert {ET.fromstring(svg).tag for svg in drawn.values()} == {  # noqa: S314 - our own
        "{http://www.w3.org/2000/svg}svg"
    }


def test_every_label_and_number_stands_on_its_plot() -> None:
    texts = {name: written(svg) for name, svg in plots.draw(COUNTED).items()}

    assert texts.keys() == ALL
    assert {"PER", "GPE", "5", "2", "NAM", "PRO"} <= set(texts["mentions.svg"])
    assert {"Contact.Meet", "3", "ACTUAL", "GENERIC", NOT_GIVEN} <= set(texts["events.svg"])
    assert {"Place", "2", "number of arguments"} <= set(texts["roles.svg"])
    assert {"1", "12", "5", "number of chains"} <= set(texts["chains.svg"])
    assert {"bài_1", "bài_2", "names", "events"} <= set(texts["sizes.svg"])


def test_part_that_does_not_occur_is_not_in_the_legend() -> None:
    texts = written(plots.draw(COUNTED)["mentions.svg"])

    assert "NOM" not in texts


def test_size_of_what_an_article_lacks_is_not_zero() -> None:
    texts = written(plots.draw(COUNTED)["sizes.svg"])

    assert NOT_GIVEN in texts


def test_each_part_has_a_colour_of_its_own() -> None:
    drawn = plots.draw(COUNTED)

    assert len(colours(drawn["events.svg"])) == 3
    assert len(colours(drawn["roles.svg"])) == 1


def test_types_without_realis_are_plain_bars() -> None:
    counted = {key: value for key, value in COUNTED.items() if key != "events_by_realis"}

    svg = plots.draw(counted)["events.svg"]

    assert "Events by type" in written(svg)
    assert len(colours(svg)) == 1


@pytest.mark.parametrize(
    ("left_out", "plot"),
    [("mentions", "mentions.svg"), ("events", "events.svg"), ("roles", "roles.svg")],
)
def test_layer_that_is_not_annotated_is_not_drawn(left_out: str, plot: str) -> None:
    gone = {left_out, "events_by_realis"}

    drawn = plots.draw({key: value for key, value in COUNTED.items() if key not in gone})

    assert drawn.keys() == ALL - {plot}


def test_chains_of_one_kind_are_drawn_alone() -> None:
    texts = written(
        plots.draw({key: value for key, value in COUNTED.items() if key != "event_chains"})[
            "chains.svg"
        ]
    )

    assert "Entities by length" in texts
    assert "Event chains by length" not in texts


def test_nothing_annotated_gives_no_plots() -> None:
    assert plots.draw({"documents": {"a": {}}, "total": {}}) == {}


def test_name_that_looks_like_mathematics_is_written_as_it_is() -> None:
    counted = {"documents": {"$\\frac{1$": {"names": 1}}, "total": {"names": 1}}

    assert "$\\frac{1$" in written(plots.draw(counted)["sizes.svg"])


def test_vietnamese_letters_are_in_the_font() -> None:
    """A missing letter is a warning of matplotlib, and warnings are errors here."""
    letters = "ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
    names = [(letters + letters.upper())[start : start + 30] for start in range(0, 134, 30)]
    documents = {name: {"names": 1} for name in names}

    drawn = plots.draw({"documents": documents, "total": {"names": len(names)}})

    assert set(names) <= set(written(drawn["sizes.svg"]))


def test_long_name_is_cut_and_leaves_room_for_the_bars() -> None:
    drawn = plots.draw({"documents": {"a" * 300: {"names": 1}}, "total": {"names": 1}})

    assert "a" * 31 + "…" in written(drawn["sizes.svg"])


def test_drawing_leaves_the_readers_settings_alone() -> None:
    import matplotlib as mpl

    with mpl.rc_context({"font.size": 30}):
        drawn = plots.draw(COUNTED)

        assert mpl.rcParams["font.size"] == 30
    assert drawn == plots.draw(COUNTED)


def test_bytes_are_the_same_in_another_process_at_another_time() -> None:
    script = (
        "import sys; from vinee.corpus import plots; from test_plots import COUNTED; "
        "sys.stdout.buffer.write(b''.join(plots.draw(COUNTED).values()))"
    )

    other = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": os.path.dirname(__file__), "SOURCE_DATE_EPOCH": "1"},  # noqa: PTH120 - an environment takes text
        capture_output=True,
        check=True,
    )

    assert other.stdout == b"".join(plots.draw(COUNTED).values())


def test_without_matplotlib_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)

    with pytest.raises(MissingExtraError, match=r"pip install 'vinee\[report\]'"):
        plots.draw(COUNTED)
