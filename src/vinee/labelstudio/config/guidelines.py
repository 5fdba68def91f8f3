"""The guidelines as HTML that can stand inside another page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vinee import resources

if TYPE_CHECKING:
    from collections.abc import Sequence

_FILES = ("GUIDELINES.vi.md", "GUIDELINES.md")


@dataclass(frozen=True)
class Guidelines:
    """One language's guidelines.

    Attributes:
        title: Their first heading, as plain text.
        html: All that follows it; what was HTML in the file is shown, not obeyed.
    """

    title: str
    html: str


def guidelines() -> tuple[Guidelines, ...]:
    """Read the guidelines of this installation, in Vietnamese and in English."""
    folder = resources.root() / "annotations"
    return tuple(rendered((folder / name).read_text(encoding="utf-8")) for name in _FILES)


def rendered(markdown: str) -> Guidelines:
    """Render Markdown without the links that lead to other files, which a server does not have."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(markdown)
    title = "Guidelines"
    if [token.type for token in tokens[:1]] == ["heading_open"]:
        title = "".join(part.content for part in tokens[1].children or ())
        del tokens[:3]
    for token in tokens:
        if token.children:
            token.children = _without_links(token.children)
    html: str = parser.renderer.render(tokens, parser.options, {})
    return Guidelines(title, html)


def _without_links(tokens: Sequence[Any]) -> list[Any]:
    kept = []
    inside = True
    for token in tokens:
        if token.type == "link_open":
            inside = str(token.attrGet("href")).startswith(("http://", "https://"))
            if inside:
                token.attrSet("target", "_blank")
                token.attrSet("rel", "noopener")
        if inside or token.type not in {"link_open", "link_close"}:
            kept.append(token)
        if token.type == "link_close":
            inside = True
    return kept
