"""What is sent of a document: the parts of its task, each as the JSON that goes to the server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import structs

from vinee.errors import InvalidError, Where
from vinee.formats.label_studio import task
from vinee.formats.label_studio.shapes import LAYERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vinee.model import Document


@dataclass(frozen=True, slots=True)
class Item:
    """A document that is to be in a project.

    Attributes:
        doc_id: Its id.
        text: Its text.
        data: The data of its task, JSON.
        annotation: The result of the annotation that goes along, JSON; None if there is none.
        prediction: The prediction that goes along, JSON; None if there is none.
    """

    doc_id: str
    text: str
    data: bytes
    annotation: bytes | None = None
    prediction: bytes | None = None

    def task(self) -> bytes:
        """Write it as a task."""
        given = b"" if self.annotation is None else annotation_of(self.annotation)
        predicted = b"" if self.prediction is None else self.prediction
        return b'{"data":%b,"annotations":[%b],"predictions":[%b]}' % (self.data, given, predicted)


@dataclass(frozen=True, slots=True)
class Given:
    """A document, and what is to go along.

    Attributes:
        document: The document.
        with_annotation: Whether its layers go along as an annotation.
        predicted: What a system found in it.
        model_version: Which system.
    """

    document: Document
    with_annotation: bool = False
    predicted: Document | None = None
    model_version: str = ""


def whole(given: Given) -> dict[str, Any]:
    """Make the task of a document.

    What annotators have not been given as an annotation they are to annotate in all layers, so
    the data then names all: that they find no time is told from that nobody looked.

    Raises:
        InvalidError: The document cannot be written; see `vinee.formats.label_studio.task`.
    """
    document = given.document
    bare = without_layers(document)
    made = task(document if given.with_annotation else bare)
    if made["annotations"]:
        made["annotations"][0]["ground_truth"] = True
    else:
        made["data"]["layers"] = list(LAYERS)
    made["predictions"] = []
    if given.predicted is not None:
        made["predictions"] = [_prediction(bare, given.predicted, given.model_version)]
    return made


def item(doc_id: str, text: str, made: dict[str, Any]) -> Item:
    """Encode the parts of a task from `whole`."""
    encode = msgspec.json.encode
    annotations, predictions = made["annotations"], made["predictions"]
    return Item(
        doc_id,
        text,
        encode(made["data"]),
        encode(annotations[0]["result"]) if annotations else None,
        encode(predictions[0]) if predictions else None,
    )


def annotation_of(result: bytes) -> bytes:
    """Write an annotation that is the truth for annotators to look at."""
    return b'{"result":%b,"ground_truth":true}' % result


def prediction_of(task_id: int, prediction: bytes) -> bytes:
    """Write a prediction for a task that is there."""
    return b'{"task":%d,%b' % (task_id, prediction[1:])


def without_layers(document: Document) -> Document:
    """Leave the text and its layout of a document, and no layer that people annotate."""
    nothing = dict.fromkeys(LAYERS)
    return structs.replace(document, **nothing)


def homeless(predicted: Iterable[Document]) -> int:
    """Count predicted entities and chains without a mention: no region can carry them."""
    count = 0
    for each in predicted:
        members = {mention.entity for mention in each.mentions or ()}
        chained = {event.chain for event in each.events or ()}
        count += sum(entity.id not in members for entity in each.entities or ())
        count += sum(chain.id not in chained for chain in each.chains or ())
    return count


def _prediction(bare: Document, predicted: Document, model_version: str) -> dict[str, Any]:
    if predicted.text is not None and predicted.text != bare.text:
        raise InvalidError(
            "doc-text",
            Where(doc_id=bare.doc_id, path="$.text"),
            "was predicted on another text; predict it again on this one",
        )
    layers = {layer: getattr(predicted, layer) for layer in LAYERS}
    written = task(structs.replace(bare, **layers))["annotations"]
    result = written[0]["result"] if written else []
    scores = [each["score"] for each in result if each.get("score") is not None]
    made = {"result": result, "model_version": model_version}
    # One number a prediction is all that Label Studio sorts tasks by.
    return {**made, "score": sum(scores) / len(scores)} if scores else made
