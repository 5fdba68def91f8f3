"""The JSON of Label Studio, as far as it is read; all other keys are passed over."""

from __future__ import annotations

from typing import Any, Literal, get_args

from msgspec import Struct

from vinee.model import Chain, Entity, Section, Span

Layer = Literal["mentions", "entities", "timexes", "events", "chains"]
LAYERS: tuple[Layer, ...] = get_args(Layer)


class Data(Struct, omit_defaults=True):
    """What annotators see and do not change.

    ``layers`` were annotated, be it that nothing was found; ``entities`` and ``chains`` are
    those without a mention, which no region can carry.
    """

    doc_id: str
    text: str | None = None
    layers: tuple[Layer, ...] = ()
    sections: tuple[Section, ...] | None = None
    sentences: tuple[Span, ...] | None = None
    entities: tuple[Entity, ...] = ()
    chains: tuple[Chain, ...] = ()
    meta: dict[str, Any] | None = None


class Item(Struct):
    """A region, an attribute of a region, or a relation between two regions."""

    type: str
    id: str | None = None
    from_name: str | None = None
    value: dict[str, Any] = {}
    score: float | None = None
    from_id: str | None = None
    to_id: str | None = None
    labels: tuple[str, ...] | None = None


class Labelled(Struct):
    """The value of a region; ``text`` is not read, for browsers collapse white space in it."""

    start: int
    end: int
    labels: tuple[str, ...]


class Answer(Struct):
    """The value of an attribute: ``choices`` of a choice, ``text`` of a text area."""

    choices: tuple[str, ...] = ()
    text: tuple[str, ...] | str = ()


class Person(Struct):
    """An annotator, as full exports give them."""

    id: int | None = None
    email: str | None = None
    username: str | None = None


class Annotation(Struct):
    """What one annotator made of a task."""

    result: tuple[Item, ...] = ()
    completed_by: int | str | Person | None = None
    was_cancelled: bool = False

    def names(self) -> tuple[str, ...]:
        """Give the names by which the annotator can be asked for, the best first."""
        who = self.completed_by
        if isinstance(who, Person):
            known = (who.email, who.username, who.id)
            return tuple(str(name) for name in known if name is not None and name != "")
        return () if who is None else (str(who),)


class Task(Struct):
    """A task with its annotations; drafts and predictions are not read."""

    data: Data
    annotations: tuple[Annotation, ...] = ()
