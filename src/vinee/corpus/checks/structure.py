"""Checks on layout: sections and sentences cover the text, and annotations respect them."""

from __future__ import annotations

from bisect import bisect_right
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from msgspec import UNSET

from vinee.corpus.checks.enclosing import Enclosing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vinee.corpus.checks.context import Context
    from vinee.corpus.findings import Finding
    from vinee.model import Argument, Located

_SHOWN = 30
_GOLD_LAYERS = ("sections", "sentences", "mentions", "timexes", "events")


def text_is_the_seed(context: Context) -> Iterator[Finding]:
    """``text-seed``: the document's text is the seed's, unchanged."""
    text = context.document.text
    if text != context.text:
        what = "missing" if text is None else "not that of the seed, code point by code point"
        yield context.finding("text-seed", ("text",), f"the text is {what}; copy it unchanged")


def layers_are_present(context: Context) -> Iterator[Finding]:
    """``layer-missing``: gold has all layers that an edition annotates, even if one is empty."""
    for layer in _GOLD_LAYERS:
        if getattr(context.document, layer) is None:
            yield context.finding(
                "layer-missing",
                (layer,),
                f"the layer {layer!r} was not annotated; annotate it, or give [] if it is empty",
            )


def sections_cover_text(context: Context) -> Iterator[Finding]:
    """``section-cover``: every non-space character is in exactly one section."""
    yield from _cover(context, "sections", context.document.sections, "section-cover")


def sentences_cover_text(context: Context) -> Iterator[Finding]:
    """``sentence-cover``: every non-space character is in exactly one sentence."""
    yield from _cover(context, "sentences", context.document.sentences, "sentence-cover")


def _cover(
    context: Context, layer: str, spans: Sequence[Located] | None, check: str
) -> Iterator[Finding]:
    if spans is None:
        return
    remedy = f"extend one of the {layer}, or add one"
    reached = 0
    for index, span in enumerate(spans):
        if span.start < reached:
            message = "overlaps the one before it; let one begin where the other ends"
            yield context.finding(check, (layer, index), message)
        elif skipped := context.text[reached : span.start].strip():
            message = f"before it, {skipped[:_SHOWN]!r} is in none of the {layer}; {remedy}"
            yield context.finding(check, (layer, index), message)
        reached = max(reached, span.end)
    if skipped := context.text[reached:].strip():
        message = f"{skipped[:_SHOWN]!r} is in none of the {layer}; {remedy}"
        yield context.finding(check, (layer,), message)


def sentences_stay_in_sections(context: Context) -> Iterator[Finding]:
    """``sentence-section``: no sentence crosses the border of a section."""
    if context.document.sections is None:
        return
    sections = Enclosing(context.document.sections)
    for index, sentence in enumerate(context.document.sentences or ()):
        if not sections.hold(sentence.start, sentence.end):
            yield context.finding(
                "sentence-section",
                ("sentences", index),
                "the sentence is in no one section; cut it at the section's border",
            )


def annotations_stay_in_sentences(context: Context) -> Iterator[Finding]:
    """``item-sentence``: mentions, times and triggers do not cross a sentence's border."""
    if context.document.sentences is None:
        return
    sentences = Enclosing(context.document.sentences)
    for keys, span, _ in context.spans():
        located = keys[0] in {"mentions", "timexes"} or keys[-1] == "trigger"
        if located and not sentences.hold(span.start, span.end):
            yield context.finding(
                "item-sentence",
                keys,
                "the span is in no one sentence; mend its ends, or the sentences'",
            )


def arguments_stay_in_sentences(context: Context) -> Iterator[Finding]:
    """``argument-sentence``: a filler is in its trigger's sentence, or marked implicit (E12)."""
    sentences = sorted(
        context.document.sentences or (), key=lambda sentence: (sentence.start, sentence.end)
    )
    starts = [sentence.start for sentence in sentences]
    for index, event in enumerate(context.document.events or ()):
        at = bisect_right(starts, event.trigger.start) - 1
        if at < 0 or event.trigger.end > sentences[at].end:
            continue  # the trigger itself is in no one sentence: `item-sentence`
        own = sentences[at]
        for number, argument in enumerate(event.arguments):
            filler = _filler(context, argument)
            if filler is None or not 0 <= filler.start < filler.end <= len(context.text):
                continue  # other checks tell of it
            keys = ("events", index, "arguments", number)
            inside = own.start <= filler.start and filler.end <= own.end
            if not inside and not argument.implicit:
                message = "the filler is outside the trigger's sentence; drop it, or mark it"
                yield context.finding("argument-sentence", keys, f"{message} implicit")
            elif inside and argument.implicit:
                message = "implicit, but the filler is in the trigger's sentence; set it to false"
                yield context.finding("argument-sentence", keys, message, "warning")


def _filler(context: Context, argument: Argument) -> Located | None:
    if argument.span is not UNSET:
        return argument.span
    return None if argument.ref is UNSET else context.fillers.get(argument.ref)


def names_do_not_cross(context: Context) -> Iterator[Finding]:
    """``mention-cross``: two mentions are nested or apart, they never cross."""
    ordered = sorted(
        enumerate(context.document.mentions or ()), key=lambda item: (item[1].start, -item[1].end)
    )
    open_ends: list[int] = []  # a heap
    for index, mention in ordered:
        while open_ends and open_ends[0] <= mention.start:
            heappop(open_ends)
        if open_ends and open_ends[0] < mention.end:
            covered = context.text[mention.start : mention.end]
            yield context.finding(
                "mention-cross",
                ("mentions", index),
                f"{covered!r} crosses another mention; nest one in the other, or part them",
            )
        heappush(open_ends, mention.end)
