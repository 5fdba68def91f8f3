"""What an adjudicator handed in: the answers, and the text as it was left."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from vinee.corpus.adjudication import Decision, Naming
from vinee.corpus.adjudication.facts import CHAIN, ENTITY, Key, facts, whole
from vinee.corpus.adjudication.reasons import Edited, joined
from vinee.errors import InvalidError, SchemaError, Where
from vinee.formats.label_studio import controls, reading
from vinee.formats.label_studio.shapes import Annotation, Answer, Data, Item
from vinee.labelstudio.adjudicating.names import (
    CHANGE_WHY,
    DISPUTED,
    NO_VALUE,
    REST_WHY,
    TAKE,
    WHY,
    Names,
    names_of,
)
from vinee.labelstudio.adjudicating.tasks import CONTROLS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vinee.corpus.adjudication import Take
    from vinee.corpus.adjudication.article import Article
    from vinee.corpus.adjudication.standing import Standing
    from vinee.model import Document

_NUMBERED = re.compile(rf"({TAKE}|{WHY})(\d{{1,6}})", re.ASCII)
_TAKES: dict[str, Take] = {
    "first": "first",
    "second": "second",
    "other": "other",
    NO_VALUE: "other",
}
_GROUPS = {controls.ENTITY: ENTITY, controls.CHAIN: CHAIN}
_LAYERS = {control: layer for layer, control in CONTROLS.items()}


@dataclass(frozen=True)
class Answers:
    """What one annotation says.

    Attributes:
        decisions: By the id of the disagreement, those that have both answer and reason.
        lacking: What an answer lacks, for people to read.
        incomplete: Ids of the disagreements whose answers lack something.
        edited: The text as it was left.
    """

    decisions: Mapping[str, Decision]
    lacking: tuple[str, ...]
    incomplete: frozenset[str]
    edited: Edited


def answers(
    article: Article,
    annotation: Mapping[str, Any],
    data: Mapping[str, Any],
    standing: Sequence[Standing] | None,
) -> Answers:
    """Read an annotation of an article's task.

    Args:
        article: The article that the task was made of.
        annotation: As a server gives it.
        data: The data of the task that would be made now.
        standing: What was said of entities and chains as the task was made; None: not known.

    Raises:
        InputError: The annotation is not of this task, or its text cannot be read.
    """
    where = Where(doc_id=article.doc_id)
    try:
        items = msgspec.convert(annotation, Annotation).result
        known = msgspec.convert(data, Data)
    except msgspec.ValidationError as error:
        problem = f"annotation {annotation.get('id')} is not as a server gives it: {error}"
        raise SchemaError("schema", where, problem) from error
    takes, whys = _numbered(article, items, where)
    decisions, lacking, valueless = _decisions(article, takes, whys)
    left = [item for item in items if item.from_name != DISPUTED]
    read = reading.document(known, article.text, Annotation(tuple(left)), where)
    names = names_of(article)
    edited = Edited(
        facts(_named(read, names), Naming(_Same(), _Same())),
        _reasons(left, names),
        joined(_text(item) for item in left if item.from_name == REST_WHY),
        frozenset(valueless),
        standing,
    )
    return Answers(decisions, tuple(lacking.values()), frozenset(lacking), edited)


def _numbered(
    article: Article, items: Iterable[Item], where: Where
) -> tuple[dict[int, str], dict[int, str]]:
    takes: dict[int, str] = {}
    whys: dict[int, str] = {}
    for item in items:
        match = _NUMBERED.fullmatch(item.from_name or "")
        if match is None:
            continue
        index = int(match[2])
        if index >= len(article.found):
            problem = (
                f"there is an answer {item.from_name!r}, but only {len(article.found)} "
                "disagreements; delete the annotation"
            )
            raise InvalidError("adjudication-answer", where, problem)
        told = takes if match[1] == TAKE else whys
        said = _text(item)
        if told.setdefault(index, said) != said:
            problem = f"there are several answers {item.from_name!r}; keep one"
            raise InvalidError("adjudication-answer", where, problem)
    for index, said in takes.items():
        if said not in _TAKES:
            problem = f"{TAKE}{index} is {said!r}; known: {', '.join(_TAKES)}"
            raise InvalidError("adjudication-answer", where, problem)
    return takes, whys


def _decisions(
    article: Article, takes: Mapping[int, str], whys: Mapping[int, str]
) -> tuple[dict[str, Decision], dict[str, str], list[str]]:
    decisions = {}
    lacking = {}
    valueless = []
    for index, found in enumerate(article.found):
        take, why = takes.get(index), whys.get(index, "").strip()
        if take is not None and why:
            decisions[found.id] = Decision(_TAKES[take], why)
            if take == NO_VALUE:
                valueless.append(found.id)
        elif take is not None:
            lacking[found.id] = f"{index + 1}. answered, but without a reason: {found.id}"
        elif why:
            lacking[found.id] = f"{index + 1}. has a reason, but no answer: {found.id}"
    return decisions, lacking, valueless


def _text(item: Item) -> str:
    try:
        answer = msgspec.convert(item.value, Answer)
    except msgspec.ValidationError as error:
        problem = f"the answer {item.from_name!r} is not as exported: {error}"
        raise SchemaError("schema", Where(), problem) from error
    text = (answer.text,) if isinstance(answer.text, str) else answer.text
    return "\n".join(answer.choices or text)


def _reasons(items: Sequence[Item], names: Names) -> dict[Key, str]:
    """Return the reasons given at regions; one at an extent or a filler is its owner's.

    One at a mention is its entity's as well, one at a trigger its chain's.
    """
    keys: dict[str, Key] = {}
    for item in items:
        layer = _LAYERS.get(item.from_name or "")
        if layer is not None and item.id is not None:
            value = item.value
            label = str(value["labels"][0]) if layer == "mention" else ""
            keys[item.id] = Key(layer, value["start"], value["end"], label)
    groups = {
        item.id: whole(_GROUPS[item.from_name], names.meant(_text(item)))
        for item in items
        if item.from_name in _GROUPS
    }
    owners: dict[str | None, list[Key]] = {}
    for item in items:
        for one, other in ((item.from_id, item.to_id), (item.to_id, item.from_id)):
            if item.type == "relation" and one not in keys and other in keys:
                owners.setdefault(one, []).append(keys[other])
    found: dict[Key, list[str]] = {}
    for item in items:
        if item.from_name == CHANGE_WHY:
            own = [keys[item.id]] if item.id in keys else owners.get(item.id, [])
            if item.id in groups:
                own = [*own, groups[item.id]]
            for key in own:
                found.setdefault(key, []).append(_text(item))
    return {key: joined(told) for key, told in found.items()}


def _named(document: Document, names: Names) -> Document:
    """Take the ids that people see for the names that they stand for."""
    return replace(
        document,
        entities=tuple(
            replace(e, corpus_id=names.meant(e.corpus_id or e.id)) for e in document.entities or ()
        ),
        chains=tuple(
            replace(c, corpus_id=names.meant(c.corpus_id or c.id)) for c in document.chains or ()
        ),
    )


class _Same(dict[str, str]):
    """Each name stands for itself."""

    def __missing__(self, key: str) -> str:
        return key
