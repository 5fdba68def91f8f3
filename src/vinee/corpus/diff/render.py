"""A diff in words: lines for a terminal, bullets for a changelog, and the table of its counts."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from vinee.corpus.diff.change import KINDS
from vinee.errors import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vinee.corpus.diff.change import Change, Diff, DocumentDiff, Kind, Quote

MARKS: dict[Kind, str] = {"added": "+", "removed": "-", "moved": ">", "relabelled": "~"}
NONE = "none"
_LABELS = frozenset({"type", "kind", "role"})
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|&~])")
_LONGEST = 80  # code points of a quote that are shown whole
_HEAD, _TAIL = 45, 30  # what is shown of a longer one


class Line(NamedTuple):
    """A line of output, and the kind of change that it tells of, if it does."""

    text: str
    kind: Kind | None = None


def lines(diff: Diff) -> Iterator[Line]:
    """Tell everything, by document and layer."""
    yield from map(Line, _editions(diff))
    for kind, doc_ids in _whole(diff):
        for doc_id in doc_ids:
            yield Line(f"{MARKS[kind]} {kind} document {printable(doc_id)}", kind)
    for document in diff.documents:
        yield Line("")
        yield Line(printable(document.doc_id))
        for note in _notes(document):
            yield Line(f"  {note}")
        for layer, changes in groupby(document.changes, key=lambda change: change.layer):
            yield Line(f"  {layer}")
            for change in changes:
                mark = MARKS[change.kind]
                yield Line(f"    {mark} {change.kind} {describe(change)}", change.kind)


def markdown(diff: Diff) -> Iterator[str]:
    """Tell everything as bullets, one for each change."""
    for kind, doc_ids in _whole(diff):
        for doc_id in doc_ids:
            yield f"- {kind} document {escaped(doc_id)}"
    for document in diff.documents:
        name = escaped(document.doc_id)
        for note in _notes(document):
            yield f"- {name}: {escaped(note)}"
        for change in document.changes:
            told = f"{change.layer}: {change.kind} {describe(change)}"
            yield f"- {name}: {escaped(told)}"


def summary(diff: Diff) -> list[tuple[str, ...]]:
    """Give a header, a row for whole documents, and a row for each layer."""
    rows: list[tuple[str, ...]] = [
        ("layer", *KINDS),
        ("documents", str(len(diff.added)), str(len(diff.removed)), "–", "–"),
    ]
    rows += [(layer, *(str(row[kind]) for kind in KINDS)) for layer, row in diff.summary().items()]
    return rows


def describe(change: Change) -> str:
    """Tell a change in printable words, without its layer and kind."""
    relabelled = change.kind == "relabelled"
    is_renamed = relabelled and any(each.name in _LABELS for each in change.attributes)
    parts = [] if is_renamed or change.type is None else [printable(change.type)]
    is_member = change.chain is not None and change.kind == "moved"
    if change.chain is not None and not is_member:
        parts.append(_text(change.chain.old or change.chain.new or ""))
    parts.append(_places(change, with_offsets=change.kind == "moved" and not is_member))
    if (event := change.argument_of) is not None:
        parts.append(f"of {printable(event.new_type)} {_place(event.new_trigger)}")
    told = " ".join(filter(None, parts))
    details = [f"{each.name} {_arrow(each.old, each.new)}" for each in change.attributes]
    if is_member and change.chain is not None:
        details.insert(0, _arrow(change.chain.old, change.chain.new))
    if change.contents:
        details.append(", ".join(map(_text, change.contents)))
    return f"{told}: {'; '.join(details)}" if details else told


def _places(change: Change, *, with_offsets: bool) -> str:
    if change.old is None or change.new is None or not with_offsets:
        quote = change.new or change.old
        return "" if quote is None else _place(quote)
    return " → ".join(
        f"{_place(quote)} [{quote.start}, {quote.end})" for quote in (change.old, change.new)
    )


def _place(quote: Quote) -> str:
    number = "" if quote.sentence is None else f"[s{quote.sentence}] "
    before, text, after = (
        _spaced(part) for part in (quote.before, _elided(quote.text), quote.after)
    )
    return f'{number}"…{before}«{text}»{after}…"'


def _elided(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_HEAD]} … {text[-_TAIL:]}"


def _spaced(text: str) -> str:
    """Write each run of white space, line ends included, as one space."""
    return printable(re.sub(r"\s+", " ", text))


def _text(text: str) -> str:
    return _spaced(_elided(text))


def _arrow(old: str | None, new: str | None) -> str:
    return " → ".join(NONE if value is None else _text(value) for value in (old, new))


def _editions(diff: Diff) -> tuple[str, str]:
    return f"old: {printable(diff.old)}", f"new: {printable(diff.new)}"


def _whole(diff: Diff) -> tuple[tuple[Kind, tuple[str, ...]], ...]:
    return ("removed", diff.removed), ("added", diff.added)


def _notes(document: DocumentDiff) -> Iterator[str]:
    text = document.text
    if text is not None and text.only_in is not None:
        yield f"text: only in the {text.only_in} edition; offsets are compared as they stand"
    elif text is not None and text.old is not None and text.new is not None:
        was, is_ = (f"[{start}, {end})" for start, end in (text.old, text.new))
        yield (
            f"text changed: {was} became {is_}; what lies before and behind it is compared at "
            "its place there, what lies inside cannot be compared and is removed and added"
        )
    for each in document.layers:
        yield f"{each.layer}: annotated in the {each.annotated_in} edition only"


def escaped(text: str) -> str:
    """Make text printable, and what Markdown would take for markup plain."""
    return _MARKDOWN.sub(r"\\\1", printable(text))
