"""A document's layers as the lines of an ``.ann`` file."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from msgspec import UNSET
from msgspec.structs import asdict

from vinee.errors import InvalidError, Where
from vinee.formats.brat import names
from vinee.formats.contract import text_of
from vinee.model import LAYERS

if TYPE_CHECKING:
    from vinee.model import Argument, Chain, Document, Entity, Event, Located, Mention, Timex

_ITEM = re.compile(r"Q[0-9]+")
_ON_ONE_LINE = re.compile(rf"[^{names.BREAKS}]+")


def render(document: Document) -> str:
    """Write the content of a document's ``.ann`` file.

    Raises:
        InvalidError: A span holds nothing but line breaks, or an argument refers to nothing.
    """
    writer = _Writer(document)
    for mention in document.mentions or ():
        writer.mention(mention)
    for timex in document.timexes or ():
        writer.timex(timex)
    for event in document.events or ():
        writer.event(event)
    writer.whole()
    return "".join(line + "\n" for line in writer.lines)


class _Writer:
    """Numbers annotations and gathers what has no line of its own."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = text_of(document)
        self.where = Where(doc_id=document.doc_id)
        self.lines: list[str] = []
        self.numbers: Counter[str] = Counter()
        self.covered: dict[str, str] = {}  # T: its text on one line
        self.fillers: dict[str, str] = {}  # id of a mention or time: its T
        self.members: dict[str, dict[str, list[str]]] = {"entity": {}, "chain": {}}
        self.notes: dict[str, dict[str, Any]] = {}
        self.labels: dict[str, str] = {}  # name in brat: ours
        self.ids: dict[str, str | None] = {}
        self.scores: dict[str, float] = {}
        self.spans: dict[str, tuple[int, int]] = {}  # those that begin or end with a line break

    def mention(self, mention: Mention) -> None:
        bound = self._bound(mention, self._label(mention.type))
        self._identify(bound, mention)
        if mention.extent is not None:
            extent = self._bound(mention.extent, names.EXTENT)
            self._line("R", f"{names.EXTENT_OF} Arg1:{extent} Arg2:{bound}")
        self._attributes(bound, mention, names.MENTION_ATTRIBUTES)
        self._belong("entity", mention.entity, bound)

    def timex(self, timex: Timex) -> None:
        bound = self._bound(timex, names.TIMEX)
        self._identify(bound, timex)
        self._attributes(bound, timex, names.TIMEX_ATTRIBUTES)
        if timex.value is not None:
            self._note(bound, "value", timex.value)
        if timex.mod not in (None, *names.TIMEX_ATTRIBUTES["TimexMod"][1]):
            self._note(bound, "mod", timex.mod)

    def event(self, event: Event) -> None:
        kind = self._label(event.type)
        parts = [f"{kind}:{self._bound(event.trigger, kind)}"]
        implicit = []
        seen: Counter[str] = Counter()
        for argument in event.arguments:
            role = self._label(argument.role, role=True)
            seen[role] += 1
            numbered = role if seen[role] == 1 else f"{role}{seen[role]}"
            parts.append(f"{numbered}:{self._filler(argument)}")
            if argument.implicit:
                implicit.append(numbered)
        number = self._line("E", " ".join(parts))
        self._identify(number, event)
        self._attributes(number, event, names.EVENT_ATTRIBUTES)
        if implicit:
            self._note(number, "implicit", implicit)
        self._belong("chain", event.chain, number)

    def whole(self) -> None:
        """Write what can be written only when all annotations have their numbers."""
        for field, relation in (("entity", names.COREF), ("chain", names.EVENT_COREF)):
            for members in self.members[field].values():
                if len(members) > 1:
                    self.lines.append(f"*\t{relation} {' '.join(members)}")
        entities = [self._entity(entity) for entity in self.document.entities or ()]
        for number, note in self.notes.items():
            self._line("#", f"{names.NOTE} {number}\t{names.one_line_json(note)}")
        if whole := self._whole(entities):
            target = f"{names.DOCUMENT_NOTE} {names.DOCUMENT_TARGET}"
            self._line("#", f"{target}\t{names.one_line_json(whole)}")

    def _whole(self, entities: list[dict[str, Any]]) -> dict[str, Any]:
        document = self.document
        note: dict[str, Any] = {
            "empty": [layer for layer in LAYERS if getattr(document, layer) == ()],
            # Either all ids or none: an annotation that somebody adds later has no entry.
            "ids": self.ids if any(key != own for key, own in self.ids.items()) else {},
            "scores": self.scores,
            "labels": {
                name: label
                for name, label in self.labels.items()
                if names.known_labels().get(name, name) != label
            },
            "spans": self.spans,
            "sections": [(part.start, part.end, part.kind) for part in document.sections or ()],
            "sentences": [(part.start, part.end) for part in document.sentences or ()],
            "entities": entities,
            "chains": [_set_fields(chain) for chain in document.chains or ()],
        }
        kept = {key: value for key, value in note.items() if value}
        return kept if document.meta is None else {**kept, "meta": document.meta}

    def _entity(self, entity: Entity) -> dict[str, Any]:
        """Write the reference to an item, and give the rest."""
        members = self.members["entity"].get(entity.id)
        fields = _set_fields(entity)
        if members and _ITEM.fullmatch(entity.wikidata or ""):
            name = names.LINE_BREAKS.sub(" ", entity.name or self.covered[members[0]])
            reference = f"Reference {members[0]} {names.WIKIDATA}:{fields.pop('wikidata')}"
            self._line("N", f"{reference}\t{name}")
        return fields

    def _filler(self, argument: Argument) -> str:
        if argument.span is not UNSET and argument.ref is UNSET:
            return self._bound(argument.span, names.SPAN)
        if argument.ref is UNSET or argument.ref not in self.fillers:
            problem = f"{argument.role} must be a span, or the id of a mention or time of the file"
            raise InvalidError("ref-unknown", self.where, problem)
        return self.fillers[argument.ref]

    def _bound(self, span: Located, kind: str) -> str:
        """Write a ``T``; brat holds a span over several lines as one fragment a line."""
        found = list(_ON_ONE_LINE.finditer(self.text, span.start, span.end))
        if not found:
            problem = f"span [{span.start}, {span.end}) holds line breaks only; leave it out"
            raise InvalidError("span-line-break", self.where, problem)
        pieces = ";".join(f"{piece.start()} {piece.end()}" for piece in found)
        covered = " ".join(piece[0] for piece in found)
        number = self._line("T", f"{kind} {pieces}\t{covered}")
        self.covered[number] = covered
        if (found[0].start(), found[-1].end()) != (span.start, span.end):
            self.spans[number] = (span.start, span.end)
        return number

    def _line(self, prefix: str, content: str) -> str:
        self.numbers[prefix] += 1
        number = f"{prefix}{self.numbers[prefix]}"
        self.lines.append(f"{number}\t{content}")
        return number

    def _note(self, number: str, key: str, value: object) -> None:
        self.notes.setdefault(number, {})[key] = value

    def _identify(self, number: str, item: Mention | Timex | Event) -> None:
        self.ids[number] = item.id
        if item.score is not UNSET:
            self.scores[number] = item.score
        if item.id is not None and number.startswith("T"):
            self.fillers.setdefault(item.id, number)

    def _attributes(self, number: str, item: object, attributes: names.Attributes) -> None:
        for name, (field, values) in attributes.items():
            value = getattr(item, field)
            if value in values and (field, value) != ("level", "NAM"):
                self._line("A", f"{name} {number} {value}")

    def _belong(self, field: str, key: str | None, number: str) -> None:
        if key is None:
            return
        members = self.members[field].setdefault(key, [])
        members.append(number)
        if len(members) == 1:
            self._note(number, field, key)

    def _label(self, label: str, *, role: bool = False) -> str:
        name = names.brat_name(label, role=role)
        while self.labels.setdefault(name, label) != label:
            name += "_"
        return name


def _set_fields(item: Entity | Chain) -> dict[str, Any]:
    return {key: value for key, value in asdict(item).items() if value is not None}
