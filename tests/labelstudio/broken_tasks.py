"""Kinds of broken tasks and annotations, each made of a sound task of a real article.

One table for both ways: what is broken here is refused before it is sent, and told after it was
pulled from a server that took it.
"""

from __future__ import annotations

import copy
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from vinee.corpus import gold, seeds
from vinee.formats import label_studio

ARTICLE = "001_4b169b2f93d1fecc"
OTHER = "000_050def64e66b55bf"
TEXTS = {doc_id: seeds.text(doc_id) for doc_id in (ARTICLE, OTHER)}
TEXT = TEXTS[ARTICLE]

# Regions of the article that the cases break.
PERSON, TITLE, COUNTRY, TIME, EVENT = "m4", "m6", "m7", "t2", "ev1"
CONTENT = "ev1-span1"
EXTENT = "m4-extent"


def sound(doc_id: str = ARTICLE) -> dict[str, Any]:
    """Give an article with its gold as a task."""
    document = next(d for d in gold.documents() if d.doc_id == doc_id)
    return copy.deepcopy(label_studio.task(document))


@dataclass(frozen=True)
class Broken:
    """A kind of broken task.

    Attributes:
        name: What is wrong.
        breaks: Breaks a sound task; may give another in its place.
        code: Id of the finding.
        region: The region that it is about; None: the task or the annotation as a whole.
        severity: Of the finding.
        part: What of a task is broken: ``result`` and ``annotation`` come back from a server.
    """

    name: str
    breaks: Callable[[dict[str, Any]], Any]
    code: str
    region: str | None = None
    severity: str = "error"
    part: str = "result"

    def task(self) -> Any:
        """Give the broken task."""
        task = sound()
        return task if (other := self.breaks(task)) is None else other


def result(task: dict[str, Any]) -> list[Any]:
    """Give the items of the one annotation."""
    items: list[Any] = task["annotations"][0]["result"]
    return items


def items(task: dict[str, Any], id_: str, control: str | None = None) -> list[dict[str, Any]]:
    """Give the items of a region, or those of one control."""
    found = [i for i in result(task) if isinstance(i, dict) and i.get("id") == id_]
    return [i for i in found if control in {None, i["from_name"]}]


def labels(task: dict[str, Any], id_: str) -> dict[str, Any]:
    """Give the item that makes the region."""
    return next(item for item in items(task, id_) if item["type"] == "labels")


def relation(task: dict[str, Any], from_id: str, to_id: str) -> dict[str, Any]:
    """Give a relation."""
    ends = (from_id, to_id)
    return next(i for i in result(task) if (i.get("from_id"), i.get("to_id")) == ends)


def answer(id_: str, control: str, *texts: str, kind: str = "textarea") -> dict[str, Any]:
    """Make an answer to a control."""
    value = {"start": 51, "end": 63, "choices" if kind == "choices" else "text": list(texts)}
    return {"id": id_, "from_name": control, "to_name": "text", "type": kind, "value": value}


def tie(from_id: str | None, to_id: str | None, *roles: str, **more: Any) -> dict[str, Any]:
    """Make a relation."""
    ends = {"type": "relation", "from_id": from_id, "to_id": to_id, "direction": "right"}
    return {**ends, "labels": list(roles), **more}


def region(id_: Any, control: str, start: Any, end: Any, label: str, **more: Any) -> dict[str, Any]:
    """Make a region."""
    value = {"start": start, "end": end, "labels": [label]}
    kind = {"from_name": control, "to_name": "text", "type": "labels"}
    return {"id": id_, **kind, "value": value, **more}


def data(**changes: Any) -> Callable[[dict[str, Any]], None]:
    """Change the data of a task."""
    return lambda task: task["data"].update(changes)


def without(*keys: str) -> Callable[[dict[str, Any]], None]:
    """Take something out: the keys lead to it."""

    def take(task: Any) -> None:
        for key in keys[:-1]:
            task = task[key]
        del task[keys[-1]]

    return take


def value(id_: str, **changes: Any) -> Callable[[dict[str, Any]], None]:
    """Change the value of a region."""
    return lambda task: labels(task, id_)["value"].update(changes)


def item(id_: str, **changes: Any) -> Callable[[dict[str, Any]], None]:
    """Change the item of a region."""
    return lambda task: labels(task, id_).update(changes)


def added(*new: Any) -> Callable[[dict[str, Any]], None]:
    """Add items."""
    return lambda task: result(task).extend(new)


def removed(id_: str, control: str | None = None) -> Callable[[dict[str, Any]], None]:
    """Take away an answer, or the region itself, whose control is its own, or both."""

    def take(task: dict[str, Any]) -> None:
        for each in items(task, id_, control):
            result(task).remove(each)

    return take


def dropped(*keys: str) -> Callable[[dict[str, Any]], None]:
    """Take something out of the item that makes the person's region."""
    return lambda task: without(*keys)(labels(task, PERSON))


def tied(from_id: str, to_id: str, **changes: Any) -> Callable[[dict[str, Any]], None]:
    """Change a relation."""
    return lambda task: relation(task, from_id, to_id).update(changes)


def answered(id_: str, control: str, text: str) -> Callable[[dict[str, Any]], None]:
    """Change an answer."""

    def change(task: dict[str, Any]) -> None:
        given = items(task, id_, control)[0]["value"]
        given["choices" if "choices" in given else "text"] = [text]

    return change


def annotation(**changes: Any) -> Callable[[dict[str, Any]], None]:
    """Change the annotation itself."""
    return lambda task: task["annotations"][0].update(changes)


def prediction(**made: Any) -> Callable[[dict[str, Any]], None]:
    """Make the annotation a prediction."""

    def turn(task: dict[str, Any]) -> None:
        task["predictions"] = [{"result": result(task), **made}]
        task["annotations"] = []

    return turn


def deep(levels: int) -> Any:
    """Nest lists."""
    nested: Any = "x"
    for _ in range(levels):
        nested = [nested]
    return nested


def _in_utf16(task: dict[str, Any]) -> None:
    """Count every region two further on, as UTF-16 does after two emoji before it."""
    value(PERSON, start=53, end=65)(task)


DATA = [
    ("task is a list", lambda _: [], "schema"),
    ("task is text", lambda _: "task", "schema"),
    ("no data", without("data"), "schema"),
    ("data is a list", lambda task: {**task, "data": [1]}, "schema"),
    ("data is null", lambda task: {**task, "data": None}, "schema"),
    ("no doc_id", without("data", "doc_id"), "doc-id-missing"),
    ("doc_id empty", data(doc_id=""), "doc-id-missing"),
    ("doc_id a number", data(doc_id=7), "doc-id-missing"),
    ("doc_id leads out of the folder", data(doc_id="../gold/x"), "doc-id-unsafe"),
    ("doc_id hidden", data(doc_id=".hidden"), "doc-id-unsafe"),
    ("doc_id with a control character", data(doc_id="a\nb"), "doc-id-unsafe"),
    ("doc_id too long", data(doc_id="ệ" * 100), "doc-id-unsafe"),
    ("no text", without("data", "text"), "no-text"),
    ("text empty", data(text=""), "no-text"),
    ("text of white space", data(text=" \n"), "no-text"),
    ("text a list", data(text=["a"]), "no-text"),
    ("text with half a surrogate pair", data(text=TEXT + "\ud83d"), "surrogate"),
    ("text of another document", data(text=TEXTS[OTHER]), "text-differs"),
    ("text decomposed", data(text=unicodedata.normalize("NFD", TEXT)), "text-differs"),
    ("text stripped", data(text=TEXT.strip() + " "), "text-differs"),
    ("text with one character more", data(text="x" + TEXT), "text-differs"),
    ("text with other line ends", data(text=TEXT.replace("\n", "\r\n")), "text-differs"),
    ("sections past the end", data(sections=[{"start": 0, "end": 10**6, "kind": "body"}]),
     "span-outside"),
    ("sections of no kind", data(sections=[{"start": 0, "end": 5, "kind": "advert"}]), "schema"),
    ("layer that there is not", data(layers=["syntax"]), "schema"),
    ("data nested too deep", data(meta={"x": deep(100_000)}), "too-deep"),
    ("annotations are null", lambda task: {**task, "annotations": None}, "schema"),
    ("annotations are an object", lambda task: {**task, "annotations": {}}, "schema"),
    ("predictions are text", lambda task: {**task, "predictions": "none"}, "schema"),
    ("key that no task has", lambda task: {**task, "annotation": []}, "task-key"),
]  # fmt: skip

ANNOTATION = [
    ("annotation is a list", lambda task: {**task, "annotations": [[]]}, "schema"),
    ("no result", without("annotations", 0, "result"), "schema"),  # type: ignore[arg-type]
    ("result is null", annotation(result=None), "schema"),
    ("result is an object", annotation(result={}), "schema"),
    ("annotator a truth value", annotation(completed_by=True), "schema"),
    ("annotator whom nobody knows", annotation(completed_by=4711), "annotator-unknown"),
    ("prediction without a result", lambda task: {**task, "predictions": [{}]}, "schema"),
    ("prediction with a score in words", prediction(score="high"), "schema"),
    ("prediction with NaN as score", prediction(score=float("nan")), "not-finite"),
    ("prediction with a version that is a number", prediction(model_version=3), "schema"),
]

RESULT = [
    ("item is null", added(None), "schema", None),
    ("item is text", added("m1"), "schema", None),
    ("no type", dropped("type"), "schema", PERSON),
    ("type of an image", item(PERSON, type="rectanglelabels"), "item-type", PERSON),
    ("region of an image", added({"id": "r1", "from_name": "box", "to_name": "image",
     "type": "rectanglelabels", "value": {"x": 1, "y": 2, "width": 3, "height": 4}}),
     "unknown-control", "r1"),
    ("region of another project", added(region("r1", "ner", 0, 5, "PER")), "unknown-control", "r1"),
    ("answer to a control that there is not", added(answer(PERSON, "sentiment", "good")),
     "unknown-control", PERSON),
    ("control a list", item(PERSON, from_name=["mention"]), "schema", PERSON),
    ("region on another text", item(PERSON, to_name="title"), "to-name", PERSON),
    ("region on nothing", dropped("to_name"), "to-name", PERSON),
    ("no id", added(region(None, "mention", 0, 5, "PER")), "region-id", None),
    ("id a number", item(PERSON, id=7), "schema", None),
    ("id empty", added(region("", "mention", 0, 5, "PER")), "id-empty", ""),
    ("id that the editor cuts off", added(region("r#1", "mention", 0, 5, "EVT")), "region-id",
     "r#1"),
    ("id twice", added(region(PERSON, "timex", 0, 5, "DATE")), "id-twice", PERSON),
    ("no value", dropped("value"), "schema", PERSON),
    ("value a list", item(PERSON, value=[1]), "schema", PERSON),
    ("no start", dropped("value", "start"), "schema", PERSON),
    ("start a fraction", value(PERSON, start=51.5), "schema", PERSON),
    ("start in digits", value(PERSON, start="51"), "schema", PERSON),
    ("start a truth value", value(PERSON, start=True), "schema", PERSON),
    ("end null", value(PERSON, end=None), "schema", PERSON),
    ("start negative", value(PERSON, start=-1), "span-outside", PERSON),
    ("end past the text", value(PERSON, end=len(TEXT) + 1), "span-outside", PERSON),
    ("end beyond all texts", value(PERSON, end=10**30), "span-outside", PERSON),
    ("reversed", value(PERSON, start=63, end=51), "span-reversed", PERSON),
    ("empty", value(PERSON, start=51, end=51), "span-reversed", PERSON),
    ("offsets in UTF-16", _in_utf16, "region-text", PERSON),
    ("text of another stretch", value(PERSON, text="Vladimir Putin"), "region-text", PERSON),
    ("text that is none", value(PERSON, text=["Yury"]), "region-text", PERSON),
    ("places in a page", value(PERSON, start="/p[1]/text()[1]", end="/p[1]/text()[1]",
     startOffset=3, endOffset=9), "schema", PERSON),
    ("no labels", dropped("value", "labels"), "schema", PERSON),
    ("labels empty", value(PERSON, labels=[]), "region-labels", PERSON),
    ("two labels", value(PERSON, labels=["PER", "ORG"]), "region-labels", PERSON),
    ("label that there is not", value(PERSON, labels=["PERSON"]), "label-entity", PERSON),
    ("label of the coarse set", value(PERSON, labels=["MISC"]), "label-coarse", PERSON),
    ("label of another control", value(EVENT, labels=["PER"]), "label-event", EVENT),
    ("time with the label of a mention", value(TIME, labels=["PER"]), "attribute-value", TIME),
    ("extent with the label of a mention", value(EXTENT, labels=["PER"]), "region-labels", EXTENT),
    ("score NaN", item(PERSON, score=float("nan")), "not-finite", PERSON),
    ("item nested too deep", item(PERSON, meta=deep(100_000)), "too-deep", PERSON),
    ("half a surrogate pair in an answer", answered(PERSON, "entity_name", "\udc00"), "surrogate",
     PERSON),
    ("relation without an end", added(tie(EVENT, None, "Speaker")), "region-unknown", None),
    ("relation from nowhere", added(tie("gone", PERSON, "Speaker")), "region-unknown", "gone"),
    ("relation to nowhere", added(tie(EVENT, "gone", "Speaker")), "region-unknown", "gone"),
    ("region deleted, its relations not", removed(TIME, "timex"), "region-unknown", TIME),
    ("relation to itself", added(tie(EVENT, EVENT, "Speaker")), "relation-ends", EVENT),
    ("relation between mentions", added(tie(PERSON, COUNTRY, "Speaker")), "relation-ends", PERSON),
    ("relation between events", added(tie(EVENT, "ev2", "Content")), "relation-ends", EVENT),
    ("relation without a role", tied(EVENT, PERSON, labels=[]), "relation-label", EVENT),
    ("role that there is not", tied(EVENT, PERSON, labels=["Sayer"]), "label-role", EVENT),
    ("role that the event has not", tied(EVENT, PERSON, labels=["Attacker"]), "label-role", EVENT),
    ("role on an extent", tied(PERSON, EXTENT, labels=["Speaker"]), "relation-label", PERSON),
    ("direction that there is not", tied(EVENT, PERSON, direction="up"), "relation-direction",
     EVENT),
    ("the same relation both ways", added(tie(PERSON, EVENT, "Speaker", direction="left")),
     "duplicate", EVENT),
    ("extent without a mention", lambda task: result(task).remove(relation(task, PERSON, EXTENT)),
     "extent-alone", EXTENT),
    ("two extents", added(region("x2", "extent", 45, 63, "EXTENT"), tie(PERSON, "x2")),
     "extent-twice", PERSON),
    ("span without a trigger", lambda task: result(task).remove(relation(task, EVENT, CONTENT)),
     "span-alone", CONTENT),
    ("answer of a region that there is not", added(answer("gone", "entity", "e1")),
     "region-unknown", "gone"),
    ("answer of the wrong kind of region", added(answer(EVENT, "entity", "e1")), "attribute-kind",
     EVENT),
    ("level that there is not", answered(PERSON, "level", "NAME"), "attribute-value", PERSON),
    ("two levels", added(answer(PERSON, "level", "NOM", kind="choices")), "attribute-twice",
     PERSON),
    ("several choices at once", added(answer(PERSON, "gpe_role", "ORG", "LOC", kind="choices")),
     "attribute-twice", PERSON),
    ("choice typed as text", added(answer(PERSON, "gpe_role", "ORG")), "item-type", PERSON),
    ("modifier that there is not", added(answer(TIME, "timex_mod", "ABOUT", kind="choices")),
     "timex-mod", TIME),
    ("name of an entity without the entity", added(answer(TITLE, "entity_name", "ông")),
     "attribute-alone", TITLE),
    ("two names of an entity", added(answer("m12", "entity_name", "Trump")), "attribute-conflict",
     "m12"),
    ("the same mention twice", added(region("again", "mention", 51, 63, "PER"),
     answer("again", "entity", "e3")), "duplicate", PERSON),
]  # fmt: skip

# What can be read, but breaks a rule that gold keeps; the work is kept all the same.
GUIDELINES = [
    ("item that is none of Wikidata's", answered("m8", "entity_wikidata", "Putin"), "wikidata",
     "m8"),
    ("item of another entity", answered("m8", "entity_wikidata", "Q159"), "item-twice", "m8"),
    ("time with a value in words", answered(TIME, "timex_value", "hôm nay"), "timex-value", TIME),
    ("role for another kind of filler", added(tie(EVENT, TIME, "Speaker")), "label-filler", EVENT),
    ("extent that does not hold its mention", value(EXTENT, start=31, end=50, text=TEXT[31:50]),
     "extent-outside", PERSON),
    ("mention that belongs to no entity", removed("m12", "entity"), "entity-missing", "m12"),
    ("name that was missed", removed(COUNTRY), "name-missed", None),
    ("attribute of an event missing", removed(EVENT, "realis"), "event-attributes", EVENT),
    ("gpe_role on a person", added(answer(PERSON, "gpe_role", "ORG", kind="choices")),
     "label-gpe-role", PERSON),
    ("mentions of an entity with two types", value("m12", labels=["ORG"]), "entity-type", "m12"),
]  # fmt: skip

BROKEN = [
    *(Broken(*case, part="data") for case in DATA),
    *(Broken(*case, part="annotation") for case in ANNOTATION),
    *(Broken(*case) for case in RESULT),
    *(Broken(*case, part="guideline") for case in GUIDELINES),
]
