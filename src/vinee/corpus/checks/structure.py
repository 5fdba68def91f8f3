"""Checks on layout: sections and sentences cover the text, and annotations respect them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vinee.corpus.checks.context import Context
    from vinee.corpus.findings import Finding
    from vinee.model import Located

_SHOWN = 30


def text_is_the_seed(context: Context) -> Iterator[Finding]:
    """``text-seed``: the document's text is the seed's, unchanged."""
    text = context.document.text
    if text != context.text:
        what = "missing" if text is None else "not that of the seed, code point by code point"
        yield context.finding("text-seed", ("text",), f"the text is {what}; copy it unchanged")


def sections_cover_text(context: Context) -> Iterator[Finding]:
    """``section-cover``: every non-space character is in exactly one section."""
    yield from _cover(context, "sections", context.document.sections or (), "section-cover")


def sentences_cover_text(context: Context) -> Iterator[Finding]:
    """``sentence-cover``: every non-space character is in exactly one sentence."""
    yield from _cover(context, "sentences", context.document.sentences or (), "sentence-cover")


def _cover(context: Context, layer: str, spans: Sequence[Located], check: str) -> Iterator[Finding]:
    reached = 0
    for index, span in enumerate(spans):
        if span.start < reached:
            yield context.finding(check, (layer, index), "overlaps the one before it")
        elif skipped := context.text[reached : span.start].strip():
            yield context.finding(
                check, (layer, index), f"before it, {skipped[:_SHOWN]!r} is in none of the {layer}"
            )
        reached = max(reached, span.end)
    if skipped := context.text[reached:].strip():
        yield context.finding(check, (layer,), f"{skipped[:_SHOWN]!r} is in none of the {layer}")


def sentences_stay_in_sections(context: Context) -> Iterator[Finding]:
    """``sentence-section``: no sentence crosses the border of a section."""
    sections = context.document.sections or ()
    for index, sentence in enumerate(context.document.sentences or ()):
        if not any(s.start <= sentence.start and sentence.end <= s.end for s in sections):
            yield context.finding(
                "sentence-section", ("sentences", index), "the sentence is in no one section"
            )


def annotations_stay_in_sentences(context: Context) -> Iterator[Finding]:
    """``item-sentence``: mentions, times and triggers do not cross a sentence's border."""
    sentences = context.document.sentences
    if sentences is None:
        return
    for keys, span, _ in context.spans():
        if keys[0] in {"mentions", "timexes"} or keys[-1] == "trigger":
            inside = any(s.start <= span.start and span.end <= s.end for s in sentences)
            if not inside:
                yield context.finding("item-sentence", keys, "the span is in no one sentence")


def names_do_not_cross(context: Context) -> Iterator[Finding]:
    """``mention-cross``: two mentions are nested or apart, they never cross."""
    ordered = sorted(
        enumerate(context.document.mentions or ()), key=lambda item: (item[1].start, -item[1].end)
    )
    open_ends: list[int] = []
    for index, mention in ordered:
        open_ends = [end for end in open_ends if end > mention.start]
        if any(end < mention.end for end in open_ends):
            yield context.finding(
                "mention-cross",
                ("mentions", index),
                f"{context.text[mention.start : mention.end]!r} crosses another mention",
            )
        open_ends.append(mention.end)
