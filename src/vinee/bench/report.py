"""The report: one HTML page that needs nothing but itself, and runs no script."""

from __future__ import annotations

import base64
import hashlib
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vinee.bench import leaderboard
from vinee.bench.comparison import compare
from vinee.bench.markup import segments
from vinee.bench.palette import colour_class, colour_rules
from vinee.bench.result import System
from vinee.model import Document

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markupsafe import Markup

    from vinee.bench.comparison import Comparison, Item, Side
    from vinee.bench.markup import Close, Open, Text
    from vinee.bench.result import Result

_TEMPLATES = Path(__file__).parent / "templates"
# Controls, and what Unicode calls format characters: direction marks, zero widths, soft hyphens.
_HIDDEN = frozenset({"Cc", "Cf"})
_LAYOUT = frozenset("\n\r\t")


@dataclass(frozen=True, slots=True)
class Pane:
    """One side of a comparison, its text cut at the bounds of its spans."""

    side: Side
    pieces: tuple[Text | Open[Item] | Close[Item], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Gold and one system on one article; ``number`` is the system's, from 1."""

    number: int
    system: str
    gold: Pane
    predicted: Pane


@dataclass(frozen=True, slots=True)
class Article:
    """An article and what every system made of it."""

    doc_id: str
    pairs: tuple[Pair, ...]


def render(
    results: Sequence[Result],
    gold: Sequence[Document],
    predictions: Mapping[str, Sequence[Document]],
) -> str:
    """Render leaderboard and articles as HTML.

    Args:
        results: What the leaderboard is made from.
        gold: Documents with their texts.
        predictions: Documents of each system by its name, checked against the gold texts. The
            systems stand in the order of the leaderboard.

    Raises:
        InvalidError: A predicted span lies outside its text.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["visible"] = visible
    environment.filters["colour"] = colour_class
    board = leaderboard.build(results)
    names = _in_order(board, predictions)
    style = _style(len(names))
    return environment.get_template("report.html.j2").render(
        board=board,
        systems=list(enumerate(names, start=1)),
        articles=_articles(results, gold, predictions, names),
        style=_trusted(style),
        policy=_policy(style),
    )


def visible(text: str) -> Markup:
    """Escape text for HTML, and show the characters that have no width, or turn it round."""
    from markupsafe import Markup, escape

    parts = []
    for character in text:
        if _is_hidden(character):
            code = f"U+{ord(character):04X}"
            name = unicodedata.name(character, "control character")
            parts.append(
                Markup('<span class="hidden-character" lang="en" title="{}">{}</span>').format(
                    name, code
                )
            )
        else:
            parts.append(escape(character))
    return Markup().join(parts)


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in _HIDDEN and character not in _LAYOUT


def _in_order(board: leaderboard.Leaderboard, predictions: Mapping[str, object]) -> list[str]:
    ranked = (row.system for table in board.tables for row in table.rows)
    known = [name for name in dict.fromkeys(ranked) if name in predictions]
    return [*known, *sorted(predictions.keys() - set(known))]


def _articles(
    results: Sequence[Result],
    gold: Sequence[Document],
    predictions: Mapping[str, Sequence[Document]],
    names: Sequence[str],
) -> list[Article]:
    systems = {each.system.name: each.system for each in results}
    found = {name: {each.doc_id: each for each in predictions[name]} for name in names}
    return [
        Article(
            document.doc_id,
            tuple(
                _pair(
                    number,
                    systems.get(name, System(name)),
                    document,
                    found[name].get(document.doc_id, Document(document.doc_id)),
                )
                for number, name in enumerate(names, start=1)
            ),
        )
        for document in sorted(gold, key=lambda each: each.doc_id)
    ]


def _pair(number: int, system: System, gold: Document, predicted: Document) -> Pair:
    compared: Comparison = compare(gold, predicted, system)
    text = gold.text or ""
    return Pair(number, system.name, _pane(compared.gold, text), _pane(compared.predicted, text))


def _pane(side: Side, text: str) -> Pane:
    return Pane(side, tuple(segments(text, side.spans)))


def _style(systems: int) -> str:
    plain = (_TEMPLATES / "report.css").read_text(encoding="utf-8")
    choices = "\n".join(
        f"body:has(#show-{number}:checked) .pair:not(.system-{number}) {{ display: none; }}"
        for number in range(1, systems + 1)
    )
    return f"{plain}\n{colour_rules()}\n{choices}\n"


def _trusted(style: str) -> Markup:
    from markupsafe import Markup

    return Markup(style)  # noqa: S704 - our own style sheet; nothing of a document is in it


def _policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
