"""The lines of an ``.ann`` file as a document's layers."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from msgspec import UNSET

from vinee.errors import InputError, SchemaError
from vinee.formats import native
from vinee.formats.brat import lines, names, notes
from vinee.formats.brat.coreference import Clusters
from vinee.formats.brat.sound import dangling, sound_events
from vinee.formats.contract import check_spans
from vinee.model import LAYERS, Argument, Document, Event, Mention, Section, Span, Timex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vinee.errors import Where
    from vinee.formats.brat.lines import EventLine, Statement

_COUNT = re.compile(r"(?<=[^0-9])[0-9]+$")


def document_of(
    text: str, contents: Iterable[tuple[Where, str]], where: Where
) -> tuple[Document | None, list[InputError]]:
    """Make a document from a text and the files of annotations beside it.

    Args:
        text: The text, every character of it.
        contents: The place and content of each ``.ann`` file, or of ``.a1`` and ``.a2``.
        where: File and document.

    Returns:
        The document without what cannot be read, refers to nothing, or contradicts the text,
        None if nothing of it can be had; and each of these things with its line.
    """
    read = lines.Lines()
    for place, content in contents:
        lines.parse(read, content, text, place)
    try:
        document = _Reader(text, read).document(where)
        check_spans(document, text, where)
        document = native.checked(document, where)
    except InputError as error:
        return None, [*read.problems, error]
    return document, read.problems


class _Reader:
    """Sorts lines by what they are, then makes items of them."""

    def __init__(self, text: str, read: lines.Lines) -> None:
        self.text = text
        self.read = read
        self.bounds = read.bounds
        self.events = sound_events(read)
        self.whole = notes.Whole()
        self.foreign: list[str] = []
        self.notes: dict[str, dict[str, Any]] = {}
        self.extents: dict[str, str] = {}  # mention's T: extent's T
        self.attributes: dict[str, dict[str, Any]] = defaultdict(dict)
        self.triggers = {each.trigger for each in read.events.values()} | read.triggers
        self.arguments = {target for event in self.events.values() for _, target in event.arguments}
        self.entities = Clusters("e")
        self.chains = Clusters("c")
        for statement in read.statements:
            try:
                if not self._understood(statement):
                    self.foreign.append(statement.raw)
            except InputError as error:
                read.problems.append(error)
        self.labels = {**names.known_labels(), **self.whole.labels}
        self.ids = notes.ids(self.whole, (*self.bounds, *self.events), self.arguments)
        self.borrowed = {*self.triggers, *self.extents.values()}

    def document(self, where: Where) -> Document:
        for number, note in self.notes.items():
            self.entities.name(number, note.get("entity"))
            self.chains.name(number, note.get("chain"))
        self.entities.settle(self.whole.entities)
        self.chains.settle(self.whole.chains)
        of_kind = self._kinds()
        mentions = tuple(self._mention(number) for number in of_kind["mention"])
        types = dict(zip(of_kind["mention"], (each.type for each in mentions), strict=True))
        layers: dict[str, tuple[Any, ...]] = {
            "sections": tuple(
                Section(start, end, kind, self.text[start:end])
                for start, end, kind in self.whole.sections
            ),
            "sentences": tuple(self._cut(start, end) for start, end in self.whole.sentences),
            "mentions": mentions,
            "entities": self.entities.entities(types),
            "timexes": tuple(self._timex(number) for number in of_kind["timex"]),
            "events": tuple(self._event(key, event) for key, event in self.events.items()),
            "chains": self.chains.chains(),
        }
        kept = {
            layer: layers[layer] for layer in LAYERS if layers[layer] or layer in self.whole.empty
        }
        return Document(where.doc_id or "", self.text, meta=self._meta(), **kept)

    def _understood(self, statement: Statement) -> bool:
        """Take what a line says; tell whether it says anything to us."""
        if statement.kind == "#":
            return self._comment(statement)
        for target in statement.targets:
            if target not in self.bounds and target not in self.events:
                raise dangling(target, statement.where, self.read.broken)
        first, last = statement.targets[0], statement.targets[-1]
        if statement.kind == "A":
            return self._attribute(statement, first)
        of_mentions = self._are_mentions(statement.targets)
        if statement.kind == "N" and statement.name == names.WIKIDATA and of_mentions:
            self.entities.refer(first, statement.value)
        elif statement.kind == "*" and self.events.keys() >= {*statement.targets}:
            self.chains.join(statement.targets)
        elif statement.kind == "*" and of_mentions:
            self.entities.join(statement.targets)
        elif statement.name == names.EXTENT_OF and self._is(first, names.EXTENT):
            self.extents[last] = first
        else:
            return False
        return True

    def _comment(self, statement: Statement) -> bool:
        if (whole := notes.whole(statement)) is not None:
            self.whole = whole
            return True
        note = notes.of_annotation(statement)
        target = statement.targets[0]
        if note is None or not note.keys() <= self._note_keys(target):
            return False
        self.notes.setdefault(target, {}).update(note)
        return True

    def _attribute(self, statement: Statement, target: str) -> bool:
        known: names.Attributes = {}
        if target in self.events:
            known = names.EVENT_ATTRIBUTES
        elif self._is(target, names.TIMEX):
            known = names.TIMEX_ATTRIBUTES
        elif self._are_mentions((target,)):
            known = names.MENTION_ATTRIBUTES
        if statement.name not in known:
            return False
        field, values = known[statement.name]
        if statement.value not in values:
            problem = (
                f"{statement.name} must be one of {', '.join(values)} "
                f"(got {statement.value!r}); choose one, or rename the attribute"
            )
            raise SchemaError("brat-value", statement.where, problem)
        self.attributes[target][field] = statement.value
        return True

    def _note_keys(self, target: str) -> set[str]:
        if target in self.events:
            return {"implicit", "chain"}
        if self._is(target, names.TIMEX):
            return {"value", "mod"}
        return {"entity"} if self._are_mentions((target,)) else set()

    def _kinds(self) -> dict[str, list[str]]:
        """Tell mentions and times from what only other annotations need."""
        found: dict[str, list[str]] = {"mention": [], "timex": []}
        for number, bound in self.bounds.items():
            filler = bound.type == names.SPAN and number in self.arguments
            if number not in self.borrowed and not filler:
                found["timex" if bound.type == names.TIMEX else "mention"].append(number)
        return found

    def _mention(self, number: str) -> Mention:
        bound = self.bounds[number]
        start, end = self._span(number)
        extent = self.extents.get(number)
        return Mention(
            start,
            end,
            self.labels.get(bound.type, bound.type),
            self.text[start:end],
            self.ids[number],
            extent=None if extent is None else self._cut(*self._span(extent)),
            entity=self.entities.of(number),
            score=self.whole.scores.get(number, UNSET),
            **self.attributes[number],
        )

    def _timex(self, number: str) -> Timex:
        start, end = self._span(number)
        note = self.notes.get(number, {})
        said = {"mod": note.get("mod"), **self.attributes[number]}
        return Timex(
            start,
            end,
            self.text[start:end],
            self.ids[number],
            value=note.get("value"),
            score=self.whole.scores.get(number, UNSET),
            **said,
        )

    def _event(self, number: str, event: EventLine) -> Event:
        implicit = self.notes.get(number, {}).get("implicit", ())
        return Event(
            self.labels.get(event.type, event.type),
            self._cut(*self._span(event.trigger)),
            self.ids[number],
            tuple(
                self._argument(role, target, implicit=role in implicit)
                for role, target in event.arguments
            ),
            chain=self.chains.of(number),
            score=self.whole.scores.get(number, UNSET),
            **self.attributes[number],
        )

    def _argument(self, written: str, target: str, *, implicit: bool) -> Argument:
        name = _COUNT.sub("", written)
        role = self.labels.get(name, name)
        if target in self.events:
            target = self.events[target].trigger
        elif target not in self.borrowed and not self._is(target, names.SPAN):
            return Argument(role, ref=self.ids[target] or target, implicit=implicit)
        return Argument(role, span=self._cut(*self._span(target)), implicit=implicit)

    def _span(self, number: str) -> tuple[int, int]:
        """Give a span with the line breaks at its ends, which brat does not hold."""
        bound = self.bounds[number]
        start, end = self.whole.spans.get(number, (bound.start, bound.end))
        edges = self.text[start : bound.start] + self.text[bound.end : end]
        whole = start <= bound.start and bound.end <= end and not names.LINE_BREAKS.sub("", edges)
        return (start, end) if whole else (bound.start, bound.end)

    def _cut(self, start: int, end: int) -> Span:
        return Span(start, end, self.text[start:end])

    def _meta(self) -> dict[str, Any] | None:
        meta = self.whole.meta
        if not self.foreign:
            return meta
        earlier = (meta or {}).get("brat", [])
        kept = earlier if isinstance(earlier, list) else [earlier]
        return {**(meta or {}), "brat": [*kept, *self.foreign]}

    def _is(self, target: str, kind: str) -> bool:
        return target in self.bounds and self.bounds[target].type == kind

    def _are_mentions(self, targets: tuple[str, ...]) -> bool:
        return all(
            target in self.bounds
            and target not in self.triggers
            and self.bounds[target].type not in names.RESERVED
            for target in targets
        )
