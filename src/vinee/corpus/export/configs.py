"""The configs of the dataset: their features, and which documents are in which split."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vinee import ontology

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from datasets import Features

    from vinee.ontology import Scheme

DATA = ("documents", "ner", "ner_fine", "events")
DEFAULT = "documents"


@dataclass(frozen=True, slots=True)
class Config:
    """A config of the dataset.

    Attributes:
        name: What ``load_dataset`` takes.
        data: The kind of rows, and the folder under ``data/`` that holds their files.
        splits: Documents of each split; several configs may list the same files.
    """

    name: str
    data: str
    splits: Mapping[str, tuple[str, ...]]


def configs(doc_ids: Sequence[str]) -> tuple[Config, ...]:
    """Give all configs: the whole corpus as ``test``, and the leave-one-document-out folds."""
    ordered = tuple(sorted(doc_ids))
    whole = tuple(Config(data, data, {"test": ordered}) for data in DATA)
    folds = tuple(
        Config(
            f"ner_fold{number}",
            "ner",
            {"train": tuple(d for d in ordered if d != held_out), "test": (held_out,)},
        )
        for number, held_out in enumerate(ordered)
    )
    return (*whole, *folds)


def ner_tags(scheme: Scheme) -> tuple[str, ...]:
    """Give the IOB2 tags of a scheme: ``O``, then ``B-`` and ``I-`` of each label."""
    labels = ontology.default().labels(scheme)
    return ("O", *(f"{prefix}-{label}" for label in labels for prefix in "BI"))


def features(data: str) -> Features:
    """Give the features of a kind of rows; imports ``datasets``."""
    from datasets import ClassLabel, Features, List, Value

    labels = ontology.default()
    string, integer = Value("string"), Value("int32")
    sentence: dict[str, Any] = {
        "id": string,
        "doc_id": string,
        "section": ClassLabel(names=["dateline", "caption", "heading", "body"]),
        "start": integer,
        "end": integer,
        "text": string,
        "tokens": List(string),
        "token_starts": List(integer),
        "token_ends": List(integer),
    }
    span = {"start": integer, "end": integer, "text": string}
    event = {
        "id": string,
        "type": ClassLabel(names=list(labels.event_labels)),
        "trigger": span,
        "arguments": List(
            {
                "role": ClassLabel(names=list(labels.role_labels)),
                **span,
                "filler": string,
                "ref": string,
                "implicit": Value("bool"),
            }
        ),
    }
    if data == "documents":
        return Features(_document_features(string, span))
    if data == "events":
        return Features({**sentence, "events": List(event)})
    scheme: Scheme = "coarse" if data == "ner" else "fine"
    return Features({**sentence, "ner_tags": List(ClassLabel(names=list(ner_tags(scheme))))})


def _document_features(string: Any, span: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - a feature type of `datasets`, which is imported below only
    from datasets import List, Value

    argument = {"role": string, "ref": string, "span": span, "implicit": Value("bool")}
    return {
        "doc_id": string,
        "outlet": string,
        "published": string,
        "text": string,
        "sections": List({**span, "kind": string}),
        "sentences": List(span),
        "mentions": List(
            {
                "id": string,
                **span,
                "extent": span,
                "type": string,
                "level": string,
                "gpe_role": string,
                "entity": string,
            }
        ),
        "entities": List(
            {
                "id": string,
                "type": string,
                "name": string,
                "corpus_id": string,
                "wikidata": string,
            }
        ),
        "timexes": List({"id": string, **span, "type": string, "value": string, "mod": string}),
        "events": List(
            {
                "id": string,
                "type": string,
                "trigger": span,
                "arguments": List(argument),
                "polarity": string,
                "realis": string,
                "modality": string,
                "chain": string,
            }
        ),
        "chains": List({"id": string, "name": string, "corpus_id": string}),
    }
