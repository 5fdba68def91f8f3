"""The disagreements of an article as blocks of the panel; everything from documents is escaped."""

from __future__ import annotations

from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from vinee.corpus.adjudication.article import NEEDED
from vinee.corpus.adjudication.disagreements import sentence_of
from vinee.corpus.adjudication.facts import CHAIN, ENTITY, SAID, holder
from vinee.corpus.links import is_item
from vinee.labelstudio.adjudicating.names import NO_VALUE, names_of
from vinee.model import NIL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vinee.corpus.adjudication.article import Article
    from vinee.corpus.adjudication.disagreements import Disagreement
    from vinee.corpus.adjudication.facts import Fill, Item, Key

_LAYERS = {
    "mention": "đề cập · mention",
    "time": "thời gian · time",
    "event": "sự kiện · event",
    ENTITY: "thực thể · entity",
    CHAIN: "chuỗi · chain",
}
_EXISTS = "có hay không · exists"
_NOTHING = "— (không có · nothing)"
_OTHER = "Cách khác: sửa trong văn bản · Neither: I put it right in the text"
_WITHOUT = "Không có giá trị · Neither: it has no value"
_OTHER_AT = {
    ENTITY: "Cách khác: ghi ở một đề cập · Neither: I write it at one of its mentions",
    CHAIN: "Cách khác: ghi ở một sự kiện · Neither: I write it at one of its events",
}
_UNKNOWN = "Chưa biết · Neither: it stays unknown"
_ITEM_PAGE = "https://www.wikidata.org/wiki/"
# Without a sentence around it, this many code points.
_CONTEXT = 80


class Mark(NamedTuple):
    """A marked stretch of text: half-open, in code points."""

    start: int
    end: int
    kind: str  # item, filler


def block(number: int, found: Disagreement, article: Article) -> dict[str, object]:
    """Write one disagreement: title, both versions side by side, and the choices."""
    covered = article.text[found.key.start : found.key.end]
    kind = f"{found.key.type} · " if found.key.type else ""
    if found.key.layer in SAID:
        covered, kind = names_of(article).shown(found.key.type), ""
    what = _EXISTS if found.what == "exists" else found.what
    if found.fill is not None:
        what = f"{found.fill.role} (argument)"
    return {
        "id": found.id,
        "title": f"{number}. {covered} — {kind}{_LAYERS[found.key.layer]}: {what}",
        "html": side_by_side(found, article),
        "choices": list(_choices(found, article)),
    }


def _choices(found: Disagreement, article: Article) -> Iterator[dict[str, str]]:
    for value, who, said in zip(
        ("first", "second"), article.annotators, (found.first, found.second), strict=True
    ):
        yield {"value": value, "html": f"<b>{escape(who)}</b>: {escape(said or _NOTHING)}"}
    attribute = found.fill is None and found.what != "exists"
    optional = attribute and (found.key.layer, found.what) not in NEEDED
    if optional and found.first is not None and found.second is not None:
        yield {"value": NO_VALUE, "html": _UNKNOWN if found.what == "wikidata" else _WITHOUT}
    yield {"value": "other", "html": _OTHER_AT.get(found.key.layer, _OTHER)}


def side_by_side(found: Disagreement, article: Article) -> str:
    """Write what each annotator sees in the sentence, HTML, two columns."""
    columns = []
    said = (found.first, found.second)
    rows = zip(article.sides, article.annotators, said, strict=True)
    for number, (side, who, value) in enumerate(rows, start=1):
        told = f"<b>{escape(who)}</b>"
        if found.key.layer in SAID:
            told += f" {_said(found, value)}"
        told += f"\n{_version(found, side, article)}"
        columns.append(f'<td class="vinee-side-{number}">{told}</td>')
    return f'<table class="vinee-versions"><tr>{"".join(columns)}</tr></table>'


def _said(found: Disagreement, said: str | None) -> str:
    """Write what is said of an entity or a chain, a Wikidata item with a link to its page."""
    if found.what != "wikidata" or said is None or said == NIL or not is_item(said):
        return escape(said or _NOTHING)
    return f'<a href="{_ITEM_PAGE}{said}" target="_blank" rel="noreferrer">{said}</a>'


def _version(found: Disagreement, side: Mapping[Key, Item], article: Article) -> str:
    marks = list(_marks(found, side))
    shown = dict.fromkeys(_sentence(mark.start, article) for mark in marks)
    if found.key.layer not in SAID:
        shown.setdefault(_sentence(found.key.start, article))
    parts = [_marked(start, end, marks, article.text) for start, end in sorted(shown)]
    return " … ".join(parts)


def _marks(found: Disagreement, side: Mapping[Key, Item]) -> Iterator[Mark]:
    if found.key.layer in SAID:
        first = holder(found.key, side.items())
        if first is not None:
            yield Mark(first.start, first.end, "item")
        return
    item = side.get(found.key)
    if item is None:
        return
    yield Mark(found.key.start, found.key.end, "item")
    extent = item.attributes.get("extent")
    if found.what in ("extent", "exists") and extent:
        start, end = map(int, extent.split(":"))
        yield Mark(start, end, "extent")
    fills = {f for f in item.fills if f == found.fill or found.what == "exists"}
    for fill in sorted(fills):
        place = _place(fill, side)
        if place is not None:
            yield Mark(*place, "filler")


def _place(fill: Fill, side: Mapping[Key, Item]) -> tuple[int, int] | None:
    if fill.kind != "entity":
        return fill.start, fill.end
    of_entity = [key for key, item in side.items() if item.attributes.get("entity") == fill.name]
    return (min(of_entity).start, min(of_entity).end) if of_entity else None


def _sentence(offset: int, article: Article) -> tuple[int, int]:
    sentences = article.first.sentences or ()
    number = sentence_of(article.first, offset)
    if number < len(sentences) and sentences[number].start <= offset:
        return sentences[number].start, sentences[number].end
    return max(0, offset - _CONTEXT), min(len(article.text), offset + _CONTEXT)


def _marked(start: int, end: int, marks: list[Mark], text: str) -> str:
    """Write a stretch of text with its marks, which may lie in and across one another."""
    cuts = {start, end}
    for mark in marks:
        cuts |= {offset for offset in mark[:2] if start < offset < end}
    edges = sorted(cuts)
    written = []
    for begin, stop in pairwise(edges):
        kinds = sorted({m.kind for m in marks if m.start <= begin and stop <= m.end})
        piece = escape(text[begin:stop])
        classes = " ".join(f"vinee-{kind}" for kind in kinds)
        written.append(f'<span class="{classes}">{piece}</span>' if kinds else piece)
    return "".join(written)
