"""What is compared where the text itself was changed."""

from __future__ import annotations

from pathlib import Path

from diff_documents import article, changed, changes, mentions, text
from msgspec.structs import replace

from vinee.corpus.diff import compare
from vinee.model import Document, Mention, Span


def test_changed_text_is_told_and_the_rest_compared_at_its_new_place(tmp_path: Path) -> None:
    at = text().index("Donald Trump")
    new = _rewritten(at, at + len("Donald Trump"), "ông Trump")

    assert changes(tmp_path, new) == [
        (
            f"text changed: [{at}, {at + 6}) became [{at}, {at + 3}); what lies before and behind "
            "it is compared at its place there, what lies inside cannot be compared and is "
            "removed and added"
        )
    ]


def test_what_lies_inside_the_changed_text_is_removed_and_added() -> None:
    at = text().index("Donald Trump")
    old = changed("mentions", 2, start=at + 1, end=at + 4)
    new = replace(
        _rewritten(at, at + len("Donald Trump"), "ông Trump"),
        mentions=(Mention(at + 1, at + 2, "PER"),),
    )
    old = replace(old, mentions=(old.mentions or ())[2:3], events=(), entities=None)
    new = replace(new, events=(), entities=None)

    found = compare([old], [new]).documents[0].changes

    assert [change.kind for change in found if change.layer == "mentions"] == ["added", "removed"]


def test_text_that_one_edition_leaves_out_is_told(tmp_path: Path) -> None:
    assert changes(tmp_path, replace(article(), text=None)) == [
        "text: only in the old edition; offsets are compared as they stand"
    ]


def _rewritten(start: int, end: int, words: str) -> Document:
    """The article with other words in one place, and all that lies behind them shifted."""
    shift = len(words) - (end - start)
    old = article()
    new_text = f"{text()[:start]}{words}{text()[end:]}"

    def moved(span: Span) -> Span:
        begin = span.start + (shift if span.start >= end else 0)
        stop = span.end + (shift if span.end >= end else 0)
        return Span(begin, stop, new_text[begin:stop])

    def placed(item: Mention) -> dict[str, object]:
        span = moved(Span(item.start, item.end))
        return {"start": span.start, "end": span.end, "text": span.text}

    return replace(
        old,
        text=new_text,
        sections=tuple(
            replace(each, end=each.end + shift, text=None) for each in old.sections or ()
        ),
        sentences=tuple(map(moved, old.sentences or ())),
        mentions=tuple(
            replace(each, **placed(each), extent=each.extent and moved(each.extent))
            for each in mentions()
        ),
        events=tuple(replace(each, trigger=moved(each.trigger)) for each in old.events or ()),
    )
